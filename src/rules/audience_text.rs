use super::Document;
use crate::text::{Span, fold};

/// Everything in the file that the external audiences it is meant for would read: their blocks of the front matter, what is marked for them in
/// the body, and the marked cells of the timeline. Sorted, without overlaps, without comments.
pub(super) fn read_outside(document: &Document<'_>) -> Vec<Span> {
    let parsed = document.parsed;
    let mut spans = Vec::new();
    for audience in document.settings.audiences.iter().filter(|audience| document.is_meant_for(&audience.name)) {
        // A further audience reads everything public, too.
        for name in ["public", &*audience.name] {
            let block = document.postmortem().external.get(name);
            let texts = block.into_iter().flat_map(|block| [&block.title, &block.slug, &block.summary]);
            spans.extend(texts.flatten().map(|text| text.span));
        }
        spans.extend(parsed.regions().iter().filter(|region| region.visibility.includes(&audience.name)).map(|region| region.span));
        for row in parsed.timeline().into_iter().flat_map(|timeline| &timeline.rows) {
            let marked = row.audiences.iter().filter(|(_, mark)| mark.audience == "public" || mark.audience == audience.name);
            spans.extend(marked.filter_map(|(cell, _)| row.cells.get(*cell).copied()));
        }
    }
    spans.sort();
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => *last = last.cover(span),
            _ => merged.push(span),
        }
    }
    merged.into_iter().flat_map(|span| without(span, &document.prose().comments)).collect()
}

/// What is left of a span between the holes, which are sorted.
fn without(span: Span, holes: &[Span]) -> Vec<Span> {
    let mut left = Vec::new();
    let mut start = span.start;
    for hole in holes.iter().skip(holes.partition_point(|hole| hole.end <= span.start)).take_while(|hole| hole.start < span.end) {
        left.push(Span::new(start, hole.start));
        start = start.max(hole.end);
    }
    left.push(Span::new(start, span.end));
    left.retain(|span| !span.is_empty());
    left
}

/// A text as it is read rather than written: folded, white space as single spaces, emphasis marks and quote marks of lines gone; every byte
/// knows its place in the file.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) text: String,
    /// Start in `text`, place of that character.
    places: Vec<(usize, Span)>,
}

impl Reading {
    pub(super) fn of(text: &str, span: Span) -> Self {
        let mut reading = Self::default();
        let mut is_line_start = true;
        for (at, character) in span.of(text).char_indices() {
            let place = Span::new(span.start + at, span.start + at + character.len_utf8());
            match character {
                '*' | '`' | '~' | '\\' | '\u{ad}' | '\u{200b}' | '\u{200d}' | '\u{feff}' => continue,
                '>' if is_line_start => continue,
                _ if character.is_whitespace() => {
                    is_line_start |= character == '\n';
                    if !reading.text.ends_with(' ') {
                        reading.push(' ', place);
                    }
                    continue;
                }
                _ if character.is_ascii() => reading.push(character.to_ascii_lowercase(), place),
                _ => character.to_lowercase().for_each(|lower| reading.push(lower, place)),
            }
            is_line_start = false;
        }
        // Names may be stored decomposed; only then is it worth composing, and then places are those of the whole span.
        if reading.text.chars().any(|character| matches!(character, '\u{300}'..='\u{36f}' | '\u{1100}'..='\u{11ff}')) {
            return Self { text: fold(&reading.text), places: vec![(0, span)] };
        }
        reading
    }

    fn push(&mut self, character: char, place: Span) {
        self.places.push((self.text.len(), place));
        self.text.push(character);
    }

    /// Where a part of `text` stands in the file.
    pub(super) fn locate(&self, range: std::ops::Range<usize>) -> Span {
        let place = |at: usize| self.places.partition_point(|(start, _)| *start <= at).checked_sub(1).and_then(|index| self.places.get(index));
        match (place(range.start), place(range.end.saturating_sub(1))) {
            (Some((_, first)), Some((_, last))) => first.cover(*last),
            _ => Span::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_across_lines_and_emphasis() {
        let text = "> thanks to **Ada**\n> Meyer";
        let reading = Reading::of(text, Span::new(0, text.len()));
        assert_eq!(reading.text, " thanks to ada meyer");
        let at = reading.text.find("ada meyer").unwrap();
        assert_eq!(reading.locate(at..at + 9).of(text), "Ada**\n> Meyer");
    }

    #[test]
    fn comments_are_holes() {
        assert_eq!(without(Span::new(0, 10), &[Span::new(2, 4), Span::new(9, 12)]), [Span::new(0, 2), Span::new(4, 9)]);
    }
}
