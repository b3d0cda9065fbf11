//! A marked row of the timeline and the front matter disagree.
//!
//! ## What it does
//! Compares the time of each row with a milestone mark with the same milestone in `times` of the front matter, at the
//! coarser of their precisions. Where several rows carry the same mark, one that agrees is enough. Estimated times are left
//! out. The row is reported, with the place of the front matter.
//!
//! ## Why
//! Figures are computed from the front matter, people read the timeline. One of the two is wrong, or a zone is missing.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! times: {detected: 2026-03-14 10:14 UTC}
//! ---
//! ## Timeline (UTC)
//! - 2026-03-14 09:14 [detected] Alert on the error rate.
//! - 2026-03-14 09:55 Errors stop.
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! times: {detected: 2026-03-14 09:14:30 UTC}
//! ---
//! ## Timeline (UTC)
//! - 2026-03-14 09:14 [detected] Alert on the error rate.
//! - 2026-03-14 09:55 Errors stop.
//! ```

use super::{Check, Document, Group, Rule};
use crate::{
    findings::{Level, Problem},
    model::{Field, Milestone, Moment, Origin, Precision},
};

pub(super) const RULE: Rule = Rule {
    name: "time-mismatch",
    group: Group::Timeline,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("time_mismatch.rs"),
    check: Check::Text(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let Some(timeline) = document.parsed.timeline() else { return Vec::new() };
    let mut problems = Vec::new();
    for milestone in Milestone::TIMES {
        let Some(declared) = document.postmortem().times.get(milestone).filter(|time| time.origin == Origin::FrontMatter) else { continue };
        if declared.value.at.is_none() || declared.value.estimated {
            continue;
        }
        let marked = timeline.rows.iter().filter(|row| row.milestones.iter().any(|(marked, _)| *marked == milestone));
        let times: Vec<&Field<Moment>> = marked.filter_map(|row| row.time.as_ref()).filter(|time| time.value.at.is_some()).collect();
        if times.iter().any(|time| time.value.estimated || agree(&time.value, &declared.value)) {
            continue;
        }
        let Some(time) = (if milestone == Milestone::Resolved { times.last() } else { times.first() }) else { continue };
        let message = format!("this row says {}, the front matter says {}", time.value.written.trim(), declared.value.written.trim());
        problems.push(
            Problem::new(RULE.name, time.span, format!("`{}`: {message}", milestone.key()))
                .help("correct the one that is wrong; times without a zone are read in that of the document")
                .label(declared.span, "the front matter"),
        );
    }
    problems
}

/// Whether two times are the same at the coarser of their precisions. Days are compared in the zone in which the row is written.
fn agree(row: &Moment, declared: &Moment) -> bool {
    let (Some(row_at), Some(declared_at)) = (row.at, declared.at) else { return true };
    match row.precision.max(declared.precision) {
        Precision::Day => {
            row_at.date_naive() == declared_at.with_timezone(&row_at.timezone()).date_naive() || row_at.date_naive() == declared_at.date_naive()
        }
        Precision::Minute => row_at.timestamp().div_euclid(60) == declared_at.timestamp().div_euclid(60),
        Precision::Second => row_at == declared_at,
    }
}
