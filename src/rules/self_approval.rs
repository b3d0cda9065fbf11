//! Somebody approved a text that they wrote.
//!
//! ## What it does
//! Reports approvals by trailer of people who wrote a change that matters since the last counted approval, as long as
//! nobody else has approved the text. Such an approval does not count.
//!
//! ## Why
//! A second pair of eyes is what a review is. A trailer that its author added looks like one.
//!
//! ## Example
//! A commit by Ada Meyer that rewrites the root cause carries `Reviewed-by: Ada Meyer <ada@shop.example>`.

use super::{Check, Document, Group, Rule};
use crate::{
    config::ApprovalKind,
    findings::{Level, Problem},
    model::Person,
    review::{Rejection, ReviewState},
};

pub(super) const RULE: Rule = Rule {
    name: "self-approval",
    group: Group::Review,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("self_approval.rs"),
    check: Check::Trail(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let Some(reviewed) = document.reviewed.filter(|reviewed| reviewed.state() != ReviewState::Approved) else { return Vec::new() };
    let own = reviewed.approvals().iter().filter(|approval| approval.kind == ApprovalKind::Trailer && approval.rejected == Some(Rejection::Wrote));
    let mut seen: Vec<&Person> = Vec::new();
    let mut problems = Vec::new();
    // The newest approval of each person says it.
    for approval in own.rev() {
        if seen.iter().any(|person| person.is_same(&approval.by)) {
            continue;
        }
        seen.push(&approval.by);
        let message = format!("the approval in {} is by somebody who wrote the text", approval.commit.id.short());
        problems.push(Problem::new(RULE.name, document.postmortem().title.span, message).help("ask somebody who wrote none of it"));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{repo::testing::TestRepository, rules::tests::messages_in_history};

    const PATH: &str = "postmortems/a.md";
    const TEXT: &str = "---\ntitle: A\nstatus: final\n---\n## Impact\nNo order could be placed.\n";

    fn messages(author: &str, trailer: &str) -> usize {
        let mut repository = TestRepository::new();
        repository.author(author).write(PATH, TEXT).commit(&format!("Add A\n\nReviewed-by: {trailer}"));
        messages_in_history(RULE.name, &mut repository, PATH).len()
    }

    #[test]
    fn only_those_who_wrote_the_text_are_reported() {
        assert_eq!(messages("Ada Meyer <ada@example.com>", "Ada M. <ADA@example.com>"), 1);
        assert_eq!(messages("Ada Meyer <ada@example.com>", "Bea Costa <bea@example.com>"), 0);
    }
}
