use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::{
    ObjectId, RepoError,
    objects::{Kind, Objects},
    similarity::Fingerprint,
    tree::Change,
};

/// Least similarity of two texts that are one document, in per cent; git's default.
const LIKE: usize = 50;
/// Similarity that makes an only pair of equal names one document before all pairs are weighed; git's default.
const LIKE_BY_NAME: usize = 75;
/// With more pairs than this only equal names are compared; git's default.
const PAIRS: usize = 1_000_000;

/// A file that a commit moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Rename {
    pub(super) from: Vec<u8>,
    pub(super) to: Vec<u8>,
    /// The text before.
    pub(super) old: ObjectId,
    /// Whether every byte stayed.
    pub(super) is_exact: bool,
}

/// Pairs added files with removed ones: first those with equal bytes, then the most similar ones. A removed file goes to one added file only: there are no
/// copies.
///
/// # Errors
/// A damaged object. A missing text is like nothing (partial clones).
pub(super) fn find<'a>(objects: &Objects<'_>, changes: impl IntoIterator<Item = &'a Change>) -> Result<Vec<Rename>, RepoError> {
    let (mut added, mut removed) = (Vec::new(), Vec::new());
    for change in changes {
        match (change.old, change.new) {
            (None, Some(id)) => added.push(Side::new(&change.path, id)),
            (Some(id), None) => removed.push(Side::new(&change.path, id)),
            _ => {}
        }
    }
    if added.is_empty() || removed.is_empty() {
        return Ok(Vec::new());
    }
    let mut pairs = Pairs { added: &added, removed: &removed, renames: Vec::new(), found: HashSet::new(), used: HashSet::new() };
    pairs.equal();
    pairs.similar(objects)?;
    Ok(pairs.renames)
}

struct Side<'a> {
    path: &'a [u8],
    name: &'a [u8],
    id: ObjectId,
}

impl<'a> Side<'a> {
    fn new(path: &'a [u8], id: ObjectId) -> Self {
        Self { path, name: document_name(path), id }
    }
}

/// Whether the text of a file could become a document: pictures and the like are matched by equal bytes only.
pub(super) fn is_text(path: &[u8]) -> bool {
    const TEXT: &[&[u8]] = &[b"md", b"markdown", b"mdx", b"mkd", b"txt", b"rst", b"adoc", b"org", b"html", b"erb"];
    let file = path.rsplit(|byte| *byte == b'/').next().unwrap_or_default();
    match *file.rsplitn(2, |byte| *byte == b'.').collect::<Vec<_>>() {
        [extension, _] => TEXT.iter().any(|text| extension.eq_ignore_ascii_case(text)) || extension.contains(&b' '),
        _ => true,
    }
}

/// What people call the document: `a` for `x/a.md` and for `x/a/index.md`.
fn document_name(path: &[u8]) -> &[u8] {
    let mut parts = path.rsplit(|byte| *byte == b'/');
    let file = parts.next().unwrap_or_default();
    let stem = file.strip_suffix(b".md").or_else(|| file.strip_suffix(b".markdown")).unwrap_or(file);
    if stem == b"index" { parts.next().unwrap_or(stem) } else { stem }
}

struct Pairs<'a> {
    added: &'a [Side<'a>],
    removed: &'a [Side<'a>],
    renames: Vec<Rename>,
    found: HashSet<usize>,
    used: HashSet<usize>,
}

impl Pairs<'_> {
    fn pair(&mut self, from: usize, to: usize) {
        if let (Some(source), Some(target)) = (self.removed.get(from), self.added.get(to))
            && !self.used.contains(&from)
            && self.found.insert(to)
        {
            self.used.insert(from);
            self.renames.push(Rename { from: source.path.to_vec(), to: target.path.to_vec(), old: source.id, is_exact: source.id == target.id });
        }
    }

    /// Equal bytes; of several, equal names first. Empty files are like nothing.
    fn equal(&mut self) {
        let mut sources: HashMap<ObjectId, Vec<usize>> = HashMap::new();
        for (place, side) in self.removed.iter().enumerate().filter(|(_, side)| !side.id.is_empty_blob()) {
            sources.entry(side.id).or_default().push(place);
        }
        for needs_name in [true, false] {
            for (to, target) in self.added.iter().enumerate() {
                let candidates = sources.get(&target.id).map(Vec::as_slice).unwrap_or_default();
                let is_free = |from: &&usize| !self.used.contains(from);
                let is_named = |from: &&usize| !needs_name || self.removed.get(**from).is_some_and(|source| source.name == target.name);
                if let Some(from) = candidates.iter().filter(is_free).find(is_named).copied() {
                    self.pair(from, to);
                }
            }
        }
    }

    fn similar(&mut self, objects: &Objects<'_>) -> Result<(), RepoError> {
        let rest = |sides: &[Side<'_>], taken: &HashSet<usize>| -> Vec<usize> {
            sides.iter().enumerate().filter(|(place, side)| !taken.contains(place) && is_text(side.path)).map(|(place, _)| place).collect()
        };
        let (to, from) = (rest(self.added, &self.found), rest(self.removed, &self.used));
        if to.is_empty() || from.is_empty() {
            return Ok(());
        }
        let mut texts = Texts { objects, sizes: HashMap::new(), prints: HashMap::new() };
        for (from, to) in self.only_names(&from, &to) {
            if self.score(&mut texts, from, to)? >= LIKE_BY_NAME {
                self.pair(from, to);
            }
        }
        let weighs_all = from.len().saturating_mul(to.len()) <= PAIRS;
        let mut scores = Vec::new();
        for to in to.into_iter().filter(|to| !self.found.contains(to)) {
            for from in from.iter().copied().filter(|from| !self.used.contains(from)) {
                let is_named = self.added.get(to).map(|side| side.name) == self.removed.get(from).map(|side| side.name);
                if weighs_all || is_named {
                    let score = self.score(&mut texts, from, to)?;
                    if score >= LIKE {
                        scores.push((std::cmp::Reverse((score, is_named)), to, from));
                    }
                }
            }
        }
        scores.sort_unstable();
        for (_, to, from) in scores {
            self.pair(from, to);
        }
        Ok(())
    }

    /// Pairs whose name occurs once on either side.
    fn only_names(&self, from: &[usize], to: &[usize]) -> Vec<(usize, usize)> {
        let by_name = |places: &[usize], sides: &[Side<'_>]| {
            let mut names: HashMap<Vec<u8>, Vec<usize>> = HashMap::new();
            for place in places {
                if let Some(side) = sides.get(*place) {
                    names.entry(side.name.to_vec()).or_default().push(*place);
                }
            }
            names
        };
        let sources = by_name(from, self.removed);
        let mut pairs: Vec<_> = by_name(to, self.added)
            .iter()
            .filter_map(|(name, to)| match (to.as_slice(), sources.get(name).map(Vec::as_slice)) {
                ([to], Some([from])) => Some((*from, *to)),
                _ => None,
            })
            .collect();
        pairs.sort_unstable();
        pairs
    }

    fn score(&self, texts: &mut Texts<'_, '_>, from: usize, to: usize) -> Result<usize, RepoError> {
        match (self.removed.get(from), self.added.get(to)) {
            (Some(source), Some(target)) => texts.similarity(source.id, target.id),
            _ => Ok(0),
        }
    }
}

/// Texts of one commit, read when first compared.
struct Texts<'a, 'odb> {
    objects: &'a Objects<'odb>,
    sizes: HashMap<ObjectId, Option<usize>>,
    prints: HashMap<ObjectId, Fingerprint>,
}

impl Texts<'_, '_> {
    fn similarity(&mut self, one: ObjectId, other: ObjectId) -> Result<usize, RepoError> {
        let mut size = |id| *self.sizes.entry(id).or_insert_with(|| self.objects.size(id));
        let (Some(first), Some(second)) = (size(one), size(other)) else { return Ok(0) };
        if first.min(second) * 100 < first.max(second) * LIKE {
            return Ok(0);
        }
        for id in [one, other] {
            if !self.prints.contains_key(&id) {
                let print = Fingerprint::new(self.objects.read(id, Kind::Blob)?.data());
                self.prints.insert(id, print);
            }
        }
        Ok(self.prints.get(&one).zip(self.prints.get(&other)).map_or(0, |(one, other)| one.similarity(other)))
    }
}
