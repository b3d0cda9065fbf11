use std::{collections::BTreeMap, fmt, sync::Arc};

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::Ancestry;
use crate::model::Person;

/// Id of a commit, tree or blob. Owned: nothing after this room knows libgit2.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ObjectId(Hash);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
enum Hash {
    Sha1([u8; 20]),
    Sha256([u8; 32]),
}

impl fmt::Display for ObjectId {
    /// 40 hex digits, or 64 in a repository of SHA-256.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.bytes().iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl fmt::Debug for ObjectId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl ObjectId {
    /// The first ten digits: what pages show.
    #[must_use]
    pub fn short(&self) -> String {
        self.to_string().chars().take(10).collect()
    }

    /// The id of nothing: what a damaged object is known by.
    pub(super) const NONE: Self = Self(Hash::Sha1([0; 20]));

    fn bytes(&self) -> &[u8] {
        match &self.0 {
            Hash::Sha1(bytes) => bytes,
            Hash::Sha256(bytes) => bytes,
        }
    }

    /// Bytes that the ids of its repository have.
    pub(super) fn width(&self) -> usize {
        self.bytes().len()
    }

    /// 20 or 32 bytes.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let sha1 = bytes.try_into().map(Hash::Sha1);
        sha1.or_else(|_| bytes.try_into().map(Hash::Sha256)).ok().map(Self)
    }

    /// Reads 40 or 64 hex digits.
    pub(super) fn from_hex(digits: &[u8]) -> Option<Self> {
        let mut bytes = [0; 32];
        let bytes = bytes.get_mut(..digits.len() / 2)?;
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        if digits.len().is_multiple_of(2) { Self::from_bytes(bytes) } else { None }
    }

    /// Whether it is that of a file without a byte.
    pub(super) fn is_empty_blob(&self) -> bool {
        const SHA1: &str = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";
        const SHA256: &str = "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813";
        [SHA1, SHA256].iter().any(|empty| Self::from_hex(empty.as_bytes()).as_ref() == Some(self))
    }

    pub(super) fn to_git(self) -> git2::Oid {
        git2::Oid::from_bytes(self.bytes()).unwrap_or(git2::Oid::ZERO_SHA1)
    }

    pub(super) fn of_git(id: git2::Oid) -> Self {
        Self::from_bytes(id.as_bytes()).unwrap_or(Self::NONE)
    }
}

/// One commit, with names and addresses after `.mailmap`.
#[derive(Debug, Clone, PartialEq)]
pub struct Commit {
    /// Its id.
    pub id: ObjectId,
    /// Ids of its parents, the first parent first.
    pub parents: Vec<ObjectId>,
    /// Who wrote it.
    pub author: Person,
    /// When it was written, in the author's offset.
    pub authored: DateTime<FixedOffset>,
    /// Who committed it.
    pub committer: Person,
    /// When it was committed, in the committer's offset.
    pub committed: DateTime<FixedOffset>,
    /// First line of the message.
    pub subject: String,
    /// The rest of the message, trailers included.
    pub body: String,
    /// Trailers in order: key as written, value.
    pub trailers: Vec<(String, String)>,
    /// `Co-authored-by` people.
    pub co_authors: Vec<Person>,
    /// Number of the pull or merge request that the message names: `(#12)`, `Merge pull request #12`, `See merge request group/project!12`,
    /// `Merged PR 12:`.
    pub pull_request: Option<String>,
    /// Whether it lies on the first-parent chain of the tip.
    pub on_first_parent: bool,
    /// Whether it carries a signature; who made it, and whether it holds, is for `git verify-commit` to say.
    pub is_signed: bool,
    /// Place in topological order, the oldest commit 0: a parent always stands before its children, whatever their clocks say.
    pub position: usize,
}

/// One change of one document.
#[derive(Debug, Clone, PartialEq)]
pub struct Revision {
    /// The commit that made it.
    pub commit: Arc<Commit>,
    /// Path of the document after it.
    pub path: String,
    /// Its text after it. (A commit that only deletes the document is no revision.)
    pub blob: ObjectId,
    /// Its text before it, in the first parent; `None` where it was not there.
    pub before: Option<ObjectId>,
    /// Its path before it, where the commit moved it. May lie outside of the content root.
    pub renamed_from: Option<String>,
    /// Paths of images of the bundle that the commit added, changed or removed.
    pub assets: Vec<String>,
    /// Whether git alone makes this text of those that a merge joined: then its author wrote none of it.
    pub is_clean_merge: bool,
    /// The merge on the first-parent chain that landed it; `None` for commits that lie on the chain themselves.
    pub landed_by: Option<Arc<Commit>>,
}

impl Revision {
    /// Where the document was after it and, where that was elsewhere, before it.
    pub fn paths(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.path).chain(&self.renamed_from)
    }
}

/// A merge on the first-parent chain that changed a document against its first parent, or a commit that only speaks of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Landing {
    /// The merge.
    pub commit: Arc<Commit>,
    /// Path of the document after it.
    pub path: String,
    /// Text of the document after it.
    pub blob: ObjectId,
    /// Authors and co-authors of every commit that the merge brought to the chain, whatever it changed, sorted.
    pub writers: Arc<[Person]>,
}

/// What git knows of one document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trail {
    /// Every commit that changed it, oldest first in topological order.
    pub revisions: Vec<Revision>,
    /// Every first-parent merge that landed changes of it, oldest first.
    pub landings: Vec<Landing>,
    /// Commits that carry a `Postmortem:` trailer with its id or path in any spelling, with the text that the document had in them, oldest first.
    pub recorded: Vec<Landing>,
    /// Merges beside the first-parent chain that left the text as some of their parents had it, and not as all of them: what the others had is thrown
    /// away. Positions of the merges, and of the parents whose text they kept.
    pub kept: BTreeMap<usize, Vec<usize>>,
}

/// A commit that says by a `Postmortem:` trailer which document it is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// Value of the trailer: an id or a path.
    pub value: String,
    /// The commit.
    pub commit: Arc<Commit>,
}

/// The history of all documents.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct History {
    /// Trails by path at the tip.
    pub trails: BTreeMap<String, Trail>,
    /// Commits with a `Postmortem:` trailer, oldest first. What an id means is known after parsing: see [`Self::resolve_recorded`].
    pub recorded: Vec<Recorded>,
    /// Commits that say of another one that they take it back: that one's id, with the first such commit.
    pub reverts: BTreeMap<ObjectId, Arc<Commit>>,
    /// Who signed the commits that may approve something, as far as git verified it; asked for only where signatures are required.
    pub signers: BTreeMap<ObjectId, Person>,
    /// How the commits follow each other.
    pub ancestry: Ancestry,
    /// Every person that any commit names (author, committer, co-author, trailer), after `.mailmap`, sorted, without duplicates.
    pub people: Vec<Person>,
    /// Number of commits walked.
    pub commits: usize,
    /// False for a shallow or partial clone: the trails may be wrong.
    pub is_complete: bool,
    /// The commit that an earlier run saw at the tip of the branch, where the branch has lost it since: its history was rewritten.
    pub lost_tip: Option<ObjectId>,
}

/// One file of the content, as it is now.
#[derive(Debug, Clone)]
pub struct File {
    /// Path from the repository root, `/` between the parts, as stored (not NFC-normalised).
    pub path: String,
    /// Bytes of a document; `None` for an asset, which is read when needed.
    pub bytes: Option<Arc<[u8]>>,
    /// Its blob in the tip commit; `None` when it is not committed.
    pub committed: Option<ObjectId>,
    /// Whether the work tree differs from the tip commit (line-end conversion aside).
    pub is_modified: bool,
}
