//! The same commit, configuration and clock give the same bytes, wherever and however they are built.

use std::{collections::BTreeMap, path::Path};

use lookback::testing::TestRepository;

use crate::harness::{APPROVED, Edit, PATH, REPORT, files, lookback, program};

const NOW: &str = "2026-06-01T00:00:00Z";

/// Writes the same history into a repository, with or without a work tree.
fn history(mut repository: TestRepository) -> TestRepository {
    repository.write("lookback.yml", "services: [{id: orders, public_name: Orders}]\naudiences: {partners: {title: Partner reports}}\n");
    repository.write(PATH, REPORT).commit("Write");
    repository.branch("topic").write("postmortems/b/index.md", REPORT.edit("420 orders failed", "![Graph](graph.png)"));
    repository
        .write("postmortems/b/graph.png", "picture")
        .write("postmortems/c.md", "# Disk full\n\n## Summary\nThe disk was full.\n")
        .commit("More");
    repository.switch("main").merge(&["topic"]).author("Grace Okafor <grace@example.com>").commit("Merge pull request #3 from shop/topic");
    repository.write(PATH, REPORT.edit("420 orders", "421 orders")).commit(&format!("{APPROVED}Approved-by: Bo Lind <bo@example.com>\n"));
    repository.checkout();
    repository
}

fn built(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = files(folder);
    assert!(files.len() > 20, "{:?}", files.keys());
    files
}

/// Names of the files that differ.
fn difference(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    one.keys().chain(other.keys()).filter(|path| one.get(*path) != other.get(*path)).cloned().collect()
}

#[test]
fn a_second_build_gives_the_same_bytes() {
    let repository = history(TestRepository::new());
    assert_eq!(lookback(repository.path(), &["build"]).code, 0);
    let first = built(&repository.path().join("site"));
    assert_eq!(lookback(repository.path(), &["build"]).code, 0);
    assert_eq!(difference(&first, &built(&repository.path().join("site"))), [""; 0]);
}

#[test]
fn zone_language_threads_and_folder_of_the_machine_change_nothing() {
    let repository = history(TestRepository::new());
    let elsewhere = tempfile::tempdir().unwrap();
    let at = repository.path().to_str().unwrap();
    let build = |out: &str, variables: &[(&str, &str)]| {
        let run = program(elsewhere.path(), &["build", "--repo", at, "--out", out], variables);
        assert_eq!(run.code, 0, "{run}");
        built(&elsewhere.path().join(out))
    };
    let epoch = ("SOURCE_DATE_EPOCH", "1780272000");
    let one = build("one", &[epoch, ("TZ", "UTC"), ("LANG", "C"), ("RAYON_NUM_THREADS", "1")]);
    let other = build("deep/er/other", &[epoch, ("TZ", "Asia/Seoul"), ("LANG", "ko_KR.UTF-8"), ("RAYON_NUM_THREADS", "4"), ("COLUMNS", "40")]);
    assert_eq!(difference(&one, &other), [""; 0]);

    let run = program(elsewhere.path(), &["--now", NOW, "build", "--repo", at, "--out", "third"], &[]);
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(difference(&one, &built(&elsewhere.path().join("third"))), [""; 0], "--now and SOURCE_DATE_EPOCH say the same");
}

#[test]
fn work_tree_commit_and_bare_repository_give_the_same_bytes() {
    let repository = history(TestRepository::new());
    let folder = tempfile::tempdir().unwrap();
    let build = |repository: &Path, rev: &[&str], out: &str| {
        let out = folder.path().join(out);
        let arguments = [&["build", "--out", out.to_str().unwrap()], rev].concat();
        let run = lookback(repository, &arguments);
        assert_eq!(run.code, 0, "{run}");
        built(&out)
    };
    let tree = build(repository.path(), &[], "tree");
    assert_eq!(difference(&tree, &build(repository.path(), &["--rev", "main"], "commit")), [""; 0]);
    let bare = history(TestRepository::bare());
    assert_eq!(difference(&tree, &build(bare.path(), &["--rev", "main"], "bare")), [""; 0]);
    assert_eq!(difference(&tree, &build(bare.path(), &[], "head")), [""; 0], "without --rev a bare repository is read at its HEAD");

    let before = build(bare.path(), &["--rev", "main~1"], "before");
    assert!(String::from_utf8_lossy(&before["internal/postmortems/a/index.html"]).contains("420 orders"));
}

#[test]
fn a_bare_repository_is_built_into_the_current_folder() {
    let repository = history(TestRepository::bare());
    let folder = tempfile::tempdir().unwrap();
    let run = lookback(folder.path(), &["build", "--repo", repository.path().to_str().unwrap()]);
    assert_eq!(run.code, 0, "{run}");
    assert!(folder.path().join("site/internal/index.html").exists());
}

#[test]
fn the_order_in_which_files_lie_in_their_folder_changes_nothing() {
    let names = ["d.md", "a.md", "Z.md", "b/index.md", "c.md"];
    let build = |names: &mut dyn Iterator<Item = &&str>| {
        let repository = TestRepository::new();
        for name in names {
            repository.write_uncommitted(format!("postmortems/{name}"), REPORT.edit("Connections", &format!("{name}: connections")));
        }
        assert_eq!(lookback(repository.path(), &["build"]).code, 0);
        built(&repository.path().join("site"))
    };
    assert_eq!(difference(&build(&mut names.iter()), &build(&mut names.iter().rev())), [""; 0]);
}

#[test]
fn a_build_of_some_audiences_leaves_the_others_alone() {
    let repository = history(TestRepository::new());
    let site = repository.path().join("site");
    assert_eq!(lookback(repository.path(), &["build", "--audience", "public"]).code, 0);
    assert!(site.join("public").exists() && !site.join("internal").exists());
    let public = files(&site.join("public"));
    assert_eq!(lookback(repository.path(), &["build", "--audience", "internal", "--audience", "partners", "--now", "2027-01-01T00:00:00Z"]).code, 0);
    assert_eq!(difference(&public, &files(&site.join("public"))), [""; 0]);
    assert!(site.join("internal").exists() && site.join("partners").exists());
}

#[test]
fn what_is_no_longer_part_of_a_site_goes_away() {
    let mut repository = history(TestRepository::new());
    assert_eq!(lookback(repository.path(), &["build"]).code, 0);
    let page = repository.path().join("site/internal/postmortems/c/index.html");
    assert!(page.exists());
    repository.remove("postmortems/c.md").commit("Remove");
    repository.checkout();
    assert_eq!(lookback(repository.path(), &["build"]).code, 0);
    assert!(!page.exists());
    let left: Vec<String> =
        std::fs::read_dir(repository.path().join("site")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(left.iter().all(|name| !name.starts_with(".internal-") && !name.starts_with(".public-")), "{left:?}");
}
