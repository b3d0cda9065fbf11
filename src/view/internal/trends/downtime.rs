use super::scope::Scope;
use crate::{
    corpus::Distribution,
    view::{
        chart::{Band, Chart, Slot, Stacks, Unit},
        internal::Pages,
        value::template_structs,
    },
};

template_structs! {
    /// How long for customers.
    DowntimeView {
        /// Sum in minutes; none when no length is known.
        minutes: Option<f64>,
        /// Sum of degraded time in minutes.
        degraded: f64,
        /// Downtime of the period before.
        before: Option<f64>,
        /// Degraded time of the period before.
        degraded_before: f64,
        /// Incidents with a known length.
        n: usize,
        /// Incidents without.
        left_out: usize,
        /// By slot.
        chart: Chart,
        /// Rows of the table, newest first.
        rows: Vec<SlotDowntime>,
    }
    /// A row of the downtime table.
    SlotDowntime {
        /// What it is called.
        name: String,
        /// Sum in minutes.
        minutes: f64,
        /// Degraded time in minutes.
        degraded: f64,
        /// Incidents with a known length.
        n: usize,
        /// Incidents without.
        left_out: usize,
    }
}

impl Pages<'_> {
    pub(super) fn downtime(&self, scope: &Scope<'_>) -> DowntimeView {
        let mut lengths: Vec<(Vec<Option<f64>>, f64)> = vec![(Vec::new(), 0.0); scope.slots.len()];
        for incident in &scope.incidents {
            if let Some(slot) = incident.row.day.and_then(|day| scope.slots.index(day)).and_then(|slot| lengths.get_mut(slot)) {
                slot.0.push(incident.row.metrics.downtime);
                slot.1 += incident.row.metrics.degraded.unwrap_or_default();
            }
        }
        let sum = |lengths: &[Option<f64>]| lengths.iter().flatten().filter(|minutes| **minutes >= 0.0).sum::<f64>();
        let slots: Vec<Slot> = lengths
            .iter()
            .enumerate()
            .map(|(index, (lengths, degraded))| Slot {
                label: scope.slots.label(index, &self.language),
                name: scope.slots.name(index, &self.language),
                href: None,
                values: vec![sum(lengths), *degraded],
            })
            .collect();
        let largest = lengths.iter().map(|(lengths, degraded)| sum(lengths) + degraded).fold(0.0, f64::max);
        let rows = lengths.iter().enumerate().rev().filter(|(_, (lengths, _))| !lengths.is_empty()).map(|(index, (lengths, degraded))| {
            let of = Distribution::of(lengths.iter().copied());
            SlotDowntime { name: scope.slots.name(index, &self.language), minutes: sum(lengths), degraded: *degraded, n: of.n, left_out: of.left_out }
        });
        let known = |figures: &crate::corpus::Period| (figures.downtime.n > 0).then_some(figures.downtime_minutes);
        let degraded = |incidents: &[&super::scope::Incident<'_>]| incidents.iter().filter_map(|incident| incident.row.metrics.degraded).sum::<f64>();
        let band =
            |key: &str, class: &str| Band { key: key.to_owned(), class: class.to_owned(), label: self.language.text(&format!("availability-{key}")) };
        let description = scope.slots.len().checked_sub(1).map(|last| {
            let figures = [
                ("total", self.language.duration(scope.figures.downtime_minutes + degraded(&scope.incidents)).into()),
                ("from", scope.slots.name(0, &self.language).into()),
                ("to", scope.slots.name(last, &self.language).into()),
                ("max", self.language.duration(largest).into()),
            ];
            self.language.with("chart-description-downtime", figures)
        });
        DowntimeView {
            minutes: known(&scope.figures),
            before: scope.before.as_ref().and_then(|before| known(&before.figures)),
            degraded: degraded(&scope.incidents),
            degraded_before: scope.before.as_ref().map(|before| degraded(&before.incidents)).unwrap_or_default(),
            n: scope.figures.downtime.n,
            left_out: scope.figures.downtime.left_out,
            rows: rows.collect(),
            chart: Stacks {
                language: &self.language,
                height: 120,
                slots: &slots,
                bands: &[band("down", "plain-bar"), band("degraded", "open-bar")],
                unit: Unit::Minutes,
                title: self.language.text("chart-downtime"),
                description: description.unwrap_or_default(),
            }
            .chart(),
        }
    }
}
