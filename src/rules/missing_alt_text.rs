//! An image has no alternative text.
//!
//! ## What it does
//! Reports images whose text between the brackets is empty.
//!
//! ## Why
//! A graph says nothing to somebody who can't see it, to a search, or to a mail client that blocks it. "Error rate rises
//! from 0 to 40 % at 09:12" says what the graph is there for.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! ---
//! ## Impact
//! ![](graph.png)
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! ---
//! ## Impact
//! ![Error rate rises from 0 to 40 % at 09:12](graph.png)
//! ```

use super::{Check, Document, Group, Rule};
use crate::findings::{Level, Problem};

pub(super) const RULE: Rule = Rule {
    name: "missing-alt-text",
    group: Group::Detail,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("missing_alt_text.rs"),
    check: Check::Text(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let without = document.parsed.images().iter().filter(|image| image.alt.trim().is_empty());
    let problems = without.map(|image| {
        let name = image.url.rsplit('/').next().unwrap_or_default();
        Problem::new(RULE.name, image.span, format!("image `{name}` has no alternative text")).help("say between the brackets what can be seen in it")
    });
    problems.collect()
}
