use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::Arc,
};

use chrono::{DateTime, FixedOffset};
use rayon::prelude::*;

use super::{
    Blobs, File, History, ObjectId, RepoError, Repository,
    history::Walk,
    objects::{Kind as ObjectKind, Objects},
    open::{Reads, Tip},
    scope::Scope,
    tree::{self, Kind, Side},
    work_tree,
};
use crate::config::Content;

/// What a snapshot leaves out, and what it takes from elsewhere.
#[derive(Debug, Clone, Default)]
pub struct SnapshotOptions {
    /// The folder that sites are written to, absolute or from the root: nothing in it is content.
    pub output: Option<PathBuf>,
    /// A file whose bytes are not those of the repository.
    pub unsaved: Option<Unsaved>,
}

/// The text of one file as it stands in somebody's editor.
#[derive(Debug, Clone)]
pub struct Unsaved {
    /// Path from the root. The file need not exist.
    pub path: String,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// The content as it is now, and its history. Owned: nobody needs git after it.
#[derive(Debug, Clone)]
pub struct Snapshot {
    files: BTreeMap<String, File>,
    history: History,
    skipped: Vec<(String, String)>,
    removed: Vec<String>,
    tip: Option<Tip>,
    is_shallow: bool,
    is_partial: bool,
    blobs: Blobs,
}

impl Repository {
    /// Reads the files of the content and walks the history, both at once.
    ///
    /// # Errors
    /// There is no content folder; a file can't be read; an object is missing or damaged.
    pub fn snapshot(&self, content: &Content, options: &SnapshotOptions) -> Result<Snapshot, RepoError> {
        let (committed, mut skipped) = match self.tip {
            Some(tip) => self.committed(tip, content.root())?,
            None => (BTreeMap::new(), Vec::new()),
        };
        let (files, history) = rayon::join(
            || match self.reads {
                Reads::WorkTree => work_tree::files(self, content, options, &committed),
                Reads::Commit => self.committed_files(content, options, &committed).map(|files| (files, std::mem::take(&mut skipped))),
            },
            || self.history(content, &committed),
        );
        let (files, skipped) = files?;
        let removed = committed.into_keys().filter(|path| is_visible(content, path) && !files.contains_key(path)).collect();
        Ok(Snapshot {
            files,
            removed,
            history: history?,
            skipped,
            tip: self.tip,
            is_shallow: self.is_shallow(),
            is_partial: self.is_partial(),
            blobs: self.blobs(),
        })
    }

    /// The files below the content root in the tip, and what can't be named in UTF-8.
    #[expect(clippy::type_complexity, reason = "the pair is taken apart at once")]
    fn committed(&self, tip: Tip, root: &str) -> Result<(BTreeMap<String, ObjectId>, Vec<(String, String)>), RepoError> {
        let mut entries = Vec::new();
        let found = self.blobs.pool.with(|git| {
            let odb = git.odb()?;
            let mut objects = Objects::new(&odb);
            tree::compare(&mut objects, None, Some(tip.tree), &Scope::of(root.as_bytes()), Side::Inside, &mut entries)?;
            tree::find_entry(&mut objects, tip.tree, root.as_bytes())
        })?;
        if self.reads == Reads::Commit {
            match found {
                Some((Kind::Folder, _)) => {}
                Some((Kind::Other, _)) => return Err(RepoError::LinkedContent(root.to_owned())),
                _ => return Err(RepoError::MissingContent(root.to_owned())),
            }
        }
        let (mut committed, mut skipped) = (BTreeMap::new(), Vec::new());
        for entry in entries {
            match (String::from_utf8(entry.path), entry.new) {
                (Ok(path), Some(id)) => {
                    committed.insert(path, id);
                }
                (Err(path), _) => skipped.push((String::from_utf8_lossy(path.as_bytes()).into_owned(), work_tree::NOT_UTF8.to_owned())),
                (Ok(_), None) => {}
            }
        }
        Ok((committed, skipped))
    }

    fn committed_files(
        &self,
        content: &Content,
        options: &SnapshotOptions,
        committed: &BTreeMap<String, ObjectId>,
    ) -> Result<BTreeMap<String, File>, RepoError> {
        let unsaved = options.unsaved.as_ref();
        let documents = content.documents(committed.keys().chain(unsaved.map(|unsaved| &unsaved.path)).map(String::as_str));
        let visible: Vec<_> = committed.iter().filter(|(path, _)| is_visible(content, path)).collect();
        let parts: Vec<Vec<File>> = visible
            .par_chunks(64)
            .map(|files| {
                self.blobs.pool.with(|git| {
                    let odb = git.odb()?;
                    let objects = Objects::new(&odb);
                    let file = |(path, id): &(&String, &ObjectId)| {
                        let is_document = documents.contains(path.as_str());
                        let bytes = if is_document { Some(Arc::from(objects.read(**id, ObjectKind::Blob)?.data())) } else { None };
                        Ok(File { path: (*path).clone(), bytes, committed: Some(**id), is_modified: false })
                    };
                    files.iter().map(file).collect()
                })
            })
            .collect::<Result<_, RepoError>>()?;
        let files = parts.into_iter().flatten();
        let unsaved = unsaved.filter(|unsaved| documents.contains(unsaved.path.as_str()));
        let unsaved = unsaved.map(|unsaved| work_tree::unsaved(self, unsaved, committed.get(&unsaved.path).copied()));
        Ok(files.chain(unsaved).map(|file| (file.path.clone(), file)).collect())
    }

    fn history(&self, content: &Content, committed: &BTreeMap<String, ObjectId>) -> Result<History, RepoError> {
        let is_complete = !self.is_shallow() && !self.is_partial();
        let Some(tip) = self.tip else { return Ok(History { is_complete, ..History::default() }) };
        let documents: Vec<&str> = content.documents(committed.keys().map(String::as_str)).into_iter().collect();
        let mailmap = self.read(".mailmap")?.map(|text| String::from_utf8_lossy(&text).into_owned());
        let walk = Walk {
            pool: &self.blobs.pool,
            tip: tip.commit,
            boundary: &self.boundary,
            root: content.root(),
            documents: &documents,
            mailmap: mailmap.as_deref(),
            is_complete,
            memory: is_complete.then_some(&self.memory),
        };
        walk.history()
    }
}

/// Whether no part of the path below the content root is hidden from readers.
pub(super) fn is_visible(content: &Content, path: &str) -> bool {
    content.below_root(path).is_some_and(|inside| !inside.split('/').any(|part| part.starts_with(['.', '_'])))
}

impl Snapshot {
    /// Every file of the content by path: documents with their bytes, all others (images, mostly) without.
    #[must_use]
    pub fn files(&self) -> &BTreeMap<String, File> {
        &self.files
    }

    /// The documents, sorted by path.
    pub fn documents(&self) -> impl Iterator<Item = (&str, &Arc<[u8]>)> {
        self.files.values().filter_map(|file| Some((file.path.as_str(), file.bytes.as_ref()?)))
    }

    /// Paths of the files that are no documents, sorted.
    pub fn assets(&self) -> impl Iterator<Item = &str> {
        self.files.values().filter(|file| file.bytes.is_none()).map(|file| file.path.as_str())
    }

    /// What git knows of the documents of the tip.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// The history, to resolve its recorded approvals.
    pub fn history_mut(&mut self) -> &mut History {
        &mut self.history
    }

    /// Files that were not read, with the reason, sorted.
    #[must_use]
    pub fn skipped(&self) -> &[(String, String)] {
        &self.skipped
    }

    /// Paths of the content whose bytes are not those of the tip: changed, new, or gone. Line-end conversion aside.
    pub fn uncommitted(&self) -> impl Iterator<Item = &str> {
        let changed = self.files.values().filter(|file| file.is_modified).map(|file| file.path.as_str());
        changed.chain(self.removed.iter().map(String::as_str))
    }

    /// The commit at which history ends; `None` before the first commit.
    #[must_use]
    pub fn tip(&self) -> Option<ObjectId> {
        self.tip.map(|tip| tip.commit)
    }

    /// When the tip was committed.
    #[must_use]
    pub fn tip_date(&self) -> Option<DateTime<FixedOffset>> {
        self.tip.map(|tip| tip.date)
    }

    /// Whether older commits are missing because the repository was cloned with `--depth`.
    #[must_use]
    pub fn is_shallow(&self) -> bool {
        self.is_shallow
    }

    /// Whether objects may be missing because the repository was cloned with `--filter`.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.is_partial
    }

    /// Texts and images of any commit.
    #[must_use]
    pub fn blobs(&self) -> Blobs {
        self.blobs.clone()
    }

    /// Paths of the documents.
    #[must_use]
    pub fn paths(&self) -> BTreeSet<&str> {
        self.documents().map(|(path, _)| path).collect()
    }
}
