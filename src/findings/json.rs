use serde::Serialize;

use super::{Report, Summary};
use crate::text::Source;

#[derive(Serialize)]
struct Document<'a> {
    schema: u32,
    findings: Vec<Row<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Row<'a> {
    rule: &'a str,
    level: &'static str,
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    message: &'a str,
    help: Option<&'a str>,
    url: Option<&'a str>,
    fix: Option<Fix<'a>>,
}

/// The change that `--fix` would make.
#[derive(Serialize)]
struct Fix<'a> {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    replacement: &'a str,
}

/// lookback's own JSON: lines and columns from 1, columns in characters.
#[must_use]
pub fn json(report: &Report) -> String {
    let rows = report.findings().iter().map(|finding| {
        let (start, end) = report.place_of(finding);
        Row {
            rule: finding.problem.rule,
            level: finding.level.name(),
            path: &finding.path,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            message: &finding.problem.message,
            help: finding.problem.help.as_deref(),
            url: report.rule_of(finding).and_then(|rule| rule.url.as_deref()),
            fix: finding.problem.edit.as_ref().map(|edit| {
                let (start, end) = report.place(&finding.path, edit.span, Source::position);
                Fix { line: start.line, column: start.column, end_line: end.line, end_column: end.column, replacement: &edit.replacement }
            }),
        }
    });
    let document = Document { schema: 1, findings: rows.collect(), summary: report.summary() };
    // Serialising these structs can't fail: their keys are strings.
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    use super::{
        super::report::tests::{clean, report},
        *,
    };

    #[test]
    fn columns_are_in_characters_and_the_address_is_that_of_the_rule() {
        let printed: serde_json::Value = serde_json::from_str(&json(&report())).unwrap();
        let row = &printed["findings"][2];
        assert_eq!([&row["line"], &row["column"], &row["end_line"], &row["end_column"]], [6, 13, 6, 19]);
        assert_eq!(row["url"], serde_json::Value::Null);
        assert_eq!(printed["findings"][1]["url"], "https://example.com/rules/unknown-field.md");
    }

    #[test]
    fn nothing_found() {
        let printed: serde_json::Value = serde_json::from_str(&json(&clean())).unwrap();
        assert_eq!(printed, serde_json::json!({"schema": 1, "findings": [], "summary": {"documents": 2, "errors": 0, "warnings": 0}}));
    }
}
