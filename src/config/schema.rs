//! JSON Schemas (draft 7, which editors know best) of what people write, for completion and hints while they write it. What is right is decided by
//! `check`: a schema lets pass what it can't tell, such as a severity in somebody else's words.

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::{Settings, raw::RawConfig};
use crate::model::FRONT_MATTER_KEYS;

/// The schema of `lookback.yml`.
#[must_use]
pub fn configuration_schema() -> Value {
    let mut schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<RawConfig>().to_value();
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("title".to_owned(), json!("lookback.yml"));
    }
    schema
}

/// The schema of front matter in a repository with this configuration.
#[must_use]
pub fn front_matter_schema(settings: &Settings) -> Value {
    let mut properties: Map<String, Value> = FRONT_MATTER_KEYS.iter().map(|key| ((*key).to_owned(), value_of(key, settings))).collect();
    properties.extend(settings.audiences.iter().map(|audience| {
        let block = [
            ("publish", json!({"type": "boolean"})),
            ("title", text("")),
            ("slug", text("Last part of the address")),
            ("summary", text("Two sentences")),
        ];
        (audience.name.clone(), record(&block))
    }));
    properties.extend(settings.fields.values().flatten().map(|spelling| (spelling.clone(), json!(true))));
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Front matter of a postmortem",
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    })
}

fn value_of(key: &str, settings: &Settings) -> Value {
    let severities: Vec<&str> = settings.severities.iter().map(|severity| severity.id.as_str()).collect();
    let services: Vec<&str> = settings.services.iter().map(|service| service.id.as_str()).collect();
    match key {
        "id" => text("Unique; the name of the file where it is absent"),
        "title" => text("What happened, in a line"),
        "status" => json!({"enum": ["draft", "in-review", "final", "withdrawn"]}),
        "withdrawn_reason" => text("Why it was withdrawn"),
        "severity" => suggested(&severities, "How bad it was"),
        "services" => list(suggested(&services, "")),
        "owner" => text("One: `Name <address>`, `@handle` or a team"),
        "roles" => map(text("")),
        "reviewers" | "related" | "tags" => list(text("")),
        "recurrence_of" => json!({"anyOf": [text("Id of an earlier postmortem"), list(text(""))]}),
        "times" => {
            let milestones = ["started", "detected", "acknowledged", "first_comms", "status_page", "mitigated", "resolved"];
            let times: Map<String, Value> = milestones.iter().map(|milestone| ((*milestone).to_owned(), time())).collect();
            json!({"type": "object", "properties": times, "additionalProperties": false})
        }
        "timezone" => text("IANA name, such as Asia/Seoul"),
        "impacts" => list(record(&[
            ("service", suggested(&services, "")),
            ("level", json!({"enum": ["down", "degraded"]})),
            ("start", time()),
            ("end", time()),
            ("scope", text("")),
        ])),
        "customers_affected" | "support_tickets" => json!({"type": ["integer", "string", "null"]}),
        "detection" => json!({"enum": ["alert", "monitoring", "customer", "employee", "third-party"]}),
        "causes" => list(suggested(&settings.causes.iter().map(String::as_str).collect::<Vec<_>>(), "Contributing factor")),
        "actions" => list(record(&[
            ("id", text("")),
            ("title", text("A verb, an object, and how we will know")),
            ("type", json!({"enum": ["prevent", "detect", "mitigate", "process"]})),
            ("owner", text("")),
            ("due", text("A date")),
            ("ticket", text("")),
            ("priority", text("")),
            ("status", json!({"enum": ["open", "in-progress", "done", "declined"]})),
            ("reason", text("Why it was declined")),
        ])),
        "links" => list(record(&[("title", text("")), ("url", text(""))])),
        "lang" => text("BCP 47 tag, such as ko"),
        "near_miss" | "exclude_from_metrics" | "privileged" => json!({"type": "boolean"}),
        "allow" => {
            json!({"type": "object", "description": "Rules that may be broken here, each with a reason", "additionalProperties": {"type": "string"}})
        }
        _ => json!({"type": "object"}),
    }
}

/// Text, or a number that is meant as text: `title: 2026`.
fn text(description: &str) -> Value {
    let mut text = json!({"type": ["string", "number", "null"]});
    if let Some(text) = text.as_object_mut().filter(|_| !description.is_empty()) {
        text.insert("description".to_owned(), json!(description));
    }
    text
}

/// Text for which some values are known; others may be right, too.
fn suggested(values: &[&str], description: &str) -> Value {
    if values.is_empty() { text(description) } else { json!({"description": description, "anyOf": [{"enum": values}, text("")]}) }
}

fn time() -> Value {
    let at = text("2026-03-14T09:14:00Z, 2026-03-14 09:14 Asia/Seoul, or unknown");
    json!({"anyOf": [at, record(&[("at", at.clone()), ("estimated", json!({"type": "boolean"}))])]})
}

fn list(items: impl Into<Value>) -> Value {
    json!({"type": ["array", "null"], "items": items.into()})
}

fn map(values: impl Into<Value>) -> Value {
    json!({"type": ["object", "null"], "additionalProperties": values.into()})
}

fn record(properties: &[(&str, Value)]) -> Value {
    let properties: Map<String, Value> = properties.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
    json!({"type": "object", "properties": properties, "additionalProperties": false})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_the_configuration_is_described() {
        let schema = configuration_schema();
        let keys = schema["properties"].as_object().unwrap();
        for key in ["site", "content", "fields", "severities", "services", "causes", "sections", "audiences", "review", "privacy", "rules", "people"]
        {
            assert!(keys[key].is_object(), "{key}");
        }
        assert_eq!(schema["additionalProperties"], json!(false));
    }

    #[test]
    fn every_key_of_front_matter_has_a_type_of_its_own() {
        let schema = front_matter_schema(&Settings::default());
        for key in FRONT_MATTER_KEYS.iter().filter(|key| **key != "extra") {
            assert_ne!(schema["properties"][key], json!({"type": "object"}), "{key}");
        }
        assert_eq!(schema["properties"]["severity"]["anyOf"][0], json!({"enum": ["SEV1", "SEV2", "SEV3", "SEV4"]}));
        assert!(schema["properties"]["public"].is_object());
    }
}
