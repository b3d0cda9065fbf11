//! `lookback approve`: what it shows, what it refuses, and the commit that it makes.

use std::{fs, path::Path};

use lookback::testing::TestRepository;

use crate::harness::{Edit, PATH, REPORT, Run, at_a_terminal, git, lookback};

/// A repository with the report by Ada and another one by Bo, in which git knows the user as somebody.
fn written_for(who: &str) -> TestRepository {
    let mut repository = TestRepository::new();
    repository.write(PATH, REPORT).commit("Write a");
    repository.author("Bo Lind <bo@example.com>").write("postmortems/b.md", REPORT.edit("Connections", "More connections")).commit("Write b");
    repository.checkout();
    is_user(repository.path(), who);
    repository
}

fn is_user(folder: &Path, who: &str) {
    let (name, email) = who.split_once(" <").unwrap();
    for (key, value) in
        [("user.name", name), ("user.email", email.trim_end_matches('>')), ("commit.gpgSign", "false"), ("core.hooksPath", ".git/hooks")]
    {
        git(folder, &["config", key, value]);
    }
}

const GRACE: &str = "Grace Okafor <grace@example.com>";

fn head(folder: &Path) -> String {
    git(folder, &["rev-parse", "HEAD"])
}

/// What a run said, with commit ids and the date of today taken out.
fn told(run: &Run) -> String {
    let hidden = |word: &str| {
        let id = word.trim_end_matches([':', ',', ';']);
        let is_id = id.len() == 10 && id.chars().all(|character| character.is_ascii_hexdigit());
        let is_today = id.len() == 10 && id.split('-').count() == 3 && !id.starts_with("2026-01-");
        if is_id {
            word.replace(id, "[ID]")
        } else if is_today {
            word.replace(id, "[TODAY]")
        } else {
            word.to_owned()
        }
    };
    let line = |line: &str| line.split(' ').map(hidden).collect::<Vec<_>>().join(" ");
    format!("{}\nexit {}\n{}", run.out, run.code, run.error).lines().map(line).collect::<Vec<_>>().join("\n")
}

fn state(folder: &Path, id: &str) -> serde_json::Value {
    let run = lookback(folder, &["history", id, "--format", "json"]);
    assert_eq!(run.code, 0, "{run}");
    serde_json::from_str::<serde_json::Value>(&run.out).unwrap()["review"].take()
}

/// A refusal: exit 2, these words, and no commit.
fn refused(folder: &Path, arguments: &[&str], words: &[&str]) {
    let before = head(folder);
    let run = lookback(folder, arguments);
    assert_eq!((run.code, head(folder)), (2, before), "{run}");
    for word in words {
        assert!(run.error.contains(word), "`{word}` is missing in {run}");
    }
}

#[test]
fn an_approval_is_a_commit_that_says_so_and_changes_nothing() {
    let repository = written_for(GRACE);
    let folder = repository.path();
    let run = lookback(folder, &["approve", "a", "--yes"]);
    insta::assert_snapshot!(told(&run), @r"
    Connections of the order store ran out
    a · postmortems/a.md
    never approved before:
      2026-01-01 00:00 +00:00 [ID] Ada Meyer: Write a
          First version
    this text has 0 of 1 approval

    [ID]: a approved by Grace Okafor <grace@example.com>

    exit 0
    ");
    assert_eq!(
        git(folder, &["log", "-1", "--format=%an <%ae>%n%B"]).trim(),
        "Grace Okafor <grace@example.com>\nReview a\n\nReviewed-by: Grace Okafor <grace@example.com>\nPostmortem: a"
    );
    assert_eq!(git(folder, &["diff", "--stat", "HEAD~1", "HEAD"]), "");
    assert_eq!(state(folder, "a")["state"], "approved");
    assert_eq!(state(folder, "b")["state"], "unreviewed");
}

#[test]
fn what_is_shown_are_the_changes_since_the_approved_text() {
    let mut repository = written_for(GRACE);
    assert_eq!(lookback(repository.path(), &["approve", "a", "--yes"]).code, 0);
    repository
        .switch("main")
        .author("Ada Meyer <ada@example.com>")
        .write(PATH, REPORT.edit("420 orders failed", "421 orders failed"))
        .commit("Recount");
    repository.checkout();
    insta::assert_snapshot!(told(&lookback(repository.path(), &["approve", "a", "--yes"])), @r"
    Connections of the order store ran out
    a · postmortems/a.md
    changed since the approved text in [ID] of [TODAY]:
      2026-01-01 02:00 +00:00 [ID] Ada Meyer: Recount
          Changed: Impact
    this text has 0 of 1 approval

    [ID]: a approved by Grace Okafor <grace@example.com>

    exit 0
    ");
}

#[test]
fn several_postmortems_are_approved_by_one_commit() {
    let repository = written_for(GRACE);
    let folder = repository.path();
    let before = head(folder);
    let run = lookback(folder, &["approve", "a", "postmortems/b.md", "A", "-y"]);
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(git(folder, &["rev-parse", "HEAD~1"]), before);
    let message = git(folder, &["log", "-1", "--format=%B"]);
    assert_eq!(message.trim(), "Review 2 postmortems\n\nReviewed-by: Grace Okafor <grace@example.com>\nPostmortem: a\nPostmortem: b");
    assert_eq!((state(folder, "a")["state"].clone(), state(folder, "b")["state"].clone()), ("approved".into(), "approved".into()));
}

#[test]
fn what_is_staged_stays_staged() {
    let repository = written_for(GRACE);
    let folder = repository.path();
    fs::write(folder.join("README.md"), "Reports\n").unwrap();
    git(folder, &["add", "README.md"]);
    assert_eq!(lookback(folder, &["approve", "a", "--yes"]).code, 0);
    assert_eq!(git(folder, &["diff", "--stat", "HEAD~1", "HEAD"]), "");
    assert_eq!(git(folder, &["status", "--porcelain"]), "A  README.md\n");
}

#[test]
fn it_asks_and_takes_only_yes_for_yes() {
    let repository = written_for(GRACE);
    let folder = repository.path();
    for answer in ["", "\n", "no\n", "what\n"] {
        let before = head(folder);
        let run = at_a_terminal(folder, &["approve", "a"], answer);
        assert_eq!((run.code, head(folder)), (0, before), "{run}");
        assert!(run.error.ends_with("Approve a as Grace Okafor <grace@example.com>? [y/N] "), "{run}");
        assert!(run.out.ends_with("nothing was recorded\n"), "{run}");
    }
    assert_eq!(at_a_terminal(folder, &["approve", "a"], "y\n").code, 0);
    assert_eq!(state(folder, "a")["state"], "approved");
}

#[test]
fn without_somebody_to_ask_it_wants_to_be_told() {
    let repository = written_for(GRACE);
    refused(repository.path(), &["approve", "a"], &["nobody is here to answer", "pass --yes"]);
}

#[test]
fn what_would_not_count_is_refused() {
    let repository = written_for(GRACE);
    let folder = repository.path();
    refused(folder, &["approve", "a", "c-checkout", "-y"], &["there is no postmortem `c-checkout`", "the nearest id is"]);
    assert_eq!(lookback(folder, &["approve", "a", "-y"]).code, 0);
    let before = head(folder);
    let again = lookback(folder, &["approve", "a", "-y"]);
    assert!(again.out.starts_with("a: Grace Okafor has approved this text already, in "), "{again}");
    assert_eq!((again.code, head(folder)), (0, before));
    is_user(folder, "Bo Lind <bo@example.com>");
    refused(
        folder,
        &["approve", "b", "-y"],
        &["an approval of `b` by Bo Lind would not count: wrote a change since the last approval", "ask somebody"],
    );
    is_user(folder, "fixer[bot] <fixer@example.com>");
    refused(folder, &["approve", "b", "-y"], &["would not count: a bot", "--as PERSON --via URL"]);
    is_user(folder, "Kim Reyes <kim@example.com>");
    fs::write(folder.join("lookback.yml"), "review: {approvers: [Grace Okafor <grace@example.com>]}\n").unwrap();
    refused(folder, &["approve", "b", "-y"], &["would not count: not a configured approver"]);
    fs::write(folder.join("lookback.yml"), "review: {accept: [merge]}\n").unwrap();
    refused(folder, &["approve", "b", "-y"], &["would not count: this kind is not accepted", "add `trailer` to `review.accept`"]);
}

#[test]
fn a_text_that_is_not_committed_is_refused() {
    let mut repository = TestRepository::new();
    repository.write("postmortems/a/index.md", REPORT).write("postmortems/a/graph.png", "one").commit("Write");
    repository.checkout();
    let folder = repository.path();
    is_user(folder, GRACE);
    fs::write(folder.join("postmortems/a/graph.png"), "two").unwrap();
    refused(folder, &["approve", "a", "-y"], &["`a` has changes that are not committed"]);
    fs::write(folder.join("postmortems/a/graph.png"), "one").unwrap();
    fs::write(folder.join("postmortems/a/index.md"), REPORT.edit("420 orders failed", "421 orders failed")).unwrap();
    refused(folder, &["approve", "a", "-y"], &["`a` has changes that are not committed"]);
    fs::write(folder.join("postmortems/new.md"), REPORT).unwrap();
    refused(folder, &["approve", "new", "-y"], &["`new` has changes that are not committed"]);
}

#[test]
fn continuous_integration_records_for_others_and_says_where() {
    let repository = written_for("ci <ci@example.com>");
    let folder = repository.path();
    let url = "https://git.example.com/shop/reports/pull/7";
    refused(folder, &["approve", "b", "-y", "--as", "Bo Lind <bo@example.com>", "--via", url], &["by Bo Lind would not count: wrote a change"]);
    refused(folder, &["approve", "a", "-y", "--as", "@nobody", "--via", url], &["names nobody that can be identified"]);
    for incomplete in [&["--as", GRACE][..], &["--via", url], &["--as", GRACE, "--via", "pull request 7"]] {
        refused(folder, &[&["approve", "a", "-y"], incomplete].concat(), &[]);
    }
    // Bo is known by the commits that he made.
    let run = lookback(folder, &["approve", "a", "-y", "--as", "Bo Lind", "--via", url]);
    assert!(run.out.ends_with("a approved by Bo Lind <bo@example.com>, recorded by ci\n"), "{run}");
    let approval = &state(folder, "a")["approvals"][0];
    assert_eq!(approval["by"], "Bo Lind");
    assert_eq!(approval["counts"], true);
    assert_eq!(approval["recorded_by"], "ci");
    assert_eq!(approval["via"], url);
    let history = lookback(folder, &["history", "a"]);
    assert!(history.out.contains(&format!("approved by Bo Lind (trailer, unsigned, recorded by ci, given at {url})")), "{history}");
}

#[test]
fn a_privileged_document_is_approved_and_never_shown() {
    let mut repository = TestRepository::new();
    repository.write(PATH, REPORT.edit("status: final", "status: final\nprivileged: true")).commit("Write");
    repository.write("postmortems/other.md", REPORT).commit("Write another");
    repository.checkout();
    let folder = repository.path();
    is_user(folder, GRACE);
    let run = lookback(folder, &["approve", "a", "--yes"]);
    insta::assert_snapshot!(told(&run), @r"
    a: privileged, so nothing of it is shown

    [ID]: a approved by Grace Okafor <grace@example.com>

    exit 0
    ");
    refused(folder, &["approve", "aa", "-y"], &["the nearest id is `other`"]);
}

#[test]
fn the_trailer_is_the_one_that_the_configuration_counts() {
    let mut repository = TestRepository::new();
    repository.write("lookback.yml", "review: {trailers: [Acked-by]}\n").write(PATH, REPORT).commit("Write");
    repository.checkout();
    is_user(repository.path(), GRACE);
    assert_eq!(lookback(repository.path(), &["approve", "a", "-y"]).code, 0);
    assert_eq!(state(repository.path(), "a")["state"], "approved");
}

#[test]
fn two_documents_with_one_id_are_told_apart_by_their_path() {
    let mut repository = TestRepository::new();
    repository.write(PATH, REPORT).write("postmortems/2026/a.md", REPORT).commit("Write");
    repository.checkout();
    let folder = repository.path();
    is_user(folder, GRACE);
    assert_eq!(lookback(folder, &["approve", "postmortems/2026/a.md", "-y"]).code, 0);
    assert_eq!(state(folder, "postmortems/2026/a.md")["state"], "approved");
    assert_eq!(state(folder, PATH)["state"], "unreviewed");
}

#[test]
fn formats_that_only_git_reads_are_fine() {
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["init", "--quiet", "--initial-branch=main", "--ref-format=reftable", "--object-format=sha256"]);
    is_user(folder.path(), "Ada Meyer <ada@example.com>");
    fs::create_dir(folder.path().join("postmortems")).unwrap();
    fs::write(folder.path().join(PATH), REPORT).unwrap();
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "-m", "Write"]);
    is_user(folder.path(), GRACE);
    let run = lookback(folder.path(), &["approve", "a", "-y"]);
    assert_eq!((run.code, run.error.as_str()), (0, ""), "{run}");
    assert_eq!(state(folder.path(), "a")["state"], "approved");
}

#[test]
fn it_needs_a_work_tree_and_nothing_under_way() {
    let mut repository = written_for(GRACE);
    refused(repository.path(), &["--rev", "HEAD", "approve", "a", "-y"], &["a commit can be made only in a work tree"]);
    repository.branch("topic").write("README.md", "Reports\n").commit("Describe");
    repository.switch("main").write("README.md", "Our reports\n").commit("Describe otherwise");
    let folder = repository.checkout();
    let merge = std::process::Command::new("git").arg("-C").arg(&folder).args(["merge", "topic"]).output().unwrap();
    assert!(!merge.status.success());
    refused(&folder, &["approve", "a", "-y"], &["a merge is under way in this work tree"]);
}

#[cfg(unix)]
fn hook(folder: &Path, name: &str, script: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    let path = folder.join(".git/hooks").join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(unix)]
#[test]
fn hooks_apply_and_what_they_make_of_the_commit_is_checked() {
    let repository = written_for(GRACE);
    let folder = repository.path();
    hook(folder, "pre-commit", "echo 'not on a Friday' >&2; exit 1");
    refused(folder, &["approve", "a", "-y"], &["`git commit` failed:\nnot on a Friday", "nothing was recorded"]);
    hook(folder, "pre-commit", "echo more > more.txt; git add more.txt");
    let run = lookback(folder, &["approve", "a", "-y"]);
    assert_eq!(run.code, 2, "{run}");
    assert!(run.error.contains("is not the approval alone: it changes files") && run.error.contains("git reset --soft HEAD~1"), "{run}");
    git(folder, &["reset", "--quiet", "--hard", "HEAD~1"]);
    hook(folder, "pre-commit", "exit 0");
    hook(folder, "commit-msg", "echo 'Review' > \"$1\"");
    let run = lookback(folder, &["approve", "a", "-y"]);
    assert!(run.code == 2 && run.error.contains("is not the approval alone: its message lacks the approval"), "{run}");
}

#[cfg(unix)]
#[test]
fn signing_applies() {
    let repository = written_for(GRACE);
    let folder = repository.path();
    let keys = tempfile::tempdir().unwrap();
    let key = keys.path().join("key");
    let made = std::process::Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&key).output();
    // Machines without OpenSSH can't sign this way.
    if made.is_err() {
        return;
    }
    let public = fs::read_to_string(key.with_extension("pub")).unwrap();
    let configure = |signers: &str| {
        fs::write(folder.join("signers"), format!("{signers} {public}")).unwrap();
        fs::write(folder.join("lookback.yml"), "review: {require_signed: true, allowed_signers: signers}\n").unwrap();
    };
    configure("grace@example.com");
    // Without a signature.
    let run = lookback(folder, &["approve", "a", "-y"]);
    assert!(run.code == 0 && run.error.contains("asks for a verified signature of the approver, which this commit lacks"), "{run}");
    git(folder, &["config", "gpg.format", "ssh"]);
    git(folder, &["config", "user.signingKey", key.to_str().unwrap()]);
    git(folder, &["config", "commit.gpgSign", "true"]);
    let run = lookback(folder, &["approve", "a", "-y"]);
    assert_eq!((run.code, run.error.as_str()), (0, ""), "{run}");
    assert!(git(folder, &["cat-file", "commit", "HEAD"]).contains("\ngpgsig -----BEGIN SSH SIGNATURE-----"));
    let told = |review: &serde_json::Value| {
        let approvals = review["approvals"].as_array().unwrap().iter();
        let told = approvals.map(|one| format!("{}, {}", one["signature"].as_str().unwrap(), one["reason"].as_str().unwrap_or("counts")));
        (review["state"].as_str().unwrap().to_owned(), told.collect::<Vec<_>>())
    };
    let unsigned = "unsigned, signature not verified".to_owned();
    assert_eq!(told(&state(folder, "a")), ("approved".to_owned(), vec![unsigned.clone(), "signed, verified, counts".to_owned()]));
    let run = lookback(folder, &["export", "--evidence", "--rev", "HEAD"]);
    let evidence: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let approval = &evidence["postmortems"][0]["approvals"][1];
    assert_eq!((&approval["signature"], &approval["signer"]["email"]), (&"signed, not verified".into(), &serde_json::Value::Null), "{approval}");
    // Without a word in the configuration, what git is configured to trust is told, and decides nothing.
    fs::write(folder.join("lookback.yml"), "{}\n").unwrap();
    git(folder, &["config", "gpg.ssh.allowedSignersFile", folder.join("signers").to_str().unwrap()]);
    let run = lookback(folder, &["history", "a"]);
    assert!(run.out.contains("approved by Grace Okafor (trailer, signed, verified)"), "{run}");
    let run = lookback(folder, &["export", "--evidence"]);
    let evidence: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let approval = &evidence["postmortems"][0]["approvals"][1];
    assert_eq!((&approval["signature"], &approval["signer"]["email"]), (&"signed, verified".into(), &"grace@example.com".into()), "{approval}");
    // A key of somebody else, and a file without the key.
    configure("bo@example.com");
    assert_eq!(told(&state(folder, "a")), ("unreviewed".to_owned(), vec![unsigned.clone(), "signed, verified, signed by somebody else".to_owned()]));
    fs::write(folder.join("signers"), "").unwrap();
    assert_eq!(told(&state(folder, "a")), ("unreviewed".to_owned(), vec![unsigned, "signed, not verified, signature not verified".to_owned()]));
    fs::remove_file(folder.join("signers")).unwrap();
    refused(folder, &["history", "a"], &["signers does not exist"]);
}
