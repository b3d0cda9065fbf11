//! A time lies in the future.
//!
//! ## What it does
//! Reports times of the incident, and ends of its impact windows, that are more than five minutes after the clock of the
//! run.
//!
//! ## Why
//! What has not happened can't be in a postmortem: the year, the month or the zone is wrong.
//!
//! ## Example
//! On 15 April 2026, `started: 2062-03-14 09:12 UTC` is reported.

use super::{Check, Document, Group, Rule};
use crate::{
    findings::{Level, Problem},
    model::{Milestone, Precision},
};
use chrono::Duration;

pub(super) const RULE: Rule = Rule {
    name: "future-time",
    group: Group::FrontMatter,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("future_time.rs"),
    check: Check::Trail(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let latest = document.now + Duration::minutes(5);
    let postmortem = document.postmortem();
    let times = Milestone::TIMES.into_iter().filter_map(|milestone| {
        let time = postmortem.times.get(milestone)?;
        // A date means some moment of that day.
        let at = time.value.at.filter(|at| if time.value.precision == Precision::Day { at.date_naive() > latest.date_naive() } else { *at > latest });
        at.map(|_| Problem::new(RULE.name, time.span, format!("`{}` ({}) lies in the future", milestone.key(), time.value.written)))
    });
    let impacts = postmortem.impacts.iter().filter(|impact| [impact.value.start, impact.value.end].into_iter().flatten().any(|at| at > latest));
    let impacts = impacts.map(|impact| Problem::new(RULE.name, impact.span, "this window of impact lies in the future"));
    times.chain(impacts).map(|problem| problem.help("look at the year, the month and the zone")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        config::Settings,
        rules::{Surroundings, tests},
    };

    #[test]
    fn a_year_too_late_is_seen_and_a_clock_slightly_ahead_is_not() {
        let (settings, surroundings) = (Settings::default(), Surroundings::default());
        let parsed = tests::parsed("---\ntitle: A\ntimes: {started: 2026-04-15 12:04 UTC, resolved: 2062-04-15 12:06 UTC}\n---\n");
        let found = check(&Document::alone(&parsed, &settings, &surroundings, tests::now()));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].message, "`resolved` (2062-04-15 12:06 UTC) lies in the future");
    }
}
