use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::{DateTime, FixedOffset};
use git2::{ErrorCode, RepositoryOpenFlags};

use super::{Blobs, ObjectId, RepoError, blobs::tree_of, commit, objects::Objects, pool::Pool};

/// An open repository, and where it is read: in its work tree, or in one of its commits.
///
/// Replacement references and grafts are ignored: they are one clone's own, and a trail must be the same in all. The git command line honours them, so
/// that `git log` may tell another history there; [`Self::has_replacements`] says so.
/// Signs of the environment (`GIT_DIR` and its like) are not looked at.
#[derive(Debug)]
pub struct Repository {
    pub(super) blobs: Blobs,
    pub(super) root: PathBuf,
    work_tree: Option<PathBuf>,
    pub(super) reads: Reads,
    pub(super) tip: Option<Tip>,
    pub(super) boundary: HashSet<ObjectId>,
    is_partial: bool,
    has_replacements: bool,
}

/// Where files are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reads {
    WorkTree,
    Commit,
}

/// The commit at which history ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tip {
    pub(super) commit: ObjectId,
    pub(super) tree: ObjectId,
    pub(super) date: DateTime<FixedOffset>,
}

impl Repository {
    /// Opens the repository that `directory` lies in, as git finds it: the folder itself or one above, linked work trees and bare repositories included.
    ///
    /// With `revision` (anything that names a commit) files are read from that commit, else from the work tree; a bare repository is read at `HEAD`.
    ///
    /// # Errors
    /// No repository, one that git does not trust, a format that can't be read, an unknown revision, or no commit where one is needed: a work tree
    /// without any commit is fine.
    pub fn open(directory: &Path, revision: Option<&str>) -> Result<Self, RepoError> {
        let git = git2::Repository::open_ext(directory, RepositoryOpenFlags::empty(), std::iter::empty::<&Path>())
            .map_err(|error| opening(directory, &error))?;
        if git.object_format() != git2::ObjectFormat::Sha1 {
            return Err(RepoError::UnsupportedFormat("its ids are not SHA-1".to_owned()));
        }
        let work_tree = work_tree(&git);
        let root = work_tree.clone().unwrap_or_else(|| without_slash(git.path()));
        let reads = if revision.is_none() && work_tree.is_some() { Reads::WorkTree } else { Reads::Commit };
        let commit = match revision {
            Some(revision) => Some(resolve(&git, revision)?),
            None => head(&git)?,
        };
        if commit.is_none() && reads == Reads::Commit {
            return Err(RepoError::NoCommit);
        }
        let boundary = shallow_boundary(&git);
        let is_partial = is_partial(&git);
        let has_replacements = has_replacements(&git);
        let blobs = Blobs { pool: Arc::new(Pool::new(git)) };
        let tip = commit.map(|commit| blobs.pool.with(|git| Tip::read(git, commit))).transpose()?;
        Ok(Self { blobs, root, work_tree, reads, tip, boundary, is_partial, has_replacements })
    }

    /// The folder that paths are relative to: the work tree, or the git directory of a bare repository.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The work tree, also when files are read from a commit; `None` for a bare repository.
    #[must_use]
    pub fn work_tree(&self) -> Option<&Path> {
        self.work_tree.as_deref()
    }

    /// Whether files are read from the work tree rather than from a commit.
    #[must_use]
    pub fn reads_work_tree(&self) -> bool {
        self.reads == Reads::WorkTree
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

    /// Whether older commits are missing because it was cloned with `--depth`.
    #[must_use]
    pub fn is_shallow(&self) -> bool {
        !self.boundary.is_empty()
    }

    /// Whether objects may be missing because it was cloned with `--filter`.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.is_partial
    }

    /// Whether this clone replaces or grafts commits, so that `git log` tells another history than the commits do.
    #[must_use]
    pub fn has_replacements(&self) -> bool {
        self.has_replacements
    }

    /// The commit that `revision` names, as git resolves it.
    ///
    /// # Errors
    /// It names nothing, or no commit.
    pub fn resolve(&self, revision: &str) -> Result<ObjectId, RepoError> {
        self.blobs.pool.with(|git| resolve(git, revision))
    }

    /// Texts and images of any commit.
    #[must_use]
    pub fn blobs(&self) -> Blobs {
        self.blobs.clone()
    }
}

impl Tip {
    fn read(git: &git2::Repository, id: ObjectId) -> Result<Self, RepoError> {
        let odb = git.odb()?;
        let objects = Objects::new(&odb);
        let tree = tree_of(&objects, id)?;
        let object = objects.read(id, git2::ObjectType::Commit)?;
        let date = commit::RawCommit::parse(object.data()).map(|raw| raw.committed()).unwrap_or_default();
        Ok(Self { commit: id, tree, date })
    }
}

/// The work tree. Where no configuration says whether there is one, only a git directory named `.git` has it, as git itself guesses.
fn work_tree(git: &git2::Repository) -> Option<PathBuf> {
    let says = |key| git.config().is_ok_and(|config| config.get_entry(key).is_ok());
    let guesses = !git.is_worktree() && !says("core.bare") && !says("core.worktree");
    if guesses && git.path().file_name().is_none_or(|name| name != ".git") { None } else { git.workdir().map(without_slash) }
}

fn without_slash(path: &Path) -> PathBuf {
    path.components().collect()
}

fn opening(directory: &Path, error: &git2::Error) -> RepoError {
    let message = error.message();
    match error.code() {
        ErrorCode::NotFound => RepoError::NotARepository(directory.to_owned()),
        ErrorCode::Owner => {
            let named = message.split('\'').nth(1).map(|path| without_slash(Path::new(path)));
            RepoError::Untrusted(named.unwrap_or_else(|| directory.to_owned()))
        }
        _ if message.contains("unsupported extension") || message.contains("object format") || message.contains("repository version") => {
            RepoError::UnsupportedFormat(message.to_owned())
        }
        _ => RepoError::Git(message.to_owned()),
    }
}

fn head(git: &git2::Repository) -> Result<Option<ObjectId>, RepoError> {
    match git.head().and_then(|head| head.peel_to_commit()) {
        Ok(commit) => Ok(Some(ObjectId::of_git(commit.id()))),
        Err(error) if error.code() == ErrorCode::UnbornBranch => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn resolve(git: &git2::Repository, revision: &str) -> Result<ObjectId, RepoError> {
    let commit = git.revparse_single(revision).and_then(|object| object.peel_to_commit());
    commit.map(|commit| ObjectId::of_git(commit.id())).map_err(|error| match head(git) {
        Ok(None) if revision.starts_with("HEAD") => RepoError::NoCommit,
        _ => {
            let is_shallow = git.is_shallow();
            RepoError::UnknownRevision { revision: revision.to_owned(), reason: error.message().to_owned(), is_shallow }
        }
    })
}

/// The commits whose parents a shallow clone leaves out. The file belongs to the common directory of all linked work trees.
fn shallow_boundary(git: &git2::Repository) -> HashSet<ObjectId> {
    let listed = fs::read(git.commondir().join("shallow")).unwrap_or_default();
    listed.split(|byte| *byte == b'\n').filter_map(|line| ObjectId::from_hex(line.trim_ascii())).collect()
}

/// Whether there are `refs/replace/…`, or a file of grafts that names a commit.
fn has_replacements(git: &git2::Repository) -> bool {
    let replaces = git.references_glob("refs/replace/*").is_ok_and(|mut found| found.next().is_some());
    let grafts = fs::read(git.commondir().join("info/grafts")).unwrap_or_default();
    replaces || grafts.split(|byte| *byte == b'\n').any(|line| ObjectId::from_hex(line.get(..40).unwrap_or_default()).is_some())
}

fn is_partial(git: &git2::Repository) -> bool {
    let Ok(config) = git.config().and_then(|mut config| config.snapshot()) else { return false };
    let mut promises = config.get_str("extensions.partialclone").is_ok();
    if let Ok(entries) = config.entries(Some(r"remote\..*\.promisor")) {
        let _ = entries.for_each(|entry| promises |= entry.value().is_ok_and(|value| !value.eq_ignore_ascii_case("false")));
    }
    promises
}
