use std::fmt;

use serde::Serialize;

use super::{Finding, Level};

/// How many findings of which level there are. Notes are not in the JSON of schema 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Documents checked.
    pub documents: usize,
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Findings that are worth knowing and no more.
    #[serde(skip)]
    pub notes: usize,
}

impl Summary {
    /// Counts findings.
    #[must_use]
    pub fn of(documents: usize, findings: &[Finding]) -> Self {
        let count = |level| findings.iter().filter(|finding| finding.level == level).count();
        Self { documents, errors: count(Level::Error), warnings: count(Level::Warning), notes: count(Level::Info) }
    }
}

/// One line without a full stop.
impl fmt::Display for Summary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let documents = count(self.documents, "document");
        match (self.documents, self.errors + self.warnings + self.notes) {
            (0, 0) => write!(formatter, "no postmortems to check"),
            (_, 0) => write!(formatter, "{documents} checked, nothing found"),
            _ => {
                let (errors, warnings, notes) = (count(self.errors, "error"), count(self.warnings, "warning"), count(self.notes, "note"));
                write!(formatter, "{documents} checked: {errors}, {warnings}, {notes}")
            }
        }
    }
}

/// `1 error`, `2 errors`.
pub(super) fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}
