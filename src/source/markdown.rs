//! One pass over the Markdown of a body.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Parser, Tag, TagEnd};

use super::{
    links,
    outline::{Block, Fence, Item, Label, Outline, Quote, Table, Title, markdown_options, trimmed},
    visible::Visible,
};
use crate::text::Span;

impl Outline {
    /// Reads `body` of `text`; `path` is that of the file, for images.
    pub(super) fn read(text: &str, body: Span, path: &str) -> Self {
        let mut builder = Builder { text, path, base: body.start, ..Builder::default() };
        let parser = Parser::new_ext(body.of(text), markdown_options()).into_offset_iter();
        for (event, range) in parser {
            let span = builder.span(&range);
            if !matches!(event, Event::Text(_)) {
                builder.flush();
            }
            builder.event(event, span);
        }
        builder.flush();
        builder.speak();
        builder.outline
    }
}

#[derive(Default)]
struct Builder<'a> {
    text: &'a str,
    path: &'a str,
    base: usize,
    outline: Outline,
    /// Quotes, lists, footnotes around the current place.
    depth: usize,
    quotes: usize,
    /// Start of the outermost block.
    block: usize,
    heading: Option<Title>,
    /// Indexes of the open items, innermost last; the flag says that their text has begun.
    items: Vec<(usize, bool)>,
    label: Option<PendingLabel>,
    link: Option<(Span, String, String, bool)>,
    image: Option<(Span, String, String)>,
    /// Adjacent pieces of text.
    run: Option<Span>,
    table: Option<Table>,
    in_head: bool,
    html: Option<Span>,
    in_code: bool,
    /// What a reader sees of the current block, code aside.
    visible: Visible,
}

/// A strong text at the start of a paragraph or an item.
struct PendingLabel {
    text: String,
    span: Span,
    in_strong: bool,
    owner: Span,
    is_item: bool,
}

impl Builder<'_> {
    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(range.start, range.end).shifted(self.base)
    }

    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(text) => {
                self.begin_item_text(span);
                self.written(&text, span, false);
            }
            Event::Code(text) => {
                self.begin_item_text(span);
                self.outline.code.push(span);
                self.written(&text, span, true);
            }
            Event::InlineHtml(_) => {
                self.outline.html.push(span);
                self.begin_item_text(span);
                if !span.of(self.text).starts_with("<!--") {
                    self.outline.has_raw_html = true;
                    self.outline.content.push(span.start);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if self.label.as_ref().is_some_and(|label| !label.in_strong && !label.is_item) {
                    self.close_label();
                }
                self.label = None;
                self.append(" ");
                self.visible.push(" ", span, false);
            }
            Event::FootnoteReference(_) => self.outline.content.push(span.start),
            Event::Html(_) | Event::Rule | Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        if self.depth == 0 && self.heading.is_none() && !is_inline(&tag) {
            self.block = span.start;
        }
        if !is_inline(&tag) {
            self.speak();
            self.outline.starts.push(span.start);
        }
        if !matches!(tag, Tag::Item) {
            self.begin_item_text(span);
        }
        match tag {
            Tag::Heading { level, id, classes, attrs } => {
                let raw = span.of(self.text);
                let signs = raw.len() - raw.trim_start_matches(['#', ' ', '\t']).len();
                self.heading = Some(Title {
                    level: level as u8,
                    span,
                    inner: Span::new(span.start + signs, span.end),
                    id: id.map(|id| id.to_string()),
                    classes: classes.iter().map(ToString::to_string).collect(),
                    attributes: attrs.iter().flat_map(|(key, value)| [Some(key), value.as_ref()]).flatten().map(ToString::to_string).collect(),
                    ..Title::default()
                });
            }
            Tag::Paragraph if self.quotes == 0 && self.items.is_empty() && self.depth == 0 => {
                self.outline.blocks.push(Block::Paragraph(span));
                self.label = Some(PendingLabel { text: String::new(), span: Span::at(span.start), in_strong: false, owner: span, is_item: false });
            }
            Tag::BlockQuote(kind) => {
                self.depth += 1;
                self.quotes += 1;
                self.outline.quotes.push(Quote { span, is_alert: kind.is_some() });
            }
            Tag::List(_) => {
                self.depth += 1;
                if let Some(&(index, _)) = self.items.last()
                    && let Some(item) = self.outline.items.get_mut(index)
                    && item.text.end == item.span.end
                {
                    item.text = Span::new(item.text.start, span.start.max(item.text.start));
                }
            }
            Tag::Item => {
                if self.quotes == 0 {
                    self.outline.blocks.push(Block::Item(self.outline.items.len()));
                }
                self.items.push((self.outline.items.len(), false));
                self.outline.items.push(Item { span, text: Span::new(span.end, span.end) });
            }
            Tag::FootnoteDefinition(_) => self.depth += 1,
            Tag::Table(_) => self.table = Some(Table { span, ..Table::default() }),
            Tag::TableHead => self.in_head = true,
            Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push((span, Vec::new()));
                }
            }
            Tag::TableCell => {
                let cell = trimmed(self.text, span);
                if let Some(table) = &mut self.table {
                    match table.rows.last_mut() {
                        Some((_, cells)) if !self.in_head => cells.push(cell),
                        _ => table.header.push(cell),
                    }
                }
            }
            Tag::CodeBlock(kind) => {
                self.outline.code.push(span);
                if matches!(kind, CodeBlockKind::Fenced(_)) {
                    self.outline.fences.push(Fence { span, is_closed: is_closed(span.of(self.text)) });
                }
                self.in_code = true;
            }
            Tag::HtmlBlock => {
                self.outline.html.push(span);
                self.html = Some(span);
            }
            Tag::Strong => {
                if let Some(label) = &mut self.label
                    && (label.text.is_empty() && !label.in_strong)
                    && span.start <= label.span.start
                {
                    label.in_strong = true;
                }
            }
            Tag::Link { link_type, dest_url, .. } => {
                self.visible.push("[", span, false);
                self.link = Some((span, dest_url.to_string(), String::new(), matches!(link_type, LinkType::WikiLink { .. })));
            }
            Tag::Image { dest_url, .. } => {
                self.visible.push("[", span, false);
                self.outline.content.push(span.start);
                self.image = Some((span, dest_url.to_string(), String::new()));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::Heading(_) => {
                self.speak();
                if let Some(mut title) = self.heading.take() {
                    title.text.truncate(title.text.trim_end().len());
                    if self.depth == 0 {
                        self.outline.blocks.push(Block::Heading(self.outline.headings.len()));
                        self.outline.headings.push(title);
                    } else {
                        self.outline.inner_headings.push(title);
                    }
                }
            }
            TagEnd::Paragraph => {
                self.speak();
                self.close_label();
                self.append(" ");
            }
            TagEnd::BlockQuote(_) => {
                self.depth = self.depth.saturating_sub(1);
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::List(_) | TagEnd::FootnoteDefinition => self.depth = self.depth.saturating_sub(1),
            TagEnd::Item => {
                self.speak();
                self.label = None;
                self.items.pop();
            }
            TagEnd::Strong => {
                if let Some(label) = &mut self.label
                    && label.in_strong
                {
                    label.in_strong = false;
                    label.span = Span::new(label.span.start, span.end);
                    if label.is_item {
                        self.close_item_label(span.end);
                    }
                }
            }
            TagEnd::TableHead => self.in_head = false,
            TagEnd::Table => {
                if let Some(table) = self.table.take()
                    && self.quotes == 0
                {
                    self.outline.blocks.push(Block::Table(self.outline.tables.len()));
                    self.outline.tables.push(table);
                }
            }
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::HtmlBlock => {
                if let Some(span) = self.html.take()
                    && !is_comment(span.of(self.text))
                {
                    self.outline.has_raw_html = true;
                    self.outline.content.push(span.start);
                    self.suspect_html(span);
                }
            }
            TagEnd::Link => {
                // `[[1]](address)` is a link of a text that shows its brackets, not a wiki link.
                let is_bracketed = self.text.get(span.end..).is_some_and(|after| after.starts_with('('));
                if let Some((span, url, text, is_wiki)) = self.link.take().filter(|(.., is_wiki)| !(*is_wiki && is_bracketed)) {
                    self.outline.links.push(links::link(span, url, &text, is_wiki));
                }
            }
            TagEnd::Image => {
                if let Some((span, url, alt)) = self.image.take() {
                    self.outline.images.push(links::image(span, url, &alt, self.path));
                }
            }
            _ => {}
        }
    }

    /// Text of a text or code event.
    fn written(&mut self, text: &str, span: Span, is_code: bool) {
        if self.heading.is_none() && !text.trim().is_empty() {
            self.outline.content.push(span.start);
        }
        if let Some(label) = &mut self.label {
            let is_colon = !label.text.is_empty() && matches!(text.trim(), ":" | "：" | "");
            if label.in_strong {
                label.text.push_str(text);
            } else if is_colon {
                label.span = Span::new(label.span.start, span.end);
            } else {
                self.label = None;
            }
        }
        if !is_code
            && !self.in_code
            && let Some(title) = &mut self.heading
        {
            title.loose.push_str(text);
        }
        self.append(text);
        if is_code || self.in_code {
            self.visible.push("\u{fffc}", span, false);
        } else {
            self.visible.push(text, span, span.of(self.text) == text);
        }
        if !is_code && !self.in_code {
            self.run = Some(match self.run {
                Some(run) if run.end == span.start => run.cover(span),
                other => {
                    self.run = other;
                    self.flush();
                    span
                }
            });
        }
    }

    fn append(&mut self, text: &str) {
        for target in [
            self.heading.as_mut().map(|title| &mut title.text),
            self.link.as_mut().map(|link| &mut link.2),
            self.image.as_mut().map(|image| &mut image.2),
        ]
        .into_iter()
        .flatten()
        {
            target.push_str(text);
        }
    }

    /// Ends a run of text: bare addresses in it are links, and it may be a mark that was meant and missed.
    fn flush(&mut self) {
        let Some(run) = self.run.take() else { return };
        let text = run.of(self.text);
        if self.link.is_none() && self.image.is_none() && text.contains(':') && text.contains("://") {
            links::bare(text, run.start, &mut self.outline.links);
        }
        let start = text.trim_start();
        if self.heading.is_none()
            && (start.starts_with("[!")
                || start.starts_with(":::")
                || start.starts_with('{')
                || (text.contains('{') && ["{.", "{:", "{ ."].iter().any(|open| text.contains(open))))
        {
            self.outline.suspects.push((run, self.block));
        }
    }

    /// Ends what a reader sees as one piece: names in it that read like marks are noted.
    fn speak(&mut self) {
        self.visible.finish(self.block, &mut self.outline.spoken);
    }

    /// A mark inside raw HTML marks nothing, and was meant to.
    fn suspect_html(&mut self, span: Span) {
        let html = span.of(self.text);
        let mut start = span.start;
        for piece in html.split("<!--").enumerate().map(|(index, piece)| {
            let comment = if index == 0 { 0 } else { piece.find("-->").map_or(piece.len(), |end| end + 3) };
            let shown = Span::new(start + comment, start + piece.len());
            start += piece.len() + 4;
            shown
        }) {
            self.visible.push(piece.of(self.text), piece, true);
        }
        self.speak();
        if !(html.contains("[!") || html.contains('{')) {
            return;
        }
        let mut start = span.start;
        for line in html.split_inclusive('\n') {
            let content = line.trim_start_matches(['>', '#', ' ', '\t']);
            let at = start + (line.len() - content.len());
            self.outline.suspects.push((Span::new(at, at + content.trim_end().len()), self.block));
            start += line.len();
        }
    }

    /// Notes where the own text of the innermost item begins.
    fn begin_item_text(&mut self, span: Span) {
        let Some((index, has_begun)) = self.items.last_mut().filter(|(_, has_begun)| !has_begun) else { return };
        *has_begun = true;
        if let Some(item) = self.outline.items.get_mut(*index) {
            item.text = Span::new(span.start.max(item.span.start), item.span.end);
            self.label = Some(PendingLabel { text: String::new(), span: Span::at(span.start), in_strong: false, owner: item.span, is_item: true });
        }
    }

    fn close_label(&mut self) {
        if let Some(label) = self.label.take()
            && !label.text.trim().is_empty()
            && !label.is_item
        {
            self.outline.labels.push(Label { text: label.text, span: label.span, owner: label.owner, is_item: false });
        }
    }

    /// A label of an item has its colon inside the bold text or right after it.
    fn close_item_label(&mut self, end: usize) {
        let Some(label) = self.label.take() else { return };
        let follows = self.text.get(end..).unwrap_or_default();
        let colon = follows.chars().next().filter(|next| matches!(next, ':' | '：')).map_or(0, char::len_utf8);
        if colon > 0 || label.text.trim_end().ends_with([':', '：']) {
            let span = Span::new(label.span.start, end + colon);
            self.outline.labels.push(Label { text: label.text, span, owner: label.owner, is_item: true });
        }
    }
}

const fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. } | Tag::Superscript | Tag::Subscript)
}

/// Whether a fenced code block ends with its own fence, not with what is around it.
fn is_closed(raw: &str) -> bool {
    let Some(fence) = raw.chars().next() else { return true };
    let opening = raw.len() - raw.trim_start_matches(fence).len();
    let last = raw.lines().skip(1).last().unwrap_or_default().trim_start_matches(['>', ' ', '\t']).trim_end();
    last.len() >= opening && last.chars().all(|part| part == fence)
}

/// Whether raw HTML is nothing but comments.
fn is_comment(html: &str) -> bool {
    let mut rest = html.trim();
    while let Some(inner) = rest.strip_prefix("<!--") {
        let Some((_, after)) = inner.split_once("-->") else { return true };
        rest = after.trim_start();
    }
    rest.is_empty()
}
