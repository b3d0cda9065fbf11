use std::{collections::BTreeSet, sync::Arc};

use super::{Loaded, build::Shown};
use crate::{
    config::{ExternalAudience, Settings},
    i18n::Catalogue,
    output::InternalText,
    rules::{Checked, Term},
    view::{Edition, Reading, incident_addresses, plain_text},
    yaml::{Kind, Node},
};

/// Words below which a front matter value is too common to say where it comes from.
const WORDS_OF_A_VALUE: usize = 3;

/// Lengths to which git and forges shorten commit ids. Eight and twelve are also those of the parts of a UUID, which feeds are full of.
const SHORT_IDS: [usize; 4] = [7, 9, 10, 11];

/// Everything that the readers of one audience must not find, and what they may.
pub(super) fn internal_text(shown: Shown, loaded: &Loaded, audience: &ExternalAudience, languages: &[(Edition, Arc<Catalogue>)]) -> InternalText {
    let settings = &loaded.settings;
    let mut internal = InternalText { forbidden: settings.privacy.forbid.clone(), ..InternalText::default() };
    let all = || loaded.corpus.entries().iter().map(|entry| &entry.checked).chain(loaded.corpus.privileged());
    for checked in all() {
        texts(checked, &mut internal);
    }
    internal.identifiers.extend(loaded.surroundings.people.terms().map(|(term, kind)| {
        let kind = match kind {
            Term::Name => "name of a person",
            Term::Email => "e-mail address",
            Term::Handle => "handle of a person",
        };
        (kind, term.to_owned())
    }));
    internal.identifiers.extend(settings.privacy.internal_hosts.iter().map(|host| ("internal host", host.trim_start_matches("*.").to_owned())));
    internal.permitted = permitted(shown, loaded, audience, languages);
    internal
}

fn texts(checked: &Checked, internal: &mut InternalText) {
    let reviewed = checked.reviewed();
    let parsed = reviewed.parsed();
    let path = parsed.source().path();
    internal.texts.push((path.to_owned(), parsed.source().text().to_owned()));
    internal.identifiers.push(("path of a file", path.to_owned()));
    if let Some(tree) = parsed.front_matter() {
        let mut values = BTreeSet::new();
        collect(tree, &mut values);
        internal.identifiers.extend(values.into_iter().map(|value| ("front matter value", value)));
    }
    for text in reviewed.approved() {
        if text.source.text() != parsed.source().text() {
            internal.texts.push((format!("{} at {}", text.path, text.commit.id.short()), text.source.text().to_owned()));
        }
    }
    for revision in reviewed.revisions() {
        let commit = &revision.revision.commit;
        let id = commit.id.to_string();
        let short = SHORT_IDS.iter().filter_map(|length| id.get(..*length));
        // Digits alone are a number, and letters alone may be a word.
        let is_id = |short: &&str| short.contains(|digit: char| digit.is_ascii_digit()) && short.contains(|digit: char| digit.is_ascii_lowercase());
        internal.identifiers.extend(short.filter(is_id).map(|short| ("commit id", short.to_owned())));
        internal.identifiers.push(("commit id", id));
        internal.texts.push((format!("message of commit {}", commit.id.short()), format!("{}\n{}", commit.subject, commit.body)));
    }
}

/// Whole values that are long enough to be recognised.
fn collect(node: &Node, values: &mut BTreeSet<String>) {
    match &node.kind {
        Kind::Map(entries) => entries.iter().for_each(|entry| collect(&entry.value, values)),
        Kind::List(items) => items.iter().for_each(|item| collect(item, values)),
        Kind::Scalar(_) => {
            let lettered = |text: &&str| text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count() >= WORDS_OF_A_VALUE;
            values.extend(node.text().filter(lettered).map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
    }
}

/// What the audience reads, as written and as rendered; the words of the theme; its own title, address and slugs.
fn permitted(shown: Shown, loaded: &Loaded, audience: &ExternalAudience, languages: &[(Edition, Arc<Catalogue>)]) -> Vec<String> {
    let settings = &loaded.settings;
    let mut permitted = vec![audience.title.clone(), audience.base_url.clone().unwrap_or_default()];
    let is_shown = |words: &str| words == audience.title || is_public_name(settings, words);
    let translated = settings.translations.values().flatten().filter(|(words, _)| is_shown(words));
    permitted.extend(translated.map(|(_, words)| words.clone()));
    permitted.extend(languages.iter().map(|(_, language)| language.all_texts()));
    permitted.extend(settings.services.iter().filter_map(|service| service.public_name.clone()));
    permitted.extend(settings.severities.iter().filter_map(|severity| severity.public_name.clone()));
    let addresses = incident_addresses(&loaded.corpus, audience, settings).into_values();
    permitted.extend(addresses.flat_map(|address| address.former.into_iter().chain([address.slug])));
    if shown == Shown::WorkTree {
        for entry in loaded.corpus.entries().iter().filter(|entry| entry.postmortem().is_marked_for(&audience.name)) {
            let reading = Reading::of(entry.checked.reviewed().parsed(), audience, settings);
            permitted.push(reading.slug(entry.postmortem().slug_for(&audience.name)));
            permit(&reading, &mut permitted);
        }
    }
    for entry in loaded.corpus.entries() {
        let Some(published) = entry.publications.get(&audience.name).and_then(crate::corpus::Publication::published) else { continue };
        for text in published.texts() {
            permit(&Reading::of(&text.parsed, audience, settings), &mut permitted);
        }
    }
    permitted
}

fn is_public_name(settings: &Settings, words: &str) -> bool {
    let severities = settings.severities.iter().map(|severity| &severity.public_name);
    let mut names = severities.chain(settings.services.iter().map(|service| &service.public_name));
    names.any(|name| name.as_deref() == Some(words))
}

/// As written and as rendered.
fn permit(reading: &Reading, permitted: &mut Vec<String>) {
    for piece in reading.texts() {
        permitted.push(plain_text(piece));
        permitted.push(piece.to_owned());
    }
}
