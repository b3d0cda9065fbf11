//! There is no timeline.
//!
//! ## What it does
//! Looks for a section with the title of a timeline, and for a table, list, paragraphs or sub-headings that begin with
//! times. Either is enough.
//!
//! ## Why
//! What happened when, with zones, is what the rest of a postmortem is judged by: when it was seen, when customers were
//! told, what was tried.
//!
//! ## Configuration
//! `sections: [{id: timeline, required_from: SEV3}]` requires it from that severity on. While the document is a draft this
//! is a warning.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! ---
//! ## Summary
//! Checkout was down.
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! ---
//! ## Timeline (UTC)
//! - 2026-03-14 09:14 Alert on the error rate.
//! - 09:55 The disk is enlarged, errors stop.
//! ```

use super::{Check, Document, Group, Rule};
use super::{insertion, missing_section};
use crate::findings::{Level, Problem};

pub(super) const RULE: Rule = Rule {
    name: "missing-timeline",
    group: Group::Structure,
    level: Level::Error,
    is_completeness: true,
    source: include_str!("missing_timeline.rs"),
    check: Check::Text(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let Some(known) = document.settings.sections.iter().find(|known| known.id == "timeline") else { return Vec::new() };
    let is_there = document.parsed.section("timeline").is_some() || document.parsed.timeline().is_some();
    if is_there || !missing_section::is_required(document, known) {
        return Vec::new();
    }
    let help = "add a heading `## Timeline (UTC)` with a list or a table whose rows begin with a time";
    let edit = insertion::of_section(document, known);
    vec![Problem::new(RULE.name, missing_section::place(document, "timeline"), "there is no timeline").help(help).edit(edit)]
}
