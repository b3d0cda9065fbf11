use super::Substance;

/// One thing that a revision changed, ready to be said in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The first revision of the document.
    Created,
    /// The file was moved; its path before.
    Moved(String),
    /// A fact of the front matter appeared.
    FactAdded(String),
    /// A fact of the front matter went away.
    FactRemoved(String),
    /// A fact of the front matter changed: key, before, after.
    FactChanged(String, String, String),
    /// A section appeared.
    SectionAdded(String),
    /// A section went away.
    SectionRemoved(String),
    /// The words of a section changed; an empty title is the text before the first section.
    SectionChanged(String),
    /// A timeline gained or lost rows: title of the section, difference.
    TimelineRows(String, i64),
    /// So many images beside the text were added, changed or removed.
    Images(usize),
    /// Nothing that a reader would notice: white space, quoting, line breaks.
    LayoutOnly,
}

impl Change {
    /// What lies between two revisions of one document, bookkeeping included.
    #[must_use]
    pub fn between(before: &Substance, after: &Substance) -> Vec<Self> {
        let mut changes = Vec::new();
        let (facts_before, facts_after) = (&before.facts, &after.facts);
        let pairs = [(&facts_before.bookkeeping, &facts_after.bookkeeping), (&facts_before.telling, &facts_after.telling)];
        for (old, new) in pairs.into_iter().filter(|_| !std::sync::Arc::ptr_eq(facts_before, facts_after)) {
            for (key, value) in new {
                match old.get(key) {
                    None => changes.push(Self::FactAdded(key.clone())),
                    Some(previous) if previous != value => changes.push(Self::FactChanged(key.clone(), previous.clone(), value.clone())),
                    Some(_) => {}
                }
            }
            changes.extend(old.keys().filter(|key| !new.contains_key(*key)).map(|key| Self::FactRemoved(key.clone())));
        }
        for section in &after.sections {
            match before.sections.iter().find(|other| other.title == section.title) {
                None => changes.push(Self::SectionAdded(section.title.clone())),
                Some(other) if !std::sync::Arc::ptr_eq(other, section) && other.words != section.words => {
                    changes.push(match (other.rows, section.rows) {
                        (Some(old), Some(new)) if old != new => Self::TimelineRows(section.title.clone(), signed(new) - signed(old)),
                        _ => Self::SectionChanged(section.title.clone()),
                    });
                }
                Some(_) => {}
            }
        }
        let gone = before.sections.iter().filter(|section| !after.sections.iter().any(|other| other.title == section.title));
        changes.extend(gone.map(|section| Self::SectionRemoved(section.title.clone())));
        changes
    }
}

fn signed(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
