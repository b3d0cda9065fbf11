//! Sites in several languages.

use lookback::testing::TestRepository;

use crate::harness::{APPROVED, Edit, PATH, PIXEL, REPORT, Sites};

const INCIDENT: &str = "incidents/2026-03-02-orders-could-not-be-placed/index.html";

/// A report with a picture that everybody may see, written in English. The sites lie in the folder of the repository.
fn made(configuration: &str) -> (TestRepository, Sites) {
    let mut repository = TestRepository::new();
    let text = REPORT.edit("Nothing was charged.", "Nothing was charged. ![Failed orders](graph.png)");
    repository.write("lookback.yml", configuration).write("postmortems/graph.png", PIXEL).write(PATH, text).commit(APPROVED);
    let sites = Sites::build(&mut repository);
    (repository, sites)
}

const BOTH: &str = "audiences: {public: {languages: [en, ko], base_url: 'https://status.example/reports'}}\n";

#[test]
fn the_first_language_stands_at_the_root_and_each_further_one_below_its_code() {
    let (_kept, sites) = made(BOTH);
    let pages = |folder: &str| {
        let pages = sites.files("public").into_keys().filter(|path| path.ends_with(".html"));
        let mut own: Vec<String> = pages.filter_map(|path| path.strip_prefix(folder).map(str::to_owned)).collect();
        own.retain(|path| folder == "ko/" || !path.starts_with("ko/"));
        own
    };
    assert_eq!(pages(""), pages("ko/"));
    let (english, korean) = (sites.text(&format!("public/{INCIDENT}")), sites.text(&format!("public/ko/{INCIDENT}")));
    assert!(english.contains("<html lang=\"en\">") && english.contains(">2 Mar 2026</time>"), "{english}");
    assert!(korean.contains("<html lang=\"ko\">") && korean.contains(">2026년 3월 2일</time>"), "{korean}");
    // What the document says is in the language of the document.
    assert!(korean.contains("<h1 lang=\"en\">Orders could not be placed</h1>"), "{korean}");
    assert!(!english.contains("<h1 lang"), "{english}");
}

#[test]
fn every_language_says_where_the_others_are() {
    let (_kept, sites) = made(BOTH);
    for (page, canonical) in [(INCIDENT.to_owned(), INCIDENT), (format!("ko/{INCIDENT}"), &format!("ko/{INCIDENT}"))] {
        let html = sites.text(&format!("public/{page}"));
        let address = |path: &str| format!("https://status.example/reports/{}", path.trim_end_matches("index.html"));
        assert!(html.contains(&format!("<link rel=\"canonical\" href=\"{}\">", address(canonical))), "{html}");
        for (lang, path) in [("en", INCIDENT.to_owned()), ("ko", format!("ko/{INCIDENT}")), ("x-default", INCIDENT.to_owned())] {
            let link = format!("<link rel=\"alternate\" hreflang=\"{lang}\" href=\"{}\">", address(&path));
            assert!(html.contains(&link), "{link} in {html}");
        }
        assert!(html.contains("lang=\"ko\" hreflang=\"ko\"") && html.contains(">한국어</a>") && html.contains(">English</a>"), "{html}");
    }
    let sitemap = sites.text("public/sitemap.xml");
    for (part, count) in [("<url>", 2), ("hreflang=\"ko\"", 2), ("hreflang=\"x-default\"", 2)] {
        let own = sitemap.lines().filter(|line| line.contains("incidents/2026")).map(|line| line.matches(part).count()).sum::<usize>();
        assert_eq!(own, count, "{part} in {sitemap}");
    }
    assert!(sitemap.contains("<lastmod>2026-"), "{sitemap}");
}

#[test]
fn without_an_address_languages_are_chosen_and_no_alternates_are_claimed() {
    let (_kept, sites) = made("audiences: {public: {languages: [ko, en]}}\n");
    let html = sites.text(&format!("public/en/{INCIDENT}"));
    assert!(!html.contains("rel=\"alternate\" hreflang") && !html.contains("canonical"), "{html}");
    assert!(html.contains(&format!("href=\"../../../{INCIDENT}\" lang=\"ko\"")), "{html}");
}

#[test]
fn feeds_data_and_pictures_are_there_once_at_the_same_address_for_all_languages() {
    let (_kept, sites) = made(BOTH);
    // The search of a language knows its pages and speaks its words.
    let is_once = |path: &String| path.starts_with("ko/") && !path.ends_with(".html") && !path.starts_with("ko/search/");
    let below: Vec<String> = sites.files("public").into_keys().filter(is_once).collect();
    assert_eq!(below, [""; 0]);
    let korean = sites.text(&format!("public/ko/{INCIDENT}"));
    assert!(korean.contains("href=\"../../../feed.xml\"") && korean.contains("src=\"../../../images/"), "{korean}");
}

#[test]
fn the_internal_site_has_its_languages_too() {
    let (_kept, sites) = made("site: {languages: [en, ko]}\n");
    let korean = sites.text("internal/ko/postmortems/a/index.html");
    assert!(korean.contains("<html lang=\"ko\">") && korean.contains("src=\"../../../postmortems/a/graph.png\""), "{korean}");
    assert!(sites.text("internal/postmortems/a/index.html").contains("src=\"graph.png\""));
    assert!(sites.files("internal").contains_key("postmortems/a/graph.png"));
    // Without languages of its own, the public site is in the default language alone.
    assert!(sites.files("public").keys().all(|path| !path.starts_with("ko/")));
}

#[test]
fn a_page_for_any_address_has_links_that_work_at_any_depth() {
    let (_kept, sites) = made(BOTH);
    assert!(sites.text("public/404.html").contains("href=\"/reports/index.html\""));
    assert!(sites.text("public/ko/404.html").contains("href=\"/reports/ko/index.html\""));
    assert!(!sites.text("public/404.html").contains("canonical"));
}

#[test]
fn titles_and_public_names_are_shown_in_the_language_of_the_page() {
    let mut repository = TestRepository::new();
    let configuration = "\
services: [{id: orders, public_name: {en: Ordering, ko: 주문}}]
audiences: {public: {languages: [en, ko], title: {en: What went wrong, ko: 장애 소식}}}
";
    repository.write("lookback.yml", configuration).write(PATH, REPORT).commit(APPROVED);
    let sites = Sites::build(&mut repository);
    let shown = |page: &str| {
        let html = sites.text(&format!("public/{page}"));
        ["What went wrong", "장애 소식", "Ordering", "주문", "Partial outage", "부분 장애"]
            .into_iter()
            .filter(|words| html.contains(words))
            .collect::<Vec<_>>()
    };
    for page in [INCIDENT, "index.html", "trends/index.html", "services/ordering/index.html", "2026/index.html"] {
        assert_eq!(shown(page), ["What went wrong", "Ordering", "Partial outage"], "{page}");
        assert_eq!(shown(&format!("ko/{page}")), ["장애 소식", "주문", "부분 장애"], "{page}");
    }
    assert_eq!(sites.json("public/api/incidents.json")["incidents"][0]["services"][0], "Ordering");
    assert!(sites.text("public/feed.xml").contains("<title>What went wrong</title>"));
}
