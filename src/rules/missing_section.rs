//! A required section is missing.
//!
//! ## What it does
//! Looks for every section that the configuration requires of a postmortem of this severity, by its titles in any
//! language, whatever the heading level, numbering or emoji. One finding per missing section, at the end of the
//! section that usually stands before it; a text without any known section gets one finding in all.
//! `lookback check --fix` adds the headings, with nothing below them.
//!
//! ## Why
//! A reader who looks for the impact or the root cause should find it under its name, in every postmortem. Summary,
//! impact, timeline, root cause and resolution are what a reviewer needs to judge the rest.
//!
//! ## Configuration
//! `sections: [{id: impact, required_from: SEV3}]` requires it from that severity on; `all` and `never` are possible,
//! and `asked`, which makes its absence a warning (lessons learned, unless configured otherwise).
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
//! ## Lessons learned
//! The alert came before the first customer.
//! ```

use super::{Check, Document, Group, Rule, insertion};
use crate::{
    config::{KnownSection, Requirement},
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
    let parsed = document.parsed;
    // The timeline has a rule of its own, which knows that one can stand without a heading.
    let absent = document.settings.sections.iter().filter(|known| known.id != "timeline" && parsed.section(&known.id).is_none());
    let (missing, others): (Vec<&KnownSection>, Vec<&KnownSection>) = absent.partition(|known| is_required(document, known));
    let is_structured = parsed.sections().iter().any(|section| section.kind.is_some());
    if let (false, [_, _, ..]) = (is_structured, missing.as_slice()) {
        let titles: Vec<String> = missing.iter().map(|known| format!("`{}`", title(known))).collect();
        let message = format!("none of the required sections is there: {}", titles.join(", "));
        let edit = insertion::of_all(document, &missing);
        return vec![Problem::new(RULE.name, Span::at(parsed.body().end), message).help("give each a heading such as `## Summary`").edit(edit)];
    }
    let asked = others.into_iter().filter(|known| known.required_from == Requirement::Asked && !document.postmortem().is_withdrawn());
    let asked = asked.map(|known| {
        let title = title(known);
        let message = format!("there is no section `{title}`");
        let help = format!("add a heading `## {}`; the configuration asks for it, with `required_from: asked`", insertion::title(document, known));
        Problem::new(RULE.name, place(document, &known.id), message).help(help).at_most(Level::Warning)
    });
    let problems = missing.into_iter().map(|known| {
        let title = title(known);
        Problem::new(RULE.name, place(document, &known.id), format!("required section `{title}` is missing"))
            .help(format!("add a heading `## {}` here, even if one sentence says that nothing is known yet", insertion::title(document, known)))
            .edit(insertion::of_section(document, known))
    });
    problems.chain(asked).collect()
}

/// Whether the configuration requires a section of this document. Nothing is required of one that was withdrawn.
pub(super) fn is_required(document: &Document<'_>, known: &KnownSection) -> bool {
    let is_severe = match known.required_from {
        Requirement::All => true,
        Requirement::Asked | Requirement::Never => false,
        Requirement::From(rank) => document.severity().is_none_or(|severity| severity <= rank),
    };
    is_severe && !document.postmortem().is_withdrawn()
}

/// Where a section of this kind would usually stand: after those that come before it in the configuration.
pub(super) fn place(document: &Document<'_>, kind: &str) -> Span {
    let sections = document.parsed.sections();
    let earlier: Vec<&str> = document.settings.sections.iter().map(|known| &*known.id).take_while(|id| *id != kind).collect();
    let before = sections.iter().filter(|section| section.kind.as_deref().is_some_and(|kind| earlier.contains(&kind)));
    let end = before.map(|section| section.body.end).max();
    Span::at(end.unwrap_or_else(|| sections.first().map_or(document.parsed.body().end, |first| first.heading.start)))
}

fn title(known: &KnownSection) -> &str {
    known.titles.first().map_or(&*known.id, String::as_str)
}
