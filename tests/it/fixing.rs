//! `check --fix`: what it writes, what it leaves alone, and what it says.

use lookback::testing::TestRepository;

use crate::harness::{APPROVED, Edit, PATH, REPORT, lookback, lookback_with};

/// A report with two headings and a key to mend, and something that only its author knows.
fn broken() -> String {
    REPORT
        .edit("## Impact\n", "## Imapct\n")
        .edit("## Resolution\nA larger pool.\n\n", "")
        .edit("tags:", "keywords:")
        .edit("owner: Orders team\n", "")
}

fn mended() -> String {
    REPORT.edit("## Resolution\nA larger pool.\n", "## Resolution\n").edit("owner: Orders team\n", "")
}

fn repository(text: &str) -> TestRepository {
    let mut repository = TestRepository::new();
    repository.write(PATH, text).write("postmortems/fine.md", REPORT.edit("title:", "id: fine\ntitle:")).commit(APPROVED);
    repository.checkout();
    repository
}

#[test]
fn what_is_mechanical_is_done_and_the_rest_is_listed() {
    let repository = repository(&broken());
    let file = repository.path().join(PATH);
    let run = lookback(repository.path(), &["check", "--fix", "--format", "concise"]);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), mended());
    assert!(run.error.contains("fixed 3 in postmortems/a.md\n") && !run.error.contains("fine.md"), "{run}");
    // The owner is for the author, and so is the text of the section.
    assert!(run.out.contains("error[missing-field]") && run.out.contains("warning[empty-section]"), "{run}");
    assert!(!run.out.contains("error[missing-section]") && !run.out.contains("alias-field"), "{run}");
    assert_eq!(run.code, 1);
    let again = lookback(repository.path(), &["check", "--fix", "--format", "concise"]);
    assert_eq!((again.out, again.code), (run.out, 1));
    assert!(!again.error.contains("fixed"), "{}", again.error);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), mended());
}

#[test]
fn the_exit_code_is_that_of_what_remains() {
    let repository = repository(&REPORT.edit("## Impact\n", "## Imapct\n"));
    assert_eq!(lookback(repository.path(), &["check"]).code, 1);
    assert_eq!(lookback(repository.path(), &["check", "--fix"]).code, 0);
    assert_eq!(std::fs::read_to_string(repository.path().join(PATH)).unwrap(), REPORT);
}

#[test]
fn only_what_was_asked_for_is_written() {
    let repository = repository(&broken());
    lookback(repository.path(), &["check", "--fix", "postmortems/fine.md"]);
    assert_eq!(std::fs::read_to_string(repository.path().join(PATH)).unwrap(), broken());
}

#[test]
fn line_ends_of_windows_stay() {
    let repository = repository(&REPORT.edit("## Impact\n", "## Imapct\n").replace('\n', "\r\n"));
    lookback(repository.path(), &["check", "--fix"]);
    assert_eq!(std::fs::read_to_string(repository.path().join(PATH)).unwrap(), REPORT.replace('\n', "\r\n"));
}

#[test]
fn bytes_that_are_no_text_are_not_written_back() {
    let repository = repository(REPORT);
    let mut bytes = broken().into_bytes();
    bytes.extend(b"\n\xE9\n");
    std::fs::write(repository.path().join(PATH), &bytes).unwrap();
    lookback(repository.path(), &["check", "--fix"]);
    assert_eq!(std::fs::read(repository.path().join(PATH)).unwrap(), bytes);
}

#[test]
fn an_editor_gets_its_text_back() {
    let repository = repository(REPORT);
    let run = lookback_with(repository.path(), &["check", "--fix", "--stdin-path", PATH, "--format", "concise"], &broken(), |_| {});
    assert_eq!(run.out, mended());
    assert_eq!(run.code, 1);
    assert!(run.error.contains("fixed 3 in postmortems/a.md") && run.error.contains("error[missing-field]"), "{run}");
    assert_eq!(std::fs::read_to_string(repository.path().join(PATH)).unwrap(), REPORT, "nothing is written");
    let fine = lookback_with(repository.path(), &["check", "--fix", "--stdin-path", PATH], REPORT, |_| {});
    assert_eq!((fine.out.as_str(), fine.code), (REPORT, 0));
}

#[test]
fn a_commit_is_not_mended() {
    let repository = repository(&broken());
    insta::assert_snapshot!(lookback(repository.path(), &["check", "--fix", "--rev", "HEAD"]), @r"
    exit 2
    --- stderr
    error: a commit can't be mended: `--fix` changes files of the work tree
    hint: leave out `--rev`; a bare repository has none: clone it
    ");
}

#[cfg(unix)]
#[test]
fn links_are_left_alone() {
    let repository = repository(REPORT);
    let elsewhere = tempfile::tempdir().unwrap();
    std::fs::write(elsewhere.path().join("b.md"), broken()).unwrap();
    std::os::unix::fs::symlink(elsewhere.path().join("b.md"), repository.path().join("postmortems/b.md")).unwrap();
    lookback(repository.path(), &["check", "--fix"]);
    assert_eq!(std::fs::read_to_string(elsewhere.path().join("b.md")).unwrap(), broken());
}

#[test]
fn programs_read_the_edits() {
    let repository = repository(&REPORT.edit("## Impact\n", "## Imapct\n"));
    let read = |format| -> serde_json::Value { serde_json::from_str(&lookback(repository.path(), &["check", "--format", format]).out).unwrap() };
    let json = read("json");
    let finding = json["findings"].as_array().unwrap().iter().find(|one| one["rule"] == "unknown-section").unwrap();
    assert_eq!(finding["fix"], serde_json::json!({"line": 17, "column": 4, "end_line": 17, "end_column": 10, "replacement": "Impact"}));
    let sarif = read("sarif");
    let result = sarif["runs"][0]["results"].as_array().unwrap().iter().find(|one| one["ruleId"] == "unknown-section").unwrap();
    let replacement = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(replacement["insertedContent"]["text"], "Impact");
    assert_eq!(replacement["deletedRegion"], serde_json::json!({"startLine": 17, "startColumn": 4, "endLine": 17, "endColumn": 10}));
    let text = lookback(repository.path(), &["check"]);
    assert!(text.out.ends_with("`lookback check --fix` mends 1 of them\n"), "{text}");
}
