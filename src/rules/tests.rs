use std::{collections::BTreeSet, sync::Arc};

use chrono::{DateTime, Utc};

use super::{Check, Checked, CorpusFacts, Document, People, RULES, Rule, Surroundings, check_text};
use crate::{
    config::{RuleSetting, Settings},
    findings::Finding,
    repo::{Repository, SnapshotOptions, testing::TestRepository},
    review::Reviewed,
    source::{Parsed, parse},
    text::Source,
};

/// A fixed clock.
pub(super) fn now() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2026-04-15T12:00:00Z").unwrap().to_utc()
}

/// Reads a text with the default configuration.
pub(super) fn parsed(text: &str) -> Parsed {
    parsed_at("postmortems/2026/2026-03-14-checkout.md", text)
}

pub(super) fn parsed_at(path: &str, text: &str) -> Parsed {
    parse(Source::new(path, text), &Settings::default())
}

/// Findings of one text rule, with the people that the text itself names and the rule switched on.
pub(super) fn findings_of(rule: &str, text: &str) -> Vec<Finding> {
    let mut settings = Settings::default();
    let known = super::find(rule).unwrap();
    settings.rules.insert(rule.to_owned(), RuleSetting { level: Some(Some(known.level)), enforced_from: None });
    let parsed = parse(Source::new("postmortems/2026/2026-03-14-checkout.md", text), &settings);
    let people = People::gather(&[], &settings, [&parsed]);
    let files = ["postmortems/2026/2026-03-14-checkout.md", "postmortems/2026/graph.png"].map(str::to_owned).into();
    let surroundings = Surroundings { files, people, is_history_complete: true };
    let mut findings = check_text(&Document::alone(&parsed, &settings, &surroundings, now()));
    findings.retain(|finding| finding.problem.rule == rule);
    findings
}

/// Messages of one text rule, each with the text that it points at.
pub(super) fn messages_of(rule: &str, text: &str) -> Vec<(String, String)> {
    let findings = findings_of(rule, text).into_iter();
    findings.map(|finding| (finding.problem.message, finding.problem.span.of(text).to_owned())).collect()
}

/// What one text rule points at in a text.
pub(super) fn places_of(rule: &str, text: &str) -> Vec<String> {
    messages_of(rule, text).into_iter().map(|(_, at)| at).collect()
}

/// Messages of one rule on a document with its history; the clock stands as in [`now`].
pub(super) fn messages_in_history(rule: &str, repository: &mut TestRepository, path: &str) -> Vec<String> {
    messages_around(rule, repository, path, &Surroundings { is_history_complete: true, ..Surroundings::default() })
}

/// The same, with what is known of the repository.
pub(super) fn messages_around(rule: &str, repository: &mut TestRepository, path: &str, surroundings: &Surroundings) -> Vec<String> {
    let settings = Settings::default();
    let folder = repository.checkout();
    let snapshot = Repository::open(&folder, None).unwrap().snapshot(&settings.content, &SnapshotOptions::default()).unwrap();
    let blobs = snapshot.blobs();
    let read = |path: &str, bytes: &[u8]| parse(Source::new(path, std::str::from_utf8(bytes).unwrap()), &settings);
    let text = snapshot.documents().find(|(document, _)| *document == path).unwrap().1;
    let older = |path: &str, blob| blobs.blob(blob).ok().map(|bytes| read(path, &bytes));
    let reviewed = Reviewed::new(Arc::new(read(path, text)), snapshot.history(), &settings, now(), &older);
    let checked = Checked::new(reviewed, &settings, surroundings, &CorpusFacts::default(), now());
    let findings = checked.findings().iter().filter(|finding| finding.problem.rule == rule);
    findings.map(|finding| finding.problem.message.clone()).collect()
}

/// The fenced examples of a documentation: whether it fails, and the text.
fn examples(rule: &Rule) -> Vec<(bool, String)> {
    let mut examples = Vec::new();
    let documentation = rule.documentation();
    let mut lines = documentation.lines();
    while let Some(line) = lines.next() {
        let Some(kind) = line.trim_start_matches('`').strip_prefix("postmortem ") else { continue };
        let fence: String = line.chars().take_while(|character| *character == '`').collect();
        let text: Vec<&str> = lines.by_ref().take_while(|line| *line != fence).collect();
        examples.push((kind == "fails", text.join("\n") + "\n"));
    }
    examples
}

#[test]
fn every_example_does_what_it_says() {
    let mut wrong = Vec::new();
    for rule in RULES {
        for (fails, text) in examples(rule) {
            let findings = findings_of(rule.name, &text);
            if findings.is_empty() == fails {
                wrong.push(format!("{} should {}:\n{text}\n{findings:#?}", rule.name, if fails { "fail" } else { "pass" }));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rules_on_text_have_examples_of_both_kinds() {
    for rule in RULES.iter().filter(|rule| matches!(rule.check, Check::Text(_) | Check::Parser | Check::Suppression)) {
        let kinds: BTreeSet<bool> = examples(rule).into_iter().map(|(fails, _)| fails).collect();
        assert_eq!(kinds.len(), 2, "{} needs an example that fails and one that passes", rule.name);
    }
}

#[test]
fn the_table_is_sorted_and_names_every_file() {
    let names = super::names();
    assert!(names.is_sorted_by(|one, other| one < other), "the table of rules is sorted by name, without duplicates");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/rules");
    let mut files = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if std::fs::read_to_string(&path).is_ok_and(|text| text.contains("const RULE: Rule")) && path.file_stem().unwrap() != "tests" {
            files.insert(path.file_stem().unwrap().to_str().unwrap().replace('_', "-"));
        }
    }
    assert_eq!(files, names.into_iter().map(str::to_owned).collect());
}

#[test]
fn every_documentation_has_the_same_headings() {
    for rule in RULES {
        let documentation = rule.documentation();
        assert!(rule.summary().len() > 10 && !rule.summary().contains(". "), "{}: the first paragraph is one sentence", rule.name);
        let outside = documentation.split("```").step_by(2).flat_map(str::lines);
        let headings: Vec<&str> = outside.filter_map(|line| line.strip_prefix("## ")).collect();
        let known = ["What it does", "Why", "Configuration", "Example"];
        assert!(headings.starts_with(&known[..2]), "{}: {headings:?}", rule.name);
        assert!(headings.iter().all(|heading| known.contains(heading)), "{}: {headings:?}", rule.name);
        assert!(rule.source.contains(&format!("name: \"{}\"", rule.name)), "{} includes another file's text", rule.name);
    }
}
