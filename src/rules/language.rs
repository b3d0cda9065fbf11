use std::ops::Range;

use super::{
    Document,
    lexicon::Lexicon,
    prose::{HIDDEN, Passage, PassageKind},
};
use crate::text::Span;

/// A place where words of a lexicon were found.
#[derive(Debug, Clone)]
pub(super) struct Hit<'a> {
    passage: &'a Passage,
    range: Range<usize>,
    /// The sentence around it.
    sentence: Range<usize>,
}

/// Bytes on either side of a hit in which the rest of its sentence is looked at: a passage may be one sentence without end, full of hits.
const REACH: usize = 1_000;

/// Every hit of a lexicon in the author's own sentences: no headings, no choices that were not ticked, and nothing in quotation marks.
pub(super) fn hits<'a>(document: &'a Document<'_>, lexicon: &'static Lexicon) -> impl Iterator<Item = Hit<'a>> {
    let prose = document.prose();
    let passages = prose.passages.iter().filter(|passage| passage.kind != PassageKind::Heading && !passage.is_unticked);
    prose.values.iter().chain(passages).flat_map(move |passage| {
        let found: Vec<Range<usize>> =
            lexicon.as_ref().map(|words| words.find_iter(&passage.text).map(|hit| hit.range()).collect()).unwrap_or_default();
        let (quoted, ends) = if found.is_empty() { (Vec::new(), Vec::new()) } else { (quotations(&passage.text), sentence_ends(&passage.text)) };
        found
            .into_iter()
            .filter(move |hit| {
                let index = quoted.partition_point(|quote| quote.end < hit.end);
                quoted.get(index).is_none_or(|quote| hit.start < quote.start)
            })
            .map(move |range| {
                let before = ends.partition_point(|end| end.end <= range.start).checked_sub(1).and_then(|index| ends.get(index));
                let after = ends.get(ends.partition_point(|end| end.start < range.end));
                let sentence = before.map_or(0, |end| end.end)..after.map_or(passage.text.len(), |end| end.start);
                Hit { passage, range, sentence }
            })
            .filter(Hit::begins_a_word)
    })
}

/// Words by which a sentence says that it was not so, or that it should not be said.
const DENIALS: &[&str] = &["not", "no", "never", "nor", "neither", "without", "beyond", "blameless", "nobody", "none", "rather", "instead"];

/// Words by which something is a danger, or is made less: it did not happen, or others than people are spoken of.
const DANGERS: &[&str] = &["any", "easy", "easily", "fewer", "future", "if", "risk", "risks", "unless", "whether"];

/// Beginnings of such words.
const DANGER_STEMS: &[&str] = &[
    "against",
    "avoid",
    "catch",
    "chance",
    "eliminat",
    "guard",
    "hostile",
    "likelihood",
    "malicious",
    "minimi",
    "mitigat",
    "opportunit",
    "possib",
    "potential",
    "prevent",
    "prone",
    "recoverab",
    "protect",
    "reduc",
    "resilien",
    "robust",
    "surviv",
    "susceptib",
    "toler",
    "vulnerab",
];

/// Words by which something may happen.
const MODALS: &[&str] = &["can", "could", "may", "might", "would", "will"];

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

    /// Whether its section is one of these.
    pub(super) fn is_in(&self, document: &Document<'_>, kinds: &[&str]) -> bool {
        let section = document.section_at(self.span().start);
        section.and_then(|section| section.kind.as_deref()).is_some_and(|kind| kinds.contains(&kind))
    }

    /// Whether it stands in a summary of the front matter, which is written for readers outside.
    pub(super) fn is_in_outer_summary(&self, document: &Document<'_>) -> bool {
        let summaries = document.postmortem().external.values().filter_map(|block| block.summary.as_ref());
        self.passage.kind == PassageKind::Value && summaries.into_iter().any(|summary| summary.span.contains(self.span()))
    }

    /// Whether the sentence says that it was not so, or that it should not be said.
    pub(super) fn is_denied(&self) -> bool {
        const KOREAN_DENIALS: &[&str] = &["아니", "않", "아닌", "없"];
        let is_denial = |word: &str| DENIALS.contains(&word) || word.ends_with("n't") || word.ends_with("n’t") || word.starts_with("avoid");
        self.words_before(6).iter().any(|word| is_denial(word)) || self.is_followed_by(12, KOREAN_DENIALS)
    }

    /// Whether the sentence speaks of what may happen, or of how it is kept from happening.
    pub(super) fn is_a_danger(&self) -> bool {
        const KOREAN_DANGERS: &[&str] =
            &["방지", "예방", "줄이", "줄여", "줄일", "최소화", "막기", "막는", "막을", "가능성", "여지", "위험", "않도록", "수 있"];
        let is_danger = |word: &str| DANGERS.contains(&word) || DANGER_STEMS.iter().any(|stem| word.starts_with(stem));
        let follows = |word: &str| matches!(word, "prone" | "proof" | "less" | "harder" | "unlikely" | "impossible") || MODALS.contains(&word);
        self.words_before(8).iter().any(|word| is_danger(word))
            || self.words_after(2).iter().any(|word| follows(word))
            || self.is_followed_by(24, KOREAN_DANGERS)
    }

    /// Whether a word before it says that it may happen.
    pub(super) fn is_possible(&self) -> bool {
        self.words_before(6).iter().any(|word| MODALS.contains(&&**word))
    }

    /// Whether what follows in the sentence tells something that happened: a past tense, or a nominal ending as in notes.
    pub(super) fn is_told_in_korean(&self) -> bool {
        let after = self.after();
        let is_past = after.chars().any(|character| final_consonant(character) == Some(SSANG_SIOS) && !matches!(character, '있' | '겠'));
        let last = after.trim_end_matches(|character: char| !character.is_alphanumeric()).chars().next_back();
        is_past || last.and_then(final_consonant) == Some(MIEUM)
    }

    /// Lower-case words before it in its clause, the nearest last.
    pub(super) fn words_before(&self, count: usize) -> Vec<String> {
        let before = self.passage.text.get(self.sentence().start..self.range.start).unwrap_or_default();
        let words = before.split(|character: char| character.is_whitespace() || matches!(character, '(' | '—' | '–' | ';' | HIDDEN));
        let clause = words.rev().map(bare).filter(|word| !word.is_empty()).take_while(|word| !matches!(&**word, "but" | "because" | "since" | "so"));
        let mut words: Vec<String> = clause.take(count).collect();
        words.reverse();
        words
    }

    /// Lower-case words after it in its sentence.
    pub(super) fn words_after(&self, count: usize) -> Vec<String> {
        self.after()
            .split(|character: char| character.is_whitespace() || character == '-')
            .map(bare)
            .filter(|word| !word.is_empty())
            .take(count)
            .collect()
    }

    /// Whether the next character is this one, white space aside.
    pub(super) fn is_before(&self, wanted: char) -> bool {
        self.passage.text.get(self.range.end..).is_some_and(|after| after.trim_start().starts_with(wanted))
    }

    /// Whether a hyphen joins it with what follows.
    pub(super) fn is_joined(&self) -> bool {
        self.passage.text.get(self.range.end..).is_some_and(|after| after.starts_with('-'))
    }

    /// Whether its sentence holds a number.
    pub(super) fn has_figure(&self) -> bool {
        self.passage.text.get(self.sentence()).is_some_and(|sentence| sentence.chars().any(char::is_numeric) || sentence.contains(HIDDEN))
    }

    /// Where its sentence begins in the file: the same for all hits in it.
    pub(super) fn sentence_start(&self) -> usize {
        self.passage.locate(self.sentence.clone()).start
    }

    /// No part of a longer word: `상태만` holds no `태만`, and `prometheus-operator error` is about a program.
    fn begins_a_word(&self) -> bool {
        let first = self.passage.text.get(self.range.clone()).and_then(|words| words.chars().next());
        let before = self.passage.text.get(..self.range.start).and_then(|before| before.chars().next_back());
        match (before, first) {
            (Some('-' | '_'), _) => false,
            (Some(before), Some(first)) => !(super::people::is_hangul(before) && super::people::is_hangul(first)),
            _ => true,
        }
    }

    fn is_followed_by(&self, characters: usize, words: &[&str]) -> bool {
        let following: String = self.after().chars().take(characters).collect();
        words.iter().any(|word| following.contains(word))
    }

    fn after(&self) -> &str {
        self.passage.text.get(self.range.end..self.sentence().end).unwrap_or_default()
    }

    /// Its sentence, as far as it is near.
    fn sentence(&self) -> Range<usize> {
        let text = &self.passage.text;
        let start = text.floor_char_boundary(self.range.start.saturating_sub(REACH)).max(self.sentence.start);
        let end = text.ceil_char_boundary(self.range.end.saturating_add(REACH)).min(self.sentence.end);
        start..end
    }
}

/// What ends the sentences of a text: the mark and the space after it, in order.
fn sentence_ends(text: &str) -> Vec<Range<usize>> {
    let marks = text.match_indices(['.', '!', '?']).filter(|(at, _)| text.get(at + 1..).is_some_and(|after| after.starts_with(' ')));
    marks.map(|(at, _)| at..at + 2).collect()
}

/// A word in lower case, without what stands around it.
fn bare(word: &str) -> String {
    word.trim_matches(|character: char| !character.is_alphanumeric()).to_lowercase()
}

/// Numbers of final consonants in a Hangul syllable.
const SSANG_SIOS: u32 = 20;
const MIEUM: u32 = 16;

/// The final consonant of a Hangul syllable: 0 for none.
fn final_consonant(character: char) -> Option<u32> {
    ('가'..='힣').contains(&character).then(|| (u32::from(character) - 0xAC00) % 28)
}

/// What stands between quotation marks: somebody else's words, or words that are talked about.
fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut quotations = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut before = ' ';
    for (at, character) in text.char_indices() {
        let after = || text.get(at + character.len_utf8()..).and_then(|after| after.chars().next());
        match (open, character) {
            // Between letters it is an apostrophe.
            (Some((start, '\'')), '\'') if !after().is_some_and(char::is_alphanumeric) => {
                quotations.push(start..at);
                open = None;
            }
            (Some((start, close)), _) if close != '\'' && character == close => {
                quotations.push(start..at);
                open = None;
            }
            // One that is never closed is a foot or a plural: what follows is read as it stands.
            (None | Some((_, '\'')), '"') => open = Some((at, '"')),
            (None, '\'') if !before.is_alphanumeric() && after().is_some_and(char::is_alphanumeric) => open = Some((at, '\'')),
            (None, '“') => open = Some((at, '”')),
            (None, '‘') => open = Some((at, '’')),
            (None, '「') => open = Some((at, '」')),
            (None, '『') => open = Some((at, '』')),
            _ => {}
        }
        before = character;
    }
    quotations
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_end_where_they_end() {
        let quoted = |text: &'static str| quotations(text).into_iter().filter_map(|range| text.get(range)).collect::<Vec<_>>();
        assert_eq!(quoted("see 'Human Error', and the team's 'notes' don't"), ["'Human Error", "'notes"]);
        assert_eq!(quoted("the teams' rota isn't \"careless\""), ["\"careless"]);
    }

    #[test]
    fn final_consonants_tell_a_past_tense() {
        assert_eq!("했었있함가".chars().map(final_consonant).collect::<Vec<_>>(), [Some(20), Some(20), Some(20), Some(16), Some(0)]);
    }
}
