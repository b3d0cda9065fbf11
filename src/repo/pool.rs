use std::{
    path::PathBuf,
    sync::{Mutex, Once, PoisonError},
};

use super::{
    RepoError,
    backend::{Git, Way},
};

/// Open handles of one repository. They may move between threads but not be shared, so each piece of work borrows one of its own.
pub(super) struct Pool {
    directory: PathBuf,
    way: Way,
    free: Mutex<Vec<Git>>,
}

impl Pool {
    /// `directory` is where the repository can be opened again: its git directory, or for the command line its work tree.
    pub(super) fn new(first: Git, directory: PathBuf) -> Self {
        static FAST_READS: Once = Once::new();
        // By default libgit2 hashes every object that it reads again: seven eighths of the time of a walk. Objects whose compression is broken, or
        // that are missing, are still found; finding flipped bits in stored objects is the business of `git fsck`.
        FAST_READS.call_once(|| git2::opts::strict_hash_verification(false));
        Self { directory, way: first.way(), free: Mutex::new(vec![first]) }
    }

    /// Lends a handle to `work`.
    pub(super) fn with<T>(&self, work: impl FnOnce(&Git) -> Result<T, RepoError>) -> Result<T, RepoError> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let handle = match free {
            Some(handle) => handle,
            None => Git::again(self.way, &self.directory)?,
        };
        let result = work(&handle);
        self.free.lock().unwrap_or_else(PoisonError::into_inner).push(handle);
        result
    }
}
