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
    let mut by_reason: BTreeMap<&str, Vec<(&Field<Moment>, &str)>> = BTreeMap::new();
    for row in rows {
        // A range says exactly from when to when.
        if let (Some(reason), Some(time)) = (&row.vague, &row.time)
            && !reason.ends_with("is a range")
        {
            by_reason.entry(kind(reason, &time.value.written)).or_default().push((time, reason));
        }
    }
    let mut problems = Vec::new();
    for times in by_reason.into_values() {
        let shown = if times.len() > FEW { 1 } else { times.len() };
        for (time, reason) in times.iter().take(shown) {
            let more = more_rows(times.len() - shown);
            problems.push(
                Problem::new(RULE.name, time.span, format!("{reason}{more}"))
                    .help("write the minute and an unambiguous zone, such as `13:54 UTC`; chat, dashboards and alerts know it"),
            );
        }
    }
    problems
}

/// The reason without the text of the row, so that rows can be counted together.
fn kind<'a>(reason: &'a str, written: &str) -> &'a str {
    reason.strip_prefix('`').and_then(|rest| rest.strip_prefix(written)).unwrap_or(reason)
}

/// " (and 2 more rows)", or nothing.
pub(super) fn more_rows(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => " (and one more row)".to_owned(),
        _ => format!(" (and {count} more rows)"),
    }
}
