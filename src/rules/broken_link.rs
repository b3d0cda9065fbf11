//! A link leads nowhere.
//!
//! ## What it does
//! Follows links that can be followed without a network: relative ones to files below the content root, `#anchors` to
//! headings of the same document, `[[id]]`, and the ids in `related` and `recurrence_of`. A path may leave out `.md`, or
//! name a folder.
//!
//! ## Why
//! Postmortems refer to each other for years. Files are moved and headings renamed, and the reference is the part that
//! nobody sees breaking.
//!
//! ## Example
//! `[the first time](../2025/disk-ful.md)`, where the file is called `disk-full.md`, is reported.

use std::{borrow::Cow, cell::OnceCell, collections::BTreeSet};

use percent_encoding::percent_decode_str;

use super::{Check, Document, Group, Rule};
use super::{CorpusFacts, broken_image::exists, near::did_you_mean};
use crate::{
    config::folder,
    findings::{Level, Problem},
    source::LinkKind,
    text::{fold, slug},
};

pub(super) const RULE: Rule = Rule {
    name: "broken-link",
    group: Group::Detail,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("broken_link.rs"),
    check: Check::Corpus(check),
};

fn check(document: &Document<'_>, facts: &CorpusFacts) -> Vec<Problem> {
    let mut problems = Vec::new();
    let anchors = OnceCell::new();
    let is_known = |id: &str| facts.ids.contains_key(&fold(id.trim()));
    for link in document.parsed.links() {
        let broken = match link.kind {
            LinkKind::External => None,
            LinkKind::Anchor => {
                (!anchors.get_or_init(|| Anchors::of(document)).has(&link.url)).then(|| format!("no heading here is called `{}`", link.url))
            }
            LinkKind::Wiki => {
                (!is_known(link.url.split(['#', '|']).next().unwrap_or_default())).then(|| format!("no postmortem has the id `{}`", link.url))
            }
            LinkKind::Relative => is_broken(document, &link.url).then(|| format!("`{}` does not exist", link.url)),
        };
        problems.extend(broken.map(|message| Problem::new(RULE.name, link.span, message).help("correct the address, or remove the link")));
    }
    let postmortem = document.postmortem();
    for id in postmortem.related.iter().chain(&postmortem.recurrence_of).filter(|id| !is_known(&id.value) && !id.value.contains("://")) {
        let help = did_you_mean(&id.value, &near_ids(facts, &id.value)).unwrap_or_else(|| "name the id of a postmortem".to_owned());
        problems.push(Problem::new(RULE.name, id.span, format!("no postmortem has the id `{}`", id.value)).help(help));
    }
    problems
}

/// Ids that begin alike: never all of them, because there may be many, and many may be wrong.
fn near_ids<'a>(facts: &'a CorpusFacts, written: &str) -> Vec<&'a str> {
    let start: String = fold(written.trim()).chars().take(4).collect();
    facts.ids.range(start.clone()..).map(|(id, _)| id.as_str()).take_while(|id| id.starts_with(&start)).take(200).collect()
}

/// Everything in a document that an anchor may name.
struct Anchors {
    /// Titles of headings as slugs.
    slugs: BTreeSet<String>,
    /// Ids as written: of headings, of HTML, and targets such as `(name)=`.
    ids: BTreeSet<String>,
}

/// Bytes that an id in HTML may have.
const LONGEST_ID: usize = 256;

impl Anchors {
    fn of(document: &Document<'_>) -> Self {
        let text = document.parsed.source().text();
        let headings = document.parsed.headings();
        let mut ids: BTreeSet<String> = headings.iter().filter_map(|heading| heading.id.clone()).collect();
        for (at, key) in ["id=", "name="].iter().flat_map(|key| text.match_indices(key)) {
            let after = text.get(at + key.len()..).unwrap_or_default();
            let near = after.get(..after.floor_char_boundary(LONGEST_ID)).unwrap_or_default();
            let id = near.strip_prefix('"').map_or_else(|| near.split_once('>'), |quoted| quoted.split_once('"'));
            ids.extend(id.map(|(id, _)| id.to_owned()));
        }
        for (at, _) in text.match_indices(")=") {
            let before = text.get(text.floor_char_boundary(at.saturating_sub(LONGEST_ID))..at).unwrap_or_default();
            ids.extend(before.rsplit_once('(').map(|(_, id)| id.to_owned()));
        }
        Self { slugs: headings.iter().map(|heading| slug(&heading.title)).collect(), ids }
    }

    /// Compares as slugs: forges, and the program that a document was written for, make anchors in slightly different ways.
    fn has(&self, url: &str) -> bool {
        let decoded = percent_decoded(url.trim_start_matches('#'));
        let wanted = slug(&decoded);
        let is_numbered = || wanted.rsplit_once('-').is_some_and(|(title, number)| number.parse::<u32>().is_ok() && self.slugs.contains(title));
        wanted.is_empty() || wanted == "top" || self.slugs.contains(&wanted) || is_numbered() || self.ids.contains(&*decoded)
    }
}

/// Whether a relative address names a file below the content root that is not there.
fn is_broken(document: &Document<'_>, url: &str) -> bool {
    let files = &document.surroundings.files;
    let address = url.split(['#', '?']).next().unwrap_or_default();
    // An address from the root of a site says nothing about where files are.
    if files.is_empty() || address.is_empty() || address.starts_with('/') || address.contains(['{', '<', '|', '\\']) {
        return false;
    }
    let Some(path) = resolve(document.parsed.source().path(), &percent_decoded(address)) else {
        return false;
    };
    if document.settings.content.below_root(&path).is_none() || path.is_empty() {
        return false;
    }
    let stem = path.strip_suffix(".html").unwrap_or(&path);
    let is_folder = files.range(format!("{path}/")..).next().is_some_and(|file| file.starts_with(&format!("{path}/")));
    !is_folder && !exists(files, &path) && !files.contains(&format!("{stem}.md")) && !files.contains(&format!("{stem}.rst"))
}

/// The path from the repository root; `None` where it leaves the repository.
fn resolve(from: &str, address: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder(from).split('/').filter(|part| !part.is_empty()).collect();
    for part in address.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// What is no UTF-8 once it is decoded stays as it is written.
fn percent_decoded(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8().unwrap_or(Cow::Borrowed(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        config::Settings,
        rules::{Surroundings, tests},
    };

    fn broken(text: &str) -> Vec<String> {
        let parsed = tests::parsed(text);
        let other = tests::parsed_at("postmortems/2025/disk-full.md", "# Disk");
        let settings = Settings::default();
        let files = ["postmortems/2025/disk-full.md", "postmortems/2026/2026-03-14-checkout.md"].map(str::to_owned).into();
        let surroundings = Surroundings { files, ..Surroundings::default() };
        let facts = CorpusFacts::of([&parsed, &other]);
        check(&Document::alone(&parsed, &settings, &surroundings, tests::now()), &facts).into_iter().map(|problem| problem.message).collect()
    }

    #[test]
    fn paths_below_the_content_root_are_followed() {
        assert_eq!(broken("[a](../2025/disk-ful.md)"), ["`../2025/disk-ful.md` does not exist"]);
        assert_eq!(
            broken("[a](../2025/disk-full.md#x) [b](../2025/disk-full) [c](../2025/) [d](../../src/main.rs) [e](/x) [f](https://x.example)"),
            [""; 0]
        );
    }

    #[test]
    fn anchors_and_ids_are_followed() {
        assert_eq!(broken("## 2. Root cause (확인됨)\n[a](#2-root-cause-확인됨) [b](#root)\n"), ["no heading here is called `#root`"]);
        assert_eq!(broken("---\nid: a\nrelated: [Disk-Full, disk-ful]\n---\n"), ["no postmortem has the id `disk-ful`"]);
    }
}
