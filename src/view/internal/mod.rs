//! Everything that readers inside may see: all but privileged postmortems.

mod actions;
mod agenda;
mod body;
mod causes;
mod diff;
mod health;
mod home;
mod lists;
mod page_text;
mod people;
mod postmortem;
mod redaction;
mod related;
mod review;
mod rows;
mod ruler;
mod search;
mod services;
mod timeline;
mod trail;
mod trends;
mod words;

use std::{
    collections::{BTreeMap, BTreeSet},
    marker::PhantomData,
    sync::Arc,
};

use chrono::{DateTime, NaiveDate, Utc};
use rayon::prelude::*;

use super::{Edition, Internal, Page, Site, TemplateValue, View, api, external::incident_keys, site::rfc3339};
use crate::{config::Settings, corpus::Corpus, i18n::Catalogue, repo::ObjectId};

pub use agenda::{Agenda, AgendaItem, AgendaLesson, AgendaPart, DeadlineRow};
pub use page_text::internal_read_pages;
pub use ruler::zone;
pub(super) use timeline::{cell_text, clock_of};
pub use words::change_words;
pub(super) use words::held_back;

/// What internal pages are made from.
#[derive(Clone)]
pub struct InternalPages<'a> {
    /// Every postmortem.
    pub corpus: &'a Corpus,
    /// The configuration.
    pub settings: &'a Settings,
    /// Words of the interface.
    pub language: Arc<Catalogue>,
    /// The same among the languages of the site.
    pub edition: Edition,
    /// The clock of the run.
    pub now: DateTime<Utc>,
    /// Paths of the files beside the documents.
    pub files: &'a BTreeSet<String>,
    /// Files of the content that could not be read at all: path and reason.
    pub skipped: &'a [(String, String)],
    /// Whether the history could be read whole.
    pub is_history_complete: bool,
    /// Name and version of the generator.
    pub generator: String,
    /// Texts of older revisions; none where git can't give them.
    pub older: &'a (dyn Fn(ObjectId) -> Option<String> + Sync),
}

/// The inputs with the indexes that pages look things up in.
struct Pages<'a> {
    corpus: &'a Corpus,
    settings: &'a Settings,
    language: Arc<Catalogue>,
    edition: Edition,
    now: DateTime<Utc>,
    files: &'a BTreeSet<String>,
    skipped: &'a [(String, String)],
    is_history_complete: bool,
    generator: String,
    older: &'a (dyn Fn(ObjectId) -> Option<String> + Sync),
    /// Position in the corpus by path.
    paths: BTreeMap<&'a str, usize>,
    /// Last parts of external addresses by audience and path.
    slugs: BTreeMap<String, BTreeMap<String, String>>,
    /// Positions of later recurrences by key of what they repeat.
    recurrences: BTreeMap<&'a str, Vec<usize>>,
    /// Positions of those that name another one as related, by its key.
    relating: BTreeMap<&'a str, Vec<usize>>,
    /// Positions by service and cause.
    alike: BTreeMap<(&'a str, &'a str), Vec<usize>>,
    /// Pages of people and teams by name.
    people: BTreeMap<String, String>,
}

impl<'a> InternalPages<'a> {
    /// Makes the internal view.
    #[must_use]
    pub fn view(self) -> View<Internal> {
        self.pages().view()
    }

    /// Makes the agenda of the review meeting of a month (any day of it), or of the next one.
    #[must_use]
    pub fn agenda(self, month: Option<NaiveDate>) -> Agenda {
        self.pages().agenda(month)
    }

    fn pages(self) -> Pages<'a> {
        let entries = self.corpus.entries();
        let mut recurrences: BTreeMap<&'a str, Vec<usize>> = BTreeMap::new();
        let mut relating: BTreeMap<&'a str, Vec<usize>> = BTreeMap::new();
        for (index, entry) in entries.iter().enumerate() {
            for origin in entry.postmortem().recurrence_of.iter().filter_map(|id| self.corpus.find(&id.value)) {
                recurrences.entry(&origin.key).or_default().push(index);
            }
            for other in entry.postmortem().related.iter().filter_map(|id| self.corpus.find(&id.value)) {
                relating.entry(&other.key).or_default().push(index);
            }
        }
        Pages {
            paths: entries.iter().enumerate().map(|(index, entry)| (entry.path(), index)).collect(),
            slugs: self
                .settings
                .audiences
                .iter()
                .map(|audience| (audience.name.clone(), incident_keys(self.corpus, audience, self.settings)))
                .collect(),
            recurrences,
            relating,
            alike: related::alike(self.corpus),
            people: people::people_pages(entries),
            corpus: self.corpus,
            settings: self.settings,
            language: self.language,
            edition: self.edition,
            now: self.now,
            files: self.files,
            skipped: self.skipped,
            is_history_complete: self.is_history_complete,
            generator: self.generator,
            older: self.older,
        }
    }
}

impl Pages<'_> {
    fn view(&self) -> View<Internal> {
        let agenda = self.agenda(None);
        let overviews: [&(dyn Fn() -> Vec<Page> + Sync); 10] = [
            &|| vec![self.home()],
            &|| self.lists(),
            &|| self.causes(),
            &|| self.people(),
            &|| self.trends(),
            &|| vec![self.actions()],
            &|| vec![Self::review(&agenda)],
            &|| vec![self.health()],
            &|| self.services(),
            &|| vec![self.search_page()],
        ];
        let ((postmortems, overviews), (data, search)) = rayon::join(
            || rayon::join(|| self.postmortems(), || overviews.par_iter().with_max_len(1).flat_map_iter(|pages| pages()).collect()),
            || rayon::join(|| api::internal(self.corpus, self.settings), || self.search_entries()),
        );
        let mut view = View {
            audience: "internal".to_owned(),
            site: self.site(),
            pages: overviews,
            feed: Vec::new(),
            tombstones: Vec::new(),
            calendar: agenda.days.clone(),
            assets: Vec::new(),
            search,
            data,
            base_url: None,
            listed: Vec::new(),
            mount: None,
            edition: self.edition.clone(),
            language: Arc::clone(&self.language),
            kind: PhantomData,
        };
        for (page, assets, entry) in postmortems {
            view.pages.push(page);
            view.assets.extend(assets);
            view.feed.extend(entry);
        }
        view.feed.sort_by(|one, other| (other.updated, &other.key).cmp(&(one.updated, &one.key)));
        view.feed.truncate(50);
        view
    }

    fn site(&self) -> Site {
        Site {
            title: self.settings.site.title.clone(),
            lang: self.language.code().to_owned(),
            audience: "internal".to_owned(),
            generated: rfc3339(self.now.with_timezone(&self.settings.site.timezone).fixed_offset()),
            generator: self.generator.clone(),
            timezone: self.settings.site.timezone.name().to_owned(),
            feed: true,
            shallow: !self.is_history_complete,
        }
    }

    /// Today in the site's zone.
    fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.settings.site.timezone).date_naive()
    }
}

/// Address of a postmortem's page from the site's root.
fn href(key: &str) -> String {
    format!("postmortems/{}/index.html", encoded(key))
}

/// Percent-encodes what may not stand in a relative address. Letters of every script stay readable, as browsers show them.
#[must_use]
pub fn encoded(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    for character in part.chars() {
        if character.is_alphanumeric() || matches!(character, '-' | '_' | '.' | '~' | '/') {
            out.push(character);
        } else {
            let mut buffer = [0; 4];
            for byte in character.encode_utf8(&mut buffer).bytes() {
                out.push('%');
                out.push_str(&format!("{byte:02X}"));
            }
        }
    }
    out
}

/// A list of values for a template.
fn list<T: TemplateValue>(values: &[T]) -> minijinja::Value {
    values.iter().map(TemplateValue::template_value).collect()
}
