//! The files of the content as they lie in the work tree.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use git2::{ObjectType, Oid};
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::{
    File, ObjectId, RepoError, Repository, Unsaved,
    backend::Git,
    read::walking,
    snapshot::{SnapshotOptions, is_visible},
    staged::Staged,
};
use crate::config::Content;

pub(super) const NOT_UTF8: &str = "its name is not UTF-8";
const LINK: &str = "it is a symbolic link";

type Found = (BTreeMap<String, File>, Vec<(String, String)>);

/// Lists and reads the files of the content. Documents are read whole, other files are only compared with the tip.
pub(super) fn files(
    repository: &Repository,
    content: &Content,
    options: &SnapshotOptions,
    committed: &BTreeMap<String, ObjectId>,
) -> Result<Found, RepoError> {
    let start = start(repository, content.root())?;
    let staged = repository.blobs.pool.with(Git::staged)?;
    let listing = repository.blobs.pool.with(|git| {
        let output = options.output.as_ref().map(|folder| repository.root.join(folder));
        Listing { repository, git, staged: &staged, committed, output: output.map(|folder| fs::canonicalize(&folder).unwrap_or(folder)) }.walk(&start)
    })?;
    let (paths, mut skipped) = listing;
    let mut paths: Vec<String> = paths.into_iter().filter(|path| is_visible(content, path)).collect();
    // A text that an editor asks about is meant, even where it is new or git would ignore it.
    let all = paths.iter().chain(options.unsaved.as_ref().map(|unsaved| &unsaved.path)).map(String::as_str);
    let unsaved = options.unsaved.as_ref().filter(|unsaved| content.documents(all).contains(unsaved.path.as_str()));
    paths.extend(unsaved.map(|unsaved| unsaved.path.clone()).filter(|path| !paths.contains(path)));
    skipped.retain(|(path, reason)| reason != LINK || content.may_be_document(path));
    skipped.sort();
    let documents = content.documents(paths.iter().map(String::as_str));
    let files = paths
        .par_iter()
        .map(|path| {
            let id = committed.get(path).copied();
            let place = repository.root.join(path);
            let reading = |source| RepoError::Io { path: place.clone(), source };
            if let Some(unsaved) = unsaved.filter(|unsaved| unsaved.path == *path) {
                return Ok((path.clone(), self::unsaved(repository, unsaved, id)));
            }
            let (bytes, is_modified) = if documents.contains(path.as_str()) {
                let bytes = fs::read(&place).map_err(reading)?;
                let is_modified = id.is_none_or(|id| !staged.vouches_for(path, &place, id) && differs(repository, &bytes, id));
                (Some(Arc::from(bytes)), is_modified)
            } else {
                let is_modified = match id {
                    Some(id) if staged.vouches_for(path, &place, id) => false,
                    Some(id) => differs(repository, &fs::read(&place).map_err(reading)?, id),
                    None => true,
                };
                (None, is_modified)
            };
            Ok((path.clone(), File { path: path.clone(), bytes, committed: id, is_modified }))
        })
        .collect::<Result<BTreeMap<_, _>, RepoError>>()?;
    Ok((files, skipped))
}

/// A document with the text of an editor.
pub(super) fn unsaved(repository: &Repository, unsaved: &Unsaved, committed: Option<ObjectId>) -> File {
    let is_modified = committed.is_none_or(|id| differs(repository, &unsaved.bytes, id));
    File { path: unsaved.path.clone(), bytes: Some(Arc::clone(&unsaved.bytes)), committed, is_modified }
}

/// The content folder; refused where a link stands on the way, because git tracks nothing behind it.
fn start(repository: &Repository, root: &str) -> Result<PathBuf, RepoError> {
    let start: PathBuf = repository.root.join(root).components().collect();
    if !start.is_dir() {
        return Err(RepoError::MissingContent(root.to_owned()));
    }
    let real = |path: &Path| fs::canonicalize(path).map_err(|source| RepoError::Io { path: path.to_owned(), source });
    if real(&start)? == real(&repository.root)?.join(root).components().collect::<PathBuf>() {
        Ok(start)
    } else {
        Err(RepoError::LinkedContent(root.to_owned()))
    }
}

struct Listing<'a> {
    repository: &'a Repository,
    git: &'a Git,
    staged: &'a Staged,
    committed: &'a BTreeMap<String, ObjectId>,
    output: Option<PathBuf>,
}

impl Listing<'_> {
    #[expect(clippy::type_complexity, reason = "the pair is taken apart at once")]
    fn walk(&self, start: &Path) -> Result<(Vec<String>, Vec<(String, String)>), RepoError> {
        let (mut paths, mut skipped) = (Vec::new(), Vec::new());
        for entry in WalkDir::new(start).follow_links(false).into_iter().filter_entry(|entry| entry.depth() == 0 || self.enters(entry)) {
            let entry = entry.map_err(walking)?;
            if entry.file_type().is_dir() {
                continue;
            }
            match self.repository.relative(entry.path()) {
                None => skipped.push((self.shown(entry.path()), NOT_UTF8.to_owned())),
                Some(path) if entry.path_is_symlink() => skipped.push((path, LINK.to_owned())),
                Some(path) if entry.file_type().is_file() && (self.committed.contains_key(&path) || !self.is_ignored(&path)) => paths.push(path),
                Some(_) => {}
            }
        }
        Ok((paths, skipped))
    }

    fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.repository.root).unwrap_or(path).to_string_lossy().replace('\\', "/")
    }

    /// Hidden folders, the output, other repositories and what git ignores are no content.
    fn enters(&self, entry: &DirEntry) -> bool {
        if !entry.file_type().is_dir() {
            return true;
        }
        if entry.file_name().to_str().is_some_and(|name| name.starts_with(['.', '_'])) || self.output.as_deref() == Some(entry.path()) {
            return false;
        }
        let Some(path) = self.repository.relative(entry.path()) else { return true };
        let folder = format!("{path}/");
        let is_tracked = self.committed.range(folder.clone()..).next().is_some_and(|(first, _)| first.starts_with(&folder));
        is_tracked || !(entry.path().join(".git").exists() || self.is_ignored(&folder))
    }

    /// Whether a file that the tip does not have is ignored and not in the index either.
    fn is_ignored(&self, path: &str) -> bool {
        self.git.is_ignored(path) && !self.staged.contains(path)
    }
}

/// Whether the bytes are another text than the blob. Line ends do not count: `core.autocrlf` and `.gitattributes` turn them on checkout.
fn differs(repository: &Repository, bytes: &[u8], id: ObjectId) -> bool {
    // Of a repository of SHA-256 no blob has such an id: there the bytes are compared.
    let is_blob = |bytes: &[u8]| Oid::hash_object(ObjectType::Blob, bytes).is_ok_and(|hash| ObjectId::of_git(hash) == id);
    if is_blob(bytes) {
        return false;
    }
    let text = with_plain_line_ends(bytes);
    // A blob that is missing (partial clones) can't be compared; its hash has spoken.
    !is_blob(&text) && repository.blobs.blob(id).map_or(true, |blob| with_plain_line_ends(&blob) != text)
}

fn with_plain_line_ends(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        match line.strip_suffix(b"\r\n") {
            Some(line) => text.extend(line.iter().chain(b"\n")),
            None => text.extend_from_slice(line),
        }
    }
    text
}
