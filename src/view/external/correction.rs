use super::{Reading, ReadingSection};
use crate::{i18n::Catalogue, view::value::template_structs};

template_structs! {
    /// A later text that changed what is read.
    Correction {
        /// When it was approved.
        date: String,
        /// What it changed, as phrases; empty where no words tell it.
        changes: Vec<String>,
    }
}

/// What differs between two readings, in the order of the page. It names what changed and never says what stood there: that may have been taken
/// away for a reason.
pub(super) fn changes(before: &Reading, after: &Reading, language: &Catalogue) -> Vec<String> {
    let facts = [
        (before.title != after.title, "correction-title"),
        (before.severity != after.severity, "correction-severity"),
        (before.summary != after.summary || customer_summary(before) != customer_summary(after), "correction-summary"),
        (before.services != after.services, "correction-services"),
        ((before.resolved, before.ended, before.is_ongoing) != (after.resolved, after.ended, after.is_ongoing), "correction-resolved"),
        ((before.started, before.began) != (after.started, after.began), "correction-started"),
        (before.rows != after.rows, "correction-timeline"),
    ];
    let mut changes: Vec<String> = facts.into_iter().filter(|(differs, _)| *differs).map(|(_, id)| language.text(id)).collect();
    let quoted = |id: &str, title: &str| language.with(id, [("title", title.to_owned().into())]);
    for section in after.sections.iter().filter(|section| !section.is_customer_summary()) {
        match before.sections.iter().find(|other| other.title == section.title) {
            None if section.title.is_empty() => changes.push(language.text("correction-details")),
            None => changes.push(quoted("correction-added", &section.title)),
            Some(_) if before.sections.contains(section) => {}
            Some(_) if section.title.is_empty() => changes.push(language.text("correction-details")),
            Some(_) => changes.push(quoted("correction-section", &section.title)),
        }
    }
    let is_gone = |section: &&ReadingSection| !section.is_customer_summary() && after.sections.iter().all(|other| other.title != section.title);
    let gone = before.sections.iter().filter(is_gone).count();
    if gone > 0 {
        changes.push(language.count("correction-removed", gone));
    }
    changes.dedup();
    changes
}

/// The section that is written for customers by definition.
fn customer_summary(reading: &Reading) -> Option<&ReadingSection> {
    reading.sections.iter().find(|section| section.is_customer_summary())
}
