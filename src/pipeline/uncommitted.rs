use std::collections::BTreeMap;

use super::{Loaded, build::older_text};

/// Titles of the sections that say something which no commit holds, by the key of their postmortem. Of a document in no commit those are all of them;
/// a document in which only the front matter changed has none.
#[must_use]
pub fn uncommitted_sections(loaded: &Loaded) -> BTreeMap<String, Vec<String>> {
    let changed = loaded.corpus.entries().iter().filter(|entry| loaded.uncommitted.contains(entry.path()));
    changed
        .map(|entry| {
            let reviewed = entry.checked.reviewed();
            let last = reviewed.revisions().last().and_then(|revision| older_text(loaded, revision.revision.blob));
            let parsed = reviewed.parsed();
            let is_new = |text: &str| last.as_ref().is_none_or(|last| !last.contains(text.trim()));
            let sections = parsed.outer_sections().filter(|section| is_new(parsed.source().slice(section.body)));
            (entry.key.clone(), sections.map(|section| section.title.clone()).collect())
        })
        .collect()
}
