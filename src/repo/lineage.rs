//! Which commits touched which document: from the tip towards the past, with a map of where each document was.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    rc::Rc,
};

use super::{
    ObjectId,
    differences::Difference,
    graph::{Graph, Node},
    scope::Scope,
};

/// A document, by its place in the sorted list of the documents of the tip.
pub(super) type Document = usize;

/// A change of a document or of its bundle. Commits are places in the graph.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Touch {
    pub(super) commit: usize,
    pub(super) path: Vec<u8>,
    /// `None` where only the bundle changed: the text has to be looked up.
    pub(super) blob: Option<ObjectId>,
    /// The text in the first parent; `None` also where only the bundle changed.
    pub(super) before: Option<ObjectId>,
    pub(super) renamed_from: Option<Vec<u8>>,
    pub(super) assets: Vec<String>,
}

/// Touches per document, newest first.
#[derive(Debug, Default)]
pub(super) struct Lineage {
    pub(super) revisions: Vec<Vec<Touch>>,
    pub(super) landings: Vec<Vec<Touch>>,
    /// For each document, merges beside the first-parent chain that kept the text of some parents only, with those parents. Places in the graph.
    pub(super) kept: Vec<Vec<(usize, Vec<usize>)>>,
    /// Where documents came from outside of the scope: what is before that is still unknown.
    pub(super) outside: BTreeSet<Vec<u8>>,
}

/// Where the documents are in one commit, as far as that differs from the tip. Shared by all commits between two renames.
type Moved = HashMap<usize, Vec<Document>>;

struct Paths {
    numbers: HashMap<Vec<u8>, usize>,
    documents: usize,
    has_bundles: bool,
}

impl Paths {
    fn number(&mut self, path: &[u8]) -> usize {
        if let Some(number) = self.numbers.get(path) {
            return *number;
        }
        let number = self.numbers.len();
        self.has_bundles |= is_bundle(path);
        self.numbers.insert(path.to_vec(), number);
        number
    }

    /// The documents that are at `path`. Two only where histories join that took different ways.
    fn at(&self, moved: &Moved, path: &[u8]) -> Vec<Document> {
        self.numbers.get(path).map(|number| self.at_number(moved, *number)).unwrap_or_default()
    }

    fn at_number(&self, moved: &Moved, number: usize) -> Vec<Document> {
        match moved.get(&number) {
            Some(documents) => documents.clone(),
            None if number < self.documents => vec![number],
            None => Vec::new(),
        }
    }

    /// The bundle that a file belongs to, with the path of its text: the nearest folder above it with an `index.md` that is a document.
    fn bundle(&self, moved: &Moved, path: &[u8]) -> Option<(Vec<u8>, Vec<Document>)> {
        let mut folder = path;
        while let Some(end) = folder.iter().rposition(|byte| *byte == b'/') {
            folder = folder.get(..end)?;
            for name in [&b"/index.md"[..], b"/index.markdown"] {
                let index = [folder, name].concat();
                let documents = self.at(moved, &index);
                if !documents.is_empty() {
                    return Some((index, documents));
                }
            }
        }
        None
    }
}

fn is_bundle(path: &[u8]) -> bool {
    path.ends_with(b"/index.md") || path.ends_with(b"/index.markdown")
}

/// Follows the documents (sorted paths at the tip) through all differences.
pub(super) fn follow(graph: &Graph, differences: &[Vec<Difference>], documents: &[&str], scope: &Scope) -> Lineage {
    let mut paths = Paths { numbers: HashMap::new(), documents: documents.len(), has_bundles: false };
    for path in documents {
        paths.number(path.as_bytes());
    }
    let mut lineage = Lineage {
        revisions: documents.iter().map(|_| Vec::new()).collect(),
        landings: documents.iter().map(|_| Vec::new()).collect(),
        kept: documents.iter().map(|_| Vec::new()).collect(),
        outside: BTreeSet::new(),
    };
    let mut states: Vec<Option<Rc<Moved>>> = graph.nodes.iter().map(|_| None).collect();
    if let Some(tip) = states.first_mut() {
        *tip = Some(Rc::default());
    }
    for (place, (node, differences)) in graph.nodes.iter().zip(differences).enumerate() {
        let Some(moved) = states.get_mut(place).and_then(Option::take) else { continue };
        if differences.iter().any(|difference| !difference.changes.is_empty()) {
            record(&mut lineage, &paths, &moved, place, node, differences);
            record_kept(&mut lineage, &paths, &moved, place, node, differences);
        }
        for (parent, difference) in node.parents.iter().zip(differences) {
            let before = before(&mut paths, &moved, difference, scope, &mut lineage.outside);
            if let Some(state) = states.get_mut(*parent) {
                *state = Some(match state.take() {
                    Some(known) => join(&paths, known, &before),
                    None => before,
                });
            }
        }
    }
    lineage
}

/// Where the documents were in a parent.
fn before(paths: &mut Paths, moved: &Rc<Moved>, difference: &Difference, scope: &Scope, outside: &mut BTreeSet<Vec<u8>>) -> Rc<Moved> {
    let mut sources = Vec::new();
    for rename in &difference.renames {
        let documents = paths.at(moved, &rename.to);
        if !documents.is_empty() {
            if !scope.contains(&rename.from) {
                outside.insert(rename.from.clone());
            }
            sources.push((paths.number(&rename.to), paths.number(&rename.from), documents));
        }
    }
    if sources.is_empty() {
        return Rc::clone(moved);
    }
    let mut before = Moved::clone(moved);
    before.extend(sources.iter().map(|(to, ..)| (*to, Vec::new())));
    before.extend(sources.into_iter().map(|(_, from, documents)| (from, documents)));
    Rc::new(before)
}

/// What two children of a commit know of it. They mostly know the same.
fn join(paths: &Paths, one: Rc<Moved>, other: &Rc<Moved>) -> Rc<Moved> {
    if Rc::ptr_eq(&one, other) || one == *other {
        return one;
    }
    let mut joined = Moved::clone(&one);
    for number in one.keys().chain(other.keys()) {
        let documents: BTreeSet<Document> = paths.at_number(&one, *number).into_iter().chain(paths.at_number(other, *number)).collect();
        joined.insert(*number, documents.into_iter().collect());
    }
    Rc::new(joined)
}

/// Notes which documents one commit touched, and which ones it landed.
fn record(lineage: &mut Lineage, paths: &Paths, moved: &Moved, place: usize, node: &Node, differences: &[Difference]) {
    let Some((first, others)) = differences.split_first() else { return };
    let lands = node.on_first_parent && !others.is_empty();
    let mut touched = BTreeMap::new();
    let mut landed = BTreeMap::new();
    for change in &first.changes {
        let documents = if change.new.is_some() { paths.at(moved, &change.path) } else { Vec::new() };
        for document in documents {
            let touch = || Touch {
                commit: place,
                path: change.path.clone(),
                blob: change.new,
                before: change.old.or_else(|| first.rename_to(&change.path).map(|rename| rename.old)),
                renamed_from: first.rename_to(&change.path).map(|rename| rename.from.clone()),
                assets: Vec::new(),
            };
            if is_touched(differences, &change.path) {
                touched.entry(document).or_insert_with(touch);
            }
            if lands {
                landed.entry(document).or_insert_with(touch);
            }
        }
    }
    if paths.has_bundles {
        for change in &first.changes {
            let is_everywhere = others.iter().all(|difference| difference.change(&change.path).is_some());
            if let Some((index, documents)) = asset(paths, moved, first, &change.path) {
                for document in documents {
                    let touch = || Touch { commit: place, path: index.clone(), blob: None, before: None, renamed_from: None, assets: Vec::new() };
                    let asset = String::from_utf8_lossy(&change.path).into_owned();
                    if is_everywhere {
                        touched.entry(document).or_insert_with(touch).assets.push(asset.clone());
                    }
                    if lands {
                        landed.entry(document).or_insert_with(touch).assets.push(asset);
                    }
                }
            }
        }
    }
    for (trails, touches) in [(&mut lineage.revisions, touched), (&mut lineage.landings, landed)] {
        for (document, touch) in touches {
            if let Some(trail) = trails.get_mut(document) {
                trail.push(touch);
            }
        }
    }
}

/// Notes of which documents a merge beside the chain took the text of some parents as it was, and not that of the others.
fn record_kept(lineage: &mut Lineage, paths: &Paths, moved: &Moved, place: usize, node: &Node, differences: &[Difference]) {
    if node.on_first_parent || differences.len() < 2 {
        return;
    }
    let is_kept =
        |difference: &Difference, path: &[u8]| difference.change(path).is_none() || difference.rename_to(path).is_some_and(|rename| rename.is_exact);
    let mut seen = BTreeSet::new();
    for change in differences.iter().flat_map(|difference| &difference.changes) {
        if change.new.is_none() || !seen.insert(&change.path) {
            continue;
        }
        let kept = node.parents.iter().zip(differences).filter(|(_, difference)| is_kept(difference, &change.path));
        let kept: Vec<usize> = kept.map(|(parent, _)| *parent).collect();
        if kept.is_empty() || kept.len() == differences.len() {
            continue;
        }
        for document in paths.at(moved, &change.path) {
            if let Some(merges) = lineage.kept.get_mut(document) {
                merges.push((place, kept.clone()));
            }
        }
    }
}

/// Whether a commit made something of a file that none of its parents had: another text than in all of them, or another place.
///
/// A merge that takes the new place from one side and the new text from the other made neither.
fn is_touched(differences: &[Difference], path: &[u8]) -> bool {
    let (mut new_text, mut new_place) = (true, true);
    for difference in differences {
        match (difference.change(path), difference.rename_to(path)) {
            (None, _) => return false,
            (Some(_), Some(rename)) => new_text &= !rename.is_exact,
            (Some(change), None) => new_place &= change.old.is_none(),
        }
    }
    new_text || new_place
}

/// The bundle whose picture (or other file beside the text) changed. One that only moved along with its text did not change.
fn asset(paths: &Paths, moved: &Moved, difference: &Difference, path: &[u8]) -> Option<(Vec<u8>, Vec<Document>)> {
    let is_hidden = path.rsplit(|byte| *byte == b'/').next()?.starts_with(b".");
    if is_hidden || path.ends_with(b".md") || path.ends_with(b".markdown") || !paths.at(moved, path).is_empty() {
        return None;
    }
    let (index, documents) = paths.bundle(moved, path)?;
    let moved_along = difference.rename_to(path).is_some_and(|rename| rename.is_exact) && difference.rename_to(&index).is_some();
    (!moved_along).then_some((index, documents))
}
