use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::{Interval, Row, calendar::minutes};
use crate::model::ImpactLevel;

/// How much of a period one service was there.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Availability {
    /// Length of the period in minutes.
    pub period_minutes: f64,
    /// Minutes of it in which the service was down.
    pub down_minutes: f64,
    /// Minutes of it in which the service was degraded; they may overlap with the others.
    pub degraded_minutes: f64,
    /// Incidents of the service in the period whose windows are not known.
    pub left_out: usize,
}

impl Availability {
    /// 1 − down ÷ period, in per cent; `None` for a period without a length.
    #[must_use]
    pub fn percent(&self) -> Option<f64> {
        (self.period_minutes > 0.0).then(|| (1.0 - self.down_minutes / self.period_minutes) * 100.0)
    }

    /// The downtime that a target in per cent leaves room for: (1 − target) × period, in minutes.
    #[must_use]
    pub fn budget_minutes(&self, target: f64) -> f64 {
        (1.0 - target / 100.0) * self.period_minutes
    }
}

type Window = (DateTime<Utc>, DateTime<Utc>);

/// The outages of several incidents by service, overlapping ones merged, so that no minute counts twice.
#[derive(Debug, Clone, Default)]
pub struct Outages {
    down: BTreeMap<String, Vec<Window>>,
    degraded: BTreeMap<String, Vec<Window>>,
    /// Starts of the incidents whose windows are not known.
    unbounded: BTreeMap<String, Vec<Option<DateTime<Utc>>>>,
}

impl Outages {
    /// Merges the windows of some incidents.
    #[must_use]
    pub fn of<'a>(rows: impl IntoIterator<Item = (&'a Row, Option<DateTime<Utc>>)>) -> Self {
        let mut outages = Self::default();
        for (row, started) in rows {
            for outage in &row.outages {
                let windows = if outage.level == ImpactLevel::Down { &mut outages.down } else { &mut outages.degraded };
                windows.entry(outage.service.clone()).or_default().push((outage.from, outage.to));
            }
            for service in &row.unbounded {
                outages.unbounded.entry(service.clone()).or_default().push(started);
            }
        }
        for windows in outages.down.values_mut().chain(outages.degraded.values_mut()) {
            *windows = merged(std::mem::take(windows));
        }
        outages
    }

    /// What the services lost in one period: those that lost something, those of which that is not known, and `always`.
    #[must_use]
    pub fn within<'a>(&'a self, interval: Interval, always: impl IntoIterator<Item = &'a str>) -> BTreeMap<String, Availability> {
        self.over(interval, always, |started| started.is_some_and(|at| interval.from <= at && at < interval.to))
    }

    /// The same over everything: incidents whose start is not known count as left out, too.
    #[must_use]
    pub fn in_all<'a>(&'a self, interval: Interval, always: impl IntoIterator<Item = &'a str>) -> BTreeMap<String, Availability> {
        self.over(interval, always, |_| true)
    }

    fn over<'a>(
        &'a self,
        interval: Interval,
        always: impl IntoIterator<Item = &'a str>,
        is_here: impl Fn(Option<DateTime<Utc>>) -> bool,
    ) -> BTreeMap<String, Availability> {
        let covered = |windows: Option<&Vec<Window>>| {
            let windows = windows.map(Vec::as_slice).unwrap_or_default();
            let first = windows.partition_point(|(_, to)| *to < interval.from);
            let here = windows.iter().skip(first).take_while(|(from, _)| *from < interval.to);
            minutes(here.map(|window| interval.clip(*window)).map(|part| part.to - part.from).sum())
        };
        let left_out = |service: &str| {
            let starts = self.unbounded.get(service).map(Vec::as_slice).unwrap_or_default();
            starts.iter().filter(|at| is_here(**at)).count()
        };
        let always: BTreeSet<&str> = always.into_iter().collect();
        let named: BTreeSet<&str> = self.down.keys().chain(self.degraded.keys()).chain(self.unbounded.keys()).map(String::as_str).collect();
        let all = named.union(&always).map(|service| {
            let of = Availability {
                period_minutes: interval.minutes(),
                down_minutes: covered(self.down.get(*service)),
                degraded_minutes: covered(self.degraded.get(*service)),
                left_out: left_out(service),
            };
            ((*service).to_owned(), of)
        });
        all.filter(|(service, of)| always.contains(&**service) || of.down_minutes > 0.0 || of.degraded_minutes > 0.0 || of.left_out > 0).collect()
    }
}

/// Windows in order, overlapping and touching ones as one.
fn merged(mut windows: Vec<Window>) -> Vec<Window> {
    windows.sort();
    let mut merged: Vec<Window> = Vec::with_capacity(windows.len());
    for (from, to) in windows {
        match merged.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => merged.push((from, to)),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::{
        super::{CalendarPeriod, Outage, PeriodKind, row::tests::row},
        *,
    };

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn outage(service: &str, level: ImpactLevel, from: &str, to: &str) -> Row {
        Row { outages: vec![Outage { service: service.to_owned(), level, from: at(from), to: at(to) }], ..row() }
    }

    #[test]
    fn windows_of_several_incidents_are_merged_and_clipped_to_the_period() {
        let rows = [
            outage("api", ImpactLevel::Down, "2026-02-28T23:00:00Z", "2026-03-01T01:00:00Z"),
            outage("api", ImpactLevel::Down, "2026-03-01T00:30:00Z", "2026-03-01T01:30:00Z"),
            outage("api", ImpactLevel::Degraded, "2026-03-31T23:00:00Z", "2026-04-01T05:00:00Z"),
            outage("mail", ImpactLevel::Down, "2026-02-01T00:00:00Z", "2026-02-01T05:00:00Z"),
            Row { unbounded: vec!["mail".to_owned()], ..row() },
        ];
        let outages = Outages::of(rows.iter().map(|row| (row, Some(at("2026-03-09T00:00:00Z")))));
        let march = CalendarPeriod::of(PeriodKind::Month, "2026-03-01".parse().unwrap()).interval(chrono_tz::UTC);
        let of = outages.within(march, ["web"]);
        let api = of["api"];
        assert_eq!((api.down_minutes, api.degraded_minutes, api.left_out), (90.0, 60.0, 0));
        assert_eq!((of["mail"].down_minutes, of["mail"].left_out), (0.0, 1));
        assert_eq!(of["web"].percent(), Some(100.0));
        assert_eq!(api.percent().map(|percent| (percent * 1e4).round() / 1e4), Some(99.7984));
        assert_eq!(format!("{:.2}", api.budget_minutes(99.9)), "44.64");
        assert_eq!(outages.within(march.until(at("2026-03-01T00:30:00Z")), []).keys().collect::<Vec<_>>(), ["api"]);
    }

    #[test]
    fn a_period_without_a_length_has_no_availability() {
        assert_eq!(Availability::default().percent(), None);
    }
}
