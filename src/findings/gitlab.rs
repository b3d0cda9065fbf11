use serde::Serialize;

use super::{Level, Report, fingerprint::fingerprints, report::sentences};

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

/// The Code Quality report of GitLab, which merge requests compare with that of the target branch by fingerprint.
#[must_use]
pub fn gitlab(report: &Report) -> String {
    let issues = report.findings().iter().zip(fingerprints(report)).map(|(finding, fingerprint)| Issue {
        description: sentences(finding),
        check_name: finding.problem.rule,
        fingerprint,
        // Of its five words, `critical` and `blocker` are for code that brings a service down.
        severity: match finding.level {
            Level::Error => "major",
            Level::Warning => "minor",
            Level::Info => "info",
        },
        location: Location { path: &finding.path, lines: Lines { begin: report.place_of(finding).0.line } },
    });
    // Serialising these structs can't fail: their keys are strings.
    serde_json::to_string_pretty(&issues.collect::<Vec<_>>()).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    use super::{
        super::report::tests::{clean, report},
        *,
    };

    #[test]
    fn an_issue_per_finding() {
        insta::assert_snapshot!(gitlab(&report()), @r#"
        [
          {
            "description": "Nothing here links to any evidence.",
            "check_name": "no-evidence-link",
            "fingerprint": "14bebc3346755f2c8fdfb1ba78b3bc0f",
            "severity": "info",
            "location": {
              "path": "postmortems/결제 장애.md",
              "lines": {
                "begin": 2
              }
            }
          },
          {
            "description": "Unknown key `severty`. Did you mean `severity`?",
            "check_name": "unknown-field",
            "fingerprint": "38d980ec8d9556689195e2e248fda35b",
            "severity": "minor",
            "location": {
              "path": "postmortems/결제 장애.md",
              "lines": {
                "begin": 3
              }
            }
          },
          {
            "description": "`**` stays literal: 100%,\nbefore 가. Move the particle.",
            "check_name": "inert-emphasis",
            "fingerprint": "f7a7abb3054f51af9b53ed093700b545",
            "severity": "minor",
            "location": {
              "path": "postmortems/결제 장애.md",
              "lines": {
                "begin": 6
              }
            }
          },
          {
            "description": "Required section `Impact` is missing.",
            "check_name": "missing-section",
            "fingerprint": "d5d2459f9b685764bdcab60883abb67f",
            "severity": "major",
            "location": {
              "path": "postmortems/결제 장애.md",
              "lines": {
                "begin": 7
              }
            }
          }
        ]
        "#);
    }

    #[test]
    fn nothing_found() {
        assert_eq!(gitlab(&clean()), "[]\n");
    }
}
