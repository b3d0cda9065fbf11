use std::path::{Path, PathBuf};

use super::Repository;
use crate::config::Content;

/// Where a change may change what is read.
#[derive(Debug, Clone)]
pub struct Watched {
    /// Folders with all that is below them.
    pub folders: Vec<PathBuf>,
    /// Folders of which only the files in them count.
    pub alone: Vec<PathBuf>,
    git_directories: Vec<PathBuf>,
}

impl Repository {
    /// What to watch: content, theme and configuration of a work tree, and in any case where git keeps its branches.
    #[must_use]
    pub fn watched(&self, content: &Content) -> Watched {
        let git_directories = vec![self.common_directory.clone(), self.git_directory.clone()];
        let mut folders: Vec<PathBuf> = git_directories.iter().flat_map(|git| [git.join("refs"), git.join("reftable")]).collect();
        let mut alone = git_directories.clone();
        if self.reads_work_tree() {
            alone.push(self.root.clone());
            folders.extend([self.root.join("theme"), self.root.join(content.root())]);
        }
        for paths in [&mut folders, &mut alone] {
            paths.sort();
            paths.dedup();
        }
        Watched { folders, alone, git_directories }
    }
}

impl Watched {
    /// Whether a change of this path may matter: of git's own files only those that say where branches are.
    #[must_use]
    pub fn concerns(&self, path: &Path) -> bool {
        if path.extension().is_some_and(|extension| extension == "lock") {
            return false;
        }
        let inside = self.git_directories.iter().find_map(|git| path.strip_prefix(git).ok());
        inside.is_none_or(|inside| ["refs", "reftable", "HEAD", "packed-refs"].iter().any(|telling| inside.starts_with(telling)))
    }
}

#[cfg(test)]
mod tests {
    use crate::{config::Content, repo::Repository, testing::TestRepository};

    #[test]
    fn only_what_sites_are_made_from_concerns_them() {
        let mut repository = TestRepository::new();
        repository.write("postmortems/a.md", "# A\n").commit("Add a");
        let root = repository.checkout();
        let watched = Repository::open(&root, None).unwrap().watched(&Content::default());
        assert!(watched.folders.contains(&root.join("postmortems")) && watched.alone.contains(&root));
        for (path, concerns) in [
            ("postmortems/a.md", true),
            ("lookback.yml", true),
            (".git/HEAD", true),
            (".git/refs/heads/main", true),
            (".git/refs/heads/main.lock", false),
            (".git/index", false),
            (".git/lookback/history", false),
        ] {
            assert_eq!(watched.concerns(&root.join(path)), concerns, "{path}");
        }
    }
}
