//! A postmortem that is to be published has no title for its readers.
//!
//! ## What it does
//! Reports `publish: true` for an external audience without a `title` in the same block. A further audience may use the
//! title of `public`.
//!
//! ## Why
//! The internal title names systems and is never shown outside, so a public page would have none.
//!
//! ## Configuration
//! This rule can neither be turned off nor softened.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: pg-17 failover lost the write lease
//! public:
//!   publish: true
//! ---
//! ```
//! ```postmortem passes
//! ---
//! title: pg-17 failover lost the write lease
//! public:
//!   publish: true
//!   title: Orders could not be placed
//! ---
//! ```

use super::{Check, Document, Group, Rule};
use crate::findings::{Level, Problem};

pub(super) const RULE: Rule = Rule {
    name: "missing-public-title",
    group: Group::Publication,
    level: Level::Error,
    is_completeness: false,
    source: include_str!("missing_public_title.rs"),
    check: Check::Text(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let blocks = &document.postmortem().external;
    let has_title = |name: &str| blocks.get(name).and_then(|block| block.title.as_ref()).is_some_and(|title| !title.value.trim().is_empty());
    let meant = document.settings.audiences.iter().filter(|audience| document.is_meant_for(&audience.name));
    let problems = meant.filter(|audience| !has_title(&audience.name) && !has_title("public")).map(|audience| {
        let name = &audience.name;
        let place = blocks.get(name).and_then(|block| block.publish.as_ref()).map(|publish| publish.span).unwrap_or_default();
        Problem::new(RULE.name, place, format!("`{name}.publish` is true, and `{name}.title` is missing"))
            .help(format!("add `title` to `{name}`: what its readers noticed, without names of systems"))
    });
    problems.collect()
}
