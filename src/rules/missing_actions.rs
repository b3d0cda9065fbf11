//! There are no action items.
//!
//! ## What it does
//! Looks for `actions` in the front matter, and for a section of action items that is not empty. Either is enough.
//!
//! ## Why
//! A postmortem from which nothing follows will be written again. Where nothing should be done, saying so and why is an
//! action item that was declined.
//!
//! ## Configuration
//! While the document is a draft this is a warning.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! ---
//! ## Root cause
//! A full disk.
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! ---
//! ## Root cause
//! A full disk.
//! ## Action items
//! - Alert at 80 % of the disk (Payments team, by 2026-04-01).
//! ```

use super::missing_section;
use super::{Check, Document, Group, Rule};
use crate::{
    findings::{Level, Problem},
    source::FrontMatterKind,
};

pub(super) const RULE: Rule = Rule {
    name: "missing-actions",
    group: Group::Actions,
    level: Level::Error,
    is_completeness: true,
    source: include_str!("missing_actions.rs"),
    check: Check::Text(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let postmortem = document.postmortem();
    let has_section = document.parsed.sections().iter().any(|section| section.kind.as_deref() == Some("action-items") && !section.is_empty);
    // What can't be read may well hold some.
    let is_unreadable = document.parsed.front_matter_kind() == FrontMatterKind::Broken;
    if is_unreadable || has_section || !postmortem.actions.is_empty() || postmortem.is_withdrawn() {
        return Vec::new();
    }
    let place = missing_section::place(document, "action-items");
    vec![Problem::new(RULE.name, place, "there are no action items").help("add `actions` to the front matter, or a section `## Action items`")]
}
