use std::path::Path;

use super::{super::RepoError, *};

/// A repository with `postmortems/2026/a.md`.
fn repository() -> TestRepository {
    let mut repository = TestRepository::new();
    repository.write("postmortems/2026/a.md", "a\n").write("postmortems/old.md", "o\n").commit("Add");
    repository.checkout();
    repository
}

#[test]
fn paths_count_from_where_one_stands_and_then_from_the_root() {
    let repository = repository();
    let root = repository.path();
    for revision in [None, Some("HEAD")] {
        let opened = Repository::open(root, revision).unwrap();
        let locate = |directory: &str, path: &str| opened.locate(&root.join(directory), Path::new(path)).unwrap();
        assert_eq!(locate("", "postmortems/2026/a.md"), "postmortems/2026/a.md");
        assert_eq!(locate("", "./postmortems/../postmortems/2026/"), "postmortems/2026");
        assert_eq!(locate("postmortems", "2026/a.md"), "postmortems/2026/a.md");
        assert_eq!(locate("postmortems/2026", "../old.md"), "postmortems/old.md");
        assert_eq!(locate("postmortems", "postmortems/old.md"), "postmortems/old.md");
        assert_eq!(locate("postmortems", ".."), "");
        assert_eq!(locate("", root.join("postmortems/old.md").to_str().unwrap()), "postmortems/old.md");
        let elsewhere = tempfile::tempdir().unwrap();
        assert_eq!(opened.locate(elsewhere.path(), Path::new("postmortems/old.md")).unwrap(), "postmortems/old.md");
        let outside = opened.locate(root, elsewhere.path()).unwrap_err();
        assert!(matches!(outside, RepoError::OutsideRepository { .. }), "{outside}");
        let missing = opened.locate(root, Path::new("postmortems/none.md")).unwrap_err();
        assert!(matches!(missing, RepoError::NoSuchPath { in_commit, .. } if in_commit == revision.is_some()), "{missing}");
    }
}

#[test]
fn with_a_commit_its_own_files_are_looked_for() {
    let mut repository = repository();
    repository.remove("postmortems/old.md").commit("Remove");
    repository.checkout();
    repository.write_uncommitted("postmortems/new.md", "n\n");
    let before = Repository::open(repository.path(), Some("HEAD^")).unwrap();
    assert_eq!(before.locate(&repository.path().join("postmortems"), Path::new("old.md")).unwrap(), "postmortems/old.md");
    assert!(before.locate(repository.path(), Path::new("postmortems/new.md")).is_err());
    let now = Repository::open(repository.path(), None).unwrap();
    assert!(now.locate(repository.path(), Path::new("postmortems/old.md")).is_err());
    assert_eq!(now.locate(repository.path(), Path::new("postmortems/new.md")).unwrap(), "postmortems/new.md");
}

#[test]
fn a_file_that_is_not_there_yet_counts_from_where_one_stands() {
    let repository = repository();
    let root = repository.path();
    for revision in [None, Some("HEAD")] {
        let opened = Repository::open(root, revision).unwrap();
        let locate = |directory: &Path, path: &str| opened.locate_new(directory, Path::new(path));
        assert_eq!(locate(root, "postmortems/2027/01/new.md").unwrap(), "postmortems/2027/01/new.md");
        assert_eq!(locate(&root.join("postmortems/2026"), "../2027/new.md").unwrap(), "postmortems/2027/new.md");
        assert_eq!(locate(&root.join("postmortems"), "postmortems/old.md").unwrap(), "postmortems/old.md", "what exists comes first");
        let elsewhere = tempfile::tempdir().unwrap();
        assert_eq!(locate(elsewhere.path(), "postmortems/new.md").unwrap(), "postmortems/new.md");
        assert!(matches!(locate(root, "../new.md"), Err(RepoError::OutsideRepository { .. })));
        let outside = elsewhere.path().join("new.md");
        assert!(matches!(locate(root, outside.to_str().unwrap()), Err(RepoError::OutsideRepository { .. })));
    }
}

#[cfg(unix)]
#[test]
fn a_repository_behind_a_link_is_the_same_repository() {
    let repository = repository();
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("link");
    std::os::unix::fs::symlink(repository.path(), &link).unwrap();
    let opened = Repository::open(repository.path(), None).unwrap();
    assert_eq!(opened.locate(&link, Path::new("postmortems/old.md")).unwrap(), "postmortems/old.md");
    assert_eq!(opened.locate_new(&link, Path::new("postmortems/new.md")).unwrap(), "postmortems/new.md");
}

#[test]
fn a_bare_repository_knows_paths_from_the_root() {
    let mut repository = TestRepository::bare();
    repository.write("postmortems/old.md", "o\n").commit("Add");
    let opened = Repository::open(repository.path(), None).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    for directory in [repository.path(), elsewhere.path()] {
        assert_eq!(opened.locate(directory, Path::new("postmortems/old.md")).unwrap(), "postmortems/old.md");
        assert_eq!(opened.locate_new(directory, Path::new("postmortems/new.md")).unwrap(), "postmortems/new.md");
    }
}
