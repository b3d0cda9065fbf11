use aho_corasick::{AhoCorasick, AhoCorasickKind};
use rustc_hash::FxHashMap;

use super::{
    form::{self, Form},
    ids::Ids,
    internal::{Identifier, Matching},
};

/// What the report shows of a text that nobody may be shown.
pub(super) const PRIVILEGED: &str = "(privileged)";

/// Every identifier, in one automaton for each way in which it is recognised.
#[derive(Debug)]
pub(super) struct Needles {
    exact: Automaton,
    worded: Automaton,
    ids: Ids,
}

/// Which identifiers an audience reads anyway.
#[derive(Debug)]
pub(super) struct Permission {
    exact: Vec<bool>,
    worded: Vec<bool>,
    ids: Vec<bool>,
}

/// An identifier that was found.
pub(super) struct Found<'a> {
    pub(super) kind: &'static str,
    pub(super) text: &'a str,
    pub(super) from: Option<&'a str>,
    pub(super) line: Option<usize>,
}

#[derive(Debug)]
struct Automaton {
    automaton: AhoCorasick,
    pieces: Vec<(String, Identifier)>,
}

impl Needles {
    /// `None` when they are too many for an automaton.
    pub(super) fn new(identifiers: Vec<Identifier>, ids: Vec<(&'static str, String)>) -> Option<Self> {
        let (exact, worded) = identifiers.into_iter().partition(|identifier| identifier.matching == Matching::Exact);
        Some(Self { exact: Automaton::new(exact, form::spaced)?, worded: Automaton::new(worded, form::worded)?, ids: Ids::new(ids) })
    }

    /// What stands in texts that an audience reads.
    pub(super) fn permitted(&self, texts: &[String]) -> Permission {
        // Each text on a line of its own: two that stand side by side by chance say nothing together.
        let all = |form: fn(&str) -> String| texts.iter().map(|text| form(text)).collect::<Vec<_>>().join("\n");
        let spaced = all(form::spaced);
        Permission { exact: self.exact.standing_in(&spaced), worded: self.worded.standing_in(&all(form::worded)), ids: self.ids.standing_in(&spaced) }
    }

    /// What must not stand in a text and does.
    pub(super) fn find(&self, text: &Form, permission: &Permission) -> Vec<Found<'_>> {
        let mut found = self.exact.find(text, &permission.exact);
        let ids = self.ids.find(&text.text, &permission.ids);
        found.extend(ids.into_iter().map(|(kind, id, at)| Found { kind, text: id, from: None, line: text.line_at(at) }));
        found
    }

    /// The same in a text of words.
    pub(super) fn find_words(&self, text: &Form, permission: &Permission) -> Vec<Found<'_>> {
        self.worded.find(text, &permission.worded)
    }

    /// How many are looked for.
    pub(super) fn searched(permission: &Permission) -> usize {
        [&permission.exact, &permission.worded, &permission.ids].into_iter().flatten().filter(|is_permitted| !**is_permitted).count()
    }
}

impl Automaton {
    fn new(identifiers: Vec<Identifier>, form: fn(&str) -> String) -> Option<Self> {
        let mut places: FxHashMap<String, usize> = FxHashMap::default();
        let mut pieces: Vec<(String, Identifier)> = Vec::new();
        for identifier in identifiers {
            let text = form(&identifier.text);
            if !text.is_empty() && places.insert(text.clone(), pieces.len()).is_none() {
                pieces.push((text, identifier));
            }
        }
        // A few megabytes are looked through with many needles: to make a denser automaton would take longer than it saves.
        let mut builder = AhoCorasick::builder();
        builder.kind(Some(AhoCorasickKind::NoncontiguousNFA)).prefilter(false);
        let automaton = builder.build(pieces.iter().map(|(text, _)| text)).ok()?;
        Some(Self { automaton, pieces })
    }

    /// Pieces that stand in a text on word boundaries: their index, and where.
    fn hits(&self, text: &str) -> impl Iterator<Item = (usize, usize)> {
        let found = self.automaton.find_overlapping_iter(text);
        found.filter(|hit| is_whole(text, hit.start(), hit.end())).map(|hit| (hit.pattern().as_usize(), hit.start()))
    }

    fn standing_in(&self, text: &str) -> Vec<bool> {
        let mut stands = vec![false; self.pieces.len()];
        for (index, _) in self.hits(text) {
            if let Some(stands) = stands.get_mut(index) {
                *stands = true;
            }
        }
        stands
    }

    fn find(&self, text: &Form, permitted: &[bool]) -> Vec<Found<'_>> {
        let hits = self.hits(&text.text).filter(|(index, _)| permitted.get(*index) == Some(&false));
        let found = hits.filter_map(|(index, at)| {
            let (piece, identifier) = self.pieces.get(index)?;
            let shown = if identifier.is_privileged { PRIVILEGED } else { piece };
            Some(Found { kind: identifier.kind, text: shown, from: identifier.from.as_deref(), line: text.line_at(at) })
        });
        found.collect()
    }
}

/// Whether a match is no part of a longer word.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(|before| before.chars().next_back());
    let after = text.get(end..).and_then(|after| after.chars().next());
    let first = text.get(start..end).and_then(|hit| hit.chars().next());
    let last = text.get(start..end).and_then(|hit| hit.chars().next_back());
    let joins = |one: Option<char>, other: Option<char>| {
        one.zip(other).is_some_and(|(one, other)| one.is_ascii_alphanumeric() && other.is_ascii_alphanumeric())
    };
    !joins(before, first) && !joins(last, after)
}
