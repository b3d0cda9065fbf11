use std::sync::Arc;

use super::{Loaded, build::Shown};
use crate::{
    config::{ExternalAudience, Settings},
    corpus::Publication,
    i18n::Catalogue,
    text::slug,
    view::{Edition, Reading, encoded, incident_addresses, outside_html, plain_text},
};

/// Lines that are longer than this are nobody's address.
const LONGEST_TITLE: usize = 200;

/// What an audience reads, as written and as rendered; the words of the theme; its own title, address and slugs.
pub(super) fn permitted(shown: Shown, loaded: &Loaded, audience: &ExternalAudience, languages: &[(Edition, Arc<Catalogue>)]) -> Vec<String> {
    let settings = &loaded.settings;
    let mut permitted = vec![audience.title.clone()];
    let is_shown = |words: &str| words == audience.title || is_public_name(settings, words);
    let translated = settings.translations.values().flatten().filter(|(words, _)| is_shown(words));
    permitted.extend(translated.map(|(_, words)| words.clone()));
    permitted.extend(languages.iter().map(|(_, language)| language.all_texts()));
    permitted.extend(settings.services.iter().filter_map(|service| service.public_name.clone()));
    permitted.extend(settings.severities.iter().filter_map(|severity| severity.public_name.clone()));
    for entry in loaded.corpus.entries() {
        let Some(published) = entry.publications.get(&audience.name).and_then(Publication::published) else { continue };
        for text in published.texts() {
            add(&Reading::of(&text.parsed, audience, settings), &mut permitted);
        }
    }
    let mut slugs: Vec<String> = Vec::new();
    if shown == Shown::WorkTree {
        for entry in loaded.corpus.entries().iter().filter(|entry| entry.postmortem().is_marked_for(&audience.name)) {
            let reading = Reading::of(entry.checked.reviewed().parsed(), audience, settings);
            slugs.push(reading.slug(entry.postmortem().slug_for(&audience.name)));
            add(&reading, &mut permitted);
        }
    }
    // Titles and names are parts of addresses, too.
    let lines = permitted.iter().flat_map(|text| text.lines()).filter(|line| !line.is_empty() && line.len() < LONGEST_TITLE);
    slugs.extend(lines.map(slug).filter(|slug| !slug.is_empty()));
    permitted.extend(slugs);
    let base = audience.base_url.as_deref().unwrap_or_default();
    permitted.extend([base.to_owned(), settings.site.timezone.name().to_owned()]);
    let addresses = incident_addresses(&loaded.corpus, audience, settings).into_values();
    for key in addresses.flat_map(|address| address.former.into_iter().chain([address.slug])) {
        permitted.push(format!("{base}/incidents/{}/", encoded(&key)));
        permitted.push(key);
    }
    permitted
}

fn is_public_name(settings: &Settings, words: &str) -> bool {
    let severities = settings.severities.iter().map(|severity| &severity.public_name);
    let mut names = severities.chain(settings.services.iter().map(|service| &service.public_name));
    names.any(|name| name.as_deref() == Some(words))
}

/// What is read of one text: piece by piece, and what stands side by side on its page.
fn add(reading: &Reading, permitted: &mut Vec<String>) {
    for piece in reading.texts() {
        permitted.push(plain_text(piece));
        permitted.push(outside_html(piece));
        permitted.push(piece.to_owned());
        // As JSON and YAML spell it between double quotes: structured data, and front matter itself.
        if piece.contains(['\n', '\t', '"', '\\']) {
            permitted.extend(serde_json::to_string(piece));
        }
    }
    for read in [plain_text, outside_html] {
        let parts = reading.sections.iter().flat_map(|section| [plain_text(&section.title), read(&section.markdown)]);
        permitted.push(parts.collect::<Vec<_>>().join("\n"));
    }
    // A row has its clock before it, inside and outside.
    for row in &reading.rows {
        let clocks = ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M UTC", "%Y-%m-%d %H:%M %:z"];
        for text in [plain_text(&row.markdown), row.markdown.clone()] {
            permitted.extend(row.at.iter().flat_map(|at| clocks.map(|clock| format!("{} {text}", at.format(clock)))));
        }
    }
}
