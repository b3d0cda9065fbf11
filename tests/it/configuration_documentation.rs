//! `docs/configuration.md` says what the program reads. `LOOKBACK_BLESS=1 cargo test --test it documentation` writes it anew.

use std::{fmt::Write as _, fs, path::Path};

use lookback::{
    config::{Settings, configuration_schema},
    rules::{guards, names},
    text::Source,
};
use serde_json::Value;

/// A key of the configuration as its schema has it.
struct Key<'a> {
    name: &'a str,
    schema: &'a Value,
    meaning: String,
    default: Option<String>,
}

/// The keys of an object of the schema, wherever it stands: alone, in a list, by name, or as one of several shapes.
fn keys<'a>(root: &'a Value, schema: &'a Value) -> Vec<Key<'a>> {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.strip_prefix("#/definitions/")) {
        return keys(root, &root["definitions"][name]);
    }
    if let Some(properties) = schema["properties"].as_object() {
        let key = |(name, schema): (&'a String, &'a Value)| {
            let described = schema["description"].as_str().unwrap_or_else(|| panic!("`{name}` is not described"));
            let (meaning, default) = described.split_once("Default: `").map_or((described, None), |(meaning, rest)| (meaning, rest.split_once('`')));
            Key { name, schema, meaning: meaning.trim().to_owned(), default: default.map(|(default, _)| default.to_owned()) }
        };
        return properties.iter().map(key).collect();
    }
    let lists = ["allOf", "anyOf"].into_iter().filter_map(|one_of| schema[one_of].as_array()).flatten();
    lists
        .chain([&schema["items"], &schema["additionalProperties"]])
        .flat_map(|inner| if inner.is_null() { Vec::new() } else { keys(root, inner) })
        .collect()
}

/// What a value looks like, in words.
fn kind(root: &Value, schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.strip_prefix("#/definitions/")) {
        return kind(root, &root["definitions"][name]);
    }
    if let Some(values) = schema["enum"].as_array() {
        return values.iter().filter_map(Value::as_str).map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ");
    }
    let all: Vec<&Value> = ["allOf", "anyOf"].into_iter().filter_map(|of| schema[of].as_array()).flatten().collect();
    if !all.is_empty() {
        let mut kinds: Vec<String> = all.into_iter().map(|one| kind(root, one)).filter(|kind| !kind.is_empty()).collect();
        kinds.dedup();
        return kinds.join(" or ");
    }
    let names: Vec<&str> = schema["type"]
        .as_array()
        .map_or_else(|| schema["type"].as_str().into_iter().collect(), |names| names.iter().filter_map(Value::as_str).collect());
    let word = |name: &&str| match *name {
        "string" => Some("text".to_owned()),
        "integer" | "number" => Some("number".to_owned()),
        "boolean" => Some("`true` or `false`".to_owned()),
        "array" => Some(format!("list of {}", kind(root, &schema["items"]))),
        "object" => Some("keys".to_owned()),
        _ => None,
    };
    names.iter().filter_map(word).collect::<Vec<_>>().join(" or ")
}

fn configuration() -> String {
    let root = configuration_schema();
    let mut text = String::from(
        "# Configuration\n\nWhat `lookback.yml` at the root of the repository may hold. Every key is optional, and a key that is not here is an error. \
         `lookback schema config`\nprints the same as a JSON Schema, for editors. The configuration of the example repository shows most of it in use.\n\n\
         `severities`, `services` and `causes` replace the default list; `sections` and `audiences` add to it. No key opens a section to an external \
         audience:\nonly marks in a reviewed document do.\n",
    );
    for top in keys(&root, &root) {
        let _ = write!(text, "\n## `{}`\n\n{}\n", top.name, top.meaning);
        let inner = keys(&root, top.schema);
        if inner.is_empty() {
            continue;
        }
        text.push_str("\n| key | is | default | what |\n|---|---|---|---|\n");
        for key in inner {
            let default = key.default.map(|default| format!("`{default}`")).unwrap_or_default();
            let _ = writeln!(text, "| `{}` | {} | {default} | {} |", key.name, kind(&root, key.schema), key.meaning.replace('|', "\\|"));
        }
    }
    text
}

#[test]
fn the_page_of_the_configuration_says_what_the_program_reads() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/configuration.md");
    let text = configuration();
    if std::env::var_os("LOOKBACK_BLESS").is_some() {
        fs::write(&path, &text).unwrap();
    }
    assert!(
        fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n") == text,
        "docs/configuration.md differs from the program: run `LOOKBACK_BLESS=1 cargo test --test it documentation` and look at what changed"
    );
}

#[test]
fn the_defaults_that_the_schema_names_are_those_that_hold() {
    let root = configuration_schema();
    let load = |yaml: String| format!("{:?}", Settings::load(&Source::new("lookback.yml", yaml), &names(), &guards()).unwrap());
    let without = load("{}".to_owned());
    let mut said = 0;
    for top in keys(&root, &root) {
        for key in keys(&root, top.schema) {
            let Some(default) = key.default else { continue };
            let written = match top.name {
                "audiences" => format!("audiences: {{public: {{{}: {default}}}}}", key.name),
                name => format!("{name}: {{{}: {default}}}", key.name),
            };
            assert_eq!(load(written.clone()), without, "{written}");
            said += 1;
        }
    }
    assert!(said > 12, "{said}");
}
