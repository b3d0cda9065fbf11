//! `init`: what it writes into an empty folder and beside what others wrote, and that all of it works.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use lookback::testing::TestRepository;

use crate::harness::{files, git, lookback};

fn commit(folder: &Path) {
    let author = ["-c", "user.name=Mina Park", "-c", "user.email=mina@example.com", "-c", "core.hooksPath=/dev/null"];
    git(folder, &["add", "--all"]);
    git(folder, &[&author[..], &["commit", "--quiet", "--date", "2026-06-01T00:00:00Z", "-m", "Prepare"]].concat());
}

/// Files of the work tree, without those of git.
fn work_tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    files(folder).into_iter().filter(|(path, _)| !path.starts_with(".git/")).collect()
}

/// `new`, `check` and `build`, as an author would; returns the rules that found something.
fn used(folder: &Path) -> BTreeSet<String> {
    let run = lookback(folder, &["new", "Checkout answered 503", "--severity", "SEV2", "--service", "checkout", "--started", "2026-05-30 09:00 UTC"]);
    assert_eq!(run.code, 0, "{run}");
    commit(folder);
    let run = lookback(folder, &["check", "--format", "json"]);
    assert_eq!(run.code, 0, "{run}");
    let printed: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let build = lookback(folder, &["build"]);
    assert_eq!(build.code, 0, "{build}");
    assert!(folder.join("site/internal/index.html").exists() && folder.join("site/public/index.html").exists());
    printed["findings"].as_array().unwrap().iter().map(|one| one["rule"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn an_empty_folder_becomes_a_repository_that_works() {
    let parent = tempfile::tempdir().unwrap();
    let run = lookback(parent.path(), &["init", "postmortems-of-ours"]);
    insta::assert_snapshot!(run, @r"
    exit 0
    --- stdout
    made a git repository in [DIR]/postmortems-of-ours
    wrote  lookback.yml
    wrote  postmortems/_template.md
    wrote  postmortems/2026/05/2026-05-31-example.md
    wrote  .github/workflows/postmortems.yml
    wrote  .git/hooks/pre-commit
    wrote  .gitignore

    Look through what was written and commit it; the step of the workflow that installs lookback may be another one for you.
    Then: lookback check, lookback new TITLE, lookback build
    ");
    let folder = parent.path().join("postmortems-of-ours");
    // The example is a draft with nothing to find.
    let run = lookback(&folder, &["check", "--deny-warnings"]);
    assert_eq!((run.code, run.out.as_str()), (0, "1 document checked, nothing found\n"), "{run}");
    assert_eq!(used(&folder), ["empty-section", "missing-actions", "missing-field", "no-evidence-link"].map(str::to_owned).into());
    // What is built is not for git, and a second run finds everything in its place.
    let before = work_tree(&folder);
    let again = lookback(&folder, &["init"]);
    assert!(again.code == 0 && !again.out.contains("wrote"), "{again}");
    assert_eq!(work_tree(&folder), before);
}

#[test]
fn korean_is_spoken_where_the_configuration_says_so() {
    let repository = TestRepository::new();
    fs::write(repository.path().join("lookback.yml"), "site: {languages: [ko]}\ncontent: 장애\nservices: [{id: checkout}]\n").unwrap();
    let run = lookback(repository.path(), &["init"]);
    assert_eq!(run.code, 0, "{run}");
    assert!(fs::read_to_string(repository.path().join("장애/_template.md")).unwrap().contains("\n## 타임라인\n"));
    let run = lookback(repository.path(), &["check", "--deny-warnings"]);
    assert_eq!((run.code, run.out.as_str()), (0, "1 document checked, nothing found\n"), "{run}");
}

const REPORT: &str = "# Search was down\n\n## Impact\nNo results.\n\n## Timeline\n- 2025-03-01 09:00 UTC it stops\n\n## Root cause\nA full disk.\n";

/// A repository with a history, reports, an ignore file, a pipeline and a hook of its own.
fn foreign() -> TestRepository {
    let mut repository = TestRepository::new();
    repository.write("docs/outages/2025/search.md", REPORT).write("docs/outages/2025/login.md", REPORT.replace("Search", "Login"));
    repository.write("docs/guide.md", "# Guide\n").write(".gitignore", "target\r\n*.log").write(".gitlab-ci.yml", "test: {script: [make]}\n");
    repository.write(".github/dependabot.yml", "version: 2\n").commit("Start");
    repository.checkout();
    fs::create_dir_all(repository.path().join(".git/hooks")).unwrap();
    fs::write(repository.path().join(".git/hooks/pre-commit"), "#!/bin/sh\nexit 0\n").unwrap();
    repository
}

#[test]
fn a_repository_keeps_what_it_has() {
    let repository = foreign();
    let before = files(repository.path());
    let run = lookback(&repository.path().join("docs"), &["init"]);
    insta::assert_snapshot!(run, @r"
    exit 0
    --- stdout
    wrote  lookback.yml
    wrote  docs/outages/_template.md
    wrote  .github/workflows/postmortems.yml
    wrote  .gitlab/postmortems.gitlab-ci.yml
    wrote  .gitignore (one line more: /site/)
    kept   .gitlab-ci.yml: is there already: add `include: [{local: .gitlab/postmortems.gitlab-ci.yml}]` to it
    kept   .git/hooks/pre-commit: is there already: let it run `lookback --quiet check --since HEAD`

    Look through what was written and commit it; the step of the workflow that installs lookback may be another one for you.
    Then: lookback check, lookback new TITLE, lookback build
    ");
    let after = work_tree(repository.path());
    for (path, bytes) in before.iter().filter(|(path, _)| !path.starts_with(".git/") || path.contains("hooks/")) {
        let now = fs::read(repository.path().join(path)).unwrap();
        if path == ".gitignore" {
            assert_eq!(now, b"target\r\n*.log\r\n/site/\r\n");
        } else {
            assert!(now == *bytes, "{path} changed");
        }
    }
    // Reports are there: no example.
    assert_eq!(after.keys().filter(|path| path.starts_with("docs/outages/")).count(), 3);
    let rules = used(repository.path());
    assert!(rules.contains("missing-front-matter"), "{rules:?}");
}

#[test]
fn workflows_can_be_read_and_do_what_the_product_says() {
    let repository = foreign();
    lookback(repository.path(), &["init"]);
    let read = |path: &str| -> serde_yaml::Value { serde_yaml::from_str(&fs::read_to_string(repository.path().join(path)).unwrap()).unwrap() };
    let github = read(".github/workflows/postmortems.yml");
    assert_eq!(github["on"]["push"]["branches"][0], "main");
    for (job, command) in [("check", "lookback check --since"), ("build", "lookback build")] {
        let steps = github["jobs"][job]["steps"].as_sequence().unwrap();
        assert_eq!(steps[0]["with"]["fetch-depth"], 0);
        assert!(steps.iter().any(|step| step["run"].as_str().is_some_and(|run| run.contains(command))), "{job}");
    }
    assert_eq!(github["jobs"]["check"]["steps"][2]["env"]["BASE"], "${{ github.base_ref }}");
    let gitlab = read(".gitlab/postmortems.gitlab-ci.yml");
    for job in ["postmortems-check", "postmortems-build"] {
        assert_eq!(gitlab[job]["variables"]["GIT_DEPTH"], "0");
    }
}

#[cfg(unix)]
#[test]
fn the_hook_runs_where_none_was() {
    use std::os::unix::fs::PermissionsExt;
    let repository = TestRepository::new();
    git(repository.path(), &["config", "core.autocrlf", "false"]);
    lookback(repository.path(), &["init"]);
    let hook = repository.path().join(".git/hooks/pre-commit");
    assert_eq!(fs::metadata(&hook).unwrap().permissions().mode() & 0o777, 0o755);
    // With the program at hand, a commit with an error is refused.
    let program = Path::new(env!("CARGO_BIN_EXE_lookback")).parent().unwrap();
    let paths = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let run = |text: &str| {
        fs::create_dir_all(repository.path().join("postmortems")).unwrap();
        fs::write(repository.path().join("postmortems/a.md"), text).unwrap();
        let mut command = std::process::Command::new("sh");
        command.current_dir(repository.path()).arg(&hook).env("PATH", &paths);
        command.output().unwrap().status.success()
    };
    assert!(run(REPORT));
    assert!(!run("---\nowner: A\nstatus: final\n---\n"));
    commit(repository.path());
    assert!(run("---\nowner: A\nstatus: draft\n---\n"));
    assert!(!run("---\nowner: A\nstatus: final\ntitle: B\n---\n"));
}

#[test]
fn other_keepers_of_hooks_and_named_forges_are_respected() {
    let repository = TestRepository::new();
    fs::write(repository.path().join("lefthook.yml"), "").unwrap();
    git(repository.path(), &["remote", "add", "origin", "git@gitlab.example.com:ours/postmortems.git"]);
    let run = lookback(repository.path(), &["init"]);
    assert!(run.out.contains("kept   lefthook.yml: looks after the hooks"), "{run}");
    assert!(!repository.path().join(".git/hooks/pre-commit").exists() && !repository.path().join(".github").exists());
    assert!(repository.path().join(".gitlab-ci.yml").exists());
}

#[test]
fn what_can_t_be_prepared_is_said() {
    let repository = foreign();
    insta::assert_snapshot!(lookback(repository.path(), &["init", "docs"]), @r"
    exit 2
    --- stderr
    error: [DIR]/docs lies inside the repository [DIR]
    hint: run `lookback init` for that one, or make this folder a repository of its own with `git init`
    ");
    insta::assert_snapshot!(lookback(repository.path(), &["init", "--rev", "HEAD"]), @r"
    exit 2
    --- stderr
    error: a commit can't be prepared
    hint: leave out `--rev`: files are written into the work tree
    ");
    fs::write(repository.path().join("lookback.yml"), "contents: docs\n").unwrap();
    let run = lookback(repository.path(), &["init"]);
    assert!(run.code == 2 && run.error.contains("unknown key `contents`"), "{run}");
    let mut bare = TestRepository::bare();
    bare.write("a.md", "# A\n").commit("Start");
    insta::assert_snapshot!(lookback(bare.path(), &["init"]), @r"
    exit 2
    --- stderr
    error: a bare repository has no files to prepare
    hint: run it in a clone
    ");
}
