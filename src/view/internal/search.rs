use rayon::prelude::*;

use super::{Pages, href};
use crate::{
    corpus::Entry,
    view::{
        Page, SearchEntry,
        html::plain_text,
        search::{SUMMARY, shortened},
    },
};

impl Pages<'_> {
    /// The page on which one searches.
    pub(super) fn search_page(&self) -> Page {
        Page {
            template: "search",
            kind: "search",
            path: "search/index.html".to_owned(),
            description: None,
            context: vec![("count", self.corpus.entries().len().into())],
        }
    }

    /// What the search knows of each postmortem, newest first.
    pub(super) fn search_entries(&self) -> Vec<SearchEntry> {
        self.corpus.entries().par_iter().map(|entry| self.search_entry(entry)).collect()
    }

    fn search_entry(&self, entry: &Entry) -> SearchEntry {
        let postmortem = entry.postmortem();
        let parsed = entry.checked.reviewed().parsed();
        let services: Vec<_> = postmortem.services.iter().map(|service| self.service_link(&service.value)).collect();
        let severity = self.severity_tag(entry);
        let opening = parsed.section("summary").or_else(|| parsed.outer_sections().find(|section| !section.is_empty));
        let opening = opening.map_or_else(|| parsed.body(), |section| section.body);
        let mut facts = vec![postmortem.id.value.clone()];
        facts.extend(severity.iter().flat_map(|tag| [Some(tag.id.clone()), tag.name.clone()]).flatten());
        facts.extend(services.iter().flat_map(|service| [service.id.clone(), service.name.clone()]));
        facts.extend(postmortem.causes.iter().chain(&postmortem.tags).map(|word| word.value.clone()));
        facts.extend(postmortem.owner.iter().chain(postmortem.roles.iter().map(|(_, person)| person)).map(|person| person.value.to_string()));
        for action in postmortem.actions.iter().map(|action| &action.value) {
            facts.extend([action.id.clone(), action.ticket.clone(), Some(action.title.clone())].into_iter().flatten());
        }
        SearchEntry {
            href: href(&entry.key),
            title: postmortem.title.value.clone(),
            lang: self.foreign_lang(entry),
            started: entry.started,
            severity: severity.map(|tag| (tag.id, tag.rank)),
            services: services.into_iter().map(|service| service.name).collect(),
            duration_minutes: entry.metrics.duration.filter(|minutes| *minutes >= 0.0),
            summary: shortened(&plain_text(parsed.source().slice(opening)), SUMMARY),
            facts,
            text: plain_text(parsed.source().slice(parsed.body())),
        }
    }
}
