use std::collections::{BTreeMap, BTreeSet};

use super::{Pages, href};
use crate::{
    corpus::{Corpus, Entry},
    view::{site::rfc3339, value::template_structs},
};

template_structs! {
    /// Another postmortem.
    RelatedView {
        /// `origin`: this one is a recurrence of it. `recurrence`: it is one of this one. `related`: either names the other. `alike`: the same
        /// contributing factor hit the same service.
        kind: String,
        /// Title.
        title: String,
        /// Its page.
        href: String,
        /// When it began.
        date: Option<String>,
        /// Contributing factor and service that both share, where that is all that relates them.
        shared: Option<String>,
    }
}

/// Postmortems that only share a contributing factor and a service, on one page: the newest.
const ALIKE: usize = 5;

/// Positions of postmortems by service and contributing factor.
pub(super) fn alike(corpus: &Corpus) -> BTreeMap<(&str, &str), Vec<usize>> {
    let mut alike: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (index, entry) in corpus.entries().iter().enumerate() {
        for pair in pairs(entry) {
            alike.entry(pair).or_default().push(index);
        }
    }
    alike
}

/// Each service with each contributing factor, once.
fn pairs(entry: &Entry) -> BTreeSet<(&str, &str)> {
    let postmortem = entry.postmortem();
    if !postmortem.is_counted() {
        return BTreeSet::new();
    }
    let causes = || postmortem.causes.iter().map(|cause| cause.value.as_str());
    postmortem.services.iter().flat_map(|service| causes().map(|cause| (service.value.as_str(), cause))).collect()
}

impl Pages<'_> {
    /// What happened before or since: as authors say, then what has the same contributing factor in the same service.
    pub(super) fn related(&self, entry: &Entry) -> Vec<RelatedView> {
        let postmortem = entry.postmortem();
        let find = |id: &str| self.corpus.find(id);
        let at = |index: &usize| self.corpus.entries().get(*index);
        let mut related: Vec<(&str, &Entry, Option<String>)> = Vec::new();
        related.extend(postmortem.recurrence_of.iter().filter_map(|id| find(&id.value)).map(|entry| ("origin", entry, None)));
        related.extend(self.recurrences.get(&*entry.key).into_iter().flatten().filter_map(at).map(|entry| ("recurrence", entry, None)));
        related.extend(postmortem.related.iter().filter_map(|id| find(&id.value)).map(|entry| ("related", entry, None)));
        related.extend(self.relating.get(&*entry.key).into_iter().flatten().filter_map(at).map(|entry| ("related", entry, None)));
        let mut seen = BTreeSet::from([&entry.key]);
        related.retain(|(_, other, _)| seen.insert(&other.key));
        let mut alike: BTreeMap<usize, String> = BTreeMap::new();
        for (service, cause) in pairs(entry) {
            for index in self.alike.get(&(service, cause)).into_iter().flatten() {
                alike.entry(*index).or_insert_with(|| format!("{cause} · {}", self.service_link(service).name));
            }
        }
        // Entries stand newest first.
        let alike = alike.iter().filter_map(|(index, shared)| Some((at(index)?, shared))).filter(|(other, _)| !seen.contains(&other.key));
        related.extend(alike.take(ALIKE).map(|(other, shared)| ("alike", other, Some(shared.clone()))));
        let view = |(kind, other, shared): (&str, &Entry, Option<String>)| RelatedView {
            kind: kind.to_owned(),
            title: other.postmortem().title.value.clone(),
            href: href(&other.key),
            date: other.started.map(rfc3339),
            shared,
        };
        related.into_iter().map(view).collect()
    }
}
