use std::{collections::BTreeMap, marker::PhantomData, sync::Arc};

use chrono::{DateTime, FixedOffset, Utc};

use super::{incident::Incident, incident_keys};
use crate::{
    config::{ExternalAudience, Settings},
    corpus::Corpus,
    i18n::Catalogue,
    repo::ObjectId,
    view::{Asset, External, FeedEntry, Page, Site, View, api, site::rfc3339},
};

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
        view.pages.extend(self.retractions(&keys));
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
    pub(super) fn in_site_zone(&self, at: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
        at.with_timezone(&self.settings.site.timezone).fixed_offset()
    }
}
