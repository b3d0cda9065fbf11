//! Values that options take. Doc comments are the help.

use clap::ValueEnum;

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How a difference is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For people
    Text,
    /// For a comment on a pull request: bounded, and nothing in it is markup
    Markdown,
    /// For programs
    Json,
}

/// How an agenda is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AgendaFormat {
    /// For minutes
    Markdown,
    /// For calendars
    Ics,
}

/// Which rows are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportTable {
    /// One for each postmortem
    Postmortems,
    /// One for each milestone
    Times,
    /// One for each window of impact
    Impacts,
    /// One for each action item
    Actions,
    /// One for each approval, those that do not count included
    Approvals,
    /// One for each commit that changed a postmortem
    Revisions,
    /// Every table, to a folder
    All,
}

/// How rows are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// For spreadsheets: RFC 4180, with a header
    Csv,
    /// One array
    Json,
    /// One object a line
    Ndjson,
}

/// What a schema is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// The front matter of a postmortem
    FrontMatter,
    /// `lookback.yml`
    Config,
    /// The rows of `export`
    Export,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For people: the place, the text around it, and what to do
    Text,
    /// For people and editors: `path:line:column: level[rule] message`
    Concise,
    /// For programs; columns in characters
    Json,
    /// SARIF 2.1.0, for code scanning; columns in UTF-16 code units
    Sarif,
    /// Annotations of GitHub Actions, ten of each level
    Github,
    /// Code Quality report of GitLab
    Gitlab,
    /// JUnit XML: errors fail, and warnings with --deny-warnings; all else passes, with output
    Junit,
}

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}
