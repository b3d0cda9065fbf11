use std::collections::{BTreeMap, BTreeSet};

use super::{
    Pages, encoded, href,
    timeline::{TimelineView, timeline},
};
use crate::{
    corpus::Entry,
    source::{LinkKind, Parsed, SectionStyle, Timeline, TimelineStyle, resolve},
    text::Span,
    view::{
        Asset,
        html::{RawHtml, Renderer},
        site::AssetOrigin,
        value::template_structs,
    },
};

template_structs! {
    /// An entry of the contents.
    OutlineEntry {
        /// Anchor.
        id: String,
        /// Title.
        title: String,
        /// 2 for sections.
        level: usize,
    }
    /// A section of the text.
    SectionView {
        /// Anchor.
        id: String,
        /// Title.
        title: String,
        /// `timeline`, `actions`, or none.
        kind: Option<String>,
        /// What stands before the timeline.
        before: Option<String>,
        /// The rest, safe HTML.
        html: Option<String>,
    }
}

/// The text of a page.
pub(super) struct Body {
    pub(super) outline: Vec<OutlineEntry>,
    pub(super) sections: Vec<SectionView>,
    pub(super) timeline: Option<TimelineView>,
    pub(super) assets: Vec<Asset>,
}

/// A piece of the text that becomes a section, or a part of one.
struct Piece {
    title: Option<String>,
    kind: Option<&'static str>,
    ranges: Vec<Span>,
}

impl Pages<'_> {
    /// Renders the text of a postmortem.
    pub(super) fn body(&self, entry: &Entry) -> Body {
        let parsed = entry.checked.reviewed().parsed();
        let folder = format!("postmortems/{}", entry.key);
        let (addresses, assets) = self.addresses(parsed, &folder);
        let mut renderer = Renderer::new(RawHtml::Sanitised, &addresses);
        renderer.deepen =
            u8::from(parsed.outer_sections().any(|section| section.style == SectionStyle::Heading && is_first_level(parsed, section.heading)));
        renderer.ids = BTreeSet::from(["main", "timeline-table", "ruler-caption", "redaction"].map(str::to_owned));
        let timeline = parsed.timeline().filter(|timeline| can_be_redrawn(parsed, timeline));
        let has_actions = !parsed.postmortem().actions.is_empty();
        let pieces = pieces(parsed, timeline.map(|timeline| timeline.span), has_actions);
        let ids: Vec<String> =
            pieces.iter().map(|piece| renderer.unique_id(&crate::text::slug(piece.title.as_deref().unwrap_or_default()))).collect();
        let offset = parsed.body().start;
        let ranges: Vec<Span> =
            pieces.iter().flat_map(|piece| &piece.ranges).map(|range| Span::new(range.start - offset, range.end - offset)).collect();
        let mut rendered = renderer.render_pieces(parsed.source().slice(parsed.body()), &ranges).into_iter();
        let mut sections = Vec::new();
        let mut spans: Vec<Vec<Span>> = Vec::new();
        for (piece, id) in pieces.iter().zip(&ids) {
            let mut html = rendered.by_ref().take(piece.ranges.len()).map(|html| Some(html).filter(|html| !html.trim().is_empty()));
            let before = if piece.ranges.len() > 1 { html.next().flatten() } else { None };
            let html = html.next().flatten();
            if piece.title.is_none() && html.is_none() && before.is_none() && piece.kind.is_none() {
                continue;
            }
            let title = piece.title.clone().unwrap_or_else(|| self.language.text("sections-opening"));
            sections.push(SectionView { id: id.clone(), title, kind: piece.kind.map(str::to_owned), before, html });
            spans.push(piece.ranges.iter().map(|range| Span::new(range.start - offset, range.end - offset)).collect());
        }
        let timeline = timeline.and_then(|_| timeline_view(parsed, &mut renderer, entry));
        if has_actions && !sections.iter().any(|section| section.kind.as_deref() == Some("actions")) {
            let id = renderer.unique_id("action-items");
            sections.push(SectionView { id, title: self.language.text("nav-actions"), kind: Some("actions".to_owned()), before: None, html: None });
            spans.push(Vec::new());
        }
        Body { outline: outline(&sections, &spans, &renderer), sections, timeline, assets }
    }

    /// Addresses of links to other documents and of images, relative to the page; and the images that have to be copied.
    fn addresses(&self, parsed: &Parsed, folder: &str) -> (BTreeMap<String, String>, Vec<Asset>) {
        let mut addresses = BTreeMap::new();
        let mut assets: Vec<Asset> = Vec::new();
        let mut names = BTreeSet::from(["index.html".to_owned()]);
        for image in parsed.images() {
            let Some(path) = image.path.as_ref().filter(|path| self.files.contains(*path)) else { continue };
            if addresses.contains_key(&image.url) {
                continue;
            }
            let file = path.rsplit('/').next().unwrap_or(path);
            let mut name = file.to_owned();
            let mut number = 2;
            while !names.insert(name.clone()) {
                name = format!("{number}-{file}");
                number += 1;
            }
            // Pictures are there once, for every language.
            let beside = encoded(&name);
            let address = if self.edition.is_first() { beside } else { format!("../../../{}/{beside}", encoded(folder)) };
            addresses.insert(image.url.clone(), address);
            assets.push(Asset { path: format!("{folder}/{name}"), origin: AssetOrigin::File(path.clone()), is_stripped: false });
        }
        for link in parsed.links() {
            let target = match link.kind {
                LinkKind::Wiki => self.corpus.find(&link.url),
                LinkKind::Relative => resolve(&link.url, parsed.source().path()).and_then(|path| self.by_path(&path)),
                LinkKind::External | LinkKind::Anchor => None,
            };
            if let Some(entry) = target {
                addresses.insert(link.url.clone(), format!("../../{}", href(&entry.key)));
            }
        }
        (addresses, assets)
    }

    fn by_path(&self, path: &str) -> Option<&Entry> {
        self.paths.get(path).and_then(|index| self.corpus.entries().get(*index))
    }
}

/// Whether drawing the rows anew loses nothing: between them stand only marks of tables and lists, and headings, which come back as days.
fn can_be_redrawn(parsed: &Parsed, timeline: &Timeline) -> bool {
    if !matches!(timeline.style, TimelineStyle::Table | TimelineStyle::List) {
        return false;
    }
    let is_mark = |line: &str| {
        let line = line.trim();
        line.starts_with('|')
            || line.starts_with('#')
            || line.chars().all(|letter| "-*+|: >".contains(letter) || letter.is_ascii_digit() || letter == '.')
    };
    timeline.rows.windows(2).all(|pair| match pair {
        [one, other] => parsed.source().slice(Span::new(one.span.end, other.span.start)).lines().all(is_mark),
        _ => true,
    })
}

fn timeline_view(parsed: &Parsed, renderer: &mut Renderer<'_>, entry: &Entry) -> Option<TimelineView> {
    timeline(parsed, renderer, entry.started.filter(|_| starts_at_a_clock(parsed)))
}

/// A start that is only a day gives no distances.
fn starts_at_a_clock(parsed: &Parsed) -> bool {
    parsed.postmortem().times.started.as_ref().is_some_and(|started| started.value.precision != crate::model::Precision::Day)
}

fn is_first_level(parsed: &Parsed, heading: Span) -> bool {
    let headings = parsed.headings();
    headings
        .get(headings.partition_point(|other| other.span.start < heading.start))
        .is_some_and(|found| found.span.start == heading.start && found.level == 1)
}

/// Cuts the body at its sections and, in the section that holds it, around the timeline.
fn pieces(parsed: &Parsed, timeline: Option<Span>, has_actions: bool) -> Vec<Piece> {
    let body = parsed.body();
    let can_cut = parsed.outer_sections().all(|section| section.style == SectionStyle::Heading);
    let mut pieces = Vec::new();
    let mut end = title_end(parsed);
    let around = |span: Span| match timeline {
        Some(timeline) if span.contains(timeline) => {
            let start = day_heading(parsed, span, timeline.start);
            (Some("timeline"), vec![Span::new(span.start, start), Span::new(timeline.end, span.end)])
        }
        _ => (None, vec![span]),
    };
    if can_cut {
        for section in parsed.outer_sections() {
            if section.heading.start > end {
                let (kind, ranges) = around(Span::new(end, section.heading.start));
                pieces.push(Piece { title: None, kind, ranges });
            }
            let (mut kind, ranges) = around(section.body);
            if kind.is_none() && has_actions && section.kind.as_deref() == Some("action-items") {
                kind = Some("actions");
            }
            pieces.push(Piece { title: Some(section.title.clone()), kind, ranges });
            end = section.body.end;
        }
    }
    if body.end > end {
        let (kind, ranges) = around(Span::new(end, body.end));
        pieces.push(Piece { title: None, kind, ranges });
    }
    pieces
}

/// Where the rows of a timeline begin: at the heading that names their first day, where one stands right above them.
fn day_heading(parsed: &Parsed, section: Span, rows: usize) -> usize {
    let above = parsed.headings().iter().rev().find(|heading| heading.span.end <= rows && heading.span.start >= section.start);
    let is_day = |title: &str| title.chars().any(|letter| letter.is_ascii_digit());
    above
        .filter(|heading| is_day(&heading.title) && parsed.source().slice(Span::new(heading.span.end, rows)).trim().is_empty())
        .map_or(rows, |heading| heading.span.start)
}

/// The end of a first heading that is the title of the page; the start of the body where there is none.
fn title_end(parsed: &Parsed) -> usize {
    let body = parsed.body();
    let title = crate::text::slug(&parsed.postmortem().title.value);
    let first = parsed.headings().first().filter(|heading| heading.level == 1 && crate::text::slug(&heading.title) == title);
    let is_section = |heading: Span| parsed.sections().iter().any(|section| section.heading.start == heading.start);
    first
        .filter(|heading| !is_section(heading.span) && parsed.source().slice(Span::new(body.start, heading.span.start)).trim().is_empty())
        .map_or(body.start, |heading| heading.span.end)
}

/// Sections, and below each the headings that stand in it.
fn outline(sections: &[SectionView], spans: &[Vec<Span>], renderer: &Renderer<'_>) -> Vec<OutlineEntry> {
    let mut entries = Vec::new();
    let mut headings = renderer.outline.iter().filter(|heading| heading.level <= 3).peekable();
    for (section, spans) in sections.iter().zip(spans) {
        entries.push(OutlineEntry { id: section.id.clone(), title: section.title.clone(), level: 2 });
        let Some(last) = spans.last() else { continue };
        while let Some(heading) = headings.next_if(|heading| heading.at < last.end) {
            // Headings between the rows of a timeline come back as its days.
            if spans.iter().any(|span| (span.start..span.end).contains(&heading.at)) {
                entries.push(OutlineEntry { id: heading.id.clone(), title: heading.title.clone(), level: 3 });
            }
        }
    }
    entries
}
