//! How much of one text is left in another, by git's own measure, so that what `git log -M` calls a rename is one here.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hasher};

/// Pieces longer than this are cut, as git does.
const PIECE: usize = 64;

/// A text as a bag of lines: bytes by hash of line.
#[derive(Debug, Clone, Default)]
pub(super) struct Fingerprint {
    lines: HashMap<u64, usize>,
    size: usize,
}

impl Fingerprint {
    /// Lines (without the CR of a CRLF), cut after 64 bytes.
    pub(super) fn new(bytes: &[u8]) -> Self {
        let mut lines = HashMap::new();
        for line in bytes.split_inclusive(|byte| *byte == b'\n').flat_map(|line| line.chunks(PIECE)) {
            let mut hasher = DefaultHasher::new();
            let (text, end) = line.strip_suffix(b"\r\n").map_or((line, &b""[..]), |text| (text, b"\n"));
            hasher.write(text);
            hasher.write(end);
            *lines.entry(hasher.finish()).or_default() += text.len() + end.len();
        }
        Self { lines, size: bytes.len() }
    }

    /// Per cent of the larger text that both share.
    pub(super) fn similarity(&self, other: &Self) -> usize {
        let copied: usize = self.lines.iter().map(|(line, bytes)| other.lines.get(line).map_or(0, |theirs| *theirs.min(bytes))).sum();
        copied * 100 / self.size.max(other.size).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn similarity_is_the_share_of_common_lines() {
        let similarity = |one: &str, other: &str| Fingerprint::new(one.as_bytes()).similarity(&Fingerprint::new(other.as_bytes()));
        assert_eq!(similarity("a\nb\nc\nd\n", "a\nb\nc\nd\n"), 100);
        assert_eq!(similarity("a\nb\nc\nd\n", "d\nb\n"), 50);
        assert_eq!(similarity("a\r\nb\r\n", "a\nb\n"), 66);
        assert_eq!(similarity("", "a"), 0);
    }
}
