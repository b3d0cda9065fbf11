use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::{
    config::{ExternalAudience, Settings},
    corpus::{Entry, Published},
    model::{ExternalBlock, Milestone, Precision, Status},
    source::Parsed,
    text::{Span, slug},
    view::internal::{cell_text, clock_of},
};

/// What one audience reads of one text. Two texts with equal readings are the same to that audience.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Title written for the audience.
    pub title: String,
    /// Summary written for the audience, Markdown.
    pub summary: Option<String>,
    /// Sections marked for the audience, hidden ranges cut.
    pub sections: Vec<ReadingSection>,
    /// Timeline rows marked for the audience.
    pub rows: Vec<ReadingRow>,
    /// Public name of the severity, and its rank from 1.
    pub severity: Option<(String, usize)>,
    /// Public names of the services.
    pub services: Vec<String>,
    /// When impact began; none where only its day is known.
    pub started: Option<DateTime<FixedOffset>>,
    /// When it was over; none where only its day is known.
    pub resolved: Option<DateTime<FixedOffset>>,
    /// The day on which impact began.
    pub began: Option<NaiveDate>,
    /// The day on which it was over.
    pub ended: Option<NaiveDate>,
    /// Whether the text says that it goes on: nobody knows an end, and the text is no final one.
    pub is_ongoing: bool,
    /// BCP 47 tag of the text, where one is written.
    pub lang: Option<String>,
    /// Images of the marked sections: destination as written, path from the repository root.
    pub images: Vec<(String, String)>,
}

/// A section as an audience reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingSection {
    /// Title; empty for marked text without a heading of its own.
    pub title: String,
    /// Id of the section that it is, where it is a known one, such as `impact`.
    pub kind: Option<String>,
    /// Its text: the visible ranges of the source, in order.
    pub markdown: String,
}

impl ReadingSection {
    /// Whether it is the section that is written for customers by definition.
    #[must_use]
    pub fn is_customer_summary(&self) -> bool {
        self.kind.as_deref() == Some("customer-summary")
    }
}

/// A timeline row as an audience reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingRow {
    /// When; none where the time has no clock or can't be read.
    pub at: Option<DateTime<FixedOffset>>,
    /// The marked cell, Markdown.
    pub markdown: String,
}

impl Reading {
    /// Copies from a text what the audience may read, field by field.
    #[must_use]
    pub fn of(parsed: &Parsed, audience: &ExternalAudience, settings: &Settings) -> Self {
        let postmortem = parsed.postmortem();
        let own = postmortem.external.get(&audience.name);
        let public = postmortem.external.get("public");
        let clock = |milestone: Milestone| postmortem.times.get(milestone).filter(|field| field.value.precision != Precision::Day)?.value.at;
        let day = |milestone: Milestone| postmortem.times.at(milestone).map(|at| at.date_naive());
        let is_in_review = postmortem.status.as_ref().is_some_and(|status| status.value == Status::InReview);
        let severity = postmortem.severity.as_ref().and_then(|severity| severity.value.rank);
        let visible: Vec<Span> =
            parsed.regions().iter().filter(|region| region.visibility.includes(&audience.name)).map(|region| region.span).collect();
        let mut services: Vec<String> =
            postmortem.services.iter().filter_map(|service| settings.service(&service.value)?.public_name.clone()).collect();
        services.dedup();
        Self {
            title: written(own, public, |block| block.title.as_ref()).map(|title| title.value.trim().to_owned()).unwrap_or_default(),
            summary: written(own, public, |block| block.summary.as_ref()).map(|summary| summary.value.clone()),
            sections: sections(parsed, &visible),
            rows: rows(parsed, &audience.name),
            severity: severity.and_then(|rank| Some((settings.severities.get(rank)?.public_name.clone()?, rank + 1))),
            services,
            started: clock(Milestone::Started),
            resolved: clock(Milestone::Resolved),
            began: day(Milestone::Started),
            ended: day(Milestone::Resolved),
            is_ongoing: is_in_review && postmortem.times.at(Milestone::Resolved).is_none(),
            lang: postmortem.lang.as_ref().map(|lang| lang.value.clone()),
            images: parsed
                .images()
                .iter()
                .filter(|image| visible.iter().any(|span| span.contains(image.span)))
                .filter_map(|image| Some((image.url.clone(), image.path.clone()?)))
                .collect(),
        }
    }

    /// Every text that the audience reads, as written: what the leak audit permits.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let sections = self.sections.iter().flat_map(|section| [&*section.title, &*section.markdown]);
        let names = self.services.iter().map(String::as_str).chain(self.severity.iter().map(|(name, _)| &**name));
        [&*self.title].into_iter().chain(self.summary.as_deref()).chain(sections).chain(self.rows.iter().map(|row| &*row.markdown)).chain(names)
    }

    /// Minutes from start to resolution.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "seconds of an incident")]
    pub fn duration_minutes(&self) -> Option<f64> {
        Some((self.resolved? - self.started?).num_seconds() as f64 / 60.0).filter(|minutes| *minutes >= 0.0)
    }

    /// The last part of its address, before collisions are resolved.
    #[must_use]
    pub fn slug(&self, written: Option<&str>) -> String {
        let title = slug(written.unwrap_or(&self.title));
        match (written, self.began) {
            (None, Some(began)) => format!("{began}-{title}").trim_end_matches('-').to_owned(),
            _ if title.is_empty() => "incident".to_owned(),
            _ => title,
        }
    }
}

/// What is written for a further audience, and where nothing is, what is written for everybody.
fn written<'a, T>(own: Option<&'a ExternalBlock>, public: Option<&'a ExternalBlock>, field: fn(&'a ExternalBlock) -> Option<T>) -> Option<T> {
    own.and_then(field).or_else(|| public.and_then(field))
}

/// Cuts the visible ranges at the headings that begin a section, so that each is parsed on its own.
fn sections(parsed: &Parsed, visible: &[Span]) -> Vec<ReadingSection> {
    let mut sections: Vec<ReadingSection> = Vec::new();
    let mut end = None;
    for span in visible {
        let begins = |start: usize| start == span.start || parsed.outer_sections().any(|section| section.heading.start == start);
        let cuts: Vec<_> = parsed.headings().iter().filter(|heading| span.contains(heading.span) && begins(heading.span.start)).collect();
        let first = cuts.first().map_or(span.end, |heading| heading.span.start);
        let outer = parsed.outer_sections().find(|section| section.heading.cover(section.body).contains(*span)).map(|section| section.heading.start);
        if first > span.start {
            let text = without_marks(parsed.source().slice(Span::new(span.start, first)));
            let text = text.trim();
            match sections.last_mut() {
                // Behind a hidden range of the same section the text goes on.
                Some(section) if outer.is_some() && end == outer => {
                    section.markdown.push_str("\n\n");
                    section.markdown.push_str(text);
                }
                _ => sections.push(ReadingSection { title: String::new(), kind: None, markdown: text.to_owned() }),
            }
        }
        for (index, heading) in cuts.iter().enumerate() {
            let to = cuts.get(index + 1).map_or(span.end, |next| next.span.start);
            let kind = parsed.sections().iter().find(|section| section.heading.start == heading.span.start).and_then(|section| section.kind.clone());
            sections.push(ReadingSection {
                title: heading.title.clone(),
                kind,
                markdown: without_marks(parsed.source().slice(Span::new(heading.span.end, to))).trim().to_owned(),
            });
        }
        end = outer;
    }
    sections.retain(|section| !section.markdown.is_empty());
    sections
}

/// Cuts the mark that begins the first line of a block quote: whoever reads the quote need not know why. A line behind
/// another line of its quote is kept as it is.
fn without_marks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_quoted = false;
    for line in text.split_inclusive('\n') {
        let content = line.trim_start_matches([' ', '\t', '>']);
        let quote = line.get(..line.len() - content.len()).unwrap_or_default();
        let mark = content.strip_prefix("[!").and_then(|inside| inside.split_once(']'));
        match mark.filter(|(name, _)| !is_quoted && quote.contains('>') && !is_alert(name)) {
            Some((_, after)) => {
                out.push_str(quote);
                out.push_str(after);
            }
            None => out.push_str(line),
        }
        is_quoted = quote.contains('>');
    }
    out
}

/// Whether GitHub shows a box for `[!name]`.
fn is_alert(name: &str) -> bool {
    ["note", "tip", "important", "warning", "caution"].iter().any(|alert| alert.eq_ignore_ascii_case(name))
}

fn rows(parsed: &Parsed, audience: &str) -> Vec<ReadingRow> {
    let rows = parsed.timeline().map(|timeline| &timeline.rows[..]).unwrap_or_default();
    let marked = rows.iter().filter_map(|row| {
        let (index, _) = row.audiences.iter().find(|(_, mark)| mark.audience == "public" || mark.audience == audience)?;
        let cell = row.cells.get(*index)?;
        Some(ReadingRow { at: clock_of(row), markdown: cell_text(parsed, row, *cell) })
    });
    marked.filter(|row| !row.markdown.is_empty()).collect()
}

/// Whether an audience would read something else if the tip were approved.
pub(in crate::view) fn is_pending(entry: &Entry, published: &Published, audience: &ExternalAudience, settings: &Settings) -> bool {
    Reading::of(entry.checked.reviewed().parsed(), audience, settings) != Reading::of(&published.text().parsed, audience, settings)
}

#[cfg(test)]
mod tests {
    use super::without_marks;

    #[test]
    fn the_mark_of_a_shown_quote_is_cut() {
        assert_eq!(without_marks("> [!PUBLIC]\n> text\n"), "> \n> text\n");
        assert_eq!(without_marks("a\n\n> [!partners] text\n"), "a\n\n>  text\n");
        for kept in ["> [!NOTE]\n> text\n", "[!PUBLIC]\n", "> a\n> [!PUBLIC]\n", "> [a](b)\n"] {
            assert_eq!(without_marks(kept), kept);
        }
    }
}
