use std::{collections::BTreeMap, path::Path};

use chrono::DateTime;
use git2::{Delta, Diff, IndexEntry, Oid, Repository, Signature, Time};

/// A history that is written as one patch file per commit can't be replayed.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {reason}")]
pub struct ReplayError {
    /// The patch file, or the folder.
    pub file: String,
    /// Why.
    pub reason: String,
}

/// One commit as its patch file says it.
#[derive(Debug, Default)]
struct Patch<'a> {
    headers: Vec<(&'a str, &'a str)>,
    message: String,
    diff: &'a str,
}

/// Writes a repository from patch files: `Commit`, `Parents`, `Author`, `Author-Date`, optionally `Committer`, `Commit-Date`, `File` (a binary
/// file of the browsed tree, `new/path <- browsed/path`) and `Delete`, a blank line, the message, `---`, and a unified diff against the first
/// parent. A merge without a diff takes the clean three-way merge of its parents. The last file is the tip of `main`.
///
/// The same patches give the same commit ids everywhere: no configuration of the user is asked.
///
/// # Errors
/// A patch that does not apply, and whatever the file system says.
pub fn replay<'a>(
    folder: &Path,
    patches: impl IntoIterator<Item = (&'a str, &'a str)>,
    browsed: impl Fn(&str) -> Option<Vec<u8>>,
) -> Result<(), ReplayError> {
    let at = |file: &str| {
        let file = file.to_owned();
        move |error: git2::Error| ReplayError { file: file.clone(), reason: error.message().to_owned() }
    };
    let place = folder.display().to_string();
    let mut options = git2::RepositoryInitOptions::new();
    options.initial_head("main").external_template(false);
    let repository = Repository::init_opts(folder, &options).map_err(at(&place))?;
    repository.config().and_then(|mut config| config.set_bool("core.autocrlf", false)).map_err(at(&place))?;
    let mut commits: BTreeMap<&str, Oid> = BTreeMap::new();
    let mut tip = None;
    for (name, text) in patches {
        let refuse = |reason: &str| ReplayError { file: name.to_owned(), reason: reason.to_owned() };
        let patch = Patch::parse(text);
        let number = patch.header("Commit").ok_or_else(|| refuse("no `Commit:` line"))?;
        let parents: Option<Vec<Oid>> =
            patch.header("Parents").unwrap_or_default().split_whitespace().map(|parent| commits.get(parent).copied()).collect();
        let parents = parents.ok_or_else(|| refuse("a parent that no earlier file names"))?;
        let author = patch.signature("Author", "Author-Date").ok_or_else(|| refuse("no readable `Author:` and `Author-Date:`"))?;
        let committer = patch.signature("Committer", "Commit-Date").unwrap_or_else(|| author.clone());
        let tree = tree(&repository, &patch, &parents, &browsed).map_err(at(name))?;
        let commit = || {
            let tree = repository.find_tree(tree)?;
            let parents: Result<Vec<_>, _> = parents.iter().map(|parent| repository.find_commit(*parent)).collect();
            let parents = parents?;
            repository.commit(None, &author, &committer, &patch.message, &tree, &parents.iter().collect::<Vec<_>>())
        };
        let id = commit().map_err(at(name))?;
        commits.insert(number, id);
        tip = Some(id);
    }
    let tip = tip.ok_or_else(|| ReplayError { file: place.clone(), reason: "there are no patches".to_owned() })?;
    let checkout = || {
        repository.reference("refs/heads/main", tip, true, "replay")?;
        repository.set_head("refs/heads/main")?;
        repository.checkout_head(Some(git2::build::CheckoutBuilder::new().force()))
    };
    checkout().map_err(at(&place))
}

/// The tree after a patch.
fn tree(repository: &Repository, patch: &Patch<'_>, parents: &[Oid], browsed: &impl Fn(&str) -> Option<Vec<u8>>) -> Result<Oid, git2::Error> {
    let is_plain = patch.diff.trim().is_empty();
    let mut index = match parents {
        [one, other] if is_plain => repository.merge_commits(&repository.find_commit(*one)?, &repository.find_commit(*other)?, None)?,
        [] => apply(repository, None, patch.diff)?,
        [first, ..] => apply(repository, Some(&repository.find_commit(*first)?.tree()?), patch.diff)?,
    };
    for path in patch.all("Delete") {
        index.remove_path(Path::new(path))?;
    }
    for written in patch.all("File") {
        let (path, from) = written.split_once(" <- ").unwrap_or((written, written));
        let bytes = browsed(from.trim()).ok_or_else(|| git2::Error::from_str(&format!("no file `{from}` in the browsed tree")))?;
        index.add(&entry(path.trim(), repository.blob(&bytes)?))?;
    }
    index.write_tree_to(repository)
}

fn apply(repository: &Repository, tree: Option<&git2::Tree<'_>>, diff: &str) -> Result<git2::Index, git2::Error> {
    let empty = repository.treebuilder(None)?.write()?;
    let base = match tree {
        Some(tree) => tree.clone(),
        None => repository.find_tree(empty)?,
    };
    if diff.trim().is_empty() {
        let mut index = git2::Index::new()?;
        index.read_tree(&base)?;
        return Ok(index);
    }
    let diff = Diff::from_buffer(diff.as_bytes())?;
    let mut index = repository.apply_to_tree(&base, &diff, None)?;
    // A rename leaves its old path in the index that libgit2 gives back.
    for delta in diff.deltas().filter(|delta| delta.status() == Delta::Renamed) {
        if let Some(old) = delta.old_file().path()
            && index.get_path(old, 0).is_some()
        {
            index.remove_path(old)?;
        }
    }
    Ok(index)
}

fn entry(path: &str, id: Oid) -> IndexEntry {
    IndexEntry {
        ctime: git2::IndexTime::new(0, 0),
        mtime: git2::IndexTime::new(0, 0),
        dev: 0,
        ino: 0,
        mode: 0o100_644,
        uid: 0,
        gid: 0,
        file_size: 0,
        id,
        flags: 0,
        flags_extended: 0,
        path: path.as_bytes().to_vec(),
    }
}

impl<'a> Patch<'a> {
    fn parse(text: &'a str) -> Self {
        let (head, rest) = text.split_once("\n\n").unwrap_or((text, ""));
        let headers = head.lines().filter_map(|line| line.split_once(": ")).collect();
        let (message, diff) = match rest.split_once("\n---\n") {
            Some((message, diff)) => (message, diff),
            None => (rest.strip_suffix("\n---").unwrap_or(rest), ""),
        };
        Self { headers, message: format!("{}\n", message.trim_end()), diff }
    }

    fn all(&self, key: &str) -> impl Iterator<Item = &'a str> {
        self.headers.iter().filter(move |(name, _)| *name == key).map(|(_, value)| value.trim())
    }

    fn header(&self, key: &str) -> Option<&'a str> {
        self.all(key).next()
    }

    fn signature(&self, who: &str, when: &str) -> Option<Signature<'static>> {
        let (name, email) = self.header(who)?.split_once(" <")?;
        let date = DateTime::parse_from_rfc3339(self.header(when).or_else(|| self.header("Author-Date"))?).ok()?;
        let time = Time::new(date.timestamp(), date.offset().local_minus_utc() / 60);
        Signature::new(name, email.trim_end_matches('>'), &time).ok()
    }
}
