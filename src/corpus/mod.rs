//! All postmortems together: addresses, publications, and trends as pure functions over rows. No HTML, no git, no clock of its own.

mod entry;
mod publication;
mod trends;

pub use entry::{Corpus, Entry};
pub use publication::{HeldBack, Publication, Published, PublishedText, Retracted};
pub use trends::{
    Availability, CalendarPeriod, Distribution, Interval, Outage, Outages, Period, PeriodKey, PeriodKind, Row, Trends, first_instant, minutes, since,
};
