use super::{ExternalPages, Reading, address::Address, incident};
use crate::view::{Page, internal::encoded, site::pair};

impl ExternalPages<'_> {
    /// Pages at the addresses that an incident had before, each of which leads to the one that it has; without a reading, to its notice.
    pub(super) fn moved(&self, address: &Address, reading: Option<&Reading>) -> Vec<Page> {
        let target = incident::page(&address.slug);
        let url = self.audience.base_url.as_ref().map(|base| {
            let path = encoded(&format!("{}{}", self.edition.folder(), target.trim_end_matches("index.html")));
            format!("{base}/{path}")
        });
        let page = |former: &String| Page {
            template: "moved",
            kind: "moved",
            path: incident::page(former),
            description: None,
            context: vec![
                pair("href", &encoded(&target)),
                pair("url", &url),
                pair("title", &reading.map(|reading| reading.title.clone())),
                pair("lang", &reading.and_then(|reading| self.foreign_lang(reading))),
                pair("structured", &None::<String>),
            ],
        };
        address.former.iter().map(page).collect()
    }
}
