use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::{
    ExternalPages,
    incident::{Incident, PublicIncident},
    service::NamedService,
};
use crate::view::{
    Page,
    chart::{month_of, months_between},
    site::pair,
    value::template_structs,
};

template_structs! {
    /// A month of the index.
    PublicMonth {
        /// `2026-03`.
        month: String,
        /// Its incidents, newest first.
        incidents: Vec<PublicIncident>,
    }
    /// A year with a page.
    YearLink {
        /// The year.
        year: String,
        /// Page.
        href: String,
        /// Incidents.
        count: usize,
    }
}

impl ExternalPages<'_> {
    /// The index, one for each service and one for each year.
    pub(super) fn indexes(&self, incidents: &[Incident]) -> Vec<Page> {
        let zone = self.settings.site.timezone;
        let today = self.now.with_timezone(&zone).date_naive();
        let all: Vec<&Incident> = incidents.iter().collect();
        let mut years: BTreeMap<i32, Vec<&Incident>> = BTreeMap::new();
        for incident in incidents {
            if let Some(started) = incident.reading.started {
                years.entry(started.with_timezone(&zone).year()).or_default().push(incident);
            }
        }
        let links: Vec<YearLink> = years
            .iter()
            .rev()
            .map(|(year, incidents)| YearLink { year: year.to_string(), href: format!("{year}/index.html"), count: incidents.len() })
            .collect();
        let filters = Self::filters(incidents);
        let months_back = |months: u32| month_of(today).checked_sub_months(chrono::Months::new(months)).unwrap_or(today);
        let page = |path: String, service: Option<NamedService>, year: Option<String>, months: Vec<PublicMonth>| Page {
            template: "index",
            kind: "index",
            path,
            description: None,
            context: vec![pair("service", &service), pair("year", &year), pair("services", &filters), pair("months", &months), pair("years", &links)],
        };
        let recent = if incidents.is_empty() { Vec::new() } else { months_between(months_back(11), today) };
        let mut pages = vec![page("index.html".to_owned(), None, None, self.months(&all, &recent))];
        for filter in &filters {
            let Some(href) = &filter.href else { continue };
            let here: Vec<&Incident> = all.iter().copied().filter(|incident| incident.reading.services.contains(&filter.name)).collect();
            let days =
                || here.iter().filter_map(|incident| incident.reading.started).map(|started| month_of(started.with_timezone(&zone).date_naive()));
            let months: BTreeSet<NaiveDate> = days().collect();
            pages.push(page(
                href.clone(),
                Some(NamedService { name: filter.name.clone() }),
                None,
                self.months(&here, &months.into_iter().collect::<Vec<_>>()),
            ));
        }
        for (year, here) in &years {
            let first = NaiveDate::from_ymd_opt(*year, 1, 1).unwrap_or(today);
            let last = NaiveDate::from_ymd_opt(*year, 12, 1).unwrap_or(today).min(today.max(first));
            pages.push(page(format!("{year}/index.html"), None, Some(year.to_string()), self.months(here, &months_between(first, last))));
        }
        pages
    }

    /// The months with their incidents, newest first. Incidents without a start stand in the month in which they were published.
    pub(super) fn months(&self, incidents: &[&Incident], months: &[NaiveDate]) -> Vec<PublicMonth> {
        let zone = self.settings.site.timezone;
        let mut by_month: BTreeMap<NaiveDate, Vec<PublicIncident>> = months.iter().map(|month| (*month, Vec::new())).collect();
        for incident in incidents {
            let day = incident.reading.started.unwrap_or(incident.published).with_timezone(&zone).date_naive();
            if let Some(month) = by_month.get_mut(&month_of(day)) {
                month.push(self.list_entry(incident));
            }
        }
        by_month.into_iter().rev().map(|(month, incidents)| PublicMonth { month: month.format("%Y-%m").to_string(), incidents }).collect()
    }
}
