//! A required section is missing.
//!
//! ## What it does
//! Looks for every section that the configuration requires of a postmortem of this severity, by its titles in any
//! language, whatever the heading level, numbering or emoji. One finding per missing section, at the end of the
//! section that usually stands before it.
//!
//! ## Why
//! A reader who looks for the impact or the root cause should find it under its name, in every postmortem. Summary,
//! impact, timeline, root cause and resolution are what a reviewer needs to judge the rest.
//!
//! ## Configuration
//! `sections: [{id: impact, required_from: SEV3}]` requires it from that severity on; `all` and `never` are possible.
//! While the document is a draft this is a warning.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! ---
//! ## Summary
//! Checkout was down.
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! ---
//! ## Summary
//! Checkout was down.
//! ## Impact
//! No order could be placed.
//! ## Timeline
//! - 2026-03-14 09:14 UTC Alert.
//! ## 2. Root cause
//! A full disk.
//! ## Resolution
//! The disk was enlarged.
//! ```

use super::{Check, Document, Group, Rule};
use crate::{
    config::Requirement,
    findings::{Level, Problem},
    text::Span,
};

pub(super) const RULE: Rule = Rule {
    name: "missing-section",
    group: Group::Structure,
    level: Level::Error,
    is_completeness: true,
    source: include_str!("missing_section.rs"),
    check: Check::Text(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let sections = document.parsed.sections();
    let mut problems = Vec::new();
    // The timeline has a rule of its own, which knows that one can stand without a heading.
    for (index, known) in document.settings.sections.iter().enumerate().filter(|(_, known)| known.id != "timeline") {
        let is_required = match known.required_from {
            Requirement::All => true,
            Requirement::Never => false,
            Requirement::From(rank) => document.severity().is_none_or(|severity| severity <= rank),
        };
        if !is_required || document.parsed.section(&known.id).is_some() {
            continue;
        }
        let earlier: Vec<&str> = document.settings.sections.iter().take(index).map(|section| &*section.id).collect();
        let before = sections
            .iter()
            .filter(|section| section.kind.as_deref().is_some_and(|kind| earlier.contains(&kind)))
            .max_by_key(|section| section.body.end);
        let place =
            before.map_or_else(|| sections.first().map_or(document.parsed.body().end, |first| first.heading.start), |section| section.body.end);
        let title = known.titles.first().map_or(&*known.id, String::as_str);
        problems.push(
            Problem::new(RULE.name, Span::at(place), format!("required section `{title}` is missing"))
                .help(format!("add a heading `## {title}` here, even if one sentence says that nothing is known yet")),
        );
    }
    problems
}
