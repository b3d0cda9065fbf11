//! `docs/theme.md` lists every key that a template can read, from the pages of the example; the samples are such pages.
//! `LOOKBACK_BLESS=1 cargo test --test it theme_api` writes both anew.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use lookback::{
    i18n::Catalogue,
    pipeline::{Loaded, settings},
    repo::{ObjectId, Repository},
    view::{Edition, ExternalPages, InternalPages, Page},
};
use minijinja::{Value, value::ValueKind};

use crate::harness::lookback;

/// What is known of a value after all pages were looked at.
#[derive(Debug, Clone, Default, PartialEq)]
struct Shape {
    words: BTreeSet<&'static str>,
    items: Option<Box<Shape>>,
    keys: BTreeMap<String, Shape>,
}

impl Shape {
    fn learn(&mut self, value: &Value) {
        match value.kind() {
            ValueKind::None | ValueKind::Undefined => drop(self.words.insert("none")),
            ValueKind::Bool => drop(self.words.insert("true or false")),
            ValueKind::Number => drop(self.words.insert("number")),
            ValueKind::Map => {
                for key in value.try_iter().unwrap() {
                    self.keys.entry(key.to_string()).or_default().learn(&value.get_item(&key).unwrap());
                }
            }
            ValueKind::Seq | ValueKind::Iterable => {
                let items = self.items.get_or_insert_with(Box::default);
                value.try_iter().unwrap().for_each(|item| items.learn(&item));
            }
            _ => drop(self.words.insert("text")),
        }
    }

    /// In words: `Facts`, `list of ActionRow`, `text or none`.
    fn said(&self, structs: &BTreeMap<BTreeSet<String>, Struct>, used: &mut BTreeSet<String>) -> String {
        let mut parts: Vec<String> = Vec::new();
        if !self.keys.is_empty() {
            let keys: BTreeSet<String> = self.keys.keys().cloned().collect();
            let known = structs.get(&keys).unwrap_or_else(|| panic!("no struct has the keys {keys:?}"));
            used.insert(known.name.clone());
            parts.push(format!("[`{0}`](#{1})", known.name, known.name.to_lowercase()));
        }
        if let Some(items) = &self.items {
            let item = items.said(structs, used);
            parts.push(if item.is_empty() { "list".to_owned() } else { format!("list of {item}") });
        }
        parts.extend(self.words.iter().filter(|word| **word != "none").map(|word| (*word).to_owned()));
        if self.words.contains("none") {
            parts.push("none".to_owned());
        }
        parts.join(" or ")
    }
}

/// A struct that templates see, from its source.
#[derive(Debug, Clone)]
struct Struct {
    name: String,
    meaning: String,
    fields: Vec<(String, String, String)>,
}

/// The structs that the pages of one side are made of, by the set of their keys.
fn structs(other: &str) -> BTreeMap<BTreeSet<String>, Struct> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/view");
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(&root)
        .sort_by_file_name()
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file() && !entry.path().starts_with(root.join(other)))
    {
        let text = fs::read_to_string(entry.path()).unwrap();
        let blocks = text.split("\ntemplate_structs! {\n").skip(1);
        for block in blocks {
            let (mut current, mut meaning) = (None::<Struct>, String::new());
            for line in block.lines().take_while(|line| *line != "}").map(str::trim) {
                if let Some(words) = line.strip_prefix("///") {
                    let _ = write!(meaning, "{}{}", if meaning.is_empty() { "" } else { " " }, words.trim());
                } else if let Some(name) = line.strip_suffix(" {") {
                    current = Some(Struct { name: name.to_owned(), meaning: std::mem::take(&mut meaning), fields: Vec::new() });
                } else if line == "}" {
                    let done = current.take().unwrap();
                    let keys = done.fields.iter().map(|(name, _, _)| name.clone()).collect();
                    found.entry(keys).or_insert(done);
                } else if let Some((name, kind)) = line.strip_suffix(',').and_then(|line| line.split_once(": ")) {
                    let name = name.trim_start_matches("r#").to_owned();
                    current.as_mut().unwrap().fields.push((name, kind.to_owned(), std::mem::take(&mut meaning)));
                }
            }
        }
    }
    found
}

/// `Option<Vec<String>>` in words.
fn kind(written: &str, structs: &BTreeSet<&str>) -> String {
    let inner = |prefix: &str| written.strip_prefix(prefix).and_then(|rest| rest.strip_suffix('>'));
    match written {
        "String" => "text".to_owned(),
        "bool" => "true or false".to_owned(),
        "usize" | "u64" | "i64" | "f64" => "number".to_owned(),
        _ if inner("Option<").is_some() => format!("{} or none", kind(inner("Option<").unwrap(), structs)),
        _ if inner("Vec<").is_some() => format!("list of {}", kind(inner("Vec<").unwrap(), structs)),
        name if structs.contains(name) => format!("[`{name}`](#{})", name.to_lowercase()),
        name => format!("`{name}`"),
    }
}

const OPENING: &str = "\
# Themes

Colour, type and logo need no theme: `theme:` in `lookback.yml` sets them (docs/configuration.md). For what goes beyond, a file below `theme/` of the
repository replaces the one with the same path in the built-in theme (`themes/default`), and best extends it and replaces one block:

```html
{# theme/internal/postmortem.html: the findings are left to the health page #}
{% extends \"builtin/internal/postmortem.html\" %}
{% block findings %}{% endblock %}
```

`themes/default/README.md` says which folders there are, what holds for all values, and which functions and filters there are. A key that is not there is
an error, with its place in the template and what there is instead. What follows is written by a test from the pages of the example: the keys of every
page beside `site`, `root`, `top`, `page` and `logo` (where the configured logo is, below `top`, or none), and then what each value holds.
";

#[test]
fn the_page_of_themes_lists_what_templates_read() {
    let folder = tempfile::tempdir().unwrap();
    let run = lookback(folder.path(), &["demo", "example"]);
    assert_eq!(run.code, 0, "{}", run.error);
    let repository = Repository::open(&folder.path().join("example"), None).unwrap();
    let loaded = Loaded::new(&repository, settings(&repository).unwrap(), None, "2026-11-22T12:00:00Z".parse().unwrap()).unwrap();
    let language = Arc::new(Catalogue::load("en").unwrap());
    let edition = Edition::only(&language);
    let older = |_: ObjectId| None;
    let internal = InternalPages {
        corpus: &loaded.corpus,
        settings: &loaded.settings,
        language: Arc::clone(&language),
        edition: edition.clone(),
        now: loaded.now,
        files: &loaded.surroundings.files,
        skipped: &[("postmortems/a.md".to_owned(), "it is no UTF-8".to_owned())],
        is_history_complete: true,
        generator: "lookback".to_owned(),
        older: &older,
    };
    let image = |commit: ObjectId, path: &str| loaded.blobs.blob_at(commit, path).ok().flatten();
    let external = ExternalPages {
        corpus: &loaded.corpus,
        settings: &loaded.settings,
        audience: &loaded.settings.audiences[0],
        language: Arc::clone(&language),
        edition,
        mount: None,
        work_tree: None,
        now: loaded.now,
        generator: "lookback".to_owned(),
        image: &image,
    };
    let (inside, outside) = (internal.view(), external.view());
    let mut text = OPENING.to_owned();
    for (side, other, pages) in [("internal", "external", inside.pages()), ("external", "internal", outside.pages())] {
        let structs = structs(other);
        let mut used = BTreeSet::new();
        let _ = write!(text, "\n## The {side} site\n");
        list(side, pages, &structs, &mut used, &mut text);
        let _ = write!(text, "\n### What values of the {side} site hold\n");
        types(&structs, used, &mut text);
    }
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/theme.md");
    if std::env::var_os("LOOKBACK_BLESS").is_some() {
        fs::write(&path, &text).unwrap();
    }
    let kept = fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    assert!(kept == text, "docs/theme.md differs from the program: LOOKBACK_BLESS=1 cargo test --test it theme_api writes it anew");
}

fn list(side: &str, pages: &[Page], structs: &BTreeMap<BTreeSet<String>, Struct>, used: &mut BTreeSet<String>, text: &mut String) {
    let mut templates: BTreeMap<&str, BTreeMap<&str, Shape>> = BTreeMap::new();
    for page in pages {
        let keys = templates.entry(page.template).or_default();
        for (key, value) in &page.context {
            keys.entry(key).or_default().learn(value);
        }
    }
    for (template, keys) in templates {
        let _ = writeln!(text, "\n### `{side}/{template}.html`\n");
        if keys.is_empty() {
            text.push_str("Nothing of its own.\n");
            continue;
        }
        text.push_str("| key | is |\n|---|---|\n");
        for (key, shape) in &keys {
            let _ = writeln!(text, "| `{key}` | {} |", shape.said(structs, used));
        }
        let own: Vec<&Page> = pages.iter().filter(|page| page.template == template).collect();
        check_sample(side, template, &keys, &own);
    }
}

/// The sample of a template has its keys. One that has not is written anew, where that is asked for, from the page that says most.
fn check_sample(side: &str, template: &str, keys: &BTreeMap<&str, Shape>, pages: &[&Page]) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("themes/default/samples");
    let path = folder.join(format!("{side}-{template}.json"));
    let common = ["site", "root", "top", "page"];
    let read = |path: &Path| fs::read(path).map(|bytes| serde_json::from_slice::<serde_json::Value>(&bytes).unwrap()).unwrap_or_default();
    let own_keys = |sample: &serde_json::Value| {
        let keys = sample.as_object().into_iter().flat_map(serde_json::Map::keys);
        keys.filter(|key| !common.contains(&key.as_str())).cloned().collect::<BTreeSet<String>>()
    };
    let wanted: BTreeSet<String> = keys.keys().map(|key| (*key).to_owned()).collect();
    if own_keys(&read(&path)) != wanted && std::env::var_os("LOOKBACK_BLESS").is_some() {
        let says = |page: &&&Page| page.context.iter().map(|(_, value)| json(value).to_string().len()).sum::<usize>();
        let page = pages.iter().max_by_key(says).unwrap();
        let mut sample = read(&folder.join(format!("{side}-404.json")));
        if sample.is_null() {
            sample = read(&folder.join(format!("{side}-index.json")));
        }
        sample.as_object_mut().unwrap().retain(|key, _| common.contains(&key.as_str()));
        let way = "../".repeat(page.path.matches('/').count());
        sample["root"] = way.clone().into();
        sample["top"] = way.into();
        sample["page"]["kind"] = page.kind.into();
        sample["page"]["path"] = page.path.as_str().into();
        for (key, value) in &page.context {
            sample[*key] = json(value);
        }
        fs::write(&path, format!("{}\n", serde_json::to_string_pretty(&sample).unwrap())).unwrap();
    }
    assert_eq!(own_keys(&read(&path)), wanted, "{}", path.display());
}

/// A value as JSON; of a list its first four items.
fn json(value: &Value) -> serde_json::Value {
    match value.kind() {
        ValueKind::None | ValueKind::Undefined => serde_json::Value::Null,
        ValueKind::Bool => value.is_true().into(),
        ValueKind::Number => i64::try_from(value.clone()).map_or_else(|_| f64::try_from(value.clone()).unwrap().into(), Into::into),
        ValueKind::Map => {
            value.try_iter().unwrap().map(|key| (key.to_string(), json(&value.get_item(&key).unwrap()))).collect::<serde_json::Map<_, _>>().into()
        }
        ValueKind::Seq | ValueKind::Iterable => value.try_iter().unwrap().take(4).map(|item| json(&item)).collect(),
        _ => value.to_string().into(),
    }
}

/// The structs that the pages hold, and those that these hold.
fn types(structs: &BTreeMap<BTreeSet<String>, Struct>, used: BTreeSet<String>, text: &mut String) {
    let by_name: BTreeMap<&str, &Struct> = structs.values().map(|known| (known.name.as_str(), known)).collect();
    let names: BTreeSet<&str> = by_name.keys().copied().collect();
    let mut waiting: Vec<String> = used.into_iter().collect();
    let mut told = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        if told.insert(name.clone()) {
            let words = by_name[name.as_str()].fields.iter().flat_map(|(_, kind, _)| kind.split(|letter: char| !letter.is_alphanumeric()));
            waiting.extend(words.filter(|word| names.contains(word)).map(str::to_owned));
        }
    }
    for name in told {
        let known = by_name[name.as_str()];
        let _ = writeln!(text, "\n#### {}\n\n{}\n\n| key | is | what |\n|---|---|---|", known.name, known.meaning);
        for (field, written, meaning) in &known.fields {
            let _ = writeln!(text, "| `{field}` | {} | {} |", kind(written, &names), meaning.replace('|', "\\|"));
        }
    }
}

#[test]
fn one_block_of_a_page_is_replaced_and_the_rest_stays() {
    use crate::harness::{PATH, REPORT, Sites};
    let mut repository = lookback::testing::TestRepository::new();
    let page =
        "{% extends \"builtin/internal/postmortem.html\" %}\n{% block findings %}<p>Ask the health page about {{ facts.title }}.</p>{% endblock %}\n";
    let configuration = "theme: {accent: {light: '#7a1f5c', dark: '#f0a8d8'}, text: [Pretendard, system-ui], logo: mark.svg}\n";
    repository
        .write("lookback.yml", configuration)
        .write("theme/mark.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><rect width=\"1\" height=\"1\"/></svg>")
        .write("theme/internal/postmortem.html", page)
        .write(PATH, REPORT)
        .commit("Write");
    let sites = Sites::build(&mut repository);
    let html = sites.text("internal/postmortems/a/index.html");
    assert!(html.contains("<p>Ask the health page about Connections of the order store ran out.</p>") && html.contains("margin-trail"), "{html}");
    assert!(!html.contains("margin-findings") && html.contains("<img class=\"logo\" src=\"../../assets/mark."), "{html}");
    for audience in ["internal", "public"] {
        let sheet = sites.files(audience).into_iter().find(|(path, _)| path.ends_with(".css")).unwrap().1;
        let sheet = String::from_utf8(sheet).unwrap();
        assert!(sheet.contains("--sans:\"Pretendard\",system-ui,var(--hangul),sans-serif") && sheet.contains("{--accent:#f0a8d8}"), "{sheet}");
        assert!(sheet.len() < 20_480, "{audience}: {} bytes", sheet.len());
    }
}

#[test]
fn colours_that_could_not_be_read_are_refused() {
    let mut repository = lookback::testing::TestRepository::new();
    repository.write("lookback.yml", "theme:\n  accent: '#8fbdf0'\n  text: 'Comic; color'\n  logo: ../x.svg\n").commit("Write");
    let run = lookback(&repository.checkout(), &["build"]);
    assert_eq!(run.code, 2);
    for message in [
        "`#8fbdf0` has a contrast of 1.7 on the light ground `#f4f1ea`; text needs 4.5",
        "`Comic; color` is no name of a font family",
        "`../x.svg` is no picture below `theme/`",
    ] {
        assert!(run.error.contains(message), "{}", run.error);
    }
}
