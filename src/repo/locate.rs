//! What a path of the command line means: people write it from where they stand, everything here counts from the root.

use std::{
    fs,
    path::{Component, Path, PathBuf},
};

use super::{RepoError, Repository, objects::Objects, open::Reads, tree};

impl Repository {
    /// The path from the root, with `/` between the parts, of something that exists where files are read: first from `directory`, then from the root.
    /// Empty for the root itself.
    ///
    /// # Errors
    /// Nothing is there, or it lies elsewhere.
    pub fn locate(&self, directory: &Path, written: &Path) -> Result<String, RepoError> {
        match self.reads {
            Reads::WorkTree => self.locate_file(directory, written),
            Reads::Commit => self.locate_entry(directory, written),
        }
    }

    /// The same for a file that need not exist yet.
    ///
    /// # Errors
    /// It lies elsewhere.
    pub fn locate_new(&self, directory: &Path, written: &Path) -> Result<String, RepoError> {
        if let Ok(found) = self.locate(directory, written) {
            return Ok(found);
        }
        let root = real(&self.root);
        let planned = relative(&root, &real(&directory.join(written)));
        // Who stands elsewhere can only mean a path from the root.
        let from_root = || if relative(&root, &real(directory)).is_none() { relative(&root, &cleaned(&root.join(written))) } else { None };
        planned.or_else(from_root).ok_or_else(|| self.outside(written))
    }

    fn locate_file(&self, directory: &Path, written: &Path) -> Result<String, RepoError> {
        let root = real(&self.root);
        let existing: Vec<PathBuf> = [directory, &root].iter().filter_map(|from| fs::canonicalize(from.join(written)).ok()).collect();
        match existing.iter().find_map(|path| relative(&root, path)) {
            Some(path) => Ok(path),
            None if existing.is_empty() => Err(RepoError::NoSuchPath { path: written.to_owned(), in_commit: false }),
            None => Err(self.outside(written)),
        }
    }

    fn locate_entry(&self, directory: &Path, written: &Path) -> Result<String, RepoError> {
        let Some(tip) = self.tip else { return Err(RepoError::NoCommit) };
        let root = real(&self.root);
        let inside: Vec<String> = [&real(directory), &root].iter().filter_map(|from| relative(&root, &cleaned(&from.join(written)))).collect();
        for path in &inside {
            let found = self.blobs.pool.with(|git| {
                let odb = git.odb()?;
                tree::find_entry(&mut Objects::new(&odb), tip.tree, path.as_bytes())
            })?;
            if path.is_empty() || found.is_some() {
                return Ok(path.clone());
            }
        }
        Err(if inside.is_empty() { self.outside(written) } else { RepoError::NoSuchPath { path: written.to_owned(), in_commit: true } })
    }

    fn outside(&self, written: &Path) -> RepoError {
        RepoError::OutsideRepository { path: written.to_owned(), root: real(&self.root) }
    }
}

/// The path without links, as far as it exists.
fn real(path: &Path) -> PathBuf {
    let path = cleaned(path);
    let existing = path.ancestors().find_map(|ancestor| Some((ancestor, fs::canonicalize(ancestor).ok()?)));
    match existing {
        Some((ancestor, real)) => path.strip_prefix(ancestor).map_or(real.clone(), |rest| real.join(rest).components().collect()),
        None => path,
    }
}

/// The path without `.` and `..`.
pub(super) fn cleaned(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(clean.pop()),
            Component::CurDir => {}
            other => clean.push(other),
        }
    }
    clean
}

/// The path from `root`, with `/` between the parts; `None` outside of it and for names that are not UTF-8.
pub(super) fn relative(root: &Path, path: &Path) -> Option<String> {
    let inside = path.strip_prefix(root).ok()?;
    let parts: Option<Vec<&str>> = inside.components().map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/"))
}
