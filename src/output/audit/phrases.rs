//! Runs of words, compared by hash so that a whole repository can be looked through in one linear pass.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{form::plain, reader::Piece};

/// Words of a run. Shorter ones say nothing about where they come from.
const RUN: usize = 6;

/// Words of a run that must hold a letter: six pieces of a date and a clock are no phrase.
const LETTERED: usize = 4;

/// Six words that follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) hash: u64,
    /// Offset of its first byte.
    pub(super) start: usize,
    /// Offset behind its last byte.
    pub(super) end: usize,
    /// Number of its last word, so that runs that follow each other can be told.
    pub(super) word: usize,
}

/// Begins a new phrase: nothing before it belongs to what is behind it.
pub(crate) const NEW_PHRASE: char = '\u{1d}';

/// Every run of a text in [`plain`](super::form::plain) form.
pub(super) fn runs(text: &str) -> impl Iterator<Item = Run> {
    let mut words = hashed_words(text);
    let mut last = [Word::default(); RUN];
    let (mut next, mut since) = (0_usize, 0_usize);
    std::iter::from_fn(move || {
        loop {
            let word = words.next()?;
            since = if word.is_first { 1 } else { since + 1 };
            if let Some(oldest) = last.get_mut(next % RUN) {
                *oldest = word;
            }
            next += 1;
            if since >= RUN && last.iter().filter(|word| word.is_lettered).count() >= LETTERED {
                let in_order = (next..next + RUN).filter_map(|place| last.get(place % RUN));
                let hash = in_order.fold(0, |hash, word| mix(hash, word.hash));
                return Some(Run { hash, start: last.get(next % RUN)?.start, end: word.end, word: next });
            }
        }
    })
}

/// A word as far as a comparison needs it.
#[derive(Debug, Clone, Copy, Default)]
struct Word {
    hash: u64,
    is_lettered: bool,
    /// Whether it begins a phrase.
    is_first: bool,
    start: usize,
    end: usize,
}

/// The words of a text, which are runs of letters and digits of any script, with their hashes: FNV-1a, 64 bits, over the lower-case letters. A text of
/// the repository is no adversary, and millions of words go through here, nearly all of them in ASCII.
fn hashed_words(text: &str) -> impl Iterator<Item = Word> {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let mut characters = text.char_indices();
    let mut begins = false;
    std::iter::from_fn(move || {
        let mut word: Option<Word> = None;
        let mut is_first = std::mem::take(&mut begins);
        for (at, character) in characters.by_ref() {
            let is_letter = character.is_alphabetic();
            if !(is_letter || character.is_alphanumeric()) {
                if character == NEW_PHRASE {
                    (is_first, begins) = (word.is_none(), word.is_some());
                }
                if word.is_some() {
                    break;
                }
                continue;
            }
            let word = word.get_or_insert(Word { hash: BASIS, is_lettered: false, is_first, start: at, end: at });
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

/// Joins the hash of a run with that of its next word, so that the order of words counts.
const fn mix(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Runs of the output that no permitted text explains, and where each was seen first: number of the file, and line.
#[derive(Debug, Default)]
pub(super) struct Unexplained {
    runs: FxHashMap<u64, Place>,
}

/// Number of a file, and line in it.
pub(super) type Place = (usize, Option<usize>);

impl Unexplained {
    pub(super) fn add(&mut self, file: usize, piece: &Piece, permitted: &FxHashSet<u64>) {
        let text = plain(&piece.text);
        let (mut counted, mut line) = (0, piece.line);
        for run in runs(&text).filter(|run| !permitted.contains(&run.hash)) {
            if piece.has_lines {
                let between = text.get(counted..run.start).unwrap_or_default();
                line = line.map(|line| line + between.bytes().filter(|byte| *byte == b'\n').count());
                counted = run.start;
            }
            self.runs.entry(run.hash).or_insert((file, line));
        }
    }

    /// Takes over what another file had; the first file that shows a run is named for it.
    pub(super) fn join(&mut self, other: Self) {
        for (hash, place) in other.runs {
            self.runs.entry(hash).or_insert(place);
        }
    }

    pub(super) fn seen_at(&self, run: &Run) -> Option<Place> {
        self.runs.get(&run.hash).copied()
    }
}

/// What a run of runs says, on one line.
pub(super) fn excerpt(text: &str, start: usize, end: usize) -> String {
    /// Words that are shown of a long one.
    const SHOWN: usize = 40;
    let words: Vec<&str> = text.get(start..end).unwrap_or_default().split_whitespace().collect();
    let shown = words.get(..SHOWN).unwrap_or(&words).join(" ");
    if words.len() > SHOWN { shown + " …" } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_ignore_case_and_punctuation_and_clocks() {
        let hashes = |text: &str| runs(text).map(|run| run.hash).collect::<Vec<_>>();
        assert_eq!(hashes("The connection pool, was: too SMALL"), hashes("the connection POOL was too small"));
        assert!(hashes("2026-03-14 09:14 UTC").is_empty());
        assert!(hashes("one two three four\u{1d} five six").is_empty());
        assert_eq!(hashes("zero\u{1d}one two three four five six"), hashes("one two three four five six"));
        assert_eq!(hashes("결제 서버의 연결 풀이 너무 작았다").len(), 1);
    }
}
