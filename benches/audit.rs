//! What the leak audit costs: the sites of a repository made with it and without it.
//!
//! `cargo bench --bench audit -- REPOSITORY [ROUNDS]`
//!
//! Both halves begin at the repository, as a build does; nothing is written. Of several rounds the fastest counts.
#![allow(clippy::print_stdout, clippy::expect_used, reason = "a program for the terminal of whoever measures")]
#![allow(missing_docs, reason = "no interface")]

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use lookback::{
    pipeline::{Loaded, Sites, settings},
    repo::Repository,
    theme::Overrides,
};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let Some(directory) = words.first().map(Path::new) else {
        println!("no repository named: nothing measured");
        return;
    };
    let rounds: usize = words.get(1).map_or(3, |rounds| rounds.parse().expect("a number of rounds"));
    let now = "2026-06-01T00:00:00Z".parse().expect("a time");
    let overrides = Arc::new(Overrides::new());
    let load = || {
        let repository = Repository::open(directory, None).expect("a repository");
        let settings = settings(&repository).expect("a configuration");
        let loaded = Loaded::new(&repository, settings, None, now).expect("its postmortems");
        (repository, loaded)
    };
    // What is read for the first time is not measured.
    drop(load());
    let (mut without, mut with) = (Duration::MAX, Duration::MAX);
    for _ in 0..rounds {
        without = without.min(timed(|| {
            let (repository, loaded) = load();
            let files = Sites::unaudited(&loaded, &repository, &overrides).expect("sites");
            std::mem::forget(loaded);
            files
        }));
        with = with.min(timed(|| {
            let (repository, loaded) = load();
            let sites = Sites::make(&loaded, &repository, &overrides, &[]).expect("sites");
            assert!(sites.refused().is_empty(), "{:?}", sites.refused());
            std::mem::forget(loaded);
            1
        }));
    }
    println!(
        "without the audit {:.3} s, with it {:.3} s: {:.2} times",
        without.as_secs_f64(),
        with.as_secs_f64(),
        with.as_secs_f64() / without.as_secs_f64()
    );
}

fn timed(work: impl FnOnce() -> usize) -> Duration {
    let start = Instant::now();
    assert!(work() > 0, "nothing was made");
    start.elapsed()
}
