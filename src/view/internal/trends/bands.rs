//! Severities as charts show them; home and services draw them, too.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{
    corpus::Entry,
    view::{
        chart::{Band, Chart, Columns, KeyEntry, Share, Unit, month_of, shares},
        internal::Pages,
    },
};

impl Pages<'_> {
    /// The bands of severity charts: configured ones in order, then unknown.
    pub(in crate::view::internal) fn bands(&self) -> Vec<Band> {
        let configured = self.settings.severities.iter().enumerate().map(|(rank, severity)| Band {
            key: severity.id.clone(),
            class: format!("severity-{}", (rank + 1).min(4)),
            label: if severity.name == severity.id { severity.id.clone() } else { format!("{} {}", severity.id, severity.name) },
        });
        let unknown = Band { key: "unknown".to_owned(), class: "severity-unknown".to_owned(), label: self.language.text("severity-unknown") };
        configured.chain([unknown]).collect()
    }

    /// Position of an incident's severity among the bands.
    pub(super) fn band_of(&self, entry: &Entry) -> usize {
        entry.postmortem().severity.as_ref().and_then(|severity| severity.value.rank).unwrap_or(self.settings.severities.len())
    }

    /// Incidents by month, stacked by severity.
    pub(in crate::view::internal) fn incidents_chart(&self, entries: &[&Entry], months: &[NaiveDate], height: usize) -> Chart {
        let mut values: BTreeMap<(NaiveDate, usize), f64> = BTreeMap::new();
        for entry in entries {
            if let Some(started) = entry.started {
                let month = month_of(started.with_timezone(&self.settings.site.timezone).date_naive());
                *values.entry((month, self.band_of(entry))).or_default() += 1.0;
            }
        }
        let href = |month: NaiveDate| Some(format!("postmortems/index.html#m{}", month.format("%Y-%m")));
        Columns { language: &self.language, height, months, bands: &self.bands(), values: &values, href, unit: Unit::Incidents }.chart()
    }

    /// The severities that occur, with their counts.
    pub(in crate::view::internal) fn severity_key(&self, entries: &[&Entry]) -> Vec<KeyEntry> {
        let counts = self.by_band(entries);
        let styles = self.bands().into_iter().zip(counts);
        styles.filter(|(_, value)| *value > 0).map(|(style, value)| KeyEntry { class: style.class, label: style.label, value }).collect()
    }

    /// Incidents by severity as one bar, as wide as `whole` incidents are 100 per cent.
    pub(in crate::view::internal) fn severity_shares(&self, entries: &[&Entry], whole: usize) -> Vec<Share> {
        let parts = self.bands().into_iter().zip(self.by_band(entries));
        shares(parts.map(|(style, count)| (style.class, count, format!("{}: {count}", style.label))), whole)
    }

    fn by_band(&self, entries: &[&Entry]) -> Vec<usize> {
        let mut counts = vec![0; self.settings.severities.len() + 1];
        for entry in entries {
            if let Some(count) = counts.get_mut(self.band_of(entry)) {
                *count += 1;
            }
        }
        counts
    }
}
