//! The text changed after it was approved, or its approval was reverted.
//!
//! ## What it does
//! Compares the text with the newest approved one. What changes nothing for a reader is left out: `status`, `tags`,
//! `reviewers`, the `status` and `ticket` of actions, white space, file moves. The finding says what changed, and in which
//! commit first. An approval that a later commit reverts, with nothing approved in its place, is reported too.
//!
//! ## Why
//! An approval is for the text that was read. External audiences keep reading the approved one until somebody approves the
//! new one.
//!
//! ## Example
//! The root cause was rewritten a week after the review; nobody has looked at it since.

use super::{Check, Document, Group, Rule};
use crate::{
    findings::{Level, Problem},
    review::{Change, ReviewState, ReviewedRevision},
};
use std::collections::BTreeSet;

pub(super) const RULE: Rule = Rule {
    name: "stale-approval",
    group: Group::Review,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("stale_approval.rs"),
    check: Check::Trail(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let Some(reviewed) = document.reviewed.filter(|reviewed| reviewed.state() != ReviewState::Approved) else { return Vec::new() };
    let reverted = reviewed.approvals().last().and_then(|newest| Some((newest, newest.reverted_by.as_ref()?)));
    if let Some((approval, commit)) = reverted {
        let message = format!("the approval in {} was reverted in {}", approval.commit.id.short(), commit.id.short());
        return vec![Problem::new(RULE.name, document.postmortem().title.span, message).help("have the text reviewed again")];
    }
    if reviewed.state() != ReviewState::Stale {
        return Vec::new();
    }
    let later: Vec<&ReviewedRevision> = reviewed.revisions().iter().filter(|revision| revision.is_after_approval).collect();
    let titles: BTreeSet<&str> = later.iter().flat_map(|revision| &revision.changes).filter_map(changed_section).collect();
    let message = match later.first() {
        Some(first) if later.len() == 1 => format!("the text changed after its approval, in {}", first.revision.commit.id.short()),
        Some(first) => format!("the text changed after its approval, in {} revisions from {} on", later.len(), first.revision.commit.id.short()),
        None => "the text changed after its approval".to_owned(),
    };
    let first_title = document.parsed.sections().iter().find(|section| titles.contains(&*section.title));
    let place = first_title.map_or_else(|| document.postmortem().title.span, |section| section.heading);
    let what = if titles.is_empty() {
        String::new()
    } else {
        format!(" of {}", titles.iter().map(|title| format!("`{title}`")).collect::<Vec<_>>().join(", "))
    };
    vec![
        Problem::new(RULE.name, place, message)
            .help(format!("have the new text{what} reviewed: a commit of the reviewer with a `Reviewed-by:` trailer, or a merge by somebody else")),
    ]
}

fn changed_section(change: &Change) -> Option<&str> {
    match change {
        Change::SectionAdded(title) | Change::SectionChanged(title) | Change::TimelineRows(title, _) if !title.is_empty() => Some(title),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{repo::testing::TestRepository, rules::tests::messages_in_history};

    const PATH: &str = "postmortems/a.md";
    const TEXT: &str = "---\ntitle: A\nstatus: final\n---\n## Impact\nNo order could be placed.\n";

    fn messages(later: &str) -> Vec<String> {
        let mut repository = TestRepository::new();
        repository.write(PATH, TEXT).commit("Add A\n\nReviewed-by: Bea Costa <bea@example.com>");
        repository.write(PATH, later).commit("Change A");
        messages_in_history(RULE.name, &mut repository, PATH)
    }

    #[test]
    fn a_reverted_approval_is_reported_until_there_is_another_one() {
        let mut repository = TestRepository::new();
        let commit = repository.write(PATH, TEXT).commit("Add A\n\nReviewed-by: Bea Costa <bea@example.com>");
        let revert = repository.commit(&format!("Take it back\n\nThis reverts commit {commit}."));
        let expected = format!("the approval in {} was reverted in {}", commit.short(), revert.short());
        assert_eq!(messages_in_history(RULE.name, &mut repository, PATH), [expected]);
        repository.write(PATH, TEXT.replace("final", "draft")).commit("Review A\n\nReviewed-by: Bea Costa <bea@example.com>");
        assert_eq!(messages_in_history(RULE.name, &mut repository, PATH), [""; 0]);
    }

    #[test]
    fn a_changed_text_is_reported_and_bookkeeping_is_not() {
        let changed = messages(&TEXT.replace("No order", "Every tenth order"));
        assert!(changed[0].starts_with("the text changed after its approval, in "), "{changed:?}");
        assert_eq!(messages(&TEXT.replace("final", "in-review")), [""; 0]);
        assert_eq!(messages(&TEXT.replace("order could", "order\ncould")), [""; 0]);
    }
}
