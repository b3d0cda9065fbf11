//! Something of the template was left where an answer belongs.
//!
//! ## What it does
//! Reports `TODO`, `TBD` and `FIXME`, `HH:MM` and `YYYY-MM-DD` in place of times, cells with nothing but question marks,
//! and placeholders such as `{name}`, `<name>` or `[name]` that stand alone. Code, links and quotes are left out. Comments
//! are no residue, because no page shows them; only the guiding ones of the template of `lookback new` are, once their
//! section holds something else.
//!
//! ## Why
//! A placeholder looks like an answer from afar. Whoever reads it next year can't tell whether nobody knew or nobody wrote
//! it down. `unknown` is an honest answer.
//!
//! ## Configuration
//! While the document is a draft this is a warning.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! ---
//! ## Impact
//! TODO: ask support how many orders were lost
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! ---
//! ## Impact
//! About 40 orders were lost. The linter had flagged a `TODO` in the code.
//! ```

use super::{Check, Document, Group, Rule};
use super::{
    prose::{Passage, PassageKind},
    tags,
};
use crate::{
    findings::{Level, Problem},
    text::Span,
    yaml::{Kind, Node, Scalar},
};
use regex::Regex;
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::LazyLock,
};

pub(super) const RULE: Rule = Rule {
    name: "template-residue",
    group: Group::Structure,
    level: Level::Error,
    is_completeness: true,
    source: include_str!("template_residue.rs"),
    check: Check::Text(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let mut found: Vec<(Span, String)> = Vec::new();
    let mut report = |span: Span, residue: &str| found.push((span, residue.trim().to_owned()));
    if let Some(tree) = document.parsed.front_matter() {
        values(tree, &mut report);
    }
    for passage in &document.prose().passages {
        if let Some(whole) = alone(passage) {
            report(passage.locate(whole.clone()), passage.text.get(whole).unwrap_or_default());
            continue;
        }
        for range in words(&passage.text) {
            // A heading or an action item "TODO" says what is still to be done: that is an answer.
            let is_task = || {
                let section = document.section_at(passage.locate(range.clone()).start);
                passage.kind == PassageKind::Heading || section.is_some_and(|section| section.kind.as_deref() == Some("action-items"))
            };
            if passage.text.get(range.clone()).is_some_and(|word| matches!(word, "TODO" | "FIXME")) && is_task() {
                continue;
            }
            report(passage.locate(range.clone()), passage.text.get(range).unwrap_or_default());
        }
    }
    let hidden: BTreeSet<Span> = document.prose().passages.iter().filter(|passage| passage.text.trim() == "\u{1a}").map(Passage::span).collect();
    for tag in &document.prose().tags {
        let written = document.slice(*tag).trim();
        // Within a sentence such a tag is a way of writing: "the message `Stopped after: <last activity>`".
        let is_alone = hidden.contains(tag) || document.slice(*tag).ends_with('\n');
        if is_alone && tags::is_placeholder(written) {
            report(Span::new(tag.start, tag.start + written.len()), written);
        }
    }
    for comment in &document.prose().comments {
        let written = document.slice(*comment).trim();
        let is_answered = || document.section_at(comment.start).is_some_and(|section| !section.is_empty);
        if GUIDANCE.contains(&written) && is_answered() {
            report(Span::new(comment.start, comment.start + written.len()), written);
        }
    }
    grouped(found)
}

/// First lines of the comments in our own templates.
static GUIDANCE: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let templates = [include_str!("../scaffold/templates/en.md"), include_str!("../scaffold/templates/ko.md")];
    templates.into_iter().flat_map(str::lines).map(str::trim).filter(|line| line.starts_with("<!--")).collect()
});

/// A document that nobody filled in has the same residue in every row: the first of many is reported with their number.
fn grouped(found: Vec<(Span, String)>) -> Vec<Problem> {
    const FEW: usize = 3;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (_, residue) in &found {
        *counts.entry(residue.clone()).or_default() += 1;
    }
    let mut problems = Vec::new();
    for (span, residue) in found {
        let count = counts.get(&residue).copied().unwrap_or(1);
        let more = match count {
            0 => continue,
            1..=FEW => String::new(),
            _ => {
                counts.insert(residue.clone(), 0);
                format!(" (and {} more times)", count - 1)
            }
        };
        problems.push(Problem::new(RULE.name, span, format!("`{residue}` is left of the template{more}")).help("write what is known, or `unknown`"));
    }
    problems
}

/// Whole values of the front matter. Times have findings of their own, and what is below `extra` is nobody's business.
fn values(node: &Node, report: &mut impl FnMut(Span, &str)) {
    match &node.kind {
        Kind::Map(entries) => {
            for entry in entries.iter().filter(|entry| !matches!(&*entry.key.value, "times" | "extra" | "allow")) {
                values(&entry.value, report);
            }
        }
        Kind::List(items) => items.iter().for_each(|item| values(item, report)),
        Kind::Scalar(Scalar::Text(text)) => {
            let text = text.trim();
            let begins =
                ["TODO", "TBD", "FIXME"].iter().any(|word| text == *word || text.strip_prefix(word).is_some_and(|rest| rest.starts_with([':', ' '])));
            let is_bracketed = text.starts_with('<') && text.ends_with('>') && !text.contains('@') && text.len() > 2;
            if begins || is_bracketed {
                report(node.span, text);
            }
        }
        Kind::Scalar(_) => {}
    }
}

/// A passage that is nothing but a placeholder.
fn alone(passage: &Passage) -> Option<Range<usize>> {
    static ALONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^(?:\{\{?[^{}\n]{2,60}\}?\}|\[(?:your|insert|name|date|time|link|describe|who|owner|team|service)\b[^\[\]]{0,60}\]|작성 예정|추후 작성|내용 작성|여기에 작성)\.?$").ok()
    });
    let text = passage.text.trim();
    let is_residue = match passage.kind {
        PassageKind::Cell => text.len() > 1 && text.chars().all(|character| character == '?'),
        PassageKind::Heading | PassageKind::Value => false,
        PassageKind::Paragraph | PassageKind::Item => {
            text.len() > 1 && text.chars().all(|character| matches!(character, '?' | '.' | '…')) && text.contains("??")
        }
    };
    let start = passage.text.len() - passage.text.trim_start().len();
    (is_residue || ALONE.as_ref().is_some_and(|alone| alone.is_match(text))).then(|| start..start + text.len())
}

/// Words of a template within a text. A word that is talked about ("the TODO in the script") is none: to count, `TODO` and `FIXME` begin
/// a sentence or a remark, or end the passage.
fn words(text: &str) -> Vec<Range<usize>> {
    static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b(?:TODO|FIXME|TBD|TBC|YYYY-MM-DD|YYYY/MM/DD|HH:MM|HH:mm|hh:mm)\b").ok());
    let Some(found) = WORDS.as_ref() else { return Vec::new() };
    let ranges = found.find_iter(text).filter(|found| {
        let before = text.get(..found.start()).unwrap_or_default().trim_end();
        let after = text.get(found.end()..).unwrap_or_default();
        match found.as_str() {
            "TODO" | "FIXME" => {
                let begins = before.is_empty() || before.ends_with(['.', ':', '(', '[', '-', '–', '—', '|']);
                let ends = after.trim_end_matches(['.', ')', ']']).is_empty();
                (begins && (ends || after.starts_with([':', '(', ' ', '-']))) || after.starts_with(':') || (ends && before.ends_with(['=', '?']))
            }
            "TBD" | "TBC" => !after.starts_with(['-', '_']) && !before.ends_with(['-', '_', '/']),
            _ => true,
        }
    });
    ranges.map(|found| found.range()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::messages_of;

    #[test]
    fn residue_is_placed_exactly() {
        let text = "---\nowner: TBD\n---\n## Timeline\n| Time | What |\n|---|---|\n| HH:MM | ?? |\n\n## Impact\n<describe the impact>\n";
        let found: Vec<String> = messages_of(RULE.name, text).into_iter().map(|(_, at)| at).collect();
        assert_eq!(found, ["TBD", "HH:MM", "??", "<describe the impact>"]);
    }

    #[test]
    fn many_of_the_same_are_one_finding() {
        let rows = "| HH:MM | Alert |\n".repeat(5);
        let found = messages_of(RULE.name, &format!("## Timeline\n| Time | What |\n|---|---|\n{rows}"));
        assert_eq!(found, [("`HH:MM` is left of the template (and 4 more times)".to_owned(), "HH:MM".to_owned())]);
    }

    #[test]
    fn guidance_is_residue_once_its_section_is_answered() {
        let guide = "<!-- Who could not do what, from when to when, in numbers, and where the numbers come from. -->";
        let found = messages_of(RULE.name, &format!("## Impact\n{guide}\n420 orders failed.\n"));
        assert_eq!(found.iter().map(|(_, at)| at.as_str()).collect::<Vec<_>>(), [guide]);
        for text in [format!("## Impact\n{guide}\n"), "## Impact\n<!-- Our own note. -->\n420 orders failed.\n".to_owned()] {
            assert_eq!(messages_of(RULE.name, &text), [], "{text}");
        }
    }

    #[test]
    fn words_that_are_talked_about_are_no_residue() {
        for text in ["The TODO list was long.", "See `TODO`.", "> TODO", "Really??", "a<br>b", "[TODO](x)", "```\nTODO: x\n```"] {
            assert_eq!(messages_of(RULE.name, &format!("## Impact\n{text}\n")), [], "{text}");
        }
    }
}
