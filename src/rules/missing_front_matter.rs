//! A document has no front matter.
//!
//! ## What it does
//! Reports a document without front matter once, instead of one finding per field. What the text itself says (key lines, a
//! table, the first heading) is read nevertheless.
//!
//! ## Why
//! Severity, services, owner and times in a known place make deadlines, figures and trends possible. Text alone is still a
//! postmortem, so this is a warning.
//!
//! ## Example
//! ```postmortem fails
//! # Checkout returned 503
//!
//! Nobody could pay for 40 minutes.
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! ---
//! Nobody could pay for 40 minutes.
//! ```

use super::missing_field;
use super::{Check, Document, Group, Rule};
use crate::{
    findings::{Level, Problem},
    source::FrontMatterKind,
};

pub(super) const RULE: Rule = Rule {
    name: "missing-front-matter",
    group: Group::FrontMatter,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("missing_front_matter.rs"),
    check: Check::Text(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let message = match document.parsed.front_matter_kind() {
        FrontMatterKind::None => "this document has no front matter",
        FrontMatterKind::Empty => "the front matter of this document is empty",
        FrontMatterKind::Yaml | FrontMatterKind::Toml | FrontMatterKind::Broken => return Vec::new(),
    };
    let unknown: Vec<&str> = missing_field::missing(document).into_iter().map(|(key, _)| key).collect();
    let help = if unknown.is_empty() {
        "everything required was found in the text; between two lines `---` at the top it would be certain".to_owned()
    } else {
        format!("begin the file with `---`, the fields that are not known yet ({}), and `---`", unknown.join(", "))
    };
    vec![Problem::new(RULE.name, document.parsed.front_matter_span(), message).help(help)]
}
