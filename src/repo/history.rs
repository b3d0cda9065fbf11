use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    sync::Arc,
};

use rayon::prelude::*;

use super::{
    Ancestry, Blobs, Commit, History, Landing, ObjectId, Recorded, RepoError, Revision, Trail, differences,
    graph::Graph,
    known::{Known, Learnt, Memory},
    lineage::{self, Lineage, Touch},
    merges,
    objects::Objects,
    pool::Pool,
    reverts,
    scope::Scope,
    trailers::Names,
    tree,
};
use crate::model::Person;

/// Collections move to another folder a few times in their life; a repository where this is not enough loses what was before.
const MOVES: usize = 16;

/// Decoded commits, by place in the graph.
type Commits = BTreeMap<usize, Arc<Commit>>;

/// Who wrote the commits that a merge landed, by the place of the merge.
type Writers = BTreeMap<usize, Arc<[Person]>>;

/// What a history is made from.
pub(super) struct Walk<'a> {
    pub(super) pool: &'a Pool,
    pub(super) tip: ObjectId,
    /// Commits whose parents are not here.
    pub(super) boundary: &'a HashSet<ObjectId>,
    /// Folder of the documents.
    pub(super) root: &'a str,
    /// The documents of the tip, sorted.
    pub(super) documents: &'a [&'a str],
    pub(super) mailmap: Option<&'a str>,
    pub(super) is_complete: bool,
    /// What earlier runs learnt; `None` where half a history would be taken for a whole one.
    pub(super) memory: Option<&'a Memory>,
}

impl Walk<'_> {
    /// Walks the commits once (and once more for each time that documents came from outside of what was looked at).
    pub(super) fn history(&self) -> Result<History, RepoError> {
        let pages = self.memory.map(Memory::read).unwrap_or_default();
        let mut known = Known::new(&pages);
        let graph = self.pool.with(|repository| Graph::read(&Objects::new(&repository.odb()?), self.tip, self.boundary, &known))?;
        let (lineage, learnt) = self.lineage(&graph, &mut known)?;
        let lost_tip = self.memory.and_then(|memory| memory.lost_tip(&known, &graph));
        let needed = needed(&graph, &lineage);
        let landings: BTreeSet<usize> = lineage.landings.iter().flatten().map(|touch| touch.commit).collect();
        let (commits, writers, people) = self.commits(&graph, &needed, &landings)?;
        let mut history = History { commits: graph.nodes.len(), is_complete: self.is_complete, people, lost_tip, ..History::default() };
        for commit in commits.values().rev() {
            let values = commit.trailers.iter().filter(|(key, _)| is_record(key)).map(|(_, value)| value.clone());
            history.recorded.extend(values.map(|value| Recorded { value, commit: Arc::clone(commit) }));
        }
        history.reverts = reverts::resolve(&graph, &commits);
        history.ancestry = Ancestry::of(&graph);
        let touches = lineage.revisions.into_iter().zip(lineage.landings).zip(lineage.kept);
        let trails: Vec<_> = self.documents.iter().zip(touches).collect();
        let read_trails = || -> Result<BTreeMap<String, Trail>, RepoError> {
            let trail = |revisions, landings| self.trail(&graph, &commits, &writers, revisions, landings);
            let position = |place: usize| graph.nodes.len() - 1 - place;
            let positions = |(merge, parents): (usize, Vec<usize>)| (position(merge), parents.into_iter().map(position).collect());
            let whole = |(path, ((revisions, landings), kept)): (&&str, ((_, _), Vec<_>))| {
                let kept = kept.into_iter().map(positions).collect();
                Ok(((*path).to_owned(), Trail { kept, ..trail(revisions, landings)? }))
            };
            trails.into_par_iter().map(whole).collect()
        };
        let note = || self.memory.iter().for_each(|memory| memory.note(&known, &graph, &learnt));
        let (trails, ()) = rayon::join(read_trails, note);
        history.trails = trails?;
        Ok(history)
    }

    fn lineage(&self, graph: &Graph, known: &mut Known<'_>) -> Result<(Lineage, Vec<Learnt>), RepoError> {
        let mut scope = Scope::of(self.root.as_bytes());
        let mut learnt = Vec::new();
        let mut moves = 0;
        loop {
            let found = differences::all(self.pool, graph, scope.clone(), known.take(&scope))?;
            let lineage = lineage::follow(graph, &found.differences, self.documents, &scope);
            learnt.push(found);
            if lineage.outside.is_empty() || moves == MOVES {
                return Ok((lineage, learnt));
            }
            for path in &lineage.outside {
                match path.iter().rposition(|byte| *byte == b'/').and_then(|end| path.get(..end)) {
                    Some(folder) => scope.add(folder),
                    None => scope.add(path),
                }
            }
            moves += 1;
        }
    }

    /// Decodes the commits that are needed, and hears of the people of all of them. By place in the graph.
    fn commits(&self, graph: &Graph, needed: &[bool], landings: &BTreeSet<usize>) -> Result<(Commits, Writers, Vec<Person>), RepoError> {
        let places: Vec<usize> = (0..graph.nodes.len()).collect();
        let share = places.len().div_ceil(rayon::current_num_threads() * 4).max(64);
        let parts: Vec<_> = places
            .par_chunks(share)
            .map(|places| {
                self.pool.with(|repository| {
                    let odb = repository.odb()?;
                    let objects = Objects::new(&odb);
                    let mut names = Names::new(self.mailmap);
                    let mut commits = Vec::new();
                    let mut writers = Vec::new();
                    for place in places {
                        let Some(node) = graph.nodes.get(*place) else { continue };
                        let position = graph.nodes.len() - 1 - place;
                        let is_needed = needed.get(*place).copied().unwrap_or_default();
                        let merge = node.landed_by.filter(|merge| landings.contains(merge));
                        let commit = node.with_raw(&objects, |raw| {
                            if let Some(merge) = merge {
                                writers.extend(raw.writers(&mut names).into_iter().map(|person| (merge, person)));
                            }
                            let decodes = is_needed
                                || raw.mention_people(&mut names).iter().any(|(key, _)| is_record(key))
                                || reverts::may_revert(&raw.message());
                            decodes.then(|| raw.decode(node.id, position, node.on_first_parent, &mut names))
                        })?;
                        commits.extend(commit.map(|commit| (*place, Arc::new(commit))));
                    }
                    Ok((commits, writers, names.people()))
                })
            })
            .collect::<Result<_, RepoError>>()?;
        let mut commits = BTreeMap::new();
        let mut people = BTreeSet::new();
        let mut writers: BTreeMap<usize, BTreeSet<Person>> = BTreeMap::new();
        for (some, landed, names) in parts {
            commits.extend(some);
            for (merge, person) in landed {
                writers.entry(merge).or_default().insert(person);
            }
            people.extend(names);
        }
        let writers = writers.into_iter().map(|(merge, people)| (merge, people.into_iter().collect())).collect();
        Ok((commits, writers, people.into_iter().collect()))
    }

    fn trail(&self, graph: &Graph, commits: &Commits, writers: &Writers, revisions: Vec<Touch>, landings: Vec<Touch>) -> Result<Trail, RepoError> {
        let mut trail = Trail::default();
        let is_merge = |touch: &Touch| graph.nodes.get(touch.commit).is_some_and(|node| node.parents.len() > 1);
        let paths: BTreeSet<Vec<u8>> = if revisions.iter().any(is_merge) {
            revisions.iter().flat_map(|touch| std::iter::once(&touch.path).chain(&touch.renamed_from)).cloned().collect()
        } else {
            BTreeSet::new()
        };
        for touch in revisions.into_iter().rev() {
            let (Some(node), Some(commit)) = (graph.nodes.get(touch.commit), commits.get(&touch.commit)) else { continue };
            let Some(blob) = self.text(node.tree, &touch)? else { continue };
            let before = if touch.blob.is_some() { touch.before } else { Some(blob) };
            trail.revisions.push(Revision {
                before,
                is_clean_merge: is_merge(&touch) && self.pool.with(|repository| merges::is_clean(repository, graph, &touch, &paths))?,
                commit: Arc::clone(commit),
                path: String::from_utf8_lossy(&touch.path).into_owned(),
                blob,
                renamed_from: touch.renamed_from.map(|path| String::from_utf8_lossy(&path).into_owned()),
                assets: touch.assets,
                landed_by: node.landed_by.and_then(|place| commits.get(&place)).cloned(),
            });
        }
        for touch in landings.into_iter().rev() {
            let (Some(node), Some(commit)) = (graph.nodes.get(touch.commit), commits.get(&touch.commit)) else { continue };
            let Some(blob) = self.text(node.tree, &touch)? else { continue };
            let path = String::from_utf8_lossy(&touch.path).into_owned();
            let writers = writers.get(&touch.commit).cloned().unwrap_or_default();
            trail.landings.push(Landing { commit: Arc::clone(commit), path, blob, writers });
        }
        Ok(trail)
    }

    /// The text of a document in a commit that may have changed only its bundle. `None` where the text was not there yet.
    fn text(&self, tree: ObjectId, touch: &Touch) -> Result<Option<ObjectId>, RepoError> {
        match touch.blob {
            Some(blob) => Ok(Some(blob)),
            None => self.pool.with(|repository| tree::find(&mut Objects::new(&repository.odb()?), tree, &touch.path)),
        }
    }
}

/// The commits that someone will ask for.
fn needed(graph: &Graph, lineage: &Lineage) -> Vec<bool> {
    let mut needed = vec![false; graph.nodes.len()];
    for touch in lineage.revisions.iter().chain(&lineage.landings).flatten() {
        let landed_by = graph.nodes.get(touch.commit).and_then(|node| node.landed_by);
        for place in [Some(touch.commit), landed_by].into_iter().flatten() {
            if let Some(is_needed) = needed.get_mut(place) {
                *is_needed = true;
            }
        }
    }
    needed
}

fn is_record(key: &str) -> bool {
    key.eq_ignore_ascii_case("postmortem")
}

impl History {
    /// Gives the commits with a `Postmortem:` trailer to their documents. `find` says which documents (paths at the tip, the one that has the name now
    /// first) ever had an id or a path in any spelling; `is_called` says whether a document at a path and with a text has it.
    ///
    /// The one that had the name at that commit gets it. Where none had, a name that only one document ever had still means that one.
    ///
    /// # Errors
    /// A missing or damaged object.
    pub fn resolve_recorded(
        &mut self,
        blobs: &Blobs,
        find: impl Fn(&str) -> Vec<String>,
        is_called: impl Fn(&str, &str, ObjectId) -> bool,
    ) -> Result<(), RepoError> {
        for recorded in &self.recorded {
            let candidates = find(&recorded.value);
            let mut there = Vec::new();
            for candidate in &candidates {
                let Some(trail) = self.trails.get(candidate) else { continue };
                if let Some((path, blob)) = blobs.document_at(&recorded.commit, trail)? {
                    there.push((candidate, path, blob));
                }
            }
            if candidates.len() > 1 {
                there.retain(|(_, path, blob)| is_called(&recorded.value, path, *blob));
            }
            let [(candidate, path, blob)] = &*there else { continue };
            let Some(trail) = self.trails.get_mut(*candidate) else { continue };
            if trail.recorded.iter().any(|known| known.commit.id == recorded.commit.id) {
                continue;
            }
            let commit = Arc::clone(&recorded.commit);
            trail.recorded.push(Landing { commit, path: path.clone(), blob: *blob, writers: Arc::default() });
        }
        Ok(())
    }
}
