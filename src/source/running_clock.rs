use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::{
    clock::{self, Reading},
    outline::trimmed,
    times::{self, Zones},
    zones::Zone,
};
use crate::{
    model::{Field, Moment, Origin},
    text::Span,
};

/// Going back by more than this means that midnight has passed.
const BACK: TimeDelta = TimeDelta::hours(12);

/// Gives rows that say only `HH:MM` the date of the rows before them.
#[derive(Debug)]
pub(super) struct RunningClock {
    zones: Zones,
    /// Local time of the last row, or the start of the day that a heading set.
    last: Option<NaiveDateTime>,
    day: Option<NaiveDate>,
}

impl RunningClock {
    pub(super) const fn new(zones: Zones, day: Option<NaiveDate>) -> Self {
        Self { zones, last: None, day }
    }

    /// A heading, a line or a cell sets the date of what follows.
    pub(super) fn set_date(&mut self, date: NaiveDate) {
        if self.last.is_none_or(|last| last.date() != date) {
            self.last = Some(date.and_time(NaiveTime::MIN));
        }
    }

    /// The moment of a time that was read at `start` of the file, and why it is vague.
    pub(super) fn reading(&mut self, text: &str, reading: &Reading, start: usize, zone: Option<Zone>) -> (Field<Moment>, Option<String>) {
        let span = trimmed(text, Span::new(start + reading.start, start + reading.end));
        let written = span.of(text);
        let Some(date) = self.date(reading) else {
            return (Field::new(times::unreadable(written), span, Origin::Timeline), None);
        };
        let zones = if zone.is_some() { self.zones.with_context(zone) } else { self.zones };
        let timed = zones.moment(reading, date, written);
        self.last = Some(timed.local);
        (Field::new(timed.moment, span, Origin::Timeline), timed.vague)
    }

    /// The moment in a cell of a table; `None` for an empty one. Text that is no time is kept as written.
    pub(super) fn cell(&mut self, text: &str, cell: Span, zone: Option<Zone>) -> (Option<Field<Moment>>, Option<String>) {
        let written = cell.of(text);
        if written.trim_matches(['-', '–', '—', ' ', '*']).is_empty() {
            return (None, None);
        }
        if let Some(reading) = clock::read(written) {
            let (field, vague) = self.reading(text, &reading, cell.start, zone);
            return (Some(field), vague);
        }
        let field = Field::new(times::unreadable(written), cell, Origin::Timeline);
        (Some(field), Some(format!("`{written}` is no time")))
    }

    fn date(&self, reading: &Reading) -> Option<NaiveDate> {
        if let Some(date) = reading.date {
            return Some(date);
        }
        let Some(last) = self.last else { return self.day };
        let local = last.date().and_time(reading.time?);
        if last - local > BACK { last.date().succ_opt() } else { Some(last.date()) }
    }
}
