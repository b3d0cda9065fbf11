//! How the time of reading, checking and showing a document inside grows with its size, for texts that ask for as much work as they can.
//!
//! `cargo bench --bench growth -- [SIZE [WORDS OF A NAME]]`
//!
//! Each text is taken with SIZE pieces (default 4,000) and with four times as many; linear work takes four times as long. What takes more than
//! eight times as long, and long enough to be measured, is marked.
#![allow(clippy::print_stdout, clippy::expect_used, clippy::unwrap_used, reason = "a program for the terminal of whoever measures")]
#![allow(missing_docs, reason = "no interface")]

use std::{
    collections::BTreeSet,
    sync::Arc,
    time::{Duration, Instant},
};

use lookback::{
    config::Settings,
    corpus::Corpus,
    i18n::Catalogue,
    repo::{History, Repository, SnapshotOptions},
    review::Reviewed,
    rules::{Checked, CorpusFacts, Document, Surroundings, check_text, guards, names},
    source::{Parsed, parse},
    testing::TestRepository,
    text::Source,
    view::InternalPages,
};

#[path = "../tests/it/hostile_texts.rs"]
mod hostile_texts;

/// Below this nothing can be said of growth.
const SHORTEST: Duration = Duration::from_millis(15);
const PATH: &str = "postmortems/a.md";
const STAGES: [&str; 4] = ["parse", "rules", "joined", "inside"];

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let size = words.first().map_or(4_000, |size| size.parse().expect("a number of pieces"));
    let wanted = words.get(1..).unwrap_or_default().join(" ");
    let bench = Bench::new();
    println!("milliseconds at {size} pieces → at {}", size * 4);
    println!("{:44}{}{:>12}", "", STAGES.map(|stage| format!("{stage:>20}")).concat(), "bytes");
    for family in hostile_texts::DOCUMENTS.iter().filter(|family| family.name.contains(&wanted)) {
        let (small, large) = ((family.text)(size), (family.text)(size * 4));
        let bytes = large.len();
        let (small, large) = (bench.stages(small), bench.stages(large));
        let columns = small.iter().zip(&large).map(|(small, large)| column(*small, *large)).collect::<String>();
        println!("{:44}{columns}{bytes:>12}", family.name);
    }
    for family in hostile_texts::CONFIGURATIONS.iter().filter(|family| family.name.contains(&wanted)) {
        let load = |n| {
            let source = Source::new("lookback.yml", (family.text)(n));
            timed(|| Settings::load(&source, &names(), &guards()).is_ok()).1
        };
        println!("configuration: {:29}{}", family.name, column(load(size), load(size * 4)));
    }
}

fn column(small: Duration, large: Duration) -> String {
    let mark = if large > SHORTEST && large > small * 8 { "!" } else { " " };
    format!("{:>8.1} →{:>8.1}{mark} ", small.as_secs_f64() * 1e3, large.as_secs_f64() * 1e3)
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

/// What every text is read with.
struct Bench {
    settings: Settings,
    surroundings: Surroundings,
    language: Arc<Catalogue>,
    /// That of a document that was committed once.
    history: History,
}

impl Bench {
    fn new() -> Self {
        let mut settings = Settings::default();
        for severity in &mut settings.severities {
            severity.approvals = Some(0);
        }
        let mut repository = TestRepository::new();
        repository.write(PATH, "# A\n").commit("Write");
        let repository = Repository::open(repository.path(), Some("main")).expect("a repository");
        let snapshot = repository.snapshot(&settings.content, &SnapshotOptions::default()).expect("a snapshot");
        let history = snapshot.history().clone();
        let surroundings = Surroundings { files: BTreeSet::from([PATH.to_owned()]), ..Surroundings::default() };
        let language = Arc::new(Catalogue::load("en").expect("English"));
        Self { settings, surroundings, language, history }
    }

    /// The times of every stage.
    fn stages(&self, text: String) -> [Duration; STAGES.len()] {
        let now = "2026-06-01T00:00:00Z".parse().expect("a time");
        let source = Source::new(PATH, text);
        let (parsed, parsing) = timed(|| Arc::new(parse(source.clone(), &self.settings)));
        let (_, checking) = timed(|| check_text(&Document::alone(&parsed, &self.settings, &self.surroundings, now)));
        let (corpus, joining) = timed(|| {
            let older = |_: &str, _| Some(Parsed::clone(&parsed));
            let reviewed = Reviewed::new(Arc::clone(&parsed), &self.history, &self.settings, now, older);
            let facts = CorpusFacts::of([&*parsed]);
            Corpus::new(vec![Checked::new(reviewed, &self.settings, &self.surroundings, &facts, now)], &self.settings, now)
        });
        let (_, inside) = timed(|| {
            InternalPages {
                corpus: &corpus,
                settings: &self.settings,
                language: Arc::clone(&self.language),
                edition: lookback::view::Edition::only(&self.language),
                now,
                files: &self.surroundings.files,
                skipped: &[],
                is_history_complete: true,
                generator: String::new(),
                older: &|_| None,
            }
            .view()
        });
        [parsing, checking, joining, inside]
    }
}
