//! An action item is past its due date.
//!
//! ## What it does
//! Reports `actions` of the front matter that are open or in progress and whose `due` day is over, in the site's zone.
//!
//! ## Why
//! Until it is done, the same thing can happen again tomorrow. A new date with a reason, or `declined` with a reason, is
//! better than a date that everybody has stopped looking at.
//!
//! ## Example
//! On 15 April 2026, an open action with `due: 2026-04-01` is reported as 14 days late.

use super::{Check, Document, Group, Rule};
use crate::findings::{Level, Problem};

pub(super) const RULE: Rule = Rule {
    name: "overdue-action",
    group: Group::Actions,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("overdue_action.rs"),
    check: Check::Trail(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let today = document.today();
    if document.postmortem().is_withdrawn() {
        return Vec::new();
    }
    let late = document.postmortem().actions.iter().filter(|action| action.value.is_overdue(today));
    let problems = late.filter_map(|action| {
        let due = action.value.due.as_ref()?;
        let days = (today - due.value).num_days();
        let late = if days == 1 { "1 day late".to_owned() } else { format!("{days} days late") };
        let message = format!("action `{}` is {late}", action.value.title.trim());
        Some(Problem::new(RULE.name, due.span, message).help("finish it, set a new date, or decline it with a reason"))
    });
    problems.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        config::Settings,
        rules::{Surroundings, tests},
    };

    #[test]
    fn the_due_day_itself_is_in_time_and_finished_actions_never_late() {
        let (settings, surroundings) = (Settings::default(), Surroundings::default());
        let parsed = tests::parsed(
            "---\ntitle: A\nactions:\n  - {title: One, due: 2026-04-15}\n  - {title: Two, due: 2026-04-14}\n  - {title: Three, due: 2026-04-01, status: done}\n---\n",
        );
        let found = check(&Document::alone(&parsed, &settings, &surroundings, tests::now()));
        assert_eq!(found.iter().map(|problem| &*problem.message).collect::<Vec<_>>(), ["action `Two` is 1 day late"]);
    }
}
