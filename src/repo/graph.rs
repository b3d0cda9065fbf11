//! The commits behind the tip, each decoded once, in an order in which children stand before their parents whatever the clocks say.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap, HashSet},
};

use super::{
    ObjectId, RepoError,
    commit::RawCommit,
    known::Known,
    objects::{Kind as ObjectKind, Objects},
};

/// Raw commits are kept up to so many bytes, so that they need not be read again when a document turns out to have been touched.
const KEPT_BYTES: usize = 256 << 20;

/// One commit of the graph.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) id: ObjectId,
    pub(super) tree: ObjectId,
    /// Places of the parents in [`Graph::nodes`]; a shallow boundary has none.
    pub(super) parents: Vec<usize>,
    /// Whether the first-parent chain of the tip goes through it.
    pub(super) on_first_parent: bool,
    /// For other commits: the place of the merge on the chain that brought it there.
    pub(super) landed_by: Option<usize>,
    raw: Option<Box<[u8]>>,
    seconds: i64,
}

/// All commits that the tip reaches, newest first.
#[derive(Debug, Default)]
pub(super) struct Graph {
    pub(super) nodes: Vec<Node>,
}

impl Node {
    /// The commit as it is stored, where it was kept.
    pub(super) fn raw(&self) -> Option<&[u8]> {
        self.raw.as_deref()
    }

    /// Gives the raw commit to `read`; reads it again where it was not kept.
    pub(super) fn with_raw<T>(&self, objects: &Objects<'_>, read: impl FnOnce(&RawCommit<'_>) -> T) -> Result<T, RepoError> {
        let damaged = || RepoError::damaged(self.id, "it is no commit");
        match &self.raw {
            Some(raw) => Ok(read(&RawCommit::parse(raw).ok_or_else(damaged)?)),
            None => Ok(read(&RawCommit::parse(objects.read(self.id, ObjectKind::Commit)?.data()).ok_or_else(damaged)?)),
        }
    }
}

impl Graph {
    /// Reads every commit that `tip` reaches, from what is known or else from git. The parents of the commits in `boundary` are not there (shallow clones).
    pub(super) fn read(objects: &Objects<'_>, tip: ObjectId, boundary: &HashSet<ObjectId>, known: &Known<'_>) -> Result<Self, RepoError> {
        let mut nodes: Vec<Node> = Vec::new();
        let mut parents: Vec<Vec<ObjectId>> = Vec::new();
        let mut seen = HashSet::from([tip]);
        let mut waiting = vec![tip];
        let mut kept = 0;
        while let Some(id) = waiting.pop() {
            let object;
            let bytes = if let Some(bytes) = known.commit(id) {
                bytes
            } else {
                object = objects.read(id, ObjectKind::Commit)?;
                object.data()
            };
            let raw = RawCommit::parse(bytes).ok_or_else(|| RepoError::damaged(id, "it is no commit"))?;
            let found = if boundary.contains(&id) { Vec::new() } else { raw.parents.clone() };
            waiting.extend(found.iter().filter(|parent| seen.insert(**parent)));
            kept += bytes.len();
            let node = Node {
                id,
                tree: raw.tree,
                parents: Vec::new(),
                on_first_parent: false,
                landed_by: None,
                raw: (kept <= KEPT_BYTES).then(|| bytes.into()),
                seconds: raw.committed().timestamp(),
            };
            nodes.push(node);
            parents.push(found);
        }
        let places: HashMap<ObjectId, usize> = nodes.iter().enumerate().map(|(place, node)| (node.id, place)).collect();
        for (node, parents) in nodes.iter_mut().zip(&parents) {
            node.parents = parents.iter().filter_map(|parent| places.get(parent).copied()).collect();
        }
        let mut graph = Self { nodes: sorted(nodes) };
        graph.mark_chain();
        Ok(graph)
    }

    /// Marks the first-parent chain of the tip, and for every other commit the merge that brought it there: the oldest one that reaches it.
    fn mark_chain(&mut self) {
        let mut chain = Vec::new();
        let mut next = (!self.nodes.is_empty()).then_some(0);
        while let Some(node) = next.and_then(|place| self.nodes.get_mut(place)) {
            node.on_first_parent = true;
            chain.extend(next);
            next = node.parents.first().copied();
        }
        for merge in chain.into_iter().rev() {
            let mut waiting: Vec<usize> = self.nodes.get(merge).map(|node| node.parents.iter().skip(1).copied().collect()).unwrap_or_default();
            while let Some(node) = waiting.pop().and_then(|place| self.nodes.get_mut(place)) {
                if !node.on_first_parent && node.landed_by.is_none() {
                    node.landed_by = Some(merge);
                    waiting.extend(&node.parents);
                }
            }
        }
    }
}

/// Newest first by the committer's clock, but never a parent before one of its children.
fn sorted(nodes: Vec<Node>) -> Vec<Node> {
    let mut children = vec![0_usize; nodes.len()];
    for parent in nodes.iter().flat_map(|node| &node.parents) {
        if let Some(count) = children.get_mut(*parent) {
            *count += 1;
        }
    }
    let mut ready = BinaryHeap::new();
    ready.extend(nodes.first().map(|tip| (tip.seconds, Reverse(0))));
    let mut new_places = vec![0; nodes.len()];
    let mut order = Vec::with_capacity(nodes.len());
    while let Some((_, Reverse(place))) = ready.pop() {
        let (Some(node), Some(new_place)) = (nodes.get(place), new_places.get_mut(place)) else { continue };
        *new_place = order.len();
        order.push(place);
        for parent in &node.parents {
            let Some(count) = children.get_mut(*parent) else { continue };
            *count -= 1;
            if *count == 0 {
                ready.extend(nodes.get(*parent).map(|node| (node.seconds, Reverse(*parent))));
            }
        }
    }
    let mut nodes: Vec<Option<Node>> = nodes.into_iter().map(Some).collect();
    let mut sorted: Vec<Node> = order.iter().filter_map(|place| nodes.get_mut(*place).and_then(Option::take)).collect();
    for parent in sorted.iter_mut().flat_map(|node| &mut node.parents) {
        *parent = new_places.get(*parent).copied().unwrap_or_default();
    }
    sorted
}
