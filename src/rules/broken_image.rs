//! An image does not exist.
//!
//! ## What it does
//! Looks for the file of every image with a relative address below the content root. Addresses with a scheme are not
//! looked up.
//!
//! ## Why
//! The screenshot of the dashboard is the evidence; on the day somebody asks for it the dashboard has long forgotten.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! ---
//! ## Impact
//! ![Error rate](grahp.png)
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! ---
//! ## Impact
//! ![Error rate](graph.png)
//! ```

use super::near::did_you_mean;
use super::{Check, Document, Group, Rule};
use crate::{
    findings::{Level, Problem},
    text::nfc,
};
use std::collections::BTreeSet;

pub(super) const RULE: Rule = Rule {
    name: "broken-image",
    group: Group::Detail,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("broken_image.rs"),
    check: Check::Text(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let files = &document.surroundings.files;
    if files.is_empty() {
        return Vec::new();
    }
    let inside = document.parsed.images().iter().filter_map(|image| Some((image, image.path.as_deref()?)));
    let inside = inside.filter(|(_, path)| document.settings.content.below_root(path).is_some());
    let problems = inside.filter(|(_, path)| !exists(files, path)).map(|(image, path)| {
        let folder = crate::config::folder(path);
        let beside: Vec<&str> =
            files.range(folder.to_owned()..).take_while(|file| file.starts_with(folder)).take(500).map(|file| name(file)).collect();
        let help = did_you_mean(name(path), &beside).unwrap_or_else(|| "add the file, or correct the address".to_owned());
        Problem::new(RULE.name, image.span, format!("image `{}` does not exist", image.url)).help(help)
    });
    problems.collect()
}

/// Whether a file is there, in either form of Unicode: names from macOS are stored decomposed.
pub(super) fn exists(files: &BTreeSet<String>, path: &str) -> bool {
    if files.contains(path) {
        return true;
    }
    // Only files that lie near it are composed and compared.
    let Some(plain) = path.find(|character: char| !character.is_ascii()).and_then(|at| path.get(..at)) else { return false };
    let near = plain.rfind('/').and_then(|at| path.get(..=at)).unwrap_or_default();
    let wanted = nfc(path);
    files.range(near.to_owned()..).take_while(|file| file.starts_with(near)).take(2000).any(|file| !file.is_ascii() && nfc(file) == wanted)
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
