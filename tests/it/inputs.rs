//! Files as other people wrote them: each gets a page, whatever stands in it.

use std::collections::BTreeMap;

use lookback::testing::TestRepository;
use percent_encoding::percent_decode_str;

use crate::harness::{APPROVED, Edit, PATH, REPORT, Sites, lookback};

/// Builds the internal site of these files and returns what the JSON says, by path; every document has a page and every link leads somewhere.
fn built(configuration: &str, texts: &[(&str, &[u8])]) -> BTreeMap<String, serde_json::Value> {
    let mut repository = TestRepository::new();
    repository.write("lookback.yml", configuration);
    for (path, text) in texts {
        repository.write(path, text);
    }
    repository.commit("Write");
    let sites = Sites::build(&mut repository);
    let all = sites.json("internal/api/postmortems.json");
    let all: BTreeMap<String, serde_json::Value> =
        all["postmortems"].as_array().unwrap().iter().map(|one| (one["path"].as_str().unwrap().to_owned(), one.clone())).collect();
    assert_eq!(all.keys().map(String::as_str).collect::<Vec<_>>(), texts.iter().map(|(path, _)| *path).collect::<Vec<_>>());
    let pages = sites.files("internal");
    let is_page = |path: &&String| path.starts_with("postmortems/") && path.matches('/').count() == 2;
    assert_eq!(pages.keys().filter(is_page).count(), texts.len(), "{:?}", pages.keys().filter(is_page).collect::<Vec<_>>());
    for audience in ["internal", "public"] {
        assert_eq!(dead_links(&sites.files(audience)), [""; 0]);
    }
    all
}

/// Links to files that the site does not have.
fn dead_links(files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let mut dead = Vec::new();
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html") && *path != "404.html") {
        let text = String::from_utf8_lossy(bytes);
        for value in [" href=\"", " src=\""].iter().flat_map(|name| text.split(name).skip(1)).filter_map(|rest| rest.split('"').next()) {
            let link = html_escape::decode_html_entities(value);
            let link = link.split(['#', '?']).next().unwrap_or_default();
            if link.is_empty() || link.contains(':') {
                continue;
            }
            let link = percent_decode_str(link).decode_utf8().unwrap();
            let mut folders: Vec<&str> = path.split('/').collect();
            folders.pop();
            for part in link.split('/') {
                match part {
                    ".." => drop(folders.pop().unwrap_or_else(|| panic!("{path}: {link} leaves the site"))),
                    "." => {}
                    part => folders.push(part),
                }
            }
            if !files.contains_key(&folders.join("/")) {
                dead.push(format!("{path}: {value}"));
            }
        }
    }
    dead
}

#[test]
fn files_of_every_kind_get_a_page() {
    let crlf = REPORT.replace('\n', "\r\n");
    let marked = format!("\u{feff}{REPORT}");
    let all = built(
        "",
        &[
            ("postmortems/100% & more?.md", b"# Percent\n"),
            ("postmortems/bom.md", marked.as_bytes()),
            ("postmortems/crlf.md", crlf.as_bytes()),
            ("postmortems/empty.md", b""),
            ("postmortems/front matter only.md", b"---\ntitle: Front\n---\n"),
            ("postmortems/html.md", b"<h1>A</h1>\n<script>alert(1)</script>\n"),
            ("postmortems/latin.md", b"# Caf\xe9\n"),
            ("postmortems/nul.md", b"# A\0B\n"),
            ("postmortems/other.md", b"---\nlayout: post\nkeywords: [db]\n---\n\nText.\n"),
            ("postmortems/plain.md", b"Just a line\n"),
            ("postmortems/toml.md", b"+++\ntitle = \"Toml\"\n+++\n\n# Heading of toml\n"),
            ("postmortems/unterminated.md", b"---\ntitle: Open\n\n# Open\n"),
            ("postmortems/yaml.md", b"---\ntitle: [\n---\n\n# Broken\n"),
            ("postmortems/\u{c7a5}\u{c560}.md", "# 장애 보고\n".as_bytes()),
        ],
    );
    assert_eq!(all["postmortems/crlf.md"]["title"], "Connections of the order store ran out");
    assert_eq!(all["postmortems/crlf.md"]["metrics"], all["postmortems/bom.md"]["metrics"]);
    assert_eq!(all["postmortems/\u{c7a5}\u{c560}.md"]["title"], "장애 보고");
    assert_eq!(all["postmortems/100% & more?.md"]["title"], "Percent");
}

#[test]
fn line_endings_change_nothing() {
    let read = |text: &str| {
        let mut all = built("", &[(PATH, text.as_bytes())]);
        let mut postmortem = all.remove(PATH).unwrap();
        postmortem["review"]["revisions"][0]["commit"].take();
        postmortem
    };
    assert_eq!(read(REPORT), read(&REPORT.replace('\n', "\r\n")));
}

#[test]
fn globs_reach_files_with_other_names() {
    let all = built(
        "content: {root: ., include: ['incidents/*.html.md.erb', 'PM*'], exclude: ['PM2019*']}\n",
        &[("PM2022-009 Bad image", b"# Bad image\n"), ("incidents/2019-03-02.html.md.erb", b"---\ntitle: Certificates\n---\n<%= partial 'x' %>\n")],
    );
    assert_eq!(all["incidents/2019-03-02.html.md.erb"]["title"], "Certificates");
}

#[test]
fn documents_with_the_same_id_keep_a_page_each() {
    let all =
        built("", &[("postmortems/2025/Disk.md", b"# First\n"), ("postmortems/2026/disk.md", b"# Second\n"), ("postmortems/disk.md", b"# Third\n")]);
    for postmortem in all.values() {
        let findings = postmortem["findings"].as_array().unwrap();
        assert!(findings.iter().any(|finding| finding["rule"] == "duplicate-id"), "{postmortem}");
    }
}

#[test]
fn a_repository_without_postmortems_builds() {
    built("", &[("postmortems/a.md", b"# A\n")]);
    let mut repository = TestRepository::new();
    repository.write("postmortems/README.md", "Reports\n").commit("Begin");
    let sites = Sites::build(&mut repository);
    for audience in ["internal", "public"] {
        assert_eq!(dead_links(&sites.files(audience)), [""; 0]);
    }
}

#[test]
fn a_hand_written_collection_without_front_matter_gets_one_finding_per_file_for_it() {
    let mut repository = TestRepository::new();
    for name in ["a", "b"] {
        repository
            .write(format!("postmortems/{name}.md"), "# Disk full\n\n**Date:** 2026-03-02\n**Severity:** P1\n\n## Summary\nThe disk was full.\n");
    }
    repository.commit("Write");
    let folder = repository.checkout();
    let printed: serde_json::Value = serde_json::from_str(&lookback(&folder, &["check", "--format", "json"]).out).unwrap();
    let of = |rule: &str| printed["findings"].as_array().unwrap().iter().filter(|finding| finding["rule"] == rule).count();
    assert_eq!((of("missing-front-matter"), of("missing-field")), (2, 0));
    let all = Sites::build(&mut repository).json("internal/api/postmortems.json");
    assert_eq!((all["postmortems"][0]["severity"].as_str(), all["postmortems"][0]["title"].as_str()), (Some("SEV1"), Some("Disk full")));
}

#[test]
fn every_link_of_full_sites_leads_somewhere() {
    let mut repository = TestRepository::new();
    repository.write("lookback.yml", "services: [{id: orders, public_name: Orders & carts}]\n");
    let text = REPORT.edit("tags:", "related: [b c]\ntags:").edit("420 orders failed.", "420 orders failed, see [the other](<b c.md#impact>).");
    repository.write(PATH, text).write("postmortems/b c.md", REPORT.edit("420", "42")).commit(APPROVED);
    let sites = Sites::build(&mut repository);
    for audience in ["internal", "public"] {
        assert_eq!(dead_links(&sites.files(audience)), [""; 0]);
    }
}

#[test]
fn markup_in_any_field_stays_text() {
    let mut repository = TestRepository::new();
    let hostile = "\"'><img src=x onerror=alert(1)>";
    let quoted = "'\"''><img src=x onerror=alert(1)>'";
    let mut text = format!("---\ntitle: {quoted}\nstatus: {quoted}\nseverity: {quoted}\nservices: [{quoted}]\nowner: {quoted}\n");
    text += &format!("roles: {{commander: {quoted}}}\nreviewers: [{quoted}]\ncauses: [{quoted}]\ntags: [{quoted}]\nrelated: [{quoted}]\n");
    text += "times: {started: 2026-03-02T09:00:00Z, detected: 2026-03-02T09:10:00Z, resolved: 2026-03-02T10:00:00Z}\n";
    text += &format!("actions: [{{id: {quoted}, title: {quoted}, owner: {quoted}, due: {quoted}, ticket: {quoted}, status: {quoted}}}]\n");
    text += &format!("links: [{{title: {quoted}, url: 'javascript:alert(1)'}}]\ndetection: {quoted}\n");
    text += &format!("public: {{publish: true, title: {quoted}, summary: {quoted}}}\n---\n\n## Impact {hostile}\n{hostile}\n\n");
    text += &format!("## Timeline\n| Time (UTC) | Event |\n|---|---|\n| 2026-03-02 09:00 | {hostile} [public] |\n\n[x](javascript:alert(1))\n");
    repository.write("lookback.yml", format!("site: {{title: {quoted}}}\naudiences: {{public: {{title: {quoted}, publish: merged}}}}\n"));
    repository.author("\"'&lt;img <a@example.com>");
    repository.write(format!("postmortems/{}.md", "<img src=x onerror=alert(1)>"), text).write(PATH, REPORT).commit(hostile);
    let sites = Sites::build(&mut repository);
    for audience in ["internal", "public"] {
        for (path, bytes) in sites.files(audience).into_iter().filter(|(path, _)| path.ends_with(".html") || path.ends_with(".xml")) {
            let page = String::from_utf8(bytes).unwrap();
            assert!(!page.contains("<img src=x"), "{audience}/{path}:\n{page}");
            assert!(!page.contains("href=\"javascript:"), "{audience}/{path}:\n{page}");
        }
        feed_rs::parser::parse(sites.text(&format!("{audience}/feed.xml")).as_bytes()).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn nothing_outside_the_repository_is_read_through_a_link() {
    let outside = tempfile::tempdir().unwrap();
    let target = |name: &str| {
        let path = outside.path().join(name);
        std::fs::write(&path, "# Xylophone\n").unwrap();
        path.to_str().unwrap().to_owned()
    };
    let mut repository = TestRepository::new();
    repository.write(PATH, REPORT.edit("420 orders failed.", "![Graph](graph.png) [File](file.txt)"));
    repository.link("postmortems/graph.png", &target("graph.png")).link("postmortems/file.txt", &target("file.txt"));
    repository.link("postmortems/b.md", &target("b.md")).link("theme/external/404.html", &target("404.html")).link(".mailmap", &target("mailmap"));
    repository.link("postmortems/folder", outside.path().to_str().unwrap()).commit("Write");
    let sites = Sites::build(&mut repository);
    for audience in ["internal", "public"] {
        assert_eq!(sites.holding(audience, "xylophone"), [""; 0], "{audience}");
    }
}
