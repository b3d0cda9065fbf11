use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, Level, Summary};
use crate::text::{Position, Source, Span};

/// What `check` found, with everything that a format needs to print it. Of privileged documents nothing but rule and place is in it.
#[derive(Debug)]
pub struct Report {
    texts: BTreeMap<String, Source>,
    documents: Vec<String>,
    privileged: BTreeSet<String>,
    findings: Vec<Finding>,
    rules: BTreeMap<&'static str, RuleDescription>,
}

/// One document of the collection.
#[derive(Debug, Clone)]
pub struct ReportDocument {
    /// Its text, which findings of other documents may point at, too.
    pub source: Source,
    /// Whether its text must not appear anywhere.
    pub is_privileged: bool,
    /// Whether its findings were asked for.
    pub is_wanted: bool,
}

/// What is known of a rule beside its findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleDescription {
    /// Name in kebab case.
    pub name: &'static str,
    /// What it looks at.
    pub group: &'static str,
    /// Level unless configured.
    pub level: Level,
    /// One sentence without a full stop.
    pub summary: String,
    /// What it looks for, in a paragraph or two.
    pub does: String,
    /// What it asks for and why, in Markdown: the text of `lookback explain`.
    pub explanation: String,
    /// Where that text can be read, if anywhere.
    pub url: Option<String>,
}

/// Which findings people want to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// All of them, and how many there are.
    All,
    /// Those that fail the run, and not another word.
    Failing(Failing),
}

/// From which level on a finding fails the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failing {
    /// Errors alone.
    Errors,
    /// Warnings, too.
    Warnings,
}

impl Failing {
    /// Whether a finding of this level fails the run.
    #[must_use]
    pub fn includes(self, level: Level) -> bool {
        match self {
            Self::Errors => level == Level::Error,
            Self::Warnings => level >= Level::Warning,
        }
    }
}

impl Report {
    /// Keeps the findings that were asked for, in the order of paths and places.
    #[must_use]
    pub fn new(
        documents: impl IntoIterator<Item = ReportDocument>,
        findings: impl IntoIterator<Item = Finding>,
        rules: impl IntoIterator<Item = RuleDescription>,
    ) -> Self {
        let (mut texts, mut wanted, mut privileged) = (BTreeMap::new(), BTreeSet::new(), BTreeSet::new());
        for document in documents {
            let path = document.source.path().to_owned();
            wanted.extend(document.is_wanted.then(|| path.clone()));
            privileged.extend(document.is_privileged.then(|| path.clone()));
            texts.insert(path, document.source);
        }
        let findings = findings.into_iter().filter(|finding| wanted.contains(&finding.path));
        let mut findings: Vec<Finding> =
            findings.map(|finding| if privileged.contains(&finding.path) { without_text(finding) } else { finding }).collect();
        let order = |finding: &Finding| (finding.path.clone(), finding.problem.span, finding.problem.rule, finding.problem.message.clone());
        findings.sort_by_cached_key(order);
        let rules = rules.into_iter().map(|rule| (rule.name, rule)).collect();
        Self { texts, documents: wanted.into_iter().collect(), privileged, findings, rules }
    }

    /// Paths of the documents that were asked for, sorted.
    #[must_use]
    pub fn documents(&self) -> &[String] {
        &self.documents
    }

    /// The findings, in the order of paths and places.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Whether any of them fails the run.
    #[must_use]
    pub fn fails(&self, failing: Failing) -> bool {
        self.findings.iter().any(|finding| failing.includes(finding.level))
    }

    /// The findings that people want to read.
    pub(super) fn shown(&self, shown: Shown) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| match shown {
            Shown::All => true,
            Shown::Failing(failing) => failing.includes(finding.level),
        })
    }

    /// How many there are.
    #[must_use]
    pub fn summary(&self) -> Summary {
        Summary::of(self.documents.len(), &self.findings)
    }

    /// The text of a document, in which places are looked up.
    pub(super) fn text_of(&self, path: &str) -> Option<&Source> {
        self.texts.get(path)
    }

    pub(super) fn is_privileged(&self, finding: &Finding) -> bool {
        self.privileged.contains(&finding.path)
    }

    /// What is known of the rule of a finding.
    pub(super) fn rule_of(&self, finding: &Finding) -> Option<&RuleDescription> {
        self.rules.get(finding.problem.rule)
    }

    /// Where a finding begins and ends, columns in characters.
    pub(super) fn place_of(&self, finding: &Finding) -> (Position, Position) {
        self.place(&finding.path, finding.problem.span, Source::position)
    }

    /// Where a span begins and ends, in the unit that `position` counts columns in.
    pub(super) fn place(&self, path: &str, span: Span, position: impl Fn(&Source, usize) -> Position) -> (Position, Position) {
        let begin = Position { line: 1, column: 1 };
        self.text_of(path).map_or((begin, begin), |source| (position(source, span.start), position(source, span.end)))
    }
}

/// Of a privileged document only rule, path and line are named, never its text.
fn without_text(mut finding: Finding) -> Finding {
    finding.problem.rule.clone_into(&mut finding.problem.message);
    finding.problem.help = None;
    finding.problem.labels.clear();
    finding.problem.edit = None;
    finding
}

/// Message and help as one paragraph of whole sentences, for formats that have a single field for both.
pub(super) fn sentences(finding: &Finding) -> String {
    let parts = std::iter::once(&finding.problem.message).chain(&finding.problem.help);
    parts.map(|part| sentence(part)).collect::<Vec<_>>().join(" ")
}

fn sentence(part: &str) -> String {
    let mut rest = part.chars();
    let first = rest.next().into_iter().flat_map(char::to_uppercase);
    let end = if part.ends_with(['.', '?', '!']) { "" } else { "." };
    first.chain(rest).chain(end.chars()).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::{super::Problem, *};

    /// Two documents: one in Korean with an emoji and a finding of each level, one without findings.
    pub(in super::super) const KOREAN: &str = "---\ntitle: 결제 장애\nseverty: SEV1\n---\n## 요약\n🔥 결제, 100%: **서버**가 멈춤\n";

    pub(in super::super) fn at(text: &str, needle: &str) -> Span {
        let start = text.find(needle).unwrap();
        Span::new(start, start + needle.len())
    }

    pub(in super::super) fn document(path: &str, text: &str) -> ReportDocument {
        ReportDocument { source: Source::new(path, text), is_privileged: false, is_wanted: true }
    }

    pub(in super::super) fn finding(level: Level, path: &str, problem: Problem) -> Finding {
        Finding { level, path: path.to_owned(), problem }
    }

    fn rule(name: &'static str, level: Level) -> RuleDescription {
        let explanation = format!("# {name}\n\nSays what `{name}` asks for.\n");
        RuleDescription {
            name,
            group: "markup",
            level,
            summary: format!("Summary of {name}"),
            does: format!("Looks for {name}."),
            explanation,
            url: None,
        }
    }

    pub(in super::super) fn rules() -> Vec<RuleDescription> {
        let mut rules = vec![
            rule("unknown-field", Level::Warning),
            rule("inert-emphasis", Level::Warning),
            rule("missing-section", Level::Error),
            rule("no-evidence-link", Level::Info),
        ];
        rules[0].url = Some("https://example.com/rules/unknown-field.md".to_owned());
        rules
    }

    /// What every format is tried on.
    pub(in super::super) fn report() -> Report {
        let path = "postmortems/결제 장애.md";
        let other = "postmortems/b.md";
        let mut emphasis = Problem::new("inert-emphasis", at(KOREAN, "**서버**"), "`**` stays literal: 100%,\nbefore 가").help("move the particle");
        emphasis.labels.push(super::super::Label { path: Some(other.to_owned()), span: Span::new(2, 3), text: "as here".to_owned() });
        let findings = [
            finding(Level::Error, path, Problem::new("missing-section", Span::at(KOREAN.len()), "required section `Impact` is missing")),
            finding(Level::Warning, path, emphasis.label(at(KOREAN, "요약"), "in this section")),
            finding(
                Level::Warning,
                path,
                Problem::new("unknown-field", at(KOREAN, "severty"), "unknown key `severty`").help("did you mean `severity`?"),
            ),
            finding(Level::Info, path, Problem::new("no-evidence-link", at(KOREAN, "결제 장애"), "nothing here links to any evidence")),
        ];
        Report::new([document(path, KOREAN), document(other, "# Fine\n")], findings, rules())
    }

    /// Documents without findings.
    pub(in super::super) fn clean() -> Report {
        Report::new([document("postmortems/a.md", "# A\n"), document("postmortems/b.md", "# B\n")], [], rules())
    }

    /// A privileged document with something to find.
    pub(in super::super) fn privileged() -> Report {
        let text = "---\nprivileged: true\ntitel: the merger\n---\n";
        let problem = Problem::new("unknown-field", at(text, "titel"), "unknown key `titel`").help("it says `the merger`");
        let problem = problem.label(at(text, "the merger"), "the merger");
        let document = ReportDocument { is_privileged: true, ..document("postmortems/p.md", text) };
        Report::new([document], [finding(Level::Warning, "postmortems/p.md", problem)], rules())
    }

    #[test]
    fn findings_come_in_the_order_of_the_text_and_only_from_what_was_asked_for() {
        let other = ReportDocument { is_wanted: false, ..document("b.md", "x\ny\n") };
        let problem = |rule, at| Problem::new(rule, Span::at(at), "m");
        let findings = [
            finding(Level::Info, "c.md", problem("vague-time", 0)),
            finding(Level::Info, "b.md", problem("vague-time", 0)),
            finding(Level::Info, "a.md", problem("vague-time", 2)),
            finding(Level::Error, "a.md", problem("secret", 0)),
            finding(Level::Info, "a.md", problem("hindsight", 0)),
        ];
        let report = Report::new([document("c.md", "x\n"), other, document("a.md", "x\ny\n")], findings, []);
        let order: Vec<_> = report.findings().iter().map(|finding| (finding.path.as_str(), finding.problem.rule)).collect();
        assert_eq!(order, [("a.md", "hindsight"), ("a.md", "secret"), ("a.md", "vague-time"), ("c.md", "vague-time")]);
        assert_eq!(report.documents(), ["a.md", "c.md"]);
        assert_eq!((report.summary().documents, report.summary().errors, report.summary().warnings), (2, 1, 0));
    }

    #[test]
    fn no_format_shows_anything_of_a_privileged_text() {
        use super::super::{Failing, Style, concise, github, gitlab, json, junit, sarif, text};
        let report = privileged();
        for printed in [
            text(&report, Shown::All, Style::Plain),
            concise(&report, Shown::All),
            github(&report, Shown::All),
            json(&report),
            sarif(&report),
            gitlab(&report),
            junit(&report, Failing::Warnings),
        ] {
            assert!(printed.contains("unknown-field") && printed.contains("postmortems/p"), "{printed}");
            assert!(!printed.contains("merger") && !printed.contains("titel"), "{printed}");
        }
    }

    #[test]
    fn message_and_help_read_as_sentences() {
        let problem = Problem::new("unknown-field", Span::at(0), "unknown key `severty`").help("did you mean `severity`?");
        assert_eq!(sentences(&finding(Level::Info, "a.md", problem)), "Unknown key `severty`. Did you mean `severity`?");
        let alone = Problem::new("unknown-field", Span::at(0), "`x` is unknown");
        assert_eq!(sentences(&finding(Level::Info, "a.md", alone)), "`x` is unknown.");
    }
}
