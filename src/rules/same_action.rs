//! The same action item stands in another postmortem.
//!
//! ## What it does
//! Compares titles of `actions` without regard to case. The one in the later file is reported; titles of one or two words
//! are left out, and so are actions that are done or declined.
//!
//! ## Why
//! Either it is one piece of work that is tracked twice, or it was decided after an earlier incident and not done.
//!
//! ## Example
//! `Alert at 80 % of the disk` is an action item of the postmortems of January and of March.

use super::CorpusFacts;
use super::{Check, Document, Group, Rule};
use crate::{
    findings::{Label, Level, Problem},
    text::fold,
};

pub(super) const RULE: Rule = Rule {
    name: "same-action",
    group: Group::Corpus,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("same_action.rs"),
    check: Check::Corpus(check),
};

fn check(document: &Document<'_>, facts: &CorpusFacts) -> Vec<Problem> {
    let path = document.parsed.source().path();
    let mut problems = Vec::new();
    for action in document.postmortem().actions.iter().filter(|action| action.value.status.is_pending()) {
        let title = action.value.title.trim();
        if title.split_whitespace().count() < 3 {
            continue;
        }
        let Some(earlier) = facts.actions.get(&fold(title)).and_then(|places| places.first()).filter(|earlier| &*earlier.path < path) else {
            continue;
        };
        let mut problem = Problem::new(RULE.name, action.span, format!("action `{title}` also stands in {}", earlier.path))
            .help("refer to the earlier one by its ticket, or say what this one adds");
        problem.labels.push(Label { path: Some(earlier.path.clone()), span: earlier.span, text: "the earlier one".to_owned() });
        problems.push(problem);
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        config::Settings,
        rules::{Surroundings, tests},
    };

    fn messages(first: &str, second: &str) -> Vec<String> {
        let one = tests::parsed_at("postmortems/one.md", &format!("---\nseverity: SEV1\n{first}\n---\n"));
        let other = tests::parsed_at("postmortems/other.md", &format!("---\nseverity: SEV1\n{second}\n---\n"));
        let facts = CorpusFacts::of([&one, &other]);
        let (settings, surroundings) = (Settings::default(), Surroundings::default());
        let check = |parsed| check(&Document::alone(parsed, &settings, &surroundings, tests::now()), &facts);
        assert_eq!(check(&one), [], "the earlier one is not to blame");
        check(&other).into_iter().map(|problem| problem.message).collect()
    }

    #[test]
    fn a_repeated_action_is_reported_where_it_is_repeated() {
        let action = |title: &str| format!("actions: [{{title: {title}}}]");
        assert_eq!(
            messages(&action("Alert at 80 percent"), &action("alert at 80 PERCENT")),
            ["action `alert at 80 PERCENT` also stands in postmortems/one.md"]
        );
        assert_eq!(messages(&action("Add alert"), &action("Add alert")), [""; 0]);
    }
}
