//! Nothing internal goes outside, and what a theme prints in spite of that is found before anything is written.

use lookback::testing::TestRepository;

use crate::harness::{APPROVED, Edit, PATH, REPORT, Sites, lookback};

#[test]
fn commit_ids_are_found_whole_and_short() {
    let mut repository = TestRepository::new();
    let id = repository.write(PATH, REPORT).commit(APPROVED).to_string();
    Sites::build(&mut repository);
    for text in [&id, &id[..7], &id[..8], &id[..10], &id[..12], &id[..33]] {
        repository.write_uncommitted("theme/external/404.html", format!("<p>{text}</p>"));
        let run = lookback(repository.path(), &["build"]);
        assert_eq!(run.code, 1, "{text}: {run}");
        assert!(run.error.contains(&format!("404.html:1: commit id `{id}`")), "{run}");
    }
}

#[test]
fn a_leak_in_one_audience_does_not_keep_the_others_back() {
    let mut repository = TestRepository::new();
    repository.write("lookback.yml", "audiences: {public: {languages: [ko]}, partners: {title: Partner reports}}\n");
    repository.write("theme/external/404.html", "{% if site.lang == \"ko\" %}ada@example.com{% endif %}");
    repository.write(PATH, REPORT).commit(APPROVED);
    let sites = Sites::try_build(&mut repository);
    assert_eq!(sites.run.code, 1, "{}", sites.run);
    assert_eq!(sites.files("public").len(), 0);
    assert!(!sites.files("partners").is_empty() && !sites.files("internal").is_empty());
}

#[test]
fn a_template_that_fails_writes_nothing() {
    let mut repository = TestRepository::new();
    repository.write(PATH, REPORT).write("theme/external/incident.html", "{{ title }}\n{{ owner }}").commit(APPROVED);
    let sites = Sites::try_build(&mut repository);
    insta::assert_snapshot!(sites.run, @r"
    exit 2
    --- stderr
    error: theme: external/incident.html:2: `owner` is not there; this page has affected, corrections, date, duration_minutes, lang, page, preview, published, resolved, resolved_date, root, sections, services, severity, site, started, state, structured, summary, timeline, title, top, updated, zone
    hint: nothing was written
    ");
    assert_eq!(sites.files("internal").len() + sites.files("public").len(), 0);
}

#[test]
fn what_an_author_wrote_for_customers_is_no_leak_though_it_stands_inside_too() {
    let mut repository = TestRepository::new();
    repository.write("lookback.yml", "services: [{id: orders, name: The order service of the shop, public_name: The order service of the shop}]\n");
    let text = REPORT
        .edit("title: Connections of the order store ran out", "title: Orders could not be placed")
        .edit("The order store had no free connection for an hour.", "Between nine and ten no order could be placed, for **every** customer.")
        .edit(
            "no order could be placed. Nothing was charged.",
            "no order could be placed, for every\n[customer](https://example.com). Ada Meyer says sorry.",
        )
        .edit("tags:", "extra: {note: no order could be placed}\nallow: {person-in-public: She agreed to it}\ntags:");
    repository.write(PATH, text).commit(APPROVED);
    let sites = Sites::build(&mut repository);
    assert!(!sites.holding("public", "Ada Meyer says sorry").is_empty(), "{}", sites.run);
}
