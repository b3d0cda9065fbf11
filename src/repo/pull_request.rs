/// Number of the pull or merge request that the message names, in the words of the forges:
///
/// | forge | merge | squash |
/// |---|---|---|
/// | GitHub | `Merge pull request #12 from …` | `… (#12)` |
/// | Gitea, Forgejo | `Merge pull request 'title' (#12) from …` | `… (#12)` |
/// | GitLab | `See merge request group/project!12` in the body | the same |
/// | Azure DevOps | `Merged PR 12: …` | the same |
/// | Bitbucket | `Merged in branch (pull request #12)`, `Pull request #12: …` | the same |
pub(super) fn number(subject: &str, body: &str) -> Option<String> {
    let after = |text: &str, start: &str| text.strip_prefix(start).and_then(digits);
    after(subject, "Merge pull request #")
        .or_else(|| after(subject, "Merged PR "))
        .or_else(|| after(subject, "Pull request #"))
        .or_else(|| gitea(subject))
        .or_else(|| in_parentheses(subject))
        .or_else(|| body.lines().rev().find_map(gitlab))
}

fn digits(text: &str) -> Option<String> {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    (!digits.is_empty()).then_some(digits)
}

/// `(#12)` at the end. Elsewhere it is somebody else's: `Revert "Raise the limit (#11)"`.
fn in_parentheses(subject: &str) -> Option<String> {
    let (_, last) = subject.trim_end().strip_suffix(')')?.rsplit_once('(')?;
    let number = last.strip_prefix("pull request #").or_else(|| last.strip_prefix('#'))?;
    (number.len() == digits(number)?.len()).then(|| number.to_owned())
}

fn gitea(subject: &str) -> Option<String> {
    let (_, rest) = subject.strip_prefix("Merge pull request '")?.rsplit_once("' (#")?;
    digits(rest)
}

fn gitlab(line: &str) -> Option<String> {
    let (_, number) = line.trim().strip_prefix("See merge request ")?.rsplit_once('!')?;
    digits(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_forge_names_its_requests() {
        let found = |subject: &str, body: &str| number(subject, body);
        assert_eq!(found("Merge pull request #12 from ada/topic", "Title").as_deref(), Some("12"));
        assert_eq!(found("Add the report (#13)", "").as_deref(), Some("13"));
        assert_eq!(found("Merge pull request 'Report (#1)' (#14) from topic into main", "").as_deref(), Some("14"));
        assert_eq!(found("Merge branch 'topic' into 'main'", "Report\n\nSee merge request ops/reports!15\n").as_deref(), Some("15"));
        assert_eq!(found("Merged PR 16: Add the report", "").as_deref(), Some("16"));
        assert_eq!(found("Merged in topic (pull request #17)", "").as_deref(), Some("17"));
    }

    #[test]
    fn a_number_in_passing_is_no_request() {
        assert_eq!(number("Revert \"Add the report (#13)\"", ""), None);
        assert_eq!(number("Close (#13) again", ""), None);
        assert_eq!(number("Report (#13a)", ""), None);
    }
}
