//! The impact is told without a number.
//!
//! ## What it does
//! In summary, impact and customer summary, reports `some users`, `for a while`, `일부 사용자`, `한동안` and the like in
//! sentences without any figure.
//!
//! ## Why
//! "Some users" is three or three million. An estimate with a range can be corrected; a word can't.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! ---
//! ## Impact
//! Some customers could not pay for a while.
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! ---
//! ## Impact
//! Some customers, about 4 %, could not pay.
//! ```

use super::{Check, Document, Group, Rule};
use super::{language, lexicon};
use crate::findings::{Level, Problem};
use std::collections::BTreeSet;

pub(super) const RULE: Rule = Rule {
    name: "vague-statement",
    group: Group::Language,
    level: Level::Info,
    is_completeness: false,
    source: include_str!("vague_statement.rs"),
    check: Check::Text(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let is_about_impact = |hit: &language::Hit<'_>| {
        let section = document.section_at(hit.span().start);
        section.and_then(|section| section.kind.as_deref()).is_some_and(|kind| matches!(kind, "summary" | "impact" | "customer-summary"))
    };
    let mut sentences = BTreeSet::new();
    // The first such word of a sentence says it.
    let hits = language::hits(document, &lexicon::VAGUE)
        .filter(|hit| !hit.has_figure() && is_about_impact(hit))
        .filter(|hit| sentences.insert(hit.sentence_start()));
    let problems: Vec<Problem> = hits
        .map(|hit| {
            Problem::new(RULE.name, hit.span(), format!("`{}` says nothing about how many or how long", hit.words()))
                .help("give a number, a share or a range, even if it is an estimate")
        })
        .collect();
    problems
}
