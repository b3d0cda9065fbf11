use std::collections::{BTreeMap, BTreeSet};

use super::Reading;
use crate::{
    config::{ExternalAudience, Settings},
    corpus::{Corpus, Publication, PublishedText},
};

/// Where an incident stands for an audience. Every part of it was read there once: nothing else ever becomes an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The last part of the address of its page.
    pub slug: String,
    /// The one that it had first, by which feeds know it for ever.
    pub first: String,
    /// Those that it had before, oldest first, and no longer has.
    pub former: Vec<String>,
}

/// An address that a text wanted, in the order in which texts were read.
struct Claim<'a> {
    since: chrono::DateTime<chrono::FixedOffset>,
    path: &'a str,
    /// Place of the text among those of its document.
    place: usize,
    slug: String,
}

/// The address of each incident, by path of the document: `public.slug`, else date and title of what is read. Whoever was read at an address first
/// keeps it, and later ones get a number: so an address that somebody noted never leads to another incident. Retracted incidents keep theirs.
#[must_use]
pub fn incident_addresses(corpus: &Corpus, audience: &ExternalAudience, settings: &Settings) -> BTreeMap<String, Address> {
    let mut claims: Vec<Claim<'_>> = Vec::new();
    for entry in corpus.entries() {
        let Some(texts) = entry.publications.get(&audience.name).map(Publication::texts) else { continue };
        claims.extend(texts.iter().enumerate().map(|(place, text)| Claim {
            since: text.commit.authored,
            path: entry.path(),
            place,
            slug: slug(text, audience, settings),
        }));
    }
    claims.sort_by(|one, other| (one.since, one.path, one.place).cmp(&(other.since, other.path, other.place)));
    let mut taken = BTreeSet::new();
    let mut given: BTreeMap<(&str, String), String> = BTreeMap::new();
    for claim in &claims {
        given.entry((claim.path, claim.slug.clone())).or_insert_with(|| unused(&claim.slug, &mut taken));
    }
    // Commits of a document need not be dated in their order.
    claims.sort_by(|one, other| (one.path, one.place).cmp(&(other.path, other.place)));
    let mut addresses: BTreeMap<String, Address> = BTreeMap::new();
    for claim in &claims {
        let Some(slug) = given.get(&(claim.path, claim.slug.clone())) else { continue };
        let new = || Address { slug: slug.clone(), first: slug.clone(), former: Vec::new() };
        let address = addresses.entry(claim.path.to_owned()).or_insert_with(new);
        if address.slug != *slug {
            let before = std::mem::replace(&mut address.slug, slug.clone());
            address.former.push(before);
            address.former.retain(|former| former != slug);
        }
    }
    addresses
}

/// The last part of each incident's address now, by path of the document.
#[must_use]
pub(in crate::view) fn incident_keys(corpus: &Corpus, audience: &ExternalAudience, settings: &Settings) -> BTreeMap<String, String> {
    incident_addresses(corpus, audience, settings).into_iter().map(|(path, address)| (path, address.slug)).collect()
}

/// A slug that nobody has, with a number where somebody has it.
pub(super) fn unused(slug: &str, taken: &mut BTreeSet<String>) -> String {
    let mut key = slug.to_owned();
    let mut number = 2;
    while !taken.insert(key.clone()) {
        key = format!("{slug}-{number}");
        number += 1;
    }
    key
}

fn slug(text: &PublishedText, audience: &ExternalAudience, settings: &Settings) -> String {
    let reading = Reading::of(&text.parsed, audience, settings);
    reading.slug(text.parsed.postmortem().slug_for(&audience.name))
}
