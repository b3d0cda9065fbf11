use std::collections::BTreeMap;

use super::{Availability, Distribution, Row};
use crate::review::Outcome;

/// Figures of one period.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Period {
    /// Incidents that count.
    pub incidents: usize,
    /// By severity id, `unknown` included.
    pub by_severity: BTreeMap<String, usize>,
    /// By service id.
    pub by_service: BTreeMap<String, usize>,
    /// By cause.
    pub by_cause: BTreeMap<String, usize>,
    /// By the way in which they were noticed, `unknown` included.
    pub by_detection: BTreeMap<&'static str, usize>,
    /// Incidents that say that they repeat an earlier one.
    pub recurrences: usize,
    /// Sum of downtime in minutes over incidents with a known one.
    pub downtime_minutes: f64,
    /// Downtime per incident.
    pub downtime: Distribution,
    /// Started to resolved, per incident.
    pub duration: Distribution,
    /// Time to detect.
    pub detect: Distribution,
    /// Time to acknowledge.
    pub acknowledge: Distribution,
    /// Time to the first communication.
    pub first_comms: Distribution,
    /// Time to mitigate.
    pub mitigate: Distribution,
    /// Time to resolve.
    pub resolve: Distribution,
    /// Outcomes of the draft deadline.
    pub draft: BTreeMap<Outcome, usize>,
    /// Outcomes of the completion deadline.
    pub completion: BTreeMap<Outcome, usize>,
    /// What the services lost in the period, whenever the incident began; only in [`super::Trends`].
    pub availability: BTreeMap<String, Availability>,
}

impl Period {
    /// Computes the figures of some incidents.
    #[must_use]
    pub fn of(rows: &[&Row]) -> Self {
        let measure = |value: fn(&Row) -> Option<f64>| Distribution::of(rows.iter().map(|row| value(row)));
        let mut period = Self {
            incidents: rows.len(),
            recurrences: rows.iter().filter(|row| row.is_recurrence).count(),
            downtime_minutes: rows.iter().filter_map(|row| row.metrics.downtime).filter(|minutes| *minutes >= 0.0).sum(),
            downtime: measure(|row| row.metrics.downtime),
            duration: measure(Row::duration),
            detect: measure(|row| row.metrics.detect),
            acknowledge: measure(|row| row.metrics.acknowledge),
            first_comms: measure(|row| row.metrics.first_comms),
            mitigate: measure(|row| row.metrics.mitigate),
            resolve: measure(|row| row.metrics.resolve),
            ..Self::default()
        };
        for row in rows {
            count(&mut period.by_severity, &row.severity);
            row.services.iter().for_each(|service| count(&mut period.by_service, service));
            row.causes.iter().for_each(|cause| count(&mut period.by_cause, cause));
            *period.by_detection.entry(row.detection.map_or("unknown", |detection| detection.name())).or_default() += 1;
            *period.draft.entry(row.draft).or_default() += 1;
            *period.completion.entry(row.completion).or_default() += 1;
        }
        period
    }
}

fn count(counts: &mut BTreeMap<String, usize>, key: &str) {
    match counts.get_mut(key) {
        Some(count) => *count += 1,
        None => {
            counts.insert(key.to_owned(), 1);
        }
    }
}
