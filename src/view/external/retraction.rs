use std::collections::BTreeMap;

use super::ExternalPages;
use crate::{
    corpus::Publication,
    view::{
        Page,
        site::{pair, rfc3339},
    },
};

impl ExternalPages<'_> {
    /// The notices that stand where a page was taken back.
    pub(super) fn retractions(&self, keys: &BTreeMap<String, String>) -> Vec<Page> {
        let mut pages = Vec::new();
        for entry in self.corpus.entries() {
            if let (Some(Publication::Retracted(retracted)), Some(key)) = (entry.publications.get(&self.audience.name), keys.get(entry.path())) {
                pages.push(Page {
                    template: "retracted",
                    kind: "retracted",
                    path: format!("incidents/{key}/index.html"),
                    description: None,
                    context: vec![pair("date", &rfc3339(self.in_site_zone(retracted.since.unwrap_or_else(|| self.now.fixed_offset()))))],
                });
            }
        }
        pages
    }
}
