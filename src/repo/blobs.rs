use std::{fmt, sync::Arc};

use super::{
    Commit, ObjectId, RepoError, Trail,
    commit::RawCommit,
    objects::{Kind as ObjectKind, Objects},
    pool::Pool,
    tree,
};

/// Texts and images of any commit, by id. Cheap to clone, and may be used from many threads at once.
#[derive(Clone)]
pub struct Blobs {
    pub(super) pool: Arc<Pool>,
}

impl fmt::Debug for Blobs {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Blobs").finish_non_exhaustive()
    }
}

impl Blobs {
    /// The bytes of a blob.
    ///
    /// # Errors
    /// It is missing or damaged, or `id` is that of something else.
    pub fn blob(&self, id: ObjectId) -> Result<Vec<u8>, RepoError> {
        self.pool.with(|repository| Ok(Objects::new(&repository.odb()?).read(id, ObjectKind::Blob)?.data().to_vec()))
    }

    /// The file at `path` in a commit; `None` when there is none (links and submodules are none).
    ///
    /// # Errors
    /// A missing or damaged object.
    pub fn blob_at(&self, commit: ObjectId, path: &str) -> Result<Option<ObjectId>, RepoError> {
        self.pool.with(|repository| {
            let odb = repository.odb()?;
            let mut objects = Objects::new(&odb);
            let tree = tree_of(&objects, commit)?;
            tree::find(&mut objects, tree, path.as_bytes())
        })
    }

    /// Where a document was in a commit, and its text there; `None` when it was not there.
    ///
    /// # Errors
    /// A missing or damaged object.
    pub fn document_at(&self, commit: &Commit, trail: &Trail) -> Result<Option<(String, ObjectId)>, RepoError> {
        if let Some(revision) = trail.revisions.iter().find(|revision| revision.commit.id == commit.id) {
            return Ok(Some((revision.path.clone(), revision.blob)));
        }
        if commit.on_first_parent {
            // On the chain the text is what the last commit or merge of the chain made of it; no tree has to be read.
            let made = trail.revisions.iter().filter(|revision| revision.commit.on_first_parent).map(|it| (it.commit.position, &it.path, it.blob));
            let landed = trail.landings.iter().map(|it| (it.commit.position, &it.path, it.blob));
            let last = made.chain(landed).filter(|(position, ..)| *position <= commit.position).max_by_key(|(position, ..)| *position);
            return Ok(last.map(|(_, path, blob)| (path.clone(), blob)));
        }
        let mut tried = Vec::new();
        for path in trail.revisions.iter().rev().map(|revision| &revision.path) {
            if !tried.contains(&path) {
                if let Some(blob) = self.blob_at(commit.id, path)? {
                    return Ok(Some((path.clone(), blob)));
                }
                tried.push(path);
            }
        }
        Ok(None)
    }
}

/// The tree of a commit.
pub(super) fn tree_of(objects: &Objects<'_>, commit: ObjectId) -> Result<ObjectId, RepoError> {
    let object = objects.read(commit, ObjectKind::Commit)?;
    RawCommit::parse(object.data()).map(|commit| commit.tree).ok_or_else(|| RepoError::damaged(commit, "it is no commit"))
}
