//! The commands of `docs/approvals.md` do what the page says: its scripts run here, with the forge's answers made up.
#![cfg(unix)]

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
};

use lookback::testing::TestRepository;
use tempfile::TempDir;

use crate::harness::{PATH, REPORT, git, lookback};

const PAGE: &str = include_str!("../../docs/approvals.md");

/// Fenced blocks of a language.
fn blocks(language: &str) -> Vec<&'static str> {
    let fenced = PAGE.split("```").skip(1).step_by(2);
    fenced.filter_map(|block| block.split_once('\n')).filter(|(name, _)| *name == language).map(|(_, block)| block).collect()
}

/// The shell script of a block of YAML: what is indented below its first `|`.
fn script(block: &str) -> String {
    let mut lines = block.lines().skip_while(|line| !line.ends_with("- |") && !line.ends_with(": |")).skip(1).peekable();
    let indentation = lines.peek().map_or(0, |line| line.len() - line.trim_start().len());
    lines.map(|line| line.get(indentation..).unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// A forge with the report of Ada, which was merged by a squash, and a clone of its main branch.
struct Forge {
    folder: TempDir,
    clone: PathBuf,
}

impl Forge {
    /// `head` is where the forge keeps the last commit of the request.
    fn new(head: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut repository = TestRepository::new();
        let people = "people: [{name: Ola Berg, email: ola@example.com, handle: olaberg}]\n";
        repository.write("lookback.yml", people).commit("Configure");
        repository.branch("topic").write(PATH, REPORT).commit("Write");
        repository.switch("main").write(PATH, REPORT).commit("Write (#7)");
        repository.checkout();
        git(repository.path(), &["update-ref", head, "topic"]);
        let (origin, clone) = (folder.path().join("origin.git"), folder.path().join("clone"));
        git(folder.path(), &["clone", "--quiet", "--mirror", repository.path().to_str().unwrap(), origin.to_str().unwrap()]);
        git(folder.path(), &["clone", "--quiet", origin.to_str().unwrap(), clone.to_str().unwrap()]);
        git(&clone, &["config", "commit.gpgSign", "false"]);
        Self { folder, clone }
    }

    /// A program of this name that prints something.
    fn answer(&self, program: &str, script: &str) {
        let path = self.folder.path().join("bin").join(program);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn run(&self, script: &str, variables: &[(&str, &str)]) {
        let lookback = Path::new(env!("CARGO_BIN_EXE_lookback")).parent().unwrap();
        let path = format!("{}:{}:{}", self.folder.path().join("bin").display(), lookback.display(), std::env::var("PATH").unwrap());
        let mut command = Command::new("bash");
        command.args(["-e", "-c", script]).current_dir(&self.clone).env_clear().env("PATH", path).env("HOME", self.folder.path());
        let output = command.envs(variables.iter().copied()).output().unwrap();
        let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{said}");
    }

    /// The approval that is on the trail of the main branch of the forge.
    fn approval(&self) -> serde_json::Value {
        let run = lookback(&self.folder.path().join("origin.git"), &["history", "a", "--format", "json"]);
        assert_eq!(run.code, 0, "{run}");
        let mut review = serde_json::from_str::<serde_json::Value>(&run.out).unwrap()["review"].take();
        assert_eq!(review["state"], "approved", "{run}");
        assert_eq!(review["approvals"].as_array().unwrap().len(), 1, "{run}");
        review["approvals"][0].take()
    }
}

#[test]
fn approvals_of_github_are_recorded() {
    let forge = Forge::new("refs/pull/7/head");
    forge.answer("gh", "echo olaberg; echo nobody");
    let block = blocks("yaml").into_iter().find(|block| block.starts_with("name: Record approvals")).unwrap();
    let url = "https://github.example.com/shop/reports/pull/7";
    let base = git(&forge.clone, &["rev-parse", "HEAD~1"]);
    let head = git(&forge.clone, &["rev-parse", "origin/topic"]);
    let variables = [
        ("NUMBER", "7"),
        ("URL", url),
        ("BASE", "main"),
        ("BASE_SHA", base.trim()),
        ("HEAD_SHA", head.trim()),
        ("GITHUB_REPOSITORY", "shop/reports"),
    ];
    forge.run(&script(block), &variables);
    let approval = forge.approval();
    assert_eq!((&approval["by"], &approval["via"], &approval["recorded_by"]), (&"Ola Berg".into(), &url.into(), &"github-actions[bot]".into()));
    // Running it again records nothing twice.
    forge.run(&script(block), &variables);
    forge.approval();
}

#[test]
fn approvals_of_gitlab_are_recorded() {
    if Command::new("jq").arg("--version").output().is_err() {
        return;
    }
    let forge = Forge::new("refs/merge-requests/7/head");
    let url = "https://gitlab.example.com/shop/reports/-/merge_requests/7";
    let requests = format!(r#"[{{"state":"closed","iid":6}},{{"state":"merged","iid":7,"web_url":"{url}"}}]"#);
    let approvals = r#"{"approved_by":[{"user":{"username":"olaberg"}}]}"#;
    forge.answer(
        "curl",
        &format!("case \"$*\" in *merge_requests/7/approvals) echo '{approvals}';; */merge_requests) echo '{requests}';; *) exit 22;; esac"),
    );
    let block = blocks("yaml").into_iter().find(|block| block.starts_with("record approvals:")).unwrap();
    // The forge is a folder here.
    let script = script(block).replace("https://oauth2:$TOKEN@$CI_SERVER_HOST/$CI_PROJECT_PATH.git", "origin");
    git(&forge.clone, &["checkout", "--quiet", "--detach"]);
    git(&forge.folder.path().join("origin.git"), &["config", "receive.advertisePushOptions", "true"]);
    let head = git(&forge.clone, &["rev-parse", "HEAD"]);
    let variables = [
        ("TOKEN", "token"),
        ("CI_API_V4_URL", "https://gitlab.example.com/api/v4"),
        ("CI_PROJECT_ID", "1"),
        ("CI_COMMIT_SHA", head.trim()),
        ("CI_DEFAULT_BRANCH", "main"),
    ];
    forge.run(&script, &variables);
    let approval = forge.approval();
    assert_eq!((&approval["by"], &approval["via"], &approval["recorded_by"]), (&"Ola Berg".into(), &url.into(), &"Pipeline".into()));
}

#[test]
fn an_approval_is_taken_back_as_the_page_says() {
    let forge = Forge::new("refs/pull/7/head");
    git(&forge.clone, &["config", "user.name", "Ola Berg"]);
    git(&forge.clone, &["config", "user.email", "ola@example.com"]);
    let state = || {
        let run = lookback(&forge.clone, &["history", "a", "--format", "json"]);
        serde_json::from_str::<serde_json::Value>(&run.out).unwrap()["review"].take()
    };
    assert_eq!(lookback(&forge.clone, &["approve", "a", "--yes"]).code, 0);
    assert_eq!(state()["state"], "approved");
    let command = blocks("").into_iter().find(|block| block.starts_with("git revert")).unwrap();
    forge.run(&command.replace("COMMIT", "HEAD"), &[]);
    let review = state();
    assert_eq!((&review["state"], &review["approvals"][0]["reason"]), (&"unreviewed".into(), &"reverted".into()));
}

#[test]
fn the_configurations_of_the_page_are_read() {
    let blocks = blocks("yaml");
    let configurations: Vec<_> = blocks.iter().filter(|block| block.starts_with("review:") || block.starts_with("people:")).collect();
    assert_eq!(configurations.len(), 2);
    for configuration in configurations {
        let mut repository = TestRepository::new();
        repository.write("lookback.yml", configuration).write(PATH, REPORT).commit("Write");
        let run = lookback(&repository.checkout(), &["check"]);
        assert_ne!(run.code, 2, "{run}");
    }
}
