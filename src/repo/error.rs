use std::{io, path::PathBuf};

use super::ObjectId;

/// Why git could not give what was asked for. [`Self::hint`] says what to do about it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RepoError {
    /// Neither the folder nor one above it belongs to a repository.
    #[error("{} is not inside a git repository", .0.display())]
    NotARepository(PathBuf),
    /// The repository belongs to another user, and nobody said that this is fine.
    #[error("{} belongs to another user, and git does not trust it", .0.display())]
    Untrusted(PathBuf),
    /// A commit was needed, and there is none.
    #[error("the repository has no commit yet")]
    NoCommit,
    /// `--rev` or `--since` names nothing, or no commit.
    #[error("`{revision}` is no revision of this repository: {reason}")]
    UnknownRevision {
        /// As given.
        revision: String,
        /// What git says.
        reason: String,
        /// Whether it may be one of the commits that a shallow clone leaves out.
        is_shallow: bool,
    },
    /// Two lines of history that meet, if at all, before the first commit of a shallow clone.
    #[error("this shallow clone does not hold the commit at which the line of `{revision}` was left")]
    CutOff {
        /// As given.
        revision: String,
    },
    /// A path of the command line that leads out of the repository.
    #[error("{} lies outside the repository {}", path.display(), root.display())]
    OutsideRepository {
        /// As given.
        path: PathBuf,
        /// The folder of the repository.
        root: PathBuf,
    },
    /// A path of the command line at which nothing is.
    #[error("{} does not exist{}", path.display(), if *in_commit { " in the commit that is read" } else { "" })]
    NoSuchPath {
        /// As given.
        path: PathBuf,
        /// Whether it was looked for in a commit rather than in the work tree.
        in_commit: bool,
    },
    /// The repository has a format that neither libgit2 nor the git command line can read.
    #[error("the format of this repository can't be read: {0}")]
    UnsupportedFormat(String),
    /// An object that should be there is not.
    #[error("object {id} is missing from the repository")]
    MissingObject {
        /// Which one.
        id: ObjectId,
    },
    /// An object can't be read.
    #[error("object {id} is damaged: {reason}")]
    DamagedObject {
        /// Which one.
        id: ObjectId,
        /// What is wrong with it.
        reason: String,
    },
    /// The folder of the postmortems does not exist.
    #[error("there is no content folder `{0}`")]
    MissingContent(String),
    /// The folder of the postmortems is, or lies behind, a symbolic link, which git does not follow.
    #[error("the content folder `{0}` lies behind a symbolic link")]
    LinkedContent(String),
    /// A file of the work tree can't be read.
    #[error("{} can't be read: {source}", path.display())]
    Io {
        /// Which one.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// The git command line is needed, and there is none.
    #[error("the `git` command was not found")]
    NoGit,
    /// The git command line said no.
    #[error("`git {command}` failed:\n{said}")]
    Refused {
        /// Its subcommand.
        command: String,
        /// What it said.
        said: String,
    },
    /// A commit was to be made where there is no branch to make it on.
    #[error("a commit can be made only in a work tree that has a commit, on what is checked out there")]
    NoBranch,
    /// A commit was to be made in the middle of something.
    #[error("{0} is under way in this work tree")]
    UnderWay(String),
    /// A commit that was to change nothing did, or says something else.
    #[error("commit {id} is not the approval alone: {problem}")]
    NotAlone {
        /// The commit.
        id: ObjectId,
        /// What is wrong with it.
        problem: String,
    },
    /// Anything else, in the words of libgit2.
    #[error("git: {0}")]
    Git(String),
}

impl RepoError {
    /// What to do about it, where that is known.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::NotARepository(_) => "run lookback inside a repository, name one with `--repo DIR`, or create one with `git init`".to_owned(),
            Self::Untrusted(path) => format!("git config --global --add safe.directory {}", shell_word(&path.to_string_lossy())),
            Self::NoCommit => "commit something first, or leave out `--rev` and `--since` to read the work tree as it is".to_owned(),
            Self::UnknownRevision { is_shallow: true, .. } | Self::CutOff { .. } => {
                "this clone is shallow: fetch the whole history (`fetch-depth: 0` in CI, `git fetch --unshallow`)".to_owned()
            }
            Self::OutsideRepository { .. } => "name a path inside it, or another repository with --repo".to_owned(),
            Self::NoSuchPath { .. } => "paths are relative to the current directory or to the repository".to_owned(),
            Self::UnknownRevision { .. } => {
                "`git log --oneline --all` lists the commits that are here; a branch of a remote is written `origin/NAME`, after `git fetch`"
                    .to_owned()
            }
            Self::UnsupportedFormat(_) => "such a repository is read through `git`: install a version that knows its format".to_owned(),
            Self::MissingObject { .. } => {
                "fetch it: in a partial clone with `git fetch --refetch --no-filter`, else look for the cause with `git fsck`".to_owned()
            }
            Self::DamagedObject { .. } => "`git fsck` says what is damaged; a fresh clone has it whole".to_owned(),
            Self::MissingContent(_) => "name the folder of the postmortems as `content:` in lookback.yml".to_owned(),
            Self::LinkedContent(_) => "name the real folder as `content:` in lookback.yml".to_owned(),
            Self::NoGit => "install git, version 2.32 or later, where programs are looked for".to_owned(),
            Self::NoBranch => "leave out `--rev`, and run lookback in a clone with a work tree".to_owned(),
            Self::UnderWay(_) => "finish it, or give it up; `git status` says how".to_owned(),
            Self::NotAlone { .. } => "look at it with `git show`; `git reset --soft HEAD~1` takes it back. A hook may have made it so".to_owned(),
            Self::Refused { command, .. } if command == "var" => {
                "tell git who you are: `git config user.name NAME` and `git config user.email ADDRESS`".to_owned()
            }
            Self::Refused { command, .. } if command == "commit" => "nothing was recorded; hooks and signing apply as for every commit".to_owned(),
            Self::Io { .. } | Self::Git(_) | Self::Refused { .. } => return None,
        })
    }

    /// What libgit2 says about one object.
    pub(super) fn of_object(id: ObjectId, error: &git2::Error) -> Self {
        match error.code() {
            git2::ErrorCode::NotFound => Self::MissingObject { id },
            _ => Self::DamagedObject { id, reason: error.message().to_owned() },
        }
    }

    pub(super) fn damaged(id: ObjectId, reason: &str) -> Self {
        Self::DamagedObject { id, reason: reason.to_owned() }
    }
}

impl From<git2::Error> for RepoError {
    fn from(error: git2::Error) -> Self {
        Self::Git(error.message().to_owned())
    }
}

/// The path as one word of a POSIX shell, so that the command in a hint can be pasted.
fn shell_word(text: &str) -> String {
    let is_plain = |character: char| character.is_alphanumeric() || "/._-+@:".contains(character);
    if !text.is_empty() && text.chars().all(is_plain) { text.to_owned() } else { format!("'{}'", text.replace('\'', r"'\''")) }
}
