//! Raw HTML stands in text for an external audience.
//!
//! ## What it does
//! Reports HTML tags, comments aside, in what an external audience would read. External pages leave tags out; the text
//! between them stays.
//!
//! ## Why
//! Whoever wrote `<b>` or `<img>` expects to see it. Outside, only what Markdown says is shown.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! public: {publish: true, title: Orders could not be placed}
//! ---
//! ## Customer summary
//! No order was <b>lost</b>.
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! public: {publish: true, title: Orders could not be placed}
//! ---
//! ## Customer summary
//! No order was **lost**. <!-- as support confirmed -->
//! ```

use super::{Check, Document, Group, Rule};
use crate::{
    findings::{Level, Problem},
    text::Span,
};

pub(super) const RULE: Rule = Rule {
    name: "raw-html-in-public",
    group: Group::Markup,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("raw_html_in_public.rs"),
    check: Check::Text(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let outside = document.read_outside();
    let is_outside = |span: Span| outside.get(outside.partition_point(|other| other.end <= span.start)).is_some_and(|other| other.start < span.end);
    let opening = document.prose().tags.iter().map(|tag| (*tag, document.slice(*tag).trim()));
    let opening = opening.filter(|(tag, written)| written.starts_with('<') && !written.starts_with("</") && is_outside(*tag));
    let problems = opening.map(|(tag, written)| {
        let name = written.split_inclusive('>').next().unwrap_or(written);
        Problem::new(RULE.name, Span::new(tag.start, tag.start + name.len()), format!("`{name}` is left out of external pages"))
            .help("write it in Markdown")
    });
    problems.collect()
}
