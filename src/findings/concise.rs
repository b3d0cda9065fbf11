use super::{Report, Shown};

/// One line per finding, which editors, `grep` and `sort` can take apart, and a summary.
#[must_use]
pub fn concise(report: &Report, shown: Shown) -> String {
    let mut printed: String = report.shown(shown).map(|finding| line(report, finding) + "\n").collect();
    if shown == Shown::All {
        printed.push_str(&format!("{}\n", report.summary()));
    }
    printed
}

/// `path:line:column: level[rule] message`, columns in characters.
pub(super) fn line(report: &Report, finding: &super::Finding) -> String {
    let (start, _) = report.place_of(finding);
    let (path, line, column) = (&finding.path, start.line, start.column);
    let (level, rule, message) = (finding.level.name(), finding.problem.rule, &finding.problem.message);
    on_one_line(&format!("{path}:{line}:{column}: {level}[{rule}] {message}"))
}

/// Messages quote what stands in a file, and paths are what somebody called one: neither may begin a new line or drive a terminal.
pub(super) fn on_one_line(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            Failing,
            report::tests::{clean, report},
        },
        *,
    };

    #[test]
    fn a_line_per_finding_and_a_summary() {
        insta::assert_snapshot!(concise(&report(), Shown::All), @r"
        postmortems/결제 장애.md:2:8: info[no-evidence-link] nothing here links to any evidence
        postmortems/결제 장애.md:3:1: warning[unknown-field] unknown key `severty`
        postmortems/결제 장애.md:6:13: warning[inert-emphasis] `**` stays literal: 100%, before 가
        postmortems/결제 장애.md:7:1: error[missing-section] required section `Impact` is missing
        2 documents checked: 1 error, 2 warnings, 1 note
        ");
        insta::assert_snapshot!(concise(&report(), Shown::Failing(Failing::Errors)), @"postmortems/결제 장애.md:7:1: error[missing-section] required section `Impact` is missing");
    }

    #[test]
    fn nothing_found() {
        assert_eq!(concise(&clean(), Shown::All), "2 documents checked, nothing found\n");
        assert_eq!(concise(&clean(), Shown::Failing(Failing::Errors)), "");
    }
}
