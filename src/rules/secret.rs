//! Something in the file looks like a credential.
//!
//! ## What it does
//! Searches the whole file, code included, for private keys, access keys and tokens of well-known services, JSON web tokens,
//! passwords in addresses (`https://user:password@host`), and values after `password`, `token`, `api_key` and the like that
//! are too random to be words. The message never shows what was found.
//!
//! ## Why
//! What is pasted from a terminal in the middle of the night is committed the next day, and git forgets nothing. A
//! credential in a repository has to be replaced, not only deleted.
//!
//! ## Configuration
//! This rule can neither be turned off nor softened; an `allow` entry with a reason counts once the text is approved.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! ---
//! ## Response
//!     curl https://deploy:Zx81kqPw@ci.shop.example/restart
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! ---
//! ## Response
//!     curl https://deploy:$PASSWORD@ci.shop.example/restart
//! ```

use super::{Check, Document, Group, Rule};
use crate::{
    findings::{Level, Problem},
    text::Span,
};
use regex::Regex;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

pub(super) const RULE: Rule = Rule {
    name: "secret",
    group: Group::Publication,
    level: Level::Error,
    is_completeness: false,
    source: include_str!("secret.rs"),
    check: Check::Text(check),
};

/// What each pattern finds, in words; where a pattern has a group, the group is the secret.
const PATTERNS: &[(&str, &str)] = &[
    ("a private key", r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----"),
    ("an access key of AWS", r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    ("a token of GitHub", r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{40,})"),
    ("a token of GitLab", r"\bglpat-[A-Za-z0-9_-]{20,}"),
    ("a token of Slack", r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}"),
    ("a webhook of Slack", r"https://hooks\.slack\.com/(?:services|workflows)/[A-Za-z0-9/_-]{20,}"),
    ("a key of Google", r"\bAIza[A-Za-z0-9_-]{35}\b"),
    ("a key of Stripe", r"\b[rs]k_live_[A-Za-z0-9]{20,}"),
    ("an API key", r"\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{32,}"),
    ("a token of npm", r"\bnpm_[A-Za-z0-9]{36}\b"),
    ("a JSON web token", r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}"),
    ("a password in an address", r"\b[a-z][a-z0-9+.-]*://[^\s:/@<>\x22'`]+:([^\s:/@<>\x22'`]{4,})@[A-Za-z0-9\[]"),
    (
        "a credential",
        r"(?i)(?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|client[_-]?secret|private[_-]?key|credential)[A-Za-z0-9_]*[\x22'`]?\s{0,2}(?::|=|:=)\s{0,2}[\x22'`]?([A-Za-z0-9+/_.~!@#$%^&*=-]{10,})",
    ),
];

fn check(document: &Document<'_>) -> Vec<Problem> {
    static COMPILED: LazyLock<Vec<(&str, Regex)>> =
        LazyLock::new(|| PATTERNS.iter().filter_map(|(what, pattern)| Some((*what, Regex::new(pattern).ok()?))).collect());
    let text = document.parsed.source().text();
    let mut found: Vec<(Span, &str)> = Vec::new();
    for (what, pattern) in COMPILED.iter() {
        for captures in pattern.captures_iter(text) {
            let Some(hit) = captures.get(1).or_else(|| captures.get(0)) else { continue };
            let is_secret = match *what {
                "a credential" => is_random(hit.as_str()),
                _ => !is_placeholder(hit.as_str()),
            };
            if is_secret {
                found.push((Span::from(hit.range()), what));
            }
        }
    }
    found.sort();
    let mut end = 0;
    found.retain(|(span, _)| {
        let is_new = span.start >= end;
        end = end.max(span.end);
        is_new
    });
    let problems = found.into_iter().map(|(span, what)| {
        Problem::new(RULE.name, span, format!("this looks like {what}"))
            .help("replace it where it is valid, then take it out of the file and of the history")
    });
    problems.collect()
}

/// Stands for a secret instead of being one.
fn is_placeholder(value: &str) -> bool {
    const WORDS: &[&str] =
        &["example", "redacted", "password", "passwd", "changeme", "secret", "placeholder", "your", "dummy", "xxxx", "****", "...", "pass", "token"];
    let folded = value.to_lowercase();
    let distinct: BTreeSet<char> = folded.chars().collect();
    distinct.len() < 3 || value.starts_with(['$', '%', '{', '*', '<']) || WORDS.iter().any(|word| folded.contains(word))
}

/// At least ten characters, letters and digits, and more than three bits of entropy per character: no word, no version, no path, no identifier.
fn is_random(value: &str) -> bool {
    let has = |test: fn(char) -> bool| value.chars().any(test);
    let is_path = value.contains("://") || value.matches('/').count() > 1 || value.contains("()");
    let is_identifier = value
        .split(['-', '_', '.', '/'])
        .all(|word| word.chars().all(|character| character.is_ascii_alphabetic()) || word.chars().all(|character| character.is_ascii_digit()));
    has(|character| character.is_ascii_digit())
        && has(|character| character.is_ascii_alphabetic())
        && !is_path
        && !is_identifier
        && !is_placeholder(value)
        && entropy(value) > 3.0
}

/// Bits per character, by the frequencies of the characters themselves (Shannon).
#[expect(clippy::cast_precision_loss, reason = "a value has far fewer than 2^52 characters")]
fn entropy(value: &str) -> f64 {
    let mut counts: BTreeMap<char, usize> = BTreeMap::new();
    value.chars().for_each(|character| *counts.entry(character).or_default() += 1);
    let length = value.chars().count() as f64;
    counts.values().map(|count| *count as f64 / length).map(|share| -share * share.log2()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::messages_of;

    #[test]
    fn credentials_are_found_and_never_shown() {
        let key = ["AK", "IA", "QW7K2PZ4XN5RT8VB"].concat();
        let token = ["gh", "p_", &"a1B2c3D4e5F6".repeat(3)].concat();
        let text = format!("---\ntitle: A\n---\n{key}\n`{token}`\nDB_PASSWORD=\"kf83JdmP2x9Q\"\n-----BEGIN RSA PRIVATE KEY-----\n");
        let found = messages_of(RULE.name, &text);
        assert_eq!(found.len(), 4, "{found:?}");
        assert!(found.iter().all(|(message, at)| !message.contains(at)));
    }

    #[test]
    fn words_placeholders_and_names_are_no_credentials() {
        for text in [
            "token: ${DEPLOY_TOKEN}",
            "password: <your-password>",
            "secret: projects/checkout/secrets/db/versions/3",
            "token=refresh_token_v2",
            "password = getPassword()",
            "https://user:password@host/",
            "api_key: AKIAIOSFODNN7EXAMPLE",
            "the token: rotated on 2026-03-14",
        ] {
            assert_eq!(messages_of(RULE.name, &format!("---\ntitle: A\n---\n{text}\n")), [], "{text}");
        }
    }
}
