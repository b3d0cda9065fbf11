//! Where the blocks of a body are. What they mean is decided elsewhere.

use pulldown_cmark::Options;

use crate::text::Span;

/// The Markdown that lookback reads. Listed one by one: `Options::all()` would make `<dl>` of a `:::` paragraph.
#[must_use]
pub const fn markdown_options() -> Options {
    Options::ENABLE_TABLES
        .union(Options::ENABLE_FOOTNOTES)
        .union(Options::ENABLE_STRIKETHROUGH)
        .union(Options::ENABLE_TASKLISTS)
        .union(Options::ENABLE_HEADING_ATTRIBUTES)
        .union(Options::ENABLE_GFM)
        .union(Options::ENABLE_WIKILINKS)
}

/// A heading as found.
#[derive(Debug, Clone, Default)]
pub(super) struct Title {
    pub(super) level: u8,
    pub(super) text: String,
    /// The text outside code: a mark inside code is none.
    pub(super) loose: String,
    pub(super) span: Span,
    /// Without the number signs before it.
    pub(super) inner: Span,
    pub(super) id: Option<String>,
    pub(super) classes: Vec<String>,
    pub(super) attributes: Vec<String>,
}

/// A bold line or a bold list label.
#[derive(Debug, Clone)]
pub(super) struct Label {
    pub(super) text: String,
    /// From the start of the paragraph or item text to the end of the label, its colon included.
    pub(super) span: Span,
    /// The paragraph or item.
    pub(super) owner: Span,
    /// Stands in a list item.
    pub(super) is_item: bool,
}

/// A list item.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    pub(super) span: Span,
    /// Its own text: from after the marker to the first list inside it.
    pub(super) text: Span,
}

/// A table.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    pub(super) span: Span,
    pub(super) header: Vec<Span>,
    pub(super) rows: Vec<(Span, Vec<Span>)>,
}

/// A block quote.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quote {
    pub(super) span: Span,
    /// One of the five alerts of GitHub.
    pub(super) is_alert: bool,
}

/// A fenced code block.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fence {
    pub(super) span: Span,
    pub(super) is_closed: bool,
}

/// The name in a text that reads like `[!NAME]`, however it is written.
#[derive(Debug, Clone)]
pub(super) struct Spoken {
    pub(super) name: String,
    pub(super) span: Span,
    /// Start of its outermost block.
    pub(super) block: usize,
}

/// A block from which times and key lines are read, outside quotes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Block {
    Heading(usize),
    Paragraph(Span),
    Item(usize),
    Table(usize),
}

/// The blocks of a body, all spans in the coordinates of the file.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) headings: Vec<Title>,
    /// Headings in quotes and lists.
    pub(super) inner_headings: Vec<Title>,
    pub(super) labels: Vec<Label>,
    pub(super) items: Vec<Item>,
    pub(super) tables: Vec<Table>,
    pub(super) quotes: Vec<Quote>,
    pub(super) blocks: Vec<Block>,
    /// Code, inline and blocks.
    pub(super) code: Vec<Span>,
    /// Fenced code blocks.
    pub(super) fences: Vec<Fence>,
    /// Raw HTML, comments included.
    pub(super) html: Vec<Span>,
    /// Where a block begins, at any depth.
    pub(super) starts: Vec<usize>,
    /// Text that reads like `[!NAME]`, wherever it stands.
    pub(super) spoken: Vec<Spoken>,
    /// Where something visible stands, headings aside.
    pub(super) content: Vec<usize>,
    /// Runs of text that could be an audience mark, each with the start of its outermost block.
    pub(super) suspects: Vec<(Span, usize)>,
    pub(super) links: Vec<super::BodyLink>,
    pub(super) images: Vec<super::Image>,
    pub(super) has_raw_html: bool,
}

impl Outline {
    /// The whole block.
    pub(super) fn span_of(&self, block: Block) -> Span {
        match block {
            Block::Heading(index) => self.headings.get(index).map(|heading| heading.span),
            Block::Paragraph(span) => Some(span),
            Block::Item(index) => self.items.get(index).map(|item| item.span),
            Block::Table(index) => self.tables.get(index).map(|table| table.span),
        }
        .unwrap_or_default()
    }

    /// The text of a block without its marker.
    pub(super) fn text_of(&self, block: Block) -> Span {
        match block {
            Block::Heading(index) => self.headings.get(index).map(|heading| heading.inner),
            Block::Item(index) => self.items.get(index).map(|item| item.text),
            other => Some(self.span_of(other)),
        }
        .unwrap_or_default()
    }

    /// Whether `offset` lies in code.
    pub(super) fn is_code(&self, offset: usize) -> bool {
        let after = self.code.partition_point(|code| code.start <= offset);
        after.checked_sub(1).and_then(|index| self.code.get(index)).is_some_and(|code| offset < code.end)
    }

    /// Whether `offset` lies in raw HTML or a comment.
    pub(super) fn is_html(&self, offset: usize) -> bool {
        let after = self.html.partition_point(|html| html.start <= offset);
        after.checked_sub(1).and_then(|index| self.html.get(index)).is_some_and(|html| offset < html.end)
    }

    /// Whether something visible stands in `span`.
    pub(super) fn has_content(&self, span: Span) -> bool {
        let first = self.content.partition_point(|&at| at < span.start);
        self.content.get(first).is_some_and(|&at| at < span.end)
    }
}

/// The span without white space at its ends.
pub(super) fn trimmed(text: &str, span: Span) -> Span {
    let inner = span.of(text);
    let start = span.start + (inner.len() - inner.trim_start().len());
    Span::new(start, start + inner.trim().len())
}
