use std::{fs, path::Path, process::Command};

use super::{super::RepoError, *};

/// Runs git without the configuration of whoever runs the tests.
pub(super) fn git(directory: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .arg("-C")
        .arg(directory)
        .args(["-c", "protocol.file.allow=always"])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_AUTHOR_NAME", "Ada Meyer")
        .env("GIT_AUTHOR_EMAIL", "ada@example.com")
        .env("GIT_COMMITTER_NAME", "Ada Meyer")
        .env("GIT_COMMITTER_EMAIL", "ada@example.com")
        .output()
        .expect("git");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub(super) fn error(path: &Path, revision: Option<&str>) -> RepoError {
    Repository::open(path, revision).expect_err("no repository")
}

fn two_commits() -> (TestRepository, ObjectId, ObjectId) {
    let mut repository = TestRepository::new();
    let first = repository.write(A, "one\n").commit("Add a");
    let second = repository.write(A, "two\n").write(B, "b\n").commit("Correct a, add b");
    repository.checkout();
    (repository, first, second)
}

#[test]
fn a_repository_is_found_from_a_folder_inside() {
    let (repository, _, tip) = two_commits();
    let opened = Repository::open(&repository.path().join("postmortems"), None).unwrap();
    assert_eq!(opened.root(), fs::canonicalize(repository.path()).unwrap());
    assert_eq!(opened.work_tree(), Some(opened.root()));
    assert_eq!(opened.tip(), Some(tip));
    assert_eq!(opened.tip_date().unwrap().to_rfc3339(), "2026-01-01T01:00:00+00:00");
    assert!(!opened.is_shallow() && !opened.is_partial() && opened.reads_work_tree());
}

#[test]
fn outside_of_a_repository_the_folder_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let error = error(directory.path(), None);
    assert!(matches!(error, RepoError::NotARepository(_)));
    assert_eq!(error.to_string(), format!("{} is not inside a git repository", directory.path().display()));
    assert!(error.hint().unwrap().contains("--repo DIR"));
}

#[test]
fn a_repository_without_commits_has_files_and_no_history() {
    let repository = TestRepository::new();
    repository.write_uncommitted(A, "one\n");
    let opened = Repository::open(repository.path(), None).unwrap();
    let snapshot = opened.snapshot(&Content::default(), &SnapshotOptions::default()).unwrap();
    assert_eq!((snapshot.tip(), snapshot.documents().count()), (None, 1));
    assert!(snapshot.files()[A].is_modified && snapshot.history().trails.is_empty());
    assert!(matches!(error(repository.path(), Some("HEAD")), RepoError::NoCommit));
    assert!(matches!(error(TestRepository::bare().path(), None), RepoError::NoCommit));
}

#[test]
fn a_revision_is_read_instead_of_the_work_tree() {
    let (repository, first, _) = two_commits();
    for revision in ["HEAD~1", &first.to_string(), "main^", "HEAD^{/Add a}"] {
        let opened = Repository::open(repository.path(), Some(revision)).unwrap();
        assert_eq!(opened.tip(), Some(first), "{revision}");
        let snapshot = opened.snapshot(&Content::default(), &SnapshotOptions::default()).unwrap();
        assert_eq!(snapshot.documents().map(|(path, bytes)| (path, &**bytes)).collect::<Vec<_>>(), [(A, &b"one\n"[..])]);
        assert_eq!(snapshot.history().trails[A].revisions.len(), 1);
        assert_eq!(opened.read(A).unwrap().unwrap(), b"one\n");
        assert_eq!(opened.read(B).unwrap(), None);
        assert!(opened.work_tree().is_some() && !opened.reads_work_tree());
    }
    assert!(matches!(error(repository.path(), Some("nowhere")), RepoError::UnknownRevision { .. }));
    assert!(matches!(error(repository.path(), Some("HEAD:postmortems/a.md")), RepoError::UnknownRevision { .. }));
}

#[test]
fn a_bare_repository_is_read_at_its_head() {
    let mut repository = TestRepository::bare();
    repository.write("lookback.yml", "site: {}\n").write(A, "one\n").commit("Add a");
    repository.checkout();
    let opened = Repository::open(repository.path(), None).unwrap();
    assert_eq!(opened.work_tree(), None);
    assert_eq!(opened.read("lookback.yml").unwrap().unwrap(), b"site: {}\n");
    let snapshot = opened.snapshot(&Content::default(), &SnapshotOptions::default()).unwrap();
    assert_eq!(snapshot.documents().count(), 1);
    assert!(opened.is_tracked_below(Path::new("postmortems")).unwrap());
    assert!(!opened.is_tracked_below(Path::new("site")).unwrap());
}

#[test]
fn a_git_directory_without_configuration_is_bare() {
    let mut repository = TestRepository::bare();
    repository.write(A, "one\n").commit("Add a");
    repository.checkout();
    fs::remove_file(repository.path().join("config")).unwrap();
    let opened = Repository::open(repository.path(), None).unwrap();
    assert!(opened.work_tree().is_none() && !opened.reads_work_tree());
}

#[test]
fn a_linked_work_tree_has_its_own_head() {
    let (repository, first, _) = two_commits();
    let other = tempfile::tempdir().unwrap();
    let path = other.path().join("linked");
    git(repository.path(), &["worktree", "add", "-q", "-b", "other", path.to_str().unwrap(), &first.to_string()]);
    let opened = Repository::open(&path, None).unwrap();
    assert_eq!((opened.tip(), opened.root()), (Some(first), &*fs::canonicalize(&path).unwrap()));
    let snapshot = opened.snapshot(&Content::default(), &SnapshotOptions::default()).unwrap();
    assert_eq!(&*snapshot.files()[A].bytes.clone().unwrap(), b"one\n");
    assert!(!snapshot.files()[A].is_modified);
}

#[test]
fn clones_that_lack_something_say_so() {
    let (repository, _, tip) = two_commits();
    git(repository.path(), &["config", "uploadpack.allowFilter", "true"]);
    let directory = tempfile::tempdir().unwrap();
    let from = format!("file://{}", repository.path().display());
    git(directory.path(), &["clone", "-q", "--depth=1", &from, "shallow"]);
    git(directory.path(), &["clone", "-q", "--filter=blob:none", &from, "partial"]);
    let shallow = Repository::open(&directory.path().join("shallow"), None).unwrap();
    assert!(shallow.is_shallow() && !shallow.is_partial());
    let snapshot = shallow.snapshot(&Content::default(), &SnapshotOptions::default()).unwrap();
    assert!(snapshot.is_shallow() && !snapshot.history().is_complete);
    assert_eq!(commits(&snapshot.history().trails[A]), [tip]);
    let partial = Repository::open(&directory.path().join("partial"), None).unwrap();
    assert!(partial.is_partial() && !partial.is_shallow());
    let snapshot = partial.snapshot(&Content::default(), &SnapshotOptions::default()).unwrap();
    let trail = &snapshot.history().trails[A];
    assert_eq!(trail.revisions.len(), 2);
    let missing = snapshot.blobs().blob(trail.revisions[0].blob).unwrap_err();
    assert!(matches!(missing, RepoError::MissingObject { .. }));
    assert!(missing.hint().unwrap().contains("--refetch"));
}

#[test]
fn a_damaged_object_is_named() {
    let (repository, first, _) = two_commits();
    let id = first.to_string();
    let (folder, file) = id.split_at(2);
    let object = repository.path().join(".git/objects").join(folder).join(file);
    fs::set_permissions(&object, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    fs::write(&object, "nonsense").unwrap();
    let opened = Repository::open(repository.path(), None).unwrap();
    let error = opened.snapshot(&Content::default(), &SnapshotOptions::default()).unwrap_err();
    assert!(error.to_string().starts_with(&format!("object {first} is damaged: ")), "{error}");
    assert!(error.hint().unwrap().contains("git fsck"));
    fs::remove_file(&object).unwrap();
    let opened = Repository::open(repository.path(), None).unwrap();
    let error = opened.snapshot(&Content::default(), &SnapshotOptions::default()).unwrap_err();
    assert!(matches!(error, RepoError::MissingObject { id } if id == first), "{error}");
}

#[cfg(unix)]
#[test]
fn a_repository_of_another_user_is_not_trusted() {
    let (repository, ..) = two_commits();
    // Only root can give a folder away.
    for path in [repository.path().to_owned(), repository.path().join(".git")] {
        if std::os::unix::fs::chown(path, Some(54_321), None).is_err() {
            return;
        }
    }
    let error = error(repository.path(), None);
    let root = fs::canonicalize(repository.path()).unwrap();
    assert_eq!(error.to_string(), format!("{} belongs to another user, and git does not trust it", root.display()));
    assert_eq!(error.hint().unwrap(), format!("git config --global --add safe.directory {}", root.display()));
}

#[test]
fn the_hint_for_a_foreign_owner_can_be_pasted() {
    let error = RepoError::Untrusted("/srv/our reports".into());
    assert_eq!(error.hint().unwrap(), "git config --global --add safe.directory '/srv/our reports'");
}
