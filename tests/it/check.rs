//! `check`: whose findings are printed, and as what.

use lookback::testing::TestRepository;
use serde_json::Value;

use crate::harness::{APPROVED, Edit, PATH, REPORT, Run, git, lookback, lookback_with, program};

const OTHER: &str = "postmortems/2026/결제 장애.md";

/// Two reports on `main`, the second in Korean with an emoji before what is found; then a branch.
fn branch() -> TestRepository {
    let mut repository = TestRepository::new();
    let korean = REPORT.edit("420 orders failed.", "🔥 **결제(PG)**는 420건이 실패했다. Around noon 100%, so: it ended.");
    repository.write(PATH, REPORT).write(OTHER, korean).write("postmortems/c/index.md", REPORT).write("postmortems/c/graph.png", "old");
    repository.commit(APPROVED);
    repository.branch("topic");
    repository.checkout();
    repository
}

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {run}"))
}

/// Paths of the documents that a run printed findings of. Every document here has some.
fn checked(repository: &TestRepository, arguments: &[&str]) -> Vec<String> {
    let run = lookback(repository.path(), &[&["check", "--format", "json"], arguments].concat());
    let printed = json(&run);
    let mut paths: Vec<String> = printed["findings"].as_array().unwrap().iter().map(|one| one["path"].as_str().unwrap().to_owned()).collect();
    paths.dedup();
    assert_eq!(printed["summary"]["documents"], paths.len(), "{run}");
    paths
}

#[test]
fn since_takes_what_the_branch_and_the_work_tree_changed() {
    let mut repository = branch();
    assert_eq!(checked(&repository, &["--since", "main"]), [""; 0]);
    let nothing = lookback(repository.path(), &["check", "--since", "main"]);
    assert_eq!((nothing.code, nothing.out.as_str()), (0, "no postmortems to check\n"), "{nothing}");

    repository.rename(PATH, "postmortems/2026/a.md").commit("Move");
    repository.checkout();
    assert_eq!(checked(&repository, &["--since", "main"]), ["postmortems/2026/a.md"]);

    repository.write_uncommitted(OTHER, REPORT).write_uncommitted("postmortems/new.md", REPORT);
    std::fs::remove_file(repository.path().join("postmortems/c/graph.png")).unwrap();
    let all = ["postmortems/2026/a.md", OTHER, "postmortems/c/index.md", "postmortems/new.md"];
    assert_eq!(checked(&repository, &["--since", "main"]), all, "an image that is gone changes its bundle");
    assert_eq!(checked(&repository, &["--since", "HEAD"]), all[1..]);
    // With paths, both limits hold.
    assert_eq!(checked(&repository, &["--since", "main", "postmortems/2026", "postmortems/c"]), all[..3]);
    assert_eq!(checked(&repository, &["--since", "HEAD", "postmortems/2026/a.md"]), [""; 0]);
    // A commit has no work tree.
    assert_eq!(checked(&repository, &["--since", "main", "--rev", "topic"]), all[..1]);
}

#[test]
fn rules_that_compare_documents_see_all_of_them() {
    let mut repository = branch();
    repository.write("postmortems/twin.md", REPORT.edit("title:", "id: A\ntitle:")).commit("Use an id twice");
    repository.checkout();
    let run = lookback(repository.path(), &["check", "--since", "main", "--format", "concise"]);
    assert!(run.out.contains("postmortems/twin.md:2:5: error[duplicate-id]"), "{run}");
    assert!(!run.out.contains("postmortems/a.md:"), "{run}");
}

#[test]
fn since_something_unknown_is_refused() {
    let repository = branch();
    insta::assert_snapshot!(lookback(repository.path(), &["check", "--since", "origin/main"]), @r"
    exit 2
    --- stderr
    error: `origin/main` is no revision of this repository: revspec 'origin/main' not found
    hint: `git log --oneline --all` lists the commits that are here; a branch of a remote is written `origin/NAME`, after `git fetch`
    ");
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["clone", "--quiet", "--depth", "1", &format!("file://{}", repository.path().display()), "clone"]);
    insta::assert_snapshot!(lookback(&folder.path().join("clone"), &["check", "--since", "origin/release"]), @r"
    exit 2
    --- stderr
    error: `origin/release` is no revision of this repository: revspec 'origin/release' not found
    hint: this clone is shallow: fetch the whole history (`fetch-depth: 0` in CI, `git fetch --unshallow`)
    ");
}

#[test]
fn an_editor_asks_about_a_text_that_is_not_saved() {
    let repository = branch();
    let typed = REPORT.edit("severity: SEV2", "severty: SEV2");
    let inside = repository.path().join("postmortems");
    for (directory, path) in [(repository.path(), "postmortems/a.md"), (&inside, "a.md"), (&inside, "postmortems/a.md")] {
        let run = lookback_with(directory, &["check", "--format", "concise", "--stdin-path", path], &typed, |_| {});
        assert_eq!(run.code, 1, "{run}");
        assert!(run.out.contains("postmortems/a.md:4:1: warning[unknown-field]"), "{run}");
        assert!(run.out.lines().all(|line| line.starts_with("postmortems/a.md:") || line.starts_with("1 document checked")), "{run}");
        assert!(run.out.contains("stale-approval"), "the history is that of the file: {run}");
    }
    let unchanged = lookback_with(repository.path(), &["check", "--format", "json", "--stdin-path", PATH], REPORT, |_| {});
    assert_eq!(json(&unchanged)["findings"], json(&lookback(repository.path(), &["check", PATH, "--format", "json"]))["findings"]);
    let bundle = lookback_with(repository.path(), &["check", "--format", "concise", "--stdin-path", "postmortems/c/index.md"], &typed, |_| {});
    assert!(bundle.out.contains("postmortems/c/index.md:4:1: warning[unknown-field]"), "{bundle}");
}

#[test]
fn a_document_that_is_not_there_yet_can_be_checked() {
    let repository = branch();
    let typed = REPORT.edit("title:", "id: A\ntitle:");
    let arguments = ["check", "--format", "concise", "--stdin-path", "postmortems/2027/01/new.md"];
    let run = lookback_with(repository.path(), &arguments, &typed, |_| {});
    assert!(run.out.contains("postmortems/2027/01/new.md:2:5: error[duplicate-id]"), "the collection is compared with it: {run}");
    assert!(!repository.path().join("postmortems/2027").exists());
    let at_commit = lookback_with(repository.path(), &[&arguments[..], &["--rev", "main"]].concat(), &typed, |_| {});
    assert_eq!(run.out, at_commit.out);
}

#[test]
fn every_format_prints_the_text_of_an_editor() {
    let repository = branch();
    for format in ["text", "concise", "json", "sarif", "github", "gitlab", "junit"] {
        let arguments = ["check", "--format", format, "--stdin-path", "postmortems/new.md"];
        let run = lookback_with(repository.path(), &arguments, &REPORT.edit("severity: SEV2", "severty: SEV2"), |_| {});
        assert_eq!(run.code, 1, "{run}");
        assert!(run.out.contains("postmortems/new") && run.out.contains("unknown-field") && !run.out.contains("postmortems/a"), "{run}");
    }
}

#[test]
fn a_text_that_belongs_to_no_postmortem_is_refused() {
    let repository = branch();
    let refused = |path: &str| lookback_with(repository.path(), &["check", "--stdin-path", path], "# A\n", |_| {});
    insta::assert_snapshot!(refused("notes/a.md"), @r"
    exit 2
    --- stderr
    error: `notes/a.md` is no postmortem: it does not lie in `postmortems`
    hint: which files are postmortems is set by `content:` in lookback.yml
    ");
    insta::assert_snapshot!(refused("postmortems/README.md"), @r"
    exit 2
    --- stderr
    error: `postmortems/README.md` is no postmortem: a file of this name is left out
    hint: which files are postmortems is set by `content:` in lookback.yml
    ");
    insta::assert_snapshot!(refused("postmortems/index.md"), @r"
    exit 2
    --- stderr
    error: `postmortems/index.md` is no postmortem: a file of this name is left out
    hint: which files are postmortems is set by `content:` in lookback.yml
    ");
    let outside = refused("../a.md");
    assert_eq!(outside.code, 2);
    assert!(outside.error.starts_with("error: ../a.md lies outside the repository [DIR]\n"), "{outside}");
    let both = lookback(repository.path(), &["check", "--stdin-path", PATH, PATH]);
    assert_eq!(both.code, 2, "{both}");
}

#[test]
fn denied_warnings_fail_in_every_format_and_scope() {
    let repository = branch();
    for format in ["text", "concise", "json", "sarif", "github", "gitlab", "junit"] {
        let code = |more: &[&str]| lookback(repository.path(), &[&["check", "--format", format], more].concat()).code;
        assert_eq!(code(&[]), 0, "{format}");
        assert_eq!(code(&["--deny-warnings"]), 1, "{format}");
        assert_eq!(code(&["--deny-warnings", "--since", "main"]), 0, "nothing changed: {format}");
        let typed =
            |text: &str| lookback_with(repository.path(), &["check", "--format", format, "--deny-warnings", "--stdin-path", PATH], text, |_| {}).code;
        assert_eq!(typed(REPORT), 1, "{format}");
    }
    let junit = lookback(repository.path(), &["check", "--format", "junit", "--deny-warnings"]);
    assert!(junit.out.contains("<failure ") && junit.out.contains("<system-out>"), "notes still pass: {junit}");
}

#[test]
fn quiet_prints_what_fails_the_run() {
    let repository = branch();
    let lines = |arguments: &[&str]| lookback(repository.path(), &[&["check", "--quiet", "--format", "concise", PATH], arguments].concat()).out;
    assert_eq!(lines(&[]), "");
    let denied = lines(&["--deny-warnings"]);
    assert!(!denied.is_empty() && denied.lines().all(|line| line.contains(": warning[")), "{denied}");
}

#[test]
fn github_is_the_default_in_its_own_steps_only() {
    let repository = branch();
    let under = |arguments: &[&str]| lookback_with(repository.path(), arguments, "", |environment| environment.is_github_actions = true);
    let run = under(&["check"]);
    assert_eq!(run.out, lookback(repository.path(), &["check", "--format", "github"]).out);
    assert!(run.out.contains("::warning file=postmortems/a.md,line="), "{run}");
    assert_eq!(under(&["check", "--format", "text"]).out, lookback(repository.path(), &["check"]).out);
    let of_the_program = |value| program(repository.path(), &["check", "--now", "2026-06-01T00:00:00Z"], &[("GITHUB_ACTIONS", value)]).out;
    assert_eq!(of_the_program("true"), run.out);
    assert!(!of_the_program("false").contains("::warning "));
}

#[test]
fn columns_of_hangul_and_emoji_are_those_of_each_format() {
    let repository = branch();
    let found = |run: &Run| run.out.lines().find(|line| line.contains("inert-emphasis")).unwrap().to_owned();
    let concise = lookback(repository.path(), &["check", "--format", "concise", OTHER]);
    assert!(found(&concise).starts_with("postmortems/2026/결제 장애.md:18:3: warning[inert-emphasis]"), "{concise}");
    let sarif = json(&lookback(repository.path(), &["check", "--format", "sarif", OTHER]));
    let run = &sarif["runs"][0];
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    let result = run["results"].as_array().unwrap().iter().find(|result| result["ruleId"] == "inert-emphasis").unwrap();
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!((&place["region"]["startLine"], &place["region"]["startColumn"]), (&18.into(), &4.into()));
    assert_eq!(place["artifactLocation"]["uri"], "postmortems/2026/%EA%B2%B0%EC%A0%9C%20%EC%9E%A5%EC%95%A0.md");
    let rule = &run["tool"]["driver"]["rules"][usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
    assert_eq!(rule["help"]["markdown"].as_str().unwrap(), lookback(repository.path(), &["explain", "inert-emphasis"]).out);
}

#[test]
fn fingerprints_outlive_lines_that_move() {
    let mut repository = branch();
    let prints = |repository: &TestRepository| {
        let gitlab = json(&lookback(repository.path(), &["check", "--format", "gitlab", OTHER]));
        let sarif = json(&lookback(repository.path(), &["check", "--format", "sarif", OTHER]));
        let of_sarif = |result: &Value| result["partialFingerprints"]["lookback/v1"].as_str().unwrap().to_owned();
        let sarif: Vec<String> = sarif["runs"][0]["results"].as_array().unwrap().iter().map(of_sarif).collect();
        let gitlab: Vec<String> = gitlab.as_array().unwrap().iter().map(|one| one["fingerprint"].as_str().unwrap().to_owned()).collect();
        assert_eq!(gitlab, sarif);
        gitlab
    };
    let before = prints(&repository);
    let text = std::fs::read_to_string(repository.path().join(OTHER)).unwrap();
    repository.write(OTHER, text.edit("## Summary\n", "## Summary\nOne more line.\n\n")).commit(APPROVED);
    repository.checkout();
    assert_eq!(prints(&repository), before);
}

#[test]
fn a_path_beside_the_documents_is_refused() {
    let repository = branch();
    repository.write_uncommitted("notes.md", "# Notes\n");
    insta::assert_snapshot!(lookback(repository.path(), &["check", "notes.md"]), @r"
    exit 2
    --- stderr
    error: no postmortem lies at or below these paths
    hint: which files are postmortems is set by `content:` in lookback.yml
    ");
    insta::assert_snapshot!(lookback(repository.path(), &["check", "none.md"]), @r"
    exit 2
    --- stderr
    error: none.md does not exist
    hint: paths are relative to the current directory or to the repository
    ");
}
