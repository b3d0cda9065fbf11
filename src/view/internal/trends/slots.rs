use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use crate::{
    corpus::{CalendarPeriod, PeriodKind},
    i18n::Catalogue,
    view::chart::month_of,
};

/// What a column of a chart stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Day,
    Week,
    Month,
    Quarter,
}

/// The columns of a period: days of a month, weeks of a quarter, months of a year; of all time months, or quarters where there would be too many.
#[derive(Debug, Clone)]
pub(super) struct Slots {
    step: Step,
    starts: Vec<NaiveDate>,
    end: NaiveDate,
}

/// Months that fit beside each other.
const MONTHS: Months = Months::new(36);

impl Slots {
    /// The slots of a period, or of all time since the first incident. What is to come has none, but for the rest of a quarter or a month.
    pub(super) fn of(period: Option<CalendarPeriod>, first: NaiveDate, last: NaiveDate) -> Self {
        let (from, end, step) = match period {
            Some(period) if period.kind == PeriodKind::Month => (period.first, period.end(), Step::Day),
            Some(period) if period.kind == PeriodKind::Quarter => (period.first, period.end(), Step::Week),
            Some(period) => (period.first, next_month(last).min(period.end()).max(next_month(period.first)), Step::Month),
            None => {
                let (from, end) = (month_of(first), next_month(last));
                if from.checked_add_months(MONTHS).is_some_and(|full| full < end) {
                    (CalendarPeriod::of(PeriodKind::Quarter, from).first, end, Step::Quarter)
                } else {
                    (from, end, Step::Month)
                }
            }
        };
        let mut starts = Vec::new();
        let mut start = from;
        while start < end {
            starts.push(start);
            let next = step.next(start);
            if next <= start {
                break;
            }
            start = next;
        }
        Self { step, starts, end }
    }

    pub(super) const fn len(&self) -> usize {
        self.starts.len()
    }

    /// The slot in which a day lies.
    pub(super) fn index(&self, day: NaiveDate) -> Option<usize> {
        if day >= self.end {
            return None;
        }
        self.starts.partition_point(|start| *start <= day).checked_sub(1)
    }

    /// The first day of a slot.
    pub(super) fn start(&self, index: usize) -> Option<NaiveDate> {
        self.starts.get(index).copied()
    }

    /// The calendar period that a slot is, where it is one.
    pub(super) fn period(&self, index: usize) -> Option<CalendarPeriod> {
        let kind = match self.step {
            Step::Month => PeriodKind::Month,
            Step::Quarter => PeriodKind::Quarter,
            Step::Day | Step::Week => return None,
        };
        self.start(index).map(|first| CalendarPeriod::of(kind, first))
    }

    /// Whether empty slots would only make a table long.
    pub(super) const fn is_fine(&self) -> bool {
        matches!(self.step, Step::Day | Step::Week)
    }

    /// The whole name of a slot.
    pub(super) fn name(&self, index: usize, language: &Catalogue) -> String {
        let Some(start) = self.start(index) else { return String::new() };
        match self.step {
            Step::Day => language.date(start),
            Step::Week => language.with("week-from", [("date", language.date(start).into())]),
            Step::Month | Step::Quarter => self.period(index).map(|period| period_name(period, language)).unwrap_or_default(),
        }
    }

    /// The word under a slot, where there is room for one.
    pub(super) fn label(&self, index: usize, language: &Catalogue) -> Option<String> {
        let start = self.start(index)?;
        let count = self.starts.len();
        match self.step {
            Step::Day => (start.day() % 7 == 1).then(|| language.day_tick(start)),
            Step::Week => index.is_multiple_of(count.div_ceil(5)).then(|| language.day_tick(start)),
            Step::Month if count <= 12 => Some(language.month_name(start)),
            Step::Month => {
                let every = count.div_ceil(13);
                (index.is_multiple_of(every) || (start.month() == 1 && every <= 3)).then(|| language.month_tick(start))
            }
            Step::Quarter => (start.month() == 1).then(|| start.year().to_string()),
        }
    }
}

impl Step {
    fn next(self, start: NaiveDate) -> NaiveDate {
        let after = |days| start.checked_add_days(Days::new(days)).unwrap_or(start);
        match self {
            Self::Day => after(1),
            // The first week of a quarter may be shorter: all others begin on a Monday.
            Self::Week => after(7 - u64::from(start.weekday().days_since(Weekday::Mon))),
            Self::Month => CalendarPeriod::of(PeriodKind::Month, start).end(),
            Self::Quarter => CalendarPeriod::of(PeriodKind::Quarter, start).end(),
        }
    }
}

fn next_month(day: NaiveDate) -> NaiveDate {
    CalendarPeriod::of(PeriodKind::Month, day).end()
}

/// `2026`, `Q1 2026`, `March 2026`, in the words of the interface.
pub(super) fn period_name(period: CalendarPeriod, language: &Catalogue) -> String {
    let year = || period.first.year().to_string();
    match period.kind {
        PeriodKind::Year => language.with("period-year", [("year", year().into())]),
        PeriodKind::Quarter => language.with("period-quarter", [("year", year().into()), ("quarter", (period.first.month0() / 3 + 1).into())]),
        PeriodKind::Month => language.month(period.first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn slots(period: Option<(PeriodKind, &str)>, first: &str, last: &str) -> Slots {
        Slots::of(period.map(|(kind, on)| CalendarPeriod::of(kind, day(on))), day(first), day(last))
    }

    #[test]
    fn a_period_is_cut_into_what_can_be_told_apart() {
        let month = slots(Some((PeriodKind::Month, "2026-02-03")), "2024-05-01", "2026-11-22");
        assert_eq!((month.len(), month.index(day("2026-02-28")), month.index(day("2026-03-01"))), (28, Some(27), None));
        let quarter = slots(Some((PeriodKind::Quarter, "2026-02-03")), "2024-05-01", "2026-11-22");
        // 1 January 2026 was a Thursday: the second week begins on the 5th.
        assert_eq!((quarter.len(), quarter.index(day("2026-01-04")), quarter.index(day("2026-01-05"))), (14, Some(0), Some(1)));
        let year = slots(Some((PeriodKind::Year, "2026-02-03")), "2024-05-01", "2026-11-22");
        assert_eq!((year.len(), year.index(day("2026-11-30")), year.index(day("2025-12-31"))), (11, Some(10), None));
        assert_eq!(slots(Some((PeriodKind::Year, "2025-02-03")), "2024-05-01", "2026-11-22").len(), 12);
        assert_eq!(slots(None, "2024-05-09", "2026-11-22").len(), 31);
        assert_eq!(slots(None, "2020-05-09", "2026-11-22").len(), 27);
    }

    #[test]
    fn slots_have_names_and_some_a_label() {
        let english = Catalogue::load("en").unwrap();
        let year = slots(Some((PeriodKind::Year, "2026-02-03")), "2024-05-01", "2026-11-22");
        assert_eq!((year.name(2, &english), year.label(2, &english)), ("March 2026".to_owned(), Some("Mar".to_owned())));
        let all = slots(None, "2020-05-09", "2026-11-22");
        assert_eq!((all.name(3, &english), all.label(3, &english)), ("Q1 2021".to_owned(), Some("2021".to_owned())));
        let quarter = slots(Some((PeriodKind::Quarter, "2026-02-03")), "2024-05-01", "2026-11-22");
        assert_eq!((quarter.name(1, &english), quarter.label(3, &english)), ("week from 5 Jan 2026".to_owned(), Some("19 Jan".to_owned())));
    }
}
