//! What lookback says, and with which exit code, when it can't do its job: one message, and what to do.

use lookback::testing::TestRepository;

use crate::harness::{APPROVED, Edit, PATH, REPORT, files, git, lookback, program};

/// A repository with the report in its work tree.
fn repository() -> TestRepository {
    with_configuration("")
}

fn with_configuration(text: &str) -> TestRepository {
    let mut repository = TestRepository::new();
    repository.write("lookback.yml", text).write(PATH, REPORT).commit(APPROVED);
    repository.checkout();
    repository
}

fn refused(configuration: &str) -> String {
    let run = lookback(with_configuration(configuration).path(), &["check"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""), "{run}");
    run.error.trim_end().to_owned()
}

#[test]
fn outside_a_repository() {
    let folder = tempfile::tempdir().unwrap();
    insta::assert_snapshot!(lookback(folder.path(), &["check"]), @r"
    exit 2
    --- stderr
    error: [DIR] is not inside a git repository
    hint: run lookback inside a repository, name one with `--repo DIR`, or create one with `git init`
    ");
}

#[test]
fn a_repository_without_a_commit_is_read_from_its_work_tree() {
    let repository = TestRepository::new();
    insta::assert_snapshot!(lookback(repository.path(), &["check"]), @r"
    exit 2
    --- stderr
    error: there is no content folder `postmortems`
    hint: name the folder of the postmortems as `content:` in lookback.yml
    ");
    repository.write_uncommitted(PATH, REPORT);
    assert_eq!(lookback(repository.path(), &["check", "-q"]).code, 0);
    let built = lookback(repository.path(), &["build"]);
    assert_eq!(built.code, 0, "{built}");
    assert!(built.out.contains("public: 0 published, 1 held back\n  a is in no commit yet\n"), "{built}");
    insta::assert_snapshot!(lookback(repository.path(), &["check", "--rev", "HEAD"]), @r"
    exit 2
    --- stderr
    error: the repository has no commit yet
    hint: commit something first, or leave out `--rev` and `--since` to read the work tree as it is
    ");
}

#[test]
fn a_shallow_clone_is_refused_unless_one_insists() {
    let mut origin = repository();
    origin.write(PATH, REPORT.edit("420 orders", "421 orders")).commit("Recount");
    origin.checkout();
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["clone", "--quiet", "--depth", "1", &format!("file://{}", origin.path().display()), "clone"]);
    let clone = folder.path().join("clone");
    insta::assert_snapshot!(lookback(&clone, &["build"]), @r"
    exit 2
    --- stderr
    error: this is a shallow clone: who wrote and approved which text when can't be told from it
    hint: fetch the whole history (`fetch-depth: 0` in CI, `git fetch --unshallow`), or pass --allow-shallow to build with a notice on every internal page
    ");
    insta::assert_snapshot!(lookback(&clone, &["history", "a"]), @r"
    exit 2
    --- stderr
    error: this is a shallow clone: who wrote and approved which text when can't be told from it
    hint: fetch the whole history (`fetch-depth: 0` in CI, `git fetch --unshallow`), or pass --allow-shallow to build with a notice on every internal page
    ");
    assert!(!clone.join("site").exists());

    let check = lookback(&clone, &["check"]);
    assert_eq!(check.code, 0, "{check}");
    insta::assert_snapshot!(check.error, @"warning: this clone is shallow or partial: dates and approvals may be wrong (fetch-depth: 0, or `git fetch --unshallow`)");

    let built = lookback(&clone, &["build", "--allow-shallow"]);
    assert_eq!(built.code, 0, "{built}");
    let notice = "Incomplete history";
    for (path, bytes) in files(&clone.join("site/internal")).iter().filter(|(path, _)| path.ends_with(".html")) {
        assert!(String::from_utf8_lossy(bytes).contains(notice), "{path} says nothing of the shallow clone");
    }
    for (path, bytes) in files(&clone.join("site/public")).iter().filter(|(path, _)| path.ends_with(".html")) {
        assert!(!String::from_utf8_lossy(bytes).contains(notice), "{path}");
    }
}

#[test]
fn the_folder_of_the_postmortems_is_missing() {
    insta::assert_snapshot!(refused("content: reports\n"), @r"
    error: there is no content folder `reports`
    hint: name the folder of the postmortems as `content:` in lookback.yml
    ");
}

#[test]
fn the_configuration_says_something_unknown() {
    insta::assert_snapshot!(refused("review:\n  aproval: 2\n"), @r"
    error: unknown key `aproval`
     --> lookback.yml:2:3
      |
    2 |   aproval: 2
      |   ^^^^^^^
      |
      = help: did you mean `approvals`?
    ");
    insta::assert_snapshot!(refused("rules: {vague-tine: error}\n"), @r"
    error: unknown rule `vague-tine`
     --> lookback.yml:1:9
      |
    1 | rules: {vague-tine: error}
      |         ^^^^^^^^^^
      |
      = help: did you mean `vague-time`?
    ");
    insta::assert_snapshot!(refused("site: {timezone: Berlin}\n"), @r"
    error: `Berlin` is no time zone
     --> lookback.yml:1:18
      |
    1 | site: {timezone: Berlin}
      |                  ^^^^^^
      |
      = help: use a name of the IANA database, such as `Europe/Berlin` or `Asia/Seoul`
    ");
    insta::assert_snapshot!(refused("audiences: {owner: {}}\n"), @r"
    error: `owner` can't be the name of an audience
     --> lookback.yml:1:13
      |
    1 | audiences: {owner: {}}
      |             ^^^^^
      |
      = help: use lower-case letters, digits and `-`; names of front matter keys are reserved
    ");
    insta::assert_snapshot!(refused("site: {languages: [xx]}\n"), @r"
    error: there is no interface language `xx`
    hint: languages that ship: en, ko
    ");
    insta::assert_snapshot!(refused("privacy: {forbid: ['(']}\n"), @r"
    error: this is no regular expression: unclosed group
     --> lookback.yml:1:20
      |
    1 | privacy: {forbid: ['(']}
      |                    ^^^
      |
      = help: the syntax is that of Rust's regex crate
    ");
}

#[test]
fn the_configuration_is_no_yaml() {
    insta::assert_snapshot!(refused("site: {title: A\nreview: {}\n"), @r"
    error: `{` is opened here and never closed
     --> lookback.yml:1:7
      |
    1 | site: {title: A
      |       ^^^^^^^^^
      |
      = help: close it with `}`, or put the value in quotes if it is text
    ");
}

#[test]
fn the_output_cannot_be_used() {
    let repository = repository();
    let build = |out: &str| {
        let before = files(repository.path());
        let run = lookback(repository.path(), &["build", "--out", out]);
        assert!(files(repository.path()) == before, "something was written");
        run
    };
    repository.write_uncommitted("file", "mine").write_uncommitted("other/public/index.html", "mine");
    insta::assert_snapshot!(build("file"), @r"
    exit 2
    --- stderr
    error: [DIR]/file: the output path is a file
    hint: choose another folder with --out
    ");
    insta::assert_snapshot!(build("postmortems"), @r"
    exit 2
    --- stderr
    error: [DIR]/postmortems: the output folder is or contains the content folder
    hint: choose a folder beside it with --out
    ");
    insta::assert_snapshot!(build("postmortems/site"), @r"
    exit 2
    --- stderr
    error: [DIR]/postmortems/site: the output folder lies inside the content folder
    hint: choose a folder beside it with --out
    ");
    insta::assert_snapshot!(build("."), @r"
    exit 2
    --- stderr
    error: [DIR]: the output folder is or contains the content folder
    hint: choose a folder beside it with --out
    ");
    insta::assert_snapshot!(build("other"), @r"
    exit 2
    --- stderr
    error: [DIR]/other/public: this folder was not written by lookback
    hint: move it away, or choose another folder with --out
    ");
}

#[test]
fn the_output_holds_files_of_the_repository() {
    let mut repository = repository();
    repository.write("docs/index.html", "tracked").commit("Publish by hand");
    insta::assert_snapshot!(lookback(&repository.checkout(), &["build", "--out", "docs"]), @r"
    exit 2
    --- stderr
    error: [DIR]/docs: the output folder holds files that git tracks
    hint: add it to .gitignore and run `git rm -r --cached` on it, or choose another folder with --out
    ");
}

#[test]
fn names_that_nothing_has() {
    let repository = repository();
    let run = |arguments: &[&str]| lookback(repository.path(), arguments);
    insta::assert_snapshot!(run(&["build", "--audience", "publik"]), @r"
    exit 2
    --- stderr
    error: there is no audience `publik`
    hint: configured: internal, public
    ");
    insta::assert_snapshot!(run(&["explain", "missing-sections"]), @r"
    exit 2
    --- stderr
    error: there is no rule `missing-sections`
    hint: did you mean `missing-section`?
    ");
    insta::assert_snapshot!(run(&["explain", "xyz"]), @r"
    exit 2
    --- stderr
    error: there is no rule `xyz`
    hint: `lookback rules` lists them
    ");
    insta::assert_snapshot!(run(&["history", "b"]), @r"
    exit 2
    --- stderr
    error: there is no postmortem `b`
    hint: the nearest id is `a`
    ");
    insta::assert_snapshot!(run(&["check", "postmortems/b.md"]), @r"
    exit 2
    --- stderr
    error: postmortems/b.md does not exist
    hint: paths are relative to the current directory or to the repository
    ");
    insta::assert_snapshot!(run(&["check", "--rev", "release"]), @r"
    exit 2
    --- stderr
    error: `release` is no revision of this repository: revspec 'release' not found
    hint: `git log --oneline --all` lists the commits that are here; a branch of a remote is written `origin/NAME`, after `git fetch`
    ");
    insta::assert_snapshot!(run(&["check", "--repo", "nowhere"]), @r"
    exit 2
    --- stderr
    error: [DIR]/nowhere is not inside a git repository
    hint: run lookback inside a repository, name one with `--repo DIR`, or create one with `git init`
    ");
}

#[test]
fn a_path_outside_the_repository_is_not_checked() {
    let repository = repository();
    let other = tempfile::NamedTempFile::new().unwrap();
    let run = lookback(repository.path(), &["check", other.path().to_str().unwrap()]);
    assert_eq!(run.code, 2, "{run}");
    assert!(run.error.contains("lies outside the repository [DIR]"), "{run}");
}

#[test]
fn the_demo_overwrites_nothing() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("mine"), "").unwrap();
    insta::assert_snapshot!(lookback(folder.path(), &["demo", "."]), @r"
    exit 2
    --- stderr
    error: . is not an empty folder
    hint: name a new one; the demo overwrites nothing
    ");
}

#[test]
fn arguments_that_mean_nothing() {
    let folder = tempfile::tempdir().unwrap();
    // The width of a terminal would break the lines elsewhere.
    let run = |arguments: &[&str]| program(folder.path(), arguments, &[]);
    insta::assert_snapshot!(run(&["chek"]), @r"
    exit 2
    --- stderr
    error: unrecognized subcommand 'chek'

      tip: some similar subcommands exist: 'schema', 'check'

    Usage: lookback [OPTIONS] <COMMAND>

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(run(&["check", "--formt", "json"]), @r"
    exit 2
    --- stderr
    error: unexpected argument '--formt' found

      tip: a similar argument exists: '--format'

    Usage: lookback check --format <FORMAT> [PATHS]...

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(run(&["check", "--now", "yesterday"]), @r"
    exit 2
    --- stderr
    error: invalid value 'yesterday' for '--now <TIME>': write it as 2026-03-14T09:30:00Z

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(program(folder.path(), &["rules"], &[("SOURCE_DATE_EPOCH", "today")]), @r"
    exit 2
    --- stderr
    error: SOURCE_DATE_EPOCH is `today`, which is no number of seconds
    hint: set it to seconds since 1970-01-01, or unset it
    ");
}
