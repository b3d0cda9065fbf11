use std::{
    path::PathBuf,
    sync::{Mutex, Once, PoisonError},
};

use super::RepoError;

/// Open handles of one repository. libgit2's may move between threads but not be shared, so each piece of work borrows one of its own.
pub(super) struct Pool {
    git_directory: PathBuf,
    free: Mutex<Vec<git2::Repository>>,
}

impl Pool {
    pub(super) fn new(first: git2::Repository) -> Self {
        static FAST_READS: Once = Once::new();
        // By default libgit2 hashes every object that it reads again: seven eighths of the time of a walk. Objects whose compression is broken, or
        // that are missing, are still found; finding flipped bits in stored objects is the business of `git fsck`.
        FAST_READS.call_once(|| git2::opts::strict_hash_verification(false));
        Self { git_directory: first.path().to_owned(), free: Mutex::new(vec![first]) }
    }

    /// Lends a handle to `work`.
    pub(super) fn with<T>(&self, work: impl FnOnce(&git2::Repository) -> Result<T, RepoError>) -> Result<T, RepoError> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let handle = match free {
            Some(handle) => handle,
            None => git2::Repository::open(&self.git_directory)?,
        };
        let result = work(&handle);
        self.free.lock().unwrap_or_else(PoisonError::into_inner).push(handle);
        result
    }
}
