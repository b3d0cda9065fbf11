use std::{
    collections::{BTreeMap, BTreeSet},
    marker::PhantomData,
    sync::Arc,
};

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Utc};

use super::{Reading, ReadingSection, incident_keys};
use crate::{
    config::{ExternalAudience, Settings},
    corpus::{Corpus, Distribution, Publication},
    i18n::Catalogue,
    repo::ObjectId,
    rules::OUTSIDE_IMAGES,
    text::slug,
    view::{
        Asset, External, FeedEntry, Page, Site, TemplateValue, View, api,
        chart::{Band, Chart, Columns, Unit, month_of, months_between},
        html::{RawHtml, Renderer, plain_text},
        internal::{encoded, zone},
        site::{AssetOrigin, pair, rfc3339},
        value::template_structs,
    },
};

template_structs! {
    /// A severity in public words.
    PublicSeverity {
        /// Public name.
        name: String,
        /// 1 is the most severe.
        rank: usize,
    }
    /// A service in public words.
    PublicService {
        /// Public name.
        name: String,
        /// Its page.
        href: Option<String>,
    }
    /// A service with a count.
    ServiceFilter {
        /// Public name.
        name: String,
        /// Its page.
        href: Option<String>,
        /// Published incidents.
        count: usize,
    }
    /// A row of the public timeline.
    PublicRow {
        /// When, RFC 3339.
        at: Option<String>,
        /// Always none: a time as written never goes outside.
        text_time: Option<String>,
        /// What happened, safe HTML.
        html: String,
    }
    /// A day of the public timeline.
    PublicDay {
        /// The day.
        date: Option<String>,
        /// Its rows.
        rows: Vec<PublicRow>,
    }
    /// The public timeline.
    PublicTimeline {
        /// Zone of its clocks.
        zone: String,
        /// Its days.
        days: Vec<PublicDay>,
    }
    /// A public section.
    PublicSection {
        /// Anchor.
        id: String,
        /// Title.
        title: String,
        /// Safe HTML.
        html: String,
    }
    /// A later approved revision that changed what is read.
    Correction {
        /// When it was approved.
        date: String,
        /// Titles of the sections that changed.
        parts: Vec<String>,
    }
    /// An incident in a list.
    PublicIncident {
        /// Title.
        title: String,
        /// Language of the text, where it is not that of the interface.
        lang: Option<String>,
        /// Page.
        href: String,
        /// When impact began.
        started: Option<String>,
        /// How bad it was.
        severity: Option<PublicSeverity>,
        /// What it hit.
        services: Vec<PublicService>,
        /// From start to resolution.
        duration_minutes: Option<f64>,
        /// Whether it was resolved.
        over: bool,
    }
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
    /// The year of a page.
    NamedService {
        /// Public name.
        name: String,
    }
    /// A year of the history.
    YearCounts {
        /// The year.
        year: String,
        /// Incidents by severity.
        counts: Vec<usize>,
        /// All of them.
        total: usize,
        /// Median duration.
        median_minutes: Option<f64>,
    }
    /// A service of the history.
    ServiceTotal {
        /// Public name.
        name: String,
        /// Its page.
        href: Option<String>,
        /// Incidents.
        count: usize,
        /// Sum of known durations.
        duration_minutes: Option<f64>,
    }
}

/// What the pages of one external audience are made from.
pub struct ExternalPages<'a> {
    /// Every postmortem.
    pub corpus: &'a Corpus,
    /// The configuration.
    pub settings: &'a Settings,
    /// The audience.
    pub audience: &'a ExternalAudience,
    /// Words of the interface.
    pub language: Arc<Catalogue>,
    /// The clock of the run.
    pub now: DateTime<Utc>,
    /// Name and version of the generator.
    pub generator: String,
    /// The blob that a path had in a commit: images are those of the revision that is read.
    pub image: &'a (dyn Fn(ObjectId, &str) -> Option<ObjectId> + Sync),
}

/// A published incident.
struct Incident {
    slug: String,
    reading: Reading,
    published: DateTime<FixedOffset>,
    updated: DateTime<FixedOffset>,
    corrections: Vec<Correction>,
    /// Files by destination as written.
    images: BTreeMap<String, Asset>,
}

impl ExternalPages<'_> {
    /// Makes the view of the audience.
    #[must_use]
    pub fn view(&self) -> View<External> {
        let keys = incident_keys(self.corpus, self.audience, self.settings);
        let mut incidents: Vec<Incident> = self.corpus.entries().iter().filter_map(|entry| self.incident(entry, keys.get(entry.path())?)).collect();
        incidents.sort_by(|one, other| (other.reading.started, &one.slug).cmp(&(one.reading.started, &other.slug)));
        let mut view = View {
            audience: self.audience.name.clone(),
            site: self.site(),
            pages: Vec::new(),
            feed: Vec::new(),
            calendar: Vec::new(),
            assets: Vec::new(),
            data: Vec::new(),
            base_url: self.audience.base_url.clone(),
            language: Arc::clone(&self.language),
            kind: PhantomData,
        };
        view.pages.extend(self.indexes(&incidents));
        let mut assets: BTreeMap<String, Asset> = BTreeMap::new();
        for incident in &incidents {
            let (page, html) = self.incident_page(incident);
            view.pages.push(page);
            view.feed.push(FeedEntry {
                key: format!("{}/{}", self.audience.name, incident.slug),
                title: incident.reading.title.clone(),
                path: format!("incidents/{}/", incident.slug),
                html,
                published: Some(incident.published),
                updated: incident.updated,
                author: None,
            });
            assets.extend(incident.images.values().map(|asset| (asset.path.clone(), asset.clone())));
        }
        view.feed.sort_by(|one, other| (other.updated, &other.key).cmp(&(one.updated, &one.key)));
        view.assets = assets.into_values().collect();
        for entry in self.corpus.entries() {
            if let (Some(Publication::Retracted(retracted)), Some(key)) = (entry.publications.get(&self.audience.name), keys.get(entry.path())) {
                view.pages.push(Page {
                    template: "retracted",
                    kind: "retracted",
                    path: format!("incidents/{key}/index.html"),
                    description: None,
                    context: vec![pair("date", &rfc3339(self.in_site_zone(retracted.since.unwrap_or_else(|| self.now.fixed_offset()))))],
                });
            }
        }
        view.pages.push(self.history(&incidents));
        view.pages.push(Page { template: "404", kind: "404", path: "404.html".to_owned(), description: None, context: Vec::new() });
        view.data.push(api::external(incidents.iter().map(|incident| self.api(incident))));
        view
    }

    fn site(&self) -> Site {
        Site {
            title: self.audience.title.clone(),
            lang: self.language.code().to_owned(),
            audience: self.audience.name.clone(),
            generated: rfc3339(self.now.with_timezone(&self.settings.site.timezone).fixed_offset()),
            generator: self.generator.clone(),
            timezone: self.settings.site.timezone.name().to_owned(),
            feed: true,
            shallow: false,
        }
    }

    /// The time of a commit without the offset that says where its author was.
    fn in_site_zone(&self, at: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
        at.with_timezone(&self.settings.site.timezone).fixed_offset()
    }

    fn incident(&self, entry: &crate::corpus::Entry, key: &str) -> Option<Incident> {
        let published = entry.publications.get(&self.audience.name)?.published()?;
        let texts = published.texts().iter();
        let readings: Vec<(DateTime<FixedOffset>, Reading)> =
            texts.map(|text| (self.in_site_zone(text.commit.authored), Reading::of(&text.parsed, self.audience, self.settings))).collect();
        let changes = readings.windows(2).filter_map(|pair| match pair {
            [(_, before), (date, after)] if before != after => Some((*date, changed_sections(before, after))),
            _ => None,
        });
        let changes: Vec<(DateTime<FixedOffset>, Vec<String>)> = changes.collect();
        let (first, _) = readings.first()?;
        let (_, reading) = readings.last()?;
        let commit = published.text().commit.id;
        let images = reading.images.iter().filter_map(|(url, path)| {
            let extension = path.rsplit('.').next().map(str::to_ascii_lowercase)?;
            if !OUTSIDE_IMAGES.contains(&&*extension) {
                return None;
            }
            let blob = (self.image)(commit, path)?;
            let name = uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_OID, blob.to_string().as_bytes()).simple().to_string();
            let asset = Asset { path: format!("images/{name}.{extension}"), origin: AssetOrigin::Blob(blob), is_stripped: true };
            Some((url.clone(), asset))
        });
        Some(Incident {
            slug: key.to_owned(),
            images: images.collect(),
            reading: reading.clone(),
            published: *first,
            updated: changes.last().map_or(*first, |(date, _)| *date),
            corrections: changes.into_iter().map(|(date, parts)| Correction { date: rfc3339(date), parts }).collect(),
        })
    }

    fn incident_page(&self, incident: &Incident) -> (Page, String) {
        let reading = &incident.reading;
        let addresses = incident.images.iter().map(|(url, asset)| (url.clone(), format!("../../{}", asset.path))).collect();
        let mut renderer = Renderer::new(RawHtml::Dropped, &addresses);
        renderer.ids = BTreeSet::from(["main", "what-happened", "timeline", "corrections"].map(str::to_owned));
        // Without a summary of its own, the section that is written for customers opens the page.
        let (opening, rest): (Vec<&ReadingSection>, Vec<&ReadingSection>) = match reading.summary {
            Some(_) => (Vec::new(), reading.sections.iter().collect()),
            None => reading.sections.iter().partition(|section| section.is_customer_summary),
        };
        let mut summary = reading.summary.as_deref().map(|text| renderer.render(text)).unwrap_or_default();
        for section in opening {
            summary.push_str(&renderer.render(&section.markdown));
        }
        let mut sections = Vec::new();
        for section in rest {
            let title =
                if section.is_customer_summary || section.title.is_empty() { self.language.text("public-details") } else { section.title.clone() };
            sections.push(PublicSection { id: renderer.unique_id(&slug(&title)), html: renderer.render(&section.markdown), title });
        }
        let timeline = timeline(reading, &mut renderer);
        let context = vec![
            pair("title", &reading.title),
            pair("lang", &self.foreign_lang(reading)),
            pair("summary", &summary),
            pair("severity", &severity(reading)),
            pair("services", &Self::services(reading)),
            pair("started", &reading.started.map(rfc3339)),
            pair("resolved", &reading.resolved.map(rfc3339)),
            pair("duration_minutes", &reading.duration_minutes()),
            pair("zone", &reading.started.or(reading.resolved).map(zone)),
            pair("timeline", &timeline),
            pair("sections", &sections),
            pair("corrections", &incident.corrections),
            pair("published", &Some(rfc3339(incident.published))),
            pair("updated", &Some(rfc3339(incident.updated))),
        ];
        let description = reading.summary.as_deref().or_else(|| reading.sections.first().map(|section| &*section.markdown)).map(plain_text);
        let page = Page {
            template: "incident",
            kind: "incident",
            path: format!("incidents/{}/index.html", incident.slug),
            description: description.map(|text| shortened(&text)).filter(|text| !text.is_empty()),
            context,
        };
        (page, summary)
    }

    /// The index, one for each service and one for each year.
    fn indexes(&self, incidents: &[Incident]) -> Vec<Page> {
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
    fn months(&self, incidents: &[&Incident], months: &[NaiveDate]) -> Vec<PublicMonth> {
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

    fn list_entry(&self, incident: &Incident) -> PublicIncident {
        let reading = &incident.reading;
        PublicIncident {
            title: reading.title.clone(),
            lang: self.foreign_lang(reading),
            href: format!("incidents/{}/index.html", encoded(&incident.slug)),
            started: reading.started.map(rfc3339),
            severity: severity(reading),
            services: Self::services(reading),
            duration_minutes: reading.duration_minutes(),
            over: reading.resolved.is_some(),
        }
    }

    fn filters(incidents: &[Incident]) -> Vec<ServiceFilter> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for service in incidents.iter().flat_map(|incident| &incident.reading.services) {
            *counts.entry(service).or_default() += 1;
        }
        let mut filters: Vec<ServiceFilter> =
            counts.into_iter().map(|(name, count)| ServiceFilter { name: name.to_owned(), href: service_href(name), count }).collect();
        filters.sort_by(|one, other| (other.count, &one.name).cmp(&(one.count, &other.name)));
        filters
    }

    fn services(reading: &Reading) -> Vec<PublicService> {
        reading.services.iter().map(|name| PublicService { name: name.clone(), href: service_href(name) }).collect()
    }

    /// The language of a text, where it is not that of the interface.
    fn foreign_lang(&self, reading: &Reading) -> Option<String> {
        let lang = reading.lang.clone().or_else(|| self.settings.site.languages.first().cloned())?;
        (lang.split('-').next() != Some(self.language.code())).then_some(lang)
    }

    /// Count, duration, public severity and service over what is published: nothing else is ever counted outside.
    fn history(&self, incidents: &[Incident]) -> Page {
        let zone = self.settings.site.timezone;
        let bands: Vec<Band> = self
            .settings
            .severities
            .iter()
            .enumerate()
            .filter_map(|(rank, severity)| {
                let label = severity.public_name.clone()?;
                Some(Band { key: label.clone(), class: format!("severity-{}", (rank + 1).min(4)), label })
            })
            .collect();
        let band_of = |incident: &Incident| incident.reading.severity.as_ref().and_then(|(name, _)| bands.iter().position(|band| band.key == *name));
        let mut values: BTreeMap<(NaiveDate, usize), f64> = BTreeMap::new();
        let mut years: BTreeMap<i32, Vec<&Incident>> = BTreeMap::new();
        for incident in incidents {
            let Some(started) = incident.reading.started else { continue };
            let day = started.with_timezone(&zone).date_naive();
            years.entry(day.year()).or_default().push(incident);
            if let Some(band) = band_of(incident) {
                *values.entry((month_of(day), band)).or_default() += 1.0;
            }
        }
        let today = self.now.with_timezone(&zone).date_naive();
        let first = month_of(today).checked_sub_months(chrono::Months::new(23)).unwrap_or(today);
        let months = months_between(values.keys().map(|(month, _)| *month).min().unwrap_or(today).max(first), today);
        let chart: Chart =
            Columns { language: &self.language, height: 120, months: &months, bands: &bands, values: &values, href: |_| None, unit: Unit::Incidents }
                .chart();
        let severities: Vec<PublicSeverity> = self
            .settings
            .severities
            .iter()
            .enumerate()
            .filter_map(|(rank, severity)| Some(PublicSeverity { name: severity.public_name.clone()?, rank: rank + 1 }))
            .collect();
        let years: Vec<YearCounts> = years
            .into_iter()
            .rev()
            .map(|(year, here)| YearCounts {
                year: year.to_string(),
                counts: (0..bands.len()).map(|band| here.iter().filter(|incident| band_of(incident) == Some(band)).count()).collect(),
                total: here.len(),
                median_minutes: Distribution::of(here.iter().map(|incident| incident.reading.duration_minutes())).median,
            })
            .collect();
        let services: Vec<ServiceTotal> = Self::filters(incidents)
            .into_iter()
            .map(|filter| {
                let here = incidents.iter().filter(|incident| incident.reading.services.contains(&filter.name));
                let known: Vec<f64> = here.filter_map(|incident| incident.reading.duration_minutes()).collect();
                let duration_minutes = (!known.is_empty()).then(|| known.iter().sum());
                ServiceTotal { name: filter.name, href: filter.href, count: filter.count, duration_minutes }
            })
            .collect();
        Page {
            template: "trends",
            kind: "trends",
            path: "trends/index.html".to_owned(),
            description: None,
            context: vec![
                ("incidents", incidents.len().into()),
                ("chart", chart.template_value()),
                pair("severities", &severities),
                pair("years", &years),
                pair("services", &services),
            ],
        }
    }

    fn api(&self, incident: &Incident) -> api::ApiIncident {
        let reading = &incident.reading;
        let path = format!("incidents/{}/", encoded(&incident.slug));
        let utc = |at: Option<DateTime<FixedOffset>>| at.map(crate::view::site::utc);
        api::ApiIncident {
            slug: incident.slug.clone(),
            title: reading.title.clone(),
            severity: reading.severity.as_ref().map(|(name, _)| name.clone()),
            services: reading.services.clone(),
            started: utc(reading.started),
            resolved: utc(reading.resolved),
            duration_minutes: reading.duration_minutes(),
            published: crate::view::site::utc(incident.published),
            updated: crate::view::site::utc(incident.updated),
            url: self.audience.base_url.as_ref().map_or_else(|| path.clone(), |base| format!("{base}/{path}")),
        }
    }
}

fn severity(reading: &Reading) -> Option<PublicSeverity> {
    reading.severity.as_ref().map(|(name, rank)| PublicSeverity { name: name.clone(), rank: *rank })
}

fn service_href(name: &str) -> Option<String> {
    let slug = slug(name);
    (!slug.is_empty()).then(|| format!("services/{slug}/index.html"))
}

fn timeline(reading: &Reading, renderer: &mut Renderer<'_>) -> Option<PublicTimeline> {
    let offset = reading.rows.iter().find_map(|row| row.at).or(reading.started)?;
    let mut days: Vec<PublicDay> = Vec::new();
    for row in &reading.rows {
        let date = row.at.map(|at| at.date_naive().to_string());
        let line = PublicRow { at: row.at.map(rfc3339), text_time: None, html: renderer.render_inline(&row.markdown) };
        match days.last_mut() {
            Some(day) if day.date == date || date.is_none() => day.rows.push(line),
            _ => days.push(PublicDay { date, rows: vec![line] }),
        }
    }
    (!days.is_empty()).then(|| PublicTimeline { zone: zone(offset), days })
}

/// Titles of the sections that differ between two readings; empty when only facts or the summary do.
fn changed_sections(before: &Reading, after: &Reading) -> Vec<String> {
    let is_new = |section: &&ReadingSection| !before.sections.contains(section);
    after
        .sections
        .iter()
        .filter(is_new)
        .filter(|section| !section.is_customer_summary && !section.title.is_empty())
        .map(|section| section.title.clone())
        .collect()
}

/// At most 200 characters, cut between words.
fn shortened(text: &str) -> String {
    const MOST: usize = 200;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(MOST).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(&*cut, |(whole, _)| whole))
}
