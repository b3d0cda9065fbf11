//! Repositories made in code, for tests: fixed people and clocks, so that commit ids repeat, and nothing of the user's own configuration.
#![allow(clippy::expect_used, clippy::panic, clippy::missing_panics_doc, reason = "a test that can't make its repository has to stop")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use chrono::DateTime;
use git2::{Index, IndexEntry, IndexTime, Oid, RepositoryInitOptions, Signature, Time};
use tempfile::TempDir;

use super::ObjectId;

/// Seconds between two commits, unless [`TestRepository::at`] sets the clock.
const STEP: i64 = 3600;
const FILE: u32 = 0o100_644;
const LINK: u32 = 0o120_000;

/// A repository in a temporary folder. Changes are staged with `write`, `remove` and `rename`, and committed in the order of the calls.
///
/// ```
/// let mut repository = lookback::testing::TestRepository::new();
/// repository.write("postmortems/a.md", "# A\n").commit("Add A");
/// repository.branch("topic").write("postmortems/a.md", "# A, corrected\n").commit("Correct A");
/// repository.switch("main").merge(&["topic"]).commit("Merge pull request #1 from ada/topic");
/// repository.checkout();
/// ```
pub struct TestRepository {
    directory: TempDir,
    git: git2::Repository,
    files: BTreeMap<Vec<u8>, (Oid, u32)>,
    parents: Vec<Oid>,
    branch: String,
    author: (String, String),
    committer: Option<(String, String)>,
    clock: (i64, i32),
}

impl Default for TestRepository {
    fn default() -> Self {
        Self::new()
    }
}

impl TestRepository {
    /// With a work tree, on the branch `main`, without a commit. The clock stands at 2026-01-01 00:00 UTC.
    #[must_use]
    pub fn new() -> Self {
        Self::with(false)
    }

    /// Without a work tree.
    #[must_use]
    pub fn bare() -> Self {
        Self::with(true)
    }

    fn with(is_bare: bool) -> Self {
        let directory = tempfile::tempdir().expect("a temporary folder");
        let mut options = RepositoryInitOptions::new();
        options.bare(is_bare).initial_head("main").external_template(false);
        let git = git2::Repository::init_opts(directory.path(), &options).expect("a repository");
        let mut config = git.config().expect("its configuration");
        config.set_str("core.autocrlf", "false").expect("a setting");
        Self {
            directory,
            git,
            files: BTreeMap::new(),
            parents: Vec::new(),
            branch: "main".to_owned(),
            author: person("Ada Meyer <ada@example.com>"),
            committer: None,
            clock: (1_767_225_600, 0),
        }
    }

    /// The folder of the repository.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.directory.path()
    }

    /// Who writes the commits from here on, as `Name <email>`; also commits them, unless [`Self::committer`] says otherwise.
    pub fn author(&mut self, author: &str) -> &mut Self {
        self.author = person(author);
        self
    }

    /// Who commits from here on; the author again when empty.
    pub fn committer(&mut self, committer: &str) -> &mut Self {
        self.committer = (!committer.is_empty()).then(|| person(committer));
        self
    }

    /// Sets the clock of the next commit, in RFC 3339; each commit after it is an hour later.
    pub fn at(&mut self, time: &str) -> &mut Self {
        let time = DateTime::parse_from_rfc3339(time).expect("a time");
        self.clock = (time.timestamp(), time.offset().local_minus_utc() / 60);
        self
    }

    /// Stages a file.
    pub fn write(&mut self, path: impl AsRef<[u8]>, text: impl AsRef<[u8]>) -> &mut Self {
        let blob = self.git.blob(text.as_ref()).expect("a blob");
        self.files.insert(path.as_ref().to_vec(), (blob, FILE));
        self
    }

    /// Stages a symbolic link.
    pub fn link(&mut self, path: &str, target: &str) -> &mut Self {
        let blob = self.git.blob(target.as_bytes()).expect("a blob");
        self.files.insert(path.into(), (blob, LINK));
        self
    }

    /// Stages the removal of a file.
    pub fn remove(&mut self, path: &str) -> &mut Self {
        self.files.remove(path.as_bytes()).unwrap_or_else(|| panic!("no file {path}"));
        self
    }

    /// Stages a move of a file, or of a folder when `from` ends in `/`.
    pub fn rename(&mut self, from: &str, to: &str) -> &mut Self {
        let moved: Vec<_> = self
            .files
            .keys()
            .filter(|path| if from.ends_with('/') { path.starts_with(from.as_bytes()) } else { *path == from.as_bytes() })
            .cloned()
            .collect();
        assert!(!moved.is_empty(), "no file {from}");
        for path in moved {
            let file = self.files.remove(&path).expect("listed above");
            self.files.insert([to.as_bytes(), path.strip_prefix(from.as_bytes()).unwrap_or_default()].concat(), file);
        }
        self
    }

    /// Commits what is staged on the current branch.
    pub fn commit(&mut self, message: &str) -> ObjectId {
        let mut index = Index::new().expect("an index");
        for (path, (blob, mode)) in &self.files {
            index.add(&entry(path, *blob, *mode)).expect("an entry");
        }
        let tree = index.write_tree_to(&self.git).expect("a tree");
        let tree = self.git.find_tree(tree).expect("the tree");
        let time = Time::new(self.clock.0, self.clock.1);
        let sign = |(name, email): &(String, String)| Signature::new(name, email, &time).expect("a person");
        let committer = self.committer.as_ref().unwrap_or(&self.author);
        let parents: Vec<_> = self.parents.iter().map(|id| self.git.find_commit(*id).expect("a parent")).collect();
        let parents: Vec<_> = parents.iter().collect();
        let commit = self.git.commit(None, &sign(&self.author), &sign(committer), message, &tree, &parents).expect("a commit");
        let branch = format!("refs/heads/{}", self.branch);
        self.git.reference(&branch, commit, true, "test").expect("a branch");
        self.parents = vec![commit];
        self.clock.0 += STEP;
        ObjectId::of_git(commit)
    }

    /// Begins a branch at the current commit and goes there. What is staged comes along.
    pub fn branch(&mut self, name: &str) -> &mut Self {
        let commit = *self.parents.first().expect("a commit to begin at");
        self.git.reference(&format!("refs/heads/{name}"), commit, true, "test").expect("a branch");
        name.clone_into(&mut self.branch);
        self
    }

    /// Goes to a branch; what is staged is lost. A branch that does not exist begins without history.
    pub fn switch(&mut self, name: &str) -> &mut Self {
        name.clone_into(&mut self.branch);
        self.parents = self.git.refname_to_id(&format!("refs/heads/{name}")).into_iter().collect();
        self.files = self.parents.first().map(|id| self.files_of(*id)).unwrap_or_default();
        self
    }

    /// Stages a merge of branches: what only they changed is taken from them, else the current branch wins. Conflicts are settled with `write`.
    pub fn merge(&mut self, branches: &[&str]) -> &mut Self {
        for branch in branches {
            let theirs = self.git.refname_to_id(&format!("refs/heads/{branch}")).expect("a branch");
            let ours = *self.parents.first().expect("a commit to merge into");
            let base = self.git.merge_base(ours, theirs).map(|base| self.files_of(base)).unwrap_or_default();
            let their_files = self.files_of(theirs);
            for path in base.keys().chain(their_files.keys()) {
                let (old, new) = (base.get(path), their_files.get(path));
                if old != new && self.files.get(path) == old {
                    match new {
                        Some(file) => drop(self.files.insert(path.clone(), *file)),
                        None => drop(self.files.remove(path)),
                    }
                }
            }
            self.parents.push(theirs);
        }
        self
    }

    /// Writes the current branch to the work tree and the index, and makes it `HEAD`.
    pub fn checkout(&mut self) -> PathBuf {
        self.git.set_head(&format!("refs/heads/{}", self.branch)).expect("a branch");
        if !self.git.is_bare() {
            let mut force = git2::build::CheckoutBuilder::new();
            self.git.checkout_head(Some(force.force().remove_untracked(true))).expect("a checkout");
        }
        self.path().to_owned()
    }

    /// Writes a file to the work tree alone.
    pub fn write_uncommitted(&self, path: impl AsRef<Path>, text: impl AsRef<[u8]>) -> &Self {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
        self
    }

    fn files_of(&self, commit: Oid) -> BTreeMap<Vec<u8>, (Oid, u32)> {
        let tree = self.git.find_commit(commit).and_then(|commit| commit.tree()).expect("a tree");
        let mut index = Index::new().expect("an index");
        index.read_tree(&tree).expect("a tree");
        index.iter().map(|entry| (entry.path, (entry.id, entry.mode))).collect()
    }
}

fn person(written: &str) -> (String, String) {
    let (name, email) = written.split_once('<').expect("Name <email>");
    (name.trim().to_owned(), email.trim_end_matches('>').to_owned())
}

fn entry(path: &[u8], id: Oid, mode: u32) -> IndexEntry {
    let time = IndexTime::new(0, 0);
    IndexEntry { ctime: time, mtime: time, dev: 0, ino: 0, mode, uid: 0, gid: 0, file_size: 0, id, flags: 0, flags_extended: 0, path: path.to_vec() }
}
