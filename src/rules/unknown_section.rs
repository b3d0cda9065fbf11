//! The title of a section is nearly that of a known one.
//!
//! ## What it does
//! Compares titles that are not known with the known ones, and reports those that are one or two letters away: `Imapct`,
//! `Timelime`. Other titles are yours to choose.
//!
//! ## Why
//! A misspelt title is not recognised: the section counts as missing, and is missing from every overview.
//!
//! ## Configuration
//! `sections: [{id: impact, titles: [Damage]}]` in `lookback.yml` adds titles.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! ---
//! ## Imapct
//! No order could be placed.
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! ---
//! ## Impact
//! No order could be placed.
//! ## What the disk looked like
//! Full.
//! ```

use super::{Check, Document, Group, Rule};
use super::{duplicate_section::plain, people::is_hangul};
use crate::{
    findings::{Edit, Level, Problem},
    source::Section,
    text::{Span, fold},
};

pub(super) const RULE: Rule = Rule {
    name: "unknown-section",
    group: Group::Structure,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("unknown_section.rs"),
    check: Check::Text(check),
};

/// Words that are near a known title and mean something else.
const OTHER_WORDS: &[&str] = &["content", "contents", "migration", "migrations", "revolution", "protection", "reflection", "conclusion"];

fn check(document: &Document<'_>) -> Vec<Problem> {
    let problems = near_misses(document).into_iter().map(|(section, near)| {
        let (title, _) = near.first().copied().unwrap_or_default();
        Problem::new(RULE.name, section.heading, format!("`{}` is not the title of a known section", section.title.trim()))
            .help(format!("did you mean `{title}`?"))
            .edit(renaming(document, section, &near))
    });
    problems.collect()
}

/// Whether a section that is not there may be one with a misspelt title.
pub(super) fn may_be_misspelt(document: &Document<'_>, kind: &str) -> bool {
    near_misses(document).iter().any(|(_, near)| near.iter().any(|(_, id)| *id == kind))
}

/// Unknown sections, each with the titles of absent sections that it may have meant, and their kinds.
fn near_misses<'a>(document: &Document<'a>) -> Vec<(&'a Section, Vec<(&'a str, &'a str)>)> {
    let parsed = document.parsed;
    let mut unknown = parsed.sections().iter().filter(|section| section.kind.is_none()).peekable();
    if unknown.peek().is_none() {
        return Vec::new();
    }
    let absent = document.settings.sections.iter().filter(|known| parsed.section(&known.id).is_none());
    let titles: Vec<(&str, &str, String)> =
        absent.flat_map(|known| known.titles.iter().map(|title| (title.as_str(), &*known.id, plain(title)))).collect();
    let misses = unknown.filter_map(|section| {
        let written = plain(&section.title);
        if OTHER_WORDS.contains(&&*written) {
            return None;
        }
        let near = titles.iter().filter(|(.., known)| is_near(&written, known)).map(|(title, kind, _)| (*title, *kind));
        let near: Vec<_> = near.collect();
        (!near.is_empty()).then_some((section, near))
    });
    misses.collect()
}

/// Gives a section the title that it certainly meant. Never that of the customer summary: its text would be read outside.
fn renaming(document: &Document<'_>, section: &Section, near: &[(&str, &str)]) -> Option<Edit> {
    let (title, kind) = *near.first()?;
    let written = section.title.trim();
    let is_certain = near.iter().all(|(_, other)| *other == kind) && kind != "customer-summary" && fold(written) == plain(written);
    let heading = document.slice(section.heading);
    let at = heading.find(written).filter(|_| is_certain && heading.matches(written).count() == 1)?;
    let start = section.heading.start + at;
    Some(Edit { span: Span::new(start, start + written.len()), replacement: title.to_owned() })
}

/// Two letters in a long title, one in a short one; the first letter is nearly always right.
fn is_near(written: &str, known: &str) -> bool {
    if written.chars().any(is_hangul) {
        return written != known && written.replace(' ', "") == known.replace(' ', "");
    }
    let allowed = match known.len() {
        0..5 => return false,
        5..8 => 1,
        _ => 2,
    };
    written.chars().next() == known.chars().next()
        && written.len().abs_diff(known.len()) <= allowed
        && (1..=allowed).contains(&strsim::damerau_levenshtein(written, known))
}
