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
    let corrected = text.edit("420 orders failed.", "Orders failed.").edit("## Impact", "## Impact {.public}");
    repository.write("lookback.yml", CONFIGURATION).write(PATH, text).commit(APPROVED);
    repository.write(PATH, corrected).commit(APPROVED);
    repository.write("postmortems/b.md", REPORT).commit(APPROVED);
    repository.write("postmortems/b.md", REPORT.edit("publish: true", "publish: false")).commit("Take back");
    repository
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

    let is_inner = |path: &String| found.iter().any(|other| other.starts_with(&format!("{path}.")) || other.starts_with(&format!("{path}[]")));
    let leaves: Vec<&str> = found.iter().filter(|path| !is_inner(path)).map(String::as_str).collect();
    insta::assert_snapshot!(leaves.join("\n"), @r"
    incident: corrections[].date
    incident: corrections[].parts[]
    incident: duration_minutes
    incident: lang
    incident: published
    incident: resolved
    incident: sections[].html
    incident: sections[].id
    incident: sections[].title
    incident: services[].href
    incident: services[].name
    incident: severity.name
    incident: severity.rank
    incident: started
    incident: summary
    incident: timeline.days[].date
    incident: timeline.days[].rows[].at
    incident: timeline.days[].rows[].html
    incident: timeline.days[].rows[].text_time
    incident: timeline.zone
    incident: title
    incident: updated
    incident: zone
    index: months[].incidents[].duration_minutes
    index: months[].incidents[].href
    index: months[].incidents[].lang
    index: months[].incidents[].over
    index: months[].incidents[].services[].href
    index: months[].incidents[].services[].name
    index: months[].incidents[].severity.name
    index: months[].incidents[].severity.rank
    index: months[].incidents[].started
    index: months[].incidents[].title
    index: months[].month
    index: service.name
    index: services[].count
    index: services[].href
    index: services[].name
    index: year
    index: years[].count
    index: years[].href
    index: years[].year
    page.alternates
    page.canonical
    page.description
    page.kind
    page.path
    retracted: date
    search: count
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
    trends: years[].counts[]
    trends: years[].median_minutes
    trends: years[].total
    trends: years[].year
    ");
}
