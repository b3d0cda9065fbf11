use super::clock;
use crate::{
    config::{folder, is_index},
    text::nfc,
};

/// Longest id in bytes.
const LONGEST: usize = 120;

/// Extensions that say how a text is written, alone or one behind the other.
const EXTENSIONS: &[&str] = &["md", "markdown", "mdown", "mkd", "mdx", "erb", "html", "htm", "txt", "text"];

/// Whether this can be an id: letters of any script, digits, `-`, `_` and `.`, at most 120 bytes, and neither `.` nor `..`.
#[must_use]
pub fn is_valid(id: &str) -> bool {
    !id.is_empty() && id.len() <= LONGEST && !matches!(id, "." | "..") && id.chars().all(is_id_character)
}

fn is_id_character(part: char) -> bool {
    part.is_alphanumeric() || matches!(part, '-' | '_' | '.') || unicode_normalization::char::is_combining_mark(part)
}

/// The name that a file has for people: its stem, or the folder of a bundle.
pub(super) fn stem(path: &str) -> &str {
    let folder = folder(path);
    if is_index(path) && !folder.is_empty() {
        return folder.rsplit('/').next().unwrap_or(folder);
    }
    let mut stem = path.rsplit('/').next().unwrap_or(path);
    while let Some((before, extension)) = stem.rsplit_once('.')
        && !before.is_empty()
        && EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension))
    {
        stem = before;
    }
    stem
}

/// The id of a document that gives none.
#[must_use]
pub fn id(path: &str) -> String {
    let mut id = String::new();
    for part in nfc(stem(path)).chars() {
        let part = if is_id_character(part) { part } else { '-' };
        if part == '-' && (id.is_empty() || id.ends_with('-')) {
            continue;
        }
        if id.len() + part.len_utf8() > LONGEST {
            break;
        }
        id.push(part);
    }
    id.truncate(id.trim_end_matches('-').len());
    if is_valid(&id) { id } else { "untitled".to_owned() }
}

/// The title of a document that gives none: the file name without its date or number, readable.
pub(super) fn title(path: &str) -> String {
    let stem = nfc(stem(path));
    let without_date = match clock::date_within(&stem) {
        Some((_, 0, end)) => stem.get(end..).unwrap_or_default(),
        _ => &stem,
    };
    let digits = without_date.trim_start_matches(|part: char| part.is_ascii_digit());
    let without_number = if digits.starts_with(['-', '_', ' ', '.']) { digits } else { without_date };
    let words = without_number.trim_matches(|part: char| matches!(part, '-' | '_' | ' ' | '.'));
    let words = if words.is_empty() { &stem } else { words };
    let spaced = if words.contains(' ') { words.to_owned() } else { words.replace(['-', '_'], " ") };
    let mut letters = spaced.chars();
    letters.next().map_or_else(|| "Untitled".to_owned(), |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_from_the_file_or_the_bundle() {
        assert_eq!(id("postmortems/2026/2026-03-14-checkout-503s.md"), "2026-03-14-checkout-503s");
        assert_eq!(id("postmortems/2026/2026-03-14-a/index.md"), "2026-03-14-a");
        assert_eq!(id("PM2019-009 - Kubernetes network (1).md"), "PM2019-009-Kubernetes-network-1");
        assert_eq!(id("PM2022-009 Bad AMI"), "PM2022-009-Bad-AMI");
        assert_eq!(id("a/outage.html.md.erb"), "outage");
        assert_eq!(id("\u{1100}\u{1161}.md"), "가");
        assert_eq!(id("index.md"), "index");
        assert_eq!(id("???.md"), "untitled");
        assert!(id(&format!("{}.md", "장".repeat(99))).len() <= 120);
    }

    #[test]
    fn an_id_can_never_leave_its_folder() {
        for text in ["..", ".", "", "a/b", "a b", "../x", &"x".repeat(121)] {
            assert!(!is_valid(text), "{text}");
        }
        assert!(is_valid("결제-장애_1.a"));
    }

    #[test]
    fn titles_are_readable_file_names() {
        assert_eq!(title("postmortems/2026-03-14-checkout-503s.md"), "Checkout 503s");
        assert_eq!(title("0001-game-test.md"), "Game test");
        assert_eq!(title("PM2019-009 - Kubernetes network.md"), "PM2019-009 - Kubernetes network");
        assert_eq!(title("2026-03-14.md"), "2026 03 14");
    }
}
