use chrono::{DateTime, FixedOffset};

use super::ruler::zone;
use crate::{
    model::Precision,
    source::{Parsed, TimelineRow},
    text::Span,
    view::{html::Renderer, site::rfc3339, value::template_structs},
};

template_structs! {
    /// A timeline, day by day.
    TimelineView {
        /// Zone of its clocks.
        zone: String,
        /// Its days in the order of the text.
        days: Vec<TimelineDay>,
    }
    /// The rows of one day.
    TimelineDay {
        /// The day; none where rows have no time.
        date: Option<String>,
        /// Its rows.
        rows: Vec<TimelineLine>,
    }
    /// A row.
    TimelineLine {
        /// When, RFC 3339.
        at: Option<String>,
        /// The time as written, where it could not be read or has no time of day.
        text_time: Option<String>,
        /// Minutes after the start of the incident.
        after_minutes: Option<f64>,
        /// What happened, safe HTML.
        html: String,
        /// Keys of milestones.
        marks: Vec<String>,
        /// Whether readers outside see it.
        public: bool,
    }
}

/// The timeline of a document for people inside.
pub(super) fn timeline(parsed: &Parsed, renderer: &mut Renderer<'_>, started: Option<DateTime<FixedOffset>>) -> Option<TimelineView> {
    let timeline = parsed.timeline()?;
    let offset = timeline.rows.iter().find_map(|row| row.time.as_ref()?.value.at).or(started)?;
    let mut days: Vec<TimelineDay> = Vec::new();
    for row in &timeline.rows {
        let at = clock_of(row);
        let date = at.map(|at| at.date_naive().to_string());
        let line = TimelineLine {
            at: at.map(rfc3339),
            text_time: row.time.as_ref().filter(|_| at.is_none()).map(|time| time.value.written.trim().to_owned()),
            after_minutes: at.zip(started).map(|(at, started)| minutes(started, at).trunc()),
            html: cells(parsed, row, renderer),
            marks: row.milestones.iter().map(|(milestone, _)| milestone.key().to_owned()).collect(),
            public: !row.audiences.is_empty(),
        };
        match days.last_mut() {
            Some(day) if day.date == date || date.is_none() => day.rows.push(line),
            _ => days.push(TimelineDay { date, rows: vec![line] }),
        }
    }
    Some(TimelineView { zone: zone(offset), days })
}

/// The instant of a row, where it has a time of day.
pub(in crate::view) fn clock_of(row: &TimelineRow) -> Option<DateTime<FixedOffset>> {
    let moment = &row.time.as_ref()?.value;
    if moment.precision == Precision::Day { None } else { moment.at }
}

fn cells(parsed: &Parsed, row: &TimelineRow, renderer: &mut Renderer<'_>) -> String {
    let cells = row.cells.iter().map(|cell| cell_text(parsed, row, *cell));
    cells.filter(|cell| !cell.is_empty()).map(|cell| renderer.render_inline(&cell)).collect::<Vec<_>>().join(" · ")
}

/// The text of a cell without `[detected]`, `[public]` and their like, which templates show as words of the interface.
pub(in crate::view) fn cell_text(parsed: &Parsed, row: &TimelineRow, cell: Span) -> String {
    let milestones = row.milestones.iter().map(|(_, span)| *span);
    let mut marks: Vec<Span> = milestones.chain(row.audiences.iter().map(|(_, mark)| mark.span)).filter(|mark| cell.contains(*mark)).collect();
    marks.sort();
    let mut text = String::with_capacity(cell.len());
    let mut from = cell.start;
    for mark in marks {
        text.push_str(parsed.source().slice(Span::new(from, mark.start)).trim_end());
        text.push(' ');
        from = mark.end;
    }
    text.push_str(parsed.source().slice(Span::new(from, cell.end)));
    text.trim().to_owned()
}

#[expect(clippy::cast_precision_loss, reason = "seconds of an incident")]
fn minutes(from: DateTime<FixedOffset>, to: DateTime<FixedOffset>) -> f64 {
    (to - from).num_seconds() as f64 / 60.0
}
