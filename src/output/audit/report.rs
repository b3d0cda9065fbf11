use std::fmt;

use serde::Serialize;

/// Something internal in an external file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Leak {
    /// File of the site.
    pub file: String,
    /// Line in it; none where it is the name of the file, or the file has no lines.
    pub line: Option<usize>,
    /// What kind of text it is: `phrase`, `e-mail address`, …
    pub kind: String,
    /// The text.
    pub text: String,
    /// Where it comes from, where that is known: path and line.
    pub from: Option<String>,
}

impl fmt::Display for Leak {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(formatter, ":{line}")?;
        }
        write!(formatter, ": {} `{}`", self.kind, self.text)?;
        match &self.from {
            Some(from) => write!(formatter, " from {from}"),
            None => Ok(()),
        }
    }
}

/// How much was looked through, and what was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeakReport {
    /// Version of this shape.
    pub schema: u32,
    /// Name of the audience.
    pub audience: String,
    /// Files read.
    pub files: usize,
    /// Bytes read.
    pub bytes: usize,
    /// Internal runs of six words that were looked for.
    pub phrases: usize,
    /// Identifiers that were looked for.
    pub identifiers: usize,
    /// Patterns that were looked for.
    pub patterns: usize,
    /// Files whose text is packed in a way that can't be read: only their names, and what stands plainly in them, were looked through.
    pub unread: Vec<String>,
    /// What was found.
    pub leaks: Vec<Leak>,
}

impl fmt::Display for LeakReport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} {}, {:.1} MB, {} internal {}, {} {}",
            grouped(self.files),
            noun(self.files, "file", "files"),
            megabytes(self.bytes),
            grouped(self.phrases),
            noun(self.phrases, "phrase", "phrases"),
            grouped(self.identifiers),
            noun(self.identifiers, "identifier", "identifiers"),
        )?;
        if self.patterns > 0 {
            write!(formatter, ", {} {}", grouped(self.patterns), noun(self.patterns, "pattern", "patterns"))?;
        }
        write!(formatter, ", {} found", grouped(self.leaks.len()))?;
        if !self.unread.is_empty() {
            write!(formatter, " ({} can't be read as text)", self.unread.join(", "))?;
        }
        Ok(())
    }
}

/// A tree with leaks: it can't be written.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{} internal {} found in the {} site", .0.leaks.len(), noun(.0.leaks.len(), "text", "texts"), .0.audience)]
pub struct LeakAudit(pub LeakReport);

const fn noun(count: usize, one: &'static str, many: &'static str) -> &'static str {
    if count == 1 { one } else { many }
}

/// `48,210`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[expect(clippy::cast_precision_loss, reason = "a size for people, to one decimal")]
fn megabytes(bytes: usize) -> f64 {
    bytes.div_ceil(100_000) as f64 / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_says_how_much_was_looked_through() {
        let report = LeakReport {
            schema: 1,
            audience: "public".to_owned(),
            files: 214,
            bytes: 9_050_000,
            phrases: 48_210,
            identifiers: 1,
            patterns: 0,
            unread: Vec::new(),
            leaks: Vec::new(),
        };
        assert_eq!(report.to_string(), "214 files, 9.1 MB, 48,210 internal phrases, 1 identifier, 0 found");
        let report = LeakReport { patterns: 2, unread: vec!["assets/a.pdf".to_owned()], phrases: 1_048_210, ..report };
        assert_eq!(
            report.to_string(),
            "214 files, 9.1 MB, 1,048,210 internal phrases, 1 identifier, 2 patterns, 0 found (assets/a.pdf can't be read as text)"
        );
    }
}
