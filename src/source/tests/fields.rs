use super::{at, problems, read, read_with};
use crate::{
    config::{Service, Settings},
    model::{ActionKind, ActionStatus, Detection, ImpactLevel, Milestone, Origin, Precision, Status, ZoneSource},
    source::{FrontMatterKind, parse},
    text::Source,
};

const COMPLETE: &str = "\
---
id: 2026-03-14-checkout
title: Checkout returned 503
status: in-review
severity: sev2
services: [checkout, payments]
owner: Ada Meyer <ada@x.example>
roles: {commander: \"@grace\", scribe: Ops team}
reviewers:
  - Lin <lin@x.example>
times:
  started: 2026-03-14T09:02:00Z
  detected: 2026-03-14 09:14 UTC
  acknowledged: 2026-03-14 18:15 Asia/Seoul
  first_comms: unknown
  resolved: {at: 2026-03-14 10:41 KST, estimated: true}
impacts:
  - {service: checkout, level: degraded, start: 2026-03-14T09:02Z, end: 2026-03-14T09:30Z, scope: 12 % of carts}
customers_affected: 1200
detection: customer
causes: [config-change]
actions:
  - {id: 12, title: Alert on 503, type: detect, owner: \"@ada\", due: 2026-03-31, ticket: 4711, status: in-progress}
  - Write it down
links:
  - {title: Status page, url: https://status.x.example/1}
  - https://x.example/2
related: other-one
tags: [a, 12e4567, 2026]
lang: ko-KR
near_miss: false
public:
  publish: true
  title: Checkout was unavailable
  summary: Some orders failed.
allow:
  vague-time: nobody wrote it down
  slow-communication:
extra: {anything: [1]}
---
# ignored

body
";

#[test]
fn a_complete_front_matter_is_read_without_a_problem() {
    let parsed = read(COMPLETE);
    assert_eq!(problems(&parsed), Vec::<String>::new());
    assert_eq!(parsed.front_matter_kind(), FrontMatterKind::Yaml);
    let postmortem = parsed.postmortem();
    assert_eq!(postmortem.id.value, "2026-03-14-checkout");
    assert_eq!(parsed.source().slice(postmortem.title.span), "Checkout returned 503");
    assert_eq!(postmortem.status.as_ref().map(|status| status.value), Some(Status::InReview));
    assert_eq!(postmortem.severity.as_ref().map(|severity| (severity.value.rank, &*severity.value.written)), Some((Some(1), "sev2")));
    assert_eq!(postmortem.services.iter().map(|service| &*service.value).collect::<Vec<_>>(), ["checkout", "payments"]);
    assert_eq!(postmortem.owner.as_ref().map(|owner| owner.value.to_string()).as_deref(), Some("Ada Meyer"));
    assert_eq!(postmortem.roles.len(), 2);
    assert_eq!(at(&parsed, Milestone::Acknowledged), "2026-03-14T09:15Z");
    assert_eq!(at(&parsed, Milestone::Resolved), "2026-03-14T01:41Z");
    assert!(postmortem.times.resolved.as_ref().is_some_and(|time| time.value.estimated));
    assert!(postmortem.times.first_comms.as_ref().is_some_and(|time| time.value.is_unknown()));
    let impact = &postmortem.impacts[0].value;
    assert_eq!((impact.level, impact.scope.as_deref()), (ImpactLevel::Degraded, Some("12 % of carts")));
    assert_eq!((impact.end.unwrap() - impact.start.unwrap()).num_minutes(), 28);
    assert_eq!(postmortem.customers_affected.as_ref().map(|count| count.value), Some(1200));
    assert_eq!(postmortem.detection.as_ref().map(|kind| kind.value), Some(Detection::Customer));
    let action = &postmortem.actions[0].value;
    assert_eq!(
        (action.id.as_deref(), action.ticket.as_deref(), action.kind, action.status),
        (Some("12"), Some("4711"), Some(ActionKind::Detect), ActionStatus::InProgress)
    );
    assert_eq!(action.due.as_ref().map(|due| due.value.to_string()).as_deref(), Some("2026-03-31"));
    assert_eq!(postmortem.actions[1].value.title, "Write it down");
    assert_eq!(postmortem.links[1].value.url, "https://x.example/2");
    assert_eq!(postmortem.tags.iter().map(|tag| &*tag.value).collect::<Vec<_>>(), ["a", "12e4567", "2026"]);
    let public = &postmortem.external["public"];
    assert_eq!(public.publish.as_ref().map(|publish| publish.value), Some(true));
    assert_eq!(
        postmortem.allow.iter().map(|(rule, reason)| (&*rule.value, &**reason)).collect::<Vec<_>>(),
        [("vague-time", "nobody wrote it down"), ("slow-communication", "")]
    );
}

#[test]
fn every_problem_is_reported_with_its_place() {
    let text = "---\nid: a/b\ntitle: [x]\nstatus: almost\nseverity: SEV9\nowner: [a, b]\nservces: x\ntimes:\n  strated: 2026-03-14T09:02:00Z\n  detected: soon\nactions:\n  - {title: A, due: 2026-02-30}\nimpacts:\n  - {level: dwn}\n  - {levle: down}\npublic: {publsh: true}\n---\n";
    let parsed = read(text);
    let found: Vec<(&str, &str)> = parsed.problems().iter().map(|problem| (problem.rule, parsed.source().slice(problem.span))).collect();
    assert_eq!(
        found,
        [
            ("invalid-value", "a/b"),
            ("invalid-value", "[x]"),
            ("invalid-value", "almost"),
            ("invalid-value", "SEV9"),
            ("invalid-value", "[a, b]"),
            ("unknown-field", "servces"),
            ("invalid-value", "strated"),
            ("invalid-value", "soon"),
            ("invalid-value", "2026-02-30"),
            ("invalid-value", "dwn"),
            ("invalid-value", "levle"),
            ("invalid-value", "publsh"),
        ]
    );
    let help = |rule: &str| parsed.problems().iter().find(|problem| problem.rule == rule).and_then(|problem| problem.help.clone());
    assert_eq!(help("unknown-field").as_deref(), Some("did you mean `services`?"));
    assert!(problems(&parsed).contains(&"invalid-value: `status`: `almost` is no status".to_owned()));
    let postmortem = parsed.postmortem();
    assert_eq!(postmortem.id.value, "checkout");
    assert_eq!(postmortem.severity.as_ref().map(|severity| (severity.value.rank, &*severity.value.written)), Some((None, "SEV9")));
    assert!(postmortem.unreadable.iter().any(|(key, field)| key == "status" && field.value == "almost"));
    assert!(postmortem.times.detected.as_ref().is_some_and(|time| time.value.is_unreadable() && time.value.written == "soon"));
}

#[test]
fn a_number_as_a_title_and_a_sha_as_an_id_are_text() {
    let parsed = read("---\ntitle: 2026\nid: 12e4567\nowner: 010\n---\n");
    assert_eq!(parsed.postmortem().title.value, "2026");
    assert_eq!(parsed.postmortem().id.value, "12e4567");
    assert_eq!(parsed.postmortem().owner.as_ref().map(|owner| owner.value.to_string()).as_deref(), Some("010"));
}

#[test]
fn spans_are_those_of_the_file_after_a_byte_order_mark_and_with_crlf() {
    let text = "\u{FEFF}---\r\ntitle: 결제 장애\r\nseverity: SEV9\r\n---\r\n## 요약\r\nx\r\n";
    let parsed = read(text);
    assert_eq!(parsed.source().slice(parsed.postmortem().title.span), "결제 장애");
    assert_eq!(parsed.source().slice(parsed.problems()[0].span), "SEV9");
    assert_eq!(parsed.source().position(parsed.problems()[0].span.start).line, 3);
    assert_eq!(parsed.sections()[0].kind.as_deref(), Some("summary"));
}

#[test]
fn broken_yaml_still_has_a_body() {
    let parsed = read("---\nowner: a\ntitle: checkout: 503s\n---\n## Impact\nAll.\n");
    assert_eq!(parsed.front_matter_kind(), FrontMatterKind::Broken);
    assert_eq!(problems(&parsed), ["invalid-front-matter: the value of `title` contains `: `, which YAML reads as another key"]);
    assert_eq!(parsed.source().position(parsed.problems()[0].span.start).line, 3);
    assert_eq!(parsed.section("impact").map(|section| section.is_empty), Some(false));
    let parsed = read("---\n  a: 1\nb: 2\n---\n");
    assert_eq!(parsed.front_matter_kind(), FrontMatterKind::Broken);
    let parsed = read("---\n  title: a\n  owner: b\n---\n");
    assert_eq!(parsed.postmortem().title.value, "a");
    let parsed = read("---\n- a\n---\n");
    assert_eq!(problems(&parsed), ["invalid-front-matter: front matter is a list, not a map of keys"]);
}

#[test]
fn an_empty_front_matter_is_empty_and_toml_is_named() {
    assert_eq!(read("---\n# nothing\n---\nx").front_matter_kind(), FrontMatterKind::Empty);
    let parsed = read("+++\ntitle = 'a'\n+++\n# Title\n");
    assert_eq!(parsed.front_matter_kind(), FrontMatterKind::Toml);
    assert_eq!(problems(&parsed), ["invalid-front-matter: this front matter is TOML, which is not read"]);
    assert_eq!(parsed.postmortem().title.value, "Title");
}

#[test]
fn a_time_without_a_zone_is_read_in_that_of_the_document_or_the_site() {
    let parsed = read("---\nowner: a\ntimezone: Asia/Seoul\ntimes: {started: 2026-03-14 09:00}\n---\n");
    assert_eq!(at(&parsed, Milestone::Started), "2026-03-14T00:00Z");
    assert_eq!(parsed.postmortem().times.started.as_ref().map(|time| time.value.zone), Some(ZoneSource::Document));
    let parsed = read("---\nowner: a\ntimes: {started: 2026-03-14 09:00, resolved: 2026-03-15}\n---\n");
    assert_eq!(problems(&parsed), ["time-without-zone: `2026-03-14 09:00` has no time zone"]);
    assert_eq!(parsed.postmortem().times.started.as_ref().map(|time| time.value.zone), Some(ZoneSource::Site));
    assert_eq!(parsed.postmortem().times.resolved.as_ref().map(|time| time.value.precision), Some(Precision::Day));
}

#[test]
fn moved_clocks_and_ambiguous_zones_are_invalid_values() {
    let parsed =
        read("---\nowner: a\ntimezone: Europe/Berlin\ntimes: {started: 2026-03-29 02:30 Europe/Berlin, detected: 2026-03-29 02:30 IST}\n---\n");
    let found = problems(&parsed);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().all(|problem| problem.starts_with("invalid-value")), "{found:?}");
    assert!(found[1].contains("`IST` names more than one time zone"), "{found:?}");
}

#[test]
fn a_cut_title_is_noticed_and_a_comment_is_not() {
    let rules = |text: &str| problems(&read(text)).iter().filter(|problem| problem.starts_with("cut-value")).count();
    assert_eq!(rules("---\nowner: a\ntitle: Fix for #123 broke checkout\n---\n"), 1);
    assert_eq!(rules("---\nowner: a\ntitle: #123 broke checkout\n---\n"), 1);
    assert_eq!(rules("---\nowner: a\npublic: {publish: true}\nactions:\n  - title: See #12\n---\n"), 1);
    assert_eq!(rules("---\nowner: a\nseverity: SEV1 # worst\ntitle: Checkout # the shop\n---\n"), 0);
    assert_eq!(rules("---\nowner: a\ntitle: \"Fix for #123\"\nseverity: SEV1 #123\n---\n"), 0);
}

#[test]
fn whatever_stands_at_privileged_keeps_a_document_back() {
    for (value, expected) in [("true", true), ("yes", true), ("'true'", true), ("[x]", true), ("false", false), ("", false)] {
        let parsed = read(&format!("---\nowner: a\nprivileged: {value}\n---\n"));
        assert_eq!(parsed.postmortem().privileged, expected, "{value}");
    }
}

#[test]
fn a_privileged_document_stays_so_when_its_front_matter_breaks() {
    for text in [
        "---\nprivileged: true\ntitle: a: b\n---\n",
        "---\ntitle: a\nprivileged: yes # law\n\nbody\n",
        "+++\nprivileged = true\n+++\n",
        "\n---\nprivileged: true\n---\n",
    ] {
        assert!(read(text).postmortem().privileged, "{text}");
    }
    assert!(!read("---\nprivileged: false\ntitle: a: b\n---\n").postmortem().privileged);
}

#[test]
fn foreign_front_matter_is_read_without_a_finding_per_key() {
    let text = "---\ntitle: Certificate expired\ndate: 2022-05-27T16:50:00-00:00\nresolved: true\nresolvedWhen: 2022-05-27T21:18:00-00:00\nseverity: disrupted\naffected:\n  - pkg.example\n  - updates.example\nsection: issue\nincident_pr: 12\n---\nText.\n";
    let parsed = read(text);
    assert_eq!(problems(&parsed), Vec::<String>::new());
    let postmortem = parsed.postmortem();
    assert_eq!(at(&parsed, Milestone::Started), "2022-05-27T16:50Z");
    assert_eq!(at(&parsed, Milestone::Resolved), "2022-05-27T21:18Z");
    assert_eq!(postmortem.severity.as_ref().and_then(|severity| severity.value.rank), Some(1));
    assert_eq!(postmortem.services.len(), 2);
    assert_eq!(postmortem.times.started.as_ref().map(|time| time.origin), Some(Origin::FrontMatter));
}

#[test]
fn the_first_readable_spelling_wins_and_configured_ones_come_first() {
    let mut settings = Settings::default();
    settings.fields.insert("resolved".to_owned(), vec!["recovery_at".to_owned(), "fixed-on".to_owned()]);
    let text =
        "---\ntitle: a\nend_time: 2026-01-01T03:00Z\nfixedOn: 2026-01-01T02:00Z\nrecovery_at: some day\nauthor: Ada, Lin\nstate: closed\n---\n";
    let parsed = read_with(text, &settings);
    assert_eq!(at(&parsed, Milestone::Resolved), "2026-01-01T02:00Z");
    assert_eq!(parsed.postmortem().authors.len(), 2);
    assert_eq!(parsed.postmortem().status.as_ref().map(|status| status.value), Some(Status::Final));
    assert_eq!(problems(&parsed), Vec::<String>::new());
    let parsed = read("---\ntitle: a\nrecovery_at: some day\n---\n");
    assert_eq!(problems(&parsed), ["invalid-value: `recovery_at`: `some day` is no time"]);
    assert_eq!(parsed.postmortem().unreadable[0].1.value, "some day");
}

#[test]
fn services_are_checked_against_the_configured_ones() {
    let mut settings = Settings::default();
    let service = |id: &str, name: &str| Service { id: id.to_owned(), name: name.to_owned(), public_name: None, team: None, target: None };
    settings.services = vec![service("checkout", "Checkout API"), service("search", "Search")];
    let parsed = read_with("---\nowner: a\nservices: [Checkout API, serch]\n---\n", &settings);
    assert_eq!(parsed.postmortem().services[0].value, "checkout");
    assert_eq!(problems(&parsed), ["invalid-value: `serch` is none of the configured services"]);
    assert_eq!(parsed.problems()[0].help.as_deref(), Some("did you mean `search`?"));
}

#[test]
fn what_is_named_twice_counts_once() {
    let service = Service { id: "api".to_owned(), name: "Public API".to_owned(), public_name: None, team: None, target: None };
    let settings = Settings { services: vec![service], ..Settings::default() };
    let parsed = read_with("---\nservices: [api, Public API]\ncauses: [dns, clock, dns]\n---\n", &settings);
    let values = |fields: &[crate::model::Field<String>]| fields.iter().map(|field| field.value.clone()).collect::<Vec<_>>();
    assert_eq!(values(&parsed.postmortem().services), ["api"]);
    assert_eq!(values(&parsed.postmortem().causes), ["dns", "clock"]);
}

#[test]
fn without_front_matter_the_heading_and_the_file_name_speak() {
    let parsed = parse(Source::new("postmortems/2026-03-14-checkout-503s.md", "# Checkout returned 503\n\n## Summary\nx\n"), &Settings::default());
    assert_eq!(parsed.front_matter_kind(), FrontMatterKind::None);
    assert_eq!(parsed.postmortem().title.value, "Checkout returned 503");
    assert_eq!(parsed.postmortem().title.origin, Origin::Heading);
    let started = parsed.postmortem().times.started.as_ref().unwrap();
    assert_eq!((started.origin, started.value.precision), (Origin::FileName, Precision::Day));
    let parsed = parse(Source::new("postmortems/2026-03-14-checkout-503s.md", "## Summary\nx\n"), &Settings::default());
    assert_eq!(parsed.postmortem().title.value, "Checkout 503s");
    assert_eq!(parsed.postmortem().title.origin, Origin::FileName);
    assert_eq!(parsed.postmortem().id.value, "2026-03-14-checkout-503s");
}

#[test]
fn text_for_an_audience_holds_no_marks_no_comments_and_nothing_from_elsewhere() {
    for block in [
        "public:\n  title: \"a [!INTERNAL] secret\"\n",
        "public:\n  summary: |\n    a\n\n    > [!INTERNAL]\n    > secret\n",
        "public:\n  summary: \"a <!-- secret -->\"\n",
        "public:\n  summary: \"a &#91;!INTERNAL] secret\"\n",
        "public:\n  title: *t\n",
        "public:\n  <<: *x\n",
        "public: *x\n",
        "public: {<<: *x, publish: true}\n",
    ] {
        let parsed = read(&format!("---\ntitle: &t secret\nextra: &x {{summary: secret}}\n{block}---\n"));
        assert!(problems(&parsed).iter().any(|problem| problem.starts_with("malformed-audience-mark")), "{block}: {:?}", problems(&parsed));
        let external = parsed.postmortem().external.get("public").cloned().unwrap_or_default();
        assert!(external.title.is_none() && external.summary.is_none(), "{block}: {external:?}");
    }
}
