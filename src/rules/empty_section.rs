//! A section has a title and no text.
//!
//! ## What it does
//! Reports sections that hold neither text nor an image, comments aside.
//!
//! ## Why
//! A title without text reads as if somebody forgot. One sentence (`No customer was affected`) is an answer.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! ---
//! ## Impact
//!
//! ## Root cause
//! A full disk.
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! ---
//! ## Impact
//! No customer was affected.
//!
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
    name: "empty-section",
    group: Group::Structure,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("empty_section.rs"),
    check: Check::Text(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let sections = document.parsed.sections();
    let starts: BTreeSet<usize> = sections.iter().map(|section| section.heading.start).collect();
    let has_inner = |section: &Section| starts.range(section.body.start..section.body.end).next().is_some();
    let empty = sections.iter().filter(|section| section.is_empty && !has_inner(section));
    let problems = empty.map(|section| {
        Problem::new(RULE.name, section.heading, format!("section `{}` is empty", section.title.trim()))
            .help("say in a sentence what is known, or that nothing is, or remove the title")
    });
    problems.collect()
}
