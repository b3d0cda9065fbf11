//! What a text says of itself without front matter: `**Severity**: SEV2`, `- 날짜: 2026-06-11`, a stats section, a two-column table.

use chrono::NaiveDate;

use super::{
    Section, clock,
    keys::{self, Keys},
    outline::{Block, Outline},
    timeline::lines_of,
    times::Zones,
    values,
};
use crate::{
    config::Settings,
    model::{Detection, Field, Milestone, Moment, Origin, Person, Postmortem, Precision},
    text::Span,
};

/// Titles of sections that hold key lines.
const FACTS: &[&str] = &[
    "stats",
    "statistics",
    "metadata",
    "meta",
    "details",
    "incidentdetails",
    "info",
    "information",
    "facts",
    "keyfacts",
    "ataglance",
    "incidentinfo",
    "incidentinformation",
    "정보",
    "기본정보",
    "장애정보",
    "메타데이터",
    "통계",
];

/// One key with its value.
#[derive(Debug, Clone)]
pub(super) struct KeyLine {
    field: String,
    rank: usize,
    /// The key as it is compared, without what stands in parentheses.
    key: String,
    /// "(detected)" behind the key.
    is_detection: bool,
    value: Span,
}

/// All key lines of a body, the most telling spelling of each field first.
#[derive(Debug, Default)]
pub(super) struct KeyLines {
    lines: Vec<KeyLine>,
}

impl KeyLines {
    /// Collects them from the top of the body, from sections of facts, and (times only) from the timeline.
    pub(super) fn find(text: &str, outline: &Outline, sections: &[Section], keys: &Keys) -> Self {
        let mut found = Self::default();
        let first_section = sections.iter().map(|section| section.heading.start).min();
        let outer: Vec<(&Section, bool)> = sections
            .iter()
            .filter(|section| !section.is_nested)
            .map(|section| (section, section.kind.is_none() && FACTS.contains(&&*keys::normalised(&section.title))))
            .collect();
        let mut top = 0;
        for &block in &outline.blocks {
            let span = outline.span_of(block);
            let before = outer.partition_point(|(section, _)| section.body.start <= span.start);
            let section = before.checked_sub(1).and_then(|index| outer.get(index)).filter(|(section, _)| section.body.contains(span));
            let is_top = first_section.is_none_or(|first| span.start < first);
            top += usize::from(is_top);
            let kind = section.and_then(|(section, _)| section.kind.as_deref());
            let is_facts = section.is_some_and(|(_, is_facts)| *is_facts);
            let place = match kind {
                _ if is_top && top <= 40 => Place::Any,
                _ if is_facts => Place::Any,
                Some("summary") => Place::Labelled,
                Some("timeline") => Place::Times,
                _ => continue,
            };
            match block {
                Block::Paragraph(span) => lines_of(text, span).for_each(|line| found.line(text, line, place, keys)),
                Block::Item(_) => {
                    if let Some(line) = lines_of(text, outline.text_of(block)).next() {
                        found.line(text, line, place, keys);
                    }
                }
                Block::Table(index) if place != Place::Times => {
                    if let Some(table) = outline.tables.get(index).filter(|table| table.header.len() == 2) {
                        for cells in [&table.header].into_iter().chain(table.rows.iter().map(|(_, cells)| cells)) {
                            if let &[key, value] = &**cells {
                                found.pair(text, key.of(text), value, place, keys);
                            }
                        }
                    }
                }
                Block::Table(_) | Block::Heading(_) => {}
            }
        }
        found.lines.sort_by_key(|line| line.rank);
        found
    }

    fn line(&mut self, text: &str, line: Span, place: Place, keys: &Keys) {
        let content = line.of(text);
        let Some(colon) = content.find([':', '：']).filter(|&colon| colon <= 80) else { return };
        let (key, after) = content.split_at_checked(colon).unwrap_or_default();
        if place == Place::Labelled && !key.trim_start().starts_with("**") && !key.trim_start().starts_with("__") {
            return;
        }
        let width = after.chars().next().map_or(1, char::len_utf8);
        self.pair(text, key, Span::new(line.start + colon + width, line.end), place, keys);
    }

    fn pair(&mut self, text: &str, key: &str, value: Span, place: Place, keys: &Keys) {
        let (base, detail) = key.split_once(['(', '（']).unwrap_or((key, ""));
        if base.len() > 60 {
            return;
        }
        let normalised = keys::normalised(base);
        let Some((field, rank)) = keys.field(&normalised) else { return };
        if place == Place::Times && !Milestone::TIMES.iter().any(|milestone| milestone.key() == field) {
            return;
        }
        let inner = value.of(text);
        let ornaments = |part: char| part.is_whitespace() || matches!(part, '*' | '_' | '`');
        let start = value.start + (inner.len() - inner.trim_start_matches(ornaments).len());
        let end = value.start + inner.trim_end_matches(ornaments).len();
        if start < end {
            let is_detection = detail.to_lowercase().contains("detect") || detail.contains("감지");
            let (field, key) = (field.to_owned(), normalised);
            self.lines.push(KeyLine { field, rank, key, is_detection, value: Span::new(start, end) });
        }
    }

    fn of<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a KeyLine> {
        self.lines.iter().filter(move |line| line.field == field)
    }

    /// The day that the text gives for the incident.
    pub(super) fn day(&self, text: &str) -> Option<NaiveDate> {
        self.of("started").find_map(|line| clock::read(line.value.of(text))?.date)
    }

    /// Fills what the postmortem does not say yet, times aside.
    pub(super) fn fill(&self, text: &str, settings: &Settings, postmortem: &mut Postmortem) {
        let first = |field: &'static str| self.of(field).map(|line| (line.value, line.value.of(text)));
        if postmortem.status.is_none() {
            postmortem.status = first("status").find_map(|(span, text)| Some(Field::new(values::status_in_text(text)?, span, Origin::Body)));
        }
        if postmortem.severity.is_none() {
            postmortem.severity =
                first("severity").find_map(|(span, text)| Some(Field::new(values::severity_in_text(text, settings)?, span, Origin::Body)));
        }
        if postmortem.owner.is_none() {
            postmortem.owner = first("owner").map(|(span, text)| Field::new(Person::parse(text), span, Origin::Body)).next();
        }
        if postmortem.detection.is_none() {
            postmortem.detection = first("detection").find_map(|(span, text)| {
                let kind = Detection::ALL.into_iter().find(|kind| kind.name().eq_ignore_ascii_case(text))?;
                Some(Field::new(kind, span, Origin::Body))
            });
        }
        if postmortem.authors.is_empty() {
            let line = first("authors").next();
            postmortem.authors =
                line.into_iter().flat_map(|(span, text)| parts(span, text)).map(|part| part.map(|name| Person::parse(&name))).collect();
        }
        if postmortem.services.is_empty() {
            postmortem.services = first("services").next().into_iter().flat_map(|(span, text)| parts(span, text)).collect();
            for service in &mut postmortem.services {
                if let Some(known) = settings.service(&service.value) {
                    service.value.clone_from(&known.id);
                }
            }
        }
        if postmortem.tags.is_empty() {
            postmortem.tags = first("tags").next().into_iter().flat_map(|(span, text)| parts(span, text)).collect();
        }
    }

    /// Fills times that are not known yet. `day` is that of times without a date; `is_loose` lets a better `started` replace a mere date.
    pub(super) fn fill_times(&self, text: &str, zones: Zones, day: Option<NaiveDate>, is_loose: bool, postmortem: &mut Postmortem) {
        for milestone in Milestone::TIMES {
            let mut found = self.of(milestone.key()).find_map(|line| moment(text, line, zones, day).map(|field| (line, field)));
            if found.is_none() && milestone == Milestone::Detected {
                found =
                    self.of("started").filter(|line| line.is_detection).find_map(|line| moment(text, line, zones, day).map(|field| (line, field)));
            }
            let Some((line, field)) = found else { continue };
            let Some(slot) = postmortem.times.slot(milestone) else { continue };
            let is_better = milestone == Milestone::Started
                && is_loose
                && !keys::DATES.contains(&&*line.key)
                && field.value.precision != Precision::Day
                && slot.as_ref().is_some_and(|slot| slot.value.precision == Precision::Day);
            if slot.is_none() || is_better {
                *slot = Some(field);
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Any known key counts.
    Any,
    /// Prose: only bold labels count.
    Labelled,
    /// Only times count.
    Times,
}

/// The time that a line gives; `None` where it can't be read.
fn moment(text: &str, line: &KeyLine, zones: Zones, day: Option<NaiveDate>) -> Option<Field<Moment>> {
    let written = line.value.of(text);
    let reading = clock::read(written)?;
    let date = reading.date.or(day)?;
    let span = Span::new(line.value.start + reading.start, line.value.start + reading.end);
    let moment = zones.moment(&reading, date, span.of(text)).moment;
    moment.at.is_some().then(|| Field::new(moment, span, Origin::Body))
}

/// The parts of a line between commas.
fn parts(span: Span, text: &str) -> Vec<Field<String>> {
    let mut start = 0;
    let mut found = Vec::new();
    for piece in text.split_inclusive([',', '、', '·']) {
        let clean = piece.trim_end_matches([',', '、', '·']).trim_matches(|part: char| part.is_whitespace() || matches!(part, '`' | '*'));
        if !clean.is_empty() {
            let at = span.start + start + piece.find(clean).unwrap_or(0);
            found.push(Field::new(clean.to_owned(), Span::new(at, at + clean.len()), Origin::Body));
        }
        start += piece.len();
    }
    found
}
