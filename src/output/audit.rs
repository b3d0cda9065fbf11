use std::collections::{BTreeMap, BTreeSet, HashSet};

use aho_corasick::AhoCorasick;
use regex::Regex;
use serde::Serialize;

use super::{
    Tree,
    phrases::{Unexplained, excerpt, runs},
    reader::pieces,
};
use crate::view::External;

/// Everything that must not go outside, and what may.
#[derive(Debug, Default)]
pub struct InternalText {
    /// Texts of the repository: where they stand, and what they say.
    pub texts: Vec<(String, String)>,
    /// Exact pieces: what they are (for the report), and the piece.
    pub identifiers: Vec<(&'static str, String)>,
    /// Patterns of the configuration.
    pub forbidden: Vec<Regex>,
    /// Texts that this audience is permitted to read.
    pub permitted: Vec<String>,
}

/// Something internal in an external file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Leak {
    /// File of the site.
    pub file: String,
    /// What kind of text it is: `phrase`, `e-mail address`, …
    pub kind: String,
    /// The text.
    pub text: String,
    /// Where it comes from, where that is known.
    pub from: Option<String>,
}

/// How much was looked through, and what was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeakReport {
    /// Version of this shape.
    pub schema: u32,
    /// Name of the audience.
    pub audience: String,
    /// Files read.
    pub files: usize,
    /// Bytes read.
    pub bytes: usize,
    /// Internal runs of six words that were looked for.
    pub phrases: usize,
    /// Identifiers that were looked for.
    pub identifiers: usize,
    /// Patterns that were looked for.
    pub patterns: usize,
    /// What was found.
    pub leaks: Vec<Leak>,
}

/// A tree in which no internal text was found.
#[derive(Debug)]
pub struct Audited {
    tree: Tree<External>,
    report: LeakReport,
}

/// A tree with leaks: it can't be written.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{} internal {} found in the {} site", .0.leaks.len(), if .0.leaks.len() == 1 { "text" } else { "texts" }, .0.audience)]
pub struct LeakAudit(pub LeakReport);

impl Audited {
    /// Reads every byte of an external tree as a reader would.
    ///
    /// # Errors
    /// When anything internal is found.
    pub fn new(tree: Tree<External>, internal: &InternalText) -> Result<Self, LeakAudit> {
        let report = audit(&tree, internal);
        if report.leaks.is_empty() { Ok(Self { tree, report }) } else { Err(LeakAudit(report)) }
    }

    /// The tree.
    #[must_use]
    pub const fn tree(&self) -> &Tree<External> {
        &self.tree
    }

    /// What was looked through.
    #[must_use]
    pub const fn report(&self) -> &LeakReport {
        &self.report
    }
}

fn audit(tree: &Tree<External>, internal: &InternalText) -> LeakReport {
    let permitted: HashSet<u64> = internal.permitted.iter().flat_map(|text| runs(text)).map(|(hash, _)| hash).collect();
    let mut needles: BTreeMap<String, &'static str> = BTreeMap::new();
    for (kind, piece) in &internal.identifiers {
        let piece = one_spaced(piece).to_lowercase();
        if !piece.is_empty() {
            needles.entry(piece).or_insert(kind);
        }
    }
    for piece in found_in(&needles, &line_by_line(&internal.permitted)) {
        needles.remove(&piece);
    }
    let texts: Vec<&String> = needles.keys().collect();
    let automaton = AhoCorasick::new(&texts).ok();
    let mut unexplained = Unexplained::new();
    let mut leaks = BTreeSet::new();
    for (path, bytes) in tree.files() {
        let raw = String::from_utf8_lossy(bytes).to_lowercase();
        let mut decoded = vec![path.clone()];
        decoded.extend(pieces(path, bytes));
        for piece in &decoded {
            unexplained.add(path, piece, &permitted);
        }
        let joined = line_by_line(&decoded);
        for text in [&joined, &raw] {
            let found = automaton.iter().flat_map(|automaton| automaton.find_overlapping_iter(text));
            for hit in found.filter(|hit| is_whole(text, hit.start(), hit.end())) {
                if let Some((needle, kind)) = texts.get(hit.pattern().as_usize()).and_then(|needle| Some((*needle, needles.get(*needle)?))) {
                    leaks.insert((path.clone(), (*kind).to_owned(), needle.clone(), None));
                }
            }
        }
        for (pattern, text) in internal.forbidden.iter().flat_map(|pattern| decoded.iter().map(move |text| (pattern, text))) {
            if let Some(hit) = pattern.find(text) {
                leaks.insert((path.clone(), "forbidden pattern".to_owned(), hit.as_str().to_owned(), Some(format!("privacy.forbid: {pattern}"))));
            }
        }
    }
    let mut phrases = 0;
    for (from, text) in &internal.texts {
        for (hash, offset) in runs(text) {
            if permitted.contains(&hash) {
                continue;
            }
            phrases += 1;
            if let Some(file) = unexplained.seen_in(hash) {
                leaks.insert((file.to_owned(), "phrase".to_owned(), excerpt(text, offset), Some(from.clone())));
            }
        }
    }
    LeakReport {
        schema: 1,
        audience: tree.audience().to_owned(),
        files: tree.files().len(),
        bytes: tree.size(),
        phrases,
        identifiers: needles.len(),
        patterns: internal.forbidden.len(),
        leaks: leaks.into_iter().map(|(file, kind, text, from)| Leak { file, kind, text, from }).collect(),
    }
}

/// The pieces that stand in a text on word boundaries.
fn found_in(needles: &BTreeMap<String, &'static str>, text: &str) -> BTreeSet<String> {
    let pieces: Vec<&String> = needles.keys().collect();
    let Ok(automaton) = AhoCorasick::new(&pieces) else { return BTreeSet::new() };
    let hits = automaton.find_overlapping_iter(text).filter(|hit| is_whole(text, hit.start(), hit.end()));
    hits.filter_map(|hit| pieces.get(hit.pattern().as_usize()).map(|piece| (*piece).clone())).collect()
}

/// Pieces one below the other in lower case, each on a line of its own: how its words were broken into lines says nothing.
fn line_by_line(pieces: &[String]) -> String {
    pieces.iter().map(|piece| one_spaced(piece).to_lowercase()).collect::<Vec<_>>().join("\n")
}

fn one_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a match is no part of a longer word.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(|before| before.chars().next_back());
    let after = text.get(end..).and_then(|after| after.chars().next());
    let first = text.get(start..end).and_then(|hit| hit.chars().next());
    let last = text.get(start..end).and_then(|hit| hit.chars().next_back());
    let joins = |one: Option<char>, other: Option<char>| {
        one.zip(other).is_some_and(|(one, other)| one.is_ascii_alphanumeric() && other.is_ascii_alphanumeric())
    };
    !joins(before, first) && !joins(last, after)
}
