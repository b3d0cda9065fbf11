//! An internal detail stands in text for an external audience.
//!
//! ## What it does
//! Searches what an external audience would read for e-mail addresses, addresses of private networks, internal hosts
//! (`privacy.internal_hosts`, `*.internal`, `*.local`, `*.corp`), links into chat, documents and wikis, commit ids, and
//! whatever `privacy.forbid` names. Mailboxes for customers (`support@`, `status@`), wikis that everybody reads, commits linked
//! on a public forge, pictures that are called by a hash, `localhost`, and whole private ranges (`10.0.0.0/8`) are left alone; name
//! them in `privacy.forbid` where they are not.
//!
//! ## Why
//! Customers can't follow such a link, attackers can use such a name, and neither can be taken back.
//!
//! ## Configuration
//! `privacy: {internal_hosts: [shop.test], forbid: ['PROJ-[0-9]+']}` in `lookback.yml`. This rule can neither be turned off
//! nor softened; an `allow` entry with a reason counts once the text is approved.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! public: {publish: true, title: Orders could not be placed}
//! ---
//! ## Customer summary
//! The database at 10.20.0.7 was full.
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! public: {publish: true, title: Orders could not be placed}
//! ---
//! ## Customer summary
//! A database was full.
//! ## Root cause
//! The database at 10.20.0.7 was full.
//! ```

use super::{Check, Document, Group, Rule};
use crate::{
    findings::{Level, Problem},
    text::Span,
};
use regex::Regex;
use std::sync::LazyLock;

pub(super) const RULE: Rule = Rule {
    name: "private-detail-in-public",
    group: Group::Publication,
    level: Level::Error,
    is_completeness: false,
    source: include_str!("private_detail_in_public.rs"),
    check: Check::Text(check),
};

/// What each pattern finds, in words. The first that matches a place names it.
const PATTERNS: &[(&str, &str)] = &[
    (
        "a link into a chat, document or wiki",
        r"(?i)\bhttps?://(?:[a-z0-9-]+\.)*(?:slack\.com|teams\.microsoft\.com|docs\.google\.com|drive\.google\.com|notion\.so|notion\.site|sharepoint\.com|atlassian\.net|discord\.com/channels)(?:[/?#][^\s)>\]]*)?|\bhttps?://[^\s/)>\]]+/(?:wiki|confluence)/[^\s)>\]]*",
    ),
    ("an e-mail address", r"(?i)\b[a-z0-9][a-z0-9._%+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b"),
    (
        "an address of a private network",
        r"\b(?:10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])(?:\.\d{1,3}){2})\b|\bf[cd][0-9a-f]{2}:[0-9a-f:]+",
    ),
    ("an internal host", r"(?i)\b(?:[a-z0-9_-]+\.)+(?:internal|local|corp|intranet|lan|svc)\b"),
    ("a commit id", r"\b[0-9a-f]{40}\b"),
];

fn check(document: &Document<'_>) -> Vec<Problem> {
    static COMPILED: LazyLock<Vec<(&str, Regex)>> =
        LazyLock::new(|| PATTERNS.iter().filter_map(|(what, pattern)| Some((*what, Regex::new(pattern).ok()?))).collect());
    let mut found: Vec<(Span, String)> = Vec::new();
    let privacy = &document.settings.privacy;
    for span in document.read_outside() {
        let text = document.slice(*span);
        let mut note = |range: std::ops::Range<usize>, what: String| found.push((Span::from(range).shifted(span.start), what));
        for (what, pattern) in COMPILED.iter() {
            let hits = pattern.find_iter(text).map(|hit| hit.range()).filter(|hit| !is_known_outside(document, text, hit));
            hits.for_each(|hit| note(hit, (*what).to_owned()));
        }
        for pattern in &privacy.forbid {
            let hits = pattern.find_iter(text).filter(|hit| !hit.is_empty());
            hits.for_each(|hit| note(hit.range(), format!("something that `privacy.forbid` names (`{pattern}`)")));
        }
        for host in privacy.internal_hosts.iter().map(|host| host.trim_start_matches("*.").to_ascii_lowercase()).filter(|host| !host.is_empty()) {
            for range in hosts(text, &host) {
                note(range, "an internal host".to_owned());
            }
        }
    }
    found.sort();
    let mut end = 0;
    // One finding per place: an address that is an e-mail address, too, is reported once.
    found.retain(|(span, _)| {
        let is_new = span.start >= end;
        end = end.max(span.end);
        is_new
    });
    let problems = found.into_iter().map(|(span, what)| {
        let message = format!("text for an external audience holds {what}: `{}`", document.slice(span));
        Problem::new(RULE.name, span, message).help("take it out, or move it to an internal section")
    });
    problems.collect()
}

/// Mailboxes that are there for the world to write to.
pub(crate) const OPEN_MAILBOXES: &[&str] = &[
    "abuse", "billing", "care", "contact", "dpo", "feedback", "hello", "help", "helpdesk", "info", "legal", "no-reply", "noreply", "office", "press",
    "privacy", "sales", "security", "service", "status", "support",
];

/// Wikis that everybody reads, by the end of their host.
const OPEN_WIKIS: &[&str] = &[
    "apache.org",
    "archlinux.org",
    "centos.org",
    "debian.org",
    "eclipse.org",
    "fandom.com",
    "fedoraproject.org",
    "freebsd.org",
    "gentoo.org",
    "github.com",
    "gitlab.com",
    "jenkins.io",
    "kernel.org",
    "mediawiki.org",
    "mozilla.org",
    "nginx.org",
    "openstack.org",
    "openstreetmap.org",
    "postgresql.org",
    "python.org",
    "qt.io",
    "samba.org",
    "ubuntu.com",
    "wikibooks.org",
    "wikidata.org",
    "wikimedia.org",
    "wikipedia.org",
    "wiktionary.org",
];

/// Forges whose addresses anybody may have been given.
const OPEN_FORGES: &[&str] = &["bitbucket.org", "codeberg.org", "github.com", "gitlab.com", "sr.ht"];

/// Bytes of an address that are looked at.
const LONGEST_ADDRESS: usize = 2_000;

/// Whether what a pattern found tells nothing that is not known outside: a mailbox for customers, a wiki of everybody, a range of addresses.
fn is_known_outside(document: &Document<'_>, text: &str, hit: &std::ops::Range<usize>) -> bool {
    let found = text.get(hit.clone()).unwrap_or_default();
    let before = text.get(..hit.start).unwrap_or_default();
    let after = text.get(hit.end..).unwrap_or_default();
    let is_below =
        |host: &str, known: &[&str]| known.iter().any(|known| host == *known || host.strip_suffix(known).is_some_and(|rest| rest.ends_with('.')));
    if let Some((mailbox, host)) = found.split_once('@') {
        let (mailbox, host) = (mailbox.to_lowercase(), host.to_lowercase());
        // Whoever is known by name or address has a finding of `person-in-public`.
        let is_person = document.surroundings.people.find(&found.to_lowercase()).iter().any(|(_, term)| *term == super::Term::Email);
        return is_person || OPEN_MAILBOXES.contains(&&*mailbox) || host == "googlegroups.com" || host.starts_with("lists.");
    }
    if let Some(address) = found.split_once("://").map(|(_, address)| address.to_lowercase()) {
        let host = address.split(['/', '?', '#', ':']).next().unwrap_or_default();
        return is_below(host, OPEN_WIKIS);
    }
    if found.len() == 40 && found.chars().all(|character| character.is_ascii_hexdigit()) {
        // Pictures are often called by a hash of their bytes.
        let path = after.get(..after.floor_char_boundary(LONGEST_ADDRESS)).unwrap_or_default();
        let path = path.split(|character: char| character.is_whitespace() || matches!(character, ')' | '>' | '"' | '?')).next().unwrap_or_default();
        let is_picture = [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"].iter().any(|ending| path.to_ascii_lowercase().ends_with(ending));
        let before = before.get(before.floor_char_boundary(before.len().saturating_sub(LONGEST_ADDRESS))..).unwrap_or_default();
        let start = before.rfind(|character: char| character.is_whitespace() || matches!(character, '(' | '<' | '"' | '[')).map_or(0, |at| at + 1);
        let address = before.get(start..).and_then(|start| start.split_once("://")).map(|(_, address)| address.to_lowercase());
        return address.is_some_and(|address| is_picture || is_below(address.split('/').next().unwrap_or_default(), OPEN_FORGES));
    }
    // `10.0.0.0/8` is everybody's; `10.3.0.0/16` is one's own.
    let is_range = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7", "fd00::/8"].iter().any(|range| {
        range.strip_prefix(found).is_some_and(|prefix| after.starts_with(prefix) && !after.get(prefix.len()..).is_some_and(starts_with_digit))
    });
    // `.env.local` is a file, `com.shop.internal.Cart` a name in a program.
    let is_name = !found.contains("://")
        && !found.starts_with(|character: char| character.is_ascii_digit())
        && (before.ends_with('.')
            || (before.ends_with('/') && !before.ends_with("//"))
            || (after.starts_with('.') && after.get(1..).is_some_and(starts_with_letter)));
    is_range || is_name
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|character: char| character.is_ascii_digit())
}

fn starts_with_letter(text: &str) -> bool {
    text.starts_with(|character: char| character.is_ascii_alphabetic())
}

/// Where a host, or one below it, stands.
fn hosts(text: &str, host: &str) -> Vec<std::ops::Range<usize>> {
    let is_part = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_');
    let folded = text.to_ascii_lowercase();
    let whole = folded.match_indices(host).filter_map(|(at, _)| {
        let (before, after) = (folded.get(..at)?, folded.get(at + host.len()..)?);
        let starts = !before.ends_with(is_part);
        let mut rest = after.chars();
        let ends = match rest.next() {
            Some('.') => !rest.next().is_some_and(is_part),
            next => !next.is_some_and(is_part),
        };
        let start = before.len() - before.chars().rev().take_while(|character| is_part(*character) || *character == '.').count();
        (starts && ends).then_some(start..at + host.len())
    });
    whole.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::places_of;

    fn found(public: &str) -> Vec<String> {
        let text = format!("---\ntitle: A\npublic: {{publish: true, title: T}}\n---\n## Customer summary\n{public}\n");
        places_of(RULE.name, &text)
    }

    #[test]
    fn internal_details_are_found_once_each() {
        assert_eq!(
            found("Write to oncall@shop.example or see https://shop.slack.com/archives/C1."),
            ["oncall@shop.example", "https://shop.slack.com/archives/C1."]
        );
        assert_eq!(found("Host db-1.eu.internal at 192.168.4.1"), ["db-1.eu.internal", "192.168.4.1"]);
        assert_eq!(found(&format!("Fixed in {}", "a1".repeat(20))), ["a1".repeat(20)]);
        assert_eq!(found(&format!("[fix](https://git.shop.example/cart/{})", "a1".repeat(20))), ["a1".repeat(20)]);
        assert_eq!(
            found("The range 10.3.0.0/16 of api.payments.svc, see https://wiki.shop.example/wiki/Cart"),
            ["10.3.0.0", "api.payments.svc", "https://wiki.shop.example/wiki/Cart"]
        );
    }

    #[test]
    fn what_customers_know_anyway_is_fine() {
        for public in [
            "Write to support@shop.example or to the list users@lists.shop.example.",
            "A [brownout](https://en.wikipedia.org/wiki/Brownout_(software)) is planned; [pools](https://wiki.postgresql.org/wiki/Pooling).",
            "Traffic from 10.0.0.0/8 and fc00::/7 is dropped, and that of 169.254.169.254.",
            "Run `curl http://localhost:8001/healthz` to see whether yours is hit.",
            "The file `.env.local` and the class com.shop.internal.Cart.",
        ] {
            assert_eq!(found(public), [""; 0], "{public}");
        }
        assert_eq!(found(&format!("[fix](https://github.com/shop/cart/commit/{})", "a1".repeat(20))), [""; 0]);
        assert_eq!(found(&format!("![graph](https://cdn.example/{}/a/graph.PNG)", "a1".repeat(20))), [""; 0]);
        assert_eq!(found("Version 10.2.3 of https://status.shop.example/incidents/12, from 8.8.8.8, local time."), [""; 0]);
    }

    #[test]
    fn a_configured_host_covers_those_below_it() {
        assert_eq!(hosts("see grafana.shop.test, not myshop.test or shop.test.example", "shop.test"), vec![4..21; 1]);
    }
}
