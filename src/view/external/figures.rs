use std::collections::BTreeMap;

use super::incident::Incident;
use crate::{corpus::Distribution, view::value::template_structs};

template_structs! {
    /// What a list of incidents comes to.
    Figures {
        /// Incidents.
        count: usize,
        /// Those of which the report says that they go on.
        ongoing: usize,
        /// Incidents by severity, the most severe first.
        severities: Vec<SeverityCount>,
        /// Median of the known durations.
        median_minutes: Option<f64>,
        /// The longest known duration.
        longest_minutes: Option<f64>,
    }
    /// How many there were of a severity.
    SeverityCount {
        /// Public name.
        name: String,
        /// 1 is the most severe.
        rank: usize,
        /// Incidents.
        count: usize,
    }
}

impl Figures {
    pub(super) fn of(incidents: &[&Incident]) -> Self {
        let mut severities: BTreeMap<(usize, &str), usize> = BTreeMap::new();
        for (name, rank) in incidents.iter().filter_map(|incident| incident.reading.severity.as_ref()) {
            *severities.entry((*rank, name)).or_default() += 1;
        }
        let durations = Distribution::of(incidents.iter().map(|incident| incident.reading.duration_minutes()));
        Self {
            count: incidents.len(),
            ongoing: incidents.iter().filter(|incident| incident.reading.is_ongoing).count(),
            severities: severities.into_iter().map(|((rank, name), count)| SeverityCount { name: name.to_owned(), rank, count }).collect(),
            median_minutes: durations.median,
            longest_minutes: durations.max,
        }
    }
}
