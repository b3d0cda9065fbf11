use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

use crate::{
    config::Settings,
    corpus::Entry,
    model::{Detection, ImpactLevel, Milestone, Postmortem},
    review::Outcome,
};

/// One counted incident, as figures need it.
#[derive(Debug, Clone)]
pub struct Row {
    /// Day of `started` in the site's zone; `None` when unknown.
    pub day: Option<NaiveDate>,
    /// Position of the severity among the configured ones; `None` for an unknown one.
    pub rank: Option<usize>,
    /// Id of the severity, or `unknown`.
    pub severity: String,
    /// Service ids.
    pub services: Vec<String>,
    /// Causes.
    pub causes: Vec<String>,
    /// How it was noticed.
    pub detection: Option<Detection>,
    /// It says that it repeats an earlier one.
    pub is_recurrence: bool,
    /// Its clocks, in minutes.
    pub metrics: crate::model::Metrics,
    /// When which service was not as promised.
    pub outages: Vec<Outage>,
    /// Services of which it does not say from when to when.
    pub unbounded: Vec<String>,
    /// Whether the draft was in time.
    pub draft: Outcome,
    /// Whether the completion was in time.
    pub completion: Outcome,
}

/// A window in which one service was down or degraded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outage {
    /// Service id.
    pub service: String,
    /// How much of it was gone.
    pub level: ImpactLevel,
    /// Begin.
    pub from: DateTime<Utc>,
    /// End.
    pub to: DateTime<Utc>,
}

impl Row {
    /// The row of a postmortem; `None` for one that does not count.
    #[must_use]
    pub fn of(entry: &Entry, settings: &Settings) -> Option<Self> {
        entry.postmortem().is_counted().then(|| Self::read(entry, settings))
    }

    /// The row of a postmortem, whether it counts or not.
    #[must_use]
    pub fn read(entry: &Entry, settings: &Settings) -> Self {
        let postmortem = entry.postmortem();
        let rank = postmortem.severity.as_ref().and_then(|severity| severity.value.rank);
        let severity = rank.and_then(|rank| settings.severities.get(rank));
        let clocks = entry.checked.reviewed().clocks();
        let (outages, unbounded) = outages(postmortem, settings);
        Self {
            day: entry.started.map(|started| started.with_timezone(&settings.site.timezone).date_naive()),
            rank,
            severity: severity.map_or_else(|| "unknown".to_owned(), |severity| severity.id.clone()),
            services: postmortem.services.iter().map(|service| service.value.clone()).collect(),
            causes: postmortem.causes.iter().map(|cause| cause.value.clone()).collect(),
            detection: postmortem.detection.as_ref().map(|detection| detection.value),
            is_recurrence: !postmortem.recurrence_of.is_empty(),
            metrics: entry.metrics,
            outages,
            unbounded,
            draft: clocks.draft.outcome,
            completion: clocks.completion.outcome,
        }
    }

    /// Started to resolved. An incident that ended when it began has no known length.
    #[must_use]
    pub fn duration(&self) -> Option<f64> {
        self.metrics.duration.filter(|minutes| *minutes != 0.0)
    }
}

/// The windows of a postmortem by service, and the services whose windows are not known. Without any window, every service counts as down from the
/// start until it was mitigated, or resolved: the same rule as for the downtime of the incident.
fn outages(postmortem: &Postmortem, settings: &Settings) -> (Vec<Outage>, Vec<String>) {
    let (mut outages, mut unbounded) = (Vec::new(), Vec::new());
    let mut add = |services: &[String], level, from: Option<DateTime<FixedOffset>>, to: Option<DateTime<FixedOffset>>| match from.zip(to) {
        Some((from, to)) if from <= to => outages.extend(services.iter().map(|service| Outage {
            service: service.clone(),
            level,
            from: from.with_timezone(&Utc),
            to: to.with_timezone(&Utc),
        })),
        _ => unbounded.extend_from_slice(services),
    };
    let services: Vec<String> = postmortem.services.iter().map(|service| service.value.clone()).collect();
    for impact in &postmortem.impacts {
        let impact = &impact.value;
        let named = impact.service.as_ref().map(|name| settings.service(name).map_or_else(|| name.clone(), |service| service.id.clone()));
        let of = named.map_or_else(|| services.clone(), |name| vec![name]);
        add(&of, impact.level, impact.start, impact.end);
    }
    if postmortem.impacts.is_empty() {
        let at = |milestone| postmortem.times.at(milestone);
        add(&services, ImpactLevel::Down, at(Milestone::Started), at(Milestone::Mitigated).or_else(|| at(Milestone::Resolved)));
    }
    unbounded.sort();
    unbounded.dedup();
    (outages, unbounded)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::{source::parse, text::Source};

    /// An incident of which nothing is known.
    pub(in crate::corpus::trends) fn row() -> Row {
        Row {
            day: None,
            rank: None,
            severity: "unknown".to_owned(),
            services: Vec::new(),
            causes: Vec::new(),
            detection: None,
            is_recurrence: false,
            metrics: crate::model::Metrics::default(),
            outages: Vec::new(),
            unbounded: Vec::new(),
            draft: Outcome::Unknown,
            completion: Outcome::Unknown,
        }
    }

    fn windows(front_matter: &str) -> (Vec<String>, Vec<String>) {
        let text = format!("---\nservices: [api, mail]\n{front_matter}\n---\n");
        let settings = Settings::default();
        let parsed = parse(Source::new("a.md", text), &settings);
        let (outages, unbounded) = outages(parsed.postmortem(), &settings);
        let written = outages.iter().map(|outage| format!("{} {:?} {}", outage.service, outage.level, (outage.to - outage.from).num_minutes()));
        (written.collect(), unbounded)
    }

    #[test]
    fn windows_belong_to_the_services_that_they_name() {
        let (outages, unbounded) = windows(
            "impacts:\n  - {service: api, level: down, start: 2026-03-01T10:00:00Z, end: 2026-03-01T10:30:00Z}\n  \
             - {level: degraded, start: 2026-03-01T10:00:00Z, end: 2026-03-01T11:00:00Z}\n  - {service: web, level: down, start: 2026-03-01T10:00:00Z}",
        );
        assert_eq!(outages, ["api Down 30", "api Degraded 60", "mail Degraded 60"]);
        assert_eq!(unbounded, ["web"]);
    }

    #[test]
    fn without_windows_every_service_is_down_until_mitigation() {
        let (outages, unbounded) = windows("times: {started: 2026-03-01T10:00:00Z, mitigated: 2026-03-01T10:20:00Z, resolved: 2026-03-01T11:00:00Z}");
        assert_eq!((outages, unbounded), (vec!["api Down 20".to_owned(), "mail Down 20".to_owned()], Vec::new()));
        let (outages, unbounded) = windows("times: {started: 2026-03-01T10:00:00Z, resolved: 2026-03-01T09:00:00Z}");
        assert_eq!((outages, unbounded), (Vec::new(), vec!["api".to_owned(), "mail".to_owned()]));
    }
}
