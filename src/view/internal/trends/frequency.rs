use super::scope::{Scope, Study};
use crate::{
    corpus::CalendarPeriod,
    view::{
        chart::{Chart, Slot, Stacks, Unit},
        internal::Pages,
        value::template_structs,
    },
};

template_structs! {
    /// How often and how bad.
    Frequency {
        /// By slot and severity.
        chart: Chart,
        /// Columns of the table.
        severities: Vec<SeverityColumn>,
        /// Rows of the table, newest first.
        rows: Vec<SlotCounts>,
        /// How many were of the most severe kind.
        worst: WorstCount,
    }
    /// A column of a table.
    SeverityColumn {
        /// Id.
        id: String,
        /// Heading.
        label: String,
    }
    /// A row of a table: a day, a week, a month or a quarter.
    SlotCounts {
        /// What it is called.
        name: String,
        /// Incidents by severity.
        counts: Vec<usize>,
        /// All of them.
        total: usize,
    }
    /// Incidents of the most severe kind.
    WorstCount {
        /// Its id.
        severity: String,
        /// How many.
        count: usize,
    }
}

impl Pages<'_> {
    pub(super) fn frequency(&self, study: &Study<'_>, scope: &Scope<'_>) -> Frequency {
        let bands = self.bands();
        let mut counts = vec![vec![0_usize; bands.len()]; scope.slots.len()];
        let mut used = vec![false; bands.len()];
        used.iter_mut().take(self.settings.severities.len()).for_each(|used| *used = true);
        for incident in &scope.incidents {
            let band = self.band_of(incident.entry);
            used.iter_mut().skip(band).take(1).for_each(|used| *used = true);
            let slot = incident.row.day.and_then(|day| scope.slots.index(day)).and_then(|slot| counts.get_mut(slot));
            if let Some(count) = slot.and_then(|slot| slot.get_mut(band)) {
                *count += 1;
            }
        }
        let slots: Vec<Slot> = counts
            .iter()
            .enumerate()
            .map(|(index, counts)| Slot {
                label: scope.slots.label(index, &self.language),
                name: scope.slots.name(index, &self.language),
                href: slot_href(study, scope, index),
                values: counts.iter().map(|count| crate::view::chart::count(*count)).collect(),
            })
            .collect();
        let chosen = |counts: &[usize]| counts.iter().zip(&used).filter(|(_, used)| **used).map(|(count, _)| *count).collect::<Vec<_>>();
        let rows = counts.iter().enumerate().rev().map(|(index, counts)| SlotCounts {
            name: scope.slots.name(index, &self.language),
            total: counts.iter().sum(),
            counts: chosen(counts),
        });
        let columns = bands.iter().zip(&used).filter(|(_, used)| **used).map(|(band, _)| SeverityColumn {
            id: band.key.clone(),
            label: if band.key == "unknown" { band.label.clone() } else { band.key.clone() },
        });
        let worst = self.settings.severities.first().map(|severity| severity.id.clone()).unwrap_or_default();
        Frequency {
            rows: rows.filter(|row| row.total > 0 || !scope.slots.is_fine()).collect(),
            severities: columns.collect(),
            worst: WorstCount { count: scope.figures.by_severity.get(&worst).copied().unwrap_or_default(), severity: worst },
            chart: Stacks {
                language: &self.language,
                height: 160,
                slots: &slots,
                bands: &bands,
                unit: Unit::Incidents,
                title: self.language.text("chart-incidents-slots"),
                description: self.slots_description("chart-description-slots", scope, counts.iter().map(|counts| counts.iter().sum())),
            }
            .chart(),
        }
    }

    /// A sentence about counts by slot: how many in all, from when to when, and the most in one slot.
    pub(super) fn slots_description(&self, id: &str, scope: &Scope<'_>, counts: impl Iterator<Item = usize> + Clone) -> String {
        let Some(last) = scope.slots.len().checked_sub(1) else { return String::new() };
        let figures = [
            ("count", counts.clone().sum::<usize>().into()),
            ("from", scope.slots.name(0, &self.language).into()),
            ("to", scope.slots.name(last, &self.language).into()),
            ("max", counts.max().unwrap_or_default().into()),
        ];
        self.language.with(id, figures)
    }
}

/// Where the incidents of a slot are: its own page, else their place in the list of all.
fn slot_href(study: &Study<'_>, scope: &Scope<'_>, index: usize) -> Option<String> {
    let own = scope.slots.period(index).filter(|period| scope.filter.is_none() && Some(*period) != scope.period);
    let listed = || {
        let month = CalendarPeriod::of(crate::corpus::PeriodKind::Month, scope.slots.start(index)?).key();
        Some(format!("postmortems/index.html#m{month}"))
    };
    own.and_then(|period| study.href(Some(period), None))
        .or_else(|| listed().filter(|_| scope.slots.period(index).is_none_or(|period| period.key().len() == 7)))
}
