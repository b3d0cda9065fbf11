use std::fmt::Write as _;

use super::build::refuse_incomplete;
use crate::{
    cli::{Format, History},
    corpus::Entry,
    findings::Style,
    i18n::Catalogue,
    pipeline::{Loaded, Point, Signatures, settings},
    repo::Commit,
    review::{Approval, Clock, ReviewState},
    run::{Context, FINE, Failure},
    view,
};

pub(crate) fn run(context: &mut Context<'_>, options: &History) -> Result<u8, Failure> {
    let Point { repository, at, privileged } = context.repository_as_of(&options.as_of)?;
    refuse_incomplete(&repository, options.allow_shallow)?;
    let loaded = Loaded::verifying(&repository, settings(&repository)?, at, Signatures::Of(&options.id))?.hiding(&privileged);
    context.warn_of_lost(loaded.lost_tip);
    let entry = loaded.entry(&options.id)?;
    match options.format {
        Format::Json => {
            let trail = serde_json::to_string_pretty(&view::history(entry))
                .map_err(|error| Failure::new(error.to_string(), "this is a defect of lookback"))?;
            context.print(&format!("{trail}\n"))?;
        }
        Format::Text => {
            let text = text(entry, &Catalogue::load("en")?, context.style());
            context.print(&text)?;
        }
    }
    Ok(FINE)
}

fn text(entry: &Entry, language: &Catalogue, style: Style) -> String {
    let reviewed = entry.checked.reviewed();
    let (bold, dim, end) = if style == Style::Coloured { ("\u{1b}[1m", "\u{1b}[2m", "\u{1b}[0m") } else { ("", "", "") };
    let state = match reviewed.state() {
        ReviewState::Unreviewed => format!("unreviewed, needs {}", approvals(reviewed.required())),
        ReviewState::Approved => "approved".to_owned(),
        ReviewState::Stale => "stale: the text changed since it was approved".to_owned(),
    };
    let mut out = String::new();
    // Writing to a string can't fail.
    let _ = writeln!(
        out,
        "{bold}{}{end}\n{}\n{dim}{}{end}\n\nreview: {state}",
        entry.postmortem().title.value,
        entry.postmortem().id.value,
        entry.path()
    );
    let clocks = reviewed.clocks();
    for (name, clock) in [("draft", &clocks.draft), ("completion", &clocks.completion)] {
        let _ = writeln!(out, "{name}: {}", clock_text(clock));
    }
    for (audience, publication) in &entry.publications {
        if let Some(published) = publication.published() {
            let commit = &published.text().commit;
            let _ = writeln!(out, "{audience}: published, text of {} ({})", commit.id.short(), commit.authored.format("%Y-%m-%d"));
        } else if let Some(reason) = publication.held_back() {
            let _ = writeln!(out, "{audience}: held back, {reason}");
        }
    }
    out.push('\n');
    let mut lines: Vec<(usize, String)> = Vec::new();
    for revision in reviewed.revisions() {
        let changed = if revision.is_after_approval { "  ← after approval" } else { "" };
        let words = view::change_words(language, &revision.changes);
        lines.push((revision.revision.commit.position, format!("{}{changed}\n    {words}\n", line(&revision.revision.commit, dim, end))));
    }
    for approval in reviewed.approvals() {
        let position = approval.commit.position;
        if !lines.iter().any(|(other, _)| *other == position) {
            lines.push((position, format!("{}\n", line(&approval.commit, dim, end))));
        }
        if let Some((_, line)) = lines.iter_mut().find(|(other, _)| *other == position) {
            line.push_str(&format!("    {}\n", approval_text(approval)));
        }
    }
    lines.sort_by_key(|(position, _)| *position);
    out.extend(lines.into_iter().map(|(_, line)| line));
    if reviewed.revisions().is_empty() {
        out.push_str("no commit holds this document yet\n");
    }
    out
}

pub(super) fn line(commit: &Commit, dim: &str, end: &str) -> String {
    format!("{} {dim}{}{end} {}: {}", commit.authored.format("%Y-%m-%d %H:%M %:z"), commit.id.short(), commit.author, commit.subject)
}

pub(super) fn approvals(count: usize) -> String {
    if count == 1 { "1 approval".to_owned() } else { format!("{count} approvals") }
}

fn clock_text(clock: &Clock) -> String {
    let done = clock.done.map(|done| format!(", {}", done.to_utc().format("%Y-%m-%d %H:%M UTC"))).unwrap_or_default();
    let due = clock.due.map(|due| format!(" (due {})", due.format("%Y-%m-%d %H:%M UTC"))).unwrap_or_default();
    format!("{}{done}{due}", clock.outcome.name())
}

fn approval_text(approval: &Approval) -> String {
    let recorded = approval.recorded_by.as_ref().map(|by| format!(", recorded by {by}")).unwrap_or_default();
    let via = approval.via.as_ref().map(|via| format!(", given at {via}")).unwrap_or_default();
    let how = format!("{} ({}, {}{recorded}{via})", approval.by, approval.kind.name(), approval.signature.name());
    match (approval.rejected, &approval.reverted_by) {
        (None, _) => format!("approved by {how}"),
        (Some(rejection), Some(commit)) => {
            format!("approval by {how} does not count: {} in {} by {}", rejection.reason(), commit.id.short(), commit.author)
        }
        (Some(rejection), None) => format!("approval by {how} does not count: {}", rejection.reason()),
    }
}
