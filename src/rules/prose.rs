use std::{ops::Range, sync::LazyLock};

use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use regex::Regex;

use crate::{source::markdown_options, text::Span};

/// What stands in a [`Passage`] for code, a link, an image or a tag: one byte that belongs to no word.
pub(super) const HIDDEN: char = '\u{1a}';

/// The words of a body as its author wrote them.
#[derive(Debug, Clone, Default)]
pub(super) struct Prose {
    /// Paragraphs, headings, cells and items, in order. What stands in quotes is somebody else's text and is left out.
    pub(super) passages: Vec<Passage>,
    /// Sentences of the front matter: titles, and what is written there for readers outside.
    pub(super) values: Vec<Passage>,
    /// HTML tags, comments aside.
    pub(super) tags: Vec<Span>,
    /// HTML comments.
    pub(super) comments: Vec<Span>,
}

/// A quote in so many others is nobody's own words, and is not looked at.
const DEEPEST_QUOTE: usize = 16;

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PassageKind {
    Heading,
    Paragraph,
    Item,
    Cell,
    Value,
}

/// The words of one block, soft line breaks as spaces, with the place of each.
#[derive(Debug, Clone)]
pub(super) struct Passage {
    pub(super) kind: PassageKind,
    pub(super) text: String,
    /// It stands in a task that was not ticked: one of several choices, or something still to be done.
    pub(super) is_unticked: bool,
    /// Start in `text`, and where that piece stands in the file.
    pieces: Vec<(usize, Span)>,
}

impl Passage {
    /// Where a part of `text` stands in the file.
    pub(super) fn locate(&self, range: Range<usize>) -> Span {
        let end = self.offset(range.end.saturating_sub(1)).map_or(0, |(at, is_exact, piece)| if is_exact { at + 1 } else { piece.end });
        let start = self.offset(range.start).map_or(0, |(at, is_exact, piece)| if is_exact { at } else { piece.start });
        Span::new(start, end)
    }

    /// The whole passage in the file.
    pub(super) fn span(&self) -> Span {
        self.locate(0..self.text.len())
    }

    /// A byte of `text` in the file; inexact in pieces that an entity or an escape made shorter.
    fn offset(&self, at: usize) -> Option<(usize, bool, Span)> {
        let index = self.pieces.partition_point(|(start, _)| *start <= at).checked_sub(1)?;
        let (start, span) = *self.pieces.get(index)?;
        let length = self.pieces.get(index + 1).map_or(self.text.len(), |(next, _)| *next) - start;
        let is_exact = length == span.len();
        Some((span.start + (at - start), is_exact, span))
    }

    fn push(&mut self, text: &str, span: Span) {
        self.pieces.push((self.text.len(), span));
        self.text.push_str(text);
    }
}

impl Prose {
    /// Reads the Markdown of `body`.
    pub(super) fn read(text: &str, body: Span) -> Self {
        let mut reader = Reader { text, ..Reader::default() };
        for (event, range) in Parser::new_ext(body.of(text), markdown_options()).into_offset_iter() {
            reader.event(&event, Span::from(range).shifted(body.start));
        }
        reader.flush();
        for passage in &mut reader.prose.passages {
            hide_addresses(&mut passage.text);
        }
        reader.prose
    }

    /// Adds values of the front matter.
    pub(super) fn with_values(mut self, text: &str, spans: impl IntoIterator<Item = Span>) -> Self {
        let unquoted = |span: Span| {
            let is_quoted = ['"', '\''].iter().any(|quote| span.len() > 1 && span.of(text).starts_with(*quote) && span.of(text).ends_with(*quote));
            if is_quoted { Span::new(span.start + 1, span.end - 1) } else { span }
        };
        let written = |span: Span| Passage { kind: PassageKind::Value, text: span.of(text).to_owned(), is_unticked: false, pieces: vec![(0, span)] };
        self.values = spans.into_iter().map(unquoted).map(written).collect();
        self
    }
}

#[derive(Debug, Default)]
struct Reader<'a> {
    text: &'a str,
    prose: Prose,
    current: Option<Passage>,
    kinds: Vec<PassageKind>,
    /// Open items, each with whether it is a task that was not ticked.
    items: Vec<bool>,
    /// Open quotes, each with whether somebody else is quoted in it.
    quotes: Vec<bool>,
    /// How many of them are somebody else's.
    others_quotes: usize,
    links: usize,
    is_hidden: bool,
    is_in_comment: bool,
}

impl Reader<'_> {
    fn event(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) if self.links == 0 && !self.is_hidden => self.push(text, span),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) if self.links == 0 => self.push(&HIDDEN.to_string(), span),
            Event::TaskListMarker(is_ticked) => {
                if let Some(item) = self.items.last_mut() {
                    *item = !is_ticked;
                }
            }
            Event::SoftBreak | Event::HardBreak if self.links == 0 => self.push(" ", span),
            Event::Html(html) | Event::InlineHtml(html) => {
                if self.is_comment(html) { &mut self.prose.comments } else { &mut self.prose.tags }.push(span);
                if matches!(event, Event::InlineHtml(_)) {
                    self.push(&HIDDEN.to_string(), span);
                }
            }
            _ => {}
        }
    }

    /// A comment over several lines comes as one event per line.
    fn is_comment(&mut self, html: &str) -> bool {
        let is_comment = self.is_in_comment || html.trim_start().starts_with("<!--");
        self.is_in_comment = is_comment && !html.contains("-->");
        is_comment
    }

    fn start(&mut self, tag: &Tag<'_>, span: Span) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => return,
            Tag::Link { .. } | Tag::Image { .. } => {
                if self.links == 0 {
                    self.push(&HIDDEN.to_string(), span);
                }
                self.links += 1;
                return;
            }
            _ => self.flush(),
        }
        match tag {
            // Alerts of the forges and blocks for an audience are the author's own words.
            Tag::BlockQuote(alert) => {
                let is_marked = || span.of(self.text).trim_start_matches([' ', '>']).starts_with("[!");
                let is_own = self.quotes.len() < DEEPEST_QUOTE && (alert.is_some() || is_marked());
                self.quotes.push(!is_own);
                self.others_quotes += usize::from(!is_own);
            }
            Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => self.is_hidden = true,
            Tag::Heading { .. } => self.kinds.push(PassageKind::Heading),
            Tag::TableCell => self.kinds.push(PassageKind::Cell),
            Tag::Item => {
                self.kinds.push(PassageKind::Item);
                self.items.push(false);
            }
            Tag::Paragraph if self.kinds.last() != Some(&PassageKind::Item) => self.kinds.push(PassageKind::Paragraph),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => return,
            TagEnd::Link | TagEnd::Image => {
                self.links = self.links.saturating_sub(1);
                return;
            }
            _ => self.flush(),
        }
        if tag == TagEnd::Item {
            self.items.pop();
        }
        match tag {
            TagEnd::BlockQuote(_) => self.others_quotes -= usize::from(self.quotes.pop() == Some(true)),
            TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => self.is_hidden = false,
            TagEnd::Heading(_) | TagEnd::TableCell | TagEnd::Item => {
                self.kinds.pop();
            }
            TagEnd::Paragraph if self.kinds.last() == Some(&PassageKind::Paragraph) => {
                self.kinds.pop();
            }
            _ => {}
        }
    }

    fn push(&mut self, text: &str, span: Span) {
        if self.others_quotes > 0 || self.is_hidden {
            return;
        }
        let kind = self.kinds.last().copied().unwrap_or(PassageKind::Paragraph);
        let is_unticked = self.items.last() == Some(&true);
        self.current.get_or_insert_with(|| Passage { kind, text: String::new(), is_unticked, pieces: Vec::new() }).push(text, span);
    }

    fn flush(&mut self) {
        self.prose.passages.extend(self.current.take());
    }
}

/// Addresses that no `<…>` marks are no words either. Replaced byte for byte, so that places stay exact.
fn hide_addresses(text: &mut String) {
    static ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b(?:https?://|www\.)\S+").ok());
    let Some(address) = ADDRESS.as_ref() else { return };
    if address.is_match(text) {
        *text =
            address.replace_all(text, |found: &regex::Captures<'_>| HIDDEN.to_string().repeat(found.get(0).map_or(0, |all| all.len()))).into_owned();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(markdown: &str) -> Vec<String> {
        Prose::read(markdown, Span::new(0, markdown.len())).passages.into_iter().map(|passage| passage.text.replace(HIDDEN, "·")).collect()
    }

    #[test]
    fn code_links_and_quotes_are_no_words_of_the_author() {
        assert_eq!(texts("# A `b`\n\nSee [c](d) and\nmore.\n\n> quoted\n\n```\ncode\n```\n- item\n"), ["A ·", "See · and more.", "item"]);
        assert_eq!(texts("| a | **b** |\n|---|---|\n| c | |\n"), ["a", "b", "c"]);
        assert_eq!(texts("> [!NOTE]\n> mine\n"), ["mine"]);
        assert_eq!(texts("a https://x.example/b c"), [format!("a {} c", "·".repeat(19))]);
    }

    #[test]
    fn places_are_those_of_the_file() {
        let markdown = "가 **b** c\nd &amp; e";
        let prose = Prose::read(markdown, Span::new(0, markdown.len()));
        let passage = &prose.passages[0];
        assert_eq!(passage.text, "가 b c d & e");
        let at = passage.text.find('b').unwrap();
        assert_eq!(passage.locate(at..at + 1).of(markdown), "b");
        let at = passage.text.find('&').unwrap();
        assert_eq!(passage.locate(at..at + 1).of(markdown), "&amp;");
    }
}
