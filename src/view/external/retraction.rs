use std::collections::BTreeMap;

use super::{ExternalPages, address::Address, incident};
use crate::{
    config::Retraction,
    corpus::Publication,
    view::{
        FeedEntry, Page, Tombstone,
        site::{pair, rfc3339},
    },
};

/// What stays of incidents that were taken back.
#[derive(Default)]
pub(super) struct Retractions {
    /// Notices at their addresses.
    pub(super) pages: Vec<Page>,
    /// Entries that say so, under the ids of the incidents.
    pub(super) feed: Vec<FeedEntry>,
    /// Ids that readers of feeds should forget.
    pub(super) tombstones: Vec<Tombstone>,
}

impl ExternalPages<'_> {
    pub(super) fn retractions(&self, addresses: &BTreeMap<String, Address>) -> Retractions {
        let mut retractions = Retractions::default();
        for entry in self.corpus.entries() {
            let (Some(Publication::Retracted(retracted)), Some(address)) = (entry.publications.get(&self.audience.name), addresses.get(entry.path()))
            else {
                continue;
            };
            let since = self.in_site_zone(retracted.since.unwrap_or_else(|| self.now.fixed_offset()));
            if self.audience.retraction == Retraction::Gone {
                retractions.tombstones.push(Tombstone { key: self.feed_key(address), deleted: since });
                continue;
            }
            retractions.pages.push(Page {
                template: "retracted",
                kind: "retracted",
                path: incident::page(&address.slug),
                description: None,
                context: vec![pair("date", &rfc3339(since)), pair("structured", &None::<String>)],
            });
            let date = self.language.date(since.date_naive());
            let notice = self.language.with("public-retracted-text", [("date", date.into())]);
            let published = retracted.published.texts().first().map(|text| self.in_site_zone(text.commit.authored));
            retractions.feed.push(FeedEntry {
                key: self.feed_key(address),
                title: self.language.text("public-retracted"),
                path: format!("incidents/{}/", address.slug),
                html: format!("<p>{}</p>", html_escape::encode_text(&notice)),
                published,
                updated: since,
                author: None,
            });
        }
        retractions
    }
}
