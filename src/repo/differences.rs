//! What each commit changed against each of its parents, worked out on several threads.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{
    ObjectId, RepoError,
    graph::{Graph, Node},
    known::Learnt,
    objects::Objects,
    pool::Pool,
    renames::{self, Rename},
    scope::Scope,
    tree::{self, Change, Side},
};

/// Commits that one thread takes at a time: enough that the tree of a commit's parent is mostly in its own hands.
const RANGE: usize = 256;

/// What one commit changed against one parent (or against nothing, the first commit), within a scope.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Difference {
    /// Sorted by path.
    pub(super) changes: Vec<Change>,
    /// Sorted by where the file went. It may have come from outside of the scope.
    pub(super) renames: Vec<Rename>,
}

impl Difference {
    pub(super) fn change(&self, path: &[u8]) -> Option<&Change> {
        self.changes.binary_search_by(|change| change.path.as_slice().cmp(path)).ok().and_then(|place| self.changes.get(place))
    }

    pub(super) fn rename_to(&self, path: &[u8]) -> Option<&Rename> {
        self.renames.binary_search_by(|rename| rename.to.as_slice().cmp(path)).ok().and_then(|place| self.renames.get(place))
    }

    fn between(objects: &mut Objects<'_>, parent: Option<&Node>, node: &Node, scope: &Scope) -> Result<Self, RepoError> {
        let mut changes = Vec::new();
        let old = parent.map(|parent| parent.tree);
        tree::compare(objects, old, Some(node.tree), scope, Side::Inside, &mut changes)?;
        let mut renames = Vec::new();
        if parent.is_some() && changes.iter().any(|change| change.old.is_none()) {
            renames = renames::find(objects, &changes)?;
            let is_new =
                |change: &&Change| change.old.is_none() && renames::is_text(&change.path) && !renames.iter().any(|rename| rename.to == change.path);
            let new: Vec<Change> = changes.iter().filter(is_new).cloned().collect();
            if !new.is_empty() {
                renames.extend(Self::from_outside(objects, parent, node, scope, &new)?);
            }
            renames.sort_unstable_by(|one, other| one.to.cmp(&other.to));
        }
        Ok(Self { changes, renames })
    }

    /// New documents may have come from a folder outside of the scope: whole collections move when their repository is put in order.
    fn from_outside(objects: &mut Objects<'_>, parent: Option<&Node>, node: &Node, scope: &Scope, new: &[Change]) -> Result<Vec<Rename>, RepoError> {
        let mut outside = Vec::new();
        tree::compare(objects, parent.map(|parent| parent.tree), Some(node.tree), scope, Side::Outside, &mut outside)?;
        let removed = outside.iter().filter(|change| change.new.is_none() && renames::is_text(&change.path));
        renames::find(objects, removed.chain(new))
    }
}

/// For every commit of the graph, its differences, one per parent; a first commit has one, against nothing. What is known is not worked out again.
pub(super) fn all(pool: &Pool, graph: &Graph, scope: Scope, mut known: FxHashMap<ObjectId, Vec<Difference>>) -> Result<Learnt, RepoError> {
    let mut differences: Vec<Option<Vec<Difference>>> = graph.nodes.iter().map(|node| known.remove(&node.id)).collect();
    let new: Vec<usize> = differences.iter().enumerate().filter(|(_, found)| found.is_none()).map(|(place, _)| place).collect();
    for (place, found) in new.iter().zip(work_out(pool, graph, &scope, &new)?) {
        if let Some(difference) = differences.get_mut(*place) {
            *difference = Some(found);
        }
    }
    Ok(Learnt { scope, differences: differences.into_iter().flatten().collect(), new })
}

/// The differences of the commits at `places`, in their order.
fn work_out(pool: &Pool, graph: &Graph, scope: &Scope, places: &[usize]) -> Result<Vec<Vec<Difference>>, RepoError> {
    let ranges: Vec<&[usize]> = places.chunks(RANGE).collect();
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::with_capacity(ranges.len()));
    let work = || {
        pool.with(|repository| {
            let odb = repository.odb()?;
            let mut objects = Objects::new(&odb);
            loop {
                let place = next.fetch_add(1, Ordering::Relaxed);
                let Some(range) = ranges.get(place) else { break };
                let nodes = range.iter().filter_map(|place| graph.nodes.get(*place));
                let found = nodes.map(|node| of_node(&mut objects, graph, node, scope)).collect::<Result<Vec<_>, _>>()?;
                results.lock().unwrap_or_else(PoisonError::into_inner).push((place, found));
            }
            Ok(())
        })
    };
    let failure = Mutex::new(None);
    rayon::scope(|threads| {
        for _ in 0..rayon::current_num_threads().min(ranges.len()) {
            threads.spawn(|_| {
                if let Err(error) = work() {
                    *failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                }
            });
        }
    });
    if let Some(error) = failure.into_inner().unwrap_or_else(PoisonError::into_inner) {
        return Err(error);
    }
    let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.sort_unstable_by_key(|(place, _)| *place);
    Ok(results.into_iter().flat_map(|(_, found)| found).collect())
}

fn of_node(objects: &mut Objects<'_>, graph: &Graph, node: &Node, scope: &Scope) -> Result<Vec<Difference>, RepoError> {
    if node.parents.is_empty() {
        return Ok(vec![Difference::between(objects, None, node, scope)?]);
    }
    node.parents.iter().map(|parent| Difference::between(objects, graph.nodes.get(*parent), node, scope)).collect()
}
