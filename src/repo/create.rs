//! What `init` needs to know of a repository, and the repository itself where there is none.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::{RepoError, Repository, read::walking};

/// Folders that hold the work of others.
const FOREIGN: &[&str] = &["node_modules", "vendor", "third_party"];

impl Repository {
    /// Makes a repository of a folder, as `git init` does, on the branch that the user's configuration names, else on `main`.
    ///
    /// # Errors
    /// When the folder can't be written.
    pub fn create(folder: &Path) -> Result<Self, RepoError> {
        let named = git2::Config::open_default().and_then(|config| config.get_string("init.defaultBranch"));
        let mut options = git2::RepositoryInitOptions::new();
        options.initial_head(named.as_deref().unwrap_or("main"));
        git2::Repository::init_opts(folder, &options)?;
        Self::open(folder, None)
    }

    /// The branch that is checked out, also before its first commit; `None` on a detached head.
    #[must_use]
    pub fn branch(&self) -> Option<String> {
        let full = self.blobs.pool.with(|git| Ok(git.branch(None))).ok().flatten()?;
        full.strip_prefix("refs/heads/").map(str::to_owned)
    }

    /// Addresses of the remotes.
    #[must_use]
    pub fn remotes(&self) -> Vec<String> {
        self.blobs.pool.with(|git| Ok(git.remotes())).unwrap_or_default()
    }

    /// The folder of the hooks; `None` where the configuration names another one, which some program looks after.
    #[must_use]
    pub fn hooks(&self) -> Option<PathBuf> {
        let configured = self.blobs.pool.with(|git| Ok(git.setting("core.hooksPath"))).ok()?;
        configured.is_none().then(|| self.common_directory.join("hooks"))
    }

    /// Whether git ignores this path; a folder ends in `/`.
    #[must_use]
    pub fn ignores(&self, path: &str) -> bool {
        self.blobs.pool.with(|git| Ok(git.is_ignored(path))).unwrap_or(false)
    }

    /// Whether anything stands at this path of the work tree.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.root.join(path).symlink_metadata().is_ok()
    }

    /// Files of the work tree with one of these extensions, sorted, without hidden folders, other repositories and what git ignores.
    ///
    /// # Errors
    /// A folder that can't be read.
    pub fn survey(&self, extensions: &[&str]) -> Result<Vec<String>, RepoError> {
        let mut found = Vec::new();
        for entry in WalkDir::new(&self.root).sort_by_file_name().into_iter().filter_entry(|entry| entry.depth() == 0 || self.is_surveyed(entry)) {
            let entry = entry.map_err(walking)?;
            let is_wanted = entry.path().extension().is_some_and(|extension| extensions.iter().any(|wanted| extension == *wanted));
            if is_wanted && entry.file_type().is_file() {
                found.extend(self.relative(entry.path()).filter(|path| !self.ignores(path)));
            }
        }
        Ok(found)
    }

    fn is_surveyed(&self, entry: &DirEntry) -> bool {
        if !entry.file_type().is_dir() {
            return true;
        }
        let is_foreign = entry.file_name().to_str().is_none_or(|name| name.starts_with('.') || FOREIGN.contains(&name));
        let is_ignored = || self.relative(entry.path()).is_none_or(|path| self.ignores(&format!("{path}/")));
        !is_foreign && !entry.path().join(".git").exists() && !is_ignored()
    }
}
