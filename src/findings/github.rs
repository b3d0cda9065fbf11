use super::{Finding, Level, Report, Shown, summary::count};

/// Annotations that GitHub shows of one level in one step.
const MOST: usize = 10;

/// Workflow commands, which GitHub Actions turns into annotations: errors first, as many of each level as it shows, then how many there are in all.
#[must_use]
pub fn github(report: &Report, shown: Shown) -> String {
    let mut printed = String::new();
    let mut more = Vec::new();
    for (level, name) in [(Level::Error, "error"), (Level::Warning, "warning"), (Level::Info, "note")] {
        let findings: Vec<&Finding> = report.shown(shown).filter(|finding| finding.level == level).collect();
        printed.extend(findings.iter().take(MOST).map(|finding| command(report, finding)));
        let rest = findings.len().saturating_sub(MOST);
        more.extend((rest > 0).then(|| count(rest, name)));
    }
    if shown == Shown::All {
        let more = if more.is_empty() {
            String::new()
        } else {
            format!("; not shown above, since GitHub shows {MOST} of a level in a step: {} (`--format concise` lists all)", more.join(", "))
        };
        printed.push_str(&format!("{}{more}\n", report.summary()));
    }
    printed
}

fn command(report: &Report, finding: &Finding) -> String {
    let name = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "notice",
    };
    let (start, end) = report.place_of(finding);
    // Columns mean something on a single line only; the runner drops them elsewhere.
    let columns = |from| if start.line == end.line { from } else { String::new() };
    let properties = [
        format!("file={}", property(&finding.path)),
        format!("line={}", start.line),
        columns(format!("col={}", start.column)),
        format!("endLine={}", end.line),
        columns(format!("endColumn={}", end.column)),
        format!("title={}", property(finding.problem.rule)),
    ];
    let properties: Vec<String> = properties.into_iter().filter(|property| !property.is_empty()).collect();
    let message = finding.problem.message.clone() + &finding.problem.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
    format!("::{name} {}::{}\n", properties.join(","), data(&message))
}

/// The text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which commas and colons would end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            Failing, Problem,
            report::tests::{clean, document, finding, report},
        },
        *,
    };
    use crate::text::Span;

    #[test]
    fn errors_come_first_and_what_would_end_a_command_is_escaped() {
        insta::assert_snapshot!(github(&report(), Shown::All), @r"
        ::error file=postmortems/결제 장애.md,line=7,col=1,endLine=7,endColumn=1,title=missing-section::required section `Impact` is missing
        ::warning file=postmortems/결제 장애.md,line=3,col=1,endLine=3,endColumn=8,title=unknown-field::unknown key `severty`%0Adid you mean `severity`?
        ::warning file=postmortems/결제 장애.md,line=6,col=13,endLine=6,endColumn=19,title=inert-emphasis::`**` stays literal: 100%25,%0Abefore 가%0Amove the particle
        ::notice file=postmortems/결제 장애.md,line=2,col=8,endLine=2,endColumn=13,title=no-evidence-link::nothing here links to any evidence
        2 documents checked: 1 error, 2 warnings, 1 note
        ");
    }

    #[test]
    fn a_path_cannot_end_a_property() {
        let path = "postmortems/50%, 12:30\r\n::error::x.md";
        let problem = Problem::new("vague-time", Span::new(0, 4), "::stop\r::");
        let report = Report::new([document(path, "a\nb\nc")], [finding(Level::Info, path, problem)], []);
        insta::assert_snapshot!(github(&report, Shown::All), @r"
        ::notice file=postmortems/50%25%2C 12%3A30%0D%0A%3A%3Aerror%3A%3Ax.md,line=1,endLine=3,title=vague-time::::stop%0D::
        1 document checked: 0 errors, 0 warnings, 1 note
        ");
    }

    #[test]
    fn what_github_would_not_show_is_counted() {
        let problem = |at| Problem::new("vague-time", Span::at(at), "m");
        let findings =
            (0..11).map(|at| finding(Level::Error, "a.md", problem(at))).chain((0..25).map(|at| finding(Level::Info, "a.md", problem(at))));
        let report = Report::new([document("a.md", &"a".repeat(30))], findings, []);
        let printed = github(&report, Shown::All);
        assert_eq!(printed.matches("::error ").count(), 10);
        assert_eq!(printed.matches("::notice ").count(), 10);
        assert_eq!(
            printed.lines().last().unwrap(),
            "1 document checked: 11 errors, 0 warnings, 25 notes; not shown above, since GitHub shows 10 of a level in a step: 1 error, 15 notes \
             (`--format concise` lists all)"
        );
        assert_eq!(github(&report, Shown::Failing(Failing::Errors)).lines().count(), 10);
    }

    #[test]
    fn nothing_found() {
        assert_eq!(github(&clean(), Shown::All), "2 documents checked, nothing found\n");
    }
}
