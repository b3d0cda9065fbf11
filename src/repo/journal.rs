use std::{
    fs,
    io::{self, Write},
    ops::Range,
    path::{Path, PathBuf},
};

/// Pages after which a journal is written anew: each costs a checksum and a little of what it repeats.
const PAGES: usize = 64;
/// Length and checksum before each page.
const HEAD: usize = 12;

/// A file that only grows: a line that names its kind, then pages, each with its length and checksum.
///
/// For what can be worked out again: a page that is damaged, cut off or of another kind ends what is read, and what follows is not there. Two
/// processes may add to it at once, since a page is written in one piece.
#[derive(Debug, Clone)]
pub(super) struct Journal {
    path: PathBuf,
    kind: &'static str,
}

/// What a journal holds.
#[derive(Debug, Default)]
pub(super) struct Pages {
    bytes: Vec<u8>,
    pages: Vec<Range<usize>>,
    is_whole: bool,
}

impl Journal {
    /// `kind` is one line that changes whenever pages come to mean something else.
    pub(super) const fn new(path: PathBuf, kind: &'static str) -> Self {
        Self { path, kind }
    }

    /// Everything that is intact. A file that can't be read holds nothing.
    pub(super) fn read(&self) -> Pages {
        fs::read(&self.path).map(|bytes| Pages::new(bytes, self.kind)).unwrap_or_default()
    }

    /// Adds a page to what was read before.
    ///
    /// # Errors
    /// The operating system.
    pub(super) fn add(&self, page: &[u8]) -> io::Result<()> {
        fs::OpenOptions::new().append(true).open(&self.path)?.write_all(&framed(Vec::new(), page))
    }

    /// Writes the journal anew with one page. Whoever reads it meanwhile has the old one.
    ///
    /// # Errors
    /// The operating system.
    pub(super) fn replace(&self, page: &[u8]) -> io::Result<()> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(&framed(format!("{}\n", self.kind).into_bytes(), page))?;
        file.persist(&self.path)?;
        Ok(())
    }
}

fn framed(mut bytes: Vec<u8>, page: &[u8]) -> Vec<u8> {
    bytes.reserve_exact(HEAD + page.len());
    bytes.extend((page.len() as u64).to_le_bytes());
    bytes.extend(crc32fast::hash(page).to_le_bytes());
    bytes.extend(page);
    bytes
}

impl Pages {
    fn new(bytes: Vec<u8>, kind: &str) -> Self {
        let mut at = kind.len() + 1;
        if bytes.get(..at) != Some(format!("{kind}\n").as_bytes()) {
            return Self::default();
        }
        let mut pages = Vec::new();
        while let Some(page) = page(&bytes, at) {
            at = page.end;
            pages.push(page);
        }
        Self { is_whole: at == bytes.len(), bytes, pages }
    }

    /// The pages, oldest first.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        self.pages.iter().filter_map(|page| self.bytes.get(page.clone()))
    }

    /// Whether a page can be added. Else the journal has to be written anew: it is damaged, has grown long, or is not there.
    pub(super) const fn takes_more(&self) -> bool {
        self.is_whole && self.pages.len() < PAGES
    }
}

/// The page whose head is at `at`.
fn page(bytes: &[u8], at: usize) -> Option<Range<usize>> {
    let (length, rest) = bytes.get(at..)?.split_first_chunk::<8>()?;
    let (checksum, rest) = rest.split_first_chunk::<4>()?;
    let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
    let page = rest.get(..length)?;
    (crc32fast::hash(page) == u32::from_le_bytes(*checksum)).then_some(at + HEAD..at + HEAD + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn journal(folder: &tempfile::TempDir) -> Journal {
        Journal::new(folder.path().join("below/journal"), "test 1")
    }

    fn pages(journal: &Journal) -> Vec<Vec<u8>> {
        journal.read().iter().map(<[u8]>::to_vec).collect()
    }

    #[test]
    fn pages_come_back_in_their_order() {
        let folder = tempfile::tempdir().unwrap();
        let journal = journal(&folder);
        assert!(pages(&journal).is_empty() && !journal.read().takes_more() && journal.add(b"one").is_err());
        journal.replace(b"one").unwrap();
        journal.add(b"").unwrap();
        journal.add(b"three").unwrap();
        assert_eq!(pages(&journal), [b"one".to_vec(), Vec::new(), b"three".to_vec()]);
        assert!(journal.read().takes_more());
        journal.replace(b"four").unwrap();
        assert_eq!(pages(&journal), [b"four"]);
    }

    #[test]
    fn what_is_cut_off_or_flipped_ends_the_journal() {
        let folder = tempfile::tempdir().unwrap();
        let journal = journal(&folder);
        journal.replace(b"one").unwrap();
        journal.add(b"two").unwrap();
        let whole = fs::read(&journal.path).unwrap();
        for length in 0..whole.len() {
            fs::write(&journal.path, &whole[..length]).unwrap();
            let read = journal.read();
            assert!(read.iter().all(|page| page == b"one"), "{length}");
            assert_eq!(read.takes_more(), [7, 22].contains(&length), "{length}");
            let mut flipped = whole.clone();
            flipped[length] ^= 1;
            fs::write(&journal.path, &flipped).unwrap();
            assert!(pages(&journal).len() < 2, "{length}");
        }
    }

    #[test]
    fn another_kind_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        journal(&folder).replace(b"one").unwrap();
        assert!(pages(&Journal::new(folder.path().join("below/journal"), "test 10")).is_empty());
    }

    #[test]
    fn a_long_journal_asks_to_be_written_anew() {
        let folder = tempfile::tempdir().unwrap();
        let journal = journal(&folder);
        journal.replace(b"").unwrap();
        for _ in 1..PAGES {
            assert!(journal.read().takes_more());
            journal.add(b"").unwrap();
        }
        assert!(!journal.read().takes_more());
    }
}
