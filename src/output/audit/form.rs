//! The forms in which texts are compared: alike for a reader is alike here.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use super::reader::Piece;

/// A piece of a file in one of the forms, with the lines of the file that its parts stand in.
pub(super) struct Form {
    pub(super) text: String,
    /// From this offset on it is this line.
    lines: Vec<(usize, usize)>,
}

impl Form {
    pub(super) fn line_at(&self, offset: usize) -> Option<usize> {
        let next = self.lines.partition_point(|(start, _)| *start <= offset);
        self.lines.get(next.checked_sub(1)?).map(|(_, line)| *line)
    }

    /// Lower case, and one space for any white space.
    pub(super) fn spaced(piece: &Piece) -> Self {
        Self::new(piece, char::is_whitespace)
    }

    /// Words with one space between them.
    pub(super) fn worded(piece: &Piece) -> Self {
        Self::new(piece, |character| !character.is_alphanumeric())
    }

    fn new(piece: &Piece, is_between: impl Fn(char) -> bool) -> Self {
        let text = plain(&piece.text);
        let mut form = Self { text: String::with_capacity(text.len()), lines: Vec::new() };
        let mut line = piece.line;
        form.lines.extend(line.map(|line| (0, line)));
        let mut is_apart = false;
        for character in text.chars() {
            if is_between(character) {
                is_apart = !form.text.is_empty();
                if character == '\n' && piece.has_lines {
                    line = line.map(|line| line + 1);
                }
                continue;
            }
            if is_apart {
                form.text.push(' ');
                is_apart = false;
            }
            if let Some(line) = line.filter(|line| form.lines.last().is_none_or(|(_, last)| last < line)) {
                form.lines.push((form.text.len(), line));
            }
            if character.is_ascii() {
                form.text.push(character.to_ascii_lowercase());
            } else {
                form.text.extend(character.to_lowercase());
            }
        }
        form
    }
}

/// The text of an internal piece as [`Form::spaced`] has it.
pub(super) fn spaced(text: &str) -> String {
    Form::spaced(&Piece::from(text.to_owned())).text
}

/// The text of an internal piece as [`Form::worded`] has it.
pub(super) fn worded(text: &str) -> String {
    Form::worded(&Piece::from(text.to_owned())).text
}

/// The text without what nobody sees, and with characters that mean the same made the same (NFKC): full-width letters, ligatures, decomposed
/// Hangul. Line breaks stay where they are.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let seen = if text.contains(is_unseen) { Cow::Owned(text.replace(is_unseen, "")) } else { Cow::Borrowed(text) };
    if is_nfkc_quick(seen.chars()) == IsNormalized::Yes { seen } else { Cow::Owned(seen.nfkc().collect()) }
}

/// Soft hyphens, joiners, marks of direction, variation selectors, fillers and tags: characters that have no width and end no word.
const fn is_unseen(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_alike_is_alike() {
        assert_eq!(spaced(" A\u{ad}da\u{200b}@Exam\u{2060}ple.com\n x"), "ada@example.com x");
        assert_eq!(spaced("ａｄａ＠ｅｘａｍｐｌｅ．ｃｏｍ ﬁx 𝐚"), "ada@example.com fix a");
        assert_eq!(worded("Ada--Meyer_ada/\u{1100}\u{1161}!"), "ada meyer ada 가");
    }

    #[test]
    fn places_keep_their_line() {
        let form = Form::worded(&Piece { text: "\none\n - two three\n\nfour".to_owned(), line: Some(7), has_lines: true });
        assert_eq!(form.text, "one two three four");
        let lines: Vec<Option<usize>> = [0, 4, 8, 14].iter().map(|offset| form.line_at(*offset)).collect();
        assert_eq!(lines, [Some(8), Some(9), Some(9), Some(11)]);
    }
}
