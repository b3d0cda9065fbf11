use std::borrow::Cow;

use rust_embed::RustEmbed;

/// The built-in theme, embedded in the binary.
#[derive(RustEmbed)]
#[folder = "themes/default"]
#[exclude = "samples/*"]
#[exclude = "locales/*"]
struct Embedded;

/// Files of the built-in theme.
#[derive(Debug, Clone, Copy)]
pub struct Files;

impl Files {
    /// A file by its path below the theme.
    #[must_use]
    pub fn get(path: &str) -> Option<Cow<'static, [u8]>> {
        Embedded::get(path).map(|file| file.data)
    }
}

/// The published name of an asset: a piece of its hash before the extension, so that browsers may keep it for ever.
pub(super) fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let hash = uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_OID, bytes).simple().to_string();
    let hash = hash.get(..8).unwrap_or_default();
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("assets/{stem}.{hash}.{extension}"),
        None => format!("assets/{name}.{hash}"),
    }
}
