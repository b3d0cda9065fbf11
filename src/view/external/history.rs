use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::{
    ExternalPages,
    incident::{Incident, PublicSeverity},
    metadata,
};
use crate::{
    corpus::Distribution,
    view::{
        Page, TemplateValue,
        chart::{Band, Chart, Columns, Unit, month_of, months_between},
        site::pair,
        value::template_structs,
    },
};

template_structs! {
    /// A year of the history.
    YearCounts {
        /// The year.
        year: String,
        /// Incidents by severity.
        counts: Vec<usize>,
        /// All of them.
        total: usize,
        /// Median duration.
        median_minutes: Option<f64>,
    }
    /// A service of the history.
    ServiceTotal {
        /// Public name.
        name: String,
        /// Its page.
        href: Option<String>,
        /// Incidents.
        count: usize,
        /// Sum of known durations.
        duration_minutes: Option<f64>,
    }
}

impl ExternalPages<'_> {
    /// Count, duration, public severity and service over what is published: nothing else is ever counted outside.
    pub(super) fn history(&self, incidents: &[Incident]) -> Page {
        let bands: Vec<Band> = self
            .settings
            .severities
            .iter()
            .enumerate()
            .filter_map(|(rank, severity)| {
                let label = self.settings.in_language(self.language.code(), severity.public_name.as_deref()?).to_owned();
                Some(Band { key: label.clone(), class: format!("severity-{}", (rank + 1).min(4)), label })
            })
            .collect();
        let band_of = |incident: &Incident| incident.reading.severity.as_ref().and_then(|(name, _)| bands.iter().position(|band| band.key == *name));
        let mut values: BTreeMap<(NaiveDate, usize), f64> = BTreeMap::new();
        let mut years: BTreeMap<i32, Vec<&Incident>> = BTreeMap::new();
        for incident in incidents {
            let day = self.day(incident);
            years.entry(day.year()).or_default().push(incident);
            if let Some(band) = band_of(incident) {
                *values.entry((month_of(day), band)).or_default() += 1.0;
            }
        }
        let today = self.today();
        let first = month_of(today).checked_sub_months(chrono::Months::new(23)).unwrap_or(today);
        let months = months_between(values.keys().map(|(month, _)| *month).min().unwrap_or(today).max(first), today);
        let chart: Chart =
            Columns { language: &self.language, height: 120, months: &months, bands: &bands, values: &values, href: |_| None, unit: Unit::Incidents }
                .chart();
        let severities: Vec<PublicSeverity> = self
            .settings
            .severities
            .iter()
            .enumerate()
            .filter_map(|(rank, severity)| {
                let name = self.settings.in_language(self.language.code(), severity.public_name.as_deref()?).to_owned();
                Some(PublicSeverity { name, rank: rank + 1 })
            })
            .collect();
        let years: Vec<YearCounts> = years
            .into_iter()
            .rev()
            .map(|(year, here)| YearCounts {
                year: year.to_string(),
                counts: (0..bands.len()).map(|band| here.iter().filter(|incident| band_of(incident) == Some(band)).count()).collect(),
                total: here.len(),
                median_minutes: Distribution::of(here.iter().map(|incident| incident.reading.duration_minutes())).median,
            })
            .collect();
        let services: Vec<ServiceTotal> = self
            .filters(incidents)
            .into_iter()
            .map(|filter| {
                let here = incidents.iter().filter(|incident| incident.reading.services.contains(&filter.name));
                let known: Vec<f64> = here.filter_map(|incident| incident.reading.duration_minutes()).collect();
                let duration_minutes = (!known.is_empty()).then(|| known.iter().sum());
                ServiceTotal { name: filter.name, href: filter.href, count: filter.count, duration_minutes }
            })
            .collect();
        let (path, name) = ("trends/index.html", self.language.text("public-history"));
        let description = self.language.count("public-history-description", incidents.len());
        Page {
            template: "trends",
            kind: "trends",
            path: path.to_owned(),
            description: Some(description.clone()),
            context: vec![
                pair("structured", &metadata::collection(self, path, &name, &description)),
                ("incidents", incidents.len().into()),
                ("chart", chart.template_value()),
                pair("severities", &severities),
                pair("years", &years),
                pair("services", &services),
            ],
        }
    }
}
