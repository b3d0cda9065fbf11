use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    Pages, href, list,
    lists::{FacetView, folder_href},
    rows::service_href,
    trends::{MEASURES, MeasureView},
};
use crate::{
    corpus::{Distribution, Entry},
    text::fold,
    view::{
        Page,
        chart::{Share, months_between},
        site::{pair, rfc3339},
        value::template_structs,
    },
};

template_structs! {
    /// A service in the list.
    ServiceRow {
        /// Id.
        id: String,
        /// Name.
        name: String,
        /// Page.
        href: Option<String>,
        /// Team that runs it.
        team: Option<String>,
        /// Availability target in per cent.
        target: Option<f64>,
        /// Incidents that count.
        incidents: usize,
        /// By severity.
        segments: Vec<Share>,
        /// Sum of known downtimes.
        downtime_minutes: Option<f64>,
        /// Actions that are not finished.
        open_actions: usize,
        /// Its newest postmortem.
        last: Option<LastIncident>,
    }
    /// The newest postmortem of a service.
    LastIncident {
        /// Title.
        title: String,
        /// Page.
        href: String,
        /// When it began.
        started: Option<String>,
    }
    /// The facts of a service.
    ServiceView {
        /// Id.
        id: String,
        /// Name.
        name: String,
        /// Team that runs it.
        team: Option<String>,
        /// Availability target in per cent.
        target: Option<f64>,
    }
    /// A contributing factor and how often it appeared.
    CauseCount {
        /// Id.
        id: String,
        /// Name.
        name: String,
        /// Page.
        href: Option<String>,
        /// How often.
        count: usize,
    }
}

impl LastIncident {
    pub(super) fn of(entry: &Entry) -> Self {
        Self { title: entry.postmortem().title.value.clone(), href: href(&entry.key), started: entry.started.map(rfc3339) }
    }
}

impl Pages<'_> {
    /// The list of services and a page for each.
    pub(super) fn services(&self) -> Vec<Page> {
        let mut by_service: BTreeMap<String, Vec<&Entry>> = BTreeMap::new();
        // Names that differ only in case share a page; the first spelling wins.
        let mut spelling: BTreeMap<String, String> = BTreeMap::new();
        for service in &self.settings.services {
            spelling.insert(fold(&service.id), service.id.clone());
            by_service.entry(service.id.clone()).or_default();
        }
        for entry in self.corpus.entries() {
            for service in &entry.postmortem().services {
                let link = self.service_link(&service.value);
                let id = spelling.entry(fold(&link.id)).or_insert(link.id).clone();
                by_service.entry(id).or_default().push(entry);
            }
        }
        let whole = by_service.values().map(Vec::len).max().unwrap_or(1);
        let mut rows: Vec<ServiceRow> = by_service.iter().map(|(id, entries)| self.service_row(id, entries, whole)).collect();
        rows.sort_by(|one, other| (other.incidents, &one.name).cmp(&(one.incidents, &other.name)));
        let all: Vec<&Entry> = self.counted().map(|(_, entry)| entry).collect();
        let mut pages = vec![Page {
            template: "services",
            kind: "services",
            path: "services/index.html".to_owned(),
            description: None,
            context: vec![("services", list(&rows)), ("legend", list(&self.severity_key(&all)))],
        }];
        let mut paths = std::collections::BTreeSet::new();
        for (id, entries) in &by_service {
            if let Some(path) = service_href(id).filter(|path| paths.insert(path.clone())) {
                pages.extend(self.service(id, entries, &path));
            }
        }
        pages
    }

    fn service_row(&self, id: &str, entries: &[&Entry], whole: usize) -> ServiceRow {
        let known = self.settings.service(id);
        let counted: Vec<&Entry> = entries.iter().copied().filter(|entry| entry.postmortem().is_counted()).collect();
        let downtime = Distribution::of(counted.iter().map(|entry| entry.metrics.downtime));
        ServiceRow {
            id: id.to_owned(),
            name: known.map_or_else(|| id.to_owned(), |service| service.name.clone()),
            href: service_href(id),
            team: known.and_then(|service| service.team.clone()),
            target: known.and_then(|service| service.target),
            incidents: counted.len(),
            segments: self.severity_shares(&counted, whole),
            downtime_minutes: (downtime.n > 0)
                .then(|| counted.iter().filter_map(|entry| entry.metrics.downtime).filter(|minutes| *minutes >= 0.0).sum()),
            open_actions: self.open_actions(entries).len(),
            last: entries.first().map(|entry| LastIncident::of(entry)),
        }
    }

    pub(super) fn open_actions(&self, entries: &[&Entry]) -> Vec<super::actions::ActionRow> {
        let mut actions = self.actions_with_origin(entries.iter().copied());
        actions.retain(|action| action.late || ["open", "in-progress"].contains(&&*action.status));
        actions
    }

    fn service(&self, id: &str, entries: &[&Entry], path: &str) -> Vec<Page> {
        let row = self.service_row(id, entries, 1);
        let counted: Vec<&Entry> = entries.iter().copied().filter(|entry| entry.postmortem().is_counted()).collect();
        let mut causes: BTreeMap<&str, usize> = BTreeMap::new();
        for cause in counted.iter().flat_map(|entry| &entry.postmortem().causes) {
            *causes.entry(&cause.value).or_default() += 1;
        }
        let mut causes: Vec<CauseCount> = causes
            .into_iter()
            .map(|(id, count)| CauseCount { id: id.to_owned(), name: id.to_owned(), href: folder_href("causes", id), count })
            .collect();
        causes.sort_by(|one, other| (other.count, &one.id).cmp(&(one.count, &other.id)));
        let months = self.months_of(&counted);
        let measures = MEASURES.map(|(key, value)| MeasureView::new(key, &Distribution::of(counted.iter().map(|entry| value(&entry.metrics)))));
        let folder = path.trim_end_matches("/index.html");
        let facet = || Some(FacetView { key: "service".to_owned(), name: row.name.clone(), href: path.to_owned() });
        let (years, mut pages) = self.years(entries, folder, folder, &facet);
        pages.push(Page {
            template: "service",
            kind: "service",
            path: path.to_owned(),
            description: None,
            context: vec![
                pair("service", &ServiceView { id: row.id, name: row.name.clone(), team: row.team, target: row.target }),
                ("incidents", row.incidents.into()),
                pair("downtime_minutes", &row.downtime_minutes),
                ("causes", list(&causes)),
                pair("chart", &self.incidents_chart(&counted, &months, 100)),
                ("measures", list(&measures)),
                ("actions", list(&self.open_actions(entries))),
                ("years", list(&years)),
            ],
        });
        pages
    }

    /// The months from the first incident to the last.
    pub(super) fn months_of(&self, entries: &[&Entry]) -> Vec<NaiveDate> {
        let zone = self.settings.site.timezone;
        let days = || entries.iter().filter_map(|entry| entry.started).map(|started| started.with_timezone(&zone).date_naive());
        days().min().zip(days().max()).map(|(first, last)| months_between(first, last)).unwrap_or_default()
    }
}
