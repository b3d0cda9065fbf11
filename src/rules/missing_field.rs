//! A required field is missing.
//!
//! ## What it does
//! Looks for `title`, `severity`, `services`, `owner`, and `started`, `detected` and `resolved` in `times`, and for
//! `withdrawn_reason` where `status` is `withdrawn`. A value that stands in the text (a key line, a marked row of the
//! timeline) counts, and so does the word `unknown` for a time.
//!
//! ## Why
//! Without these nobody can say how bad it was, who answers for the text, or how long it took. Writing `unknown` is an
//! answer; writing nothing is not.
//!
//! ## Configuration
//! While the document is a draft this is a warning. `fields` in `lookback.yml` maps other spellings.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! severity: SEV1
//! ---
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! severity: SEV1
//! services: [checkout]
//! owner: Payments team
//! times:
//!   started: 2026-03-14 09:12 UTC
//!   detected: unknown
//!   resolved: 2026-03-14 09:55 UTC
//! ---
//! ```

use super::{Check, Document, Group, Rule};
use crate::{
    findings::{Level, Problem},
    model::{Milestone, Origin},
    source::FrontMatterKind,
    text::Span,
    yaml::Node,
};

pub(super) const RULE: Rule = Rule {
    name: "missing-field",
    group: Group::FrontMatter,
    level: Level::Error,
    is_completeness: true,
    source: include_str!("missing_field.rs"),
    check: Check::Text(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let parsed = document.parsed;
    let (FrontMatterKind::Yaml, Some(tree)) = (parsed.front_matter_kind(), parsed.front_matter()) else { return Vec::new() };
    let missing = missing(document).into_iter().map(|(key, help)| {
        let (place, is_written) = place(tree, key).unwrap_or((Span::at(parsed.front_matter_span().start), false));
        let state = if is_written { "has no value" } else { "is missing" };
        Problem::new(RULE.name, place, format!("required field `{key}` {state}")).help(help)
    });
    missing.collect()
}

/// Required fields that nothing in the document answers, each with what to do.
pub(super) fn missing(document: &Document<'_>) -> Vec<(&'static str, &'static str)> {
    let postmortem = document.postmortem();
    if postmortem.is_withdrawn() {
        let has_reason = postmortem.withdrawn_reason.as_ref().is_some_and(|reason| !reason.value.trim().is_empty());
        return if has_reason { Vec::new() } else { vec![("withdrawn_reason", "say in one sentence why it was withdrawn")] };
    }
    let time = |milestone| postmortem.times.get(milestone).is_some_and(|time| is_said(time.origin));
    let has_title = !postmortem.title.value.trim().is_empty() && is_said(postmortem.title.origin);
    let has_service = postmortem.services.iter().any(|service| !service.value.trim().is_empty());
    let fields = [
        ("title", has_title, "one line that says what was seen, such as `title: Checkout returned 503`"),
        ("severity", postmortem.severity.is_some(), "one of the configured severities, such as `severity: SEV2`"),
        ("services", has_service, "a list, such as `services: [checkout]`"),
        ("owner", postmortem.owner.is_some(), "who answers for the text: `Name <email>`, `@handle` or a team"),
        ("times.started", time(Milestone::Started), "when impact began, such as `started: 2026-03-14 09:12 UTC`, or `unknown`"),
        ("times.detected", time(Milestone::Detected), "the first alert, report or ticket, or `unknown`"),
        ("times.resolved", time(Milestone::Resolved), "when it was over, or `unknown`"),
    ];
    let is_unreadable = |key: &str| postmortem.unreadable.iter().any(|(unreadable, _)| unreadable.rsplit('.').next() == key.rsplit('.').next());
    fields.into_iter().filter(|(key, is_given, _)| !is_given && !is_unreadable(key)).map(|(key, _, help)| (key, help)).collect()
}

/// A file name or a commit date is a guess, no answer.
const fn is_said(origin: Origin) -> bool {
    !matches!(origin, Origin::FileName | Origin::Git)
}

/// Where a field is written, or else the innermost map in which it belongs; and whether its key is there.
fn place(tree: &Node, key: &str) -> Option<(Span, bool)> {
    let Some((outer, inner)) = key.split_once('.') else { return tree.entry(key).map(|entry| (entry.key.span, true)) };
    let outer = tree.entry(outer)?;
    let inner = outer.value.entry(inner).map(|entry| (entry.key.span, true));
    Some(inner.unwrap_or((outer.key.span, false)))
}
