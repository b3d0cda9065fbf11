//! Markdown events → safe HTML. The same filter for both kinds of audience, stricter outside.

use std::collections::{BTreeMap, BTreeSet};

use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Parser, Tag, TagEnd, html::push_html};

use crate::{
    source::markdown_options,
    text::{Span, slug},
};

/// What a renderer may leave in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RawHtml {
    /// Comments dropped, the rest sanitised.
    Sanitised,
    /// All of it dropped.
    Dropped,
}

/// How links and images of one document become addresses of its page.
#[derive(Debug)]
pub(super) struct Renderer<'a> {
    /// What happens to raw HTML.
    pub(super) raw_html: RawHtml,
    /// Addresses by destination as written: images that are copied, links to other documents. A relative destination that is not here is
    /// kept as text.
    pub(super) addresses: &'a BTreeMap<String, String>,
    /// Ids that are taken on the page.
    pub(super) ids: BTreeSet<String>,
    /// The number that the next id of the same name gets: a page may have thousands of headings that are called alike.
    numbers: BTreeMap<String, usize>,
    /// Levels by which headings are lowered; none gets above the second, so that the page keeps one h1.
    pub(super) deepen: u8,
    /// Heading ids by byte offset in the text given to [`Self::render`], for the outline.
    pub(super) outline: Vec<Outlined>,
    /// Whether headings get ids.
    pub(super) keeps_ids: bool,
}

/// A heading of the rendered text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outlined {
    /// Offset of the heading in the text that was rendered.
    pub(super) at: usize,
    pub(super) id: String,
    pub(super) title: String,
    pub(super) level: u8,
}

impl<'a> Renderer<'a> {
    pub(super) const fn new(raw_html: RawHtml, addresses: &'a BTreeMap<String, String>) -> Self {
        Self { raw_html, addresses, ids: BTreeSet::new(), numbers: BTreeMap::new(), deepen: 0, outline: Vec::new(), keeps_ids: true }
    }

    /// Renders a block of Markdown.
    pub(super) fn render(&mut self, markdown: &str) -> String {
        let events = self.filter(markdown);
        self.write(events.into_iter().map(|(event, _)| event))
    }

    /// Renders a text in pieces: one parse, so that footnotes and reference links work across pieces, and one result per range of bytes.
    /// Ranges are sorted and begin and end between blocks; what lies outside all of them is left out.
    pub(super) fn render_pieces(&mut self, markdown: &str, ranges: &[Span]) -> Vec<String> {
        let mut pieces: Vec<Vec<Event<'_>>> = ranges.iter().map(|_| Vec::new()).collect();
        for (event, at) in self.filter(markdown) {
            let index = ranges.partition_point(|range| range.end <= at);
            if ranges.get(index).is_some_and(|range| range.start <= at)
                && let Some(piece) = pieces.get_mut(index)
            {
                piece.push(event);
            }
        }
        pieces.into_iter().map(|events| self.write(events.into_iter())).collect()
    }

    fn write<'m>(&self, events: impl Iterator<Item = Event<'m>>) -> String {
        let mut html = String::new();
        push_html(&mut html, events);
        let html = aligned_by_class(html);
        if self.raw_html == RawHtml::Sanitised && html.contains(RAW) { sanitise(&html.replace(RAW, "")) } else { with_rel(html) }
    }

    /// Renders one line of Markdown without the paragraph around it: a table cell, the rest of a list item.
    pub(super) fn render_inline(&mut self, markdown: &str) -> String {
        let html = self.render(markdown.trim());
        let html = html.trim();
        match html.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>")) {
            Some(inner) if !inner.contains("<p>") => inner.to_owned(),
            _ => html.to_owned(),
        }
    }

    /// Events that are fit to be seen, each with the offset at which its block or piece of text begins.
    fn filter<'m>(&mut self, markdown: &'m str) -> Vec<(Event<'m>, usize)> {
        let mut events: Vec<(Event<'m>, usize)> = Vec::new();
        let mut heading: Option<usize> = None;
        let mut depth_of_links = 0_usize;
        let mut in_code = false;
        let mut dropped_links = Vec::new();
        for (event, range) in Parser::new_ext(markdown, markdown_options()).into_offset_iter() {
            // An end belongs to the block that it closes: its range is that of the whole block.
            let at = range.start;
            match event {
                Event::Start(Tag::Heading { level, id, .. }) => {
                    heading = Some(events.len());
                    let level = lower(level, self.deepen);
                    events.push((Event::Start(Tag::Heading { level, id, classes: Vec::new(), attrs: Vec::new() }), at));
                }
                Event::End(TagEnd::Heading(level)) => {
                    let level = lower(level, self.deepen);
                    if let Some(start) = heading.take() {
                        self.name_heading(&mut events, start, level);
                    }
                    events.push((Event::End(TagEnd::Heading(level)), at));
                }
                Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                    depth_of_links += 1;
                    let address = self.link(link_type, &dest_url);
                    dropped_links.push(address.is_none());
                    if let Some(dest_url) = address {
                        events.push((Event::Start(Tag::Link { link_type: plain(link_type), dest_url: dest_url.into(), title, id }), at));
                    }
                }
                Event::End(TagEnd::Link) => {
                    depth_of_links = depth_of_links.saturating_sub(1);
                    if dropped_links.pop() == Some(false) {
                        events.push((Event::End(TagEnd::Link), at));
                    }
                }
                Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                    let address = self.addresses.get(&*dest_url).cloned();
                    dropped_links.push(address.is_none());
                    if let Some(dest_url) = address {
                        events.push((Event::Start(Tag::Image { link_type: plain(link_type), dest_url: dest_url.into(), title, id }), at));
                    }
                }
                Event::End(TagEnd::Image) => {
                    if dropped_links.pop() == Some(false) {
                        events.push((Event::End(TagEnd::Image), at));
                    }
                }
                Event::Start(Tag::Table(alignment)) => {
                    // A wide table scrolls by itself, with the keyboard too; the page does not.
                    events.push((Event::Html(SCROLL_START.into()), at));
                    events.push((Event::Start(Tag::Table(alignment)), at));
                }
                Event::End(TagEnd::Table) => {
                    events.push((Event::End(TagEnd::Table), at));
                    events.push((Event::Html("</div>\n".into()), at));
                }
                Event::Start(Tag::CodeBlock(kind)) => {
                    in_code = true;
                    events.push((Event::Start(Tag::CodeBlock(kind)), at));
                }
                Event::End(TagEnd::CodeBlock) => {
                    in_code = false;
                    events.push((Event::End(TagEnd::CodeBlock), at));
                }
                Event::Html(raw) | Event::InlineHtml(raw) => {
                    if self.raw_html == RawHtml::Sanitised {
                        events.push((Event::InlineHtml(format!("{RAW}{raw}").into()), at));
                    }
                }
                Event::Text(text) if depth_of_links == 0 && !in_code && text.contains("://") => link_bare(&text, at, &mut events),
                other => events.push((other, at)),
            }
        }
        events
    }

    /// Gives a heading a unique id and notes it for the outline.
    fn name_heading(&mut self, events: &mut [(Event<'_>, usize)], start: usize, level: HeadingLevel) {
        let title: String = events
            .get(start + 1..)
            .unwrap_or_default()
            .iter()
            .filter_map(|(event, _)| match event {
                Event::Text(text) | Event::Code(text) => Some(&**text),
                Event::SoftBreak | Event::HardBreak => Some(" "),
                _ => None,
            })
            .collect();
        let Some((Event::Start(Tag::Heading { id, .. }), at)) = events.get_mut(start) else { return };
        let at = *at;
        if !self.keeps_ids {
            *id = None;
            return;
        }
        let wanted = id.as_deref().map(slug).filter(|id| !id.is_empty()).unwrap_or_else(|| slug(&title));
        let name = self.unique_id(&wanted);
        *id = Some(CowStr::from(name.clone()));
        self.outline.push(Outlined { at, id: name, title, level: level as u8 });
    }

    /// An id that is not taken on this page yet.
    pub(super) fn unique_id(&mut self, wanted: &str) -> String {
        let base = if wanted.is_empty() { "section" } else { wanted };
        if self.ids.insert(base.to_owned()) {
            return base.to_owned();
        }
        let number = self.numbers.entry(base.to_owned()).or_insert(1);
        loop {
            let name = format!("{base}-{number}");
            *number += 1;
            if self.ids.insert(name.clone()) {
                return name;
            }
        }
    }

    /// The address of a link; `None` where only its text may stay.
    fn link(&self, link_type: LinkType, written: &str) -> Option<String> {
        if link_type == LinkType::Email {
            return Some(format!("mailto:{written}"));
        }
        if let Some(known) = self.addresses.get(written) {
            return Some(known.clone());
        }
        let lower = written.trim().to_ascii_lowercase();
        let is_safe = ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| lower.starts_with(scheme)) || lower.starts_with('#');
        is_safe.then(|| written.to_owned())
    }
}

/// The policy of the pages allows no styles in their text, so the alignment of a column is a class. Text that looks like this is escaped.
fn aligned_by_class(html: String) -> String {
    if !html.contains(" style=\"text-align: ") {
        return html;
    }
    let cells = ["th", "td"]
        .into_iter()
        .flat_map(|cell| [("left", ""), ("center", " class=\"mid\""), ("right", " class=\"end\"")].map(|(side, class)| (cell, side, class)));
    cells.fold(html, |html, (cell, side, class)| html.replace(&format!("<{cell} style=\"text-align: {side}\">"), &format!("<{cell}{class}>")))
}

/// Whoever follows a link away does not tell where from.
fn with_rel(html: String) -> String {
    if html.contains("<a href=\"http") { html.replace("<a href=\"http", "<a rel=\"noreferrer\" href=\"http") } else { html }
}

/// Opens the box in which a table scrolls.
const SCROLL_START: &str = "<div class=\"scroll\" role=\"group\" tabindex=\"0\">\n";

/// Marks a place where raw HTML was let through, so that only documents with some are sanitised. A private-use character that is cut out again.
const RAW: &str = "\u{f8ff}\u{f8fe}";

/// Reference links and autolinks become inline ones, so that nothing but the address and the text goes out.
const fn plain(link_type: LinkType) -> LinkType {
    match link_type {
        LinkType::Email => LinkType::Inline,
        other => other,
    }
}

fn lower(level: HeadingLevel, by: u8) -> HeadingLevel {
    HeadingLevel::try_from(usize::from(level as u8 + by).clamp(2, 6)).unwrap_or(HeadingLevel::H6)
}

/// Addresses in running text become links.
fn link_bare<'m>(text: &CowStr<'m>, at: usize, events: &mut Vec<(Event<'m>, usize)>) {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    for span in finder.spans(text) {
        let piece = CowStr::from(span.as_str().to_owned());
        let is_web = span.kind().is_some() && (piece.starts_with("https://") || piece.starts_with("http://"));
        if is_web {
            events.push((Event::Start(Tag::Link { link_type: LinkType::Autolink, dest_url: piece.clone(), title: "".into(), id: "".into() }), at));
            events.push((Event::Text(piece), at));
            events.push((Event::End(TagEnd::Link), at));
        } else {
            events.push((Event::Text(piece), at));
        }
    }
}

/// Cleans HTML that holds raw pieces from a document.
fn sanitise(html: &str) -> String {
    let mut builder = ammonia::Builder::default();
    builder
        .add_generic_attributes(["id", "class"])
        .add_tags(["input", "section"])
        .add_tag_attributes("input", ["type", "checked", "disabled"])
        .add_tag_attributes("div", ["role", "tabindex"])
        .link_rel(Some("noreferrer"))
        .url_relative(ammonia::UrlRelative::PassThrough);
    builder.clean(html).to_string()
}

/// A piece of Markdown as safe HTML for readers outside, without pictures: what they read of it, numbers of notes included.
#[must_use]
pub fn outside_html(markdown: &str) -> String {
    Renderer::new(RawHtml::Dropped, &BTreeMap::new()).render(markdown)
}

/// The words of a piece of Markdown as a reader sees them, without marks.
#[must_use]
pub fn plain_text(markdown: &str) -> String {
    let mut text = String::new();
    for event in Parser::new_ext(markdown, markdown_options()) {
        match event {
            Event::Text(piece) | Event::Code(piece) => text.push_str(&piece),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_) | TagEnd::TableCell) => {
                text.push(' ');
            }
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(raw_html: RawHtml, markdown: &str) -> String {
        Renderer::new(raw_html, &BTreeMap::from([("graph.png".to_owned(), "graph.png".to_owned())])).render(markdown)
    }

    #[test]
    fn ways_to_run_a_script_without_raw_html_are_closed() {
        for markdown in
            ["## H {onclick=alert(1)}", "[x](JaVaScRiPt:alert(1))", "![](javascript:alert(1))", "[x](data:text/html,1)", "<javascript:alert(1)>"]
        {
            let html = render(RawHtml::Dropped, markdown).to_lowercase();
            assert!(
                !html.contains("onclick") && !html.contains("href=\"javascript") && !html.contains("src=") && !html.contains("href=\"data"),
                "{markdown}: {html}"
            );
        }
    }

    #[test]
    fn raw_html_is_dropped_outside_and_cleaned_inside() {
        let markdown = "a <b onclick=x()>bold</b> <!-- secret --> <script>alert(1)</script>\n\n<!-- also\nsecret -->\n\nend";
        assert_eq!(render(RawHtml::Dropped, markdown), "<p>a bold  alert(1)</p>\n<p>end</p>\n");
        let inside = render(RawHtml::Sanitised, markdown);
        assert!(
            inside.contains("<b>bold</b>") && !inside.contains("secret") && !inside.contains("script") && !inside.contains("onclick"),
            "{inside}"
        );
    }

    #[test]
    fn headings_get_unique_ids_that_keep_hangul() {
        let alike = render(RawHtml::Dropped, "## A\n## A 1\n## A\n## A\n");
        let ids: Vec<&str> = alike.split("id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(ids, ["a", "a-1", "a-2", "a-3"]);
        let html = render(RawHtml::Dropped, "## 근본 원인\n## 근본 원인\n## A & B");
        assert!(html.contains("id=\"근본-원인\"") && html.contains("id=\"근본-원인-1\"") && html.contains("id=\"a-b\""), "{html}");
    }

    #[test]
    fn bare_addresses_become_links_outside_code() {
        let html = render(RawHtml::Dropped, "see https://status.example/1. and `https://code.example`");
        assert_eq!(html.matches("<a rel=").count(), 1);
        assert!(html.contains("<a rel=\"noreferrer\" href=\"https://status.example/1\">"), "{html}");
    }

    #[test]
    fn columns_are_aligned_without_a_style() {
        let table = "|a|b|c|\n|:--|:-:|--:|\n|1|2|`<td style=\"text-align: left\">`|";
        for raw_html in [RawHtml::Dropped, RawHtml::Sanitised] {
            let html = render(raw_html, table);
            assert!(html.contains("<th>a</th><th class=\"mid\">b</th><th class=\"end\">c</th>") && !html.contains("<td style"), "{html}");
        }
        assert!(render(RawHtml::Sanitised, &format!("{table}\n\n<b>x</b>")).contains("<td class=\"mid\">2</td>"));
    }

    #[test]
    fn images_that_are_not_copied_leave_their_text() {
        assert_eq!(render(RawHtml::Dropped, "![Error rate](other.png)"), "<p>Error rate</p>\n");
        assert!(render(RawHtml::Dropped, "![Error rate](graph.png)").contains("<img src=\"graph.png\" alt=\"Error rate\""));
    }
}
