//! Rows of the timeline lie far outside the incident.
//!
//! ## What it does
//! Reports rows with a time more than a week before the incident started or more than a week after it was resolved, once
//! before and once after. Nothing is reported where start or end are not known.
//!
//! ## Why
//! What led to it and what followed may well be told, under lead-up and action items. In a timeline such a row is most often
//! a wrong month or year, and then durations are wrong, too.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! times: {started: 2026-03-14 09:12 UTC, resolved: 2026-03-14 09:55 UTC}
//! ---
//! ## Timeline (UTC)
//! - 2026-03-14 09:14 Alert on the error rate.
//! - 2026-03-14 09:55 Errors stop.
//! - 2026-08-14 10:00 Support is told.
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! times: {started: 2026-03-14 09:12 UTC, resolved: 2026-03-14 09:55 UTC}
//! ---
//! ## Timeline (UTC)
//! - 2026-03-14 09:14 Alert on the error rate.
//! - 2026-03-14 09:55 Errors stop.
//! - 2026-03-15 10:00 Support is told.
//! ```

use super::{Check, Document, Group, Rule};
use super::{times_out_of_order::is_loose_start, vague_time::more_rows};
use crate::{
    findings::{Level, Problem},
    model::{Field, Moment},
};
use chrono::{DateTime, Duration, FixedOffset};

pub(super) const RULE: Rule = Rule {
    name: "outside-incident",
    group: Group::Timeline,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("outside_incident.rs"),
    check: Check::Text(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let times = &document.postmortem().times;
    let rows = document.parsed.timeline().into_iter().flat_map(|timeline| &timeline.rows).filter_map(|row| row.time.as_ref());
    let rows: Vec<(&Field<Moment>, DateTime<FixedOffset>)> = rows.filter_map(|time| Some((time, time.value.at?))).collect();
    let mut problems = Vec::new();
    let mut report = |limit: Option<&Field<Moment>>, is_out: &dyn Fn(DateTime<FixedOffset>, DateTime<FixedOffset>) -> bool, what: &str| {
        let Some((limit, at)) = limit.and_then(|limit| Some((limit, limit.value.at?))) else { return };
        let out: Vec<&Field<Moment>> = rows.iter().filter(|(_, row)| is_out(*row, at)).map(|(time, _)| *time).collect();
        let Some(first) = out.first() else { return };
        // Then it is the limit that is wrong, and other rules say so.
        if out.len() == rows.len() && limit.origin != crate::model::Origin::FrontMatter {
            return;
        }
        let more = more_rows(out.len() - 1);
        problems.push(
            Problem::new(RULE.name, first.span, format!("`{}` is {what}{more}", first.value.written.trim()))
                .help("look at the date; what led to it belongs to the lead-up, what followed to the action items")
                .label(limit.span, format!("`{}`", limit.value.written.trim())),
        );
    };
    let started = times.started.as_ref().filter(|_| !is_loose_start(document));
    report(started, &|row, started| row < started - Duration::days(7), "more than a week before the start");
    report(times.resolved.as_ref(), &|row, resolved| row > resolved + Duration::days(7), "more than a week after the resolution");
    problems
}
