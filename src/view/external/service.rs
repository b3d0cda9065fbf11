use std::collections::BTreeMap;

use super::{ExternalPages, Reading, incident::Incident};
use crate::{text::slug, view::value::template_structs};

template_structs! {
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
    /// The year of a page.
    NamedService {
        /// Public name.
        name: String,
    }
}

impl ExternalPages<'_> {
    pub(super) fn filters(&self, incidents: &[Incident]) -> Vec<ServiceFilter> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for service in incidents.iter().flat_map(|incident| &incident.reading.services) {
            *counts.entry(service).or_default() += 1;
        }
        let mut filters: Vec<ServiceFilter> =
            counts.into_iter().map(|(name, count)| ServiceFilter { name: name.to_owned(), href: self.service_href(name), count }).collect();
        filters.sort_by(|one, other| (other.count, &one.name).cmp(&(one.count, &other.name)));
        filters
    }

    pub(super) fn services(&self, reading: &Reading) -> Vec<PublicService> {
        reading.services.iter().map(|name| PublicService { name: name.clone(), href: self.service_href(name) }).collect()
    }

    /// The address of a service by its name in the language of the page: the same in every language.
    fn service_href(&self, name: &str) -> Option<String> {
        let mut names = self.settings.services.iter().filter_map(|service| service.public_name.as_deref());
        let known = names.find(|known| self.settings.in_language(self.language.code(), known) == name).unwrap_or(name);
        let slug = slug(known);
        (!slug.is_empty()).then(|| format!("services/{slug}/index.html"))
    }
}
