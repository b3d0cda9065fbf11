//! An image does not exist, or can't be shown where it stands.
//!
//! ## What it does
//! Looks for the file of every image with a relative address below the content root. Addresses with a scheme are not
//! looked up. An image in text for customers must be a PNG, JPEG, WebP or SVG: of other kinds lookback can't cut out what
//! nobody sees in them, such as where a photo was taken, and shows their text alone.
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

/// Kinds of images that can be freed of what nobody sees in them, and so may go outside.
pub(crate) const OUTSIDE_IMAGES: [&str; 5] = ["png", "jpg", "jpeg", "webp", "svg"];

fn check(document: &Document<'_>) -> Vec<Problem> {
    let files = &document.surroundings.files;
    if files.is_empty() {
        return Vec::new();
    }
    let inside = document.parsed.images().iter().filter_map(|image| Some((image, image.path.as_deref()?)));
    let inside = inside.filter(|(_, path)| document.settings.content.below_root(path).is_some());
    let problems = inside.clone().filter(|(_, path)| !exists(files, path)).map(|(image, path)| {
        let folder = crate::config::folder(path);
        let beside: Vec<&str> =
            files.range(folder.to_owned()..).take_while(|file| file.starts_with(folder)).take(500).map(|file| name(file)).collect();
        let help = did_you_mean(name(path), &beside).unwrap_or_else(|| "add the file, or correct the address".to_owned());
        Problem::new(RULE.name, image.span, format!("image `{}` does not exist", image.url)).help(help)
    });
    let is_read_outside = |span| document.read_outside().iter().any(|outside| outside.contains(span));
    let kept_inside = inside.filter(|(image, path)| exists(files, path) && !can_go_outside(path) && is_read_outside(image.span));
    let kept_inside = kept_inside.map(|(image, _)| {
        Problem::new(RULE.name, image.span, format!("image `{}` is not shown outside: only its text is", image.url))
            .help(format!("save it as {}", OUTSIDE_IMAGES.join(", ")))
    });
    problems.chain(kept_inside).collect()
}

fn can_go_outside(path: &str) -> bool {
    path.rsplit('.').next().is_some_and(|extension| OUTSIDE_IMAGES.contains(&&*extension.to_ascii_lowercase()))
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
