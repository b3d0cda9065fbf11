//! What the program itself says on internal pages: changes, reasons, limits. In the words of the interface.

use fluent_bundle::FluentValue;

use crate::{
    config::Deadline,
    corpus::HeldBack,
    i18n::Catalogue,
    review::{Change, Rejection},
};

/// Sections and keys that are named before the rest is only counted.
const NAMED: usize = 4;

/// What a revision changed, in one or two sentences.
pub(super) fn changes(language: &Catalogue, changes: &[Change], is_approval: bool) -> String {
    let mut phrases: Vec<String> = Vec::new();
    let (mut added, mut removed, mut changed, mut keys) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for change in changes {
        match change {
            Change::Created => phrases.push(language.text("change-created")),
            Change::Moved(_) if changes.len() == 1 => phrases.push(language.text("change-renamed")),
            Change::Moved(_) => {}
            Change::FactAdded(key) if key == "status" => keys.push(key.clone()),
            Change::FactChanged(key, from, to) if key == "status" => {
                let name = |status: &str| {
                    if language.has(&format!("status-{status}")) { language.text(&format!("status-{status}")) } else { status.to_owned() }
                };
                phrases.push(language.with("change-status", [("from", name(from).into()), ("to", name(to).into())]));
            }
            Change::FactChanged(key, from, to) if key.starts_with("actions.") && key.ends_with(".status") => {
                let id = key.trim_start_matches("actions.").trim_end_matches(".status");
                phrases.push(format!("{id}: {from} → {to}"));
            }
            Change::FactChanged(key, from, to) if !key.contains('.') && from.chars().count() + to.chars().count() < 40 => {
                keys.push(format!("{key} {from} → {to}"));
            }
            Change::FactAdded(key) | Change::FactRemoved(key) | Change::FactChanged(key, ..) => {
                keys.push(key.split('.').next().unwrap_or(key).to_owned());
            }
            Change::SectionAdded(title) => added.push(title.clone()),
            Change::SectionRemoved(title) => removed.push(title.clone()),
            Change::SectionChanged(title) if title.is_empty() => changed.push(language.text("sections-opening")),
            Change::SectionChanged(title) => changed.push(title.clone()),
            Change::TimelineRows(title, rows) => changed.push(format!("{title} ({}{})", if *rows < 0 { "−" } else { "+" }, rows.abs())),
            Change::Images(count) => phrases.push(language.count("change-images", *count)),
            Change::LayoutOnly => phrases.push(language.text(if is_approval { "change-approval" } else { "change-bookkeeping" })),
        }
    }
    for (id, key, mut names) in [
        ("change-sections-added", "sections", added),
        ("change-sections", "sections", changed),
        ("change-sections-removed", "sections", removed),
        ("change-front-matter", "keys", keys),
    ] {
        names.sort();
        names.dedup();
        if !names.is_empty() {
            phrases.push(language.with(id, [(key, FluentValue::from(some_of(&names)))]));
        }
    }
    phrases.join(". ")
}

/// What a revision changed, for people who read it in a terminal.
#[must_use]
pub fn change_words(language: &Catalogue, changed: &[Change]) -> String {
    changes(language, changed, false)
}

/// The first few names, and how many more there are.
fn some_of(names: &[String]) -> String {
    let named = names.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    if names.len() > NAMED { format!("{named} +{}", names.len() - NAMED) } else { named }
}

/// Why an approval does not count.
pub(super) fn rejection(language: &Catalogue, rejection: Rejection) -> String {
    language.text(match rejection {
        Rejection::Reverted => "approval-reverted",
        Rejection::Wrote => "approval-wrote",
        Rejection::Bot => "approval-bot",
        Rejection::Unidentified => "approval-unidentified",
        Rejection::NotAnApprover => "approval-not-approver",
        Rejection::KindNotAccepted => "approval-kind",
        Rejection::NotVerified => "approval-unverified",
        Rejection::SignedByOther => "approval-unsigned",
    })
}

/// Why a postmortem is not outside.
pub(in crate::view) fn held_back(language: &Catalogue, reason: &HeldBack) -> String {
    match reason {
        HeldBack::Unreviewed(needed) => language.with("held-approvals", [("needed", (*needed).into())]),
        HeldBack::NotMarkedWhenApproved => language.text("held-not-marked"),
        HeldBack::Draft => language.text("held-draft"),
        HeldBack::Withdrawn => language.text("held-withdrawn"),
        HeldBack::Severity => language.text("held-severity"),
        HeldBack::Delay(until) => language.with("held-delay", [("date", language.date(until.date_naive()).into())]),
        HeldBack::DelayUnknown => language.text("held-delay-unknown"),
        HeldBack::Findings(rules) => language.with("held-findings", [("count", rules.len().into()), ("rules", rules.join(", ").into())]),
        HeldBack::Unreadable => language.text("held-unreadable"),
        HeldBack::NotCommitted => language.text("held-not-committed"),
    }
}

/// A deadline as people say it.
pub(super) fn limit(language: &Catalogue, deadline: Deadline) -> String {
    match deadline {
        Deadline::Within(duration) if duration.num_hours() <= 72 => language.with("limit-hours", [("hours", duration.num_hours().into())]),
        #[expect(clippy::cast_precision_loss, reason = "minutes of a deadline")]
        Deadline::Within(duration) => language.duration(duration.num_minutes() as f64),
        Deadline::BusinessDays(days) => language.with("limit-business-days", [("days", days.into())]),
    }
}

/// A role as the interface calls it, else as written.
pub(super) fn role(language: &Catalogue, written: &str) -> String {
    let id = format!("role-{written}");
    if language.has(&id) { language.text(&id) } else { written.to_owned() }
}
