//! Runs of words, compared by hash so that a whole repository can be looked through in one linear pass.

use std::{
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
};

/// Words of a run. Shorter ones say nothing about where they come from.
const RUN: usize = 6;

/// Words of a run that must hold a letter: six pieces of a date and a clock are no phrase.
const LETTERED: usize = 4;

/// The words of a text: runs of letters and digits of any script, lower case.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Every run of a text as its hash and the offset of its first byte.
pub(super) fn runs(text: &str) -> Vec<(u64, usize)> {
    let base = text.as_ptr() as usize;
    let words: Vec<&str> = words(text).collect();
    let hashes: Vec<(u64, bool)> = words.iter().map(|word| (word_hash(word), word.chars().any(char::is_alphabetic))).collect();
    let windows = hashes.windows(RUN).zip(&words);
    windows
        .filter(|(run, _)| run.iter().filter(|(_, lettered)| *lettered).count() >= LETTERED)
        .map(|(run, first)| {
            let mut hasher = DefaultHasher::new();
            run.iter().for_each(|(hash, _)| hash.hash(&mut hasher));
            (hasher.finish(), first.as_ptr() as usize - base)
        })
        .collect()
}

/// The run that begins at `offset`, as written.
pub(super) fn excerpt(text: &str, offset: usize) -> String {
    words(text.get(offset..).unwrap_or_default()).take(RUN).collect::<Vec<_>>().join(" ")
}

fn word_hash(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    if word.is_ascii() {
        word.bytes().for_each(|byte| byte.to_ascii_lowercase().hash(&mut hasher));
    } else {
        word.chars().flat_map(char::to_lowercase).for_each(|character| character.hash(&mut hasher));
    }
    hasher.finish()
}

/// Runs of the output that no permitted text explains, and the file in which each was seen first.
#[derive(Debug, Default)]
pub(super) struct Unexplained {
    runs: HashMap<u64, String>,
}

impl Unexplained {
    pub(super) fn new() -> Self {
        Self::default()
    }

    pub(super) fn add(&mut self, path: &str, piece: &str, permitted: &HashSet<u64>) {
        for (hash, _) in runs(piece) {
            if !permitted.contains(&hash) {
                self.runs.entry(hash).or_insert_with(|| path.to_owned());
            }
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
        let hashes = |text: &str| runs(text).into_iter().map(|(hash, _)| hash).collect::<Vec<_>>();
        assert_eq!(hashes("The connection pool, was: too SMALL"), hashes("the connection POOL was too small"));
        assert!(hashes("2026-03-14 09:14 UTC").is_empty());
        assert_eq!(hashes("결제 서버의 연결 풀이 너무 작았다").len(), 1);
    }
}
