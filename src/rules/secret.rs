//! Something in the file looks like a credential.
//!
//! ## What it does
//! Searches the whole file, code included, for private keys, access keys and tokens of well-known services, JSON web tokens,
//! passwords in addresses (`https://user:password@host`), and values after `password`, `token`, `api_key`, `Authorization` and
//! the like that are too random to be words. A key needs its text, not only its first line; logins of one's own machine
//! (`localhost`) and `user:user@` are examples. The message never shows what was found.
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
    // The line alone, in a text about keys, is none: the key follows, in lines of its own or after `\n`.
    (
        "a private key",
        r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?:\\n|\\r|[\s\x22'`+,>|])*(?:[A-Za-z-]+: [^\n\\]*(?:\\n|\\r|[\s\x22'`+,>|])+)*[A-Za-z0-9+/=]{24,}",
    ),
    ("an access key of AWS", r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    ("a token of GitHub", r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{40,})"),
    ("a token of GitLab", r"\bglpat-[A-Za-z0-9_-]{20,}"),
    ("a token of Slack", r"\b(?:xox[abeoprs]|xapp)-[A-Za-z0-9-]{10,}"),
    (
        "a webhook of Slack",
        r"https://hooks\.slack\.com/(?:services/T[A-Z0-9]{7,}/B[A-Z0-9]{7,}|workflows/T[A-Z0-9]{7,}/A[A-Z0-9]{7,}/[0-9]+)/[A-Za-z0-9]{20,}",
    ),
    ("a webhook of Discord", r"https://(?:[a-z]+\.)?discord(?:app)?\.com/api/webhooks/[0-9]{17,20}/[A-Za-z0-9_-]{60,}"),
    ("a key of Google", r"\bAIza[A-Za-z0-9_-]{35}\b"),
    ("a key of Stripe", r"\b[rs]k_live_[A-Za-z0-9]{20,}"),
    ("an API key", r"\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{32,}"),
    ("a token of npm", r"\bnpm_[A-Za-z0-9]{36}\b"),
    ("a token of PyPI", r"\bpypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,}"),
    ("a token of DigitalOcean", r"\bdo[opr]_v1_[a-f0-9]{64}\b"),
    ("a token of Doppler", r"\bdp\.(?:st|pt|ct|sa|scim|audit)\.[A-Za-z0-9_.-]{40,}"),
    ("a token of Vault", r"\bhv[sb]\.[A-Za-z0-9_-]{24,}"),
    ("a key of SendGrid", r"\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}\b"),
    ("a token of Grafana", r"\bgls[ac]_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}\b"),
    ("a token of Hugging Face", r"\bhf_[A-Za-z]{34}\b"),
    ("a token of Telegram", r"\b[0-9]{8,10}:AA[A-Za-z0-9_-]{33}\b"),
    ("a key of Azure storage", r"\bAccountKey=([A-Za-z0-9+/]{86}==)"),
    ("a JSON web token", r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}"),
    ("a password in an address", r"\b[a-z][a-z0-9+.-]*://([^\s:/@<>\x22'`]+:[^\s:/@<>\x22'`]{4,}@[A-Za-z0-9\[][A-Za-z0-9.:\]-]*)"),
    ("a credential", r"(?i)\bauthorization[\x22']?\s?[:=]\s?[\x22']?(?:bearer|basic|token)\s+([A-Za-z0-9+/_.=~-]{16,})"),
    (
        "a credential",
        r"(?i)(?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|client[_-]?secret|private[_-]?key|credential|비밀번호|암호|패스워드|토큰|인증키)[A-Za-z0-9_]*[\x22'`]?\s{0,2}(?::|=|:=)\s{0,2}[\x22'`]?([A-Za-z0-9+/_.~!@#$%^&*=-]{10,})",
    ),
];

fn check(document: &Document<'_>) -> Vec<Problem> {
    let problems = find(document.parsed.source().text()).into_iter().map(|(span, what)| {
        Problem::new(RULE.name, span, format!("this looks like {what}"))
            .help("replace it where it is valid, then take it out of the file and of the history")
    });
    problems.collect()
}

/// A text without what looks like a credential; `None` where nothing does. For texts of the history, which nobody can correct.
#[must_use]
pub fn without_secrets(text: &str) -> Option<String> {
    let found = find(text);
    if found.is_empty() {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut end = 0;
    for (span, _) in found {
        // Of a key only the first line is pointed at; nothing of what follows may be shown either.
        out.push_str(text.get(end..span.start).unwrap_or_default());
        out.push_str("[…]");
        end = if text.get(..span.end).is_some_and(|before| before.ends_with("KEY")) { text.len() } else { span.end };
    }
    out.push_str(text.get(end..).unwrap_or_default());
    Some(out)
}

/// Places that look like credentials, in order, and what each looks like.
fn find(text: &str) -> Vec<(Span, &'static str)> {
    static COMPILED: LazyLock<Vec<(&'static str, Regex)>> =
        LazyLock::new(|| PATTERNS.iter().filter_map(|(what, pattern)| Some((*what, Regex::new(pattern).ok()?))).collect());
    let mut found: Vec<(Span, &'static str)> = Vec::new();
    for (what, pattern) in COMPILED.iter() {
        for captures in pattern.captures_iter(text) {
            let Some(hit) = captures.get(1).or_else(|| captures.get(0)) else { continue };
            // What is called is a function.
            if text.get(hit.end()..).is_some_and(|after| after.starts_with('(')) {
                continue;
            }
            let is_secret = match *what {
                "a credential" => is_random(hit.as_str()),
                "a password in an address" => is_login(hit.as_str()),
                _ => !is_placeholder(hit.as_str()),
            };
            if is_secret {
                let hit = Span::from(hit.range());
                // Of an address only the password is pointed at, and of a key its first line.
                let place = match *what {
                    "a password in an address" => password(text, hit),
                    "a private key" => Span::new(hit.start, hit.start + hit.of(text).find("KEY").map_or(hit.len(), |at| at + 3)),
                    _ => hit,
                };
                found.push((place, what));
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
    found
}

/// The password of `user:password@host`.
fn password(text: &str, login: Span) -> Span {
    let written = login.of(text);
    match (written.find(':'), written.rfind('@')) {
        (Some(colon), Some(at)) if colon < at => Span::new(login.start + colon + 1, login.start + at),
        _ => login,
    }
}

/// Whether `user:password@host` lets somebody in: not one that is the same on everybody's machine, and no example.
fn is_login(login: &str) -> bool {
    let Some((user, (password, host))) = login.split_once(':').and_then(|(user, rest)| Some((user, rest.rsplit_once('@')?))) else { return false };
    let host = host.split([':', '/']).next().unwrap_or_default();
    let is_local = matches!(host, "localhost" | "127.0.0.1" | "0.0.0.0" | "host.docker.internal" | "[");
    // `docker://alpine:3.21@sha256:…` is a version.
    !is_local && host != "sha256" && !user.eq_ignore_ascii_case(password) && !is_placeholder(password)
}

/// Stands for a secret instead of being one.
fn is_placeholder(value: &str) -> bool {
    const WORDS: &[&str] = &[
        "example",
        "redacted",
        "password",
        "passwd",
        "changeme",
        "secret",
        "placeholder",
        "your",
        "dummy",
        "xxxx",
        "****",
        "...",
        "pass",
        "token",
        "hunter2",
        "abc123",
        "abcdef",
        "fake",
        "123456",
        "mock",
        "sample",
        "synthetic",
        "test",
        // The signature of the token that every text about JSON web tokens shows.
        "sflkxwrjsmekkf2qt4fwpmejf36pok6yjv",
    ];
    let folded = value.to_lowercase();
    let distinct: BTreeSet<char> = folded.chars().collect();
    distinct.len() < 3 || value.starts_with(['$', '%', '{', '*', '<']) || WORDS.iter().any(|word| folded.contains(word))
}

/// At least ten characters, letters and at least two digits, and more than three bits of entropy per character: no word, no version, no path, no
/// identifier.
fn is_random(value: &str) -> bool {
    let has_mark = value.contains(['!', '@', '#', '$', '%', '^', '&', '*', '~']);
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let is_path = value.contains("://") || value.matches('/').count() > 1 || value.contains("()");
    (digits > 1 || (digits == 1 && has_mark))
        && value.chars().any(|character| character.is_ascii_alphabetic())
        && !is_path
        && !is_identifier(value)
        && !is_placeholder(value)
        && entropy(value) > 3.0
}

/// Words joined by `-`, `_`, `.` and `/`, each with few digits at one of its ends: `refresh_token_v2`, `base64-decodable`, `d2.properties.email`.
fn is_identifier(value: &str) -> bool {
    let is_word = |word: &str| {
        let letters = word.trim_matches(|character: char| character.is_ascii_digit());
        letters.chars().all(|character| character.is_ascii_alphabetic()) && (letters.is_empty() || word.len() - letters.len() < 5)
    };
    let words: Vec<&str> = value.trim_end_matches(['.', '=', '-']).split(['-', '_', '.', '/']).collect();
    words.iter().all(|word| word.chars().all(|character| character.is_ascii_alphabetic()))
        || (words.len() > 1 && words.iter().all(|word| is_word(word)))
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
    use crate::rules::tests::{messages_of, places_of};

    #[test]
    fn credentials_are_found_and_never_shown() {
        let key = ["AK", "IA", "QW7K2PZ4XN5RT8VB"].concat();
        let token = ["gh", "p_", &"a1B2c3D4e5F6".repeat(3)].concat();
        let material = "MIIEowIBAAKCAQEA7bq".repeat(2);
        let text = format!(
            "---\ntitle: A\n---\n{key}\n`{token}`\nDB_PASSWORD=\"kf83JdmP2x9Q\"\n-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\n{material}\n"
        );
        let found = messages_of(RULE.name, &text);
        assert_eq!(found.len(), 4, "{found:?}");
        assert!(found.iter().all(|(message, at)| !message.contains(at)));
    }

    #[test]
    fn only_the_secret_part_is_pointed_at() {
        let pem = format!("PEM=\"-----BEGIN PRIVATE KEY-----\\n{}\"", "MIIEvQIBADANBgkqhki".repeat(2));
        let bearer = ["Authorization: Bearer ", "q8Zr41mVx9", "Tt03LkPw"].concat();
        let text = format!("---\ntitle: A\n---\nhttps://deploy:Zx81kqPw@ci.shop.example\n{pem}\n{bearer}\n비밀번호: kf83JdmP2x9Q\n");
        let found: Vec<String> = places_of(RULE.name, &text);
        assert_eq!(found, ["Zx81kqPw", "-----BEGIN PRIVATE KEY", "q8Zr41mVx9Tt03LkPw", "kf83JdmP2x9Q"]);
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
            "The variable begins with `-----BEGIN PRIVATE KEY-----`, and ends with `-----END PRIVATE KEY-----`.",
            "\"-----BEGIN RSA PRIVATE KEY-----\\nfake\\n-----END RSA PRIVATE KEY-----\"",
            "postgres://checkout:checkout@db.shop.example/orders",
            "postgres://postgres:s3cr9tQq@localhost:5432/orders",
            "postgres://payments:hunter2@payments-db:5432/main",
            "https://hooks.slack.com/services/ABCDEFGHI/JKLMNOPQR/STUVWXYZABCDEFGHIJKL",
            "await verify({ token: d2.properties.email_otp, email })",
            "token: v2.14.0-rc3.build7",
            "PRIVATE_KEY_B64: base64-decodable",
            "secret = get_2nd_factor_from_k8s_vault()",
            "function derive(privateKey: Uint8Array)",
            "token = base64.urlsafe_b64encode(raw)",
            "uses: docker://alpine:3.21@sha256:48b0309ca019d89d40",
            "curl 'https://shop.example/callback?token=abc123&api_key=xxx&ok=1'",
            "token: tok_web_0123456789abcdef",
        ] {
            assert_eq!(messages_of(RULE.name, &format!("---\ntitle: A\n---\n{text}\n")), [], "{text}");
        }
    }
}
