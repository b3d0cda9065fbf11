//! The timeline does not say when a milestone was reached.
//!
//! ## What it does
//! Where a timeline with at least three times was recognised, looks for the first alert or report, the first communication
//! (internal or external) and the end: as marks of rows (`[detected]`, `[first-comms]` or `[status-page]`, `[resolved]`) or
//! in `times`, where `unknown` counts. One finding names all that are missing.
//!
//! ## Why
//! These three are what a review asks first: how long nobody knew, how long nobody was told, how long it took.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! ---
//! ## Timeline (UTC)
//! - 2026-03-14 09:14 [detected] Alert on the error rate.
//! - 09:21 The disk is found to be full.
//! - 09:55 [resolved] Errors stop.
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! ---
//! ## Timeline (UTC)
//! - 2026-03-14 09:14 [detected] Alert on the error rate.
//! - 09:25 [first-comms] Support is told.
//! - 09:55 [resolved] Errors stop.
//! ```

use super::{Check, Document, Group, Rule};
use crate::{
    findings::{Level, Problem},
    model::Milestone,
};

pub(super) const RULE: Rule = Rule {
    name: "missing-milestone",
    group: Group::Timeline,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("missing_milestone.rs"),
    check: Check::Text(check),
};

/// What is asked, the milestones of which one is enough, and the mark to write.
const ASKED: &[(&str, &[Milestone], &str)] = &[
    ("the first alert or report", &[Milestone::Detected, Milestone::Acknowledged], "[detected]"),
    ("the first communication", &[Milestone::FirstComms, Milestone::StatusPage], "[first-comms]"),
    ("the resolution", &[Milestone::Resolved, Milestone::Mitigated], "[resolved]"),
];

fn check(document: &Document<'_>) -> Vec<Problem> {
    let Some(timeline) = document.parsed.timeline() else { return Vec::new() };
    if timeline.rows.iter().filter(|row| row.time.is_some()).count() < 3 || document.postmortem().is_withdrawn() {
        return Vec::new();
    }
    let times = &document.postmortem().times;
    let is_marked = |wanted: &Milestone| timeline.rows.iter().any(|row| row.milestones.iter().any(|(milestone, _)| milestone == wanted));
    let is_known = |wanted: &Milestone| times.get(*wanted).is_some() || is_marked(wanted);
    let missing: Vec<_> = ASKED.iter().filter(|(_, milestones, _)| !milestones.iter().any(is_known)).collect();
    if missing.is_empty() {
        return Vec::new();
    }
    let names: Vec<&str> = missing.iter().map(|(name, ..)| *name).collect();
    let marks: Vec<String> = missing.iter().map(|(.., mark)| format!("`{mark}`")).collect();
    let message = format!("no row is marked as {}", joined(&names));
    let place = timeline.rows.first().map_or(timeline.span, |row| row.time.as_ref().map_or(row.span, |time| time.span));
    vec![
        Problem::new(RULE.name, place, message)
            .help(format!("write {} into the rows, or give the time in `times`, where `unknown` is possible", marks.join(", "))),
    ]
}

/// "a", "a or b", "a, b or c".
fn joined(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
