use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use rayon::prelude::*;
use regex::Regex;
use rustc_hash::FxHashSet;
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
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
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

    /// The tree alone.
    #[must_use]
    pub fn into_tree(self) -> Tree<External> {
        self.tree
    }

    /// What was looked through.
    #[must_use]
    pub const fn report(&self) -> &LeakReport {
        &self.report
    }
}

fn audit(tree: &Tree<External>, internal: &InternalText) -> LeakReport {
    let permitted: FxHashSet<u64> = internal.permitted.par_iter().flat_map_iter(|text| runs(text).map(|(hash, _)| hash)).collect();
    let needles = Needles::new(internal);
    let files: Vec<(&String, &Vec<u8>)> = tree.files().iter().collect();
    let read: Vec<(BTreeSet<Leak>, Unexplained)> =
        files.par_iter().map(|(path, bytes)| read_file(path, bytes, internal, needles.as_ref(), &permitted)).collect();
    let mut leaks = BTreeSet::new();
    let mut unexplained = Unexplained::default();
    for (found, runs) in read {
        leaks.extend(found);
        unexplained.join(runs);
    }
    let compared: Vec<(usize, Vec<Leak>)> = internal.texts.par_iter().map(|(from, text)| compare(from, text, &unexplained, &permitted)).collect();
    let phrases = compared.iter().map(|(phrases, _)| phrases).sum();
    leaks.extend(compared.into_iter().flat_map(|(_, leaks)| leaks));
    if needles.is_none() {
        // Nothing was looked for, so nothing may be said to be clean.
        leaks.insert(Leak { file: String::new(), kind: "audit".to_owned(), text: "the identifiers could not be searched".to_owned(), from: None });
    }
    LeakReport {
        schema: 1,
        audience: tree.audience().to_owned(),
        files: tree.files().len(),
        bytes: tree.size(),
        phrases,
        identifiers: needles.as_ref().map_or(0, Needles::searched),
        patterns: internal.forbidden.len(),
        leaks: leaks.into_iter().collect(),
    }
}

/// Looks through one file: identifiers and patterns at once; runs of words are kept until all internal texts are compared with them.
fn read_file(
    path: &str,
    bytes: &[u8],
    internal: &InternalText,
    needles: Option<&Needles>,
    permitted: &FxHashSet<u64>,
) -> (BTreeSet<Leak>, Unexplained) {
    let mut leaks = BTreeSet::new();
    let mut unexplained = Unexplained::default();
    let mut decoded = vec![path.to_owned()];
    decoded.extend(pieces(path, bytes));
    for piece in &decoded {
        unexplained.add(path, piece, permitted);
    }
    let leak = |kind: &str, text: &str, from: Option<String>| Leak { file: path.to_owned(), kind: kind.to_owned(), text: text.to_owned(), from };
    for text in [line_by_line(&decoded), String::from_utf8_lossy(bytes).to_lowercase()] {
        let found = needles.into_iter().flat_map(|needles| needles.find(&text));
        leaks.extend(found.map(|(kind, needle)| leak(kind, needle, None)));
    }
    for (pattern, text) in internal.forbidden.iter().flat_map(|pattern| decoded.iter().map(move |text| (pattern, text))) {
        if let Some(hit) = pattern.find(text) {
            leaks.insert(leak("forbidden pattern", hit.as_str(), Some(format!("privacy.forbid: {pattern}"))));
        }
    }
    (leaks, unexplained)
}

/// Compares one internal text with what no permitted text explains. How many runs were compared, and those that were found.
fn compare(from: &str, text: &str, unexplained: &Unexplained, permitted: &FxHashSet<u64>) -> (usize, Vec<Leak>) {
    let mut phrases = 0;
    let mut leaks = Vec::new();
    for (hash, offset) in runs(text).filter(|(hash, _)| !permitted.contains(hash)) {
        phrases += 1;
        if let Some(file) = unexplained.seen_in(hash) {
            leaks.push(Leak { file: file.to_owned(), kind: "phrase".to_owned(), text: excerpt(text, offset), from: Some(from.to_owned()) });
        }
    }
    (phrases, leaks)
}

/// Every identifier in one automaton, with what it is.
struct Needles {
    automaton: AhoCorasick,
    pieces: Vec<(String, &'static str)>,
    /// Pieces that the audience reads anyway.
    is_permitted: Vec<bool>,
}

impl Needles {
    fn new(internal: &InternalText) -> Option<Self> {
        let mut pieces: BTreeMap<String, &'static str> = BTreeMap::new();
        for (kind, piece) in &internal.identifiers {
            let piece = one_spaced(piece).to_lowercase();
            if !piece.is_empty() {
                pieces.entry(piece).or_insert(kind);
            }
        }
        let pieces: Vec<(String, &'static str)> = pieces.into_iter().collect();
        // A few megabytes are looked through with many needles: to make a denser automaton would take longer than it saves.
        let mut builder = AhoCorasick::builder();
        builder.kind(Some(AhoCorasickKind::NoncontiguousNFA)).prefilter(false);
        let automaton = builder.build(pieces.iter().map(|(piece, _)| piece)).ok()?;
        let mut needles = Self { automaton, is_permitted: vec![false; pieces.len()], pieces };
        let permitted: Vec<usize> = needles.hits(&line_by_line(&internal.permitted)).collect();
        for index in permitted {
            if let Some(is_permitted) = needles.is_permitted.get_mut(index) {
                *is_permitted = true;
            }
        }
        Some(needles)
    }

    /// Pieces that stand in a text on word boundaries, by their index.
    fn hits(&self, text: &str) -> impl Iterator<Item = usize> {
        let found = self.automaton.find_overlapping_iter(text);
        found.filter(|hit| is_whole(text, hit.start(), hit.end())).map(|hit| hit.pattern().as_usize())
    }

    /// What must not stand in a text and does.
    fn find(&self, text: &str) -> Vec<(&'static str, &str)> {
        let hits = self.hits(text).filter(|index| self.is_permitted.get(*index) == Some(&false));
        hits.filter_map(|index| self.pieces.get(index)).map(|(piece, kind)| (*kind, piece.as_str())).collect()
    }

    fn searched(&self) -> usize {
        self.is_permitted.iter().filter(|is_permitted| !**is_permitted).count()
    }
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
