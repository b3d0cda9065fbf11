use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

/// A year, a quarter or a month: what figures are given for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CalendarPeriod {
    /// Its first day.
    pub first: NaiveDate,
    /// How long it is.
    pub kind: PeriodKind,
}

/// Lengths of periods, the longest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PeriodKind {
    /// Twelve months from January on.
    Year,
    /// Three months.
    Quarter,
    /// One month.
    Month,
}

impl PeriodKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Year, Self::Quarter, Self::Month];

    const fn months(self) -> u32 {
        match self {
            Self::Year => 12,
            Self::Quarter => 3,
            Self::Month => 1,
        }
    }
}

impl CalendarPeriod {
    /// The period of this kind in which a day lies.
    #[must_use]
    pub fn of(kind: PeriodKind, day: NaiveDate) -> Self {
        let month = day.month0() / kind.months() * kind.months() + 1;
        Self { first: NaiveDate::from_ymd_opt(day.year(), month, 1).unwrap_or(day), kind }
    }

    /// `2026`, `2026-Q1`, `2026-03`: the key of the JSON and the folder of the page.
    #[must_use]
    pub fn key(self) -> String {
        match self.kind {
            PeriodKind::Year => self.first.year().to_string(),
            PeriodKind::Quarter => format!("{}-Q{}", self.first.year(), self.first.month0() / 3 + 1),
            PeriodKind::Month => self.first.format("%Y-%m").to_string(),
        }
    }

    /// The period of the same kind just before.
    #[must_use]
    pub fn before(self) -> Self {
        Self { first: self.first.checked_sub_months(Months::new(self.kind.months())).unwrap_or(self.first), ..self }
    }

    /// The day after its last one.
    #[must_use]
    pub fn end(self) -> NaiveDate {
        self.first.checked_add_months(Months::new(self.kind.months())).unwrap_or(NaiveDate::MAX)
    }

    /// Whether a day lies in it.
    #[must_use]
    pub fn contains(self, day: NaiveDate) -> bool {
        self.first <= day && day < self.end()
    }

    /// From its first instant in `zone` to the first one after it.
    #[must_use]
    pub fn interval(self, zone: Tz) -> Interval {
        Interval { from: first_instant(self.first, zone), to: first_instant(self.end(), zone) }
    }
}

/// From an instant on, until another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// Begin.
    pub from: DateTime<Utc>,
    /// The first instant after it.
    pub to: DateTime<Utc>,
}

impl Interval {
    /// The part of it that is over at `now`; nothing of a period that is to come.
    #[must_use]
    pub fn until(self, now: DateTime<Utc>) -> Self {
        Self { to: self.to.min(now).max(self.from), ..self }
    }

    /// Its exact length in minutes: a day on which clocks are moved has 23 or 25 hours.
    #[must_use]
    pub fn minutes(self) -> f64 {
        minutes(self.to - self.from)
    }

    /// The part of a window that lies in it.
    #[must_use]
    pub fn clip(self, (from, to): (DateTime<Utc>, DateTime<Utc>)) -> Self {
        let from = self.from.max(from);
        Self { from, to: self.to.min(to).max(from) }
    }
}

/// The first instant of a day. Where midnight does not exist, the day begins at the first instant that does.
#[must_use]
pub fn first_instant(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    let at = |hours| zone.from_local_datetime(&(midnight + chrono::Duration::hours(hours))).earliest();
    let local = at(0).or_else(|| at(1));
    // A whole day that a place skipped to change sides of the date line begins with the next one.
    let local = local.or_else(|| zone.from_local_datetime(&day.checked_add_days(Days::new(1))?.and_time(NaiveTime::MIN)).earliest());
    local.map_or_else(|| midnight.and_utc(), |local| local.with_timezone(&Utc))
}

/// A length in decimal minutes.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "seconds of years are far below 2^52")]
pub const fn minutes(length: chrono::TimeDelta) -> f64 {
    length.num_seconds() as f64 / 60.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(kind: PeriodKind, day: &str) -> CalendarPeriod {
        CalendarPeriod::of(kind, day.parse().unwrap())
    }

    #[test]
    fn periods_are_named_and_follow_each_other_over_the_turn_of_the_year() {
        let keys = PeriodKind::ALL.map(|kind| (period(kind, "2026-02-28").key(), period(kind, "2026-02-28").before().key()));
        assert_eq!(keys, [("2026", "2025"), ("2026-Q1", "2025-Q4"), ("2026-02", "2026-01")].map(|(one, other)| (one.into(), other.into())));
        assert!(period(PeriodKind::Quarter, "2025-12-31").contains("2025-10-01".parse().unwrap()));
        assert!(!period(PeriodKind::Quarter, "2025-12-31").contains("2026-01-01".parse().unwrap()));
    }

    fn length(of: Interval) -> String {
        format!("{} min", of.minutes())
    }

    #[test]
    fn a_month_in_which_clocks_are_moved_has_its_own_length() {
        let hours = |zone: Tz, day| length(period(PeriodKind::Month, day).interval(zone));
        assert_eq!(hours(chrono_tz::UTC, "2026-03-14"), "44640 min");
        assert_eq!(hours(chrono_tz::Europe::Amsterdam, "2026-03-14"), "44580 min");
        assert_eq!(hours(chrono_tz::Europe::Amsterdam, "2026-10-14"), "44700 min");
        // In Cairo clocks went from 00:00 to 01:00 on 26 April 2024, in Samoa 30 December 2011 never was.
        assert_eq!(first_instant("2024-04-26".parse().unwrap(), chrono_tz::Africa::Cairo).to_rfc3339(), "2024-04-25T22:00:00+00:00");
        assert_eq!(first_instant("2011-12-30".parse().unwrap(), chrono_tz::Pacific::Apia).to_rfc3339(), "2011-12-30T10:00:00+00:00");
    }

    #[test]
    fn what_is_to_come_has_no_length() {
        let march = period(PeriodKind::Month, "2026-03-01").interval(chrono_tz::UTC);
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        assert_eq!(length(march.until(at("2026-03-02T12:00:00Z"))), "2160 min");
        assert_eq!(length(march.until(at("2026-02-01T00:00:00Z"))), "0 min");
        assert_eq!(length(march.clip((at("2026-02-28T23:50:00Z"), at("2026-03-01T00:05:00Z")))), "5 min");
        assert_eq!(length(march.clip((at("2026-02-01T00:00:00Z"), at("2026-02-02T00:00:00Z")))), "0 min");
    }
}
