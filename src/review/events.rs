use std::{collections::BTreeMap, sync::Arc};

use super::{
    Change, OlderTexts,
    older::{Text, Texts},
};
use crate::{
    model::Person,
    repo::{Ancestry, Commit, Contents, Marks, ObjectId, Revision, Trail},
};

/// One commit that says something about a document: it changed it, landed it, or speaks of it.
#[derive(Debug)]
pub(super) struct Event<'a> {
    pub(super) commit: &'a Arc<Commit>,
    pub(super) path: &'a str,
    pub(super) blob: ObjectId,
    pub(super) revision: Option<&'a Revision>,
    /// Since which position of the first-parent chain the text was there; `None` for a text that a merge threw away.
    pub(super) effective: Option<usize>,
    /// The text and what it says; `None` where it can't be read.
    pub(super) text: Option<Text>,
    /// What a revision changed, and whether that matters for a review.
    pub(super) changes: Vec<Change>,
    pub(super) matters: bool,
    /// The same number for texts that say the same, with the same images.
    text_number: usize,
}

/// The events of one document, parents before children, one per commit.
#[derive(Debug)]
pub(super) struct Events<'a> {
    pub(super) list: Vec<Event<'a>>,
    /// What the text of each event contains.
    pub(super) contents: Contents,
}

impl<'a> Events<'a> {
    pub(super) fn new<O: OlderTexts>(trail: &'a Trail, ancestry: &Ancestry, texts: &mut Texts<O>) -> Self {
        let event = |commit, path, blob, revision| Event {
            commit,
            path,
            blob,
            revision,
            effective: None,
            text: None,
            changes: Vec::new(),
            matters: false,
            text_number: 0,
        };
        let revisions = trail.revisions.iter().map(|revision| event(&revision.commit, &*revision.path, revision.blob, Some(revision)));
        let others = trail.landings.iter().chain(&trail.recorded).map(|landing| event(&landing.commit, &*landing.path, landing.blob, None));
        let mut by_position: BTreeMap<usize, Event<'a>> = BTreeMap::new();
        for event in revisions.chain(others) {
            by_position.entry(event.commit.position).or_insert(event);
        }
        let list: Vec<Event<'a>> = by_position.into_values().collect();
        let positions: Vec<usize> = list.iter().map(|event| event.commit.position).collect();
        let mut events = Self { contents: ancestry.among(&positions, &trail.kept), list };
        events.find_effective();
        events.read(texts);
        events
    }

    /// Whether a reader would find the same text with the same images.
    pub(super) fn is_same_text(&self, one: usize, other: usize) -> bool {
        let number = |place: usize| self.list.get(place).map(|event| event.text_number);
        number(one) == number(other)
    }

    /// Who made a change that matters: author and co-authors; nobody for all other events.
    pub(super) fn wrote(&self, place: usize) -> impl Iterator<Item = &'a Person> {
        let commit = self.list.get(place).filter(|event| event.matters).map(|event| event.commit);
        commit.into_iter().flat_map(|commit| std::iter::once(&commit.author).chain(&commit.co_authors))
    }

    /// For each event, the commit by which the approvals that it gave were taken back: the one that reverts it, or one that reverts the text that it
    /// was for to one from before.
    pub(super) fn reverted(&self, reverts: &BTreeMap<ObjectId, Arc<Commit>>) -> Vec<Option<Arc<Commit>>> {
        let mut reverted: Vec<_> = self.list.iter().map(|event| reverts.get(&event.commit.id).cloned()).collect();
        if reverts.is_empty() {
            return reverted;
        }
        for (place, event) in self.list.iter().enumerate() {
            let Some(revert) = reverts.get(&event.commit.id) else { continue };
            let Some(restoring) = self.list.iter().position(|other| other.commit.id == revert.id && other.revision.is_some()) else { continue };
            if self.is_same_text(place, restoring) || !(0..place).any(|earlier| self.is_same_text(earlier, restoring)) {
                continue;
            }
            for (approving, reverted) in reverted.iter_mut().enumerate().take(restoring) {
                if reverted.is_none() && self.is_same_text(approving, place) {
                    *reverted = Some(Arc::clone(revert));
                }
            }
        }
        reverted
    }

    fn find_effective(&mut self) {
        let chain: Vec<(usize, usize)> = self
            .list
            .iter()
            .enumerate()
            .filter(|(_, event)| event.commit.on_first_parent)
            .map(|(place, event)| (place, event.commit.position))
            .collect();
        for (place, event) in self.list.iter_mut().enumerate() {
            let after = chain.get(chain.partition_point(|(other, _)| *other < place)..).unwrap_or_default();
            let arrived = after.iter().find(|(other, _)| self.contents.contains(*other, place));
            event.effective = arrived.map(|(_, position)| *position);
        }
        // Beside the chain, a commit speaks of a text that came to it in another way, or not at all.
        if self.list.iter().any(|event| event.effective.is_none()) {
            let known: Vec<(ObjectId, usize)> = self.list.iter().filter_map(|event| Some((event.blob, event.effective?))).collect();
            for event in self.list.iter_mut().filter(|event| event.effective.is_none()) {
                event.effective = known.iter().filter(|(blob, _)| *blob == event.blob).map(|(_, effective)| *effective).max();
            }
        }
    }

    /// Reads the texts, compares each with the one before it, and tells which are the same.
    fn read<O: OlderTexts>(&mut self, texts: &mut Texts<O>) {
        let mut images: Vec<Marks> = Vec::with_capacity(self.list.len());
        // The first of each text, by a digest of what it says.
        let mut known: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        let drawn: Vec<usize> = (0..self.list.len()).filter(|place| self.list.get(*place).is_some_and(changes_images)).collect();
        for place in 0..self.list.len() {
            let Some(event) = self.list.get(place) else { continue };
            let text = texts.get(event.path, event.blob);
            let (mut changes, mut matters) = (Vec::new(), false);
            if let Some(revision) = event.revision {
                let before = revision.before.map(|blob| texts.get(revision.renamed_from.as_ref().unwrap_or(&revision.path), blob));
                (changes, matters) = compare(revision, before.flatten().as_ref(), text.as_ref());
                matters &= !revision.assets.is_empty() || !(revision.is_clean_merge || self.is_taken_over(place, text.as_ref()));
            }
            let mut seen = Marks::default();
            drawn.iter().filter(|drawn| self.contents.contains(place, **drawn)).for_each(|drawn| seen.insert(*drawn));
            let alike = known.entry(text.as_ref().map_or(0, |(_, substance)| substance.digest())).or_default();
            let is_same = |earlier: &&usize| {
                let other = self.list.get(**earlier).and_then(|event| event.text.as_ref());
                says_the_same(other, text.as_ref()) && images.get(**earlier) == Some(&seen)
            };
            let text_number = alike.iter().find(is_same).copied().unwrap_or(place);
            if text_number == place {
                alike.push(place);
            }
            images.push(seen);
            if let Some(event) = self.list.get_mut(place) {
                (event.text, event.changes, event.matters, event.text_number) = (text, changes, matters, text_number);
            }
        }
    }

    /// Whether a merge took over the text of one of the lines that it joins: then who merged wrote nothing.
    fn is_taken_over(&self, place: usize, text: Option<&Text>) -> bool {
        if self.list.get(place).is_none_or(|event| event.commit.parents.len() < 2) {
            return false;
        }
        let joined: Vec<usize> = (0..place).filter(|earlier| self.contents.contains(place, *earlier)).collect();
        let is_newest = |one: usize| !joined.iter().any(|other| *other != one && self.contents.contains(*other, one));
        let mut newest = joined.iter().filter(|one| is_newest(**one)).filter_map(|one| self.list.get(*one));
        newest.any(|event| says_the_same(event.text.as_ref(), text))
    }
}

/// Whether it changed images that are there still. Those of a branch that a merge threw away are not.
fn changes_images(event: &Event<'_>) -> bool {
    event.effective.is_some() && event.revision.is_some_and(|revision| !revision.assets.is_empty())
}

/// A text that can't be read is like none.
fn says_the_same(one: Option<&Text>, other: Option<&Text>) -> bool {
    let substance = |text: Option<&Text>| text.map(|(_, substance)| Arc::clone(substance));
    substance(one).zip(substance(other)).is_some_and(|(one, other)| Arc::ptr_eq(&one, &other) || one.matters_like(&other))
}

/// What a revision changed, and whether that matters for a review. `before` is the text in its first parent, as far as it can be read.
fn compare(revision: &Revision, before: Option<&Text>, after: Option<&Text>) -> (Vec<Change>, bool) {
    let mut changes: Vec<Change> = revision.renamed_from.iter().cloned().map(Change::Moved).collect();
    let mut matters = true;
    if revision.before.is_none() {
        changes.push(Change::Created);
    } else if let (Some((_, before)), Some((_, after))) = (before, after) {
        changes.extend(Change::between(before, after));
        matters = !before.matters_like(after) || !revision.assets.is_empty();
    }
    if !revision.assets.is_empty() {
        changes.push(Change::Images(revision.assets.len()));
    }
    if changes.is_empty() {
        changes.push(Change::LayoutOnly);
    }
    (changes, matters)
}
