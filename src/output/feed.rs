use std::collections::BTreeMap;

use atom_syndication::{Content, Entry, Feed, Generator, Link, Person, Text, extension::Extension};
use chrono::{DateTime, FixedOffset, Utc};
use serde::Serialize;
use uuid::Uuid;

use crate::view::{Audience, FeedEntry, View};

#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: &'a str,
    language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    home_page_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed_url: Option<String>,
    items: Vec<JsonItem<'a>>,
}

#[derive(Serialize)]
struct JsonItem<'a> {
    id: String,
    url: String,
    title: &'a str,
    content_html: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    date_modified: String,
}

/// The Atom feed (RFC 4287), and for external audiences the same as JSON Feed 1.1.
pub(super) fn files<A: Audience>(view: &View<A>) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![("feed.xml".to_owned(), atom(view).into_bytes())];
    if A::TEMPLATES == "external" {
        files.push(("feed.json".to_owned(), json(view).into_bytes()));
    }
    files
}

fn atom<A: Audience>(view: &View<A>) -> String {
    let generated = DateTime::parse_from_rfc3339(&view.site().generated).unwrap_or_default();
    let deleted = view.tombstones().iter().map(|tombstone| tombstone.deleted);
    let updated = view.feed().iter().map(|entry| entry.updated).chain(deleted).max().unwrap_or(generated);
    let feed = Feed {
        title: Text::plain(view.site().title.clone()),
        id: urn(view, "feed"),
        updated: in_utc(updated),
        generator: Some(Generator { value: "lookback".to_owned(), ..Generator::default() }),
        authors: vec![Person { name: view.site().title.clone(), ..Person::default() }],
        links: view.base_url().map(|base| vec![link(format!("{base}/"), "alternate"), link(format!("{base}/feed.xml"), "self")]).unwrap_or_default(),
        lang: Some(view.site().lang.clone()),
        entries: view.feed().iter().map(|entry| atom_entry(view, entry)).collect(),
        ..Feed::default()
    };
    with_tombstones(feed, view).to_string()
}

/// Says of entries that were taken away that they are (RFC 6721).
fn with_tombstones<A: Audience>(mut feed: Feed, view: &View<A>) -> Feed {
    if view.tombstones().is_empty() {
        return feed;
    }
    let deleted = view.tombstones().iter().map(|tombstone| Extension {
        name: "at:deleted-entry".to_owned(),
        attrs: BTreeMap::from([("ref".to_owned(), urn(view, &tombstone.key)), ("when".to_owned(), in_utc(tombstone.deleted).to_rfc3339())]),
        ..Extension::default()
    });
    feed.extensions.insert("at".to_owned(), BTreeMap::from([("deleted-entry".to_owned(), deleted.collect())]));
    feed.namespaces.insert("at".to_owned(), "http://purl.org/atompub/tombstones/1.0".to_owned());
    feed
}

fn atom_entry<A: Audience>(view: &View<A>, entry: &FeedEntry) -> Entry {
    Entry {
        title: Text::plain(allowed(&entry.title)),
        id: urn(view, &entry.key),
        updated: in_utc(entry.updated),
        published: entry.published.map(in_utc),
        authors: entry.author.iter().map(|name| Person { name: allowed(name), ..Person::default() }).collect(),
        links: vec![link(address(view, entry), "alternate")],
        content: Some(Content { value: Some(allowed(&entry.html)), content_type: Some("html".to_owned()), ..Content::default() }),
        ..Entry::default()
    }
}

fn json<A: Audience>(view: &View<A>) -> String {
    let items = view.feed().iter().map(|entry| JsonItem {
        id: urn(view, &entry.key),
        url: address(view, entry),
        title: &entry.title,
        content_html: &entry.html,
        date_published: entry.published.map(|at| in_utc(at).to_rfc3339()),
        date_modified: in_utc(entry.updated).to_rfc3339(),
    });
    let feed = JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &view.site().title,
        language: &view.site().lang,
        home_page_url: view.base_url().map(|base| format!("{base}/")),
        feed_url: view.base_url().map(|base| format!("{base}/feed.json")),
        items: items.collect(),
    };
    // Serialising these structs can't fail: their keys are strings.
    serde_json::to_string_pretty(&feed).unwrap_or_default() + "\n"
}

fn address<A: Audience>(view: &View<A>, entry: &FeedEntry) -> String {
    let path = crate::view::encoded(&entry.path);
    view.base_url().map_or_else(|| format!("{path}index.html"), |base| format!("{base}/{path}"))
}

/// A permanent id: the same for the same site and entry, wherever it is built.
fn urn<A: Audience>(view: &View<A>, key: &str) -> String {
    let site = Uuid::new_v5(&Uuid::NAMESPACE_URL, view.base_url().unwrap_or(&view.site().title).as_bytes());
    Uuid::new_v5(&site, key.as_bytes()).urn().to_string()
}

fn link(href: String, rel: &str) -> Link {
    Link { href, rel: rel.to_owned(), ..Link::default() }
}

/// Text without the characters that XML 1.0 (section 2.2) does not allow, however they are escaped.
fn allowed(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_control() || matches!(character, '\t' | '\n' | '\r'))
        .filter(|character| !matches!(character, '\u{fffe}' | '\u{ffff}'))
        .collect()
}

/// Author's offsets say where somebody was; feeds say when.
fn in_utc(at: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
    at.with_timezone(&Utc).fixed_offset()
}
