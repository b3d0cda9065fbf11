//! Time of the history walk over a repository, beside `git log --name-status -M` over the same.
//!
//! `cargo bench --bench history -- REPOSITORY [CONTENT [INCLUDE]] [--rev REV] [--trails]`
//!
//! `CONTENT` is the content root (default `postmortems`), `INCLUDE` a glob below it. `--trails` prints every revision as `PATH<TAB>COMMIT<TAB>PATH THEN`
//! instead, oldest first, to be compared with `git log --follow`.
#![allow(clippy::print_stdout, clippy::expect_used, reason = "a program for the terminal of whoever measures")]
#![allow(missing_docs, reason = "no interface")]

use std::{
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use lookback::{
    config::Content,
    repo::{Repository, SnapshotOptions},
};

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: usize = 5;

fn main() {
    let mut words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let prints_trails = words.iter().position(|word| word == "--trails").map(|place| words.remove(place)).is_some();
    let revision = words.iter().position(|word| word == "--rev").map(|place| words.drain(place..place + 2).nth(1).expect("--rev REV"));
    let Some(directory) = words.first().map(Path::new) else {
        println!("no repository named: nothing measured");
        return;
    };
    let root = words.get(1).map_or("postmortems", String::as_str);
    let content = Content::new(root, words.get(2..).unwrap_or_default(), &[]).expect("a glob");
    let snapshot = || {
        let repository = Repository::open(directory, revision.as_deref()).expect("a repository");
        repository.snapshot(&content, &SnapshotOptions::default()).expect("a snapshot")
    };
    if prints_trails {
        for (path, trail) in &snapshot().history().trails {
            for revision in &trail.revisions {
                println!("{path}\t{}\t{}", revision.commit.id, revision.path);
            }
        }
        return;
    }
    let taken = snapshot();
    let revisions: usize = taken.history().trails.values().map(|trail| trail.revisions.len()).sum();
    println!("{} documents, {} commits, {revisions} revisions", taken.documents().count(), taken.history().commits);
    let common =
        Command::new("git").arg("-C").arg(directory).args(["rev-parse", "--path-format=absolute", "--git-common-dir"]).output().expect("git");
    let known = Path::new(String::from_utf8_lossy(&common.stdout).trim()).join("lookback");
    let ours = best(|| {
        // It is not there in the first round, and where it can't be written.
        let _ = std::fs::remove_dir_all(&known);
        drop(snapshot());
    });
    let again = best(|| drop(snapshot()));
    let log = best(|| {
        let mut git = Command::new("git");
        git.arg("-C").arg(directory).args(["log", "--name-status", "-M", "--format=%H", revision.as_deref().unwrap_or("HEAD")]);
        assert!(git.stdout(Stdio::null()).status().expect("git").success(), "git log fails");
    });
    let ratio = |time: Duration| time.as_secs_f64() / log.as_secs_f64();
    println!("snapshot {:.2} s, git log {:.2} s, ratio {:.2}", ours.as_secs_f64(), log.as_secs_f64(), ratio(ours));
    println!("with what an earlier run learnt {:.2} s, ratio {:.2}", again.as_secs_f64(), ratio(again));
}

/// The shortest of a few rounds: what the machine can do when nothing else is in the way.
fn best(work: impl Fn()) -> Duration {
    let round = |_| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..ROUNDS).map(round).min().unwrap_or_default()
}
