use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::{DateTime, FixedOffset};
use git2::{ErrorCode, RepositoryOpenFlags};

use super::{
    Blobs, ObjectId, RepoError,
    backend::{Git, Way},
    blobs::tree_of,
    command_line::{CommandLine, Layout},
    commit,
    known::Memory,
    objects::{Kind, Objects},
    pool::Pool,
};

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
    pub(super) common_directory: PathBuf,
    pub(super) git_directory: PathBuf,
    pub(super) memory: Memory,
    reason: Option<String>,
}

/// A repository that was found, before anything was read from it.
struct Opened {
    git: Git,
    layout: Layout,
    /// Why the usual way did not do.
    reason: Option<String>,
}

impl Opened {
    fn by_library(directory: &Path) -> Result<Self, RepoError> {
        let git = git2::Repository::open_ext(directory, RepositoryOpenFlags::empty(), std::iter::empty::<&Path>())
            .map_err(|error| opening(directory, &error))?;
        if git.object_format() != git2::ObjectFormat::Sha1 {
            return Err(RepoError::UnsupportedFormat("its ids are not SHA-1".to_owned()));
        }
        let layout =
            Layout { git_directory: without_slash(git.path()), common_directory: without_slash(git.commondir()), work_tree: work_tree(&git) };
        Ok(Self { git: Git::Library(Box::new(git)), layout, reason: None })
    }

    fn by_command_line(directory: &Path, reason: Option<String>) -> Result<Self, RepoError> {
        let layout = CommandLine::new(directory.to_owned()).layout()?;
        let place = layout.work_tree.as_ref().unwrap_or(&layout.git_directory).clone();
        Ok(Self { git: Git::CommandLine(CommandLine::new(place)), layout, reason })
    }
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
        let opened = match Opened::by_library(directory) {
            Err(RepoError::UnsupportedFormat(reason)) => {
                Opened::by_command_line(directory, Some(reason.clone())).map_err(|error| RepoError::UnsupportedFormat(format!("{reason}; {error}")))
            }
            opened => opened,
        }?;
        Self::at(opened, revision)
    }

    /// The same through the git command line, whatever the format: slower, and with the same results.
    ///
    /// # Errors
    /// As [`Self::open`].
    #[doc(hidden)]
    pub fn open_by_command_line(directory: &Path, revision: Option<&str>) -> Result<Self, RepoError> {
        Self::at(Opened::by_command_line(directory, None)?, revision)
    }

    fn at(opened: Opened, revision: Option<&str>) -> Result<Self, RepoError> {
        let Opened { git, layout, reason } = opened;
        let Layout { git_directory, common_directory, work_tree } = layout;
        let root = work_tree.clone().unwrap_or_else(|| git_directory.clone());
        let reads = if revision.is_none() && work_tree.is_some() { Reads::WorkTree } else { Reads::Commit };
        let boundary = shallow_boundary(&common_directory);
        let commit = match revision {
            Some(revision) => Some(resolve(&git, revision, !boundary.is_empty())?),
            None => git.head()?,
        };
        if commit.is_none() && reads == Reads::Commit {
            return Err(RepoError::NoCommit);
        }
        let is_partial = git.is_partial();
        let has_replacements = git.has_replacements() || has_grafts(&common_directory);
        let memory = Memory::new(&common_directory, git.branch(revision));
        let directory = if git.way() == Way::CommandLine { root.clone() } else { git_directory.clone() };
        let blobs = Blobs { pool: Arc::new(Pool::new(git, directory)) };
        let tip = commit.map(|commit| blobs.pool.with(|git| Tip::read(git, commit))).transpose()?;
        Ok(Self { blobs, root, work_tree, reads, tip, boundary, is_partial, has_replacements, common_directory, git_directory, memory, reason })
    }

    /// Why it is read through the git command line; `None` where libgit2 reads it.
    #[must_use]
    pub fn command_line_reason(&self) -> Option<&str> {
        self.reason.as_deref()
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
        self.blobs.pool.with(|git| resolve(git, revision, self.is_shallow()))
    }

    /// Texts and images of any commit.
    #[must_use]
    pub fn blobs(&self) -> Blobs {
        self.blobs.clone()
    }
}

impl Tip {
    fn read(git: &Git, id: ObjectId) -> Result<Self, RepoError> {
        let odb = git.odb()?;
        let objects = Objects::new(&odb);
        let tree = tree_of(&objects, id)?;
        let object = objects.read(id, Kind::Commit)?;
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

fn resolve(git: &Git, revision: &str, is_shallow: bool) -> Result<ObjectId, RepoError> {
    git.resolve(revision)?.map_err(|reason| match git.head() {
        Ok(None) if revision.starts_with("HEAD") => RepoError::NoCommit,
        _ => RepoError::UnknownRevision { revision: revision.to_owned(), reason, is_shallow },
    })
}

/// The commits whose parents a shallow clone leaves out. The file belongs to the common directory of all linked work trees.
fn shallow_boundary(common_directory: &Path) -> HashSet<ObjectId> {
    let listed = fs::read(common_directory.join("shallow")).unwrap_or_default();
    listed.split(|byte| *byte == b'\n').filter_map(|line| ObjectId::from_hex(line.trim_ascii())).collect()
}

/// Whether there is a file of grafts that names a commit.
fn has_grafts(common_directory: &Path) -> bool {
    let grafts = fs::read(common_directory.join("info/grafts")).unwrap_or_default();
    grafts.split(|byte| *byte == b'\n').any(|line| ObjectId::from_hex(line.get(..40).unwrap_or_default()).is_some())
}
