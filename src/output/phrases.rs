//! Runs of words, compared by hash so that a whole repository can be looked through in one linear pass.

use rustc_hash::{FxHashMap, FxHashSet};

/// Words of a run. Shorter ones say nothing about where they come from.
const RUN: usize = 6;

/// Words of a run that must hold a letter: six pieces of a date and a clock are no phrase.
const LETTERED: usize = 4;

/// Every run of a text as its hash and the offset of its first byte.
pub(super) fn runs(text: &str) -> impl Iterator<Item = (u64, usize)> {
    let mut words = hashed_words(text);
    let mut last = [Word::default(); RUN];
    let mut next = 0_usize;
    std::iter::from_fn(move || {
        loop {
            let word = words.next()?;
            if let Some(oldest) = last.get_mut(next % RUN) {
                *oldest = word;
            }
            next += 1;
            if next >= RUN && last.iter().filter(|word| word.is_lettered).count() >= LETTERED {
                let in_order = (next..next + RUN).filter_map(|place| last.get(place % RUN));
                let hash = in_order.fold(0, |hash, word| mix(hash, word.hash));
                return Some((hash, last.get(next % RUN)?.start));
            }
        }
    })
}

/// A word as far as a comparison needs it.
#[derive(Debug, Clone, Copy, Default)]
struct Word {
    hash: u64,
    is_lettered: bool,
    start: usize,
    end: usize,
}

/// The words of a text, which are runs of letters and digits of any script, with their hashes: FNV-1a, 64 bits, over the lower-case letters. A text of
/// the repository is no adversary, and millions of words go through here, nearly all of them in ASCII.
fn hashed_words(text: &str) -> impl Iterator<Item = Word> {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let mut characters = text.char_indices();
    std::iter::from_fn(move || {
        let mut word: Option<Word> = None;
        for (at, character) in characters.by_ref() {
            let is_letter = character.is_alphabetic();
            if !(is_letter || character.is_alphanumeric()) {
                if word.is_some() {
                    break;
                }
                continue;
            }
            let word = word.get_or_insert(Word { hash: BASIS, is_lettered: false, start: at, end: at });
            word.end = at + character.len_utf8();
            word.is_lettered |= is_letter;
            word.hash = if character.is_ascii() {
                step(word.hash, (character as u8).to_ascii_lowercase())
            } else {
                let mut buffer = [0; 4];
                character.to_lowercase().fold(word.hash, |hash, letter| letter.encode_utf8(&mut buffer).bytes().fold(hash, step))
            };
        }
        word
    })
}

/// The run that begins at `offset`, as written.
pub(super) fn excerpt(text: &str, offset: usize) -> String {
    let text = text.get(offset..).unwrap_or_default();
    hashed_words(text).take(RUN).filter_map(|word| text.get(word.start..word.end)).collect::<Vec<_>>().join(" ")
}

/// Joins the hash of a run with that of its next word, so that the order of words counts.
const fn mix(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Runs of the output that no permitted text explains, and the file in which each was seen first.
#[derive(Debug, Default)]
pub(super) struct Unexplained {
    runs: FxHashMap<u64, String>,
}

impl Unexplained {
    pub(super) fn add(&mut self, path: &str, piece: &str, permitted: &FxHashSet<u64>) {
        for (hash, _) in runs(piece) {
            if !permitted.contains(&hash) {
                self.runs.entry(hash).or_insert_with(|| path.to_owned());
            }
        }
    }

    /// Takes over what another file had; the first file that shows a run is named for it.
    pub(super) fn join(&mut self, other: Self) {
        for (hash, path) in other.runs {
            self.runs.entry(hash).or_insert(path);
        }
    }

    pub(super) fn seen_in(&self, hash: u64) -> Option<&str> {
        self.runs.get(&hash).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_ignore_case_and_punctuation_and_clocks() {
        let hashes = |text: &str| runs(text).map(|(hash, _)| hash).collect::<Vec<_>>();
        assert_eq!(hashes("The connection pool, was: too SMALL"), hashes("the connection POOL was too small"));
        assert!(hashes("2026-03-14 09:14 UTC").is_empty());
        assert_eq!(hashes("결제 서버의 연결 풀이 너무 작았다").len(), 1);
    }
}
