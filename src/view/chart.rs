//! Geometry of charts: x and width in per cent of the plot, y and height in pixels from its top. Templates only draw.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate};
use fluent_bundle::FluentValue;

use super::value::template_structs;
use crate::i18n::Catalogue;

template_structs! {
    /// Columns by month.
    Chart {
        /// Height of the plot in pixels.
        height: usize,
        /// What it shows.
        title: String,
        /// What it says, in a sentence.
        description: String,
        /// Lines of the scale.
        ticks: Vec<Tick>,
        /// One column per month.
        bars: Vec<Bar>,
        /// What the classes mean.
        key: Vec<KeyEntry>,
    }
    /// A line of the scale.
    Tick {
        /// Pixels from the top.
        y: f64,
        /// What it stands for.
        value: f64,
    }
    /// A column.
    Bar {
        /// Per cent from the left.
        x: f64,
        /// Per cent.
        width: f64,
        /// Word under it, where there is room.
        label: Option<String>,
        /// What it says.
        title: String,
        /// Page that lists what it counts.
        href: Option<String>,
        /// Its total.
        value: f64,
        /// Its pieces, the first at the bottom.
        segments: Vec<Segment>,
    }
    /// A piece of a column.
    Segment {
        /// Class of its colour.
        class: String,
        /// Pixels from the top.
        y: f64,
        /// Pixels.
        height: f64,
        /// What it counts.
        value: f64,
    }
    /// What a class means.
    KeyEntry {
        /// Class of the colour.
        class: String,
        /// Its name.
        label: String,
        /// How many in all.
        value: usize,
    }
    /// A piece of a horizontal bar.
    Share {
        /// Class of its colour.
        class: String,
        /// Per cent from the left.
        x: f64,
        /// Per cent.
        width: f64,
        /// What it counts.
        value: usize,
        /// What it says.
        title: String,
    }
}

/// A severity as charts show it: class, label, and the key under which it is counted.
#[derive(Debug, Clone)]
pub(super) struct Band {
    pub(super) key: String,
    pub(super) class: String,
    pub(super) label: String,
}

/// Counts per month, stacked in bands.
pub(super) struct Columns<'a> {
    pub(super) language: &'a Catalogue,
    pub(super) height: usize,
    pub(super) months: &'a [NaiveDate],
    pub(super) bands: &'a [Band],
    /// Value by month and band.
    pub(super) values: &'a BTreeMap<(NaiveDate, usize), f64>,
    /// Address of a month's list, from the site's root.
    pub(super) href: fn(NaiveDate) -> Option<String>,
    pub(super) unit: Unit,
}

/// What the columns measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Incidents,
    Minutes,
}

impl Columns<'_> {
    pub(super) fn chart(&self) -> Chart {
        let total = |month: NaiveDate| (0..self.bands.len()).filter_map(|band| self.values.get(&(month, band))).sum::<f64>();
        let largest = self.months.iter().map(|month| total(*month)).fold(0.0, f64::max);
        let scale = nice_ticks(largest, self.unit);
        let top = scale.last().copied().unwrap_or(1.0).max(f64::MIN_POSITIVE);
        let height = count(self.height);
        let y = |value: f64| round(height - value / top * height);
        let step = 100.0 / count(self.months.len().max(1));
        let every = self.months.len().div_ceil(13);
        let bars = self
            .months
            .iter()
            .enumerate()
            .map(|(index, &month)| {
                let mut below = 0.0;
                let mut segments = Vec::new();
                for (band, style) in self.bands.iter().enumerate() {
                    let value = self.values.get(&(month, band)).copied().unwrap_or_default();
                    if value > 0.0 {
                        below += value;
                        segments.push(Segment { class: style.class.clone(), y: y(below), height: round(value / top * height), value });
                    }
                }
                let value = total(month);
                Bar {
                    x: round(count(index) * step + step * 0.14),
                    width: round(step * 0.72),
                    label: (index % every == 0 || (month.month() == 1 && every <= 3)).then(|| self.language.month_tick(month)),
                    title: self.bar_title(month, value),
                    href: (self.href)(month).filter(|_| value > 0.0),
                    value,
                    segments,
                }
            })
            .collect();
        Chart {
            height: self.height,
            title: self.language.text(if self.unit == Unit::Incidents { "chart-incidents" } else { "chart-downtime" }),
            description: self.description(largest),
            ticks: scale.iter().map(|&value| Tick { y: y(value), value }).collect(),
            bars,
            key: self.key(),
        }
    }

    fn key(&self) -> Vec<KeyEntry> {
        if self.unit == Unit::Minutes {
            return Vec::new();
        }
        let total = |band: usize| self.values.iter().filter(|((_, other), _)| *other == band).map(|(_, value)| value).sum::<f64>();
        let entries = self.bands.iter().enumerate().map(|(band, style)| KeyEntry {
            class: style.class.clone(),
            label: style.label.clone(),
            value: whole(total(band)),
        });
        entries.filter(|entry| entry.value > 0).collect()
    }

    fn bar_title(&self, month: NaiveDate, value: f64) -> String {
        let month = FluentValue::from(self.language.month(month));
        match self.unit {
            Unit::Incidents => self.language.with("chart-bar", [("month", month), ("count", whole(value).into())]),
            Unit::Minutes => self.language.with("chart-bar-downtime", [("month", month), ("value", self.language.duration(value).into())]),
        }
    }

    fn description(&self, largest: f64) -> String {
        let (Some(first), Some(last)) = (self.months.first(), self.months.last()) else { return String::new() };
        let total: f64 = self.values.values().sum();
        let (from, to) = (self.language.month(*first).into(), self.language.month(*last).into());
        match self.unit {
            Unit::Incidents => {
                self.language.with("chart-description", [("count", whole(total).into()), ("from", from), ("to", to), ("max", whole(largest).into())])
            }
            Unit::Minutes => {
                let (total, max) = (self.language.duration(total).into(), self.language.duration(largest).into());
                self.language.with("chart-description-downtime", [("total", total), ("from", from), ("to", to), ("max", max)])
            }
        }
    }
}

/// Shares of a whole as one horizontal bar.
pub(super) fn shares(parts: impl IntoIterator<Item = (String, usize, String)>, whole: usize) -> Vec<Share> {
    let mut x = 0.0;
    let mut shares = Vec::new();
    for (class, value, title) in parts {
        if value > 0 {
            let width = count(value) / count(whole.max(1)) * 100.0;
            shares.push(Share { class, x: round(x), width: round(width), value, title });
            x += width;
        }
    }
    shares
}

/// Lines from 0 to at least `largest`: at most five, at 1, 2 or 5 times a power of ten; for minutes at steps of a clock.
fn nice_ticks(largest: f64, unit: Unit) -> Vec<f64> {
    const MINUTES: &[f64] = &[1.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 180.0, 360.0, 720.0, 1440.0, 2880.0, 7200.0, 14400.0];
    let fits = |step: f64| (largest / step).ceil() <= 4.0;
    let decimal = (0..12).flat_map(|power| [1.0, 2.0, 5.0].map(|digit| digit * 10_f64.powi(power)));
    let step = match unit {
        Unit::Incidents => decimal.into_iter().find(|step| fits(*step)),
        Unit::Minutes => MINUTES.iter().copied().chain(decimal).find(|step| fits(*step)),
    };
    let step = step.unwrap_or_else(|| largest.max(1.0));
    let lines = whole((largest / step).ceil().max(1.0));
    (0..=lines).map(|line| count(line) * step).collect()
}

/// Where a duration stands on a logarithmic strip from one minute to `largest`, in per cent.
pub(super) fn log_position(minutes: f64, largest: f64) -> f64 {
    let top = largest.max(10.0).ln();
    round((minutes.max(1.0).ln() / top * 100.0).clamp(0.0, 100.0))
}

/// The months from the first to the last, both included.
pub(super) fn months_between(first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
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
pub(super) fn month_of(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(u64::from(day.day0()))).unwrap_or(day)
}

#[expect(clippy::cast_precision_loss, reason = "counts of incidents and pixels")]
pub(super) const fn count(value: usize) -> f64 {
    value as f64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small sums of counts")]
fn whole(value: f64) -> usize {
    value.round().max(0.0) as usize
}

/// Three decimals: enough for a picture, and the same on every machine.
pub(super) fn round(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn ticks_begin_at_zero_reach_the_largest_value_and_are_few(largest in 0.0_f64..1e7) {
            for unit in [Unit::Incidents, Unit::Minutes] {
                let ticks = nice_ticks(largest, unit);
                prop_assert!(ticks.first() == Some(&0.0) && (2..=6).contains(&ticks.len()), "{ticks:?}");
                prop_assert!(ticks.last().copied().unwrap() >= largest);
            }
        }
    }

    #[test]
    fn months_are_counted_over_the_turn_of_the_year() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(months_between(day("2025-11-30"), day("2026-02-01")).len(), 4);
        assert_eq!(month_of(day("2026-02-28")), day("2026-02-01"));
    }
}
