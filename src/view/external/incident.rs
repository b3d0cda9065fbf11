use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset};

use super::{
    ExternalPages, Reading, ReadingSection,
    correction::{Correction, changed_sections},
    service::PublicService,
    timeline::timeline,
};
use crate::{
    text::slug,
    view::{
        Asset, Page, api,
        html::{RawHtml, Renderer, plain_text},
        internal::{encoded, zone},
        search::shortened,
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
    /// A public section.
    PublicSection {
        /// Anchor.
        id: String,
        /// Title.
        title: String,
        /// Safe HTML.
        html: String,
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
}

/// Characters of a description: search engines and cards show no more.
const DESCRIPTION: usize = 200;

/// A published incident.
pub(super) struct Incident {
    pub(super) slug: String,
    pub(super) reading: Reading,
    pub(super) published: DateTime<FixedOffset>,
    pub(super) updated: DateTime<FixedOffset>,
    pub(super) corrections: Vec<Correction>,
    /// Files by destination as written.
    pub(super) images: BTreeMap<String, Asset>,
}

impl ExternalPages<'_> {
    pub(super) fn incident(&self, entry: &crate::corpus::Entry, key: &str) -> Option<Incident> {
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
            if !["png", "jpg", "jpeg", "webp"].contains(&&*extension) {
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

    pub(super) fn incident_page(&self, incident: &Incident) -> (Page, String) {
        let reading = &incident.reading;
        let addresses = incident.images.iter().map(|(url, asset)| (url.clone(), format!("{}../../{}", self.edition.up(), asset.path))).collect();
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
            description: description.map(|text| shortened(&text, DESCRIPTION)).filter(|text| !text.is_empty()),
            context,
        };
        (page, summary)
    }

    pub(super) fn list_entry(&self, incident: &Incident) -> PublicIncident {
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

    /// The language of a text, where it is not that of the interface.
    pub(super) fn foreign_lang(&self, reading: &Reading) -> Option<String> {
        let lang = reading.lang.clone().or_else(|| self.settings.site.languages.first().cloned())?;
        (lang.split('-').next() != Some(self.language.code())).then_some(lang)
    }

    pub(super) fn api(&self, incident: &Incident) -> api::ApiIncident {
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

pub(super) fn severity(reading: &Reading) -> Option<PublicSeverity> {
    reading.severity.as_ref().map(|(name, rank)| PublicSeverity { name: name.clone(), rank: *rank })
}
