use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    config::Settings,
    corpus::{Corpus, Distribution, Period},
    review::Outcome,
};

/// `api/trends.json`.
#[derive(Debug, Serialize)]
pub(super) struct ApiTrends {
    schema: u32,
    all: ApiPeriod,
    years: BTreeMap<String, ApiPeriod>,
    quarters: BTreeMap<String, ApiPeriod>,
    months: BTreeMap<String, ApiPeriod>,
}

/// Figures of one period.
#[derive(Debug, Serialize)]
pub(super) struct ApiPeriod {
    incidents: usize,
    by_severity: BTreeMap<String, usize>,
    by_service: BTreeMap<String, usize>,
    by_cause: BTreeMap<String, usize>,
    by_detection: BTreeMap<&'static str, usize>,
    recurrences: usize,
    downtime_minutes: f64,
    downtime: ApiMeasure,
    duration: ApiMeasure,
    detect: ApiMeasure,
    acknowledge: ApiMeasure,
    first_comms: ApiMeasure,
    mitigate: ApiMeasure,
    resolve: ApiMeasure,
    draft_sla: BTreeMap<&'static str, usize>,
    completion_sla: BTreeMap<&'static str, usize>,
    availability: BTreeMap<String, ApiAvailability>,
}

/// How much of a period one service was there: per cent, and minutes.
#[derive(Debug, Serialize)]
struct ApiAvailability {
    period_minutes: f64,
    down_minutes: f64,
    degraded_minutes: f64,
    left_out: usize,
    availability: Option<f64>,
    target: Option<f64>,
    budget_minutes: Option<f64>,
}

#[derive(Debug, Serialize)]
struct ApiMeasure {
    n: usize,
    left_out: usize,
    median: Option<f64>,
    p90: Option<f64>,
    max: Option<f64>,
    mean: Option<f64>,
}

/// The figures of all periods.
pub(super) fn trends(corpus: &Corpus, settings: &Settings) -> ApiTrends {
    let trends = corpus.trends();
    let periods = |periods: &BTreeMap<String, Period>| periods.iter().map(|(key, value)| (key.clone(), period(value, settings))).collect();
    ApiTrends {
        schema: 1,
        all: period(&trends.all, settings),
        years: periods(&trends.years),
        quarters: periods(&trends.quarters),
        months: periods(&trends.months),
    }
}

fn period(period: &Period, settings: &Settings) -> ApiPeriod {
    // Sums of fractions end in noise; a millionth of a minute is no time.
    let exact = |minutes: f64| (minutes * 1e6).round() / 1e6;
    let outcomes = |counts: &BTreeMap<Outcome, usize>| counts.iter().map(|(outcome, count)| (outcome.name(), *count)).collect();
    ApiPeriod {
        incidents: period.incidents,
        by_severity: period.by_severity.clone(),
        by_service: period.by_service.clone(),
        by_cause: period.by_cause.clone(),
        by_detection: period.by_detection.clone(),
        recurrences: period.recurrences,
        downtime_minutes: exact(period.downtime_minutes),
        downtime: measure(&period.downtime),
        duration: measure(&period.duration),
        detect: measure(&period.detect),
        acknowledge: measure(&period.acknowledge),
        first_comms: measure(&period.first_comms),
        mitigate: measure(&period.mitigate),
        resolve: measure(&period.resolve),
        draft_sla: outcomes(&period.draft),
        completion_sla: outcomes(&period.completion),
        availability: period
            .availability
            .iter()
            .map(|(service, of)| {
                let target = settings.service(service).and_then(|service| service.target);
                let of = ApiAvailability {
                    period_minutes: of.period_minutes,
                    down_minutes: of.down_minutes,
                    degraded_minutes: of.degraded_minutes,
                    left_out: of.left_out,
                    availability: of.percent().map(exact),
                    target,
                    budget_minutes: target.map(|target| exact(of.budget_minutes(target))),
                };
                (service.clone(), of)
            })
            .collect(),
    }
}

const fn measure(distribution: &Distribution) -> ApiMeasure {
    let Distribution { n, left_out, median, p90, max, mean } = *distribution;
    ApiMeasure { n, left_out, median, p90, max, mean }
}
