//! What libgit2 can't read goes through the git command line, with the same results.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::{
    open::{error, git},
    oracle::random,
    *,
};
use crate::repo::{History, RepoError};

fn read(repository: &Repository) -> Snapshot {
    repository.snapshot(&Content::default(), &SnapshotOptions::default()).unwrap()
}

/// Both ways; neither knows what the other learnt.
fn both(path: &Path, revision: Option<&str>) -> (Snapshot, Snapshot) {
    let library = read(&Repository::open(path, revision).unwrap());
    let _ = fs::remove_dir_all(path.join(".git/lookback"));
    let command_line = read(&Repository::open_by_command_line(path, revision).unwrap());
    let _ = fs::remove_dir_all(path.join(".git/lookback"));
    (library, command_line)
}

/// The same history in another format: ids differ, all else stays.
fn converted(repository: &mut TestRepository, format: &[&str]) -> (tempfile::TempDir, PathBuf) {
    let from = repository.checkout();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("converted");
    git(folder.path(), &[&["init", "--quiet", "--initial-branch=main"], format, &["converted"]].concat());
    let stream = Command::new("git").arg("-C").arg(&from).args(["fast-export", "--all", "--signed-tags=strip"]).output().unwrap().stdout;
    let mut import = Command::new("git").arg("-C").arg(&path).args(["fast-import", "--quiet"]).stdin(Stdio::piped()).spawn().unwrap();
    import.stdin.take().unwrap().write_all(&stream).unwrap();
    assert!(import.wait().unwrap().success());
    git(&path, &["checkout", "--quiet", "--force", "main"]);
    (folder, path)
}

/// Subject, path and former path of a revision.
type Told = (String, String, Option<String>);

/// A history without ids.
fn told(history: &History) -> Vec<(String, Vec<Told>)> {
    let revision = |revision: &crate::repo::Revision| (revision.commit.subject.clone(), revision.path.clone(), revision.renamed_from.clone());
    history.trails.iter().map(|(path, trail)| (path.clone(), trail.revisions.iter().map(revision).collect())).collect()
}

#[test]
fn random_histories_read_the_same_either_way() {
    for seed in 10..12 {
        let mut repository = random(seed);
        let path = repository.checkout();
        for revision in [None, Some("main~20"), Some("two")] {
            let (library, command_line) = both(&path, revision);
            assert!(library.history().trails.len() > 5);
            assert_eq!(library.history(), command_line.history(), "seed {seed}, {revision:?}");
            assert!(library.documents().eq(command_line.documents()), "seed {seed}, {revision:?}");
        }
    }
}

#[test]
fn formats_that_libgit2_can_not_read_tell_the_same_history() {
    let mut repository = random(13);
    let path = repository.checkout();
    let expected = told(read(&Repository::open(&path, None).unwrap()).history());
    for format in [&["--object-format=sha256"][..], &["--ref-format=reftable"], &["--object-format=sha256", "--ref-format=reftable"]] {
        let (_folder, path) = converted(&mut repository, format);
        let opened = Repository::open(&path, None).unwrap();
        assert!(opened.command_line_reason().is_some(), "{format:?}");
        let snapshot = read(&opened);
        assert_eq!(told(snapshot.history()), expected, "{format:?}");
        assert_eq!(snapshot.uncommitted().count(), 0, "{format:?}");
        // What was learnt is read by the second run.
        assert_eq!(read(&Repository::open(&path, None).unwrap()).history(), snapshot.history(), "{format:?}");
        fs::write(path.join(snapshot.documents().next().unwrap().0), "another text\n").unwrap();
        assert_eq!(read(&Repository::open(&path, None).unwrap()).uncommitted().count(), 1, "{format:?}");
    }
}

#[test]
fn the_work_tree_is_seen_the_same_either_way() {
    let mut repository = TestRepository::new();
    repository.write(A, "one\n").write(B, "two\n").write("postmortems/c/index.md", "three\n").write("postmortems/c/graph.png", "png");
    repository.write(".gitignore", "*.tmp.md\n/postmortems/drafts/\n").write("postmortems/kept.tmp.md", "tracked\n").commit("Add all");
    let path = repository.checkout();
    git(&path, &["reset", "--quiet"]);
    fs::remove_file(path.join(B)).unwrap();
    repository.write_uncommitted(A, "one\r\n").write_uncommitted("postmortems/c/graph.png", "other").write_uncommitted("postmortems/new.md", "new\n");
    repository.write_uncommitted("postmortems/left.tmp.md", "ignored\n").write_uncommitted("postmortems/drafts/x.md", "ignored\n");
    repository.write_uncommitted("postmortems/staged.tmp.md", "staged\n");
    git(&path, &["add", "--force", "postmortems/staged.tmp.md"]);
    let (library, command_line) = both(&path, None);
    let expected =
        [A, "postmortems/c/graph.png", "postmortems/c/index.md", "postmortems/kept.tmp.md", "postmortems/new.md", "postmortems/staged.tmp.md"];
    assert_eq!(library.files().keys().collect::<Vec<_>>(), expected);
    assert_eq!(command_line.files().keys().collect::<Vec<_>>(), expected);
    let uncommitted = |snapshot: &Snapshot| snapshot.uncommitted().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(uncommitted(&library), ["postmortems/c/graph.png", "postmortems/new.md", "postmortems/staged.tmp.md", B]);
    assert_eq!(uncommitted(&command_line), uncommitted(&library));
    for opened in [Repository::open(&path, None).unwrap(), Repository::open_by_command_line(&path, None).unwrap()] {
        assert!(
            opened.is_tracked_below(Path::new("postmortems/c")).unwrap() && opened.is_tracked_below(Path::new("postmortems/staged.tmp.md")).unwrap()
        );
        assert!(!opened.is_tracked_below(Path::new("site")).unwrap() && !opened.is_tracked_below(Path::new("postmortems/drafts")).unwrap());
    }
}

#[test]
fn revisions_and_failures_are_told_the_same_either_way() {
    let mut repository = TestRepository::new();
    repository.write(A, "one\n").commit("Add a");
    repository.branch("topic").write(A, "two\n").commit("Edit a");
    repository.switch("main").write(B, "b\n").commit("Add b");
    let path = repository.checkout();
    for open in [Repository::open, Repository::open_by_command_line] {
        let opened = open(&path.join("postmortems"), None).unwrap();
        assert_eq!((opened.root(), opened.work_tree()), (path.as_path(), Some(path.as_path())));
        assert_eq!(opened.changed_since("topic").unwrap().into_iter().collect::<Vec<_>>(), [B]);
        assert!(matches!(opened.resolve("nothing"), Err(RepoError::UnknownRevision { .. })));
        assert!(matches!(opened.resolve("--all"), Err(RepoError::UnknownRevision { .. })));
        assert!(matches!(open(&path, Some("nothing")), Err(RepoError::UnknownRevision { .. })));
        let empty = TestRepository::new();
        assert_eq!(open(empty.path(), None).unwrap().tip(), None);
        assert!(matches!(open(empty.path(), Some("HEAD")), Err(RepoError::NoCommit)));
        let bare = TestRepository::bare();
        assert!(matches!(open(bare.path(), None), Err(RepoError::NoCommit)));
    }
}

#[test]
fn an_object_that_is_missing_is_named_either_way() {
    let mut repository = TestRepository::new();
    repository.write(A, "one\n").commit("Add a");
    let path = repository.checkout();
    let blob = git(&path, &["rev-parse", "HEAD:postmortems/a.md"]);
    let (folder, file) = blob.trim().split_at(2);
    fs::remove_file(path.join(".git/objects").join(folder).join(file)).unwrap();
    for open in [Repository::open, Repository::open_by_command_line] {
        let blobs = open(&path, None).unwrap().blobs();
        let id = read(&open(&path, None).unwrap()).history().trails[A].revisions[0].blob;
        assert!(matches!(blobs.blob(id), Err(RepoError::MissingObject { id: missing }) if missing == id));
        assert!(matches!(blobs.blob_at(id, A), Err(RepoError::MissingObject { .. })));
    }
}

#[test]
fn a_format_that_nothing_can_read_is_an_error_with_both_reasons() {
    let repository = TestRepository::new();
    git(repository.path(), &["config", "core.repositoryformatversion", "1"]);
    git(repository.path(), &["config", "extensions.inventedFormat", "yes"]);
    let error = error(repository.path(), None);
    assert!(matches!(&error, RepoError::UnsupportedFormat(reason) if reason.contains("; git: ")), "{error}");
    assert!(error.hint().is_some());
}
