//! A section stands before one that should come first.
//!
//! ## What it does
//! Compares the order of the known sections with that of `sections` in the configuration. Off unless the configuration
//! turns it on. The first section of each kind counts.
//!
//! ## Why
//! Some teams want the summary first and the action items last, in every postmortem. Most can live with any order.
//!
//! ## Configuration
//! `rules: {section-order: warning}` in `lookback.yml` turns it on.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! ---
//! ## Root cause
//! A full disk.
//! ## Summary
//! Checkout was down.
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! ---
//! ## Summary
//! Checkout was down.
//! ## Root cause
//! A full disk.
//! ```

use super::{Check, Document, Group, Rule};
use crate::{
    findings::{Level, Problem},
    source::Section,
};
use std::collections::BTreeSet;

pub(super) const RULE: Rule = Rule {
    name: "section-order",
    group: Group::Structure,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("section_order.rs"),
    check: Check::Text(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let setting = document.settings.rules.get(RULE.name);
    if setting.is_none_or(|setting| setting.level.flatten().is_none() && setting.enforced_from.is_none()) {
        return Vec::new();
    }
    let rank = |kind: &str| document.settings.sections.iter().position(|known| known.id == kind);
    let mut last: Option<(usize, &Section)> = None;
    let mut seen = BTreeSet::new();
    let mut problems = Vec::new();
    for section in document.parsed.sections() {
        let Some((kind, rank)) = section.kind.as_deref().and_then(|kind| Some((kind, rank(kind)?))) else { continue };
        if !seen.insert(kind) {
            continue;
        }
        match last {
            Some((before, earlier)) if rank < before => problems.push(
                Problem::new(RULE.name, section.heading, format!("`{}` stands after `{}`", section.title.trim(), earlier.title.trim()))
                    .help(format!("move it before `{}`", earlier.title.trim()))
                    .label(earlier.heading, "should come later"),
            ),
            _ => last = Some((rank, section)),
        }
    }
    problems
}
