use super::{
    measures::{FEW, Measure, known},
    scope::{Incident, Scope, Study},
};
use crate::{
    corpus::{CalendarPeriod, Distribution, PeriodKind},
    view::{chart::log_position, internal::Pages, value::template_structs},
};

template_structs! {
    /// One clock from period to period: years of all time, quarters of a year, months of a quarter.
    ProgressView {
        /// Key of the clock.
        key: String,
        /// Periods, the oldest first; none where there is only one.
        rows: Vec<ProgressRow>,
    }
    /// One period of it.
    ProgressRow {
        /// What it is called.
        name: String,
        /// Page.
        href: Option<String>,
        /// Incidents with a value.
        n: usize,
        /// Incidents without one.
        left_out: usize,
        /// The middle.
        median: Option<f64>,
        /// Nine in ten do not exceed it.
        p90: Option<f64>,
        /// The largest.
        max: Option<f64>,
        /// Arithmetic mean.
        mean: Option<f64>,
        /// Too few for a summary: every value is drawn instead.
        few: bool,
        /// Per cent from the left: the smallest value.
        low_x: Option<f64>,
        /// Per cent from the left.
        median_x: Option<f64>,
        /// Per cent from the left.
        p90_x: Option<f64>,
        /// Per cent from the left, one per value where there are few.
        dots: Vec<f64>,
    }
}

impl Pages<'_> {
    pub(super) fn progress(&self, study: &Study<'_>, scope: &Scope<'_>, (key, value): (&'static str, Measure), largest: f64) -> ProgressView {
        let kind = match scope.period.map(|period| period.kind) {
            None => Some(PeriodKind::Year),
            Some(PeriodKind::Year) => Some(PeriodKind::Quarter),
            Some(PeriodKind::Quarter) => Some(PeriodKind::Month),
            Some(PeriodKind::Month) => None,
        };
        let mut groups: std::collections::BTreeMap<CalendarPeriod, Vec<&Incident<'_>>> = std::collections::BTreeMap::new();
        for incident in &scope.incidents {
            if let (Some(kind), Some(day)) = (kind, incident.row.day) {
                groups.entry(CalendarPeriod::of(kind, day)).or_default().push(incident);
            }
        }
        let x = |minutes: f64| log_position(minutes, largest);
        let rows = groups.into_iter().map(|(period, incidents)| {
            let values: Vec<Option<f64>> = incidents.iter().map(|incident| value(&incident.row.metrics)).collect();
            let Distribution { n, left_out, median, p90, max, mean } = Distribution::of(values.iter().copied());
            let known = || values.iter().filter_map(|value| known(*value));
            let few = n < FEW;
            ProgressRow {
                name: self.period_label(Some(period)),
                href: study.href(Some(period), scope.filter),
                n,
                left_out,
                median,
                p90,
                max,
                mean,
                few,
                low_x: known().min_by(f64::total_cmp).map(x),
                median_x: median.map(x),
                p90_x: p90.map(x),
                dots: known().filter(|_| few).map(x).collect(),
            }
        });
        let rows: Vec<ProgressRow> = rows.collect();
        ProgressView { key: key.to_owned(), rows: if rows.len() > 1 { rows } else { Vec::new() } }
    }
}
