use std::{collections::BTreeSet, fs, io::ErrorKind, path::Path};

use walkdir::WalkDir;

use super::{
    RepoError, Repository,
    blobs::tree_of,
    locate,
    objects::{Kind as ObjectKind, Objects},
    open::Reads,
    scope::Scope,
    staged::Staged,
    tree::{self, Kind, Side},
};

impl Repository {
    /// The bytes of one file, from the work tree or the commit that is read; `None` when there is no such file. `path` is relative to the root.
    ///
    /// # Errors
    /// The file, or an object, can't be read.
    pub fn read(&self, path: &str) -> Result<Option<Vec<u8>>, RepoError> {
        match (self.reads, self.tip) {
            (Reads::WorkTree, _) => {
                let path = self.root.join(path);
                match fs::read(&path) {
                    Ok(bytes) => Ok(Some(bytes)),
                    Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::IsADirectory | ErrorKind::NotADirectory) => Ok(None),
                    Err(source) => Err(RepoError::Io { path, source }),
                }
            }
            (Reads::Commit, Some(tip)) => self.blobs.pool.with(|git| {
                let odb = git.odb()?;
                let mut objects = Objects::new(&odb);
                match tree::find(&mut objects, tip.tree, path.as_bytes())? {
                    Some(blob) => Ok(Some(objects.read(blob, ObjectKind::Blob)?.data().to_vec())),
                    None => Ok(None),
                }
            }),
            (Reads::Commit, None) => Ok(None),
        }
    }

    /// All files below a folder (of a theme, say), sorted; none when it does not exist. Links and names that are not UTF-8 are left out.
    ///
    /// # Errors
    /// A folder, or an object, can't be read.
    pub fn files_below(&self, folder: &str) -> Result<BTreeSet<String>, RepoError> {
        if self.reads == Reads::Commit {
            let Some(tip) = self.tip else { return Ok(BTreeSet::new()) };
            let mut files = Vec::new();
            self.blobs.pool.with(|git| {
                let odb = git.odb()?;
                tree::compare(&mut Objects::new(&odb), None, Some(tip.tree), &Scope::of(folder.as_bytes()), Side::Inside, &mut files)
            })?;
            return Ok(files.into_iter().filter_map(|file| String::from_utf8(file.path).ok()).collect());
        }
        let start = self.root.join(folder);
        if !start.is_dir() {
            return Ok(BTreeSet::new());
        }
        let mut files = BTreeSet::new();
        for entry in WalkDir::new(start) {
            let entry = entry.map_err(walking)?;
            if entry.file_type().is_file() {
                files.extend(self.relative(entry.path()));
            }
        }
        Ok(files)
    }

    /// Paths that the tip has changed, added or removed since it left the line of `revision`: `git diff --no-renames --name-only REVISION...`, so that a
    /// file that moved counts at both places. What is not committed is told by [`Snapshot::uncommitted`](super::Snapshot::uncommitted).
    ///
    /// # Errors
    /// An unknown revision; a shallow clone that ends before the two lines meet; a missing or damaged object.
    pub fn changed_since(&self, revision: &str) -> Result<BTreeSet<String>, RepoError> {
        let base = self.resolve(revision)?;
        let Some(tip) = self.tip else { return Ok(BTreeSet::new()) };
        self.blobs.pool.with(|git| {
            let base = match git.merge_bases(base, tip.commit)?.first() {
                Some(base) => *base,
                // Whether they meet in what was not fetched can't be known, and comparing the two ends would blame the branch for what others did.
                None if self.is_shallow() => return Err(RepoError::CutOff { revision: revision.to_owned() }),
                // Histories without a common commit are compared as they are.
                None => base,
            };
            let odb = git.odb()?;
            let mut objects = Objects::new(&odb);
            let old = tree_of(&objects, base)?;
            let mut changes = Vec::new();
            tree::compare(&mut objects, Some(old), Some(tip.tree), &Scope::All, Side::Inside, &mut changes)?;
            Ok(changes.into_iter().map(|change| String::from_utf8_lossy(&change.path).into_owned()).collect())
        })
    }

    /// Whether git tracks a file at or below `path` (relative to the root, or absolute), in the index or in the tip commit.
    ///
    /// # Errors
    /// A missing or damaged object, or an index that can't be read.
    pub fn is_tracked_below(&self, path: &Path) -> Result<bool, RepoError> {
        let Some(path) = self.relative(&self.root.join(path)) else { return Ok(false) };
        self.blobs.pool.with(|git| {
            let folder = if path.is_empty() { String::new() } else { format!("{path}/") };
            let staged = if self.work_tree().is_some() { git.staged()? } else { Staged::default() };
            if staged.contains(&folder) || staged.contains(&path) {
                return Ok(true);
            }
            let Some(tip) = self.tip else { return Ok(false) };
            let odb = git.odb()?;
            Ok(match tree::find_entry(&mut Objects::new(&odb), tip.tree, path.as_bytes())? {
                Some((Kind::Folder, id)) => Objects::new(&odb).tree(id)?.len() > 0,
                found => found.is_some(),
            })
        })
    }

    /// The path from the root with `/` between the parts; `None` outside of the root and for names that are not UTF-8.
    pub(super) fn relative(&self, path: &Path) -> Option<String> {
        locate::relative(&self.root, &locate::cleaned(path))
    }
}

pub(super) fn walking(error: walkdir::Error) -> RepoError {
    let path = error.path().unwrap_or(Path::new("")).to_owned();
    RepoError::Io { path, source: error.into() }
}
