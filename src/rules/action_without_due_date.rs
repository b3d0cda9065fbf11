//! An action item has no due date.
//!
//! ## What it does
//! Reports `actions` of the front matter that are not done or declined and have no `due`.
//!
//! ## Why
//! Without a date nobody can say that it is late, and the review meeting never asks.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! actions:
//!   - {title: Alert at 80 % of the disk, owner: Payments team}
//! ---
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! actions:
//!   - {title: Alert at 80 % of the disk, owner: Payments team, due: 2026-04-01}
//! ---
//! ```

use super::{Check, Document, Group, Rule};
use crate::{
    findings::{Level, Problem},
    text::Span,
};

pub(super) const RULE: Rule = Rule {
    name: "action-without-due-date",
    group: Group::Actions,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("action_without_due_date.rs"),
    check: Check::Text(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let pending = document.postmortem().actions.iter().filter(|action| action.value.status.is_pending() && action.value.due.is_none());
    let is_unreadable = |span: Span| document.postmortem().unreadable.iter().any(|(key, value)| key.ends_with("due") && span.contains(value.span));
    let problems = pending.filter(|action| !is_unreadable(action.span)).map(|action| {
        Problem::new(RULE.name, action.span, format!("action `{}` has no due date", action.value.title.trim())).help("add `due: YYYY-MM-DD`")
    });
    problems.collect()
}
