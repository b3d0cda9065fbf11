use std::sync::{Arc, OnceLock};

use super::Span;

/// The text of one file and its path from the repository root, with `/` between the parts.
#[derive(Debug, Clone)]
pub struct Source {
    path: Arc<str>,
    text: Arc<str>,
    lines: OnceLock<Arc<[usize]>>,
    counts: OnceLock<Arc<[Count]>>,
}

/// Characters of a piece of text, in both units that columns are counted in.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    characters: usize,
    utf16: usize,
}

impl Count {
    /// Adds the characters that begin in these bytes of UTF-8.
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            let begins = usize::from(byte & 0b1100_0000 != 0b1000_0000);
            self.characters += begins;
            self.utf16 += begins + usize::from(*byte >= 0b1111_0000);
        }
    }
}

/// Bytes between two places whose characters are counted beforehand: a line may be as long as the text, with a finding in every word.
const STRIDE: usize = 512;

/// A place as people count it: both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in the unit that was asked for.
    pub column: usize,
}

impl Source {
    /// Wraps text that is known to be UTF-8.
    #[must_use]
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        Self { path: path.into(), text: text.into(), lines: OnceLock::new(), counts: OnceLock::new() }
    }

    /// Path from the repository root.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text, byte order mark and line ends included.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text under `span`.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    /// Line and column, in characters, of a byte offset. Offsets past the end give the end; one inside a character gives its end. A byte order mark
    /// takes no column: no editor shows it.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        self.position_by(offset, |count| count.characters)
    }

    /// The same with columns in UTF-16 code units, as SARIF and editors count them: most emoji take two.
    #[must_use]
    pub fn position_in_utf16(&self, offset: usize) -> Position {
        self.position_by(offset, |count| count.utf16)
    }

    fn position_by(&self, offset: usize, unit: impl Fn(Count) -> usize) -> Position {
        let starts = self.line_starts();
        let offset = offset.min(self.text.len());
        let line = starts.partition_point(|&start| start <= offset).saturating_sub(1);
        let start = starts.get(line).copied().unwrap_or(0);
        let hidden = usize::from(start == 0 && offset > 0 && self.text.starts_with('\u{feff}'));
        let before = unit(self.count_before(offset)) - unit(self.count_before(start));
        Position { line: line + 1, column: before - hidden + 1 }
    }

    /// The characters that begin before `offset`.
    fn count_before(&self, offset: usize) -> Count {
        let bytes = self.text.as_bytes();
        let counts = self.counts.get_or_init(|| {
            let mut all = Count::default();
            let strides = bytes.chunks(STRIDE).map(|stride| {
                let before = all;
                all.add(stride);
                before
            });
            strides.collect()
        });
        let index = (offset / STRIDE).min(counts.len().saturating_sub(1));
        let mut count = counts.get(index).copied().unwrap_or_default();
        count.add(bytes.get(index * STRIDE..offset).unwrap_or_default());
        count
    }

    /// Byte offset at which `line` (from 1) starts; the end of the text for lines past it.
    #[must_use]
    pub fn line_start(&self, line: usize) -> usize {
        self.line_starts().get(line.saturating_sub(1)).copied().unwrap_or(self.text.len())
    }

    fn line_starts(&self) -> &[usize] {
        self.lines.get_or_init(|| {
            std::iter::once(0).chain(self.text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n').map(|(at, _)| at + 1)).collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let source = Source::new("a.md", "제목: x\r\n🔥 fire\n");
        assert_eq!(source.position(0), Position { line: 1, column: 1 });
        assert_eq!(source.position("제목".len()), Position { line: 1, column: 3 });
        assert_eq!(source.position("제목: x\r\n🔥".len()), Position { line: 2, column: 2 });
    }

    #[test]
    fn columns_in_utf_16_count_an_emoji_twice() {
        let source = Source::new("a.md", "제목: 🔥 x\n");
        let offset = "제목: 🔥 ".len();
        assert_eq!(source.position(offset), Position { line: 1, column: 7 });
        assert_eq!(source.position_in_utf16(offset), Position { line: 1, column: 8 });
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        let source = Source::new("a.md", "\u{feff}# A\nb");
        assert_eq!(source.position(0), Position { line: 1, column: 1 });
        assert_eq!(source.position("\u{feff}# ".len()), Position { line: 1, column: 3 });
        assert_eq!(source.position_in_utf16("\u{feff}# A\nb".len()), Position { line: 2, column: 2 });
    }

    #[test]
    fn columns_of_a_long_line_are_counted_as_those_of_a_short_one() {
        let text = format!("\u{feff}{}\n{}", "결🔥 é".repeat(700), "a한".repeat(900));
        let source = Source::new("a.md", &*text);
        for (offset, _) in text.char_indices().step_by(97) {
            let before = text.get(..offset).unwrap();
            let line = before.rsplit('\n').next().unwrap().trim_start_matches('\u{feff}');
            assert_eq!(source.position(offset), Position { line: before.matches('\n').count() + 1, column: line.chars().count() + 1 });
            assert_eq!(source.position_in_utf16(offset).column, line.encode_utf16().count() + 1);
        }
    }

    #[test]
    fn an_offset_past_the_end_is_the_end() {
        let source = Source::new("a.md", "a\nb");
        assert_eq!(source.position(99), Position { line: 2, column: 2 });
        assert_eq!(Source::new("e.md", "").position(5), Position { line: 1, column: 1 });
    }
}
