//! Every key that a template of an external audience can read. A new one is a decision: it shows here as one line.

use std::{collections::BTreeSet, sync::Arc};

use lookback::{
    i18n::Catalogue,
    pipeline::{Loaded, settings},
    repo::{ObjectId, Repository},
    testing::TestRepository,
    theme::{Overrides, Theme},
    view::{Edition, ExternalPages, TemplateValue},
};
use minijinja::{Value, value::ValueKind};

use crate::harness::{APPROVED, Edit, PATH, REPORT};

const CONFIGURATION: &str = "\
services: [{id: orders, public_name: Ordering}]
audiences: {public: {languages: [ko], base_url: 'https://status.example'}}
";

/// Reports in which every key has a value: with a timeline, a correction, a service, a picture, and one that was taken back.
fn made() -> TestRepository {
    let mut repository = TestRepository::new();
    let text = REPORT.edit("| The last free connection is taken |", "| Orders fail [public] |");
    let corrected = text
        .edit("420 orders failed.", "Orders failed.")
        .edit("## Impact", "## Impact {.public}")
        .edit("title: Orders could", "title: No orders could");
    repository.write("lookback.yml", CONFIGURATION).write(PATH, text).commit(APPROVED);
    repository.write(PATH, corrected).commit(APPROVED);
    repository.write("postmortems/b.md", REPORT).commit(APPROVED);
    repository.write("postmortems/b.md", REPORT.edit("publish: true", "publish: false")).commit("Take back");
    repository
}

/// The samples of the built-in theme, by file name.
fn samples() -> Vec<(String, serde_json::Value)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/samples");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let external = files.filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with("external-"));
    external
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap()))
        .collect()
}

/// The same of a sample; what is null or an empty list may have more below it.
fn sample_paths(name: &str, value: &serde_json::Value, found: &mut BTreeSet<String>, open: &mut BTreeSet<String>) {
    found.insert(name.to_owned());
    match value {
        serde_json::Value::Object(entries) => entries.iter().for_each(|(key, value)| sample_paths(&format!("{name}.{key}"), value, found, open)),
        serde_json::Value::Array(items) if !items.is_empty() => items.iter().for_each(|item| sample_paths(&format!("{name}[]"), item, found, open)),
        serde_json::Value::Null | serde_json::Value::Array(_) => drop(open.insert(name.to_owned())),
        _ => {}
    }
}

/// Paths of all values below a value: `timeline.days[].rows[].html`.
fn paths(name: &str, value: &Value, found: &mut BTreeSet<String>) {
    found.insert(name.to_owned());
    let items = |value: &Value| value.try_iter().unwrap().collect::<Vec<_>>();
    match value.kind() {
        ValueKind::Map => items(value).iter().for_each(|key| paths(&format!("{name}.{key}"), &value.get_item(key).unwrap(), found)),
        ValueKind::Seq | ValueKind::Iterable => items(value).iter().for_each(|item| paths(&format!("{name}[]"), item, found)),
        _ => {}
    }
}

#[test]
fn external_templates_read_these_keys_and_no_others() {
    let mut made = made();
    let repository = Repository::open(&made.checkout(), None).unwrap();
    let loaded = Loaded::new(&repository, settings(&repository).unwrap(), None, "2026-06-01T00:00:00Z".parse().unwrap()).unwrap();
    let image = |commit: ObjectId, path: &str| loaded.blobs.blob_at(commit, path).ok().flatten();
    let language = Arc::new(Catalogue::load("ko").unwrap());
    let pages = ExternalPages {
        corpus: &loaded.corpus,
        settings: &loaded.settings,
        audience: &loaded.settings.audiences[0],
        language: Arc::clone(&language),
        edition: Edition::each(&[Arc::clone(&language), Arc::new(Catalogue::load("en").unwrap())]).remove(0).0,
        mount: None,
        work_tree: None,
        now: loaded.now,
        generator: "lookback".to_owned(),
        image: &image,
    };
    let mut view = pages.view();

    let mut found = BTreeSet::new();
    for page in view.pages() {
        for (key, value) in &page.context {
            paths(&format!("{}: {key}", page.template), value, &mut found);
        }
    }
    paths("site", &view.site().template_value(), &mut found);
    // What every page gets beside `site` is put together while it is rendered.
    let listing = "{% for key in page %}{{ key }} {% endfor %}".as_bytes().to_vec();
    let theme = Theme::new(&Arc::new(Overrides::from([("external/404.html".to_owned(), listing)])), &language);
    let rendered = theme.render(&mut view).unwrap();
    found.extend(std::str::from_utf8(&rendered["404.html"]).unwrap().split_whitespace().map(|key| format!("page.{key}")));

    for (file, sample) in samples() {
        let template = match file.strip_prefix("external-").unwrap() {
            "service" => "index",
            template => template,
        };
        let (mut shown, mut open) = (BTreeSet::new(), BTreeSet::new());
        for (key, value) in sample.as_object().unwrap().iter().filter(|(key, _)| !["site", "root", "top", "page"].contains(&key.as_str())) {
            sample_paths(&format!("{template}: {key}"), value, &mut shown, &mut open);
        }
        sample_paths("site", &sample["site"], &mut shown, &mut open);
        let own = found.iter().filter(|path| path.starts_with(&format!("{template}: ")) || path.starts_with("site"));
        let missing: Vec<_> = own.filter(|path| !shown.contains(*path) && !open.iter().any(|open| path.starts_with(open.as_str()))).collect();
        let unknown: Vec<_> = shown.iter().filter(|path| !found.contains(*path)).collect();
        assert!(missing.is_empty() && unknown.is_empty(), "{file}.json lacks {missing:?} and has {unknown:?}");
    }
    let is_inner = |path: &String| found.iter().any(|other| other.starts_with(&format!("{path}.")) || other.starts_with(&format!("{path}[]")));
    let leaves: Vec<&str> = found.iter().filter(|path| !is_inner(path)).map(String::as_str).collect();
    insta::assert_snapshot!(leaves.join("\n"), @r"
    404: structured
    incident: affected[].html
    incident: affected[].id
    incident: affected[].is_named_here
    incident: affected[].title
    incident: corrections[].changes[]
    incident: corrections[].date
    incident: date
    incident: duration_minutes
    incident: lang
    incident: preview
    incident: published
    incident: resolved
    incident: resolved_date
    incident: sections[].html
    incident: sections[].id
    incident: sections[].is_named_here
    incident: sections[].title
    incident: services[].href
    incident: services[].name
    incident: severity.name
    incident: severity.rank
    incident: started
    incident: state
    incident: structured
    incident: summary
    incident: timeline.days[].date
    incident: timeline.days[].rows[].at
    incident: timeline.days[].rows[].html
    incident: timeline.days[].rows[].text_time
    incident: timeline.zone
    incident: title
    incident: updated
    incident: zone
    index: figures.count
    index: figures.longest_minutes
    index: figures.median_minutes
    index: figures.ongoing
    index: figures.severities[].count
    index: figures.severities[].name
    index: figures.severities[].rank
    index: months[].current
    index: months[].incidents[].date
    index: months[].incidents[].duration_minutes
    index: months[].incidents[].href
    index: months[].incidents[].lang
    index: months[].incidents[].preview
    index: months[].incidents[].services[].href
    index: months[].incidents[].services[].name
    index: months[].incidents[].severity.name
    index: months[].incidents[].severity.rank
    index: months[].incidents[].state
    index: months[].incidents[].title
    index: months[].month
    index: months[].since
    index: service.name
    index: services[].count
    index: services[].href
    index: services[].name
    index: structured
    index: year
    index: years[].count
    index: years[].href
    index: years[].year
    moved: href
    moved: lang
    moved: structured
    moved: title
    moved: url
    page.alternates
    page.canonical
    page.description
    page.kind
    page.path
    retracted: date
    retracted: structured
    search: count
    search: structured
    site.audience
    site.feed
    site.generated
    site.generator
    site.lang
    site.shallow
    site.timezone
    site.title
    trends: chart.bars[].href
    trends: chart.bars[].label
    trends: chart.bars[].segments[].class
    trends: chart.bars[].segments[].height
    trends: chart.bars[].segments[].value
    trends: chart.bars[].segments[].y
    trends: chart.bars[].title
    trends: chart.bars[].value
    trends: chart.bars[].width
    trends: chart.bars[].x
    trends: chart.description
    trends: chart.height
    trends: chart.key[].class
    trends: chart.key[].label
    trends: chart.key[].value
    trends: chart.ticks[].value
    trends: chart.ticks[].y
    trends: chart.title
    trends: incidents
    trends: services[].count
    trends: services[].duration_minutes
    trends: services[].href
    trends: services[].name
    trends: severities[].name
    trends: severities[].rank
    trends: structured
    trends: years[].counts[]
    trends: years[].median_minutes
    trends: years[].total
    trends: years[].year
    ");
}
