use std::{
    collections::{BTreeMap, BTreeSet},
    marker::PhantomData,
    sync::Arc,
};

use chrono::{DateTime, FixedOffset, Utc};

use super::{incident::Incident, incident_addresses, preview::WorkTree};
use crate::{
    config::{ExternalAudience, Retraction, Settings},
    corpus::{Corpus, Publication},
    i18n::Catalogue,
    repo::ObjectId,
    view::{
        Asset, Edition, External, Listed, Page, Site, View, api,
        site::{pair, rfc3339},
    },
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
    /// What is written now, for a preview of it; none in a build.
    pub work_tree: Option<WorkTree<'a>>,
}

impl ExternalPages<'_> {
    /// Makes the view of the audience.
    #[must_use]
    pub fn view(&self) -> View<External> {
        let addresses = incident_addresses(self.corpus, self.audience, self.settings);
        let mut taken: BTreeSet<String> = addresses.values().flat_map(|address| address.former.iter().chain([&address.slug]).cloned()).collect();
        let incidents = self.corpus.entries().iter().filter_map(|entry| self.incident(entry, addresses.get(entry.path()), &mut taken));
        let mut incidents: Vec<Incident> = incidents.collect();
        incidents.sort_by(|one, other| {
            (other.reading.started, other.reading.began, &one.address.slug).cmp(&(one.reading.started, one.reading.began, &other.address.slug))
        });
        let retractions = self.retractions(&addresses);
        let mut view = View {
            audience: self.audience.name.clone(),
            site: self.site(),
            pages: self.lists(&incidents),
            feed: retractions.feed,
            tombstones: retractions.tombstones,
            calendar: Vec::new(),
            assets: Vec::new(),
            search: incidents.iter().map(|incident| self.search_entry(incident)).collect(),
            data: vec![api::external(incidents.iter().map(|incident| self.api(incident)))],
            base_url: self.audience.base_url.clone(),
            listed: Vec::new(),
            mount: self.mount.clone(),
            edition: self.edition.clone(),
            language: Arc::clone(&self.language),
            kind: PhantomData,
        };
        let mut assets: BTreeMap<String, Asset> = BTreeMap::new();
        for incident in &incidents {
            let (page, summary) = self.incident_page(incident);
            view.pages.push(page);
            view.pages.extend(self.moved(&incident.address, Some(&incident.reading)));
            view.feed.push(self.feed_entry(incident, summary));
            assets.extend(incident.images.values().map(|asset| (asset.path.clone(), asset.clone())));
        }
        view.feed.sort_by(|one, other| (other.updated, &other.key).cmp(&(one.updated, &one.key)));
        view.assets = assets.into_values().collect();
        if self.audience.retraction == Retraction::Notice {
            let retracted =
                self.corpus.entries().iter().filter(|entry| matches!(entry.publications.get(&self.audience.name), Some(Publication::Retracted(_))));
            view.pages.extend(retracted.filter_map(|entry| addresses.get(entry.path())).flat_map(|address| self.moved(address, None)));
        }
        view.pages.extend(retractions.pages);
        view.pages.push(self.history(&incidents));
        view.pages.push(Self::search_page(incidents.len()));
        view.pages.push(Page {
            template: "404",
            kind: "404",
            path: "404.html".to_owned(),
            description: None,
            context: vec![pair("structured", &None::<String>)],
        });
        view.listed = listed(&view.pages, &incidents);
        view
    }

    fn site(&self) -> Site {
        Site {
            title: self.title(),
            lang: self.language.code().to_owned(),
            audience: self.audience.name.clone(),
            generated: rfc3339(self.now.with_timezone(&self.settings.site.timezone).fixed_offset()),
            generator: self.generator.clone(),
            timezone: self.settings.site.timezone.name().to_owned(),
            feed: true,
            shallow: false,
        }
    }

    /// The title of the site in the language of the page.
    pub(super) fn title(&self) -> String {
        self.settings.in_language(self.language.code(), &self.audience.title).to_owned()
    }

    /// The time of a commit without the offset that says where its author was.
    pub(super) fn in_site_zone(&self, at: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
        at.with_timezone(&self.settings.site.timezone).fixed_offset()
    }
}

/// Pages that search engines may list: what only says that nothing is there is none, nor is the search.
fn listed(pages: &[Page], incidents: &[Incident]) -> Vec<Listed> {
    let modified: BTreeMap<String, DateTime<FixedOffset>> = incidents.iter().map(|incident| (incident.page(), incident.updated)).collect();
    // Lists change when one of their incidents does, or with a new one.
    let newest = incidents.iter().map(|incident| incident.updated).max();
    let pages = pages.iter().filter(|page| !["404", "retracted", "moved", "search"].contains(&page.kind));
    pages
        .map(|page| Listed { path: page.path.clone(), modified: modified.get(&page.path).copied().or(newest.filter(|_| page.path == "index.html")) })
        .collect()
}
