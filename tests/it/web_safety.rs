//! Every page of every kind carries a policy that allows nothing but its own files, and needs nothing else.

use std::{collections::BTreeMap, sync::LazyLock};

use regex::Regex;

use crate::harness::{Sites, files, lookback};

static PATTERNS: LazyLock<Patterns> = LazyLock::new(Patterns::new);

struct Patterns {
    policy: Regex,
    kind: Regex,
    tag: Regex,
    attribute: Regex,
}

impl Patterns {
    fn new() -> Self {
        let pattern = |text: &str| Regex::new(text).unwrap();
        Self {
            policy: pattern(r#"<meta http-equiv="Content-Security-Policy" content="([^"]*)">"#),
            kind: pattern(r#"<body class="page-([a-z0-9-]+)"#),
            tag: pattern(r#"<([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[^\s"'<>/=]+(?:=(?:"[^"]*"|'[^']*'|[^\s"'<>]+))?)*)\s*/?>"#),
            attribute: pattern(r#"([^\s"'<>/=]+)(?:="([^"]*)")?"#),
        }
    }
}

/// What is wrong with a page; nothing is.
fn complaints(path: &str, html: &str) -> Vec<String> {
    let patterns = &*PATTERNS;
    let mut complaints = Vec::new();
    let policies: Vec<&str> = patterns.policy.captures_iter(html).map(|found| found.extract::<1>().1[0]).collect();
    let &[policy] = &policies[..] else { return vec![format!("{path}: {} policies", policies.len())] };
    for directive in policy.split(';').map(str::trim) {
        let mut words = directive.split(' ');
        let name = words.next().unwrap_or_default();
        let is_known = ["default-src", "style-src", "img-src", "script-src", "connect-src", "base-uri", "form-action", "font-src", "manifest-src"]
            .contains(&name);
        let is_own = |word: &str| ["'none'", "'self'"].contains(&word) || (word == "data:" && name == "img-src");
        if !is_known || !words.all(is_own) {
            complaints.push(format!("{path}: the policy allows {directive}"));
        }
    }
    for closed in ["default-src 'none'", "base-uri 'none'", "form-action 'none'"] {
        if !policy.contains(closed) {
            complaints.push(format!("{path}: the policy lacks {closed}"));
        }
    }
    let before = html.split("http-equiv").next().unwrap_or_default();
    if before.contains("<link") || before.contains("<script") || before.contains("<style") {
        complaints.push(format!("{path}: something is loaded before the policy"));
    }
    for found in patterns.tag.captures_iter(html) {
        let (tag, [name, attributes]) = found.extract();
        let name = name.to_ascii_lowercase();
        let attributes: BTreeMap<String, &str> = patterns
            .attribute
            .captures_iter(attributes)
            .map(|found| (found[1].to_ascii_lowercase(), found.get(2).map_or("", |value| value.as_str())))
            .collect();
        let value = |key: &str| attributes.get(key).copied().unwrap_or_default();
        let is_elsewhere = |address: &str| address.contains("://") || address.starts_with("//");
        let is_link = ["a", "area"].contains(&&*name);
        let is_stylesheet = name == "link" && !["canonical", "alternate"].contains(&value("rel"));
        let wrong = attributes.contains_key("style")
            || attributes.keys().any(|key| key.starts_with("on"))
            || ["style", "iframe", "object", "embed", "base"].contains(&&*name)
            || (name == "form" && attributes.contains_key("action"))
            || (name == "script" && !attributes.contains_key("src") && !value("type").ends_with("json"))
            || is_elsewhere(value("src"))
            || (is_stylesheet && is_elsewhere(value("href")))
            || (is_link && value("href").starts_with("http") && !value("rel").contains("noreferrer"))
            || (is_link && value("href").trim().to_ascii_lowercase().starts_with("javascript"));
        if wrong {
            complaints.push(format!("{path}: {tag}"));
        }
    }
    complaints
}

fn pages(folder: &std::path::Path) -> Vec<(String, String)> {
    let html = files(folder).into_iter().filter(|(path, _)| path.ends_with(".html"));
    html.map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect()
}

#[test]
fn every_kind_of_page_has_a_policy_and_keeps_it() {
    let folder = tempfile::tempdir().unwrap();
    let run = lookback(folder.path(), &["demo", "demo"]);
    assert_eq!(run.code, 0, "{run}");
    let pages = pages(&folder.path().join("demo/site"));
    let kinds: std::collections::BTreeSet<&str> =
        pages.iter().filter_map(|(_, html)| Some(PATTERNS.kind.captures(html)?.extract::<1>().1[0])).collect();
    let templates = ["internal", "external"].iter().flat_map(|folder| {
        let theme = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default").join(folder);
        let texts = files(&theme).into_iter().map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap()));
        texts.filter(|(_, text)| text.contains("base.html\"")).map(|(name, _)| name.trim_end_matches(".html").to_owned()).collect::<Vec<_>>()
    });
    let missing: Vec<String> = templates.filter(|template| !kinds.contains(&**template)).collect();
    assert_eq!(missing, [""; 0], "kinds of page that the example does not show; it has {kinds:?}");
    let complaints: Vec<String> = pages.iter().flat_map(|(path, html)| complaints(path, html)).collect();
    assert_eq!(complaints, [""; 0]);
}

#[test]
fn markdown_that_could_break_the_policy_keeps_it() {
    use crate::harness::{APPROVED, Edit, PATH, REPORT};
    let markdown = "|a|b|c|\n|:--|:-:|--:|\n|1|2|3|\n\n[x](https://example.com) https://example.com/1 <https://example.com/2> [y](HTTPS://example.com)\n\n- [ ] z\n\n`w` $v$\n\n### A {onclick=x .b}\n";
    let mut repository = lookback::testing::TestRepository::new();
    let text = REPORT.edit(
        "420 orders failed.",
        &format!("420 orders failed.\n\n{markdown}\n\n<b style=\"color:red\" onclick=x>raw</b> <a href=\"https://example.com\" target=_blank>a</a>"),
    );
    repository.write(PATH, text.edit("Nothing was charged.", &format!("Nothing was charged.\n\n{markdown}"))).commit(APPROVED);
    let sites = Sites::build(&mut repository);
    let pages = ["internal", "public"].into_iter().flat_map(|audience| pages(&repository.path().join("site").join(audience)));
    let complaints: Vec<String> = pages.flat_map(|(path, html)| complaints(&path, &html)).collect();
    assert_eq!(complaints, [""; 0], "{}", sites.run);
}
