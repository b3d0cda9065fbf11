use std::collections::BTreeMap;

use super::scope::{FilterKind, Scope, Study};
use crate::{
    corpus::{Availability, since},
    view::{
        chart::{count, round},
        internal::{Pages, rows::service_href},
        site::rfc3339,
        value::template_structs,
    },
};

template_structs! {
    /// How much of the period each service was there.
    AvailabilityView {
        /// Begin of the period.
        from: String,
        /// Its end, or now.
        to: String,
        /// Its exact length.
        minutes: f64,
        /// Services with a target.
        promised: usize,
        /// Those of them that were below it.
        missed: Vec<String>,
        /// Services, the one that used most of its budget first.
        services: Vec<ServiceAvailability>,
        /// Services that were down for less than those.
        more: usize,
    }
    /// One service in the table.
    ServiceAvailability {
        /// Name.
        name: String,
        /// Page.
        href: Option<String>,
        /// In per cent, as it is configured.
        target: Option<String>,
        /// In per cent, with three decimals.
        percent: Option<String>,
        /// Minutes down.
        down: f64,
        /// Minutes degraded.
        degraded: f64,
        /// Incidents whose windows are not known.
        left_out: usize,
        /// Minutes that the target leaves room for.
        budget: Option<f64>,
        /// Per cent of the budget that is used.
        used: Option<f64>,
        /// The same as a width, at most 100.
        width: f64,
    }
}

/// Services in the table; without a target there is little to look for in it.
const SHOWN: usize = 30;
const SHOWN_WITHOUT_TARGET: usize = 10;

impl Pages<'_> {
    /// The services of the period, or of the filter. Incidents of one severity say nothing about that, so there is none for them; nor for a period
    /// that has not begun.
    pub(super) fn availability(&self, study: &Study<'_>, scope: &Scope<'_>) -> Option<AvailabilityView> {
        let filter = scope.filter.and_then(|filter| study.filters.get(filter));
        if filter.is_some_and(|filter| filter.kind == FilterKind::Severity) {
            return None;
        }
        let now = self.now;
        let promised = self.settings.services.iter().filter(|service| service.target.is_some()).map(|service| &*service.id);
        let (interval, mut lost) = if let Some(period) = scope.period {
            let interval = period.interval(self.settings.site.timezone).until(now);
            (interval, study.outages.within(interval, promised))
        } else {
            let interval = since(study.span?.0, self.settings, now);
            (interval, study.outages.in_all(interval, promised))
        };
        if interval.minutes() <= 0.0 {
            return None;
        }
        if let Some(filter) = filter {
            lost.retain(|service, _| filter.services.contains(service));
        }
        let mut services = self.service_rows(&lost);
        if services.is_empty() {
            return None;
        }
        let is_promised = |row: &&ServiceAvailability| row.target.is_some();
        let missed = services.iter().filter(is_promised).filter(|row| row.used.is_some_and(|used| used > 100.0));
        let missed: Vec<String> = missed.map(|row| row.name.clone()).collect();
        let promised = services.iter().filter(is_promised).count();
        let shown = if promised > 0 { SHOWN } else { SHOWN_WITHOUT_TARGET };
        let more = services.len().saturating_sub(shown);
        services.truncate(shown);
        let local = |at: chrono::DateTime<chrono::Utc>| rfc3339(at.with_timezone(&self.settings.site.timezone).fixed_offset());
        Some(AvailabilityView { from: local(interval.from), to: local(interval.to), minutes: interval.minutes(), promised, missed, services, more })
    }

    fn service_rows(&self, lost: &BTreeMap<String, Availability>) -> Vec<ServiceAvailability> {
        let mut rows: Vec<ServiceAvailability> = lost
            .iter()
            .map(|(id, of)| {
                let target = self.settings.service(id).and_then(|service| service.target);
                let budget = target.map(|target| of.budget_minutes(target));
                let used = budget.map(|budget| {
                    if budget > 0.0 {
                        of.down_minutes / budget * 100.0
                    } else if of.down_minutes > 0.0 {
                        f64::INFINITY
                    } else {
                        0.0
                    }
                });
                ServiceAvailability {
                    name: self.service_link(id).name,
                    href: service_href(id),
                    target: target.map(|target| target.to_string()),
                    percent: of.percent().map(percent),
                    down: of.down_minutes,
                    degraded: of.degraded_minutes,
                    left_out: of.left_out,
                    budget,
                    used: used.filter(|used| used.is_finite()).map(f64::round),
                    width: round(used.unwrap_or_default().min(100.0)),
                }
            })
            .collect();
        rows.sort_by(|one, other| {
            let key = |row: &ServiceAvailability| (row.used.unwrap_or_default(), row.down, row.degraded, count(row.left_out));
            key(other).partial_cmp(&key(one)).unwrap_or(std::cmp::Ordering::Equal).then_with(|| one.name.cmp(&other.name))
        });
        rows
    }
}

/// Three decimals, cut and not rounded: 99.9996 is not 100.
fn percent(value: f64) -> String {
    format!("{:.3}", (value * 1000.0 + 1e-6).floor() / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn what_is_not_everything_is_not_called_everything() {
        assert_eq!([100.0, 99.9996, 99.95, 99.9].map(percent), ["100.000", "99.999", "99.950", "99.900"]);
    }
}
