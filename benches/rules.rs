//! Time of every rule over all documents of a repository, the slowest first.
//!
//! `cargo bench --bench rules -- REPOSITORY`
//!
//! What rules share, such as the words of a body, is read in a first round, whose time is given on a line of its own; the rules are timed in a second one.
#![allow(clippy::print_stdout, clippy::expect_used, reason = "a program for the terminal of whoever measures")]
#![allow(missing_docs, reason = "no interface")]

use std::{
    path::Path,
    time::{Duration, Instant},
};

use lookback::{
    pipeline::{Loaded, settings},
    repo::Repository,
    rules::{Check, CorpusFacts, Document, RULES, Rule},
};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let Some(directory) = words.first().map(Path::new) else {
        println!("no repository named: nothing measured");
        return;
    };
    let now = "2026-06-01T00:00:00Z".parse().expect("a time");
    let repository = Repository::open(directory, None).expect("a repository");
    let settings = settings(&repository).expect("a configuration");
    let (loaded, loading) = timed(|| Loaded::new(&repository, settings, None, now).expect("its postmortems"));
    let reviewed: Vec<_> = loaded.corpus.entries().iter().map(|entry| entry.checked.reviewed()).collect();
    let facts = CorpusFacts::of(reviewed.iter().map(|reviewed| &**reviewed.parsed()));
    let mut spent = vec![(Duration::ZERO, 0_usize); RULES.len()];
    let mut shared = Duration::ZERO;
    for reviewed in &reviewed {
        let document = Document::new(reviewed.parsed(), Some(reviewed), &loaded.settings, &loaded.surroundings, now);
        shared += timed(|| RULES.iter().map(|rule| run(rule, &document, &facts)).sum::<usize>()).1;
        for (rule, (time, found)) in RULES.iter().zip(&mut spent) {
            let (count, took) = timed(|| run(rule, &document, &facts));
            *time += took;
            *found += count;
        }
    }
    let all: Duration = spent.iter().map(|(time, _)| *time).sum();
    println!("{} documents, loaded and checked on all cores in {:.2} s", reviewed.len(), loading.as_secs_f64());
    println!("rules on one core {:.2} s; what they share {:.2} s", all.as_secs_f64(), shared.saturating_sub(all).as_secs_f64());
    let mut rows: Vec<_> = RULES.iter().zip(spent).collect();
    rows.sort_by_key(|(_, (time, _))| std::cmp::Reverse(*time));
    for (rule, (time, found)) in rows {
        let share = time.as_secs_f64() / all.as_secs_f64() * 100.0;
        println!("{:28}{:>9.1} ms {share:>6.1} % {found:>8} found", rule.name, time.as_secs_f64() * 1e3);
    }
}

/// Runs a rule and counts what it finds.
fn run(rule: &Rule, document: &Document<'_>, facts: &CorpusFacts) -> usize {
    match rule.check {
        Check::Text(check) | Check::Trail(check) => check(document).len(),
        Check::Corpus(check) => check(document, facts).len(),
        Check::Parser | Check::Suppression => 0,
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}
