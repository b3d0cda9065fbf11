//! The leak audit: finished bytes of an external site against everything internal.

mod binary;
mod form;
mod ids;
mod internal;
mod layers;
mod markup;
mod needles;
mod phrases;
mod reader;
mod report;

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

pub use internal::{Identifier, InternalText, Matching, Passage, Searched};
pub(crate) use phrases::NEW_PHRASE;
pub use report::{Leak, LeakAudit, LeakReport};

use self::{
    form::{Form, plain},
    needles::{Needles, PRIVILEGED, Permission},
    phrases::{Place, Unexplained, excerpt, runs},
    reader::read,
};
use super::Tree;
use crate::view::External;

/// A tree in which no internal text was found.
#[derive(Debug)]
pub struct Audited {
    tree: Tree<External>,
    report: LeakReport,
}

impl Audited {
    /// Reads every byte of an external tree as a reader would. `permitted` are the texts that this audience is meant to read.
    ///
    /// # Errors
    /// When anything internal is found.
    pub fn new(tree: Tree<External>, internal: &Searched, permitted: &[String]) -> Result<Self, LeakAudit> {
        let report = Audit::new(&tree, internal, permitted).report();
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

/// One audience's site, what must not stand in it, and what may.
struct Audit<'a> {
    tree: &'a Tree<External>,
    internal: &'a Searched,
    /// What the audience reads: runs of words, and identifiers.
    permitted: FxHashSet<u64>,
    permission: Option<Permission>,
}

/// What one file holds.
#[derive(Default)]
struct FileLeaks {
    leaks: Leaks,
    unexplained: Unexplained,
    is_packed: bool,
}

/// Leaks without those that say the same again; the first source that is known for a text is named.
#[derive(Default)]
struct Leaks(BTreeMap<(String, Option<usize>, String, String), Option<String>>);

impl Leaks {
    fn add(&mut self, leak: Leak) {
        self.0.entry((leak.file, leak.line, leak.kind, leak.text)).or_insert(leak.from);
    }

    fn into_list(self) -> Vec<Leak> {
        self.0.into_iter().map(|((file, line, kind, text), from)| Leak { file, line, kind, text, from }).collect()
    }
}

impl<'a> Audit<'a> {
    fn new(tree: &'a Tree<External>, internal: &'a Searched, permitted: &[String]) -> Self {
        let runs = permitted.par_iter().flat_map_iter(|text| runs(&plain(text)).map(|run| run.hash).collect::<Vec<_>>());
        Self { tree, internal, permitted: runs.collect(), permission: internal.needles.as_ref().map(|needles| needles.permitted(permitted)) }
    }

    fn report(&self) -> LeakReport {
        let files: Vec<(&String, &Vec<u8>)> = self.tree.files().iter().collect();
        let read: Vec<FileLeaks> = files.par_iter().enumerate().map(|(number, (path, bytes))| self.file(number, path, bytes)).collect();
        let mut leaks = Leaks::default();
        let mut unexplained = Unexplained::default();
        let mut unread = Vec::new();
        for (file, (path, _)) in read.into_iter().zip(&files) {
            file.leaks.into_list().into_iter().for_each(|leak| leaks.add(leak));
            unexplained.join(file.unexplained);
            unread.extend(file.is_packed.then(|| (*path).clone()));
        }
        let name = |(file, line): Place| (files.get(file).map(|(path, _)| (*path).clone()).unwrap_or_default(), line);
        let compared: Vec<(usize, Vec<Leak>)> = self.internal.passages.par_iter().map(|passage| self.compare(passage, &unexplained, &name)).collect();
        let phrases = compared.iter().map(|(phrases, _)| phrases).sum();
        compared.into_iter().flat_map(|(_, found)| found).for_each(|leak| leaks.add(leak));
        if self.permission.is_none() {
            // Nothing was looked for, so nothing may be said to be clean.
            let text = "the identifiers could not be searched".to_owned();
            leaks.add(Leak { file: String::new(), line: None, kind: "audit".to_owned(), text, from: None });
        }
        LeakReport {
            schema: 1,
            audience: self.tree.audience().to_owned(),
            files: files.len(),
            bytes: self.tree.size(),
            phrases,
            identifiers: self.permission.as_ref().map_or(0, Needles::searched),
            patterns: self.internal.forbidden.len(),
            unread,
            leaks: leaks.into_list(),
        }
    }

    /// Looks through one file: identifiers and patterns at once; runs of words are kept until all internal texts are compared with them.
    fn file(&self, number: usize, path: &str, bytes: &[u8]) -> FileLeaks {
        let reading = read(path, bytes);
        let mut file = FileLeaks { is_packed: reading.is_packed, ..FileLeaks::default() };
        for piece in reading.pieces.iter().chain(&reading.raw) {
            let is_raw = reading.raw.as_ref().is_some_and(|raw| std::ptr::eq(raw, piece));
            if let (Some(needles), Some(permission)) = (&self.internal.needles, &self.permission) {
                let mut found = needles.find(&Form::spaced(piece), permission);
                if !is_raw {
                    found.extend(needles.find_words(&Form::worded(piece), permission));
                }
                for found in found {
                    let (kind, text, from) = (found.kind.to_owned(), found.text.to_owned(), found.from.map(str::to_owned));
                    file.leaks.add(Leak { file: path.to_owned(), line: found.line, kind, text, from });
                }
            }
            if is_raw {
                continue;
            }
            file.unexplained.add(number, piece, &self.permitted);
            let text = plain(&piece.text);
            for (pattern, hit) in self.internal.forbidden.iter().filter_map(|pattern| Some((pattern, pattern.find(&text)?))) {
                let before = text.get(..hit.start()).unwrap_or_default();
                let lines = if piece.has_lines { before.bytes().filter(|byte| *byte == b'\n').count() } else { 0 };
                let (line, from) = (piece.line.map(|line| line + lines), Some(format!("privacy.forbid: {pattern}")));
                file.leaks.add(Leak { file: path.to_owned(), line, kind: "forbidden pattern".to_owned(), text: hit.as_str().to_owned(), from });
            }
        }
        file
    }

    /// Compares one internal text with what no permitted text explains: how many runs were compared, and those that were found, joined where they
    /// follow each other.
    fn compare(&self, passage: &Passage, unexplained: &Unexplained, name: &impl Fn(Place) -> (String, Option<usize>)) -> (usize, Vec<Leak>) {
        let text = plain(&passage.text);
        let mut phrases = 0;
        // File and line in the site, start, end, last word.
        let mut found: Vec<(Place, usize, usize, usize)> = Vec::new();
        for run in runs(&text).filter(|run| !self.permitted.contains(&run.hash)) {
            phrases += 1;
            let Some(place) = unexplained.seen_at(&run) else { continue };
            match found.last_mut() {
                Some(((file, _), _, end, word)) if *file == place.0 && *word + 1 == run.word => (*end, *word) = (run.end, run.word),
                _ => found.push((place, run.start, run.end, run.word)),
            }
        }
        let leaks = found.into_iter().map(|(place, start, end, _)| {
            let (file, line) = name(place);
            let before = text.get(..start).unwrap_or_default();
            let from = match passage.line {
                Some(first) => format!("{}:{}", passage.from, first + before.bytes().filter(|byte| *byte == b'\n').count()),
                None => passage.from.clone(),
            };
            let shown = if passage.is_privileged { PRIVILEGED.to_owned() } else { excerpt(&text, start, end) };
            Leak { file, line, kind: "phrase".to_owned(), text: shown, from: Some(from) }
        });
        (phrases, leaks.collect())
    }
}
