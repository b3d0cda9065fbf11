use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone};
use chrono_tz::Tz;

use super::{
    clock::Reading,
    zones::{self, Shift, Zone},
};
use crate::{
    config::Settings,
    model::{Moment, Precision, ZoneSource},
};

/// What gives a zone to times that are written without one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Zones {
    /// A column header or a sentence near the times.
    pub(super) context: Option<Zone>,
    /// `timezone` of the document.
    pub(super) document: Option<Tz>,
    /// `timezone` of the site.
    pub(super) site: Tz,
}

/// A reading made into a moment, and what is odd about it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Timed {
    pub(super) moment: Moment,
    /// Local date and time, for rows that continue it.
    pub(super) local: NaiveDateTime,
    /// Why it is vague, in words.
    pub(super) vague: Option<String>,
    /// The local time is one at which clocks were moved.
    pub(super) shift: Option<Shift>,
}

impl Zones {
    pub(super) const fn new(settings: &Settings, document: Option<Tz>) -> Self {
        Self { context: None, document, site: settings.site.timezone }
    }

    pub(super) const fn with_context(self, context: Option<Zone>) -> Self {
        Self { context, ..self }
    }

    fn zone(&self, written: Option<Zone>) -> (Zone, ZoneSource) {
        match (written, self.context, self.document) {
            (Some(zone), ..) => (zone, ZoneSource::Written),
            (None, Some(zone), _) => (zone, ZoneSource::Context),
            (None, None, Some(place)) => (Zone::Place(place), ZoneSource::Document),
            (None, None, None) => (Zone::Place(self.site), ZoneSource::Site),
        }
    }

    /// The moment of `reading` on `date`; `written` is its text in the file.
    pub(super) fn moment(&self, reading: &Reading, date: NaiveDate, written: &str) -> Timed {
        let local = date.and_time(reading.time.unwrap_or(NaiveTime::MIN));
        let (zone, source) = self.zone(reading.zone);
        let (at, shift, ambiguous) = self.instant(local, zone);
        let precision = match (reading.time, reading.has_seconds) {
            (None, _) => Precision::Day,
            (Some(_), false) => Precision::Minute,
            (Some(_), true) => Precision::Second,
        };
        let vague = if let Some(name) = ambiguous {
            Some(format!("`{name}` names more than one time zone"))
        } else if reading.is_range {
            Some(format!("`{written}` is a range"))
        } else if reading.is_fuzzy {
            Some(format!("`{written}` is approximate"))
        } else {
            None
        };
        let estimated = reading.is_fuzzy || reading.is_range;
        let shift = shift.filter(|_| precision != Precision::Day);
        Timed { moment: Moment { at, precision, estimated, zone: source, written: written.to_owned() }, local, vague, shift }
    }

    /// The instant of a local time, whether clocks were moved then, and the abbreviation that says too little.
    fn instant(&self, local: NaiveDateTime, zone: Zone) -> (Option<DateTime<FixedOffset>>, Option<Shift>, Option<&'static str>) {
        match zone {
            Zone::Fixed(offset) => (offset.from_local_datetime(&local).single(), None, None),
            Zone::Place(place) => {
                let (at, shift) = zones::local(local, place);
                (at, shift, None)
            }
            // `IST` is plain where the document or the site lives in a zone of that name.
            Zone::Ambiguous(name) => match self.document.into_iter().chain([self.site]).find(|place| zones::is_called(*place, local, name)) {
                Some(place) => {
                    let (at, shift) = zones::local(local, place);
                    (at, shift, None)
                }
                None => (None, None, Some(name)),
            },
        }
    }
}

/// A moment whose text can't be read as a time, kept as written.
pub(super) fn unreadable(written: &str) -> Moment {
    Moment { at: None, precision: Precision::Minute, estimated: false, zone: ZoneSource::Written, written: written.to_owned() }
}

#[cfg(test)]
#[path = "tests/times.rs"]
mod tests;
