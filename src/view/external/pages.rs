use std::{collections::BTreeMap, marker::PhantomData, sync::Arc};

use chrono::{DateTime, FixedOffset, Utc};

use super::{incident::Incident, incident_keys};
use crate::{
    config::{ExternalAudience, Settings},
    corpus::Corpus,
    i18n::Catalogue,
    repo::ObjectId,
    view::{Asset, Edition, External, FeedEntry, Listed, Page, Site, View, api, site::rfc3339},
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
    /// The same among the languages of the site.
    pub edition: Edition,
    /// Path at which the site is served, with slashes around it, where that is known.
    pub mount: Option<String>,
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
            search: incidents.iter().map(|incident| self.search_entry(incident)).collect(),
            data: Vec::new(),
            base_url: self.audience.base_url.clone(),
            listed: Vec::new(),
            mount: self.mount.clone(),
            edition: self.edition.clone(),
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
        view.pages.push(Self::search_page(incidents.len()));
        view.pages.push(Page { template: "404", kind: "404", path: "404.html".to_owned(), description: None, context: Vec::new() });
        view.listed = listed(&view.pages, &incidents);
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

/// Pages that search engines may list: what only says that nothing is there is none.
fn listed(pages: &[Page], incidents: &[Incident]) -> Vec<Listed> {
    let modified: BTreeMap<String, DateTime<FixedOffset>> =
        incidents.iter().map(|incident| (format!("incidents/{}/index.html", incident.slug), incident.updated)).collect();
    // Lists change when one of their incidents does, or with a new one.
    let newest = incidents.iter().map(|incident| incident.updated).max();
    let pages = pages.iter().filter(|page| !["404", "retracted"].contains(&page.kind));
    pages
        .map(|page| Listed { path: page.path.clone(), modified: modified.get(&page.path).copied().or(newest.filter(|_| page.path == "index.html")) })
        .collect()
}
