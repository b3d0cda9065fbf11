use fluent_bundle::FluentValue;

use super::{
    Band, Bar, Chart, KeyEntry, Segment, Tick,
    scale::{count, nice_ticks, round, whole},
};
use crate::i18n::Catalogue;

/// One place on the horizontal axis: a day, a week, a month, a quarter.
pub(in crate::view) struct Slot {
    /// Word under it, where there is room.
    pub(in crate::view) label: Option<String>,
    /// Its whole name.
    pub(in crate::view) name: String,
    /// Page that lists what it counts.
    pub(in crate::view) href: Option<String>,
    /// One value per band.
    pub(in crate::view) values: Vec<f64>,
}

/// What columns measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::view) enum Unit {
    /// Incidents.
    Incidents,
    /// Time in which something was down.
    Minutes,
    /// Action items.
    Actions,
    /// Approvals.
    Approvals,
}

/// One column per slot, its bands stacked or side by side.
pub(in crate::view) struct Stacks<'a> {
    pub(in crate::view) language: &'a Catalogue,
    pub(in crate::view) height: usize,
    pub(in crate::view) slots: &'a [Slot],
    pub(in crate::view) bands: &'a [Band],
    pub(in crate::view) unit: Unit,
    pub(in crate::view) title: String,
    pub(in crate::view) description: String,
}

/// Share of a slot that stays empty on either side of its column.
const GAP: f64 = 0.14;

impl Stacks<'_> {
    /// The bands of a slot on top of each other.
    pub(in crate::view) fn chart(self) -> Chart {
        let largest = self.slots.iter().map(|slot| slot.values.iter().sum()).fold(0.0, f64::max);
        self.drawn(largest, |slot, x, step, y| {
            let mut below = 0.0;
            let mut segments = Vec::new();
            for (style, &value) in self.bands.iter().zip(&slot.values).filter(|(_, value)| **value > 0.0) {
                let from = y(below);
                below += value;
                segments.push(Segment { class: style.class.clone(), y: y(below), height: round(from - y(below)), value });
            }
            vec![Bar {
                x: round(x + step * GAP),
                width: round(step * (1.0 - 2.0 * GAP)),
                label: slot.label.clone(),
                title: self.bar_title(&slot.name, below),
                href: slot.href.clone().filter(|_| below > 0.0),
                value: below,
                segments,
            }]
        })
    }

    /// The bands of a slot beside each other: what is compared, not added up.
    pub(in crate::view) fn side_by_side(self) -> Chart {
        let largest = self.slots.iter().flat_map(|slot| &slot.values).copied().fold(0.0, f64::max);
        self.drawn(largest, |slot, x, step, y| {
            let width = step * (1.0 - 2.0 * GAP) / count(self.bands.len().max(1));
            let bars = self.bands.iter().zip(&slot.values).enumerate().map(|(index, (style, &value))| {
                let segment = Segment { class: style.class.clone(), y: y(value), height: round(y(0.0) - y(value)), value };
                Bar {
                    x: round(x + step * GAP + width * count(index)),
                    width: round(width),
                    label: None,
                    title: format!("{}, {}", style.label, self.bar_title(&slot.name, value)),
                    href: None,
                    value,
                    segments: if value > 0.0 { vec![segment] } else { Vec::new() },
                }
            });
            let name = Bar {
                x: round(x),
                width: round(step),
                label: slot.label.clone(),
                title: String::new(),
                href: None,
                value: 0.0,
                segments: Vec::new(),
            };
            bars.chain([name]).collect()
        })
    }

    fn drawn(&self, largest: f64, bars: impl Fn(&Slot, f64, f64, &dyn Fn(f64) -> f64) -> Vec<Bar>) -> Chart {
        let scale = nice_ticks(largest, self.unit);
        let top = scale.last().copied().unwrap_or(1.0).max(f64::MIN_POSITIVE);
        let height = count(self.height);
        let y = |value: f64| round(height - value / top * height);
        let step = 100.0 / count(self.slots.len().max(1));
        Chart {
            height: self.height,
            title: self.title.clone(),
            description: self.description.clone(),
            ticks: scale.iter().map(|&value| Tick { y: y(value), value }).collect(),
            bars: self.slots.iter().enumerate().flat_map(|(index, slot)| bars(slot, count(index) * step, step, &y)).collect(),
            key: self.key(),
        }
    }

    /// What the classes mean, with the sum of each; nothing where there is only one.
    fn key(&self) -> Vec<KeyEntry> {
        if self.bands.len() < 2 {
            return Vec::new();
        }
        let total = |band: usize| self.slots.iter().filter_map(|slot| slot.values.get(band)).sum::<f64>();
        let entries = self.bands.iter().enumerate().map(|(band, style)| KeyEntry {
            class: style.class.clone(),
            label: style.label.clone(),
            value: whole(total(band)),
        });
        entries.filter(|entry| entry.value > 0).collect()
    }

    fn bar_title(&self, name: &str, value: f64) -> String {
        let name = FluentValue::from(name.to_owned());
        let counted = |id| self.language.with(id, [("month", name.clone()), ("count", whole(value).into())]);
        match self.unit {
            Unit::Incidents => counted("chart-bar"),
            Unit::Actions => counted("chart-bar-actions"),
            Unit::Approvals => counted("chart-bar-approvals"),
            Unit::Minutes => self.language.with("chart-bar-downtime", [("month", name), ("value", self.language.duration(value).into())]),
        }
    }
}
