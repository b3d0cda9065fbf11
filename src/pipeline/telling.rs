//! Which pieces of a text say by themselves where they come from. What does not is too common to be looked for.

use crate::{output::NEW_PHRASE, rules::OPEN_MAILBOXES};

/// Words below which a front matter value is too common to say where it comes from.
const WORDS_OF_A_VALUE: usize = 3;

/// The same for the subject of a commit: `Correct the times` may be said by anybody.
const WORDS_OF_A_SUBJECT: usize = 4;

/// Characters of a name for machines.
const SHORTEST_NAME: usize = 6;

/// Endings of hosts that exist inside only.
const INSIDE: &[&str] = &[".internal", ".local", ".corp", ".intranet", ".lan", ".svc"];

/// Whether a value has enough words.
pub(super) fn is_sentence(value: &str) -> bool {
    lettered(value) >= WORDS_OF_A_VALUE
}

/// Whether the subject of a commit has enough words.
pub(super) fn is_subject(subject: &str) -> bool {
    lettered(subject) >= WORDS_OF_A_SUBJECT
}

fn lettered(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count()
}

/// Whether a value without spaces is a name that machines use, such as `OPS-4711` or `eu-west-1/payments`: it has letters and digits, and is no time,
/// amount or severity.
pub(super) fn is_name(value: &str) -> bool {
    let is_token = value.chars().count() >= SHORTEST_NAME && !value.contains(char::is_whitespace);
    let is_mixed = value.contains(char::is_alphabetic) && value.contains(|character: char| character.is_ascii_digit());
    let is_time = value.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '-' | '~'))
        && value.chars().all(|character| character.is_ascii_digit() || "TZUCtzpP:.,+-~%".contains(character));
    let is_zone = value.starts_with("Etc/") || value.starts_with("UTC") || value.starts_with("GMT");
    is_token && is_mixed && !is_time && !is_zone
}

/// Whether the name of a file says more than `index.md` or `graph.png`.
pub(super) fn is_file_name(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    stem.chars().count() > SHORTEST_NAME && stem.contains(|character: char| matches!(character, '-' | '_' | ' ') || character.is_ascii_digit())
}

/// Whether the name of a branch is one that nobody else would think of.
pub(super) fn is_branch(name: &str) -> bool {
    name.chars().count() >= SHORTEST_NAME
        && name.contains(['/', '-', '_', '.'])
        && name.chars().any(char::is_alphabetic)
        && !name.contains(char::is_whitespace)
}

/// Branches that the message of a merge names, by the words of git and of forges.
pub(super) fn branches(message: &str) -> Vec<&str> {
    let subject = message.lines().next().unwrap_or_default();
    if !subject.starts_with("Merge") {
        return Vec::new();
    }
    let mut names = Vec::new();
    for word in subject.split_whitespace() {
        let name = word.trim_matches(|character: char| matches!(character, '\'' | '"' | '(' | ')' | ',' | ':' | '`' | '.'));
        names.push(name);
        // `owner/branch`, `origin/branch`.
        names.extend(name.split_once('/').map(|(_, branch)| branch));
    }
    names.retain(|name| is_branch(name) && !name.starts_with("http") && *name != "remote-tracking" && !name.contains('!') && !name.contains('#'));
    names
}

/// Front matter in which every value is a phrase of its own: `title` and what it is are not six words that somebody wrote.
pub(super) fn without_keys(front_matter: &str) -> String {
    let mut out = String::with_capacity(front_matter.len());
    for line in front_matter.split_inclusive('\n') {
        let (mut rest, mut begins) = (line, true);
        while let Some((before, after)) = rest.split_once(": ").or_else(|| rest.split_once(":\n")) {
            let key = before
                .rfind(|character: char| !(character.is_alphanumeric() || matches!(character, '_' | '-')))
                .map_or(0, |at| before.get(at..).and_then(|key| key.chars().next()).map_or(at, |character| at + character.len_utf8()));
            let outer = before.get(..key).unwrap_or_default().trim_end();
            let is_key = (begins && outer.is_empty()) || outer.ends_with(['{', ',', '-', '"', '\'']);
            out.push_str(before.get(..if is_key { key } else { before.len() }).unwrap_or_default());
            out.push(if is_key { NEW_PHRASE } else { ' ' });
            begins = false;
            rest = rest.get(before.len() + 1..).filter(|_| !after.is_empty() || rest.ends_with('\n')).unwrap_or_default();
        }
        out.push_str(rest);
    }
    out
}

/// Addresses that stand in a text: what each is, and the address.
pub(super) fn addresses(text: &str) -> Vec<(&'static str, &str)> {
    let is_between = |character: char| {
        character.is_whitespace() || matches!(character, '<' | '>' | '(' | ')' | '[' | ']' | '{' | '}' | '"' | '\'' | '`' | '|' | ',' | ';')
    };
    let mut found = Vec::new();
    for word in text.split(is_between).filter(|word| word.len() >= SHORTEST_NAME && word.contains(['.', '@'])) {
        let word = word.trim_end_matches(['.', ':', '!', '?', '*', '_', '\\']).trim_start_matches(['*', '_']);
        if let Some((scheme, address)) = word.split_once("://") {
            if !scheme.ends_with("http") && !scheme.ends_with("https") {
                continue;
            }
            let address = address.trim_end_matches('/');
            if is_deep(address) {
                found.push(("address of a page", address));
            }
            let host = address.split(['/', '?', '#', ':']).next().unwrap_or_default();
            found.extend(is_inside(host).then_some(("internal host", host)));
        } else if let Some((mailbox, host)) = word.trim_start_matches("mailto:").split_once('@') {
            let is_open = OPEN_MAILBOXES.contains(&&*mailbox.to_ascii_lowercase());
            let is_host = host.contains('.') && host.chars().all(|character| character.is_alphanumeric() || matches!(character, '.' | '-'));
            if is_host && !mailbox.is_empty() && !is_open {
                found.push(("e-mail address", word.trim_start_matches("mailto:")));
            }
        } else {
            let host = word.split(['/', ':']).next().unwrap_or_default();
            found.extend(is_inside(host).then_some(("internal host", host)));
        }
    }
    found
}

/// Whether an address names one page among many: a site's front page or `/contact` is linked from everywhere.
fn is_deep(address: &str) -> bool {
    let Some((_, path)) = address.split_once(['/', '?']) else { return false };
    path.chars().any(|character| character.is_ascii_digit()) || path.matches('/').count() >= 2
}

/// Whether a host is one that only exists inside, by its ending or because it is a private address.
fn is_inside(host: &str) -> bool {
    let lower = host.to_ascii_lowercase();
    let is_name = lower.chars().all(|character| character.is_ascii_alphanumeric() || matches!(character, '.' | '-' | '_'));
    let is_named = || INSIDE.iter().any(|ending| lower.strip_suffix(ending).is_some_and(|name| name.len() > 2));
    let is_private = || lower.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_private() && address.octets().last() != Some(&0));
    is_name && (is_named() || is_private())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_for_machines_have_letters_and_digits() {
        for name in ["OPS-4711", "eu-west-1/payments", "db01.shop"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["SEV2", "2026-03-02T09:00:00Z", "2026-12-01", "99.95%", "third-party", "database", "UTC+09:00", "OPS 4711", "420"] {
            assert!(!is_name(name), "{name}");
        }
    }

    #[test]
    fn values_are_phrases_of_their_own() {
        let text = "---\ntitle: Orders: all of them\npublic: {publish: true, title: Orders failed}\nactions:\n  - owner: Ada\n---\n";
        assert_eq!(without_keys(text).replace(NEW_PHRASE, "§"), "---\n§ Orders  all of them\n§ {§ true, § Orders failed}\n§\n  - § Ada\n---\n");
    }

    #[test]
    fn merges_name_their_branches() {
        assert_eq!(branches("Merge pull request #12 from ada/fix-pool\n\nText"), ["ada/fix-pool", "fix-pool"]);
        assert_eq!(branches("Merge branch 'pool_size' into 'main'"), ["pool_size"]);
        assert_eq!(branches("Merge remote-tracking branch 'origin/pool-size'"), ["origin/pool-size", "pool-size"]);
        assert_eq!(branches("Fix pool-size"), [""; 0]);
    }

    #[test]
    fn addresses_are_those_of_one_page_a_mailbox_or_an_inner_host() {
        let text = "See [the graph](https://graphs.example/d/12?x=1), <https://example.com/contact>, ada.m@example.com or support@example.com; `db-1.eu.internal:5432`, 10.1.2.3.";
        let found = addresses(text);
        assert_eq!(
            found,
            [
                ("address of a page", "graphs.example/d/12?x=1"),
                ("e-mail address", "ada.m@example.com"),
                ("internal host", "db-1.eu.internal"),
                ("internal host", "10.1.2.3")
            ]
        );
    }
}
