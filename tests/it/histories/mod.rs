//! Histories as they happen to people, each with the review trail that it must give.
//!
//! A scenario is made in code and told in text: the state, then every commit that changed the document (`•`, with `moved` or `does not matter`) or
//! approved it (`✓` when it counts, `✗` with the reason), oldest first; then the commit whose text is the newest approved one.

mod branches;
mod forges;
mod people;
mod repositories;
mod reverts;
mod texts;

use std::{fmt::Write as _, path::Path};

use lookback::{
    corpus::Corpus,
    pipeline::{Loaded, settings},
    repo::Repository,
    review::Reviewed,
    testing::TestRepository,
};

use crate::harness::{PATH, REPORT};

/// Who takes part.
const ADA: &str = "Ada Meyer <ada@example.com>";
const GRACE: &str = "Grace Okafor <grace@example.com>";
const BO: &str = "Bo Lind <bo@example.com>";
const KIM: &str = "Kim Reyes <kim@example.com>";

/// One history, and its trail.
struct Scenario {
    name: &'static str,
    make: fn(&mut TestRepository),
    trail: &'static str,
}

/// Steps that scenarios share.
trait Story {
    /// Commits as somebody.
    fn commits(&mut self, who: &str, message: &str) -> String;
    /// Writes the document and commits it.
    fn writes(&mut self, who: &str, text: &str, message: &str) -> String;
    /// Commits nothing but an approval of the document.
    fn approves(&mut self, who: &str) -> String;
    /// Merges a branch into the current one.
    fn merges(&mut self, who: &str, branch: &str, message: &str) -> String;
}

impl Story for TestRepository {
    fn commits(&mut self, who: &str, message: &str) -> String {
        self.author(who).commit(message).to_string()
    }

    fn writes(&mut self, who: &str, text: &str, message: &str) -> String {
        self.write(PATH, text).commits(who, message)
    }

    fn approves(&mut self, who: &str) -> String {
        let name = who.split_whitespace().next().unwrap();
        self.commits(who, &format!("{name} reviews\n\nReviewed-by: {who}\nPostmortem: a\n"))
    }

    fn merges(&mut self, who: &str, branch: &str, message: &str) -> String {
        self.merge(&[branch]).commits(who, message)
    }
}

/// The report with so many failed orders.
fn orders(count: u32) -> String {
    REPORT.replace("420 orders failed", &format!("{count} orders failed"))
}

/// The report with another root cause.
fn cause(text: &str) -> String {
    REPORT.replace("The pool was as large as in the year before, and the traffic was not.", text)
}

/// Both, as git merges them.
fn orders_and_cause(count: u32, text: &str) -> String {
    cause(text).replace("420 orders failed", &format!("{count} orders failed"))
}

fn corpus(repository: &Repository) -> Corpus {
    // What one way learnt must not help the other.
    let _ = std::fs::remove_dir_all(repository.root().join(".git/lookback"));
    Loaded::new(repository, settings(repository).unwrap(), None, "2026-06-01T00:00:00Z".parse().unwrap()).unwrap().corpus
}

/// The trail of the document that is called `a`, else of the only one.
fn told(folder: &Path) -> String {
    told_of(&corpus(&Repository::open(folder, None).unwrap()))
}

fn told_of(corpus: &Corpus) -> String {
    let entry = corpus.find("a").unwrap_or_else(|| &corpus.entries()[0]);
    trail(entry.checked.reviewed())
}

fn trail(reviewed: &Reviewed) -> String {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for revision in reviewed.revisions() {
        let commit = &revision.revision.commit;
        let mut line = format!("• {}: {}", commit.author, commit.subject);
        for (is_so, word) in [
            (revision.revision.renamed_from.is_some(), "moved"),
            (!revision.revision.assets.is_empty(), "images"),
            (!revision.matters, "does not matter"),
            (revision.is_after_approval, "after approval"),
        ] {
            if is_so {
                let _ = write!(line, " [{word}]");
            }
        }
        lines.push((commit.position, line));
    }
    for approval in reviewed.approvals() {
        let recorded = approval.recorded_by.as_ref().map(|by| format!(", recorded by {by}")).unwrap_or_default();
        let via = approval.via.as_ref().map(|via| format!(", at {via}")).unwrap_or_default();
        let given = format!("{} by {}{recorded}{via} in `{}`", approval.kind.name(), approval.by, approval.commit.subject);
        lines.push((
            approval.commit.position,
            match approval.rejected {
                None => format!("✓ {given}"),
                Some(rejection) => format!("✗ {given}: {}", rejection.reason()),
            },
        ));
    }
    lines.sort_by_key(|(position, _)| *position);
    let mut told = format!("{}, needs {}\n", reviewed.state().name(), reviewed.required());
    for (_, line) in &lines {
        let _ = writeln!(told, "{line}");
    }
    if let Some(newest) = reviewed.approved().first() {
        let _ = writeln!(told, "newest approved text: {}", newest.commit.subject);
    }
    told
}

/// A trail as it stands in a scenario, without its indentation.
fn flush(trail: &str) -> String {
    trail.trim().lines().map(str::trim).collect::<Vec<_>>().join("\n")
}

/// Runs a table of scenarios, each through libgit2 and through the git command line, and reports all that differ at once.
fn check(scenarios: &[Scenario]) {
    let mut wrong = String::new();
    for scenario in scenarios {
        let mut repository = TestRepository::new();
        (scenario.make)(&mut repository);
        let folder = repository.checkout();
        for (way, open) in [("libgit2", Repository::open as fn(&Path, _) -> _), ("git", Repository::open_by_command_line)] {
            let found = told_of(&corpus(&open(&folder, None).unwrap()));
            if found.trim() != flush(scenario.trail) {
                let _ = writeln!(wrong, "── {} ({way})\n{found}", scenario.name);
            }
        }
    }
    assert!(wrong.is_empty(), "these trails are told otherwise:\n{wrong}");
}
