use std::sync::{Arc, OnceLock};

use super::Span;

/// The text of one file and its path from the repository root, with `/` between the parts.
#[derive(Debug, Clone)]
pub struct Source {
    path: Arc<str>,
    text: Arc<str>,
    lines: OnceLock<Arc<[usize]>>,
}

/// A place as people count it: both from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
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

    /// Line and column of a byte offset. Offsets past the end give the end; one inside a character gives its start.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let starts = self.line_starts();
        let offset = offset.min(self.text.len());
        let line = starts.partition_point(|&start| start <= offset).saturating_sub(1);
        let start = starts.get(line).copied().unwrap_or(0);
        let column = self.text.get(start..).unwrap_or_default().char_indices().take_while(|(at, _)| start + at < offset).count();
        Position { line: line + 1, column: column + 1 }
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
    fn an_offset_past_the_end_is_the_end() {
        let source = Source::new("a.md", "a\nb");
        assert_eq!(source.position(99), Position { line: 2, column: 2 });
        assert_eq!(Source::new("e.md", "").position(5), Position { line: 1, column: 1 });
    }
}
