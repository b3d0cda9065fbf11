//! What earlier runs learnt of the history, in a journal below the git directory. It can always be worked out again, and it can't grow old: a commit is
//! named by all that it says, and so is what it changed.

use std::path::Path;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{
    ObjectId,
    differences::Difference,
    graph::Graph,
    journal::{Journal, Pages},
    scope::Scope,
};

/// Changes with what pages say and with how differences are worked out.
const KIND: &str = "lookback history 1";

/// Where the knowledge is kept, and for which branch the tip is remembered.
#[derive(Debug)]
pub(super) struct Memory {
    journal: Journal,
    branch: Option<String>,
}

/// Something of each of some commits.
type OfCommits<T> = Vec<(ObjectId, T)>;

/// What one run learnt.
#[derive(Debug, Serialize, Deserialize)]
struct Page<'a> {
    #[serde(borrow)]
    commits: OfCommits<&'a [u8]>,
    differences: Vec<(Scope, OfCommits<Vec<Difference>>)>,
    tip: Option<(String, ObjectId)>,
}

/// The same, as it is written.
#[derive(Debug, Serialize)]
struct NewPage<'a> {
    commits: OfCommits<Raw<'a>>,
    differences: Vec<(&'a Scope, OfCommits<&'a [Difference]>)>,
    tip: Option<(&'a str, ObjectId)>,
}

/// Bytes that are written at once.
#[derive(Debug)]
struct Raw<'a>(&'a [u8]);

impl Serialize for Raw<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}

/// What is known before the walk begins.
#[derive(Debug, Default)]
pub(super) struct Known<'a> {
    /// Raw commits.
    commits: FxHashMap<ObjectId, &'a [u8]>,
    differences: Vec<(Scope, FxHashMap<ObjectId, Vec<Difference>>)>,
    tips: FxHashMap<String, ObjectId>,
    takes_more: bool,
}

/// The differences of one scope, and which of them are new.
#[derive(Debug)]
pub(super) struct Learnt {
    pub(super) scope: Scope,
    pub(super) differences: Vec<Vec<Difference>>,
    /// Places in the graph, ascending.
    pub(super) new: Vec<usize>,
}

impl Memory {
    /// `directory` is the git directory that all linked work trees share.
    pub(super) fn new(directory: &Path, branch: Option<String>) -> Self {
        Self { journal: Journal::new(directory.join("lookback").join("history"), KIND), branch }
    }

    pub(super) fn read(&self) -> Pages {
        self.journal.read()
    }

    /// The tip that an earlier run saw on the branch, where the branch has lost it since: somebody rewrote its history.
    pub(super) fn lost_tip(&self, known: &Known<'_>, graph: &Graph) -> Option<ObjectId> {
        let tip = *known.tips.get(self.branch.as_ref()?)?;
        graph.nodes.iter().all(|node| node.id != tip).then_some(tip)
    }

    /// Notes what is new. A folder that can't be written is no reason to fail: the next run is slower, and that is all.
    pub(super) fn note(&self, known: &Known<'_>, graph: &Graph, learnt: &[Learnt]) {
        let takes_more = known.takes_more;
        let is_new = |id: &ObjectId| !takes_more || !known.commits.contains_key(id);
        let commits: Vec<_> = graph.nodes.iter().filter(|node| is_new(&node.id)).filter_map(|node| Some((node.id, Raw(node.raw()?)))).collect();
        let differences: Vec<_> = learnt
            .iter()
            .map(|learnt| {
                let at = |place: usize| Some((graph.nodes.get(place)?.id, learnt.differences.get(place)?.as_slice()));
                let found = if takes_more {
                    learnt.new.iter().filter_map(|place| at(*place)).collect()
                } else {
                    (0..graph.nodes.len()).filter_map(at).collect()
                };
                (&learnt.scope, found)
            })
            .filter(|(_, found): &(_, Vec<_>)| !found.is_empty())
            .collect();
        let tip = self.branch.as_deref().zip(graph.nodes.first().map(|tip| tip.id));
        let tip = tip.filter(|(branch, tip)| !takes_more || known.tips.get(*branch) != Some(tip));
        if commits.is_empty() && differences.is_empty() && tip.is_none() {
            return;
        }
        let Ok(page) = postcard::to_allocvec(&NewPage { commits, differences, tip }) else { return };
        let _ = if takes_more { self.journal.add(&page) } else { self.journal.replace(&page) };
    }
}

impl<'a> Known<'a> {
    /// Reads pages. One that can't be read is as good as none.
    pub(super) fn new(pages: &'a Pages) -> Self {
        let mut known = Self { takes_more: pages.takes_more(), ..Self::default() };
        for page in pages.iter() {
            match postcard::from_bytes::<Page<'a>>(page) {
                Ok(page) => known.add(page),
                Err(_) => known.takes_more = false,
            }
        }
        known
    }

    fn add(&mut self, page: Page<'a>) {
        self.commits.extend(page.commits);
        self.tips.extend(page.tip);
        for (scope, found) in page.differences {
            match self.differences.iter_mut().find(|(known, _)| *known == scope) {
                Some((_, known)) => known.extend(found),
                None => self.differences.push((scope, found.into_iter().collect())),
            }
        }
    }

    /// A commit as it is stored.
    pub(super) fn commit(&self, id: ObjectId) -> Option<&'a [u8]> {
        self.commits.get(&id).copied()
    }

    /// Takes out the differences of a scope.
    pub(super) fn take(&mut self, scope: &Scope) -> FxHashMap<ObjectId, Vec<Difference>> {
        let known = self.differences.iter_mut().find(|(known, _)| known == scope);
        known.map(|(_, found)| std::mem::take(found)).unwrap_or_default()
    }
}
