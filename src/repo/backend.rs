//! The two ways into a repository. Everything after them reads the same bytes by the same ids, so that histories are the same, too.

use std::path::Path;

use git2::ErrorCode;

use super::{ObjectId, RepoError, command_line::CommandLine, objects::Store, staged::Staged};

/// A repository as one thread has it open.
pub(super) enum Git {
    /// Through libgit2: the usual way.
    Library(Box<git2::Repository>),
    /// Through the git command line.
    CommandLine(CommandLine),
}

impl Git {
    /// Opens the same repository for another thread.
    pub(super) fn again(way: Way, directory: &Path) -> Result<Self, RepoError> {
        match way {
            Way::Library => Ok(Self::Library(Box::new(git2::Repository::open(directory)?))),
            Way::CommandLine => Ok(Self::CommandLine(CommandLine::new(directory.to_owned()))),
        }
    }

    pub(super) const fn way(&self) -> Way {
        match self {
            Self::Library(_) => Way::Library,
            Self::CommandLine(_) => Way::CommandLine,
        }
    }

    /// The objects, for as long as the handle is lent.
    pub(super) fn odb(&self) -> Result<Store<'_>, RepoError> {
        match self {
            Self::Library(git) => Ok(Store::Library(git.odb()?)),
            Self::CommandLine(git) => Ok(Store::CommandLine(git)),
        }
    }

    /// The commit at `HEAD`; `None` on a branch without commits.
    pub(super) fn head(&self) -> Result<Option<ObjectId>, RepoError> {
        match self {
            Self::Library(git) => match git.head().and_then(|head| head.peel_to_commit()) {
                Ok(commit) => Ok(Some(ObjectId::of_git(commit.id()))),
                Err(error) if error.code() == ErrorCode::UnbornBranch => Ok(None),
                Err(error) => Err(error.into()),
            },
            Self::CommandLine(git) => git.head(),
        }
    }

    /// The commit that a revision names, or why it names none.
    pub(super) fn resolve(&self, revision: &str) -> Result<Result<ObjectId, String>, RepoError> {
        match self {
            Self::Library(git) => {
                let commit = git.revparse_single(revision).and_then(|object| object.peel_to_commit());
                Ok(commit.map(|commit| ObjectId::of_git(commit.id())).map_err(|error| error.message().to_owned()))
            }
            Self::CommandLine(git) => git.resolve(revision),
        }
    }

    /// Full name of the branch that is read, or checked out, also before its first commit; `None` for anything else that names a commit.
    pub(super) fn branch(&self, revision: Option<&str>) -> Option<String> {
        let name = match (self, revision) {
            (Self::Library(git), Some(revision)) => git.resolve_reference_from_short_name(revision).ok()?.name().map(str::to_owned).ok(),
            (Self::Library(git), None) => git.find_reference("HEAD").ok()?.symbolic_target().ok().flatten().map(str::to_owned),
            (Self::CommandLine(git), revision) => git.branch(revision),
        };
        name.filter(|name| name.starts_with("refs/heads/"))
    }

    /// A value of git's configuration.
    pub(super) fn setting(&self, key: &str) -> Option<String> {
        match self {
            Self::Library(git) => git.config().and_then(|mut config| config.snapshot()?.get_string(key)).ok(),
            Self::CommandLine(git) => git.setting(key),
        }
    }

    /// Addresses of the remotes.
    pub(super) fn remotes(&self) -> Vec<String> {
        match self {
            Self::Library(git) => {
                let Ok(names) = git.remotes() else { return Vec::new() };
                names.iter().flatten().flatten().filter_map(|name| git.find_remote(name).ok()?.url().ok().map(str::to_owned)).collect()
            }
            Self::CommandLine(git) => git.remotes(),
        }
    }

    /// The best common ancestors; none where two histories never met.
    pub(super) fn merge_bases(&self, one: ObjectId, other: ObjectId) -> Result<Vec<ObjectId>, RepoError> {
        match self {
            Self::Library(git) => match git.merge_bases(one.to_git(), other.to_git()) {
                Ok(bases) => Ok(bases.iter().copied().map(ObjectId::of_git).collect()),
                Err(error) if error.code() == ErrorCode::NotFound => Ok(Vec::new()),
                Err(error) => Err(error.into()),
            },
            Self::CommandLine(git) => git.merge_bases(one, other),
        }
    }

    /// Whether objects may be missing because it was cloned with `--filter`.
    pub(super) fn is_partial(&self) -> bool {
        match self {
            Self::Library(git) => promises(git),
            Self::CommandLine(git) => git.is_partial(),
        }
    }

    /// Whether commits are replaced by others (`refs/replace/…`).
    pub(super) fn has_replacements(&self) -> bool {
        match self {
            Self::Library(git) => git.references_glob("refs/replace/*").is_ok_and(|mut found| found.next().is_some()),
            Self::CommandLine(git) => git.has_replacements(),
        }
    }

    /// The index; empty in a bare repository.
    pub(super) fn staged(&self) -> Result<Staged, RepoError> {
        match self {
            Self::Library(git) if git.is_bare() => Ok(Staged::default()),
            Self::Library(git) => Ok(Staged::of_library(&git.index()?)),
            Self::CommandLine(git) => git.staged(),
        }
    }

    /// Whether git ignores a path; that of a folder ends in `/`.
    pub(super) fn is_ignored(&self, path: &str) -> bool {
        match self {
            Self::Library(git) => git.is_path_ignored(path).unwrap_or(false),
            Self::CommandLine(git) => git.is_ignored(path),
        }
    }
}

/// How a repository is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Library,
    CommandLine,
}

fn promises(git: &git2::Repository) -> bool {
    let Ok(config) = git.config().and_then(|mut config| config.snapshot()) else { return false };
    let mut promises = config.get_str("extensions.partialclone").is_ok();
    if let Ok(entries) = config.entries(Some(r"remote\..*\.promisor")) {
        let _ = entries.for_each(|entry| promises |= entry.value().is_ok_and(|value| !value.eq_ignore_ascii_case("false")));
    }
    promises
}
