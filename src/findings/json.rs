use serde::Serialize;

use super::{Finding, Level};
use crate::text::Source;

#[derive(Serialize)]
struct Report<'a> {
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
}

/// How many findings of which level there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Documents checked.
    pub documents: usize,
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
}

impl Summary {
    /// Counts findings.
    #[must_use]
    pub fn of(documents: usize, findings: &[&Finding]) -> Self {
        let count = |level| findings.iter().filter(|finding| finding.level == level).count();
        Self { documents, errors: count(Level::Error), warnings: count(Level::Warning) }
    }
}

/// The JSON of `check --format json`: lines and columns from 1, columns in characters.
#[must_use]
pub fn json<'a>(findings: &[&'a Finding], source: impl Fn(&str) -> Option<&'a Source>, summary: Summary) -> String {
    let rows = findings.iter().map(|finding| {
        let position = |offset| {
            source(&finding.path).map_or((1, 1), |source| {
                let position = source.position(offset);
                (position.line, position.column)
            })
        };
        let (line, column) = position(finding.problem.span.start);
        let (end_line, end_column) = position(finding.problem.span.end);
        Row {
            rule: finding.problem.rule,
            level: finding.level.name(),
            path: &finding.path,
            line,
            column,
            end_line,
            end_column,
            message: &finding.problem.message,
            help: finding.problem.help.as_deref(),
            url: None,
        }
    });
    let report = Report { schema: 1, findings: rows.collect(), summary };
    // Serialising these structs can't fail: their keys are strings.
    serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
}
