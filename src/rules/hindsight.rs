//! Somebody is measured by what was known only afterwards.
//!
//! ## What it does
//! Reports sentences that say what people should have known, seen or done: `we should have noticed`, `the team could easily
//! have`, `확인했어야 했다`.
//!
//! ## Why
//! Afterwards the signal stands out; at the time it was one of a hundred. What somebody saw, and why what they did made sense
//! then, explains more than what they did not do.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! ---
//! ## Root cause
//! The team should have noticed the full disk.
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! ---
//! ## Root cause
//! The alert for the disk went to a channel with 300 messages a day. The restart should have taken a minute and took ten.
//! ```

use super::{Check, Document, Group, Rule};
use super::{language, lexicon};
use crate::findings::{Level, Problem};

pub(super) const RULE: Rule = Rule {
    name: "hindsight",
    group: Group::Language,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("hindsight.rs"),
    check: Check::Text(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let hits = language::hits(document, &lexicon::HINDSIGHT);
    let problems = hits.map(|hit| {
        Problem::new(RULE.name, hit.span(), format!("`{}` judges by what was known afterwards", hit.words()))
            .help("say what could be seen then, and why what was done made sense")
    });
    problems.collect()
}
