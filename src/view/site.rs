use std::{marker::PhantomData, sync::Arc};

use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat};

use super::{Audience, Edition, SearchEntry, TemplateValue, value::template_structs};
use crate::repo::ObjectId;

template_structs! {
    /// What every page may say about the site it is part of.
    Site {
        /// Title of the site.
        title: String,
        /// Interface language.
        lang: String,
        /// Name of the audience.
        audience: String,
        /// When it was built, RFC 3339.
        generated: String,
        /// Name and version of the generator.
        generator: String,
        /// Zone of months and deadlines.
        timezone: String,
        /// Whether it has a feed.
        feed: bool,
        /// Whether its history is incomplete (internal sites only).
        shallow: bool,
    }
}

/// One page: which template, where it goes, and what the template may read.
#[derive(Debug, Clone)]
pub struct Page {
    /// Name of the template without folder and extension.
    pub template: &'static str,
    /// Name of the page kind, which navigation and styles use.
    pub kind: &'static str,
    /// Path below the site's root.
    pub path: String,
    /// Description for search engines and cards.
    pub description: Option<String>,
    /// Keys and values beside `site`, `root` and `page`.
    pub context: Vec<(&'static str, minijinja::Value)>,
}

/// An entry of the Atom feed.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedEntry {
    /// Stable name from which the permanent id is made; for external audiences the slug that was published first.
    pub key: String,
    /// Title.
    pub title: String,
    /// Path below the site's root.
    pub path: String,
    /// Body as safe HTML.
    pub html: String,
    /// First time it was there.
    pub published: Option<DateTime<FixedOffset>>,
    /// Last time it changed.
    pub updated: DateTime<FixedOffset>,
    /// Who wrote it (internal feeds only).
    pub author: Option<String>,
}

/// An entry that readers of the feed should forget (RFC 6721).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tombstone {
    /// What the permanent id of the entry was made from.
    pub key: String,
    /// When it was taken away.
    pub deleted: DateTime<FixedOffset>,
}

/// A day that people should have in their calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarEntry {
    /// Stable name from which the permanent id is made.
    pub key: String,
    /// Which day.
    pub day: NaiveDate,
    /// What.
    pub title: String,
    /// More about it; may be empty.
    pub description: String,
}

/// A page that search engines may list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Path of the page below the folder of its edition.
    pub path: String,
    /// When what it says changed last, where that is known.
    pub modified: Option<DateTime<FixedOffset>>,
}

/// A file that is copied beside the pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Path below the site's root.
    pub path: String,
    /// Where its bytes come from.
    pub origin: AssetOrigin,
    /// Whether metadata must be cut out before anybody outside can have it.
    pub is_stripped: bool,
}

/// Where the bytes of an asset come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AssetOrigin {
    /// A blob of the history.
    Blob(ObjectId),
    /// A file of the snapshot, by its path.
    File(String),
}

/// Everything that one audience may see.
#[derive(Debug, Clone)]
pub struct View<A> {
    /// Name of the audience; its output folder.
    pub(super) audience: String,
    pub(super) site: Site,
    pub(super) pages: Vec<Page>,
    pub(super) feed: Vec<FeedEntry>,
    pub(super) tombstones: Vec<Tombstone>,
    pub(super) calendar: Vec<CalendarEntry>,
    pub(super) assets: Vec<Asset>,
    pub(super) search: Vec<SearchEntry>,
    /// JSON files by path, already serialised.
    pub(super) data: Vec<(String, String)>,
    pub(super) base_url: Option<String>,
    /// Pages that have an address of their own for others.
    pub(super) listed: Vec<Listed>,
    /// Path at which the site is served, with slashes around it; a page that stands for any address can't use relative links.
    pub(super) mount: Option<String>,
    pub(super) edition: Edition,
    pub(super) language: Arc<crate::i18n::Catalogue>,
    pub(super) kind: PhantomData<A>,
}

impl<A: Audience> View<A> {
    /// Name of the audience.
    #[must_use]
    pub fn audience(&self) -> &str {
        &self.audience
    }

    /// What every page may say about the site.
    #[must_use]
    pub const fn site(&self) -> &Site {
        &self.site
    }

    /// The pages.
    #[must_use]
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// Hands out the pages for good.
    pub(crate) fn take_pages(&mut self) -> Vec<Page> {
        std::mem::take(&mut self.pages)
    }

    /// Entries of the feed, newest first.
    #[must_use]
    pub fn feed(&self) -> &[FeedEntry] {
        &self.feed
    }

    /// Entries of the feed that are to be forgotten.
    #[must_use]
    pub fn tombstones(&self) -> &[Tombstone] {
        &self.tombstones
    }

    /// Days for the calendar.
    #[must_use]
    pub fn calendar(&self) -> &[CalendarEntry] {
        &self.calendar
    }

    /// Files to copy.
    #[must_use]
    pub fn assets(&self) -> &[Asset] {
        &self.assets
    }

    /// What the search knows of each page, newest first.
    #[must_use]
    pub fn search(&self) -> &[SearchEntry] {
        &self.search
    }

    /// JSON files: path and text.
    #[must_use]
    pub fn data(&self) -> &[(String, String)] {
        &self.data
    }

    /// Address at which it is published, without a trailing slash.
    #[must_use]
    pub fn base_url(&self) -> Option<&str> {
        self.base_url.as_deref()
    }

    /// Pages that search engines may list.
    #[must_use]
    pub fn listed(&self) -> &[Listed] {
        &self.listed
    }

    /// Path at which the site is served, with slashes around it, where that is known.
    #[must_use]
    pub fn mount(&self) -> Option<&str> {
        self.mount.as_deref()
    }

    /// Its language, among those of the site.
    #[must_use]
    pub const fn edition(&self) -> &Edition {
        &self.edition
    }

    /// Words of its interface.
    #[must_use]
    pub const fn language(&self) -> &Arc<crate::i18n::Catalogue> {
        &self.language
    }
}

/// A page from a context struct.
pub(super) fn pair(key: &'static str, value: &impl TemplateValue) -> (&'static str, minijinja::Value) {
    (key, value.template_value())
}

/// RFC 3339 with the offset of the value: what templates and `datetime` attributes get.
pub(super) fn rfc3339(at: DateTime<FixedOffset>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// RFC 3339 in UTC: what the JSON gets.
pub(super) fn utc(at: DateTime<FixedOffset>) -> String {
    at.with_timezone(&chrono::Utc).to_rfc3339_opts(SecondsFormat::Secs, true)
}
