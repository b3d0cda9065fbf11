use super::{Reading, ReadingSection};
use crate::view::value::template_structs;

template_structs! {
    /// A later approved revision that changed what is read.
    Correction {
        /// When it was approved.
        date: String,
        /// Titles of the sections that changed.
        parts: Vec<String>,
    }
}

/// Titles of the sections that differ between two readings; empty when only facts or the summary do.
pub(super) fn changed_sections(before: &Reading, after: &Reading) -> Vec<String> {
    let is_new = |section: &&ReadingSection| !before.sections.contains(section);
    after
        .sections
        .iter()
        .filter(is_new)
        .filter(|section| !section.is_customer_summary && !section.title.is_empty())
        .map(|section| section.title.clone())
        .collect()
}
