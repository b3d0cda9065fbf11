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
use crate::findings::{Level, Problem};

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
    let parsed = document.parsed;
    let mut unknown = parsed.sections().iter().filter(|section| section.kind.is_none()).peekable();
    if unknown.peek().is_none() {
        return Vec::new();
    }
    let absent = document.settings.sections.iter().filter(|known| parsed.section(&known.id).is_none());
    let titles: Vec<(&str, String)> = absent.flat_map(|known| &known.titles).map(|title| (&**title, plain(title))).collect();
    let problems = unknown.filter_map(|section| {
        let title = plain(&section.title);
        if OTHER_WORDS.contains(&&*title) {
            return None;
        }
        let (near, _) = titles.iter().find(|(_, known)| is_near(&title, known))?;
        Some(
            Problem::new(RULE.name, section.heading, format!("`{}` is not the title of a known section", section.title.trim()))
                .help(format!("did you mean `{near}`?")),
        )
    });
    problems.collect()
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
