//! Figures as pure functions over rows: one row is one incident that counts.

mod availability;
mod calendar;
mod distribution;
mod period;
mod row;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::Entry;
use crate::config::Settings;

pub use availability::{Availability, Outages};
pub use calendar::{CalendarPeriod, Interval, PeriodKind, first_instant, minutes};
pub use distribution::Distribution;
pub use period::Period;
pub use row::{Outage, Row};

/// Which period: a year, a quarter or a month; sorts and prints as `2026`, `2026-Q1`, `2026-03`.
pub type PeriodKey = String;

/// Figures of everything and of each year, quarter and month in which an incident started.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trends {
    /// Everything that counts, unknown starts included.
    pub all: Period,
    /// By year.
    pub years: BTreeMap<PeriodKey, Period>,
    /// By quarter.
    pub quarters: BTreeMap<PeriodKey, Period>,
    /// By month.
    pub months: BTreeMap<PeriodKey, Period>,
}

impl Trends {
    /// Computes the figures of all periods.
    #[must_use]
    pub fn new(entries: &[Entry], settings: &Settings, now: DateTime<Utc>) -> Self {
        let zone = settings.site.timezone;
        let rows: Vec<(Row, Option<DateTime<Utc>>)> =
            entries.iter().filter_map(|entry| Some((Row::of(entry, settings)?, entry.started.map(|at| at.with_timezone(&Utc))))).collect();
        let outages = Outages::of(rows.iter().map(|(row, started)| (row, *started)));
        let promised = || settings.services.iter().filter(|service| service.target.is_some()).map(|service| &*service.id);
        let group = |kind: PeriodKind| {
            let mut groups: BTreeMap<CalendarPeriod, Vec<&Row>> = BTreeMap::new();
            for (row, _) in &rows {
                if let Some(day) = row.day {
                    groups.entry(CalendarPeriod::of(kind, day)).or_default().push(row);
                }
            }
            let figures = groups.into_iter().map(|(period, rows)| {
                let availability = outages.within(period.interval(zone).until(now), promised());
                (period.key(), Period { availability, ..Period::of(&rows) })
            });
            figures.collect()
        };
        let first = rows.iter().filter_map(|(row, _)| row.day).min();
        let whole = first.map(|first| since(first, settings, now));
        Self {
            all: Period {
                availability: whole.map(|whole| outages.in_all(whole, promised())).unwrap_or_default(),
                ..Period::of(&rows.iter().map(|(row, _)| row).collect::<Vec<_>>())
            },
            years: group(PeriodKind::Year),
            quarters: group(PeriodKind::Quarter),
            months: group(PeriodKind::Month),
        }
    }
}

/// From the month of the first incident on until now: the period over which everything is counted.
#[must_use]
pub fn since(first: NaiveDate, settings: &Settings, now: DateTime<Utc>) -> Interval {
    let from = CalendarPeriod::of(PeriodKind::Month, first).interval(settings.site.timezone).from;
    Interval { from, to: now.max(from) }
}
