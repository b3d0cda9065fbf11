//! `--as-of` and `export`: everything as it stood, the same bytes for the same commit and clock.

use lookback::testing::TestRepository;

use crate::harness::{APPROVED, Edit, PATH, REPORT, REVIEWER, files, lookback};

/// Written on 5 March, approved on 6 March, changed on 10 March, approved by its writer (which does not count) on 11 March.
fn collection() -> TestRepository {
    let mut repository = TestRepository::new();
    repository.write("README.md", "Reports\n").commit("Begin");
    repository.at("2026-03-05T12:00:00Z").write(PATH, REPORT).commit("Write");
    repository.at("2026-03-06T12:00:00Z").author(REVIEWER).commit(&format!("{APPROVED}Postmortem: a\n"));
    repository.author("Ada Meyer <ada@example.com>");
    repository.at("2026-03-10T12:00:00Z").write(PATH, REPORT.edit("420 orders", "512 orders")).commit("Correct");
    repository.at("2026-03-11T12:00:00Z").commit("Looks good\n\nReviewed-by: Ada Meyer <ada@example.com>\nPostmortem: a\n");
    let secret = REPORT.edit("tags: [database]", "privileged: true").edit("Connections of the order store ran out", "Counsel");
    repository.write("postmortems/counsel.md", &secret).commit("Write another");
    repository
}

fn evidence(repository: &mut TestRepository, arguments: &[&str]) -> String {
    let folder = repository.checkout();
    let arguments: Vec<&str> = ["export", "--evidence"].iter().chain(arguments).copied().collect();
    let run = lookback(&folder, &arguments);
    assert_eq!((run.code, &*run.error), (0, ""), "{run}");
    run.out
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn two_runs_give_the_same_bytes_whatever_lies_in_the_work_tree() {
    let mut repository = collection();
    let first = evidence(&mut repository, &[]);
    std::fs::write(repository.path().join(PATH), "edited, not committed").unwrap();
    let folder = repository.path().to_owned();
    let out = folder.join("evidence.json");
    let run = lookback(&folder, &["export", "--evidence", "--out", "evidence.json"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{run}");
    assert_eq!(std::fs::read_to_string(out).unwrap(), first);
}

#[test]
fn every_approval_is_named_with_the_text_that_it_covers() {
    let mut repository = collection();
    let evidence = json(&evidence(&mut repository, &[]));
    let postmortem = &evidence["postmortems"][0];
    let approvals: Vec<String> = postmortem["approvals"]
        .as_array()
        .unwrap()
        .iter()
        .map(|approval| {
            let revision = postmortem["revisions"].as_array().unwrap().iter().position(|revision| revision["blob"] == approval["blob"]).unwrap();
            format!("{} of text {revision}: {} {}", approval["by"]["name"].as_str().unwrap(), approval["counts"], approval["reason"])
        })
        .collect();
    assert_eq!(approvals, ["Grace Okafor of text 0: true null", "Ada Meyer of text 1: false \"wrote a change since the last approval\""]);
    // What git and any other tool say of the same bytes.
    let git = git2::Repository::open(repository.path()).unwrap();
    for revision in postmortem["revisions"].as_array().unwrap() {
        let blob = git.find_blob(git2::Oid::from_str(revision["blob"].as_str().unwrap()).unwrap()).unwrap();
        let sum = std::process::Command::new("sha256sum").stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped()).spawn();
        let mut sum = sum.unwrap();
        std::io::Write::write_all(&mut sum.stdin.take().unwrap(), blob.content()).unwrap();
        let printed = String::from_utf8(sum.wait_with_output().unwrap().stdout).unwrap();
        assert_eq!(Some(revision["sha256"].as_str().unwrap()), printed.split_whitespace().next());
    }
    assert_eq!((postmortem["state"].as_str(), postmortem["clocks"]["draft"]["outcome"].as_str()), (Some("stale"), Some("late")));
}

#[test]
fn privileged_postmortems_are_counted_and_not_named() {
    let mut repository = collection();
    let text = evidence(&mut repository, &[]);
    assert_eq!(json(&text)["privileged"], 1);
    assert!(!text.contains("ounsel"), "{text}");
    let folder = repository.checkout();
    for format in ["csv", "json", "ndjson"] {
        assert!(!lookback(&folder, &["export", "--format", format]).out.contains("ounsel"));
    }
}

#[test]
fn as_of_a_day_everything_is_as_it_stood() {
    let mut repository = collection();
    let state = |repository: &mut TestRepository, as_of: &str| {
        let evidence = json(&evidence(repository, &["--as-of", as_of]));
        let postmortem = &evidence["postmortems"][0];
        let outcome = postmortem["clocks"]["completion"]["outcome"].as_str().unwrap().to_owned();
        (evidence["as_of"].as_str().unwrap().to_owned(), postmortem["state"].as_str().unwrap().to_owned(), outcome)
    };
    let told = |at: &str, state: &str, outcome: &str| (at.to_owned(), state.to_owned(), outcome.to_owned());
    assert_eq!(state(&mut repository, "2026-03-05"), told("2026-03-05T23:59:59Z", "unreviewed", "pending"));
    assert_eq!(state(&mut repository, "2026-03-06T11:59:59Z"), told("2026-03-06T11:59:59Z", "unreviewed", "pending"));
    assert_eq!(state(&mut repository, "2026-03-06T21:00:00+09:00"), told("2026-03-06T12:00:00Z", "approved", "met"));
    assert_eq!(state(&mut repository, "2026-03-10"), told("2026-03-10T23:59:59Z", "stale", "met"));
    assert_eq!(state(&mut repository, "HEAD~2"), told("2026-03-10T12:00:00Z", "stale", "met"));
}

#[test]
fn build_and_history_stand_at_the_same_point() {
    let mut repository = collection();
    let folder = repository.checkout();
    let history = |as_of: &str| lookback(&folder, &["history", "a", "--as-of", as_of]).out;
    assert!(history("2026-03-05").contains("review: unreviewed") && history("2026-03-06").contains("review: approved"));
    let published = |as_of: &str, out: &str| {
        let run = lookback(&folder, &["build", "--as-of", as_of, "--out", out]);
        assert_eq!(run.code, 0, "{run}");
        files(&folder.join(out).join("public")).keys().any(|path| path.starts_with("incidents/"))
    };
    assert!(!published("2026-03-05", "before") && published("2026-03-06", "after"));
    let page = std::fs::read_to_string(folder.join("after/internal/index.html")).unwrap();
    assert!(page.contains("2026-03-06T23:59:59"), "the clock is that of the point");
}

#[test]
fn what_became_privileged_since_does_not_come_back() {
    let mut repository = collection();
    repository.rename(PATH, "postmortems/moved.md");
    repository.write("postmortems/moved.md", REPORT.edit("tags: [database]", "privileged: true").edit("420 orders", "512 orders"));
    repository.commit("Close");
    let evidence = evidence(&mut repository, &["--as-of", "2026-03-06"]);
    assert_eq!((json(&evidence)["privileged"].as_u64(), json(&evidence)["postmortems"].as_array().map(Vec::len)), (Some(1), Some(0)));
    assert!(!evidence.contains("Connections of"), "{evidence}");
    let folder = repository.checkout();
    let run = lookback(&folder, &["build", "--as-of", "2026-03-06"]);
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(crate::harness::holding(&files(&folder.join("site")), "could not be placed"), [] as [String; 0]);
}

#[test]
fn a_point_before_the_history_or_none_at_all_is_refused() {
    let mut repository = collection();
    let folder = repository.checkout();
    insta::assert_snapshot!(lookback(&folder, &["export", "--as-of", "2020-01-01"]), @"
    exit 2
    --- stderr
    error: there is no commit at or before 2020-01-01 23:59 UTC
    hint: name a later day, or another branch with --rev
    ");
    insta::assert_snapshot!(lookback(&folder, &["export", "--as-of", "someday"]), @"
    exit 2
    --- stderr
    error: `someday` is no revision of this repository: revspec 'someday' not found
    hint: `git log --oneline --all` lists the commits that are here; a branch of a remote is written `origin/NAME`, after `git fetch`
    ");
}

#[test]
fn rows_are_what_the_pages_say() {
    let mut repository = collection();
    let folder = repository.checkout();
    let rows = lookback(&folder, &["export"]).out;
    let lines: Vec<&str> = rows.lines().collect();
    assert_eq!(lines.len(), 2, "{rows}");
    assert!(
        lines[1].starts_with("a,postmortems/a.md,Connections of the order store ran out,final,SEV2,orders,Orders team,2026-03-02T09:00:00Z,"),
        "{rows}"
    );
    let row: serde_json::Value = serde_json::from_str(&lookback(&folder, &["export", "--format", "ndjson"]).out).unwrap();
    assert_eq!(
        (row["resolve_minutes"].as_f64(), row["review"].as_str(), row["causes"].as_array().map(Vec::len)),
        (Some(50.0), Some("stale"), Some(0))
    );
}
