//! What earlier runs learnt: the same history with and without it, whatever happens to the file.

use std::{fs, path::PathBuf};

use super::{oracle::random, *};
use crate::repo::History;

fn journal(repository: &TestRepository) -> PathBuf {
    repository.path().join(".git/lookback/history")
}

fn read(repository: &mut TestRepository) -> History {
    snapshot(repository).history().clone()
}

#[test]
fn a_history_that_grows_reads_the_same_with_what_is_known() {
    let mut repository = TestRepository::new();
    repository.write("incidents/a.md", text("one")).write(B, text("b")).commit("Add both");
    read(&mut repository);
    let edits: [fn(&mut TestRepository); 5] = [
        |repository| {
            repository.write(B, text("two")).commit("Edit b");
        },
        |repository| {
            repository.rename("incidents/a.md", A).commit("Move a into the content");
        },
        |repository| {
            repository.branch("topic").write(A, text("three")).commit("Edit a beside");
            repository.switch("main").write(B, text("four")).commit("Edit b again");
            repository.merge(&["topic"]).commit("Merge pull request #1 from ada/topic");
        },
        |repository| {
            repository.remove(B).commit("Remove b");
        },
        |repository| {
            repository.commit("Nothing\n\nPostmortem: a\nReviewed-by: Ola <ola@example.com>");
        },
    ];
    for edit in edits {
        edit(&mut repository);
        let warm = read(&mut repository);
        let again = read(&mut repository);
        fs::remove_file(journal(&repository)).unwrap();
        let cold = read(&mut repository);
        assert_eq!(warm, cold);
        assert_eq!(again, cold);
    }
}

#[test]
fn random_histories_read_the_same_in_steps() {
    let mut repository = random(7);
    let path = repository.checkout();
    let at = |revision: &str| {
        let repository = Repository::open(&path, Some(revision)).unwrap();
        repository.snapshot(&Content::default(), &SnapshotOptions::default()).unwrap().history().clone()
    };
    let steps = ["main~30", "one", "main~12", "two", "main~3", "main"];
    let warm: Vec<History> = steps.iter().map(|revision| at(revision)).collect();
    for (revision, warm) in steps.iter().zip(warm) {
        fs::remove_file(journal(&repository)).unwrap();
        let cold = at(revision);
        assert_eq!((warm.trails, warm.people, warm.commits), (cold.trails, cold.people, cold.commits), "{revision}");
    }
}

#[test]
fn a_damaged_journal_is_written_anew() {
    let mut repository = TestRepository::new();
    repository.write(A, text("one")).commit("Add a");
    let cold = read(&mut repository);
    let whole = fs::read(journal(&repository)).unwrap();
    for damaged in [&b"nonsense"[..], &whole[..whole.len() - 3], &[whole.as_slice(), b"more"].concat()] {
        fs::write(journal(&repository), damaged).unwrap();
        assert_eq!(read(&mut repository), cold);
        assert_eq!(fs::read(journal(&repository)).unwrap(), whole);
    }
}

#[test]
fn a_second_run_adds_nothing_and_a_new_commit_only_itself() {
    let mut repository = TestRepository::new();
    for number in 0..40 {
        repository.write(A, text(&number.to_string())).commit(&format!("Edit {number}"));
    }
    read(&mut repository);
    let size = |repository: &TestRepository| fs::metadata(journal(repository)).unwrap().len();
    let first = size(&repository);
    read(&mut repository);
    assert_eq!(size(&repository), first);
    repository.write(A, text("last")).commit("Edit again");
    read(&mut repository);
    assert!((first + 1..first + first / 10).contains(&size(&repository)), "{first} and then {}", size(&repository));
}

#[test]
fn a_branch_that_lost_its_tip_is_told_once() {
    let mut repository = TestRepository::new();
    repository.write(A, text("one")).commit("Add a");
    repository.branch("kept").switch("main");
    let lost = repository.write(A, text("two")).commit("Edit a");
    assert_eq!(read(&mut repository).lost_tip, None);
    let path = repository.path().to_owned();
    open::git(&path, &["branch", "--force", "rewritten", "kept"]);
    open::git(&path, &["update-ref", "refs/heads/main", "kept"]);
    let again = || Repository::open(&path, None).unwrap().snapshot(&Content::default(), &SnapshotOptions::default()).unwrap();
    assert_eq!(again().history().lost_tip, Some(lost));
    assert_eq!(again().history().lost_tip, None);
    let older = Repository::open(&path, Some("main~0")).unwrap();
    assert_eq!(older.snapshot(&Content::default(), &SnapshotOptions::default()).unwrap().history().lost_tip, None);
}

#[test]
fn half_a_history_is_not_remembered() {
    let mut repository = TestRepository::new();
    repository.write(A, text("one")).commit("Add a");
    repository.write(A, text("two")).commit("Edit a");
    let path = repository.checkout();
    let clone = tempfile::tempdir().unwrap();
    let from = format!("file://{}", path.display());
    open::git(clone.path(), &["clone", "--quiet", "--depth=1", &from, "shallow"]);
    let shallow = clone.path().join("shallow");
    let read = Repository::open(&shallow, None).unwrap();
    assert_eq!(read.snapshot(&Content::default(), &SnapshotOptions::default()).unwrap().history().commits, 1);
    assert!(!shallow.join(".git/lookback").exists());
}
