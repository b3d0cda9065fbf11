//! Further audiences: each key of the configuration, and nothing of one audience in the site of another.

use std::path::Path;

use lookback::testing::TestRepository;

use crate::harness::{APPROVED, Edit, PATH, REPORT, Sites, lookback};

/// The report in three texts: the second one waits for an approval.
fn built(keys: &str, theme: &[(&str, &str)]) -> (TestRepository, Sites) {
    let mut repository = TestRepository::new();
    repository.at("2026-03-02T12:00:00Z").write("lookback.yml", format!("audiences: {{partners: {{{keys}}}}}\n"));
    for (path, text) in theme {
        repository.write(path, text);
    }
    let text = REPORT.edit("tags:", "partners: {publish: true, title: Tulip orders failed}\ntags:");
    repository.write(PATH, &text).commit(APPROVED);
    repository.write(PATH, text.edit("Nothing was charged", "Every charge was refunded")).commit("Correct");
    let sites = Sites::build(&mut repository);
    (repository, sites)
}

/// What one key changes for partners, and that it changes nothing for the public.
fn with(keys: &str) -> (TestRepository, Sites) {
    let (_plain, plain) = built("", &[]);
    let made = built(keys, &[]);
    assert_eq!(plain.files("public"), made.1.files("public"), "{keys}");
    made
}

#[test]
fn an_audience_has_its_own_title() {
    let (_kept, sites) = with("title: Reports for shops");
    assert!(sites.text("partners/index.html").contains("<h1>Reports for shops</h1>"));
    assert!(sites.text("partners/feed.xml").contains("Reports for shops"));
}

#[test]
fn an_audience_has_its_own_address() {
    let (_kept, sites) = with("base_url: 'https://partners.example/reports/'");
    let feed = sites.text("partners/feed.xml");
    assert!(feed.contains("https://partners.example/reports/incidents/2026-03-02-tulip-orders-failed/"), "{feed}");
    assert!(sites.files("partners").contains_key("sitemap.xml") && !sites.files("public").contains_key("sitemap.xml"));
}

#[test]
fn an_audience_has_its_own_languages() {
    let (_kept, sites) = with("languages: [ko, en]");
    assert!(sites.text("partners/index.html").contains("<html lang=\"ko\">") && sites.text("partners/en/index.html").contains("<html lang=\"en\">"));
}

#[test]
fn an_audience_may_read_what_is_merged_and_others_what_is_approved() {
    let (_kept, sites) = with("publish: merged");
    assert!(!sites.holding("partners", "Every charge was refunded").is_empty());
    assert_eq!(sites.holding("public", "Every charge was refunded"), [""; 0]);
    // What was merged before was read before.
    let incident = &sites.json("partners/api/incidents.json")["incidents"][0];
    assert_ne!(incident["published"], incident["updated"], "{incident}");
}

#[test]
fn an_audience_reads_from_its_own_severity_on() {
    let (_kept, sites) = with("min_severity: SEV1");
    assert_eq!((sites.slugs("partners").len(), sites.slugs("public").len()), (0, 1));
}

#[test]
fn an_audience_has_its_own_delay() {
    // The clock of these tests stands at 2026-06-01 00:00 UTC, and the incident was resolved on 2 March at 10:00.
    let (_kept, sites) = with("delay: 91d");
    assert_eq!((sites.slugs("partners").len(), sites.slugs("public").len()), (0, 1));
    let (_kept, sites) = with("delay: 90d");
    assert_eq!(sites.slugs("partners").len(), 1);
}

#[test]
fn an_audience_has_its_own_theme() {
    let theme = [
        ("theme/external/base.html", "{% extends \"builtin/external/base.html\" %}{% block colophon %}Dahlia house{% endblock %}"),
        ("theme/audiences/partners/external/base.html", "{% extends \"theme/external/base.html\" %}{% block languages %}Orchid house{% endblock %}"),
    ];
    let (_kept, sites) = built("", &theme);
    assert!(sites.text("partners/404.html").contains("Orchid house") && sites.text("partners/404.html").contains("Dahlia house"));
    assert!(sites.text("public/404.html").contains("Dahlia house"));
    assert_eq!(sites.holding("public", "orchid"), [""; 0]);
}

#[test]
fn a_theme_for_an_audience_that_there_is_not_is_an_error() {
    let mut repository = TestRepository::new();
    repository.write(PATH, REPORT).write("theme/audiences/parners/external/404.html", "x").commit(APPROVED);
    let run = lookback(&repository.checkout(), &["build"]);
    assert_eq!(run.code, 2, "{run}");
    assert!(run.error.contains("theme: audiences/parners/external/404.html: there is no such external audience; there are `public`"), "{run}");
    assert!(!Path::new(&repository.path().join("site")).exists());
}

#[test]
fn no_audience_is_mentioned_in_the_site_of_another() {
    let mut repository = TestRepository::new();
    let configuration = "\
audiences:
  public: {title: Magnolia reports, base_url: 'https://magnolia.example'}
  partners: {title: Tulip reports, base_url: 'https://tulip.example', languages: [en, ko], publish: merged}
  investors: {title: Hyacinth reports, base_url: 'https://hyacinth.example'}
";
    let own = |name: &str, flower: &str| {
        format!(
            "{name}: {{publish: true, title: {flower} orders failed, summary: {flower} customers waited., slug: {}-slug}}\n",
            flower.to_lowercase()
        )
    };
    let blocks = own("public", "Magnolia") + &own("partners", "Tulip") + &own("investors", "Hyacinth");
    let text = REPORT
        .edit("public: {publish: true, title: Orders could not be placed, summary: For an hour no order could be placed.}\n", &blocks)
        .edit("Nothing was charged.", "Nothing was charged.\n\n> [!PARTNERS]\n> Tulip block.\n\n> [!INVESTORS]\n> Hyacinth block.");
    repository.write("lookback.yml", configuration).write(PATH, text).commit(APPROVED);
    let sites = Sites::build(&mut repository);
    let flowers = [("public", "magnolia"), ("partners", "tulip"), ("investors", "hyacinth")];
    for (audience, _) in flowers {
        for (other, flower) in flowers {
            assert_eq!(sites.holding(audience, flower).is_empty(), audience != other, "{flower} in the site of {audience}");
        }
        for other in ["partners", "investors"].into_iter().filter(|other| *other != audience) {
            assert_eq!(sites.holding(audience, other), [""; 0]);
        }
    }
    assert_eq!(sites.slugs("public"), ["magnolia-slug"], "{}", sites.run);
}
