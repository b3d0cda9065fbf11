//! SARIF 2.1.0, the exchange format of code scanning: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.
//!
//! Written by hand, since the crate that types all of it generates thousands of lines for the few that are needed. `tests/formats` holds the result against the
//! schema.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::{
    Finding, Level, Report, RuleDescription,
    fingerprint::{fingerprints, line_hashes},
    report::sentences,
};
use crate::text::{Source, Span};

/// What need not be encoded in the path of an address. A colon must be: in a relative one it would end a scheme.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    /// UTF-16 is what readers assume that don't look at this key, too.
    column_kind: &'static str,
    results: Vec<ResultRow<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'static str,
    semantic_version: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    information_uri: Option<&'static str>,
    rules: Vec<Descriptor<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor<'a> {
    id: &'a str,
    short_description: Message<'a>,
    full_description: Message<'a>,
    help: Help<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help_uri: Option<&'a str>,
    default_configuration: Configuration,
    properties: Properties<'a>,
}

#[derive(Serialize)]
struct Message<'a> {
    text: std::borrow::Cow<'a, str>,
}

#[derive(Serialize)]
struct Help<'a> {
    text: &'a str,
    markdown: &'a str,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Properties<'a> {
    tags: [&'a str; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResultRow<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Message<'a>,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix<'a>>,
    partial_fingerprints: BTreeMap<&'static str, String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix<'a> {
    description: Message<'a>,
    artifact_changes: [ArtifactChange<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange<'a> {
    artifact_location: ArtifactLocation,
    replacements: [Replacement<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    inserted_content: Message<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    uri_base_id: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

/// What code scanning of GitHub, and other readers of SARIF, take: rules with their explanations, findings with what tells them apart over time.
#[must_use]
pub fn sarif(report: &Report) -> String {
    let mut rules: BTreeMap<&str, &RuleDescription> = BTreeMap::new();
    for finding in report.findings() {
        rules.extend(report.rule_of(finding).map(|rule| (rule.name, rule)));
    }
    let places: BTreeMap<&str, usize> = rules.keys().enumerate().map(|(place, name)| (*name, place)).collect();
    let mut hashes = LineHashes::default();
    let results = report.findings().iter().zip(fingerprints(report)).map(|(finding, fingerprint)| ResultRow {
        rule_id: finding.problem.rule,
        rule_index: places.get(finding.problem.rule).copied(),
        level: level(finding.level),
        message: Message { text: sentences(finding).into() },
        locations: [Location { id: None, physical_location: place(report, &finding.path, finding.problem.span), message: None }],
        related_locations: related(report, finding),
        fixes: fixes(report, finding),
        partial_fingerprints: [("lookback/v1", Some(fingerprint)), ("primaryLocationLineHash", hashes.of(report, finding))]
            .into_iter()
            .filter_map(|(name, print)| Some((name, print?)))
            .collect(),
    });
    let results = results.collect();
    let repository = env!("CARGO_PKG_REPOSITORY");
    let driver = Driver {
        name: "lookback",
        semantic_version: env!("CARGO_PKG_VERSION"),
        information_uri: Some(repository).filter(|repository| !repository.is_empty()),
        rules: rules.into_values().map(descriptor).collect(),
    };
    let log = Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: [Run { tool: Tool { driver }, column_kind: "utf16CodeUnits", results }],
    };
    // Serialising these structs can't fail: their keys are strings.
    serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
}

fn descriptor(rule: &RuleDescription) -> Descriptor<'_> {
    Descriptor {
        id: rule.name,
        short_description: Message { text: rule.summary.as_str().into() },
        full_description: Message { text: rule.does.as_str().into() },
        help: Help { text: &rule.explanation, markdown: &rule.explanation },
        help_uri: rule.url.as_deref(),
        default_configuration: Configuration { level: level(rule.level) },
        properties: Properties { tags: [rule.group] },
    }
}

const fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "note",
    }
}

fn related<'a>(report: &Report, finding: &'a Finding) -> Vec<Location<'a>> {
    let labels = finding.problem.labels.iter().map(|label| (label, label.path.as_deref().unwrap_or(&finding.path)));
    let known = labels.filter(|(_, path)| report.text_of(path).is_some()).enumerate();
    known
        .map(|(number, (label, path))| Location {
            id: Some(number + 1),
            physical_location: place(report, path, label.span),
            message: Some(Message { text: label.text.as_str().into() }),
        })
        .collect()
}

fn fixes<'a>(report: &Report, finding: &'a Finding) -> Vec<Fix<'a>> {
    let fix = finding.problem.edit.as_ref().map(|edit| {
        let PhysicalLocation { artifact_location, region } = place(report, &finding.path, edit.span);
        let replacement = Replacement { deleted_region: region, inserted_content: Message { text: edit.replacement.as_str().into() } };
        let description = finding.problem.help.as_ref().unwrap_or(&finding.problem.message);
        Fix {
            description: Message { text: description.into() },
            artifact_changes: [ArtifactChange { artifact_location, replacements: [replacement] }],
        }
    });
    fix.into_iter().collect()
}

fn place(report: &Report, path: &str, span: Span) -> PhysicalLocation {
    let (start, end) = report.place(path, span, Source::position_in_utf16);
    PhysicalLocation {
        artifact_location: ArtifactLocation { uri: utf8_percent_encode(path, PATH).to_string(), uri_base_id: "%SRCROOT%" },
        region: Region { start_line: start.line, start_column: start.column, end_line: end.line, end_column: end.column },
    }
}

/// Hashes of the lines of the texts that have findings, each text read once. A privileged one is not read: a hash speaks of its words.
#[derive(Default)]
struct LineHashes<'a>(BTreeMap<&'a str, Vec<String>>);

impl<'a> LineHashes<'a> {
    fn of(&mut self, report: &'a Report, finding: &'a Finding) -> Option<String> {
        let source = report.text_of(&finding.path).filter(|_| !report.is_privileged(finding))?;
        let lines = self.0.entry(&finding.path).or_insert_with(|| line_hashes(source.text()));
        lines.get(source.position(finding.problem.span.start).line - 1).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::report::tests::{clean, privileged, report},
        *,
    };

    fn run(report: &Report) -> serde_json::Value {
        let mut log: serde_json::Value = serde_json::from_str(&sarif(report)).unwrap();
        log["runs"][0].take()
    }

    #[test]
    fn columns_count_utf_16_units_and_say_so() {
        let run = run(&report());
        assert_eq!(run["columnKind"], "utf16CodeUnits");
        // 🔥 is one character and two units.
        let region = &run["results"][2]["locations"][0]["physicalLocation"]["region"];
        assert_eq!(*region, serde_json::json!({"startLine": 6, "startColumn": 14, "endLine": 6, "endColumn": 20}));
    }

    #[test]
    fn a_path_is_an_encoded_relative_address() {
        let run = run(&report());
        let location = &run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
        let uri = "postmortems/%EA%B2%B0%EC%A0%9C%20%EC%9E%A5%EC%95%A0.md";
        assert_eq!(*location, serde_json::json!({"uri": uri, "uriBaseId": "%SRCROOT%"}));
        assert_eq!(utf8_percent_encode("a:b/c#d%.md", PATH).to_string(), "a%3Ab/c%23d%25.md");
    }

    #[test]
    fn labels_are_related_locations_in_their_own_files() {
        let run = run(&report());
        let related = run["results"][2]["relatedLocations"].as_array().unwrap();
        let shown: Vec<_> =
            related.iter().map(|one| (&one["id"], &one["message"]["text"], &one["physicalLocation"]["region"]["startLine"])).collect();
        assert_eq!(shown, [(&1.into(), &"as here".into(), &1.into()), (&2.into(), &"in this section".into(), &5.into())]);
        assert_eq!(related[0]["physicalLocation"]["artifactLocation"]["uri"], "postmortems/b.md");
        assert_eq!(run["results"][0].get("relatedLocations"), None);
    }

    #[test]
    fn rules_that_found_something_are_described_and_pointed_at() {
        let run = run(&report());
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        for result in run["results"].as_array().unwrap() {
            assert_eq!(rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()]["id"], result["ruleId"]);
        }
        assert_eq!(rules.len(), 4);
        insta::assert_snapshot!(serde_json::to_string_pretty(&rules[3]).unwrap(), @r##"
        {
          "id": "unknown-field",
          "shortDescription": {
            "text": "Summary of unknown-field"
          },
          "fullDescription": {
            "text": "Looks for unknown-field."
          },
          "help": {
            "text": "# unknown-field\n\nSays what `unknown-field` asks for.\n",
            "markdown": "# unknown-field\n\nSays what `unknown-field` asks for.\n"
          },
          "helpUri": "https://example.com/rules/unknown-field.md",
          "defaultConfiguration": {
            "level": "warning"
          },
          "properties": {
            "tags": [
              "markup"
            ]
          }
        }
        "##);
        assert_eq!(rules[2]["defaultConfiguration"]["level"], "note");
        assert_eq!(rules[2].get("helpUri"), None);
    }

    #[test]
    fn a_result() {
        insta::assert_snapshot!(serde_json::to_string_pretty(&run(&report())["results"][1]).unwrap(), @r#"
        {
          "ruleId": "unknown-field",
          "ruleIndex": 3,
          "level": "warning",
          "message": {
            "text": "Unknown key `severty`. Did you mean `severity`?"
          },
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "postmortems/%EA%B2%B0%EC%A0%9C%20%EC%9E%A5%EC%95%A0.md",
                  "uriBaseId": "%SRCROOT%"
                },
                "region": {
                  "startLine": 3,
                  "startColumn": 1,
                  "endLine": 3,
                  "endColumn": 8
                }
              }
            }
          ],
          "partialFingerprints": {
            "lookback/v1": "38d980ec8d9556689195e2e248fda35b",
            "primaryLocationLineHash": "85bd39c51939db2:1"
          }
        }
        "#);
    }

    #[test]
    fn a_privileged_text_is_not_even_hashed() {
        let prints = run(&privileged())["results"][0]["partialFingerprints"].clone();
        assert_eq!(prints.as_object().unwrap().keys().collect::<Vec<_>>(), ["lookback/v1"]);
    }

    #[test]
    fn nothing_found() {
        let run = run(&clean());
        assert_eq!((&run["results"], &run["tool"]["driver"]["rules"]), (&serde_json::json!([]), &serde_json::json!([])));
    }
}
