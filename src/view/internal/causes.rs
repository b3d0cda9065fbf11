use std::collections::BTreeMap;

use super::{
    Pages, list,
    lists::{FacetView, folder_href},
    services::LastIncident,
};
use crate::{
    corpus::Entry,
    view::{Page, chart::Share, site::pair, value::template_structs},
};

template_structs! {
    /// A contributing factor in the list.
    CauseRow {
        /// As written.
        name: String,
        /// Page.
        href: String,
        /// Incidents that count.
        incidents: usize,
        /// By severity.
        segments: Vec<Share>,
        /// Services that it hit more than once, the most often hit first.
        recurring: Vec<HitService>,
        /// Actions that are not finished.
        open_actions: usize,
        /// Its newest postmortem.
        last: Option<LastIncident>,
    }
    /// A service and how often a contributing factor hit it.
    HitService {
        /// Name.
        name: String,
        /// Page.
        href: Option<String>,
        /// How often.
        count: usize,
    }
}

/// A contributing factor with its postmortems, newest first.
struct Cause<'e> {
    name: String,
    href: String,
    entries: Vec<&'e Entry>,
}

impl Pages<'_> {
    /// The list of contributing factors and a page for each.
    pub(super) fn causes(&self) -> Vec<Page> {
        let mut by_page: BTreeMap<String, Cause<'_>> = BTreeMap::new();
        for entry in self.corpus.entries() {
            for cause in &entry.postmortem().causes {
                // Spellings with the same address are one; the first wins.
                let Some(href) = folder_href("causes", &cause.value) else { continue };
                let cause = by_page.entry(href.clone()).or_insert_with(|| Cause { name: cause.value.clone(), href, entries: Vec::new() });
                if cause.entries.last().is_none_or(|last| !std::ptr::eq(*last, entry)) {
                    cause.entries.push(entry);
                }
            }
        }
        let whole = by_page.values().map(|cause| counted(&cause.entries).len()).max().unwrap_or(1);
        let mut rows: Vec<CauseRow> = by_page.values().map(|cause| self.cause_row(cause, whole)).collect();
        rows.sort_by(|one, other| (other.incidents, &one.name).cmp(&(one.incidents, &other.name)));
        let all: Vec<&Entry> = self.counted().map(|(_, entry)| entry).collect();
        let unnamed = all.iter().filter(|entry| entry.postmortem().causes.is_empty()).count();
        let unused = self.settings.causes.iter().filter(|cause| folder_href("causes", cause).is_some_and(|href| !by_page.contains_key(&href)));
        let mut pages = vec![Page {
            template: "causes",
            kind: "causes",
            path: "causes/index.html".to_owned(),
            description: None,
            context: vec![
                ("causes", list(&rows)),
                ("legend", list(&self.severity_key(&all))),
                ("unnamed", unnamed.into()),
                ("unused", list(&unused.cloned().collect::<Vec<_>>())),
            ],
        }];
        for cause in by_page.values() {
            pages.extend(self.cause(cause));
        }
        pages
    }

    fn cause_row(&self, cause: &Cause<'_>, whole: usize) -> CauseRow {
        let counted = counted(&cause.entries);
        let mut recurring = self.hit_services(&counted);
        recurring.retain(|service| service.count > 1);
        CauseRow {
            name: cause.name.clone(),
            href: cause.href.clone(),
            incidents: counted.len(),
            segments: self.severity_shares(&counted, whole),
            recurring,
            open_actions: self.open_actions(&cause.entries).len(),
            last: cause.entries.first().map(|entry| LastIncident::of(entry)),
        }
    }

    fn hit_services(&self, entries: &[&Entry]) -> Vec<HitService> {
        let mut services: BTreeMap<String, HitService> = BTreeMap::new();
        for entry in entries {
            for service in &entry.postmortem().services {
                let link = self.service_link(&service.value);
                services.entry(link.id).or_insert(HitService { name: link.name, href: link.href, count: 0 }).count += 1;
            }
        }
        let mut services: Vec<HitService> = services.into_values().collect();
        services.sort_by(|one, other| (other.count, &one.name).cmp(&(one.count, &other.name)));
        services
    }

    fn cause(&self, cause: &Cause<'_>) -> Vec<Page> {
        let folder = cause.href.trim_end_matches("/index.html");
        let facet = || Some(FacetView { key: "cause".to_owned(), name: cause.name.clone(), href: cause.href.clone() });
        let (years, mut pages) = self.years(&cause.entries, folder, folder, &facet);
        let counted = counted(&cause.entries);
        let services = self.hit_services(&counted);
        pages.push(Page {
            template: "cause",
            kind: "cause",
            path: cause.href.clone(),
            description: None,
            context: vec![
                pair("name", &cause.name),
                ("incidents", counted.len().into()),
                ("services", list(&services)),
                pair("chart", &self.incidents_chart(&counted, &self.months_of(&counted), 100)),
                ("actions", list(&self.open_actions(&cause.entries))),
                ("years", list(&years)),
            ],
        });
        pages
    }
}

fn counted<'e>(entries: &[&'e Entry]) -> Vec<&'e Entry> {
    entries.iter().copied().filter(|entry| entry.postmortem().is_counted()).collect()
}
