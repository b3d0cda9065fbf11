use chrono::{DateTime, FixedOffset, Utc};

use super::{Reading, address::incident_keys};
use crate::{
    config::{ExternalAudience, Settings},
    corpus::{Corpus, Publication},
    view::{
        diff::{PageText, TextPart, sentences},
        html::plain_text,
        internal::encoded,
        site::utc,
    },
};

/// What an audience reads, page by page.
#[must_use]
pub fn read_pages(corpus: &Corpus, audience: &ExternalAudience, settings: &Settings) -> Vec<PageText> {
    let keys = incident_keys(corpus, audience, settings);
    let published = corpus.entries().iter().filter_map(|entry| {
        let published = entry.publications.get(&audience.name)?.published()?;
        let address = format!("incidents/{}/", encoded(keys.get(entry.path())?));
        Some(page_text(entry.path(), address, &Reading::of(&published.text().parsed, audience, settings)))
    });
    published.collect()
}

/// What an audience would read of each document that is meant for it if its newest text were approved.
#[must_use]
pub fn awaiting_pages(corpus: &Corpus, audience: &ExternalAudience, settings: &Settings, now: DateTime<Utc>) -> Vec<PageText> {
    let keys = incident_keys(corpus, audience, settings);
    let pages = corpus.entries().iter().filter_map(|entry| {
        let text = Publication::once_approved(&entry.checked, audience, now)?;
        let reading = Reading::of(&text.parsed, audience, settings);
        // A page that is there keeps its address for as long as nobody writes another one.
        let key = reading.slug(text.parsed.postmortem().slug_for(&audience.name));
        let key = match keys.get(entry.path()) {
            Some(known) if known.strip_prefix(&*key).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')) => known.clone(),
            _ => key,
        };
        Some(page_text(entry.path(), format!("incidents/{}/", encoded(&key)), &reading))
    });
    pages.collect()
}

fn page_text(path: &str, address: String, reading: &Reading) -> PageText {
    let mut parts = Vec::new();
    let mut part = |name: &str, sentences: Vec<String>| {
        if !sentences.is_empty() {
            parts.push(TextPart { name: name.to_owned(), sentences });
        }
    };
    let instant = |at: Option<DateTime<FixedOffset>>| at.map(utc).into_iter().collect();
    part("Title", vec![reading.title.clone()]);
    part("Severity", reading.severity.iter().map(|(name, _)| name.clone()).collect());
    part("Services", reading.services.clone());
    part("Started", instant(reading.started));
    part("Resolved", instant(reading.resolved));
    part("Summary", reading.summary.as_deref().map(sentences).unwrap_or_default());
    for section in &reading.sections {
        part(if section.title.is_empty() { "Details" } else { &section.title }, sentences(&section.markdown));
    }
    let row = |at: Option<DateTime<FixedOffset>>, text: String| at.map_or_else(|| text.clone(), |at| format!("{} {text}", utc(at)));
    part("Timeline", reading.rows.iter().map(|line| row(line.at, plain_text(&line.markdown))).collect());
    PageText { path: path.to_owned(), address, title: reading.title.clone(), parts }
}
