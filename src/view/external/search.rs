use super::{ReadingSection, incident::Incident, pages::ExternalPages};
use crate::view::{
    Page, SearchEntry,
    html::plain_text,
    search::{SUMMARY, shortened},
    site::pair,
};

impl ExternalPages<'_> {
    /// The page on which one searches.
    pub(super) fn search_page(count: usize) -> Page {
        Page {
            template: "search",
            kind: "search",
            path: "search/index.html".to_owned(),
            description: None,
            context: vec![("count", count.into()), pair("structured", &None::<String>)],
        }
    }

    /// What the search knows of an incident: what its page says, and nothing else.
    pub(super) fn search_entry(&self, incident: &Incident) -> SearchEntry {
        let reading = &incident.reading;
        // The page gives the section that is written for customers no title of its own.
        let title = |section: &ReadingSection| if section.is_customer_summary() { String::new() } else { section.title.clone() };
        let sections = reading.sections.iter().flat_map(|section| [title(section), plain_text(&section.markdown)]);
        let rows = reading.rows.iter().map(|row| plain_text(&row.markdown));
        let summary = reading.summary.as_deref().map(plain_text);
        let opening = summary.clone().or_else(|| sections.clone().find(|text| !text.is_empty())).unwrap_or_default();
        let mut facts = vec![incident.address.slug.clone()];
        facts.extend(reading.services.iter().cloned());
        facts.extend(reading.severity.as_ref().map(|(name, _)| name.clone()));
        SearchEntry {
            href: incident.href(),
            title: reading.title.clone(),
            lang: self.foreign_lang(reading),
            started: reading.started,
            severity: reading.severity.clone().map(|(name, rank)| (name, Some(rank))),
            services: reading.services.clone(),
            duration_minutes: reading.duration_minutes(),
            summary: shortened(&opening, SUMMARY),
            facts,
            text: summary.into_iter().chain(sections).chain(rows).collect::<Vec<_>>().join("\n"),
        }
    }
}
