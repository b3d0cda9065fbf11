use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate};
use fluent_bundle::FluentValue;

use super::{Band, Chart, Slot, Stacks, Unit, scale::whole};
use crate::i18n::Catalogue;

/// Incidents per month, stacked in bands.
pub(in crate::view) struct Columns<'a> {
    pub(in crate::view) language: &'a Catalogue,
    pub(in crate::view) height: usize,
    pub(in crate::view) months: &'a [NaiveDate],
    pub(in crate::view) bands: &'a [Band],
    /// Value by month and band.
    pub(in crate::view) values: &'a BTreeMap<(NaiveDate, usize), f64>,
    /// Address of a month's list, from the site's root.
    pub(in crate::view) href: fn(NaiveDate) -> Option<String>,
    pub(in crate::view) unit: Unit,
}

impl Columns<'_> {
    pub(in crate::view) fn chart(&self) -> Chart {
        let every = self.months.len().div_ceil(13);
        let slots = self.months.iter().enumerate().map(|(index, &month)| Slot {
            label: (index % every == 0 || (month.month() == 1 && every <= 3)).then(|| self.language.month_tick(month)),
            name: self.language.month(month),
            href: (self.href)(month),
            values: (0..self.bands.len()).map(|band| self.values.get(&(month, band)).copied().unwrap_or_default()).collect(),
        });
        let slots: Vec<Slot> = slots.collect();
        let title = self.language.text("chart-incidents");
        Stacks {
            language: self.language,
            height: self.height,
            slots: &slots,
            bands: self.bands,
            unit: self.unit,
            title,
            description: self.description(),
        }
        .chart()
    }

    fn description(&self) -> String {
        let (Some(first), Some(last)) = (self.months.first(), self.months.last()) else { return String::new() };
        let of = |month: NaiveDate| (0..self.bands.len()).filter_map(|band| self.values.get(&(month, band))).sum::<f64>();
        let (total, max) = (self.values.values().sum(), self.months.iter().map(|month| of(*month)).fold(0.0, f64::max));
        let figures = [
            ("count", FluentValue::from(whole(total))),
            ("from", self.language.month(*first).into()),
            ("to", self.language.month(*last).into()),
            ("max", whole(max).into()),
        ];
        self.language.with("chart-description", figures)
    }
}

/// The months from the first to the last, both included.
pub(in crate::view) fn months_between(first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
    let mut months = Vec::new();
    let mut month = first.with_day(1).unwrap_or(first);
    while month <= last {
        months.push(month);
        match month.checked_add_months(Months::new(1)) {
            Some(next) => month = next,
            None => break,
        }
    }
    months
}

/// The first day of the month of a date.
pub(in crate::view) fn month_of(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(u64::from(day.day0()))).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_counted_over_the_turn_of_the_year() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(months_between(day("2025-11-30"), day("2026-02-01")).len(), 4);
        assert_eq!(month_of(day("2026-02-28")), day("2026-02-01"));
    }
}
