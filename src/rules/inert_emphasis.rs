//! Emphasis beside Hangul does nothing and shows its marks.
//!
//! ## What it does
//! Reports `**` and `~~` that stand as plain text next to a Hangul letter. Markdown does not end emphasis after a
//! punctuation mark when a letter follows, and in Korean a particle nearly always does: `**결제(PG)**는`.
//!
//! ## Why
//! Readers see two stars where the author meant the most important word. It looks right in some editors and wrong on every
//! forge and in every browser.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: 결제 장애
//! ---
//! ## 요약
//! **결제(PG)**는 40분간 실패했다.
//! ```
//! ```postmortem passes
//! ---
//! title: 결제 장애
//! ---
//! ## 요약
//! **결제**(PG)는 40분간 실패했다. **굵게**는 문제가 없다.
//! ```

use super::people::is_hangul;
use super::{Check, Document, Group, Rule};
use crate::{
    findings::{Level, Problem},
    text::Span,
};

pub(super) const RULE: Rule = Rule {
    name: "inert-emphasis",
    group: Group::Markup,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("inert_emphasis.rs"),
    check: Check::Text(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for passage in &document.prose().passages {
        for mark in ["**", "~~"] {
            let places: Vec<usize> =
                passage.text.match_indices(mark).map(|(at, _)| at).filter(|at| is_written(document, passage.locate(*at..at + 2), mark)).collect();
            for pair in places.chunks(2) {
                let &[open, close] = pair else { continue };
                if ![open, close].into_iter().any(|at| is_beside_hangul(&passage.text, at)) {
                    continue;
                }
                let message = format!("`{mark}` is shown as it is here, because of the letter after the punctuation mark");
                problems.push(
                    Problem::new(RULE.name, passage.locate(open..close + 2), message)
                        .help(format!("move the punctuation out of the marks, or put a space after the closing `{mark}`")),
                );
            }
        }
    }
    problems
}

/// An escaped mark is meant as it is shown.
fn is_written(document: &Document<'_>, place: Span, mark: &str) -> bool {
    document.slice(place) == mark && document.slice(Span::new(place.start.saturating_sub(1), place.start)) != "\\"
}

fn is_beside_hangul(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let after = text.get(at + 2..).and_then(|after| after.chars().next());
    before.into_iter().chain(after).any(is_hangul)
}
