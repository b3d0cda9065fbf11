//! Somebody is named among the causes.
//!
//! ## What it does
//! Searches the sections root cause and five whys for everybody whom git, the configuration or any front matter names, by
//! full name, e-mail address or handle. Who found, reported or explained something (`identified by`, `thanks to`) is no cause.
//!
//! ## Why
//! A cause is something that can be changed. Who was on duty that night is none, and naming them tells everybody else to
//! keep quiet next time. `An engineer` and `the on-call` say as much.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! owner: Ada Meyer <ada@shop.example>
//! ---
//! ## Root cause
//! Ada Meyer restarted the database.
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! owner: Ada Meyer <ada@shop.example>
//! ---
//! ## Root cause
//! The database was restarted.
//! ## Action items
//! - Ada Meyer makes the script ask first.
//! ```

use super::{Check, Document, Group, Rule};
use crate::{
    findings::{Level, Problem},
    text::Span,
};
use std::collections::BTreeSet;

pub(super) const RULE: Rule = Rule {
    name: "named-person-as-cause",
    group: Group::Language,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("named_person_as_cause.rs"),
    check: Check::Text(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let people = &document.surroundings.people;
    if people.is_empty() {
        return Vec::new();
    }
    let causes =
        document.parsed.sections().iter().filter(|section| section.kind.as_deref().is_some_and(|kind| matches!(kind, "root-cause" | "five-whys")));
    let causes: Vec<Span> = causes.map(|section| section.body).collect();
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    for passage in &document.prose().passages {
        let span = passage.span();
        if !causes.iter().any(|cause| cause.contains(span)) {
            continue;
        }
        let folded = passage.text.to_lowercase();
        for (range, _) in people.find(&folded) {
            // Lower case can have another length, in scripts that no name here is written in.
            let Some(name) = passage.text.get(range.clone()) else { continue };
            if is_credit(&folded, &range) {
                continue;
            }
            if seen.insert(name.to_lowercase()) {
                problems.push(
                    Problem::new(RULE.name, passage.locate(range.clone()), format!("`{name}` is named among the causes"))
                        .help("say what was done and why it made sense; the role is enough"),
                );
            }
        }
    }
    problems
}

/// Whether a name stands where the text says who found or told something.
fn is_credit(text: &str, name: &std::ops::Range<usize>) -> bool {
    const FINDING: &[&str] = &[
        "analysed",
        "analyzed",
        "confirmed",
        "debugged",
        "detected",
        "diagnosed",
        "discovered",
        "explained",
        "found",
        "identified",
        "investigated",
        "noticed",
        "observed",
        "pointed",
        "reported",
        "spotted",
        "suggested",
        "suspected",
        "traced",
        "verified",
        "wrote",
    ];
    let before: Vec<&str> =
        text.get(..name.start).unwrap_or_default().split_whitespace().rev().take(3).map(|word| word.trim_start_matches('(')).collect();
    let after = text.get(name.end..).unwrap_or_default();
    let is_agent = match before.as_slice() {
        ["by", verb, ..] => FINDING.contains(verb),
        ["to", "according" | "thanks" | "credit" | "kudos", ..] | ["see" | "cc" | "/cc" | "h/t" | "via" | "per" | "credit:", ..] => true,
        _ => false,
    };
    let next = after.split_whitespace().find(|word| !matches!(*word, "also" | "then" | "later" | "has" | "had" | "first" | "out"));
    let tells = |word: &str| FINDING.contains(&word.trim_matches(|character: char| !character.is_alphabetic()));
    is_agent
        || next.is_some_and(tells)
        || ["님이 발견", "이 발견", "가 발견", "이 확인", "가 확인", "이 제보", "가 제보"].iter().any(|told| after.starts_with(told))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::places_of;

    fn found(body: &str) -> Vec<String> {
        let text = format!("---\ntitle: A\nowner: Ada Meyer <ada@shop.example>\nreviewers: ['@bob', 김철수]\n---\n## Root cause\n{body}\n");
        places_of(RULE.name, &text)
    }

    #[test]
    fn who_found_it_is_no_cause() {
        for body in [
            "The leak, identified by Ada Meyer, is in the pool.",
            "Ada Meyer also found a second leak, and @bob confirmed it.",
            "According to Ada Meyer the pool is too small (thanks to @bob).",
            "김철수가 발견한 누수.",
        ] {
            assert_eq!(found(body), [""; 0], "{body}");
        }
    }

    #[test]
    fn who_did_it_is_named_once() {
        assert_eq!(
            found("Ada Meyer restarted the database. Then Ada Meyer left. @bob merged it, 김철수가 배포했다."),
            ["Ada Meyer", "@bob", "김철수"]
        );
    }
}
