//! Nobody has reviewed this postmortem, and it is due.
//!
//! ## What it does
//! Reports documents without a single approved text once `review.complete_within` after the end of the incident is over.
//! A `status` proves nothing: approvals are trailers of commits, and merges by others.
//!
//! ## Why
//! A postmortem that was not reviewed might as well not have been written: its root cause is one person's guess, and nobody
//! else has agreed to its action items.
//!
//! ## Configuration
//! `review: {complete_within: 5 business days, accept: [trailer, merge]}` in `lookback.yml`.
//!
//! ## Example
//! An incident was resolved three weeks ago and its postmortem was pushed by its author alone.

use super::late_draft::{message, place_of_resolution};
use super::{Check, Document, Group, Rule};
use crate::{
    findings::{Level, Problem},
    review::{Outcome, ReviewState},
};

pub(super) const RULE: Rule = Rule {
    name: "never-reviewed",
    group: Group::Review,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("never_reviewed.rs"),
    check: Check::Trail(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let Some(reviewed) = document.reviewed.filter(|_| !document.postmortem().is_withdrawn()) else { return Vec::new() };
    let (ReviewState::Unreviewed, Outcome::Overdue) = (reviewed.state(), reviewed.clocks().completion.outcome) else { return Vec::new() };
    let late = message(&reviewed.clocks().completion, document.now).unwrap_or_default();
    let given = reviewed.approvals().iter().filter(|approval| approval.rejected.is_none()).count();
    let has = if given == 0 { "nobody has reviewed this text".to_owned() } else { format!("{given} of {} approvals are there", reviewed.required()) };
    let place = document.postmortem().status.as_ref().map_or_else(|| place_of_resolution(document), |status| status.span);
    vec![
        Problem::new(RULE.name, place, format!("{has}, and the review {late}"))
            .help("ask somebody who wrote none of it to review it: a commit with their `Reviewed-by:` trailer, or a merge request that they merge"),
    ]
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

    fn messages(resolved: &str) -> Vec<String> {
        let settings = Settings::default();
        let parsed = Arc::new(tests::parsed(&format!("---\ntitle: A\ntimes: {{resolved: {resolved}}}\n---\n")));
        let reviewed = Reviewed::new(Arc::clone(&parsed), &History::default(), &settings, tests::now(), &|_: &str, _| None);
        let surroundings = Surroundings::default();
        check(&Document::new(&parsed, Some(&reviewed), &settings, &surroundings, tests::now())).into_iter().map(|problem| problem.message).collect()
    }

    #[test]
    fn only_what_is_due_is_reported() {
        assert_eq!(messages("2026-04-01 09:00 UTC"), ["nobody has reviewed this text, and the review was due 6 days ago"]);
        assert_eq!(messages("2026-04-14 09:00 UTC"), [""; 0]);
        assert_eq!(messages("unknown"), [""; 0]);
    }
}
