//! A row of the timeline stands after a later one.
//!
//! ## What it does
//! Compares each time of the timeline with the one before it. A time such as `00:10` after `23:50` is the next day, not a
//! step back. A timeline that runs from newest to oldest throughout is reported once.
//!
//! ## Why
//! Readers follow a timeline downwards. A step back is most often a typing error in an hour or a date.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! ---
//! ## Timeline
//! - 2026-03-14 09:14 UTC Alert on the error rate.
//! - 2026-03-14 09:55 UTC Errors stop.
//! - 2026-03-14 09:21 UTC The disk is found to be full.
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! ---
//! ## Timeline (UTC)
//! - 2026-03-14 23:50 Alert on the error rate.
//! - 00:10 Errors stop.
//! ```

use super::{Check, Document, Group, Rule};
use crate::{
    findings::{Level, Problem},
    model::{Field, Moment, Precision},
};
use chrono::{DateTime, Duration, FixedOffset};

pub(super) const RULE: Rule = Rule {
    name: "timeline-order",
    group: Group::Timeline,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("timeline_order.rs"),
    check: Check::Text(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let Some(timeline) = document.parsed.timeline() else { return Vec::new() };
    let rows = timeline.rows.iter().filter_map(|row| row.time.as_ref());
    let times: Vec<(&Field<Moment>, DateTime<FixedOffset>)> = rows.filter_map(|time| Some((time, time.value.at?))).collect();
    let back: Vec<_> = times.windows(2).filter_map(|pair| if let [before, after] = pair { step_back(*before, *after) } else { None }).collect();
    let steps = times.windows(2).filter(|pair| matches!(pair, [before, after] if before.1 != after.1)).count();
    if let (Some(first), true) = (back.first(), back.len() > 2 && back.len() * 3 >= steps * 2) {
        let message = "this timeline runs from newest to oldest";
        return vec![Problem::new(RULE.name, first.1.span, message).help("begin with the first event, so that it can be read downwards")];
    }
    let problems = back.into_iter().map(|(before, after)| {
        Problem::new(RULE.name, after.span, format!("`{}` stands after `{}`", after.value.written.trim(), before.value.written.trim()))
            .help("put the row where it belongs, or give the date where a new day begins")
            .label(before.span, "the later one")
    });
    problems.collect()
}

type Time<'a> = (&'a Field<Moment>, DateTime<FixedOffset>);

/// The two times, when the second is earlier. (The parser reads a clock time far before the last one as that of the next day.)
fn step_back<'a>(before: Time<'a>, after: Time<'a>) -> Option<(&'a Field<Moment>, &'a Field<Moment>)> {
    let is_day = |time: &Time<'_>| time.0.value.precision == Precision::Day;
    let is_back = if is_day(&before) || is_day(&after) {
        after.1.date_naive() < before.1.date_naive()
    } else {
        let is_estimated = before.0.value.estimated || after.0.value.estimated;
        let slack = if is_estimated { Duration::minutes(15) } else { Duration::zero() };
        after.1 + slack < before.1
    };
    is_back.then_some((before.0, after.0))
}
