//! The times of an incident contradict each other.
//!
//! ## What it does
//! Compares the times that have an order: impact starts before it is detected, is detected before somebody acknowledges
//! it, and nothing is mitigated or resolved before it started. Windows of `impacts` that end before they start are
//! reported, too. Where one of two times is only a date, days are compared.
//!
//! ## Why
//! A negative duration means that one of the two times is wrong, most often a date over midnight or a missing zone. Figures
//! leave such an incident out.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! times: {started: 2026-03-14 23:50 UTC, detected: 2026-03-14 00:05 UTC}
//! ---
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! times: {started: 2026-03-14 23:50 UTC, detected: 2026-03-15 00:05 UTC}
//! ---
//! ```

use super::{Check, Document, Group, Rule};
use crate::{
    findings::{Level, Problem},
    model::{Milestone, Moment, Origin, Precision},
};

pub(super) const RULE: Rule = Rule {
    name: "times-out-of-order",
    group: Group::FrontMatter,
    level: Level::Error,
    is_completeness: false,
    source: include_str!("times_out_of_order.rs"),
    check: Check::Text(check),
};

/// A milestone and those that can't come after it.
const ORDER: &[(Milestone, &[Milestone])] = &[
    (Milestone::Detected, &[Milestone::Started]),
    (Milestone::Acknowledged, &[Milestone::Detected, Milestone::Started]),
    (Milestone::FirstComms, &[Milestone::Started]),
    (Milestone::StatusPage, &[Milestone::Started]),
    (Milestone::Mitigated, &[Milestone::Started]),
    (Milestone::Resolved, &[Milestone::Mitigated, Milestone::Acknowledged, Milestone::Detected, Milestone::Started]),
];

fn check(document: &Document<'_>) -> Vec<Problem> {
    let postmortem = document.postmortem();
    let mut problems = Vec::new();
    for (later, earlier) in ORDER {
        let Some(late) = postmortem.times.get(*later) else { continue };
        let wrong = earlier.iter().find_map(|milestone| {
            let early = postmortem.times.get(*milestone)?;
            if *milestone == Milestone::Started && is_loose_start(document) {
                return None;
            }
            is_before(&late.value, &early.value).then_some((milestone, early))
        });
        if let Some((milestone, early)) = wrong {
            let message =
                format!("`{}` ({}) is before `{}` ({})", later.key(), late.value.written.trim(), milestone.key(), early.value.written.trim());
            problems.push(
                Problem::new(RULE.name, late.span, message)
                    .help("one of the two is wrong: look at the dates over midnight and at the zones")
                    .label(early.span, format!("`{}` stands here", milestone.key())),
            );
        }
    }
    for impact in &postmortem.impacts {
        if let (Some(start), Some(end)) = (impact.value.start, impact.value.end)
            && end < start
        {
            problems.push(Problem::new(RULE.name, impact.span, "this window of impact ends before it starts").help("exchange `start` and `end`"));
        }
    }
    problems
}

/// Whether the start is no more than the `date` that other programs keep, which may be the day on which the text was written.
pub(super) fn is_loose_start(document: &Document<'_>) -> bool {
    let Some(started) = document.postmortem().times.started.as_ref().filter(|started| started.value.precision == Precision::Day) else {
        return false;
    };
    let date = document.parsed.front_matter().and_then(|tree| tree.get("date"));
    date.is_some_and(|date| date.span == started.span) || started.origin != Origin::FrontMatter
}

fn is_before(late: &Moment, early: &Moment) -> bool {
    let (Some(late_at), Some(early_at)) = (late.at, early.at) else { return false };
    if late.precision == Precision::Day || early.precision == Precision::Day {
        return late_at.date_naive() < early_at.date_naive();
    }
    if late.precision == Precision::Minute || early.precision == Precision::Minute {
        return late_at.timestamp().div_euclid(60) < early_at.timestamp().div_euclid(60);
    }
    late_at < early_at
}
