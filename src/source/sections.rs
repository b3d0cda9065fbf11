use super::{
    Section, SectionStyle,
    outline::{Label, Outline, Title},
    titles::{Recognised, Titles},
};
use crate::text::Span;

/// The sections of a body, and the heading level that makes them.
#[derive(Debug, Default)]
pub(super) struct Sections {
    pub(super) all: Vec<Section>,
    /// Level of the headings that make sections; 2 where none do.
    pub(super) level: u8,
    /// Sections whose whole title is that of the customer summary, by the start of their heading.
    pub(super) customer_summaries: Vec<Span>,
    /// Headings with the title of any other known section.
    pub(super) of_other_kinds: Vec<Span>,
    /// Customer summaries by a title with something added in parentheses or after a dash.
    pub(super) doubtful_summaries: Vec<Span>,
}

/// Finds the sections: level-2 headings; else several level-1 headings; else the highest level there is; else bold lines; else bold list labels.
pub(super) fn find(outline: &Outline, body: Span, titles: &Titles) -> Sections {
    let level = section_level(&outline.headings);
    let mut found = Sections { level, ..Sections::default() };
    by_heading(outline, body, titles, &mut found);
    if found.all.is_empty() {
        by_label(outline, body, titles, &mut found);
    }
    found.all.sort_by_key(|section| section.heading.start);
    found
}

fn section_level(headings: &[Title]) -> u8 {
    let count = |level| headings.iter().filter(|heading| heading.level == level).count();
    if count(2) > 0 {
        2
    } else if count(1) > 1 {
        1
    } else {
        headings.iter().map(|heading| heading.level).filter(|&level| level > 1).min().unwrap_or(2)
    }
}

fn by_heading(outline: &Outline, body: Span, titles: &Titles, found: &mut Sections) {
    let recognised: Vec<Option<Recognised<'_>>> = outline.headings.iter().map(|heading| titles.recognise(&heading.text)).collect();
    let others = outline.headings.iter().zip(&recognised).filter(|(_, known)| known.is_some_and(|known| known.id != "customer-summary"));
    found.of_other_kinds = others.map(|(heading, _)| heading.span).collect();
    let kinds_at_level: Vec<&str> = outline
        .headings
        .iter()
        .zip(&recognised)
        .filter(|(heading, _)| heading.level <= found.level)
        .filter_map(|(_, known)| known.map(|known| known.id))
        .collect();
    for (index, (heading, &known)) in outline.headings.iter().zip(&recognised).enumerate() {
        let is_document_title = heading.level == 1 && known.is_none() && (found.level > 1 || index == 0);
        let is_repeated = heading.level > found.level && known.is_none_or(|known| kinds_at_level.contains(&known.id));
        if is_document_title || is_repeated {
            continue;
        }
        let last_level = heading.level.max(found.level);
        let following = outline.headings.iter().skip(index + 1).find(|next| next.level <= last_level);
        let end = following.map_or(body.end, |next| next.span.start);
        let section = Section {
            kind: known.map(|known| known.id.to_owned()),
            title: heading.text.clone(),
            style: SectionStyle::Heading,
            heading: heading.span,
            body: Span::new(heading.span.end, end),
            is_empty: !outline.has_content(Span::new(heading.span.end, end)),
            is_nested: heading.level > found.level,
        };
        note_customer_summary(found, &section, known);
        found.all.push(section);
    }
}

fn note_customer_summary(found: &mut Sections, section: &Section, known: Option<Recognised<'_>>) {
    if let Some(known) = known.filter(|known| known.id == "customer-summary") {
        if known.is_whole {
            found.customer_summaries.push(section.heading);
        } else {
            found.doubtful_summaries.push(section.heading);
        }
    }
}

/// Bold lines and bold labels are sections only where a document has no headings for them and at least two of the titles are known.
fn by_label(outline: &Outline, body: Span, titles: &Titles, found: &mut Sections) {
    for is_item in [false, true] {
        let labels: Vec<(&Label, &str, Option<Recognised<'_>>)> = outline
            .labels
            .iter()
            .filter(|label| label.is_item == is_item)
            .map(|label| {
                let title = label.text.trim().trim_end_matches([':', '：']).trim();
                (label, title, titles.recognise(title))
            })
            .collect();
        if labels.iter().filter(|(.., known)| known.is_some()).count() < 2 {
            continue;
        }
        for (index, &(label, title, known)) in labels.iter().enumerate() {
            let next = labels.get(index + 1).map(|(next, ..)| if is_item { next.owner.start } else { next.span.start });
            let heading = outline.headings.iter().map(|heading| heading.span.start).find(|&start| start > label.span.start);
            let limit = if is_item { label.owner.end } else { body.end };
            let end = [next, heading].into_iter().flatten().fold(limit, usize::min).max(label.span.end);
            let section = Section {
                kind: known.map(|known| known.id.to_owned()),
                title: title.to_owned(),
                style: if is_item { SectionStyle::ListLabel } else { SectionStyle::BoldLine },
                heading: label.span,
                body: Span::new(label.span.end, end),
                is_empty: !outline.has_content(Span::new(label.span.end, end)),
                is_nested: false,
            };
            note_customer_summary(found, &section, known);
            found.all.push(section);
        }
        return;
    }
}
