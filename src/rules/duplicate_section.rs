//! Two sections have the same title.
//!
//! ## What it does
//! Compares the titles of the sections without regard to case, numbering and emoji. The second one is reported, with the
//! place of the first.
//!
//! ## Why
//! Somebody who looks for the impact stops at the first place that has this title. Most often one of the two was copied
//! with the template and forgotten.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! ---
//! ## Impact
//! No order could be placed.
//! ## Root cause
//! A full disk.
//! ## Impact
//! To be measured.
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! ---
//! ## Impact
//! No order could be placed.
//! ## Root cause
//! A full disk.
//! ```

use super::{Check, Document, Group, Rule};
use crate::{
    findings::{Level, Problem},
    source::Section,
    text::slug,
};
use std::collections::BTreeMap;

pub(super) const RULE: Rule = Rule {
    name: "duplicate-section",
    group: Group::Structure,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("duplicate_section.rs"),
    check: Check::Text(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let sections = document.parsed.sections();
    let mut seen: BTreeMap<String, &Section> = BTreeMap::new();
    let mut problems = Vec::new();
    for section in sections {
        // Sections inside sections may well be called the same: "Details" below each incident.
        if section.is_nested {
            continue;
        }
        let title = plain(&section.title);
        // Headings with numbers in them are those of days, times or rounds.
        if title.is_empty() || title.chars().any(|character| character.is_ascii_digit()) {
            continue;
        }
        match seen.get(&title) {
            Some(first) => problems.push(
                Problem::new(RULE.name, section.heading, format!("there are two sections `{}`", section.title.trim()))
                    .help("join them, or give one of them a title of its own")
                    .label(first.heading, "the first one"),
            ),
            None => {
                seen.insert(title, section);
            }
        }
    }
    problems
}

/// A title without case, numbering, emoji and punctuation.
pub(super) fn plain(title: &str) -> String {
    slug(title).split('-').skip_while(|word| word.chars().all(|character| character.is_ascii_digit())).collect::<Vec<_>>().join(" ")
}
