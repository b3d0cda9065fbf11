//! The index of the search page, as its script reads it.

use std::collections::BTreeMap;

use lookback::testing::TestRepository;

use crate::harness::{APPROVED, Edit, PATH, REPORT, Sites};

/// Terms of a site with what is written about each.
fn terms(site: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, String> {
    let pieces = site.iter().filter(|(path, _)| path.starts_with("search/terms-"));
    let values = pieces.flat_map(|(_, bytes)| match payload(bytes) {
        serde_json::Value::Array(values) => values,
        other => panic!("{other}"),
    });
    let words: Vec<String> = values.map(|value| value.as_str().unwrap().to_owned()).collect();
    words.chunks(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect()
}

fn payload(bytes: &[u8]) -> serde_json::Value {
    let text = std::str::from_utf8(bytes).unwrap().trim_end();
    let call = text.strip_prefix("lookbackSearch(").unwrap().strip_suffix(')').unwrap();
    serde_json::from_str::<serde_json::Value>(call).unwrap()[1].clone()
}

#[test]
fn every_audience_searches_what_its_own_pages_say() {
    let mut repository = TestRepository::new();
    let text = REPORT.edit("## Impact\n", "## Impact\nThe hidden zeppelin stood still, 결제가 멈췄다.\n");
    repository.write(PATH, text).commit(APPROVED);
    let sites = Sites::build(&mut repository);
    let (internal, public) = (terms(&sites.files("internal")), terms(&sites.files("public")));
    for term in ["zeppelin", "결제", "orders"] {
        assert!(internal.contains_key(term), "{term}: {internal:?}");
    }
    assert!(public.contains_key("placed"), "{public:?}");
    let pages: String = sites
        .files("public")
        .iter()
        .filter(|(path, _)| path.ends_with(".html") && !path.starts_with("search/"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).to_lowercase())
        .collect();
    for term in public.keys() {
        assert!(pages.contains(term.as_str()), "{term} stands on no public page");
    }
}

#[test]
fn what_stands_where_is_written_short() {
    let mut repository = TestRepository::new();
    let second = REPORT.edit("title: ", "title: Gateway gateway and ");
    repository.write(PATH, REPORT).write("postmortems/b.md", second).commit(APPROVED);
    let site = Sites::build(&mut repository).files("internal");
    // In the title of the second of two documents (`b` begins as early as `a`), twice; in no text and no fact.
    assert_eq!(terms(&site)["gateway"], "//1*2");
    let contents = payload(&site["search/contents.js"]);
    assert_eq!((&contents["documents"], &contents["chunk"]), (&serde_json::json!(2), &serde_json::json!(64)));
    let shown = payload(&site["search/documents-0.js"]);
    assert_eq!(shown[0][0], "postmortems/a/index.html");
    assert_eq!(shown.as_array().unwrap().len(), 2);
}
