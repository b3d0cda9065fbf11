use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::Entry;
use crate::{config::Settings, review::Outcome};

/// One counted incident, as figures need it.
#[derive(Debug, Clone)]
pub struct Row {
    /// Day of `started` in the site's zone; `None` when unknown.
    pub day: Option<NaiveDate>,
    /// Id of the severity, or `unknown`.
    pub severity: String,
    /// Service ids.
    pub services: Vec<String>,
    /// Causes.
    pub causes: Vec<String>,
    /// Its clocks, in minutes.
    pub metrics: crate::model::Metrics,
    /// Whether the draft was in time.
    pub draft: Outcome,
    /// Whether the completion was in time.
    pub completion: Outcome,
}

impl Row {
    /// The row of a postmortem; `None` for one that does not count.
    #[must_use]
    pub fn of(entry: &Entry, settings: &Settings) -> Option<Self> {
        let postmortem = entry.postmortem();
        if !postmortem.is_counted() {
            return None;
        }
        let severity = postmortem.severity.as_ref().and_then(|severity| settings.severities.get(severity.value.rank?));
        let clocks = entry.checked.reviewed().clocks();
        Some(Self {
            day: entry.started.map(|started| started.with_timezone(&settings.site.timezone).date_naive()),
            severity: severity.map_or_else(|| "unknown".to_owned(), |severity| severity.id.clone()),
            services: postmortem.services.iter().map(|service| service.value.clone()).collect(),
            causes: postmortem.causes.iter().map(|cause| cause.value.clone()).collect(),
            metrics: entry.metrics,
            draft: clocks.draft.outcome,
            completion: clocks.completion.outcome,
        })
    }
}

/// A distribution of minutes. Median is the mean of the two middle values for even n; p90 by nearest rank.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Distribution {
    /// Values that count.
    pub n: usize,
    /// Incidents without a value, or with a negative one.
    pub left_out: usize,
    /// The middle.
    pub median: Option<f64>,
    /// The value that nine in ten do not exceed.
    pub p90: Option<f64>,
    /// The largest.
    pub max: Option<f64>,
    /// Arithmetic mean.
    pub mean: Option<f64>,
}

impl Distribution {
    /// Summarises values in minutes.
    #[must_use]
    pub fn of(values: impl IntoIterator<Item = Option<f64>>) -> Self {
        let (mut known, mut left_out) = (Vec::new(), 0);
        for value in values {
            match value {
                Some(minutes) if minutes >= 0.0 => known.push(minutes),
                _ => left_out += 1,
            }
        }
        known.sort_by(f64::total_cmp);
        let n = known.len();
        let at = |index: usize| known.get(index).copied();
        let median = match n {
            0 => None,
            _ if n % 2 == 1 => at(n / 2),
            _ => at(n / 2 - 1).zip(at(n / 2)).map(|(low, high)| f64::midpoint(low, high)),
        };
        #[expect(clippy::cast_precision_loss, reason = "a count of incidents")]
        let mean = (n > 0).then(|| known.iter().sum::<f64>() / n as f64);
        // Nearest rank: the ⌈0.9 n⌉-th smallest value.
        Self { n, left_out, median, p90: at((9 * n).div_ceil(10).saturating_sub(1)), max: known.last().copied(), mean }
    }
}

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
    /// Sum of downtime in minutes over incidents with a known one.
    pub downtime_minutes: f64,
    /// Downtime per incident.
    pub downtime: Distribution,
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
}

/// Which period: all, a year, a quarter or a month; sorts and prints as `2026`, `2026-Q1`, `2026-03`.
pub type PeriodKey = String;

/// Figures of everything and of each year, quarter and month in which an incident started.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trends {
    /// Everything that counts, unknown starts included.
    pub all: Period,
    /// By year.
    pub years: BTreeMap<PeriodKey, Period>,
    /// By quarter.
    pub quarters: BTreeMap<PeriodKey, Period>,
    /// By month.
    pub months: BTreeMap<PeriodKey, Period>,
}

impl Trends {
    /// Computes the figures of all periods.
    #[must_use]
    pub fn new(rows: &[Row]) -> Self {
        let group = |key: fn(NaiveDate) -> String| {
            let mut groups: BTreeMap<PeriodKey, Vec<&Row>> = BTreeMap::new();
            for row in rows {
                if let Some(day) = row.day {
                    groups.entry(key(day)).or_default().push(row);
                }
            }
            groups.into_iter().map(|(key, rows)| (key, Period::of(&rows))).collect()
        };
        Self {
            all: Period::of(&rows.iter().collect::<Vec<_>>()),
            years: group(|day| day.year().to_string()),
            quarters: group(|day| format!("{}-Q{}", day.year(), day.month0() / 3 + 1)),
            months: group(|day| day.format("%Y-%m").to_string()),
        }
    }
}

impl Period {
    /// Computes the figures of some incidents.
    #[must_use]
    pub fn of(rows: &[&Row]) -> Self {
        let measure = |value: fn(&Row) -> Option<f64>| Distribution::of(rows.iter().map(|row| value(row)));
        let mut period = Self {
            incidents: rows.len(),
            downtime_minutes: rows.iter().filter_map(|row| row.metrics.downtime).filter(|minutes| *minutes >= 0.0).sum(),
            downtime: measure(|row| row.metrics.downtime),
            detect: measure(|row| row.metrics.detect),
            acknowledge: measure(|row| row.metrics.acknowledge),
            first_comms: measure(|row| row.metrics.first_comms),
            mitigate: measure(|row| row.metrics.mitigate),
            resolve: measure(|row| row.metrics.resolve),
            ..Self::default()
        };
        for row in rows {
            *period.by_severity.entry(row.severity.clone()).or_default() += 1;
            for service in &row.services {
                *period.by_service.entry(service.clone()).or_default() += 1;
            }
            for cause in &row.causes {
                *period.by_cause.entry(cause.clone()).or_default() += 1;
            }
            *period.draft.entry(row.draft).or_default() += 1;
            *period.completion.entry(row.completion).or_default() += 1;
        }
        period
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aggregates_leave_out_unknown_and_negative_values_and_count_them() {
        let values = [Some(10.0), None, Some(30.0), Some(-1.0), Some(20.0), Some(40.0)];
        let summary = Distribution::of(values);
        assert_eq!((summary.n, summary.left_out), (4, 2));
        assert_eq!((summary.median, summary.p90, summary.max, summary.mean), (Some(25.0), Some(40.0), Some(40.0), Some(25.0)));
        assert_eq!(Distribution::of([None]), Distribution { left_out: 1, ..Distribution::default() });
    }

    #[test]
    fn the_ninetieth_percentile_is_the_nearest_rank() {
        let p90 = |n: u32| Distribution::of((1..=n).map(|value| Some(f64::from(value)))).p90;
        assert_eq!((p90(1), p90(9), p90(10), p90(11), p90(100)), (Some(1.0), Some(9.0), Some(9.0), Some(10.0), Some(90.0)));
    }
}
