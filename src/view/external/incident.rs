use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::{
    ExternalPages, Reading,
    address::Address,
    correction::{Correction, changes},
    preview::{Preview, Previewed},
    service::PublicService,
};
use crate::{
    corpus::{Entry, Published},
    rules::OUTSIDE_IMAGES,
    view::{
        Asset, FeedEntry, api,
        internal::encoded,
        site::{AssetOrigin, rfc3339, utc},
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
    /// An incident in a list.
    PublicIncident {
        /// Title.
        title: String,
        /// Language of the text, where it is not that of the interface.
        lang: Option<String>,
        /// Page.
        href: String,
        /// Day on which impact began.
        date: Option<String>,
        /// How bad it was.
        severity: Option<PublicSeverity>,
        /// What it hit.
        services: Vec<PublicService>,
        /// From start to resolution.
        duration_minutes: Option<f64>,
        /// `resolved`, `ongoing`, or none where the report does not say.
        state: Option<String>,
        /// Whether customers read another text, or none; only `serve` shows such an incident.
        preview: bool,
    }
}

/// An incident that the audience reads.
pub(super) struct Incident {
    pub(super) address: Address,
    pub(super) reading: Reading,
    pub(super) published: DateTime<FixedOffset>,
    pub(super) updated: DateTime<FixedOffset>,
    pub(super) corrections: Vec<Correction>,
    /// Files by destination as written.
    pub(super) images: BTreeMap<String, Asset>,
    /// Why customers don't read this; only where `serve` shows it all the same.
    pub(super) preview: Option<Preview>,
}

impl Incident {
    /// Path of its page.
    pub(super) fn page(&self) -> String {
        page(&self.address.slug)
    }

    /// The same as templates print it.
    pub(super) fn href(&self) -> String {
        encoded(&self.page())
    }

    /// `resolved`, `ongoing`, or none where the report does not say.
    pub(super) fn state(&self) -> Option<String> {
        let state = if self.reading.ended.is_some() {
            "resolved"
        } else if self.reading.is_ongoing {
            "ongoing"
        } else {
            return None;
        };
        Some(state.to_owned())
    }

    pub(super) fn severity(&self) -> Option<PublicSeverity> {
        self.reading.severity.as_ref().map(|(name, rank)| PublicSeverity { name: name.clone(), rank: *rank })
    }
}

/// Path of the page of an incident.
pub(super) fn page(slug: &str) -> String {
    format!("incidents/{slug}/index.html")
}

impl ExternalPages<'_> {
    /// What is read of a postmortem, and in a preview what would be.
    pub(super) fn incident(&self, entry: &Entry, address: Option<&Address>, taken: &mut BTreeSet<String>) -> Option<Incident> {
        let published = entry.publications.get(&self.audience.name)?.published();
        let texts = published.map(Published::texts).unwrap_or_default();
        let read: Vec<(DateTime<FixedOffset>, Reading)> =
            texts.iter().map(|text| (self.in_site_zone(text.commit.authored), Reading::of(&text.parsed, self.audience, self.settings))).collect();
        let differing = read.windows(2).filter_map(|pair| match pair {
            [(_, before), (date, after)] if before != after => Some((*date, changes(before, after, &self.language))),
            _ => None,
        });
        let corrections: Vec<(DateTime<FixedOffset>, Vec<String>)> = differing.collect();
        let first = read.first().map(|(date, _)| *date);
        let named = |mut reading: Reading| {
            // What is compared is the same in every language; what is shown is not.
            let here = |name: &String| self.settings.in_language(self.language.code(), name).to_owned();
            reading.services = reading.services.iter().map(here).collect();
            reading.severity = reading.severity.map(|(name, rank)| (here(&name), rank));
            reading
        };
        if let Some(Previewed { reading, preview, address }) = self.previewed(entry, read.last().map(|(_, reading)| reading), address, taken) {
            let now = self.in_site_zone(self.now.fixed_offset());
            return Some(Incident {
                address,
                images: Self::images(&reading, |path| self.file_of_work_tree(path)),
                reading: named(reading),
                published: first.unwrap_or(now),
                updated: now,
                corrections: dated(corrections),
                preview: Some(preview),
            });
        }
        let commit = published?.text().commit.id;
        let (first, (_, reading)) = first.zip(read.into_iter().next_back())?;
        Some(Incident {
            address: address?.clone(),
            images: Self::images(&reading, |path| {
                let blob = (self.image)(commit, path)?;
                Some((blob.to_string(), AssetOrigin::Blob(blob)))
            }),
            reading: named(reading),
            published: first,
            updated: corrections.last().map_or(first, |(date, _)| *date),
            corrections: dated(corrections),
            preview: None,
        })
    }

    /// The pictures that a text shows, under names that say nothing; `find` gives what tells one from another, and its bytes.
    fn images(reading: &Reading, find: impl Fn(&str) -> Option<(String, AssetOrigin)>) -> BTreeMap<String, Asset> {
        let images = reading.images.iter().filter_map(|(url, path)| {
            let extension = path.rsplit('.').next().map(str::to_ascii_lowercase)?;
            if !OUTSIDE_IMAGES.contains(&&*extension) {
                return None;
            }
            let (identity, origin) = find(path)?;
            let name = uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_OID, identity.as_bytes()).simple().to_string();
            Some((url.clone(), Asset { path: format!("images/{name}.{extension}"), origin, is_stripped: true }))
        });
        images.collect()
    }

    pub(super) fn list_entry(&self, incident: &Incident) -> PublicIncident {
        let reading = &incident.reading;
        PublicIncident {
            title: reading.title.clone(),
            lang: self.foreign_lang(reading),
            href: incident.href(),
            date: reading.began.map(|day| day.to_string()),
            severity: incident.severity(),
            services: self.services(reading),
            duration_minutes: reading.duration_minutes(),
            state: incident.state(),
            preview: incident.preview.is_some(),
        }
    }

    /// The day to which an incident belongs: that of its start in the site's zone; where nobody knows it, that of its publication.
    pub(super) fn day(&self, incident: &Incident) -> NaiveDate {
        let zone = self.settings.site.timezone;
        let started = incident.reading.started.map(|started| started.with_timezone(&zone).date_naive());
        started.or(incident.reading.began).unwrap_or_else(|| incident.published.with_timezone(&zone).date_naive())
    }

    /// The language of a text.
    pub(super) fn lang(&self, reading: &Reading) -> Option<String> {
        reading.lang.clone().or_else(|| self.settings.site.languages.first().cloned())
    }

    /// The language of a text, where it is not that of the interface.
    pub(super) fn foreign_lang(&self, reading: &Reading) -> Option<String> {
        self.lang(reading).filter(|lang| lang.split('-').next() != Some(self.language.code()))
    }

    /// Its entry in the feeds, known by the address that it had first.
    pub(super) fn feed_entry(&self, incident: &Incident, html: String) -> FeedEntry {
        FeedEntry {
            key: self.feed_key(&incident.address),
            title: incident.reading.title.clone(),
            path: format!("incidents/{}/", incident.address.slug),
            html,
            published: Some(incident.published),
            updated: incident.updated,
            author: None,
        }
    }

    /// What the permanent id of an entry is made from.
    pub(super) fn feed_key(&self, address: &Address) -> String {
        format!("{}/{}", self.audience.name, address.first)
    }

    pub(super) fn api(&self, incident: &Incident) -> api::ApiIncident {
        let reading = &incident.reading;
        let path = format!("incidents/{}/", encoded(&incident.address.slug));
        api::ApiIncident {
            slug: incident.address.slug.clone(),
            title: reading.title.clone(),
            severity: reading.severity.as_ref().map(|(name, _)| name.clone()),
            services: reading.services.clone(),
            started: reading.started.map(utc),
            resolved: reading.resolved.map(utc),
            duration_minutes: reading.duration_minutes(),
            published: utc(incident.published),
            updated: utc(incident.updated),
            url: self.audience.base_url.as_ref().map_or_else(|| path.clone(), |base| format!("{base}/{path}")),
        }
    }
}

fn dated(changes: Vec<(DateTime<FixedOffset>, Vec<String>)>) -> Vec<Correction> {
    changes.into_iter().map(|(date, changes)| Correction { date: rfc3339(date), changes }).collect()
}
