use std::sync::LazyLock;

use linkify::{LinkFinder, LinkKind as Found};
use percent_encoding::percent_decode_str;

use super::{BodyLink, Image, LinkKind};
use crate::text::Span;

static FINDER: LazyLock<LinkFinder> = LazyLock::new(|| {
    let mut finder = LinkFinder::new();
    finder.kinds(&[Found::Url]);
    finder
});

/// A link that the Markdown parser found.
pub(super) fn link(span: Span, url: String, text: &str, is_wiki: bool) -> BodyLink {
    let kind = match &*url {
        _ if is_wiki => LinkKind::Wiki,
        address if address.starts_with('#') => LinkKind::Anchor,
        address if has_scheme(address) || address.starts_with("//") => LinkKind::External,
        address if address.contains('@') && !address.contains('/') => LinkKind::External,
        _ => LinkKind::Relative,
    };
    BodyLink { span, url, text: text.trim().to_owned(), kind }
}

/// The bare addresses of a run of text that begins at `start` of the file: `CommonMark` has no links there, and forges show them.
pub(super) fn bare(text: &str, start: usize, links: &mut Vec<BodyLink>) {
    for found in FINDER.links(text) {
        let span = Span::new(found.start(), found.end()).shifted(start);
        links.push(BodyLink { span, url: found.as_str().to_owned(), text: found.as_str().to_owned(), kind: LinkKind::External });
    }
}

/// An image; a relative destination is resolved against the folder of `path`.
pub(super) fn image(span: Span, url: String, alt: &str, path: &str) -> Image {
    let resolved = resolve(&url, path);
    Image { span, url, alt: alt.trim().to_owned(), path: resolved }
}

fn has_scheme(address: &str) -> bool {
    address.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.chars().all(|part| part.is_ascii_alphanumeric() || matches!(part, '+' | '-' | '.'))
    })
}

/// Path from the repository root of a relative address in the document at `path`; `/x` is relative to the root.
///
/// `None` for addresses with a scheme and for what leaves the repository.
#[must_use]
pub fn resolve(address: &str, path: &str) -> Option<String> {
    if address.is_empty() || address.starts_with('#') || address.starts_with("//") || has_scheme(address) {
        return None;
    }
    let address = address.split(['?', '#']).next().unwrap_or_default();
    let decoded = percent_decode_str(address).decode_utf8().ok()?;
    let mut parts: Vec<&str> = match decoded.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => path.rsplit_once('/').map_or_else(Vec::new, |(folder, _)| folder.split('/').collect()),
    };
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name if name.contains(['\0', '\\']) => return None,
            name => parts.push(name),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_links_stay_inside_the_repository() {
        assert_eq!(resolve("../2025/b.md#x", "postmortems/2026/a.md").as_deref(), Some("postmortems/2025/b.md"));
        assert_eq!(resolve("../b.md", "a.md"), None);
        assert_eq!(resolve("/docs/b.md", "x/a.md").as_deref(), Some("docs/b.md"));
    }

    #[test]
    fn images_resolve_inside_the_repository() {
        let at = |address| resolve(address, "postmortems/2026/a/index.md");
        assert_eq!(at("graph.png").as_deref(), Some("postmortems/2026/a/graph.png"));
        assert_eq!(at("./img/a%20b.png?raw=1#x").as_deref(), Some("postmortems/2026/a/img/a b.png"));
        assert_eq!(at("%EC%9E%A5%EC%95%A0.png").as_deref(), Some("postmortems/2026/a/장애.png"));
        assert_eq!(at("../../shared/b.png").as_deref(), Some("postmortems/shared/b.png"));
        assert_eq!(at("/docs/c.png").as_deref(), Some("docs/c.png"));
    }

    #[test]
    fn addresses_that_leave_the_repository_have_no_path() {
        for address in [
            "../../../../etc/passwd",
            "/..",
            "https://x.example/a.png",
            "//x.example/a.png",
            "data:image/png;base64,AA",
            "",
            "#a",
            "%2e%2e/%2e%2e/%2e%2e/%2e%2e/x",
            "%FF.png",
            "a%00b",
        ] {
            assert_eq!(resolve(address, "postmortems/2026/a/index.md"), None, "{address}");
        }
    }

    #[test]
    fn kinds_of_links_are_told_apart() {
        let kind = |url: &str| link(Span::default(), url.to_owned(), "", false).kind;
        assert_eq!(kind("https://x.example"), LinkKind::External);
        assert_eq!(kind("mailto:a@x.example"), LinkKind::External);
        assert_eq!(kind("#impact"), LinkKind::Anchor);
        assert_eq!(kind("../other.md#a"), LinkKind::Relative);
    }
}
