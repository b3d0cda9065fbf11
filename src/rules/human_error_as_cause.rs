//! Human error is given as a cause.
//!
//! ## What it does
//! Reports `human error`, `operator error`, `인적 오류`, `작업자 실수` and the like, unless the sentence denies them. Code,
//! links, quotes and what stands in quotation marks are left out, as in every rule about language.
//!
//! ## Why
//! People make mistakes every day, and on most days nothing breaks. Where the analysis stops at the person it never reaches
//! what made the mistake possible, likely or costly, and nothing gets better.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! ---
//! ## Root cause
//! The outage was caused by human error.
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! ---
//! ## Root cause
//! The script takes the production cluster as its default, and asks nothing. It was not human error.
//! ```

use super::{Check, Document, Group, Rule};
use super::{language, lexicon};
use crate::findings::{Level, Problem};

pub(super) const RULE: Rule = Rule {
    name: "human-error-as-cause",
    group: Group::Language,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("human_error_as_cause.rs"),
    check: Check::Text(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let hits = language::hits(document, &lexicon::HUMAN_ERROR).filter(|hit| !hit.is_denied());
    let problems = hits.map(|hit| {
        Problem::new(RULE.name, hit.span(), format!("`{}` is where the analysis begins, not a cause", hit.words()))
            .help("ask what made the mistake possible, likely or costly, and write that")
    });
    problems.collect()
}
