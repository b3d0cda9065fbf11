//! A correct postmortem, broken in one way at a time: `check` names the rule that was meant, at the line that was meant, and nothing else.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use lookback::{
    findings::Finding,
    pipeline::{Loaded, settings},
    repo::Repository,
    rules,
    testing::TestRepository,
};

use rayon::prelude::*;

use crate::harness::{Edit, PIXEL};

const PATH: &str = "postmortems/2026/2026-03-02-order-store.md";
const OTHER_PATH: &str = "postmortems/2026/2026-01-20-label-queue.md";

/// Without a finding.
const REPORT: &str = "\
---
title: Connections of the order store ran out
status: final
severity: SEV2
services: [orders]
owner: Orders team
roles: {commander: Ada Meyer <ada@shop.example>, scribe: Minjun Seo <minjun@shop.example>}
reviewers: [Grace Okafor <grace@shop.example>]
times:
  started: 2026-03-02T09:00:00Z
  detected: 2026-03-02T09:10:00Z
  acknowledged: 2026-03-02T09:12:00Z
  first_comms: 2026-03-02T09:20:00Z
  status_page: 2026-03-02T09:25:00Z
  mitigated: 2026-03-02T09:50:00Z
  resolved: 2026-03-02T10:00:00Z
impacts:
  - {service: orders, level: down, start: 2026-03-02T09:00:00Z, end: 2026-03-02T09:50:00Z}
customers_affected: 420
detection: alert
causes: [connection-pool]
actions:
  - {id: A1, title: Page at 80 % of the connections, type: detect, owner: Orders team, due: 2026-12-01, ticket: ORD-12, status: open}
  - {id: A2, title: Size the pool from the traffic of last quarter, type: prevent, owner: Orders team, status: declined, reason: The pool grows by itself.}
links:
  - {title: Dashboard, url: \"https://graphs.shop.example/d/orders\"}
related: [2026-01-20-label-queue]
tags: [database]
public:
  publish: true
  title: Orders could not be placed
  summary: For an hour no order could be placed.
---

## Summary
For an hour the order store had no free connection, as in [January](2026-01-20-label-queue.md#impact).

## Impact
420 orders failed; see the [timeline](#timeline).

![Free connections of the order store, zero from 09:00 to 09:50](pool.png)

## Timeline
| Time (UTC) | Event |
|---|---|
| 2026-03-02 09:00 | The last free connection is taken. |
| 09:10 | The alert on failed orders fires. [detected] |
| 09:12 | The on-call engineer opens the channel. [acknowledged] |
| 09:20 | Support is told. [first-comms] |
| 09:25 | Orders fail. We are looking into it. [status-page] [public] |
| 09:50 | The pool is twice as large. [mitigated] |
| 10:00 | The queue of waiting orders is empty. [resolved] |

## Root cause
The pool was as large as in the year before, and the traffic was not.

### Five whys
1. Why did orders fail? No connection was free.
2. Why was none free? The pool was as large as a year ago.
3. Why was it? Its size stands in a file that nobody owns.
4. Why did nobody see it? The dashboard shows no share.
5. Why? It was made before there was a pool.

## Resolution
The pool was made twice as large at 09:50.

## Lessons learned
The alert came before the first call.

## Customer summary
Between nine and ten no order could be placed. Nothing was charged.
";

/// An earlier one, without a finding either.
const OTHER: &str = "\
---
title: Labels waited in the queue
status: final
severity: SEV3
services: [labels]
owner: Labels team
times: {started: 2026-01-20T13:00:00Z, detected: 2026-01-20T13:05:00Z, first_comms: 2026-01-20T13:30:00Z, resolved: 2026-01-20T15:00:00Z}
causes: [capacity]
actions:
  - {id: A1, title: Scale the renderers with the queue, type: prevent, owner: Labels team, due: 2026-11-01, ticket: LBL-7, status: open}
---

## Summary
For two hours labels came late.

## Impact
310 labels were late.

## Timeline
- 2026-01-20 13:00 UTC: the queue begins to grow.
- 13:05 UTC: the alert fires.
- 13:30 UTC: depots are informed.
- 15:00 UTC: the queue is empty again.

## Root cause
Two renderers were enough until then.

## Resolution
Four renderers.

## Lessons learned
The alert came early.
";

/// One way to break it.
struct Case {
    rule: &'static str,
    /// Text on the line that the finding has to name, in the broken text.
    at: String,
    /// Replaced in the report.
    edits: Vec<(&'static str, String)>,
    /// Replaced in the other one.
    other: Vec<(&'static str, String)>,
    configuration: &'static str,
    /// Rules that have to speak, too, because the same is wrong with them.
    also: Vec<&'static str>,
    /// What is committed after the approval, or instead of everything.
    history: Option<fn(&mut TestRepository)>,
    clock: &'static str,
}

/// `from` becomes `to`, and the finding stands on the first line that holds `at`.
fn case(rule: &'static str, from: &'static str, to: impl Into<String>, at: impl Into<String>) -> Case {
    let edits = if from.is_empty() { Vec::new() } else { vec![(from, to.into())] };
    Case { rule, at: at.into(), edits, other: Vec::new(), configuration: "", also: Vec::new(), history: None, clock: "2026-03-04T09:00:00Z" }
}

/// A history of its own.
fn history(rule: &'static str, at: &'static str, clock: &'static str, history: fn(&mut TestRepository)) -> Case {
    Case { history: Some(history), clock, ..case(rule, "", "", at) }
}

impl Case {
    fn and(mut self, from: &'static str, to: impl Into<String>) -> Self {
        self.edits.push((from, to.into()));
        self
    }

    fn other(mut self, from: &'static str, to: impl Into<String>) -> Self {
        self.other.push((from, to.into()));
        self
    }

    fn with(mut self, configuration: &'static str) -> Self {
        self.configuration = configuration;
        self
    }

    fn also(mut self, rule: &'static str) -> Self {
        self.also.push(rule);
        self
    }

    fn text(&self) -> String {
        self.edits.iter().fold(REPORT.to_owned(), |text, (from, to)| text.edit(from, to))
    }

    fn other_text(&self) -> String {
        self.other.iter().fold(OTHER.to_owned(), |text, (from, to)| text.edit(from, to))
    }

    /// Findings of both documents, with the path and line of each.
    fn findings(&self) -> Vec<(String, String, usize, String)> {
        let mut repository = TestRepository::new();
        if !self.configuration.is_empty() {
            repository.write("lookback.yml", self.configuration);
        }
        repository.at("2026-01-21T09:00:00Z").write(OTHER_PATH, self.other_text()).commit("Label queue");
        approve(&mut repository, "2026-01-22T09:00:00Z", "2026-01-20-label-queue");
        match self.history {
            Some(history) => history(&mut repository),
            None => written_and_approved(&mut repository, &self.text()),
        }
        checked(&repository.checkout(), self.clock)
    }
}

fn written_and_approved(repository: &mut TestRepository, text: &str) {
    repository.at("2026-03-02T15:00:00Z").author("Ada Meyer <ada@shop.example>");
    repository.write("postmortems/2026/pool.png", PIXEL).write(PATH, text).commit("Order store");
    approve(repository, "2026-03-03T09:00:00Z", "2026-03-02-order-store");
}

fn approve(repository: &mut TestRepository, time: &str, name: &str) {
    repository.at(time).author("Grace Okafor <grace@shop.example>");
    repository.commit(&format!("Review\n\nReviewed-by: Grace Okafor <grace@shop.example>\nPostmortem: {name}\n"));
    repository.author("Ada Meyer <ada@shop.example>");
}

fn checked(folder: &Path, clock: &str) -> Vec<(String, String, usize, String)> {
    let repository = Repository::open(folder, None).unwrap();
    let loaded = Loaded::new(&repository, settings(&repository).unwrap(), None, clock.parse().unwrap()).unwrap();
    let sources = loaded.sources();
    let place = |finding: &Finding| {
        let line = sources[&*finding.path].position(finding.problem.span.start).line;
        (finding.problem.rule.to_owned(), finding.path.clone(), line, finding.problem.message.clone())
    };
    loaded.corpus.entries().iter().flat_map(|entry| entry.checked.findings()).map(place).collect()
}

/// The line on which a text begins, from 1.
fn line_of(text: &str, at: &str) -> usize {
    let offset = text.find(at).unwrap_or_else(|| panic!("`{at}` does not stand in:\n{text}"));
    text[..offset].matches('\n').count() + 1
}

/// What is wrong with the outcome of a case; nothing when it is as it should be.
fn complaint(case: &Case) -> Option<String> {
    let findings = case.findings();
    let text = case.text();
    let is_meant = |(rule, path, line, _): &(String, String, usize, String)| rule == case.rule && path == PATH && *line == line_of(&text, &case.at);
    let is_expected = |finding: &(String, String, usize, String)| is_meant(finding) || case.also.contains(&&*finding.0);
    let is_right = findings.iter().filter(|finding| is_meant(finding)).count() == 1
        && findings.iter().all(is_expected)
        && case.also.iter().all(|rule| findings.iter().any(|(found, ..)| found == rule));
    (!is_right).then(|| format!("{} at `{}` (line {}): {findings:#?}", case.rule, case.at, line_of(&text, &case.at)))
}

#[test]
fn the_text_that_is_broken_below_has_no_finding() {
    assert_eq!(case("none", "", "", "title").findings(), []);
}

#[test]
fn each_break_is_named_where_it_is_and_nothing_else_is() {
    let cases = cases();
    assert!(cases.len() >= 60, "{}", cases.len());
    let complaints: Vec<String> = cases.par_iter().filter_map(complaint).collect();
    assert!(complaints.is_empty(), "{} of {}:\n{}", complaints.len(), cases.len(), complaints.join("\n"));
}

#[test]
fn every_rule_is_broken_at_least_once() {
    let broken: BTreeSet<&str> = cases().iter().map(|case| case.rule).collect();
    let missing: Vec<&str> = rules::names().into_iter().filter(|name| !broken.contains(name)).collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn no_two_cases_are_the_same() {
    let mut seen = BTreeMap::new();
    for case in cases().iter().filter(|case| case.history.is_none()) {
        let texts = (case.text(), case.other_text(), case.configuration);
        assert_eq!(seen.insert(texts, case.rule), None, "{}", case.rule);
    }
}

fn cases() -> Vec<Case> {
    [front_matter(), structure(), timeline(), language(), detail_and_actions(), corpus(), publication_and_markup(), review()]
        .into_iter()
        .flatten()
        .collect()
}

fn front_matter() -> Vec<Case> {
    let without_front_matter = || REPORT[..=REPORT.find("\n---\n").unwrap() + 4].to_owned();
    vec![
        case("missing-field", "title: Connections of the order store ran out\n", "", "---"),
        case("missing-field", "severity: SEV2\n", "", "---"),
        case("missing-field", "services: [orders]\n", "", "---"),
        case("missing-field", "owner: Orders team\n", "", "---"),
        case("missing-field", "  detected: 2026-03-02T09:10:00Z\n", "", "times:").and(" [detected]", ""),
        case("invalid-value", "severity: SEV2", "severity: terrible", "severity: terrible"),
        case("invalid-value", "status: final", "status: ripe", "status: ripe"),
        case("invalid-value", "customers_affected: 420", "customers_affected: hundreds", "customers_affected: hundreds"),
        case("invalid-value", "level: down", "level: gone", "level: gone"),
        case("invalid-value", "detection: alert", "detection: luck", "detection: luck"),
        case("invalid-value", "acknowledged: 2026-03-02T09:12:00Z", "acknowledged: quickly", "acknowledged: quickly"),
        case("alias-field", "tags: [database]", "keywords: [database]", "keywords: [database]"),
        case("unknown-field", "customers_affected", "customer_affected", "customer_affected"),
        case("unknown-field", "tags: [database]", "colour: [database]", "colour: [database]"),
        case("cut-value", "title: Connections of", "title: Pool #3 of", "title: Pool #3"),
        case("time-without-zone", "status_page: 2026-03-02T09:25:00Z", "status_page: 2026-03-02 09:25", "status_page: 2026-03-02 09:25"),
        case("future-time", "end: 2026-03-02T09:50:00Z", "end: 2062-03-02T09:50:00Z", "end: 2062"),
        case("times-out-of-order", "acknowledged: 2026-03-02T09:12:00Z", "acknowledged: 2026-03-02T09:02:00Z", "acknowledged: 2026-03-02T09:02")
            .and(" [acknowledged]", ""),
        case(
            "times-out-of-order",
            "start: 2026-03-02T09:00:00Z, end: 2026-03-02T09:50:00Z",
            "start: 2026-03-02T09:50:00Z, end: 2026-03-02T09:00:00Z",
            "start: 2026-03-02T09:50",
        ),
        case("invalid-front-matter", "services: [orders]", "services: [orders", "services: [orders"),
        case("missing-front-matter", "---\n", "\n", "# A").and_all(without_front_matter).also("missing-actions"),
        case("allow-without-reason", "tags: [database]", "allow: {vague-time: }", "allow: {vague-time"),
        case("unused-allow", "tags: [database]", "allow: {vague-time: The log has no minutes.}", "allow: {vague-time"),
        case("unused-allow", "tags: [database]", "allow: {vague-times: The log has no minutes.}", "allow: {vague-times"),
    ]
}

fn structure() -> Vec<Case> {
    vec![
        case(
            "missing-section",
            "## Summary\nFor an hour the order store had no free connection, as in [January](2026-01-20-label-queue.md#impact).\n\n",
            "",
            "## Impact",
        ),
        case("missing-section", "## Resolution\nThe pool was made twice as large at 09:50.\n\n", "", "## Lessons learned"),
        case("missing-section", "## Lessons learned\nThe alert came before the first call.\n\n", "", "## Customer summary"),
        case("empty-section", "The pool was made twice as large at 09:50.\n", "", "## Resolution"),
        case("empty-section", "The alert came before the first call.", "<!-- later -->", "## Lessons learned"),
        case("duplicate-section", "## Lessons learned", "## Resolution\nAnd restarted.\n\n## Lessons learned", "## Resolution\nAnd"),
        case("unknown-section", "## Lessons learned\nThe", "## Leson learned\nThe", "## Leson").also("missing-section"),
        case("section-order", "## Lessons learned\nThe alert came before the first call.\n\n", "", "## Lessons learned")
            .and("## Summary", "## Lessons learned\nThe alert came before the first call.\n\n## Summary")
            .with("rules: {section-order: warning}\n"),
        case("template-residue", "The alert came before the first call.", "TBD", "TBD"),
        case("template-residue", "ticket: ORD-12", "ticket: TODO", "ticket: TODO"),
        case("template-residue", "Nothing was charged.", "Nothing was charged.\n\n{{ thanks }}", "{{ thanks }}"),
        case(
            "missing-actions",
            "actions:\n  - {id: A1, title: Page at 80 % of the connections, type: detect, owner: Orders team, due: 2026-12-01, ticket: ORD-12, status: open}\n  - {id: A2, title: Size the pool from the traffic of last quarter, type: prevent, owner: Orders team, status: declined, reason: The pool grows by itself.}\n",
            "",
            "## Customer summary",
        ),
    ]
}

fn timeline() -> Vec<Case> {
    let whole = &REPORT[REPORT.find("## Timeline").unwrap()..REPORT.find("## Root cause").unwrap()];
    vec![
        case("missing-timeline", "[timeline](#timeline)", "log", "## Root cause").and_remove(whole),
        case("vague-time", "| 09:50 | The pool", "| ~09:50 | The pool", "| ~09:50"),
        case("vague-time", "| 09:10 | The alert", "| around 09:10 | The alert", "| around 09:10"),
        case(
            "timeline-order",
            "| 09:12 | The on-call engineer opens the channel. [acknowledged] |\n| 09:20 | Support is told. [first-comms] |\n",
            "| 09:20 | Support is told. [first-comms] |\n| 2026-03-02 09:12 | The on-call engineer opens the channel. [acknowledged] |\n",
            "| 2026-03-02 09:12",
        ),
        case("missing-milestone", "  first_comms: 2026-03-02T09:20:00Z\n  status_page: 2026-03-02T09:25:00Z\n", "", "| 2026-03-02 09:00")
            .and("Support is told. [first-comms]", "Connections are counted.")
            .and("We are looking into it. [status-page] [public]", "")
            .and("opens the channel", "opens the console"),
        case("time-mismatch", "| 09:10 | The alert", "| 09:11 | The alert", "| 09:11 |"),
        case("time-mismatch", "| 10:00 | The queue", "| 10:10 | The queue", "| 10:10 |"),
        case(
            "outside-incident",
            "| 2026-03-02 09:00 | The last",
            "| 2026-02-02 10:00 | The file is written. |\n| 2026-03-02 09:00 | The last",
            "| 2026-02-02 10:00",
        ),
        case(
            "slow-communication",
            "first_comms: 2026-03-02T09:20:00Z\n  status_page: 2026-03-02T09:25:00Z\n",
            "first_comms: 2026-03-02T10:20:00Z\n",
            "first_comms: 2026-03-02T10:20",
        )
        .and(" [first-comms]", "")
        .and(" [status-page]", ""),
    ]
}

fn language() -> Vec<Case> {
    let cause = "The pool was as large as in the year before, and the traffic was not.";
    let impact = "420 orders failed; see the [timeline](#timeline).";
    vec![
        case("blaming-language", cause, "The on-call engineer forgot to raise the limit.", "forgot to"),
        case("blaming-language", cause, "The change was careless, and so was its review.", "was careless"),
        case("blaming-language", cause, "We failed to notice that traffic had doubled.", "We failed"),
        case("blaming-language", cause, "담당자가 설정을 실수로 지웠다.", "실수로"),
        case("named-person-as-cause", cause, "Ada Meyer set the limit.", "Ada Meyer set"),
        case("named-person-as-cause", cause, "minjun@shop.example set the limit.", "minjun@shop.example set"),
        case("human-error-as-cause", cause, "It was caused by human error.", "human error"),
        case("human-error-as-cause", cause, "설정 과정의 인적 오류가 원인이다.", "인적 오류"),
        case(
            "human-error-as-cause",
            "title: Connections of the order store ran out",
            "title: Operator error empties the order store",
            "title: Operator",
        ),
        case("hindsight", cause, "The team should have noticed the traffic of January.", "should have"),
        case("hindsight", cause, "This should have been caught in review.", "should have"),
        case("hindsight", cause, "배포 전에 한도를 확인했어야 했다.", "확인했어야"),
        case(
            "shallow-five-whys",
            "3. Why was it? Its size stands in a file that nobody owns.\n4. Why did nobody see it? The dashboard shows no share.\n5. Why? It was made before there was a pool.\n",
            "",
            "### Five whys",
        ),
        case("vague-statement", impact, "Some customers could not order.", "Some customers"),
        case("vague-statement", impact, "일부 고객이 주문하지 못했다.", "일부 고객"),
        case("vague-statement", "For an hour no order could be placed.", "For a while no order could be placed.", "summary: For a while"),
    ]
}

fn detail_and_actions() -> Vec<Case> {
    vec![
        case("missing-alt-text", "![Free connections of the order store, zero from 09:00 to 09:50]", "![]", "![](pool.png)"),
        case("broken-image", "(pool.png)", "(pol.png)", "(pol.png)"),
        case("broken-link", "(2026-01-20-label-queue.md#impact)", "(2026-01-20-label-queues.md)", "label-queues.md"),
        case("broken-link", "(#timeline)", "(#time-line)", "(#time-line)"),
        case("broken-link", "related: [2026-01-20-label-queue]", "related: [2026-01-20-label-queues]", "related: [2026-01-20-label-queues"),
        case("no-evidence-link", "links:\n  - {title: Dashboard, url: \"https://graphs.shop.example/d/orders\"}\n", "", "title: Connections")
            .and("[January](2026-01-20-label-queue.md#impact)", "January")
            .and("![Free connections of the order store, zero from 09:00 to 09:50](pool.png)\n\n", "")
            .and("ticket: ORD-12, ", ""),
        case("action-without-owner", "type: detect, owner: Orders team, ", "type: detect, ", "title: Page at 80"),
        case("action-without-due-date", "due: 2026-12-01, ", "", "title: Page at 80"),
        case("vague-action", "title: Page at 80 % of the connections", "title: Improve monitoring", "title: Improve monitoring"),
        case("vague-action", "title: Page at 80 % of the connections", "title: Be more careful with limits", "title: Be more careful"),
        case("overdue-action", "due: 2026-12-01", "due: 2026-03-03", "due: 2026-03-03"),
        case("declined-without-reason", ", reason: The pool grows by itself.", "", "status: declined"),
    ]
}

fn corpus() -> Vec<Case> {
    vec![
        case("duplicate-id", "status: final", "status: final\nid: 2026-01-20-Label-Queue", "id: 2026-01-20-Label-Queue").also("duplicate-id"),
        case("copied-duration", "related: [2026-01-20-label-queue]\n", "", "started: 2026-03-02T09:00:07Z")
            .and("started: 2026-03-02T09:00:00Z", "started: 2026-03-02T09:00:07Z")
            .and("resolved: 2026-03-02T10:00:00Z", "resolved: 2026-03-02T10:00:20Z")
            .other(
                "{started: 2026-01-20T13:00:00Z, detected: 2026-01-20T13:05:00Z, first_comms: 2026-01-20T13:30:00Z, resolved: 2026-01-20T15:00:00Z}",
                "{started: 2026-01-20T09:00:07Z, detected: 2026-01-20T09:05:00Z, first_comms: 2026-01-20T09:30:00Z, resolved: 2026-01-20T10:00:20Z}",
            )
            .other("13:00 UTC", "09:00 UTC")
            .other("13:05 UTC", "09:05 UTC")
            .other("13:30 UTC", "09:30 UTC")
            .other("15:00 UTC", "10:00 UTC"),
        case("overlapping-impact", "related: [2026-01-20-label-queue]\n", "", "started: 2026-03-02")
            .other("resolved: 2026-01-20T15:00:00Z", "resolved: 2026-03-02T09:30:00Z")
            .other("- 15:00 UTC", "- 2026-03-02 09:30 UTC")
            .other("services: [labels]", "services: [labels, orders]"),
        case("unmarked-recurrence", "related: [2026-01-20-label-queue]\n", "", "started: 2026-03-02")
            .other("services: [labels]", "services: [orders]")
            .other("causes: [capacity]", "causes: [connection-pool]"),
        case("same-action", "title: Page at 80 % of the connections", "title: Scale the renderers with the queue", "title: Scale the renderers"),
    ]
}

fn publication_and_markup() -> Vec<Case> {
    let summary = "Between nine and ten no order could be placed. Nothing was charged.";
    vec![
        case("missing-public-title", "  title: Orders could not be placed\n", "", "publish: true"),
        case("missing-customer-summary", "## Customer summary", "## For the archive", "publish: true"),
        case("missing-customer-summary", "## Customer summary", "## Customer summary {.internal}", "## Customer summary"),
        case("person-in-public", summary, "Ada Meyer made the pool larger.", "Ada Meyer made"),
        case("person-in-public", "summary: For an hour", "summary: Thanks to Minjun Seo for an hour", "summary: Thanks"),
        case("person-in-public", "Orders fail. We are looking into it.", "Grace Okafor is looking into it.", "Grace Okafor is"),
        case("private-detail-in-public", summary, "The store at 10.20.0.7 was full.", "10.20.0.7"),
        case("private-detail-in-public", summary, "Details stand in https://shop.slack.com/archives/C1.", "shop.slack.com"),
        case("private-detail-in-public", summary, "Ask pool-owners@shop.example.", "pool-owners@"),
        case("private-detail-in-public", summary, "See ORD-12.", "See ORD-12").with("privacy: {forbid: ['ORD-[0-9]+']}\n"),
        case("private-detail-in-public", "summary: For an hour", "summary: On db-1.eu.internal for an hour", "summary: On db-1"),
        case(
            "secret",
            "The pool was made twice as large at 09:50.",
            "    psql postgres://orders:Zx81kqPw@store.shop.example/orders",
            "psql postgres",
        ),
        case("secret", "tags: [database]", ["extra: {bot: ", "xox", "b-840271935512-Kd8sQ2vLxw", "}"].concat(), "extra: {bot"),
        case("raw-html-in-public", summary, "Between nine and ten <b>no</b> order could be placed.", "<b>no</b>"),
        case("malformed-audience-mark", "## Impact\n", "## Impact {.pubilc}\n", "{.pubilc}"),
        case("malformed-audience-mark", "Nothing was charged.", "Nothing was charged.\n\n> [!INTERAL]\n> Except twice.", "[!INTERAL]"),
        case("malformed-audience-mark", "## Lessons learned\n", "## Lessons learned {.public .internal}\n", "{.public .internal}"),
        case("inert-emphasis", "The alert came before the first call.", "원인은 **\"커넥션 풀\"**입니다.", "원인은"),
    ]
}

fn review() -> Vec<Case> {
    vec![
        history("late-draft", "resolved: 2026-03-02", "2026-03-05T12:00:00Z", |repository| {
            repository.at("2026-03-05T09:00:00Z").author("Ada Meyer <ada@shop.example>");
            repository.write("postmortems/2026/pool.png", PIXEL).write(PATH, REPORT).commit("Order store");
            approve(repository, "2026-03-05T10:00:00Z", "2026-03-02-order-store");
        }),
        history("late-completion", "resolved: 2026-03-02", "2026-03-12T12:00:00Z", |repository| {
            repository.at("2026-03-02T15:00:00Z").author("Ada Meyer <ada@shop.example>");
            repository.write("postmortems/2026/pool.png", PIXEL).write(PATH, REPORT).commit("Order store");
            approve(repository, "2026-03-11T09:00:00Z", "2026-03-02-order-store");
        }),
        history("never-reviewed", "status: final", "2026-03-12T12:00:00Z", |repository| {
            repository.at("2026-03-02T15:00:00Z").author("Ada Meyer <ada@shop.example>");
            repository.write("postmortems/2026/pool.png", PIXEL).write(PATH, REPORT).commit("Order store");
        }),
        history("stale-approval", "## Resolution", "2026-03-04T09:00:00Z", |repository| {
            written_and_approved(repository, &REPORT.edit("twice as large at 09:50", "three times as large at 09:50"));
            repository.write(PATH, REPORT).commit("Twice is enough");
        }),
        history("self-approval", "title: Connections", "2026-03-04T09:00:00Z", |repository| {
            repository.at("2026-03-02T15:00:00Z").author("Ada Meyer <ada@shop.example>");
            repository.write("postmortems/2026/pool.png", PIXEL).write(PATH, REPORT);
            repository.commit("Order store\n\nReviewed-by: Ada Meyer <ada@shop.example>\n");
        }),
        history("incomplete-history", "---", "2026-03-04T09:00:00Z", |repository| {
            repository
                .switch("cut")
                .at("2026-03-02T15:00:00Z")
                .write(OTHER_PATH, OTHER)
                .write("postmortems/2026/pool.png", PIXEL)
                .write(PATH, REPORT);
            let commit = repository.commit("Order store");
            repository.write_uncommitted(".git/shallow", format!("{commit}\n"));
        })
        .also("incomplete-history"),
    ]
}

impl Case {
    /// Cuts the front matter off.
    fn and_all(mut self, front_matter: impl Fn() -> String) -> Self {
        let rest = REPORT.strip_prefix(&*front_matter()).unwrap();
        self.edits = vec![(REPORT, format!("# Connections of the order store ran out\n\n{rest}"))];
        "# Connections".clone_into(&mut self.at);
        self
    }

    /// Cuts a piece out.
    fn and_remove(mut self, piece: &str) -> Self {
        self.edits = vec![(REPORT, self.text().edit(piece, ""))];
        self
    }
}
