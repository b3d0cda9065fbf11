//! An hour or more passed until somebody was told.
//!
//! ## What it does
//! Compares the start with the first communication or the first update of the status page, whichever came first.
//!
//! ## Why
//! Customers forgive an outage sooner than silence. The number is worth a sentence under lessons learned: what would have
//! let you say "we know, and we are on it" sooner?
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! times: {started: 2026-03-14 09:00 UTC, first_comms: 2026-03-14 10:30 UTC}
//! ---
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! times: {started: 2026-03-14 09:00 UTC, first_comms: 2026-03-14 09:20 UTC}
//! ---
//! ```

use super::{Check, Document, Group, Rule};
use crate::{
    findings::{Level, Problem},
    model::{Milestone, Precision},
};

pub(super) const RULE: Rule = Rule {
    name: "slow-communication",
    group: Group::Timeline,
    level: Level::Info,
    is_completeness: false,
    source: include_str!("slow_communication.rs"),
    check: Check::Text(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let times = &document.postmortem().times;
    let Some(started) = times.at(Milestone::Started) else { return Vec::new() };
    let told = [Milestone::FirstComms, Milestone::StatusPage].into_iter().filter_map(|milestone| times.get(milestone));
    let told = told.filter(|time| time.value.precision != Precision::Day).filter_map(|time| Some((time.value.at?, time))).min_by_key(|(at, _)| *at);
    let is_exact = times.started.as_ref().is_some_and(|started| started.value.precision != Precision::Day);
    let Some((at, time)) = told.filter(|_| is_exact) else { return Vec::new() };
    let minutes = (at - started).num_minutes();
    if minutes < 60 {
        return Vec::new();
    }
    vec![
        Problem::new(RULE.name, time.span, format!("{} passed until somebody was told", spoken(minutes)))
            .help("say under lessons learned what would have let you tell them sooner"),
    ]
}

/// Minutes as people say them.
pub(super) fn spoken(minutes: i64) -> String {
    match minutes {
        ..120 => format!("{minutes} minutes"),
        120..2880 if minutes % 60 == 0 => format!("{} hours", minutes / 60),
        120..2880 => format!("{} h {} min", minutes / 60, minutes % 60),
        _ => format!("{} days", minutes / 1440),
    }
}
