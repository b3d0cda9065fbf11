use super::href;
use crate::{
    corpus::{Corpus, Entry},
    source::front_matter_and_body,
    view::diff::{PageText, TextPart, sentences},
};

/// What readers inside read: the text of every document at the tip.
#[must_use]
pub fn internal_read_pages(corpus: &Corpus) -> Vec<PageText> {
    corpus.entries().iter().map(page_text).collect()
}

fn page_text(entry: &Entry) -> PageText {
    let parsed = entry.checked.reviewed().parsed();
    let source = parsed.source();
    let (front_matter, _) = front_matter_and_body(source.text());
    let facts = front_matter.lines().map(str::trim_end).filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
    let body = parsed.body();
    let first = parsed.outer_sections().next().map_or(body.end, |section| section.heading.start);
    let opening = source.text().get(body.start..first.max(body.start)).unwrap_or_default();
    let mut parts =
        vec![TextPart { name: "Front matter".to_owned(), sentences: facts }, TextPart { name: "Opening".to_owned(), sentences: sentences(opening) }];
    let sections = parsed.outer_sections();
    parts.extend(sections.map(|section| TextPart { name: section.title.clone(), sentences: sentences(source.slice(section.body)) }));
    PageText { path: entry.path().to_owned(), address: href(&entry.key), title: entry.postmortem().title.value.clone(), parts }
}
