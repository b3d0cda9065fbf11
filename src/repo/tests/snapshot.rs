use super::{super::RepoError, *};

fn open(repository: &mut TestRepository) -> Repository {
    Repository::open(&repository.checkout(), None).unwrap()
}

fn take(repository: &Repository) -> Snapshot {
    repository.snapshot(&Content::default(), &SnapshotOptions::default()).unwrap()
}

#[test]
fn documents_have_bytes_and_other_files_only_names() {
    let mut repository = TestRepository::new();
    repository.write("postmortems/b/index.md", "# B\n").write("postmortems/b/graph.png", "graph").write(A, "# A\n");
    repository.write("postmortems/README.md", "x").write("postmortems/_drafts/x.md", "x").write("elsewhere.md", "x").commit("Add");
    let snapshot = take(&open(&mut repository));
    assert_eq!(snapshot.documents().map(|(path, _)| path).collect::<Vec<_>>(), [A, "postmortems/b/index.md"]);
    assert_eq!(snapshot.assets().collect::<Vec<_>>(), ["postmortems/README.md", "postmortems/b/graph.png"]);
    assert!(snapshot.files().values().all(|file| file.committed.is_some() && !file.is_modified));
    let bare = Repository::open(repository.path(), Some("HEAD")).unwrap();
    assert_eq!(take(&bare).files().keys().collect::<Vec<_>>(), snapshot.files().keys().collect::<Vec<_>>());
}

#[test]
fn uncommitted_changes_are_seen() {
    let mut repository = TestRepository::new();
    repository.write(A, "one\n").write(B, "b\n").write("postmortems/c/index.md", "c\n").write("postmortems/c/c.png", "old").commit("Add");
    let opened = open(&mut repository);
    repository.write_uncommitted(A, "two\n").write_uncommitted("postmortems/new.md", "new\n").write_uncommitted("postmortems/c/c.png", "new");
    let snapshot = take(&opened);
    let files = snapshot.files();
    assert!(files[A].is_modified && files["postmortems/c/c.png"].is_modified && !files[B].is_modified);
    assert!(files["postmortems/new.md"].is_modified && files["postmortems/new.md"].committed.is_none());
    assert_eq!(opened.read(A).unwrap().unwrap(), b"two\n");
}

#[test]
fn line_ends_that_a_checkout_turned_are_no_change() {
    let mut repository = TestRepository::new();
    repository.write(A, "one\ntwo\n").write(B, "one\r\ntwo\r\n").commit("Add");
    let opened = open(&mut repository);
    repository.write_uncommitted(A, "one\r\ntwo\r\n").write_uncommitted(B, "one\ntwo\n");
    assert!(take(&opened).files().values().all(|file| !file.is_modified));
}

#[test]
fn what_git_ignores_is_no_content_unless_it_is_tracked() {
    let mut repository = TestRepository::new();
    repository.write(".gitignore", "ignored*\nnode_modules\n").write("postmortems/ignored-but-tracked.md", "x").commit("Add");
    let opened = open(&mut repository);
    repository.write_uncommitted("postmortems/ignored.md", "x").write_uncommitted("postmortems/node_modules/package/notes.md", "x");
    repository.write_uncommitted("postmortems/new/ignored-not.txt", "x").write_uncommitted("postmortems/new/seen.md", "x");
    let snapshot = take(&opened);
    assert_eq!(snapshot.files().keys().collect::<Vec<_>>(), ["postmortems/ignored-but-tracked.md", "postmortems/new/seen.md"]);
}

#[test]
fn the_output_and_other_repositories_are_not_read() {
    let mut repository = TestRepository::new();
    repository.write("a.md", "a\n").commit("Add");
    let opened = open(&mut repository);
    repository.write_uncommitted("site/internal/index.md", "x").write_uncommitted("vendor/.git/HEAD", "x").write_uncommitted("vendor/b.md", "x");
    let content = Content::new(".", &[], &[]).unwrap();
    for output in [std::path::PathBuf::from("site"), repository.path().join("site")] {
        let snapshot = opened.snapshot(&content, &SnapshotOptions { output: Some(output), unsaved: None }).unwrap();
        assert_eq!(snapshot.files().keys().collect::<Vec<_>>(), ["a.md"]);
    }
}

#[cfg(unix)]
#[test]
fn links_and_names_that_are_not_text_are_listed_and_left_out() {
    use std::{ffi::OsStr, fs, os::unix::ffi::OsStrExt};
    let mut repository = TestRepository::new();
    repository.write(A, "a\n").link("postmortems/link.md", "../../etc/passwd").write(b"postmortems/caf\xe9.md", "x").commit("Add");
    let opened = open(&mut repository);
    let in_commit = take(&Repository::open(repository.path(), Some("HEAD")).unwrap());
    assert_eq!(in_commit.documents().count(), 1);
    assert_eq!(in_commit.skipped(), [("postmortems/caf\u{fffd}.md".to_owned(), "its name is not UTF-8".to_owned())]);
    fs::write(repository.path().join("postmortems").join(OsStr::from_bytes(b"caf\xe9.md")), "x").unwrap();
    let snapshot = take(&opened);
    assert_eq!(snapshot.files().keys().collect::<Vec<_>>(), [A]);
    let skipped: Vec<_> = snapshot.skipped().iter().map(|(path, reason)| (path.as_str(), reason.as_str())).collect();
    assert_eq!(skipped, [("postmortems/caf\u{fffd}.md", "its name is not UTF-8"), ("postmortems/link.md", "it is a symbolic link")]);
}

#[test]
fn a_missing_content_folder_is_named() {
    let mut repository = TestRepository::new();
    repository.write("docs/a.md", "a\n").commit("Add");
    repository.checkout();
    for revision in [None, Some("HEAD")] {
        let opened = Repository::open(repository.path(), revision).unwrap();
        let error = opened.snapshot(&Content::default(), &SnapshotOptions::default()).unwrap_err();
        assert_eq!(error.to_string(), "there is no content folder `postmortems`");
        assert!(error.hint().unwrap().contains("`content:`"));
    }
}

#[test]
fn a_content_folder_behind_a_link_is_refused() {
    let mut repository = TestRepository::new();
    repository.write("docs/a.md", "a\n").link("postmortems", "docs").commit("Add");
    repository.checkout();
    for revision in [None, Some("HEAD")] {
        let opened = Repository::open(repository.path(), revision).unwrap();
        let error = opened.snapshot(&Content::default(), &SnapshotOptions::default()).unwrap_err();
        assert!(matches!(error, RepoError::LinkedContent(_)), "{error}");
    }
}

#[test]
fn tracked_folders_are_known_from_the_index_and_the_tip() {
    let mut repository = TestRepository::new();
    repository.write("site/kept.html", "x").write(A, "a\n").commit("Add");
    let opened = open(&mut repository);
    let is_tracked = |path: &str| opened.is_tracked_below(path.as_ref()).unwrap();
    assert!(is_tracked("site") && is_tracked("./site/kept.html") && is_tracked("."));
    assert!(!is_tracked("sit") && !is_tracked("site/other") && !is_tracked("..") && !is_tracked("postmortems/../out"));
    assert!(is_tracked(repository.path().join("postmortems").to_str().unwrap()));
}

#[test]
fn files_of_a_folder_are_listed_from_both_places() {
    let mut repository = TestRepository::new();
    repository.write("theme/a.html", "x").write("theme/sub/b.html", "x").commit("Add");
    let opened = open(&mut repository);
    let at_commit = Repository::open(repository.path(), Some("HEAD")).unwrap();
    for repository in [opened, at_commit] {
        assert_eq!(repository.files_below("theme").unwrap().into_iter().collect::<Vec<_>>(), ["theme/a.html", "theme/sub/b.html"]);
        assert!(repository.files_below("none").unwrap().is_empty());
    }
}

#[test]
fn paths_that_changed_since_a_branch_began_are_known() {
    let mut repository = TestRepository::new();
    repository.write(A, "a\n").write(B, "b\n").commit("Add");
    repository.branch("topic").write(A, "a2\n").write("postmortems/c.md", "c\n").commit("On the branch");
    repository.switch("main").write(B, "b2\n").commit("Meanwhile");
    repository.switch("topic");
    let opened = open(&mut repository);
    repository.write_uncommitted("postmortems/d.md", "d\n");
    assert_eq!(changed(&opened, "main"), [A, "postmortems/c.md"]);
    assert_eq!(changed(&opened, "topic"), [""; 0]);
    // From the other side it is the same merge base, and what the other line did.
    assert_eq!(changed(&Repository::open(repository.path(), Some("main")).unwrap(), "topic"), [B]);
    assert!(matches!(opened.changed_since("nowhere"), Err(RepoError::UnknownRevision { is_shallow: false, .. })));
}

fn changed(opened: &Repository, revision: &str) -> Vec<String> {
    opened.changed_since(revision).unwrap().into_iter().collect()
}

#[test]
fn a_file_that_moved_changed_at_both_places() {
    let mut repository = TestRepository::new();
    repository.write(A, text("one")).write(B, "b\n").commit("Add");
    repository.branch("topic").rename(A, "postmortems/2026/a.md").commit("Move");
    repository.remove(B).commit("Remove");
    let opened = open(&mut repository);
    assert_eq!(changed(&opened, "main"), ["postmortems/2026/a.md", A, B]);
}

#[test]
fn what_was_merged_from_the_base_is_no_change_of_the_branch() {
    let mut repository = TestRepository::new();
    repository.write(A, "a\n").write(B, "b\n").commit("Add");
    repository.branch("topic").write(A, "a2\n").commit("On the branch");
    repository.switch("main").write(B, "b2\n").commit("Meanwhile");
    repository.switch("topic").merge(&["main"]).commit("Merge branch 'main' into topic");
    assert_eq!(changed(&open(&mut repository), "main"), [A]);
}

#[test]
fn lines_without_a_common_commit_are_compared_as_they_are() {
    let mut repository = TestRepository::new();
    repository.write(A, "a\n").write(B, "b\n").commit("Add");
    repository.switch("imported").write(A, "a\n").write("postmortems/c.md", "c\n").commit("Import");
    assert_eq!(changed(&open(&mut repository), "main"), [B, "postmortems/c.md"]);
}

#[test]
fn a_shallow_clone_without_the_merge_base_is_refused() {
    let mut origin = TestRepository::new();
    origin.write(A, "a\n").commit("Add");
    origin.branch("topic").write(A, "a2\n").commit("On the branch");
    origin.switch("main").write(B, "b\n").commit("Meanwhile");
    origin.checkout();
    let folder = tempfile::tempdir().unwrap();
    let from = format!("file://{}", origin.path().display());
    open::git(folder.path(), &["clone", "-q", "--depth=1", "--no-single-branch", "--branch=topic", &from, "clone"]);
    let clone = Repository::open(&folder.path().join("clone"), None).unwrap();
    let error = clone.changed_since("origin/main").unwrap_err();
    assert!(matches!(error, RepoError::CutOff { .. }), "{error}");
    assert!(error.hint().unwrap().contains("`fetch-depth: 0`"));
    let unknown = clone.changed_since("origin/release").unwrap_err();
    assert!(unknown.hint().unwrap().contains("`fetch-depth: 0`"), "{unknown}");
}

#[test]
fn what_is_not_committed_is_changed_new_or_gone() {
    let mut repository = TestRepository::new();
    repository.write(A, "a\n").write(B, "b\n").write("postmortems/c/index.md", "c\n").write("postmortems/c/c.png", "old");
    repository.write("postmortems/_drafts/x.md", "x").write("elsewhere.md", "x").commit("Add");
    let opened = open(&mut repository);
    assert_eq!(take(&opened).uncommitted().count(), 0);
    repository.write_uncommitted(A, "a2\n").write_uncommitted("postmortems/new.md", "new\n");
    for gone in ["postmortems/c/c.png", "postmortems/_drafts/x.md", "elsewhere.md"] {
        std::fs::remove_file(repository.path().join(gone)).unwrap();
    }
    assert_eq!(take(&opened).uncommitted().collect::<Vec<_>>(), [A, "postmortems/new.md", "postmortems/c/c.png"]);
    let committed = Repository::open(repository.path(), Some("HEAD")).unwrap();
    assert_eq!(take(&committed).uncommitted().count(), 0);
}

#[test]
fn the_text_of_an_editor_stands_for_the_file() {
    let mut repository = TestRepository::new();
    repository.write(".gitignore", "*.tmp.md\n").write(A, "a\n").write("postmortems/c/index.md", "c\n").commit("Add");
    let opened = open(&mut repository);
    let committed = Repository::open(repository.path(), Some("HEAD")).unwrap();
    let with = |repository: &Repository, path: &str, text: &str| {
        let unsaved = Some(super::super::Unsaved { path: path.to_owned(), bytes: text.as_bytes().into() });
        let snapshot = repository.snapshot(&Content::default(), &SnapshotOptions { output: None, unsaved }).unwrap();
        let documents = snapshot.documents().map(|(path, bytes)| format!("{path}: {}", String::from_utf8_lossy(bytes).trim_end()));
        (documents.collect::<Vec<_>>(), snapshot.uncommitted().map(str::to_owned).collect::<Vec<_>>())
    };
    for repository in [&opened, &committed] {
        let (documents, uncommitted) = with(repository, A, "edited\n");
        assert_eq!(documents, ["postmortems/a.md: edited", "postmortems/c/index.md: c"]);
        assert_eq!(uncommitted, [A]);
        assert_eq!(with(repository, A, "a\n").1, [""; 0]);
        assert_eq!(with(repository, "postmortems/2026/n.md", "new\n").0[0], "postmortems/2026/n.md: new");
        assert_eq!(with(repository, "postmortems/n.tmp.md", "new\n").0.len(), 3, "an ignored file that is being edited is meant");
        // Beside another document, an index is an overview.
        assert_eq!(with(repository, "postmortems/c/other.md", "o\n").0, ["postmortems/a.md: a", "postmortems/c/other.md: o"]);
        assert_eq!(with(repository, "postmortems/README.md", "x").0.len(), 2, "no document");
        assert_eq!(with(repository, "notes/x.md", "x").0.len(), 2, "no content");
    }
}
