use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};

use super::{
    ExternalPages,
    figures::Figures,
    incident::{Incident, PublicIncident},
    metadata,
    service::{NamedService, ServiceFilter},
};
use crate::view::{
    Page, TemplateValue,
    chart::{month_of, months_between},
    site::pair,
    value::template_structs,
};

template_structs! {
    /// A month of a list, or several in a row in which nothing happened.
    PublicMonth {
        /// `2026-03`; of several the newest.
        month: String,
        /// The oldest of several quiet months.
        since: Option<String>,
        /// Whether it is the one that is not over yet.
        current: bool,
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

/// Links that every list has.
struct Links {
    services: Vec<ServiceFilter>,
    years: Vec<YearLink>,
}

/// Which list it is.
struct List {
    path: String,
    service: Option<NamedService>,
    year: Option<String>,
    /// What its title says beside the title of the site.
    name: String,
    description: String,
}

impl ExternalPages<'_> {
    /// The index, one list for each service and one for each year.
    pub(super) fn lists(&self, incidents: &[Incident]) -> Vec<Page> {
        let today = self.today();
        let all: Vec<&Incident> = incidents.iter().collect();
        let mut years: BTreeMap<i32, Vec<&Incident>> = BTreeMap::new();
        for incident in incidents {
            years.entry(self.day(incident).year()).or_default().push(incident);
        }
        let year_link = |(year, incidents): (&i32, &Vec<&Incident>)| YearLink {
            year: year.to_string(),
            href: format!("{year}/index.html"),
            count: incidents.len(),
        };
        let links = Links { services: self.filters(incidents), years: years.iter().rev().map(year_link).collect() };
        let year_ago = month_of(today).checked_sub_months(Months::new(11)).unwrap_or(today);
        let recent = if incidents.is_empty() { Vec::new() } else { months_between(year_ago, today) };
        let index =
            List { path: "index.html".to_owned(), service: None, year: None, name: self.title(), description: self.language.text("public-sentence") };
        let mut pages = vec![self.list(index, &links, None, &self.months(&all, &recent))];
        for filter in &links.services {
            let Some(href) = &filter.href else { continue };
            let here: Vec<&Incident> = all.iter().copied().filter(|incident| incident.reading.services.contains(&filter.name)).collect();
            let first = here.iter().map(|incident| month_of(self.day(incident))).min().unwrap_or(today);
            let list = List {
                path: href.clone(),
                service: Some(NamedService { name: filter.name.clone() }),
                year: None,
                name: filter.name.clone(),
                description: self.language.with("public-service-description", [("name", filter.name.clone().into()), ("count", filter.count.into())]),
            };
            let months = months_between(first, here.iter().map(|incident| month_of(self.day(incident))).max().unwrap_or(today).max(month_of(today)));
            pages.push(self.list(list, &links, Some(&Figures::of(&here)), &self.months(&here, &months)));
        }
        for (year, here) in &years {
            let first = NaiveDate::from_ymd_opt(*year, 1, 1).unwrap_or(today);
            let last = NaiveDate::from_ymd_opt(*year, 12, 1).unwrap_or(today);
            // Of this year those that have begun.
            let last = if last > today {
                here.iter().map(|incident| month_of(self.day(incident))).max().unwrap_or(first).max(month_of(today))
            } else {
                last
            };
            let list = List {
                path: format!("{year}/index.html"),
                service: None,
                year: Some(year.to_string()),
                name: year.to_string(),
                description: self.language.with("public-year-description", [("year", year.to_string().into()), ("count", here.len().into())]),
            };
            pages.push(self.list(list, &links, Some(&Figures::of(here)), &self.months(here, &months_between(first, last))));
        }
        pages
    }

    fn list(&self, list: List, links: &Links, figures: Option<&Figures>, months: &[PublicMonth]) -> Page {
        let structured = metadata::collection(self, &list.path, &list.name, &list.description);
        Page {
            template: "index",
            kind: "index",
            context: vec![
                pair("service", &list.service),
                pair("year", &list.year),
                ("figures", figures.map_or(().into(), TemplateValue::template_value)),
                pair("services", &links.services),
                ("months", months.iter().map(TemplateValue::template_value).collect()),
                pair("years", &links.years),
                pair("structured", &structured),
            ],
            path: list.path,
            description: Some(list.description),
        }
    }

    /// The months with their incidents, newest first. Quiet months in a row are one, but for the month that is not over yet.
    fn months(&self, incidents: &[&Incident], months: &[NaiveDate]) -> Vec<PublicMonth> {
        let current = month_of(self.today());
        let mut by_month: BTreeMap<NaiveDate, Vec<PublicIncident>> = months.iter().map(|month| (*month, Vec::new())).collect();
        for incident in incidents {
            if let Some(month) = by_month.get_mut(&month_of(self.day(incident))) {
                month.push(self.list_entry(incident));
            }
        }
        let name = |month: NaiveDate| month.format("%Y-%m").to_string();
        let mut shown: Vec<PublicMonth> = Vec::new();
        for (month, incidents) in by_month.into_iter().rev() {
            match shown.last_mut() {
                Some(last) if incidents.is_empty() && last.incidents.is_empty() && !last.current => last.since = Some(name(month)),
                _ => shown.push(PublicMonth { month: name(month), since: None, current: month == current, incidents }),
            }
        }
        shown
    }

    /// Today in the site's zone.
    pub(super) fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.settings.site.timezone).date_naive()
    }
}
