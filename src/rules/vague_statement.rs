//! The impact is told without a number.
//!
//! ## What it does
//! In summary, impact, customer summary and `public.summary`, reports `some users`, `several services`, `for a while`, `일부
//! 사용자`, `한동안` and the like in sentences without any figure, unless a parenthesis or a colon says more.
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
    let is_about_impact =
        |hit: &language::Hit<'_>| hit.is_in(document, &["summary", "impact", "customer-summary"]) || hit.is_in_outer_summary(document);
    // "Some user-facing pages" are pages; "several teams (payments, search)" are named; who was not affected needs no number.
    let says_more = |hit: &language::Hit<'_>| {
        hit.is_joined() || hit.is_before('(') || hit.is_before(':') || hit.is_before('—') || hit.is_denied() || is_compared(hit)
    };
    let mut sentences = BTreeSet::new();
    // The first such word of a sentence says it.
    let hits = language::hits(document, &lexicon::VAGUE)
        .filter(|hit| !hit.has_figure() && is_about_impact(hit) && !says_more(hit))
        .filter(|hit| sentences.insert(hit.sentence_start()));
    let problems: Vec<Problem> = hits
        .map(|hit| {
            Problem::new(RULE.name, hit.span(), format!("`{}` says nothing about how many or how long", hit.words()))
                .help("give a number, a share or a range, even if it is an estimate")
        })
        .collect();
    problems
}

/// "Too many pods", "as many requests": the amount is compared, not told.
fn is_compared(hit: &language::Hit<'_>) -> bool {
    hit.words_before(1).iter().any(|word| matches!(&**word, "too" | "as" | "so" | "how"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::places_of;

    fn found(body: &str) -> Vec<String> {
        places_of(RULE.name, &format!("---\ntitle: A\n---\n{body}\n"))
    }

    #[test]
    fn what_says_more_is_not_vague() {
        for body in [
            "## Impact\nThere was some user-facing downtime.",
            "## Impact\nSeveral services (search, login and billing) were down.",
            "## Impact\nSome users saw errors, between 200 and 300 of them.",
            "## Summary\nThe error did not reach many users.",
            "## Impact\nThe scheduler packed too many pods on a node.",
            "## Impact\nSecrets of various services were rotated.",
            "## Root cause\nSome users have two accounts.",
        ] {
            assert_eq!(found(body), [""; 0], "{body}");
        }
    }

    #[test]
    fn what_is_written_for_customers_is_read_too() {
        let text =
            "---\ntitle: Some users can't log in\npublic: {publish: true, title: T, summary: Some customers could not pay for a while.}\n---\n";
        assert_eq!(places_of(RULE.name, text), ["Some customers"]);
        assert_eq!(found("## Impact\nA handful of services restarted."), ["A handful of services"]);
    }
}
