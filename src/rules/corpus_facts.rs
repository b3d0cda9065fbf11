use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, Timelike, Utc};

use crate::{
    model::{Metrics, Milestone, Postmortem},
    source::Parsed,
    text::{Span, fold},
};

/// What all documents say together, for rules that compare them. Every comparison is prepared once, in one pass over the documents.
#[derive(Debug, Clone, Default)]
pub struct CorpusFacts {
    /// Places by id, folded, sorted by path.
    pub ids: BTreeMap<String, Vec<Place>>,
    /// One line per counted document, by time of start.
    pub incidents: Vec<IncidentFacts>,
    /// Places of actions by folded title, sorted by path.
    pub actions: BTreeMap<String, BTreeSet<Place>>,
    /// By path: an earlier incident of the same service that was not over when this one began.
    pub(super) overlaps: BTreeMap<String, Resemblance>,
    /// By path: an earlier incident with the same cause and service.
    pub(super) recurrences: BTreeMap<String, Resemblance>,
    /// By path: an earlier incident with the same clock times.
    pub(super) copies: BTreeMap<String, Resemblance>,
}

/// A place in some document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Path from the repository root.
    pub path: String,
    /// Where in that file.
    pub span: Span,
}

/// What one incident has in common with an earlier one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Resemblance {
    /// Id of the earlier one.
    pub(super) id: String,
    /// Where the earlier one says it.
    pub(super) place: Place,
    /// What they share: a service, a cause, clock times.
    pub(super) shared: String,
}

/// What one document contributes to comparisons.
#[derive(Debug, Clone)]
pub struct IncidentFacts {
    /// Path.
    pub path: String,
    /// Id.
    pub id: String,
    /// Where its start is written.
    pub span: Span,
    /// Start, where known.
    pub started: Option<DateTime<Utc>>,
    /// End, where known.
    pub resolved: Option<DateTime<Utc>>,
    /// Services.
    pub services: BTreeSet<String>,
    /// Causes.
    pub causes: BTreeSet<String>,
    /// Folded ids of the postmortems that it names as related, or as the one it repeats.
    pub related: BTreeSet<String>,
    /// Its clocks.
    pub metrics: Metrics,
}

impl CorpusFacts {
    /// Collects from every document; privileged ones contribute nothing, so that no finding elsewhere can name one.
    #[must_use]
    pub fn of<'a>(documents: impl IntoIterator<Item = &'a Parsed>) -> Self {
        let mut facts = Self::default();
        for parsed in documents {
            let postmortem = parsed.postmortem();
            if postmortem.privileged {
                continue;
            }
            let place = |span| Place { path: parsed.source().path().to_owned(), span };
            facts.ids.entry(fold(&postmortem.id.value)).or_default().push(place(postmortem.id.span));
            for action in &postmortem.actions {
                facts.actions.entry(fold(action.value.title.trim())).or_default().insert(place(action.span));
            }
            if postmortem.is_counted() {
                facts.incidents.push(IncidentFacts::of(parsed.source().path(), postmortem));
            }
        }
        facts.ids.values_mut().for_each(|places| places.sort());
        facts.incidents.sort_by(|one, other| (one.started, &one.path).cmp(&(other.started, &other.path)));
        facts.compare();
        facts
    }

    /// Compares every incident with the last one before it that shares something: one pass, whatever the number of incidents.
    fn compare(&mut self) {
        let mut longest: BTreeMap<&str, &IncidentFacts> = BTreeMap::new();
        let mut last: BTreeMap<(&str, &str), &IncidentFacts> = BTreeMap::new();
        let mut clocks: BTreeMap<(u32, i64), &IncidentFacts> = BTreeMap::new();
        for incident in &self.incidents {
            let Some(started) = incident.started else { continue };
            for service in &incident.services {
                if let Some(earlier) = longest.get(&**service)
                    && earlier.resolved.is_some_and(|resolved| resolved > started)
                    && !earlier.is_linked_with(incident)
                {
                    self.overlaps.entry(incident.path.clone()).or_insert_with(|| earlier.resembles(service.clone()));
                }
                if incident.resolved.is_some() && longest.get(&**service).is_none_or(|earlier| earlier.resolved < incident.resolved) {
                    longest.insert(service, incident);
                }
                for cause in &incident.causes {
                    if let Some(earlier) = last.insert((service, cause), incident)
                        && earlier.started.is_some_and(|before| started - before <= Duration::days(183))
                        && !earlier.is_linked_with(incident)
                    {
                        self.recurrences.entry(incident.path.clone()).or_insert_with(|| earlier.resembles(format!("`{cause}` in `{service}`")));
                    }
                }
            }
            if let Some(key) = incident.clock_times()
                && let Some(earlier) = clocks.insert(key, incident)
                && !earlier.is_linked_with(incident)
            {
                let minutes = key.1 / 60;
                let shared = format!("{:02}:{:02} UTC for {minutes} min", key.0 / 3600, key.0 / 60 % 60);
                self.copies.entry(incident.path.clone()).or_insert_with(|| earlier.resembles(shared));
            }
        }
    }
}

impl IncidentFacts {
    fn of(path: &str, postmortem: &Postmortem) -> Self {
        let at = |milestone| postmortem.times.at(milestone).map(|at| at.with_timezone(&Utc));
        let is_exact = postmortem.times.started.as_ref().is_some_and(|started| started.value.precision != crate::model::Precision::Day);
        Self {
            path: path.to_owned(),
            id: postmortem.id.value.clone(),
            span: postmortem.times.started.as_ref().map_or(postmortem.id.span, |started| started.span),
            // A date alone says nothing about what ran at the same time.
            started: at(Milestone::Started).filter(|_| is_exact),
            resolved: at(Milestone::Resolved),
            services: postmortem.services.iter().map(|service| service.value.clone()).collect(),
            causes: postmortem.causes.iter().map(|cause| cause.value.clone()).collect(),
            related: postmortem.related.iter().chain(&postmortem.recurrence_of).map(|id| fold(id.value.trim())).collect(),
            metrics: Metrics::of(postmortem),
        }
    }

    fn is_linked_with(&self, other: &Self) -> bool {
        self.related.contains(&fold(&other.id)) || other.related.contains(&fold(&self.id))
    }

    fn resembles(&self, shared: String) -> Resemblance {
        Resemblance { id: self.id.clone(), place: Place { path: self.path.clone(), span: self.span }, shared }
    }

    /// Time of day of the start and seconds to the end. `None` where two incidents could well share them: round times, whole days.
    fn clock_times(&self) -> Option<(u32, i64)> {
        const FIVE_MINUTES: i64 = 5 * 60;
        let (started, resolved) = (self.started?, self.resolved?);
        let (begin, seconds) = (started.num_seconds_from_midnight(), (resolved - started).num_seconds());
        let is_round = i64::from(begin) % FIVE_MINUTES == 0 && seconds % FIVE_MINUTES == 0;
        (seconds > 0 && !is_round).then_some((begin, seconds))
    }
}
