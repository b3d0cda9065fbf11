//! The finished text came late, or has not come.
//!
//! ## What it does
//! Compares the commit by which the document was `final` and approved with the end of the incident. It is due within
//! `review.complete_within`, five business days unless configured. A document that nobody reviewed gets `never-reviewed`
//! instead.
//!
//! ## Why
//! Action items start when the text is finished, and the same thing can happen again until then.
//!
//! ## Configuration
//! `review: {complete_within: 5 business days, holidays: [2026-12-25]}` in `lookback.yml`.
//!
//! ## Example
//! An incident was resolved on Monday, its postmortem was approved on Wednesday of the week after: reported as a day late.

use super::late_draft::{message, place_of_resolution};
use super::{Check, Document, Group, Rule};
use crate::{
    findings::{Level, Problem},
    review::{Outcome, ReviewState},
};

pub(super) const RULE: Rule = Rule {
    name: "late-completion",
    group: Group::Review,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("late_completion.rs"),
    check: Check::Trail(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let Some(reviewed) = document.reviewed.filter(|_| !document.postmortem().is_withdrawn()) else { return Vec::new() };
    let clock = &reviewed.clocks().completion;
    if clock.outcome == Outcome::Overdue && reviewed.state() == ReviewState::Unreviewed {
        return Vec::new();
    }
    let message = message(clock, document.now).map(|late| format!("the finished text {late}"));
    let help = if clock.outcome == Outcome::Late {
        "nothing to mend here; plan the review with the draft"
    } else {
        "set `status: final` once it is, and have that text approved"
    };
    message.into_iter().map(|message| Problem::new(RULE.name, place_of_resolution(document), message).help(help)).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        config::Settings,
        repo::History,
        review::Reviewed,
        rules::{Surroundings, tests},
    };

    #[test]
    fn an_unreviewed_text_is_reported_by_another_rule() {
        let settings = Settings { severities: Vec::new(), ..Settings::default() };
        let parsed = Arc::new(tests::parsed("---\ntitle: A\ntimes: {resolved: 2026-04-01 09:00 UTC}\n---\n"));
        let reviewed = Reviewed::new(Arc::clone(&parsed), &History::default(), &settings, tests::now(), &|_: &str, _| None);
        let surroundings = Surroundings::default();
        assert_eq!(check(&Document::new(&parsed, Some(&reviewed), &settings, &surroundings, tests::now())), []);
    }
}
