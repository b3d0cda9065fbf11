use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use similar::{Algorithm, DiffTag, capture_diff_slices};

/// What the page of one postmortem says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageText {
    /// Path of the document.
    pub path: String,
    /// Address below the site's root.
    pub address: String,
    /// Title.
    pub title: String,
    /// What it says, in the order of the page.
    pub parts: Vec<TextPart>,
}

/// A part of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextPart {
    /// What it is: the title of a section, `Title`, `Severity` and so on.
    pub name: String,
    /// Its sentences, rows and values as plain text.
    pub sentences: Vec<String>,
}

/// The pages of an audience at one commit.
#[derive(Debug, Clone, Default)]
pub struct Side {
    /// Pages that the audience reads.
    pub read: Vec<PageText>,
    /// What it would read of each document if the newest text were approved.
    pub awaiting: Vec<PageText>,
    /// Every path that a document of this side had, with its path now.
    pub paths: BTreeMap<String, String>,
    /// Paths, now and before, of documents that nobody may know of.
    pub privileged: BTreeSet<String>,
}

/// What an audience would see change.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SiteDifference {
    /// Pages that differ, in the order of their paths; those that wait for an approval stand last.
    pub pages: Vec<ChangedPage>,
    /// Pages that disappear because their documents are privileged now. They are not named.
    pub privileged: usize,
}

/// A page that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedPage {
    /// How.
    pub change: Change,
    /// Since when the audience sees it.
    pub when: When,
    /// Path of the document.
    pub path: String,
    /// Address below the site's root.
    pub address: String,
    /// Address before, where it differs.
    pub previous_address: Option<String>,
    /// Title of the page.
    pub title: String,
    /// What differs in its text.
    pub parts: Vec<ChangedPart>,
}

/// How a page differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It was not there.
    Appears,
    /// It is not there any more.
    Disappears,
    /// It says something else, or stands elsewhere.
    Changes,
}

impl Change {
    /// The word of text and JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Appears => "appears",
            Self::Disappears => "disappears",
            Self::Changes => "changes",
        }
    }
}

/// Since when an audience sees a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// With the newer commit.
    Now,
    /// Once its text is approved.
    Approved,
}

/// A part of a page that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedPart {
    /// What it is.
    pub name: String,
    /// Sentences that are gone and new, in the order in which they are read: whether it is new, and its text.
    pub sentences: Vec<(bool, String)>,
}

impl SiteDifference {
    /// Compares what an audience reads on two sides.
    #[must_use]
    pub fn between(before: &Side, after: &Side) -> Self {
        let mut difference = Self::default();
        let old = by_document(&before.read, after);
        let new: BTreeMap<&str, &PageText> = after.read.iter().map(|page| (&*page.path, page)).collect();
        let documents: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
        for document in documents {
            match (old.get(document), new.get(document)) {
                (Some(_), None) if after.privileged.contains(document) => difference.privileged += 1,
                (old, new) => difference.pages.extend(changed(old.copied(), new.copied(), When::Now)),
            }
        }
        // What waited before the range began is not news of the range.
        let waited = by_document(&before.awaiting, after);
        for page in &after.awaiting {
            if waited.get(&*page.path).is_none_or(|waited| waited.parts != page.parts) {
                difference.pages.extend(changed(new.get(&*page.path).copied(), Some(page), When::Approved));
            }
        }
        difference
    }
}

/// Pages of the older side by the path that their document has on the newer one.
fn by_document<'a>(pages: &'a [PageText], after: &'a Side) -> BTreeMap<&'a str, &'a PageText> {
    pages.iter().map(|page| (after.paths.get(&page.path).map_or(&*page.path, |path| &**path), page)).collect()
}

fn changed(before: Option<&PageText>, after: Option<&PageText>, when: When) -> Option<ChangedPage> {
    let shown = after.or(before)?;
    let change = match (before, after) {
        (None, _) => Change::Appears,
        (_, None) => Change::Disappears,
        _ => Change::Changes,
    };
    let previous_address = before.filter(|before| before.address != shown.address).map(|before| before.address.clone());
    let parts = |page: Option<&PageText>| page.map(|page| page.parts.clone()).unwrap_or_default();
    // Of a page that goes away nobody needs to read every sentence.
    let parts = if change == Change::Disappears { Vec::new() } else { changed_parts(&parts(before), &parts(after)) };
    if change == Change::Changes && parts.is_empty() && previous_address.is_none() {
        return None;
    }
    Some(ChangedPage { change, when, path: shown.path.clone(), address: shown.address.clone(), previous_address, title: shown.title.clone(), parts })
}

fn changed_parts(before: &[TextPart], after: &[TextPart]) -> Vec<ChangedPart> {
    let mut known: FxHashMap<&str, Vec<&TextPart>> = FxHashMap::default();
    for part in before.iter().rev() {
        known.entry(&part.name).or_default().push(part);
    }
    let mut changed = Vec::new();
    for part in after {
        let old = known.get_mut(&*part.name).and_then(Vec::pop);
        let sentences = changed_sentences(old.map(|part| &*part.sentences).unwrap_or_default(), &part.sentences);
        if !sentences.is_empty() {
            changed.push(ChangedPart { name: part.name.clone(), sentences });
        }
    }
    for part in before {
        let is_left = known.get_mut(&*part.name).is_some_and(|left| left.iter().any(|left| std::ptr::eq(*left, part)));
        if is_left && !part.sentences.is_empty() {
            changed.push(ChangedPart { name: part.name.clone(), sentences: part.sentences.iter().map(|text| (false, text.clone())).collect() });
        }
    }
    changed
}

fn changed_sentences(before: &[String], after: &[String]) -> Vec<(bool, String)> {
    /// Sentences beyond which they are not paired, so that no text can make this slow.
    const PAIRED: usize = 2000;
    let (old, new) = (|text: &String| (false, text.clone()), |text: &String| (true, text.clone()));
    if before == after {
        return Vec::new();
    }
    if before.len().max(after.len()) > PAIRED {
        return before.iter().map(old).chain(after.iter().map(new)).collect();
    }
    let ops = capture_diff_slices(Algorithm::Myers, before, after);
    let changed = ops.into_iter().filter(|op| op.tag() != DiffTag::Equal);
    changed
        .flat_map(|op| {
            let gone = before.get(op.old_range()).unwrap_or_default().iter().map(old);
            gone.chain(after.get(op.new_range()).unwrap_or_default().iter().map(new)).collect::<Vec<_>>()
        })
        .collect()
}
