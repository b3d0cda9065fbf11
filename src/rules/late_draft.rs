//! The first draft came late, or has not come.
//!
//! ## What it does
//! Compares the first commit of the document with the end of the incident. The draft is due within `review.draft_within`,
//! 48 hours unless configured. Nothing is declared: the dates are those of git.
//!
//! ## Why
//! After two days people remember what they read since, not what they saw. A draft may be rough; it has to be early.
//!
//! ## Configuration
//! `review: {draft_within: 48h}` in `lookback.yml`; `3 business days` is possible, too.
//!
//! ## Example
//! An incident was resolved on Monday at 10:00, the first commit of its postmortem is of Thursday: reported as a day late.

use super::slow_communication::spoken;
use super::{Check, Document, Group, Rule};
use crate::{
    findings::{Level, Problem},
    review::{Clock, Outcome},
    text::Span,
};
use chrono::{DateTime, Utc};

pub(super) const RULE: Rule = Rule {
    name: "late-draft",
    group: Group::Review,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("late_draft.rs"),
    check: Check::Trail(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let Some(reviewed) = document.reviewed.filter(|_| !document.postmortem().is_withdrawn()) else { return Vec::new() };
    let place = place_of_resolution(document);
    let message = message(&reviewed.clocks().draft, document.now).map(|late| format!("the first draft {late}"));
    message
        .into_iter()
        .map(|message| Problem::new(RULE.name, place, message).help("nothing to mend here; draft the next one while the incident is fresh"))
        .collect()
}

/// What counts the deadlines: the time of resolution, where it is written.
pub(super) fn place_of_resolution(document: &Document<'_>) -> Span {
    document.postmortem().times.resolved.as_ref().map(|resolved| resolved.span).unwrap_or_default()
}

/// How late something came, or is.
pub(super) fn message(clock: &Clock, now: DateTime<Utc>) -> Option<String> {
    let due = clock.due?;
    match clock.outcome {
        Outcome::Late => Some(format!("came {} after it was due", spoken((clock.done?.to_utc() - due).num_minutes()))),
        Outcome::Overdue => Some(format!("was due {} ago", spoken((now - due).num_minutes()))),
        Outcome::Met | Outcome::Pending | Outcome::Unknown => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn late_is_counted_from_when_it_was_due() {
        let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap();
        let now = at("2026-04-15T12:00:00Z").to_utc();
        let due = Some(at("2026-04-10T12:00:00Z").to_utc());
        let clock = |outcome, done| Clock { due, done, outcome };
        assert_eq!(message(&clock(Outcome::Overdue, None), now).as_deref(), Some("was due 5 days ago"));
        assert_eq!(message(&clock(Outcome::Late, Some(at("2026-04-10T15:30:00Z"))), now).as_deref(), Some("came 3 h 30 min after it was due"));
        assert_eq!(message(&clock(Outcome::Met, Some(at("2026-04-09T15:30:00Z"))), now), None);
        assert_eq!(message(&clock(Outcome::Pending, None), now), None);
    }
}
