//! Words blame somebody.
//!
//! ## What it does
//! Reports words that judge a person instead of telling what happened: `careless`, `negligent`, `forgot to`, `failed to
//! follow`, `부주의`, `실수로`.
//!
//! ## Why
//! Who expects to be judged tells less, and what is not told can't be mended. What was done and what it did is enough.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! ---
//! ## Root cause
//! The on-call engineer carelessly restarted the database.
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! ---
//! ## Root cause
//! The restart of the database was not known to drop the connections of the pool. "That was careless", somebody said.
//! ```

use super::{Check, Document, Group, Rule};
use super::{language, lexicon};
use crate::findings::{Level, Problem};

pub(super) const RULE: Rule = Rule {
    name: "blaming-language",
    group: Group::Language,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("blaming_language.rs"),
    check: Check::Text(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let hits = language::hits(document, &lexicon::BLAME).filter(|hit| !hit.is_denied());
    let problems = hits.map(|hit| {
        Problem::new(RULE.name, hit.span(), format!("`{}` judges somebody", hit.words()))
            .help("say what was done and what it did, without judging it")
    });
    problems.collect()
}
