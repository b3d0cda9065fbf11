use chrono::{DateTime, Days, NaiveDate, Utc};
use icalendar::{Calendar, Component, Event, EventLike};
use uuid::Uuid;

use crate::view::{Audience, CalendarEntry, View};

/// `calendar.ics` (RFC 5545): the review meeting and the due dates of open actions, as whole days.
///
/// Ids and stamps are made from the content and the clock of the run, so that two builds give the same bytes.
pub(super) fn files<A: Audience>(view: &View<A>) -> Vec<(String, Vec<u8>)> {
    if A::TEMPLATES != "internal" {
        return Vec::new();
    }
    let stamp = DateTime::parse_from_rfc3339(&view.site().generated).unwrap_or_default().to_utc();
    vec![("calendar.ics".to_owned(), text(&view.site().title, view.calendar(), stamp).into_bytes())]
}

/// Whole days as a calendar.
pub(super) fn text(title: &str, days: &[CalendarEntry], stamp: DateTime<Utc>) -> String {
    let mut calendar = Calendar::new();
    calendar.name(title);
    for entry in days {
        let Some(next) = entry.day.checked_add_days(Days::new(1)) else { continue };
        let mut event = Event::new();
        event.summary(&entry.title).starts(entry.day).ends(next).uid(&uid(&entry.key, entry.day)).timestamp(stamp);
        if !entry.description.is_empty() {
            event.description(&entry.description);
        }
        calendar.push(event.done());
    }
    calendar.to_string()
}

fn uid(key: &str, day: NaiveDate) -> String {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{key} {day}").as_bytes()).to_string()
}
