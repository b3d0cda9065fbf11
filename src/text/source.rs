use std::sync::{Arc, OnceLock};

use super::Span;

/// The text of one file and its path from the repository root, with `/` between the parts.
#[derive(Debug, Clone)]
pub struct Source {
    path: Arc<str>,
    text: Arc<str>,
    lines: OnceLock<Arc<[usize]>>,
}

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
        Self { path: path.into(), text: text.into(), lines: OnceLock::new() }
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
        self.position_by(offset, |_| 1)
    }

    /// The same with columns in UTF-16 code units, as SARIF and editors count them: most emoji take two.
    #[must_use]
    pub fn position_in_utf16(&self, offset: usize) -> Position {
        self.position_by(offset, char::len_utf16)
    }

    fn position_by(&self, offset: usize, width: impl Fn(char) -> usize) -> Position {
        let starts = self.line_starts();
        let offset = offset.min(self.text.len());
        let line = starts.partition_point(|&start| start <= offset).saturating_sub(1);
        let start = starts.get(line).copied().unwrap_or(0);
        let before = self.text.get(start..).unwrap_or_default().char_indices().take_while(|(at, _)| start + at < offset);
        let shown = before.filter(|(at, character)| start + at > 0 || *character != '\u{feff}');
        Position { line: line + 1, column: shown.map(|(_, character)| width(character)).sum::<usize>() + 1 }
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
    fn an_offset_past_the_end_is_the_end() {
        let source = Source::new("a.md", "a\nb");
        assert_eq!(source.position(99), Position { line: 2, column: 2 });
        assert_eq!(Source::new("e.md", "").position(5), Position { line: 1, column: 1 });
    }
}
