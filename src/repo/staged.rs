use std::{collections::BTreeMap, fs, path::Path, time::UNIX_EPOCH};

use super::ObjectId;

/// The index: what is tracked, and with which size and time git last saw each file.
#[derive(Debug, Default)]
pub(super) struct Staged {
    entries: BTreeMap<Vec<u8>, Option<Stamp>>,
    written: u64,
}

#[derive(Debug)]
struct Stamp {
    id: ObjectId,
    size: u32,
    /// Seconds.
    modified: i32,
}

impl Staged {
    pub(super) fn of_library(index: &git2::Index) -> Self {
        let written = index.path().and_then(|path| modified(&fs::metadata(path).ok()?)).unwrap_or_default();
        let stamp = |entry: &git2::IndexEntry| Stamp { id: ObjectId::of_git(entry.id), size: entry.file_size, modified: entry.mtime.seconds() };
        Self { entries: index.iter().map(|entry| (entry.path.clone(), Some(stamp(&entry)))).collect(), written }
    }

    pub(super) fn without_times(paths: impl Iterator<Item = Vec<u8>>) -> Self {
        Self { entries: paths.map(|path| (path, None)).collect(), written: 0 }
    }

    /// Whether a file is tracked, or with a final `/` or nothing any file of that folder.
    pub(super) fn contains(&self, path: &str) -> bool {
        if path.is_empty() || path.ends_with('/') {
            let next = self.entries.range(path.as_bytes().to_vec()..).next();
            next.is_some_and(|(next, _)| next.starts_with(path.as_bytes()))
        } else {
            self.entries.contains_key(path.as_bytes())
        }
    }

    /// Whether the file is this blob, unchanged since git saw it, so that it need not be read. A file as new as the index itself may have changed after
    /// it was seen.
    pub(super) fn vouches_for(&self, path: &str, place: &Path, id: ObjectId) -> bool {
        let (Some(Some(stamp)), Ok(metadata)) = (self.entries.get(path.as_bytes()), fs::metadata(place)) else { return false };
        let seen = u64::try_from(stamp.modified).unwrap_or_default();
        stamp.id == id && u64::from(stamp.size) == metadata.len() & u64::from(u32::MAX) && modified(&metadata) == Some(seen) && seen < self.written
    }
}

fn modified(metadata: &fs::Metadata) -> Option<u64> {
    Some(metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_secs())
}
