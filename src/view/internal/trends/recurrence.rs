use std::collections::BTreeMap;

use super::scope::Scope;
use crate::{
    corpus::Entry,
    view::{
        chart::{KeyEntry, Share},
        internal::{Pages, href, rows::service_href},
        value::template_structs,
    },
};

template_structs! {
    /// What keeps coming back.
    Recurrence {
        /// Incidents that say that they repeat an earlier one.
        recurrences: usize,
        /// Those incidents, the newest first.
        chains: Vec<Chain>,
        /// How many the list leaves out.
        more: usize,
        /// Pairs of service and cause that appeared more than once.
        repeated: usize,
        /// Those pairs, the most frequent first.
        pairs: Vec<RepeatedPair>,
        /// Services with more than one incident.
        services: Vec<Group>,
        /// Causes with more than one incident.
        causes: Vec<Group>,
        /// What the colours mean.
        key: Vec<KeyEntry>,
    }
    /// An incident that repeats another one.
    Chain {
        /// The later one.
        title: String,
        /// Its page.
        href: String,
        /// The earlier one; its id where there is no such postmortem.
        origin: String,
        /// Its page.
        origin_href: Option<String>,
    }
    /// A service and a cause that appeared together more than once.
    RepeatedPair {
        /// Name of the service.
        service: String,
        /// The cause.
        cause: String,
        /// How often.
        count: usize,
    }
    /// Incidents of one service or cause.
    Group {
        /// Id.
        id: String,
        /// Name.
        name: String,
        /// Page.
        href: Option<String>,
        /// Incidents.
        incidents: usize,
        /// Incidents in the period before; none without one.
        before: Option<usize>,
        /// By severity; the widest bar is that of the largest group.
        segments: Vec<Share>,
        /// Sum of known downtimes; none when none is known.
        downtime_minutes: Option<f64>,
    }
}

/// Entries of each list: what comes back most. The JSON has them all.
const LISTED: usize = 15;

impl Pages<'_> {
    pub(super) fn recurrence(&self, scope: &Scope<'_>) -> Recurrence {
        let mut by_service: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
        let mut by_cause: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
        let mut pairs: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for incident in &scope.incidents {
            for service in &incident.row.services {
                by_service.entry(service).or_default().push(incident.entry);
                for cause in &incident.row.causes {
                    *pairs.entry((service, cause)).or_default() += 1;
                }
            }
            for cause in &incident.row.causes {
                by_cause.entry(cause).or_default().push(incident.entry);
            }
        }
        let mut pairs: Vec<_> = pairs.into_iter().filter(|(_, count)| *count > 1).collect();
        pairs.sort_by(|one, other| (other.1, one.0).cmp(&(one.1, other.0)));
        let chains: Vec<Chain> =
            scope.incidents.iter().filter(|incident| incident.row.is_recurrence).map(|incident| self.chain(incident.entry)).collect();
        let before = scope.before.as_ref().map(|before| &before.figures);
        Recurrence {
            recurrences: scope.figures.recurrences,
            more: chains.len().saturating_sub(LISTED),
            chains: chains.into_iter().take(LISTED).collect(),
            repeated: pairs.len(),
            pairs: pairs
                .into_iter()
                .take(LISTED)
                .map(|((service, cause), count)| RepeatedPair { service: self.service_link(service).name, cause: cause.to_owned(), count })
                .collect(),
            services: self.groups(by_service, before.map(|before| &before.by_service), |id| (self.service_link(id).name, service_href(id))),
            causes: self.groups(by_cause, before.map(|before| &before.by_cause), |id| (id.to_owned(), None)),
            key: self.severity_key(&scope.entries()),
        }
    }

    fn chain(&self, entry: &Entry) -> Chain {
        let written = entry.postmortem().recurrence_of.first().map(|id| id.value.clone()).unwrap_or_default();
        let origin = self.corpus.find(&written);
        Chain {
            title: entry.postmortem().title.value.clone(),
            href: href(&entry.key),
            origin_href: origin.map(|origin| href(&origin.key)),
            origin: origin.map_or(written, |origin| origin.postmortem().title.value.clone()),
        }
    }

    fn groups(
        &self,
        map: BTreeMap<&str, Vec<&Entry>>,
        before: Option<&BTreeMap<String, usize>>,
        named: impl Fn(&str) -> (String, Option<String>),
    ) -> Vec<Group> {
        let whole = map.values().map(Vec::len).max().unwrap_or(1);
        // What happened once did not come back.
        let mut groups: Vec<(&str, Vec<&Entry>)> = map.into_iter().filter(|(_, entries)| entries.len() > 1).collect();
        groups.sort_by(|one, other| (other.1.len(), one.0).cmp(&(one.1.len(), other.0)));
        groups.truncate(LISTED);
        let group = |(id, entries): (&str, Vec<&Entry>)| {
            let known: Vec<f64> = entries.iter().filter_map(|entry| entry.metrics.downtime.filter(|minutes| *minutes >= 0.0)).collect();
            let (name, href) = named(id);
            Group {
                name,
                href,
                incidents: entries.len(),
                before: before.map(|before| before.get(id).copied().unwrap_or_default()),
                segments: self.severity_shares(&entries, whole),
                downtime_minutes: (!known.is_empty()).then(|| known.iter().sum()),
                id: id.to_owned(),
            }
        };
        groups.into_iter().map(group).collect()
    }
}
