//! A time of the timeline is fuzzy, or its zone is ambiguous.
//!
//! ## What it does
//! Reports rows whose time is written as `~13:54` or `Around 17:55`, or with a zone abbreviation that means several zones
//! (`IST`, `CST`, `BST`). The text is kept as it is. Where many rows share the reason, the first one is reported with their
//! number.
//!
//! ## Why
//! Minutes between alert, first communication and resolution are what reviews and trends look at. Chat, dashboards and the
//! alert itself nearly always know the minute.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! ---
//! ## Timeline (UTC)
//! - 2026-03-14 09:14 Alert on the error rate.
//! - ~09:20 Somebody looks at the disk.
//! - 09:55 Errors stop.
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! ---
//! ## Timeline (UTC)
//! - 2026-03-14 09:14 Alert on the error rate.
//! - 09:21 The disk is found to be full.
//! - 09:55 Errors stop.
//! ```

use super::{Check, Document, Group, Rule};
use crate::{
    findings::{Level, Problem},
    model::{Field, Moment},
};
use std::collections::BTreeMap;

pub(super) const RULE: Rule = Rule {
    name: "vague-time",
    group: Group::Timeline,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("vague_time.rs"),
    check: Check::Text(check),
};

/// So many rows with the same reason are reported one by one.
const FEW: usize = 3;

fn check(document: &Document<'_>) -> Vec<Problem> {
    let rows = document.parsed.timeline().into_iter().flat_map(|timeline| &timeline.rows);
    let mut by_reason: BTreeMap<&str, Vec<&Field<Moment>>> = BTreeMap::new();
    for row in rows {
        if let (Some(reason), Some(time)) = (&row.vague, &row.time) {
            by_reason.entry(reason).or_default().push(time);
        }
    }
    let mut problems = Vec::new();
    for (reason, times) in by_reason {
        let shown = if times.len() > FEW { 1 } else { times.len() };
        for time in times.iter().take(shown) {
            let more = if shown < times.len() { format!(" (and in {} more rows)", times.len() - shown) } else { String::new() };
            let message = format!("`{}`: {reason}{more}", time.value.written.trim());
            problems.push(Problem::new(RULE.name, time.span, message).help("write the minute and an unambiguous zone, such as `13:54 UTC`"));
        }
    }
    problems
}
