//! Repositories that are not just a folder with a branch.

use std::{
    io::Write as _,
    process::{Command, Stdio},
};

use super::*;
use crate::harness::git;

const TRAIL: &str = "
    approved, needs 1
    • Ada Meyer: Write
    ✓ trailer by Grace Okafor in `Grace reviews`
    newest approved text: Grace reviews
";

fn approved() -> TestRepository {
    let mut repository = TestRepository::new();
    repository.writes(ADA, REPORT, "Write");
    repository.approves(GRACE);
    repository.checkout();
    repository
}

fn expect(folder: &Path) {
    assert_eq!(told(folder).trim(), flush(TRAIL));
}

#[test]
fn a_tag_changes_nothing() {
    let repository = approved();
    git(
        repository.path(),
        &["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "tag", "-a", "v1", "-m", "Reviewed-by: Bo Lind <bo@example.com>"],
    );
    expect(repository.path());
}

#[test]
fn a_linked_work_tree_has_the_same_trail() {
    let repository = approved();
    let folder = tempfile::tempdir().unwrap();
    let linked = folder.path().join("linked");
    git(repository.path(), &["worktree", "add", "--quiet", "--detach", linked.to_str().unwrap()]);
    expect(&linked);
}

#[test]
fn a_sparse_checkout_has_the_same_trail() {
    let mut repository = TestRepository::new();
    repository.write("other/file.txt", "text").writes(ADA, REPORT, "Write");
    repository.approves(GRACE);
    repository.checkout();
    git(repository.path(), &["sparse-checkout", "set", "postmortems"]);
    assert!(!repository.path().join("other").exists());
    expect(repository.path());
}

#[test]
fn a_submodule_beside_the_documents_is_passed_over() {
    let repository = approved();
    let module = approved();
    let folder = repository.path();
    let url = module.path().to_str().unwrap();
    git(folder, &["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", url, "postmortems/module"]);
    git(folder, &["-c", "user.name=Bo Lind", "-c", "user.email=bo@example.com", "commit", "-qm", "Add a module"]);
    expect(folder);
}

#[test]
fn replacements_and_grafts_change_no_trail_and_are_said() {
    for kind in ["replace", "graft"] {
        let repository = approved();
        let folder = repository.path();
        if kind == "replace" {
            git(folder, &["replace", "--graft", "HEAD"]);
        } else {
            let head = Repository::open(folder, None).unwrap().tip().unwrap();
            std::fs::create_dir_all(folder.join(".git/info")).unwrap();
            std::fs::write(folder.join(".git/info/grafts"), format!("{head}\n")).unwrap();
        }
        expect(folder);
        let run = crate::harness::lookback(folder, &["history", "a"]);
        assert!(run.error.contains("replaces or grafts commits"), "{kind}: {run}");
        assert_eq!(run.code, 0, "{kind}: {run}");
    }
}

#[test]
fn formats_that_libgit2_can_not_read_are_read_by_git() {
    let repository = approved();
    for format in ["--object-format=sha256", "--ref-format=reftable"] {
        let folder = tempfile::tempdir().unwrap();
        git(folder.path(), &["init", "--quiet", "--initial-branch=main", format]);
        let stream = Command::new("git").arg("-C").arg(repository.path()).args(["fast-export", "main"]).output().unwrap().stdout;
        let mut import = Command::new("git").arg("-C").arg(folder.path()).args(["fast-import", "--quiet"]).stdin(Stdio::piped()).spawn().unwrap();
        import.stdin.take().unwrap().write_all(&stream).unwrap();
        assert!(import.wait().unwrap().success());
        git(folder.path(), &["checkout", "--quiet", "--force", "main"]);
        expect(folder.path());
        let run = crate::harness::lookback(folder.path(), &["-v", "build", "--now", "2026-06-01T00:00:00Z"]);
        assert_eq!(run.code, 0, "{format}: {run}");
        assert!(run.error.contains("read through the git command line: "), "{format}: {run}");
        assert!(folder.path().join("site/public/index.html").exists(), "{format}");
    }
}
