//! Addresses that readers noted: what happens to them when a report is renamed, corrected or taken back, and what feeds say of it.

use lookback::testing::TestRepository;

use crate::harness::{APPROVED, Edit, PATH, REPORT, Sites};

const SLUG: &str = "2026-03-02-orders-could-not-be-placed";
const BASE: &str = "audiences: {public: {base_url: 'https://status.example'}}\n";

fn configured(configuration: &str) -> TestRepository {
    let mut repository = TestRepository::new();
    repository.at("2026-03-02T12:00:00Z").write("lookback.yml", configuration).commit("Configure");
    repository
}

fn approve(repository: &mut TestRepository, path: &str, text: &str) {
    repository.write(path, text).commit(APPROVED);
}

/// What stands between two pieces of a text, every time.
fn between<'a>(text: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    text.split(before).skip(1).filter_map(|rest| rest.split_once(after)).map(|(inside, _)| inside).collect()
}

/// Permanent ids of the Atom feed, and of the JSON feed.
fn ids(sites: &Sites) -> (Vec<String>, Vec<String>) {
    let atom = sites.text("public/feed.xml");
    let entries = atom.split("<entry>").skip(1).flat_map(|entry| between(entry, "<id>", "</id>"));
    let items = sites.json("public/feed.json")["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect();
    (entries.map(str::to_owned).collect(), items)
}

#[test]
fn an_earlier_address_leads_to_the_new_one_and_feeds_know_it_by_the_same_id() {
    let mut repository = configured(BASE);
    approve(&mut repository, PATH, REPORT);
    let before = ids(&Sites::build(&mut repository));
    approve(&mut repository, PATH, &REPORT.edit("title: Orders could not be placed", "title: No orders for an hour"));
    approve(
        &mut repository,
        PATH,
        &REPORT.edit("publish: true, title: Orders could not be placed", "publish: true, slug: no-orders, title: No orders"),
    );
    let sites = Sites::build(&mut repository);
    assert_eq!(sites.slugs("public"), ["2026-03-02-no-orders-for-an-hour", SLUG, "no-orders"]);
    for former in [SLUG, "2026-03-02-no-orders-for-an-hour"] {
        let page = sites.text(&format!("public/incidents/{former}/index.html"));
        assert!(page.contains("<meta http-equiv=\"refresh\" content=\"0; url=../../incidents/no-orders/index.html\">"), "{page}");
        assert!(page.contains("<link rel=\"canonical\" href=\"https://status.example/incidents/no-orders/\">"), "{page}");
        assert!(page.contains("<a href=\"../../incidents/no-orders/index.html\">No orders</a>"), "{page}");
        for file in ["sitemap.xml", "api/incidents.json", "feed.xml", "feed.json"] {
            assert!(!sites.text(&format!("public/{file}")).contains(former), "{former} in {file}");
        }
    }
    assert_eq!(ids(&sites), before);
}

#[test]
fn only_addresses_that_somebody_could_read_lead_anywhere() {
    let mut repository = configured(BASE);
    // Written, and neither approved nor final: nobody read these.
    repository.write(PATH, REPORT.edit("title: Orders could not be placed", "title: Azalea one")).commit("Write");
    approve(&mut repository, PATH, &REPORT.edit("title: Orders could not be placed", "title: Azalea two").edit("status: final", "status: draft"));
    repository.write(PATH, REPORT.edit("title: Orders could not be placed", "title: Azalea three")).commit("Write");
    approve(&mut repository, PATH, REPORT);
    repository.write(PATH, REPORT.edit("title: Orders could not be placed", "title: Azalea four")).commit("Write");
    let sites = Sites::build(&mut repository);
    assert_eq!(sites.slugs("public"), [SLUG]);
    assert_eq!(sites.holding("public", "azalea"), [""; 0]);
}

#[test]
fn an_address_that_led_to_one_incident_never_leads_to_another() {
    let mut repository = configured(BASE);
    approve(&mut repository, PATH, REPORT);
    approve(&mut repository, PATH, &REPORT.edit("title: Orders could not be placed", "title: No orders"));
    approve(&mut repository, "postmortems/b.md", &REPORT.edit("Nothing was charged", "Every charge was refunded"));
    let sites = Sites::build(&mut repository);
    assert!(sites.text(&format!("public/incidents/{SLUG}/index.html")).contains("url=../../incidents/2026-03-02-no-orders/index.html"));
    assert!(sites.text(&format!("public/incidents/{SLUG}-2/index.html")).contains("Every charge was refunded"));

    // The first one takes its old address back.
    approve(&mut repository, PATH, REPORT);
    let sites = Sites::build(&mut repository);
    assert!(sites.text(&format!("public/incidents/{SLUG}/index.html")).contains("Nothing was charged"));
    assert!(sites.text("public/incidents/2026-03-02-no-orders/index.html").contains(&format!("url=../../incidents/{SLUG}/index.html")));
}

/// A report that was read at two addresses and then taken back.
fn taken_back(retraction: &str) -> (TestRepository, Sites, (Vec<String>, Vec<String>)) {
    let mut repository = configured(&format!("audiences: {{public: {{base_url: 'https://status.example'{retraction}}}}}\n"));
    approve(&mut repository, PATH, REPORT);
    approve(&mut repository, "postmortems/b.md", &REPORT.edit("title: Orders could not be placed", "title: Something else"));
    let renamed = REPORT.edit("title: Orders could not be placed", "title: No orders");
    approve(&mut repository, PATH, &renamed);
    let before = ids(&Sites::build(&mut repository));
    repository.at("2026-03-20T08:00:00Z").write(PATH, renamed.edit("publish: true", "publish: false")).commit("Take back");
    let sites = Sites::build(&mut repository);
    for file in ["sitemap.xml", "api/incidents.json", "index.html"] {
        assert!(!sites.text(&format!("public/{file}")).contains("no-orders"), "{file}");
    }
    for gone in ["No orders", "For an hour no order could be placed.</p>"] {
        let holding: Vec<String> = sites.holding("public", gone).into_iter().filter(|path| !path.contains("something-else")).collect();
        assert!(holding.iter().all(|path| path.starts_with("feed.") && !gone.starts_with("No")), "{gone} in {holding:?}");
    }
    (repository, sites, before)
}

#[test]
fn a_report_that_was_taken_back_leaves_a_dated_notice_and_an_entry_that_says_so() {
    let (_kept, sites, before) = taken_back("");
    let notice = sites.text("public/incidents/2026-03-02-no-orders/index.html");
    assert!(notice.contains("20 Mar 2026") && notice.contains("noindex") && !notice.contains("canonical"), "{notice}");
    // Its earlier address leads to the notice.
    assert!(sites.text(&format!("public/incidents/{SLUG}/index.html")).contains("url=../../incidents/2026-03-02-no-orders/index.html"));
    let after = ids(&sites);
    let sorted = |mut ids: Vec<String>| {
        ids.sort();
        ids
    };
    assert_eq!((sorted(after.0), sorted(after.1)), (sorted(before.0), sorted(before.1)));
    let atom = sites.text("public/feed.xml");
    let entry = atom.split("<entry>").find(|entry| entry.contains("2026-03-02-no-orders")).unwrap();
    assert!(entry.contains("This report was withdrawn") && entry.contains("<updated>2026-03-20T08:00:00+00:00</updated>"), "{entry}");
    assert!(entry.contains("We took this report down on 20 Mar 2026."), "{entry}");
    let json = sites.json("public/feed.json");
    let item = json["items"].as_array().unwrap().iter().find(|item| item["url"].as_str().unwrap().contains("no-orders")).unwrap();
    assert_eq!((item["title"].as_str(), item["date_modified"].as_str()), (Some("This report was withdrawn"), Some("2026-03-20T08:00:00+00:00")));
}

#[test]
fn an_audience_can_have_taken_back_reports_be_gone() {
    let (_kept, sites, before) = taken_back(", retraction: gone");
    assert_eq!(sites.slugs("public"), ["2026-03-02-something-else"]);
    let (atom, items) = ids(&sites);
    assert_eq!((atom.len(), items.len()), (1, 1));
    let gone = before.0.iter().find(|id| !atom.contains(id)).unwrap();
    let feed = sites.text("public/feed.xml");
    assert!(feed.contains("xmlns:at=\"http://purl.org/atompub/tombstones/1.0\""), "{feed}");
    assert!(feed.contains(&format!("<at:deleted-entry ref=\"{gone}\" when=\"2026-03-20T08:00:00+00:00\"")), "{feed}");
    assert!(feed.contains("<updated>2026-03-20T08:00:00+00:00</updated>"), "the feed itself is newer: {feed}");
}

#[test]
fn a_correction_says_what_changed_and_not_what_stood_there() {
    let mut repository = configured("");
    let first = REPORT.edit("## Impact\n", "## Impact {.public}\n").edit("## Resolution\n", "## Resolution {.public}\n");
    approve(&mut repository, PATH, &first);
    repository.at("2026-03-12T00:00:00Z");
    let second = first
        .edit("title: Orders could not be placed", "title: No orders")
        .edit("severity: SEV2", "severity: SEV1")
        .edit("resolved: 2026-03-02T10:00:00Z", "resolved: 2026-03-02T10:05:00Z")
        .edit("| The last free connection is taken |", "| Orders fail [public] |")
        .edit("420 orders failed.", "430 orders failed.")
        .edit("## Resolution {.public}\n", "## Resolution\n")
        .edit("Nothing was charged", "Every charge was refunded");
    approve(&mut repository, PATH, &second);
    let page = Sites::build(&mut repository).text("public/incidents/2026-03-02-no-orders/index.html");
    let listed = between(&page, "<ul class=\"corrections plain\">", "</ul>");
    assert!(listed[0].contains("12 Mar 2026"), "{listed:?}");
    assert!(
        listed[0].contains("Changed: the title, how bad it was, what happened, when it was over, the timeline, “Impact”, one section was removed"),
        "{listed:?}"
    );
    for before in ["Orders could not be placed", "420", "Nothing was charged", "Partial outage", "Resolution"] {
        assert!(!listed[0].contains(before), "{before} in {listed:?}");
    }
}
