//! An action item was declined without a reason.
//!
//! ## What it does
//! Reports `actions` of the front matter with `status: declined` and no `reason`.
//!
//! ## Why
//! Not doing something is a decision that somebody will ask about after the next incident.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! actions:
//!   - {title: Run two disks, owner: Payments team, status: declined}
//! ---
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! actions:
//!   - {title: Run two disks, owner: Payments team, status: declined, reason: the service is retired in May}
//! ---
//! ```

use super::{Check, Document, Group, Rule};
use crate::{
    findings::{Level, Problem},
    model::ActionStatus,
};

pub(super) const RULE: Rule = Rule {
    name: "declined-without-reason",
    group: Group::Actions,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("declined_without_reason.rs"),
    check: Check::Text(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let declined = document.postmortem().actions.iter().filter(|action| action.value.status == ActionStatus::Declined);
    let without = declined.filter(|action| action.value.reason.as_ref().is_none_or(|reason| reason.trim().is_empty()));
    let problems = without.map(|action| {
        Problem::new(RULE.name, action.span, format!("action `{}` is declined without a reason", action.value.title.trim())).help("add `reason`")
    });
    problems.collect()
}
