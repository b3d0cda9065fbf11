//! Documents with marks nested in every way that people and accidents nest them: no word of an internal place reaches anybody outside.
//!
//! `LOOKBACK_RANDOM_DOCUMENTS=5000 cargo test --release --test it random_marks` reads as many documents as that instead of a few, and builds one whole site for
//! every hundred of them.

use std::sync::Arc;

use lookback::{
    config::{ExternalAudience, Settings},
    corpus::{Corpus, Publication},
    i18n::Catalogue,
    output::Tree,
    repo::{History, Repository, SnapshotOptions},
    review::Reviewed,
    rules::{Checked, CorpusFacts, People, Surroundings, guards, names},
    source::{Parsed, Parser},
    testing::TestRepository,
    text::Source,
    theme::{Overrides, Theme},
    view::{Edition, ExternalPages, Reading, plain_text},
};
use rayon::prelude::*;

use crate::{
    harness::{APPROVED, Edit, REPORT, Sites},
    hostile::Random,
};

/// Documents of an ordinary run.
const DOCUMENTS: usize = 300;

/// Documents of one site.
const BATCH: usize = 50;

/// Documents of an asked-for run for each whole build.
const PER_BUILD: usize = 100;

const CONFIGURATION: &str = "audiences: {public: {publish: approved}, partners: {title: Partner reports}}\n\
severities: [{id: SEV1, name: Critical, public_name: Major outage}, {id: SEV2, name: Major, public_name: Partial outage, approvals: 0}]\n";

/// Who may read a place. The order is that of how many they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Readers {
    Internal,
    Partners,
    Everybody,
}

/// A document and its words.
struct Written {
    text: String,
    /// Each word with those who may read it at the most.
    words: Vec<(String, Readers)>,
}

/// Writes a document piece by piece and knows at each place who may read it.
struct Writer<'r> {
    random: &'r mut Random,
    number: usize,
    body: String,
    words: Vec<(String, Readers)>,
    /// Open headings: level, and who may read them.
    open: Vec<(usize, Readers)>,
    /// Whether marks stand where they mark nothing, too. Such a document is held back as a whole, and what would be read of it is looked at all the same.
    is_wild: bool,
    /// Behind something that was not closed in a section for customers nothing is sure: what follows is part of it, as every reader of Markdown sees it.
    is_sure: bool,
}

impl Writer<'_> {
    fn word(&mut self, readers: Readers) -> String {
        let word = format!("word{}x{}x", self.number, self.words.len());
        let readers = if self.is_sure { readers } else { Readers::Everybody };
        self.words.push((word.clone(), readers));
        word
    }

    fn around(&self) -> Readers {
        self.open.last().map_or(Readers::Internal, |(_, readers)| *readers)
    }

    fn piece(&mut self) {
        match self.random.below(22) {
            0..=5 => self.heading(),
            6..=9 => self.block(),
            10 => self.lazy(),
            11 => self.definitions(),
            12 => self.unclosed(),
            _ => {
                let text = self.plain(self.around(), 0);
                self.push(&text);
            }
        }
    }

    fn push(&mut self, text: &str) {
        self.body.push_str(text);
        self.body.push_str("\n\n");
    }

    fn heading(&mut self) {
        let level = 2 + self.random.below(5);
        let (mark, meant) = *self.random.one(
            &[
                &("", None),
                &("", None),
                &(" {.public}", Some(Readers::Everybody)),
                &(" {.public}", Some(Readers::Everybody)),
                &(" { .public }", Some(Readers::Everybody)),
                &(" {#a .public}", Some(Readers::Everybody)),
                &(" {.internal}", Some(Readers::Internal)),
                &(" {.partners}", Some(Readers::Partners)),
                &(" {.internal} ##", Some(Readers::Internal)),
                &(" {.internal .public}", Some(Readers::Internal)),
                &(" {.publik}", Some(Readers::Internal)),
                &(" {.public onclick=x}", Some(Readers::Everybody)),
            ][..if self.is_wild { 12 } else { 8 }],
        );
        self.open.retain(|(outer, _)| *outer < level);
        let readers = meant.unwrap_or_else(|| self.around());
        self.open.push((level, readers));
        let word = self.word(readers);
        let underlined = level == 2 && !mark.ends_with('#') && self.random.below(4) == 0;
        let text = if underlined { format!("Part {word}{mark}\n---") } else { format!("{} Part {word}{mark}", "#".repeat(level)) };
        self.push(&text);
    }

    /// `> [!NAME]` with everything in it that a block may hold, marks for others included.
    fn block(&mut self) {
        let (name, meant) = *self.random.one(&[
            &("INTERNAL", Readers::Internal),
            &("internal", Readers::Internal),
            &("INTERNAL", Readers::Internal),
            &("PARTNERS", Readers::Partners),
        ]);
        // A block can't open what is closed around it, and what it closes nothing in it opens.
        let readers = if meant == Readers::Internal { Readers::Internal } else { Readers::Partners };
        let mut inside = format!("[!{name}]\n");
        for _ in 0..=self.random.below(4) {
            let piece = match self.random.below(6) {
                0 if self.is_wild => format!("### Part {} {{.public}}", self.word(Readers::Partners.min(readers))),
                1 if self.is_wild => {
                    format!("> [!{}]\n> {}", self.random.one(&["PUBLIC", "PARTNERS", "NOTE", "INTERNAL"]), self.word(Readers::Partners))
                }
                _ => self.plain(readers, 1),
            };
            inside.push_str(&piece);
            inside.push_str("\n\n");
        }
        let quoted = quoted(inside.trim_end());
        self.push(&quoted);
    }

    /// A paragraph of a block that goes on without its mark.
    fn lazy(&mut self) {
        let text =
            format!("> [!INTERNAL]\n> a {}\nand {}\nso {}", self.word(Readers::Internal), self.word(Readers::Internal), self.word(Readers::Internal));
        self.push(&text);
    }

    /// A note, a link and a picture that are used before and behind the place where they are explained, which may be another section.
    fn definitions(&mut self) {
        let label = format!("label{}x{}", self.number, self.words.len());
        let readers = self.around();
        let uses = format!("Before[^{label}] [text][{label}] ![picture][{label}]");
        let word = self.word(readers);
        let text = format!("[^{label}]: note {word}\n    * more {word}\n\n[{label}]: https://example.com/{word} \"{word}\"");
        if self.random.below(2) == 0 {
            self.body.insert_str(0, &format!("{uses}\n\n"));
            self.push(&text);
        } else {
            self.push(&text);
            self.heading();
            self.push(&uses);
        }
    }

    fn unclosed(&mut self) {
        let (opening, hides) =
            *self.random.one(&[&("```", false), &("~~~~ sh", false), &("<!--", true), &("<script>", true), &("<div class=\"a\">", true)]);
        if !(hides || self.is_wild) || self.random.below(3) > 0 {
            return;
        }
        let word = self.word(if hides { Readers::Internal } else { self.around() });
        self.is_sure &= hides || self.around() == Readers::Internal;
        self.push(&format!("{opening}\n{word}"));
        if opening == "<div class=\"a\">" {
            return;
        }
        // No heading behind it is one.
        if !hides && self.is_sure {
            self.open = vec![(1, Readers::Internal)];
        }
    }

    /// Text without a mark, or with something that looks like one.
    fn plain(&mut self, readers: Readers, depth: usize) -> String {
        let word = self.word(readers);
        match self.random.below(if depth > 3 {
            6
        } else if self.is_wild {
            16
        } else {
            12
        }) {
            0 => format!("A line with {word}\nin *two* lines."),
            1 => format!("```\n## Part {{.public}}\n> [!PUBLIC]\n{word}\n```"),
            2 => {
                let hidden = self.word(Readers::Internal);
                format!("<!-- {hidden}\n{hidden} --> {word}")
            }
            3 => format!("| a | b |\n|---|---|\n| c | {word} |\n| [public] {word} | d |"),
            4 => format!("`{word}` **{word}** [{word}](https://example.com/{word} \"{word}\") ![{word}](a.png)"),
            5 => format!("<b title=\"{word}\">{word}</b> <https://example.com/{word}>"),
            6 => format!("> [!NOTE]\n{}", quoted(&self.plain(readers, depth + 1))),
            7 => format!("> {word}\n>\n{}", quoted(&self.plain(readers, depth + 1))),
            8 | 9 => {
                let inner = self.plain(readers, depth + 1).replace('\n', "\n  ");
                format!("* {word}\n\n  {inner}")
            }
            10 => {
                let inner = self.plain(readers, depth + 1).replace('\n', "\n   ");
                format!("1. {word}\n\n   {inner}\n2. [public] {word}")
            }
            11 => {
                let hidden = self.word(Readers::Internal);
                format!("* a\n\n  > [!INTERNAL]\n  > {hidden}")
            }
            12 => format!("    ## {word} {{.public}}\n    code"),
            _ => format!("{word} \\{{.public}} {{.public}} \\> [!PUBLIC]"),
        }
    }
}

fn quoted(text: &str) -> String {
    text.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

/// Every number names one document, in every run the same.
fn written(number: usize) -> Written {
    let mut random = Random::of(u64::try_from(number).unwrap().wrapping_mul(0x9e37_79b9));
    let mut writer = Writer {
        random: &mut random,
        number,
        body: String::new(),
        words: Vec::new(),
        open: vec![(2, Readers::Everybody)],
        is_wild: number.is_multiple_of(4),
        is_sure: true,
    };
    for _ in 0..4 + writer.random.below(16) {
        writer.piece();
    }
    let cell = writer.words.len();
    let row = format!("word{number}x{cell}x");
    let shown = format!("word{number}x{}x", cell + 1);
    let Writer { body, mut words, .. } = writer;
    words.extend([(row.clone(), Readers::Internal), (shown.clone(), Readers::Everybody)]);
    let report = REPORT
        .edit("Orders could not be placed", &format!("Orders could not be placed {number}"))
        .edit("| 09:10 |", &format!("| 09:05 | {row} ![{row}]({row}.png) |\n| 09:06 {row} | {shown} [public] |\n| 09:10 |"));
    Written { text: format!("{report}\n{body}"), words }
}

/// What documents are read with.
struct World {
    settings: Settings,
    surroundings: Surroundings,
    language: Arc<Catalogue>,
    history: History,
}

impl World {
    fn new() -> Self {
        let source = Source::new("lookback.yml", CONFIGURATION);
        let settings = Settings::load(&source, &names(), &guards()).unwrap();
        let mut repository = TestRepository::new();
        for number in 0..BATCH {
            repository.write(path(number), format!("# {number}\n"));
        }
        repository.commit("Write");
        let repository = Repository::open(repository.path(), Some("main")).unwrap();
        let snapshot = repository.snapshot(&settings.content, &SnapshotOptions::default()).unwrap();
        let surroundings = Surroundings { files: std::collections::BTreeSet::new(), people: People::new(&[]), is_history_complete: true };
        Self { surroundings, language: Arc::new(Catalogue::load("en").unwrap()), history: snapshot.history().clone(), settings }
    }

    /// Words of a batch that reached an audience that may not read them; how many documents were read outside, and how many words everybody reads.
    fn leaks(&self, batch: usize) -> (Vec<String>, usize, usize) {
        let now = "2026-06-01T00:00:00Z".parse().unwrap();
        let documents: Vec<Written> = (0..BATCH).map(|number| written(batch * BATCH + number)).collect();
        let parser = Parser::new(&self.settings);
        let parsed: Vec<Arc<Parsed>> =
            documents.iter().enumerate().map(|(number, written)| Arc::new(parser.parse(Source::new(path(number), written.text.clone())))).collect();
        let facts = CorpusFacts::of(parsed.iter().map(|parsed| &**parsed));
        let checked = parsed.iter().map(|parsed| {
            let reviewed = Reviewed::new(Arc::clone(parsed), &self.history, &self.settings, now, |_: &str, _| Some(Parsed::clone(parsed)));
            Checked::new(reviewed, &self.settings, &self.surroundings, &facts, now)
        });
        let corpus = Corpus::new(checked.collect(), &self.settings, now);
        let (mut leaks, mut shown) = (Vec::new(), 0);
        for audience in &self.settings.audiences {
            // What would be read of each, if nothing held it back.
            let readings = parsed.iter().map(|parsed| Reading::of(parsed, audience, &self.settings));
            let texts: String = readings.flat_map(|reading| reading.texts().map(plain_text).collect::<Vec<_>>()).collect();
            leaks.extend(found(&documents, &audience.name, &texts));
            let bytes = self.bytes(&corpus, audience, now);
            leaks.extend(found(&documents, &audience.name, &bytes));
            shown += documents.iter().flat_map(|written| &written.words).filter(|(word, _)| bytes.contains(word.as_str())).count();
        }
        let is_read = |publication: &Publication| publication.published().is_some();
        (leaks, corpus.entries().iter().filter(|entry| entry.publications.values().any(is_read)).count(), shown)
    }

    fn bytes(&self, corpus: &Corpus, audience: &ExternalAudience, now: chrono::DateTime<chrono::Utc>) -> String {
        let language = || Arc::clone(&self.language);
        let pages = ExternalPages {
            corpus,
            settings: &self.settings,
            audience,
            language: language(),
            edition: Edition::only(&self.language),
            mount: None,
            now,
            generator: String::new(),
            image: &|_, _| None,
            work_tree: None,
        };
        let tree = Tree::new(pages.view(), &Theme::new(&Arc::new(Overrides::new()), &language()), &|_| Err("no file".to_owned())).unwrap();
        tree.files().iter().map(|(path, bytes)| path.clone() + &String::from_utf8_lossy(bytes)).collect()
    }
}

fn path(number: usize) -> String {
    format!("postmortems/{number}.md")
}

/// Words that stand in the bytes of an audience that may not read them, each with its document.
fn found(documents: &[Written], audience: &str, bytes: &str) -> Vec<String> {
    let least = if audience == "partners" { Readers::Partners } else { Readers::Everybody };
    let hidden = documents.iter().flat_map(|written| written.words.iter().map(move |(word, readers)| (written, word, readers)));
    let hidden = hidden.filter(|(_, word, readers)| **readers < least && bytes.contains(word.as_str()));
    hidden.map(|(written, word, readers)| format!("{word} in the {audience} site, meant for {readers:?}:\n{}", written.text)).collect()
}

fn wanted() -> Option<usize> {
    std::env::var("LOOKBACK_RANDOM_DOCUMENTS").ok().and_then(|number| number.parse().ok())
}

#[test]
fn no_internal_word_of_any_document_reaches_anybody_outside() {
    let world = World::new();
    let documents = wanted().unwrap_or(DOCUMENTS);
    let batches: Vec<(Vec<String>, usize, usize)> = (0..documents.div_ceil(BATCH)).into_par_iter().map(|batch| world.leaks(batch)).collect();
    let read: usize = batches.iter().map(|(_, read, _)| read).sum();
    let shown: usize = batches.iter().map(|(_, _, shown)| shown).sum();
    let leaks: Vec<String> = batches.into_iter().flat_map(|(leaks, ..)| leaks).collect();
    assert!(leaks.is_empty(), "{} leaks, the first: {}", leaks.len(), leaks[0]);
    assert!(read * 2 >= documents, "{read} of {documents} are read outside");
    assert!(shown > documents * 4, "{shown} words of {documents} documents are read outside");
}

#[test]
fn no_internal_word_is_in_a_built_site() {
    let builds = wanted().map_or(1, |documents| documents / PER_BUILD);
    let leaks: Vec<String> = (0..builds)
        .into_par_iter()
        .flat_map_iter(|build| {
            let documents: Vec<Written> = (0..BATCH / 2).map(|number| written(1_000_000 + build * BATCH + number)).collect();
            let mut repository = TestRepository::new();
            repository.write("lookback.yml", CONFIGURATION);
            for (number, written) in documents.iter().enumerate() {
                repository.write(path(number), &written.text);
            }
            repository.commit(APPROVED);
            let sites = Sites::build(&mut repository);
            let leaks = ["public", "partners"].map(|audience| {
                assert!(sites.slugs(audience).len() * 2 >= documents.len(), "{}", sites.run);
                let bytes: String = sites.files(audience).into_iter().map(|(path, bytes)| path + &String::from_utf8_lossy(&bytes)).collect();
                found(&documents, audience, &bytes)
            });
            leaks.into_iter().flatten().collect::<Vec<_>>()
        })
        .collect();
    assert!(leaks.is_empty(), "{} leaks, the first: {}", leaks.len(), leaks[0]);
}
