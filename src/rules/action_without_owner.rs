//! An action item has no owner.
//!
//! ## What it does
//! Reports `actions` of the front matter that are not done or declined and have no `owner`, or `TBD` as one.
//!
//! ## Why
//! What belongs to everybody is done by nobody. A team is an owner.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! actions:
//!   - {title: Alert at 80 % of the disk, due: 2026-04-01}
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
    model::Person,
};

pub(super) const RULE: Rule = Rule {
    name: "action-without-owner",
    group: Group::Actions,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("action_without_owner.rs"),
    check: Check::Text(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let pending = document.postmortem().actions.iter().filter(|action| action.value.status.is_pending());
    let without = pending.filter(|action| action.value.owner.as_ref().is_none_or(is_nobody));
    let problems = without.map(|action| {
        Problem::new(RULE.name, action.span, format!("action `{}` has no owner", action.value.title.trim())).help("add `owner`: a person or a team")
    });
    problems.collect()
}

fn is_nobody(owner: &Person) -> bool {
    let name = owner.to_string().to_lowercase();
    matches!(name.trim(), "" | "tbd" | "todo" | "tba" | "n/a" | "-" | "?" | "unknown" | "none" | "nobody" | "everyone" | "미정" | "없음")
}
