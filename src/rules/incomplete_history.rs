//! The history of this postmortem can't be read whole.
//!
//! ## What it does
//! In a shallow or partial clone, reports the documents whose history ends where the clone was cut, or of which an older
//! text could not be read.
//!
//! ## Why
//! What was cut off can hold the first draft and every approval: deadlines and reviews would be judged by half the trail.
//!
//! ## Example
//! `git clone --depth 1` in a CI job. `fetch-depth: 0`, or `git fetch --unshallow`, gets the rest.

use super::{Check, Document, Group, Rule};
use crate::{
    findings::{Level, Problem},
    text::Span,
};

pub(super) const RULE: Rule = Rule {
    name: "incomplete-history",
    group: Group::Review,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("incomplete_history.rs"),
    check: Check::Trail(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let Some(reviewed) = document.reviewed else { return Vec::new() };
    let help = "get the whole history: `fetch-depth: 0`, or `git fetch --unshallow`";
    if !reviewed.unreadable().is_empty() {
        let message = match reviewed.unreadable().len() {
            1 => "one older text can't be read".to_owned(),
            count => format!("{count} older texts can't be read"),
        };
        return vec![Problem::new(RULE.name, Span::default(), message).help(help)];
    }
    // Where a clone was cut, git shows a commit without parents.
    let is_cut = reviewed.revisions().first().is_some_and(|first| first.revision.commit.parents.is_empty());
    if document.surroundings.is_history_complete || !is_cut {
        return Vec::new();
    }
    vec![Problem::new(RULE.name, Span::default(), "the history of this document is cut off by a shallow clone").help(help)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        repo::testing::TestRepository,
        rules::{Surroundings, tests::messages_around},
    };

    #[test]
    fn only_documents_that_begin_where_the_clone_was_cut_are_reported() {
        let mut repository = TestRepository::new();
        repository.write("postmortems/old.md", "# Old\n").commit("Where the clone was cut");
        repository.write("postmortems/new.md", "# New\n").commit("Add new");
        let mut messages = |path: &str, is_history_complete| {
            messages_around(RULE.name, &mut repository, path, &Surroundings { is_history_complete, ..Surroundings::default() })
        };
        assert_eq!(messages("postmortems/old.md", false), ["the history of this document is cut off by a shallow clone"]);
        assert_eq!(messages("postmortems/new.md", false), [""; 0]);
        assert_eq!(messages("postmortems/old.md", true), [""; 0]);
    }
}
