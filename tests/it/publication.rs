//! What an external audience reads, and what keeps it from them.

use lookback::testing::TestRepository;

use crate::harness::{APPROVED, Edit, PATH, PIXEL, REPORT, Sites, files, holding, lookback};

/// A second external audience beside `public`.
const PARTNERS: &str = "audiences: {partners: {title: Partner reports}}\n";

const SLUG: &str = "2026-03-02-orders-could-not-be-placed";

/// A repository with a configuration, in which every commit is dated.
fn configured(configuration: &str) -> TestRepository {
    let mut repository = TestRepository::new();
    repository.at("2026-03-02T12:00:00Z").write("lookback.yml", configuration).commit("Configure");
    repository
}

/// Commits a text that somebody else reviewed.
fn approve(repository: &mut TestRepository, text: &str) {
    repository.write(PATH, text).commit(APPROVED);
}

/// Addresses of an audience; those that only say that a page was taken back are marked so.
fn pages(sites: &Sites, audience: &str) -> Vec<String> {
    let incidents = sites.json(&format!("{audience}/api/incidents.json"));
    let listed: Vec<String> = incidents["incidents"].as_array().unwrap().iter().map(|one| one["slug"].as_str().unwrap().to_owned()).collect();
    let mut slugs = sites.slugs(audience);
    slugs.sort();
    assert!(listed.iter().all(|slug| slugs.contains(slug)), "{listed:?} are listed, {slugs:?} have a page");
    slugs.into_iter().map(|slug| if listed.contains(&slug) { slug } else { format!("{slug} (notice)") }).collect()
}

/// What `build` says of an audience, without the size of its audit.
fn said(sites: &Sites, audience: &str) -> String {
    let lines = sites.run.out.lines().skip_while(|line| !line.starts_with(&format!("{audience}: ")));
    let own = lines.enumerate().take_while(|(index, line)| *index == 0 || line.starts_with("  ")).map(|(_, line)| line);
    own.filter(|line| !line.starts_with("  audit: ")).collect::<Vec<_>>().join("\n")
}

/// Runs a test for `public` and for a further audience, with the report marked for it.
fn for_each_audience(test: impl Fn(&str, &str, TestRepository)) {
    for audience in ["public", "partners"] {
        test(audience, &REPORT.edit("public: {publish", &format!("{audience}: {{publish")), configured(PARTNERS));
    }
}

#[test]
fn an_approved_text_is_read_by_whom_it_is_marked_for() {
    for_each_audience(|audience, text, mut repository| {
        approve(&mut repository, text);
        let sites = Sites::build(&mut repository);
        assert_eq!(pages(&sites, audience), [SLUG]);
        // What everybody may read, partners may read too.
        assert_eq!(pages(&sites, "partners"), [SLUG]);
        assert_eq!(pages(&sites, "public").is_empty(), audience == "partners");
        let page = sites.text(&format!("{audience}/incidents/{SLUG}/index.html"));
        assert!(page.contains("Nothing was charged."), "{page}");
        assert_eq!(sites.holding(audience, "free connection"), [""; 0]);
    });
}

#[test]
fn what_everybody_may_read_can_be_kept_from_one_audience() {
    let mut repository = configured(PARTNERS);
    approve(&mut repository, &REPORT.edit("tags:", "partners: {publish: false}\ntags:"));
    let sites = Sites::build(&mut repository);
    assert_eq!((pages(&sites, "public").len(), pages(&sites, "partners").len()), (1, 0));
}

#[test]
fn a_text_that_nobody_approved_is_not_read() {
    for_each_audience(|audience, text, mut repository| {
        repository.write(PATH, text).commit("Write");
        let sites = Sites::build(&mut repository);
        assert_eq!(pages(&sites, audience), [""; 0]);
        assert_eq!(said(&sites, audience), format!("{audience}: 0 published, 1 held back\n  a needs 1 approval"));
    });
}

#[test]
fn a_draft_is_not_read_even_when_it_was_approved() {
    for_each_audience(|audience, text, mut repository| {
        for status in ["status: draft\n", ""] {
            approve(&mut repository, &text.edit("status: final\n", status));
            let sites = Sites::build(&mut repository);
            assert_eq!(pages(&sites, audience), [""; 0]);
            assert_eq!(
                said(&sites, audience),
                format!("{audience}: 0 published, 1 held back\n  a the approved text is a draft: it needs an approval of the final one")
            );
        }
    });
}

#[test]
fn withdrawal_acts_at_once_without_an_approval_and_leaves_a_dated_notice() {
    for_each_audience(|audience, text, mut repository| {
        approve(&mut repository, text);
        repository.at("2026-03-20T08:00:00Z");
        let withdrawn = text.edit("status: final", "status: withdrawn\nwithdrawn_reason: It was a planned test");
        repository.write(PATH, withdrawn).commit("Withdraw");
        let sites = Sites::build(&mut repository);
        assert_eq!(pages(&sites, audience), [format!("{SLUG} (notice)")]);
        assert_eq!(said(&sites, audience), format!("{audience}: 0 published, 1 retracted, 0 held back"));
        let notice = sites.text(&format!("{audience}/incidents/{SLUG}/index.html"));
        assert!(notice.contains("20 Mar 2026"), "{notice}");
        for gone in ["Orders could not be placed", "Nothing was charged", "planned test"] {
            assert_eq!(sites.holding(audience, gone), [""; 0]);
        }
    });
}

#[test]
fn unmarking_acts_at_once_and_leaves_a_notice() {
    for_each_audience(|audience, text, mut repository| {
        approve(&mut repository, text);
        repository.write(PATH, text.edit("publish: true", "publish: false")).commit("Take back");
        let sites = Sites::build(&mut repository);
        assert_eq!(pages(&sites, audience), [format!("{SLUG} (notice)")]);
        assert_eq!(sites.holding(audience, "Nothing was charged"), [""; 0]);
    });
}

#[test]
fn what_was_never_read_leaves_no_notice() {
    for_each_audience(|audience, text, mut repository| {
        repository.write(PATH, text).commit("Write");
        repository.write(PATH, text.edit("status: final", "status: withdrawn\nwithdrawn_reason: Never happened")).commit("Withdraw");
        assert_eq!(pages(&Sites::build(&mut repository), audience), [""; 0]);
    });
}

#[test]
fn front_matter_that_cannot_be_read_takes_the_page_away() {
    for_each_audience(|audience, text, mut repository| {
        approve(&mut repository, text);
        repository.write(PATH, text.edit("services: [orders]", "services: [orders")).commit("Break");
        let sites = Sites::build(&mut repository);
        assert_eq!(pages(&sites, audience), [""; 0]);
        assert_eq!(said(&sites, audience), format!("{audience}: 0 published, 1 held back\n  a the front matter at the tip can't be read"));
    });
}

#[test]
fn customers_read_the_approved_text_until_a_newer_one_is_approved() {
    for_each_audience(|audience, text, mut repository| {
        approve(&mut repository, text);
        let newer = text.edit("Nothing was charged", "Every charge was refunded");
        repository.at("2026-03-10T00:00:00Z").write(PATH, &newer).commit("Correct");
        let page = format!("{audience}/incidents/{SLUG}/index.html");
        let sites = Sites::build(&mut repository);
        assert!(sites.text(&page).contains("Nothing was charged"));
        assert_eq!(sites.holding(audience, "refunded"), [""; 0]);

        repository.at("2026-03-12T00:00:00Z").commit(&format!("{APPROVED}Postmortem: a\n"));
        let sites = Sites::build(&mut repository);
        assert_eq!(sites.holding(audience, "Nothing was charged"), [""; 0]);
        assert!(sites.text(&page).contains("Every charge was refunded"));
        assert!(sites.text(&page).contains("2026-03-12"), "the correction is dated:\n{}", sites.text(&page));
    });
}

#[test]
fn an_approved_edit_that_customers_cannot_see_is_no_correction() {
    let mut repository = configured("");
    approve(&mut repository, REPORT);
    repository.at("2026-03-12T00:00:00Z");
    approve(&mut repository, &REPORT.edit("A larger pool.", "A pool of twice the size."));
    let sites = Sites::build(&mut repository);
    assert_eq!(sites.holding("public", "2026-03-12"), [""; 0]);
    let incident = &sites.json("public/api/incidents.json")["incidents"][0];
    assert_eq!(incident["published"], incident["updated"]);
}

#[test]
fn an_error_in_the_approved_text_holds_it_back_and_an_earlier_one_is_read() {
    for_each_audience(|audience, text, mut repository| {
        let without_impact = text.edit("## Impact\n420 orders failed.\n\n", "");
        approve(&mut repository, &without_impact);
        let sites = Sites::build(&mut repository);
        assert_eq!(said(&sites, audience), format!("{audience}: 0 published, 1 held back\n  a errors in the approved text: missing-section"));

        approve(&mut repository, text);
        approve(&mut repository, &without_impact.edit("Nothing was charged", "Every charge was refunded"));
        let sites = Sites::build(&mut repository);
        assert_eq!(pages(&sites, audience), [SLUG]);
        assert!(sites.text(&format!("{audience}/incidents/{SLUG}/index.html")).contains("Nothing was charged"));
        assert_eq!(sites.holding(audience, "refunded"), [""; 0]);
    });
}

#[test]
fn errors_at_a_newer_tip_take_no_page_down() {
    let mut repository = configured("");
    approve(&mut repository, REPORT);
    repository.write(PATH, REPORT.edit("## Impact\n420 orders failed.\n\n", "")).commit("Cut");
    assert_eq!(pages(&Sites::build(&mut repository), "public"), [SLUG]);
}

#[test]
fn a_person_or_a_private_detail_in_public_text_holds_it_back() {
    for (text, rule) in [
        ("Ada Meyer restarted the pool.", "person-in-public"),
        ("Write to ada@example.com.", "person-in-public"),
        ("The host db-1.eu.internal was full.", "private-detail-in-public"),
        ("The host graphs.shop.test was full.", "private-detail-in-public"),
        ("See PROJ-12.", "private-detail-in-public"),
    ] {
        let mut repository = configured("privacy: {internal_hosts: [shop.test], forbid: ['PROJ-[0-9]+']}\n");
        approve(&mut repository, &REPORT.edit("Nothing was charged.", text));
        let sites = Sites::build(&mut repository);
        assert_eq!(pages(&sites, "public"), [""; 0], "{text}");
        assert!(said(&sites, "public").contains(rule), "{text}: {}", said(&sites, "public"));
    }
}

#[test]
fn an_audience_reads_nothing_before_its_delay() {
    let delayed = |delay: &str| {
        let mut repository = configured(&format!("audiences: {{public: {{delay: {delay}}}}}\n"));
        approve(&mut repository, REPORT);
        said(&Sites::build(&mut repository), "public")
    };
    // The clock of these tests stands at 2026-06-01 00:00 UTC, and the incident was resolved on 2 March at 10:00.
    assert_eq!(delayed("90d"), "public: 1 published, 0 held back");
    assert_eq!(delayed("91d"), "public: 0 published, 1 held back\n  a waits until 2026-06-01 10:00 UTC");
}

#[test]
fn an_audience_reads_only_what_is_severe_enough() {
    let least = |severity: &str| {
        let mut repository = configured(&format!("audiences: {{public: {{min_severity: {severity}}}}}\n"));
        approve(&mut repository, REPORT);
        said(&Sites::build(&mut repository), "public")
    };
    assert_eq!(least("SEV2"), "public: 1 published, 0 held back");
    assert_eq!(least("SEV1"), "public: 0 published, 1 held back\n  a below the severity that is published");
}

#[test]
fn an_audience_may_read_what_is_merged() {
    let mut repository = configured("audiences: {public: {publish: merged}}\n");
    repository.write(PATH, REPORT).commit("Write");
    repository.write(PATH, REPORT.edit("Nothing was charged", "Every charge was refunded")).commit("Correct");
    let sites = Sites::build(&mut repository);
    assert!(sites.text(&format!("public/incidents/{SLUG}/index.html")).contains("Every charge was refunded"));
}

#[test]
fn uncommitted_text_is_never_read_outside() {
    let mut repository = configured("audiences: {public: {publish: merged}}\n");
    approve(&mut repository, REPORT);
    let folder = repository.checkout();
    repository.write_uncommitted(PATH, REPORT.edit("Nothing was charged", "Every charge was refunded"));
    repository.write_uncommitted("postmortems/b.md", REPORT);
    assert_eq!(lookback(&folder, &["build"]).code, 0);
    let public = files(&folder.join("site/public"));
    assert_eq!(holding(&public, "refunded"), [""; 0]);
    assert_eq!(holding(&public, "incidents/").iter().filter(|path| path.starts_with("incidents/")).count(), 1);
    assert!(!holding(&files(&folder.join("site/internal")), "refunded").is_empty());
}

#[test]
fn a_privileged_text_leaves_no_trace() {
    let mut repository = configured(PARTNERS);
    let text = REPORT.replace("Connections of the order store ran out", "Subpoena of Octavia Corp").edit("tags:", "partners: {publish: true}\ntags:");
    let path = "postmortems/octavia/index.md";
    let picture = "postmortems/octavia/octavia-graph.png";
    repository.write(path, &text).write(picture, "picture").commit(APPROVED);
    // Another document that every corpus rule compares with it.
    repository.write(PATH, REPORT.edit("tags:", "id: other\ncauses: [capacity]\ntags:")).commit(APPROVED);
    assert!(!Sites::build(&mut repository).slugs("partners").is_empty());

    let hidden =
        text.edit("status: final", "status: final\nprivileged: true\nid: other\ncauses: [capacity]").edit("420 orders failed.", "Oops TODO octavia");
    repository.write(path, hidden).commit("Octavia is privileged");
    let folder = repository.checkout();
    let built = lookback(&folder, &["build", "-v"]);
    assert_eq!(built.code, 0, "{built}");
    assert_eq!(holding(&files(&folder.join("site")), "octavia"), [""; 0]);
    assert!(!built.out.to_lowercase().contains("octavia"), "{built}");

    for id in ["octavia", path, "Octavia"] {
        let history = lookback(&folder, &["history", id]);
        assert_eq!(history.code, 2, "{history}");
        assert!(!history.error.contains("Subpoena"), "{history}");
    }
    let json = lookback(&folder, &["check", "--format", "json"]);
    for finding in serde_json::from_str::<serde_json::Value>(&json.out).unwrap()["findings"].as_array().unwrap() {
        if finding["path"] == path {
            assert_eq!(finding["message"], finding["rule"], "{finding}");
            assert_eq!(finding["help"], serde_json::Value::Null, "{finding}");
        } else {
            assert!(!finding.to_string().to_lowercase().contains("octavia"), "{finding}");
        }
    }
    let text = lookback(&folder, &["check"]).out;
    for line in text.lines().filter(|line| line.to_lowercase().contains("octavia")) {
        assert!(line.trim().starts_with(&format!("--> {path}:")), "{line}\n{text}");
    }
    assert!(text.contains("in a privileged document"), "{text}");
}

#[test]
fn hidden_blocks_of_a_public_section_and_what_they_define_stay_inside() {
    let mut repository = configured(PARTNERS);
    approve(
        &mut repository,
        &REPORT.edit("tags:", "partners: {publish: true}\ntags:").edit(
            "Nothing was charged.",
            "Nothing was charged[^note], as [the ledger][ledger] says.\n\n> [!INTERNAL]\n> Xylophone refunds were refused.\n>\n> [^note]: Xylophone footnote.\n>\n> [ledger]: https://xylophone.example/ledger\n\n> [!PARTNERS]\n> Partners were paid.\n\n<!-- xylophone comment -->",
        ),
    );
    let sites = Sites::build(&mut repository);
    for audience in ["public", "partners"] {
        assert_eq!(sites.slugs(audience), [SLUG]);
        assert_eq!(sites.holding(audience, "xylophone"), [""; 0]);
    }
    assert_eq!(sites.holding("public", "Partners were paid"), [""; 0]);
    assert!(!sites.holding("partners", "Partners were paid").is_empty());
}

#[test]
fn of_a_timeline_row_only_the_time_and_the_marked_cell_go_out() {
    let mut repository = configured("");
    let table = "| Time (UTC) | Event | For customers | Who |\n|---|---|---|---|\n| 2026-03-02 09:00 | Xylophone pool is full | Orders fail [public] | xylophone team |\n| 09:10 | Xylophone alert [detected] | | |\n| 10:00 | Xylophone pool grows [resolved] | | |\n";
    let text = REPORT.edit(&REPORT[REPORT.find("| Time (UTC)").unwrap()..REPORT.find("\n## Root cause").unwrap()], table);
    approve(&mut repository, &text);
    let sites = Sites::build(&mut repository);
    let page = sites.text(&format!("public/incidents/{SLUG}/index.html"));
    assert!(page.contains("Orders fail") && page.contains("09:00"), "{page}");
    assert!(!page.contains("[public]"), "{page}");
    assert_eq!(sites.holding("public", "xylophone"), [""; 0]);
}

#[test]
fn a_heading_opens_its_section_and_a_heading_below_closes_a_part_of_it() {
    let mut repository = configured("");
    let impact = "## Impact {.public}\nOrders failed in every country.\n\n### Figures {.internal}\nXylophone figures.\n\n";
    approve(&mut repository, &REPORT.edit("## Impact\n420 orders failed.\n\n", impact));
    let sites = Sites::build(&mut repository);
    assert!(!sites.holding("public", "Orders failed in every country").is_empty());
    assert_eq!(sites.holding("public", "xylophone"), [""; 0]);
}

#[test]
fn images_go_out_only_with_a_public_section_and_without_their_name() {
    let pictures = |sites: &Sites| -> Vec<String> { sites.files("public").into_keys().filter(|path| path.ends_with(".png")).collect() };
    let path = "postmortems/a/index.md";
    let image = "![Failed orders by minute](xylophone.png)";
    let mut repository = configured("");
    repository.write("postmortems/a/xylophone.png", PIXEL).write(path, REPORT.edit("420 orders failed.", image)).commit(APPROVED);
    assert_eq!(pictures(&Sites::build(&mut repository)), [""; 0]);

    repository.write(path, REPORT.edit("Nothing was charged.", image)).commit(APPROVED);
    let sites = Sites::build(&mut repository);
    let pictures = pictures(&sites);
    assert_eq!(pictures.len(), 1, "{pictures:?}");
    assert!(sites.text(&format!("public/incidents/{SLUG}/index.html")).contains(&format!("../../{}", pictures[0])));
    assert_eq!(sites.holding("public", "xylophone"), [""; 0]);
}

#[test]
fn addresses_that_collide_are_numbered_in_the_order_of_first_publication() {
    let mut repository = configured("");
    repository.write("postmortems/z.md", REPORT).commit(APPROVED);
    repository.write(PATH, REPORT.edit("Nothing was charged", "Every charge was refunded")).commit(APPROVED);
    let sites = Sites::build(&mut repository);
    assert_eq!(pages(&sites, "public"), [SLUG.to_owned(), format!("{SLUG}-2")]);
    assert!(sites.text(&format!("public/incidents/{SLUG}/index.html")).contains("Nothing was charged"));
    assert!(sites.text(&format!("public/incidents/{SLUG}-2/index.html")).contains("Every charge was refunded"));

    // The first one is taken back, and keeps its address.
    repository.write("postmortems/z.md", REPORT.edit("publish: true", "publish: false")).commit("Take back");
    assert_eq!(pages(&Sites::build(&mut repository), "public"), [format!("{SLUG} (notice)"), format!("{SLUG}-2")]);
}

#[test]
fn an_address_may_be_given() {
    let mut repository = configured("");
    approve(&mut repository, &REPORT.edit("{publish: true,", "{publish: true, slug: all-orders,"));
    assert_eq!(pages(&Sites::build(&mut repository), "public"), ["all-orders"]);
}

#[test]
fn an_author_s_zone_does_not_go_outside() {
    let mut repository = TestRepository::new();
    repository.at("2026-03-03T09:17:00+05:45").write(PATH, REPORT).commit(APPROVED);
    repository.at("2026-03-04T09:17:00+05:45").write(PATH, REPORT.edit("Nothing was charged", "Every charge was refunded")).commit(APPROVED);
    let sites = Sites::build(&mut repository);
    for zone in ["05:45", "0545"] {
        assert_eq!(sites.holding("public", zone), [""; 0]);
    }
}

#[test]
fn a_report_says_whether_it_is_over_as_far_as_it_knows() {
    let page = |text: &str| {
        let mut repository = configured("");
        approve(&mut repository, text);
        let sites = Sites::build(&mut repository);
        (sites.text(&format!("public/incidents/{SLUG}/index.html")), sites.text("public/index.html"))
    };
    let (incident, index) = page(REPORT);
    assert!(incident.contains("Yes. It was resolved on 2 Mar 2026, 10:00.") && index.contains(">Resolved</span>"), "{incident}");

    let open = REPORT.edit("resolved: 2026-03-02T10:00:00Z", "resolved: unknown").edit(" [resolved]", "");
    let (incident, index) = page(&open.edit("status: final", "status: in-review"));
    assert!(incident.contains("Not yet.") && index.contains(">Ongoing</span>"), "{incident}");
    // Nobody knows when it was over; that it goes on is not said.
    let (incident, index) = page(&open);
    assert!(incident.contains("This report gives no time of resolution.") && !index.contains("class=\"over"), "{incident}");

    let (incident, _) = page(&REPORT.edit("resolved: 2026-03-02T10:00:00Z", "resolved: 2026-03-02").edit(" [resolved]", ""));
    assert!(incident.contains("Yes. It was resolved on 2 Mar 2026.") && !incident.contains("minutes</strong>"), "{incident}");
}
