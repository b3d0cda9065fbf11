//! Somebody is named among the causes.
//!
//! ## What it does
//! Searches the sections root cause and five whys for everybody whom git, the configuration or any front matter names, by
//! full name, e-mail address or handle.
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
        for (range, _) in people.find(&passage.text.to_lowercase()) {
            // Lower case can have another length, in scripts that no name here is written in.
            let Some(name) = passage.text.get(range.clone()) else { continue };
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
