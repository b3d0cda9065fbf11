use std::ops::Range;

use super::{
    Document,
    lexicon::Lexicon,
    prose::{Passage, PassageKind},
};
use crate::text::Span;

/// A place where words of a lexicon were found.
#[derive(Debug, Clone)]
pub(super) struct Hit<'a> {
    passage: &'a Passage,
    range: Range<usize>,
}

/// Every hit of a lexicon in the author's own sentences: no headings, and nothing in quotation marks.
pub(super) fn hits<'a>(document: &'a Document<'_>, lexicon: &'static Lexicon) -> impl Iterator<Item = Hit<'a>> {
    let passages = document.prose().passages.iter().filter(|passage| passage.kind != PassageKind::Heading);
    passages.flat_map(move |passage| {
        let found: Vec<Range<usize>> =
            lexicon.as_ref().map(|words| words.find_iter(&passage.text).map(|hit| hit.range()).collect()).unwrap_or_default();
        let quoted = if found.is_empty() { Vec::new() } else { quotations(&passage.text) };
        found
            .into_iter()
            .filter(move |hit| !quoted.iter().any(|quote| quote.start <= hit.start && hit.end <= quote.end))
            .map(move |range| Hit { passage, range })
    })
}

impl Hit<'_> {
    pub(super) fn span(&self) -> Span {
        let words = self.passage.text.get(self.range.clone()).unwrap_or_default();
        let start = self.range.start + (words.len() - words.trim_start().len());
        self.passage.locate(start..start + words.trim().len())
    }

    /// As written, on one line.
    pub(super) fn words(&self) -> &str {
        self.passage.text.get(self.range.clone()).unwrap_or_default().trim()
    }

    /// Whether the sentence says that it was not so, or that it should not be said.
    pub(super) fn is_denied(&self) -> bool {
        const DENIALS: &[&str] = &[
            "not ",
            "n't ",
            "n’t ",
            "no ",
            "never ",
            "nor ",
            "neither ",
            "without ",
            "rather than ",
            "instead of ",
            "avoid ",
            "blameless",
            "isn't",
            "beyond ",
        ];
        const KOREAN_DENIALS: &[&str] = &["아니", "않", "아닌", "없"];
        let sentence = self.sentence();
        let before = self.passage.text.get(sentence.start..self.range.start).unwrap_or_default().to_lowercase();
        let after = self.passage.text.get(self.range.end..sentence.end).unwrap_or_default();
        let near: String = before.chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
        let following: String = after.chars().take(12).collect();
        DENIALS.iter().any(|denial| near.contains(denial)) || KOREAN_DENIALS.iter().any(|denial| following.contains(denial))
    }

    /// Whether its sentence holds a number.
    pub(super) fn has_figure(&self) -> bool {
        self.passage
            .text
            .get(self.sentence())
            .is_some_and(|sentence| sentence.chars().any(char::is_numeric) || sentence.contains(super::prose::HIDDEN))
    }

    /// Where its sentence begins in the file: the same for all hits in it.
    pub(super) fn sentence_start(&self) -> usize {
        self.passage.locate(self.sentence()).start
    }

    fn sentence(&self) -> Range<usize> {
        let text = &self.passage.text;
        let before = text.get(..self.range.start).unwrap_or_default();
        let after = text.get(self.range.end..).unwrap_or_default();
        let ends = [". ", "! ", "? ", "다. "];
        let start = ends.iter().filter_map(|end| before.rfind(end).map(|at| at + end.len())).max().unwrap_or(0);
        let end = ends.iter().filter_map(|end| after.find(end)).min().map_or(text.len(), |at| self.range.end + at);
        start..end
    }
}

/// What stands between quotation marks: somebody else's words, or words that are talked about.
fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut quotations = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, character) in text.char_indices() {
        match (open, character) {
            (Some((start, close)), _) if character == close => {
                quotations.push(start..at);
                open = None;
            }
            (None, '"') => open = Some((at, '"')),
            (None, '“') => open = Some((at, '”')),
            (None, '‘') => open = Some((at, '’')),
            (None, '「') => open = Some((at, '」')),
            (None, '『') => open = Some((at, '』')),
            _ => {}
        }
    }
    quotations
}
