//! Whatever bytes a document or a configuration is made of, nothing panics and every place that is named lies in the text.
//!
//! `LOOKBACK_HOSTILE_INPUTS=200000 cargo test --release --test it hostile -- --nocapture` runs as many inputs as that instead of a few.
#![allow(clippy::print_stdout, reason = "what panicked, or was slow, is shown")]

use std::{
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, OnceLock},
    time::{Duration, Instant},
};

use lookback::{
    config::{ExternalAudience, Settings},
    corpus::Corpus,
    findings::Problem,
    i18n::Catalogue,
    model::Person,
    repo::{Blobs, History, Repository, SnapshotOptions},
    review::Reviewed,
    rules::{Checked, CorpusFacts, Document, People, Surroundings, check_text, guards, names},
    source::{Parsed, Parser, Skimmer, decode},
    testing::TestRepository,
    text::{Source, Span},
    view::{Edition, ExternalPages, InternalPages},
};
use rayon::prelude::*;

use crate::{
    harness::{PATH, REPORT, lookback},
    hostile_texts::{CONFIGURATIONS, DOCUMENTS},
};

/// Inputs of an ordinary run.
const INPUTS: u64 = 300;

/// Numbers that repeat: splitmix64.
pub(crate) struct Random(u64);

impl Random {
    /// The numbers that belong to this one.
    pub(crate) const fn of(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`; 0 where there is none.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }

    pub(crate) fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    /// A range of `length` bytes, short ones more often.
    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length);
        let longest = if self.below(3) == 0 { length } else { 24 };
        start..(start + self.below(longest)).min(length)
    }
}

/// A document in Korean, with most of what a body may hold.
const KOREAN: &str = "---\ntitle: 결제 장애\nstatus: in-review\nseverity: SEV1\nservices: [결제, 주문]\nowner: 결제팀\ntimezone: Asia/Seoul\n\
times:\n  started: {at: 2026-03-14 09:00, estimated: true}\n  detected: 2026-03-14 09:05 KST\n  resolved: 2026-03-14T10:00:00+09:00\n\
impacts: [{service: 결제, level: down, start: 2026-03-14 09:00, end: 2026-03-14 10:00, scope: 전체}]\n\
actions: [{id: A1, title: 경보 추가, owner: 김철수, due: 2026-04-01, status: done}]\nreviewers: [\"@kim\", 김철수 <kim@x.example>]\n\
recurrence_of: [b]\nallow: {vague-time: 기록이 없다}\npublic: {publish: true, title: 결제 장애, slug: payment}\nlang: ko\n---\n\n\
# 결제 장애\n\n**심각도**: SEV1\n\n## 요약\n담당자의 실수로 **장애(결제)**가 났다. 김철수가 확인했어야 했다.[^1]\n\n\
## 타임라인 {.public}\n모든 시각은 KST 기준.\n\n### 2026-03-14\n- 약 09:00 경보 [detected] [public]\n  - 09:02 확인\n- 오후 1시 5분 복구 [resolved]\n\n\
> [!INTERNAL]\n> [로그](../b.md#a) ![그래프](a.png)\n\n## 근본 원인\n1. 왜? `코드`\n   ```sh\n   curl -u admin:hunter2 https://x.example\n   ```\n\n\
<!-- 메모 -->\n<b onclick=x()>굵게</b>\n\n## 고객 요약\n결제가 되지 않았습니다.\n\n[^1]: 자세히 https://x.example/한\n";

/// A page of another program.
const FOREIGN: &str = "---\nlayout: post\ntitle: Outage on 14 March 2026 # draft\ndate: 2026-03-14 09:00:00 -0700\nresolvedWhen: 2026-03-14T10:00:00Z\n\
affected: [API, \"*\"]\ncategories: &c [db]\ntags: *c\nseverity: down\n---\n\nSummary\n=======\n\n- **Impact**: some users\n- **Root cause**: human error\n\n\
| When (PT) | What |\n|:--|--:|\n| 9:00 AM – 9:20 | We forgot to test |\n| 2026-03-14 10:00 | fixed |\n\n\
March 14, 2026\n\n09:00 EST: started\n10:00-11:00 a\n\nTODO: {placeholder} ??\n";

const CONFIGURATION: &str = "site: {title: A, timezone: Asia/Seoul, languages: [en, ko]}\n\
content: {root: postmortems, include: [\"**/*.md\"], exclude: [\"**/template.md\"]}\nfields: {started: [begin]}\n\
severities:\n- {id: SEV1, name: Critical, public_name: Major outage, approvals: 0}\n- {id: SEV2, name: Major, approvals: 0}\n\
services: [{id: orders, name: Orders, public_name: Orders, team: shop, target: 99.9}]\ncauses: [db]\nsections: [{id: impact, titles: [Impact], required_from: all}]\n\
audiences:\n  public: {title: Reports, base_url: https://x.example/a, publish: merged, min_severity: SEV2, delay: 3d}\n  partners: {title: P}\n\
review: {approvals: 0, accept: [trailer, merge, squash], draft_within: 48h, complete_within: 5 business days, holidays: [2026-03-16], meeting: weekly}\n\
privacy: {forbid: ['\\b[A-Z]+-\\d+\\b'], internal_hosts: [int.example, \"*.corp\"]}\nrules: {vague-time: {level: error, enforced_from: 2026-01-01}}\n\
people: [{name: Ada Meyer, email: ada@x.example, handle: ada, aliases: [에이다]}]\n";

/// Pieces that have broken programs before.
const PIECES: &[&str] = &[
    "\0",
    "\r",
    "\r\n",
    "\n",
    "\n\n",
    "\u{feff}",
    "\u{2028}",
    "\u{85}",
    "\u{200b}",
    "\u{f8ff}\u{f8fe}",
    "\u{10ffff}",
    "👩‍👩‍👧‍👦",
    "İ",
    "ß",
    "ﬀ",
    "결",
    "é",
    "\u{301}",
    "---\n",
    "\n---\n",
    "...\n",
    "+++\n",
    "? ",
    ": ",
    " #",
    "- ",
    "&a ",
    "*a",
    "!!binary ",
    "|\n",
    ">-\n",
    "{",
    "}",
    "[",
    "]",
    "'",
    "\"",
    "\t",
    "<<: *a\n",
    "0000-00-00",
    "9999-12-31 23:59",
    "262142-12-31T23:59:59Z",
    "-262143-01-01",
    "2026-02-30",
    "1970-01-01 00:00 +14:00",
    "2026-03-29 02:30 Europe/Berlin",
    "1969-12-31T23:59:60Z",
    "10000-01-01T00:00:00Z",
    "0001-01-01 00:00 +23:59",
    "9999-12-31T23:59:59-23:59",
    "24:00",
    "25:61",
    "99999999999999999999",
    "-1",
    "1e999",
    ".inf",
    "0x7fffffffffffffff",
    "9223372036854775807",
    "18446744073709551616",
    "9223372036854775807h",
    "106751991167d",
    "9999999 business days",
    "~",
    "null",
    "yes",
    "> [!INTERNAL]\n",
    "> [!PARTNERS]\n> ",
    "{.public}",
    "{.internal}",
    "{#a}",
    "[public]",
    "[detected]",
    "[!X]",
    "**",
    "__",
    "`",
    "```\n",
    "~~~\n",
    "    ",
    "<!--",
    "-->",
    "<div>",
    "</div>",
    "<script>",
    "![](",
    "](",
    "[[a]]",
    "[^a]: ",
    "[^a]",
    "|-|\n",
    "| ",
    "\\",
    "&#0;",
    "&#x10ffff;",
    "https://",
    "a@b.c",
    "10.0.0.1",
    "## ",
    "# ",
    "=== \n",
    "## Timeline\n",
    "## Customer summary\n",
    "## Five whys\n",
    "## 타임라인\n",
    "- 10:00 ",
    "~09:00 ",
    "10:00–",
    "오후 1시",
    "\npublic: {publish: true}\n",
    "\nprivileged: true\n",
    "\nallow: {secret: a}\n",
    "\ntimes: {started: unknown}\n",
    "\nimpacts: [{start: 9999-12-31 23:59 UTC, end: 0001-01-01 00:00 UTC}]\n",
    "\nactions: [{}]\n",
    "\nextra: [[[[[[{}]]]]]]\n",
    "\nseverity: SEV2\n",
    "\nid: ../..\n",
    "\nid: CON\n",
    "\nlang: \"<\"\n",
    "\ntimezone: Mars/Base\n",
    "\nrelated: [a]\nrecurrence_of: a\n",
    "\ncustomers_affected: -5\n",
];

struct Seeds {
    documents: Vec<Vec<u8>>,
    configurations: Vec<Vec<u8>>,
}

fn seeds() -> &'static Seeds {
    static SEEDS: OnceLock<Seeds> = OnceLock::new();
    SEEDS.get_or_init(|| {
        let example = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("example-repo");
        let mut documents: Vec<Vec<u8>> = [REPORT, KOREAN, FOREIGN].map(|text| text.as_bytes().to_vec()).into();
        let written = crate::harness::files(&example.join("postmortems"));
        documents.extend(written.into_iter().filter(|(path, _)| path.ends_with(".md")).map(|(_, bytes)| bytes).take(30));
        let configurations = vec![CONFIGURATION.as_bytes().to_vec(), std::fs::read(example.join("lookback.yml")).unwrap()];
        Seeds { documents, configurations }
    })
}

/// One of the seeds, damaged a few times.
fn damaged(random: &mut Random, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = seeds[random.below(seeds.len())].clone();
    for _ in 0..=random.below(6) {
        let range = random.range(bytes.len());
        match random.below(14) {
            0 => {
                if let Some(byte) = bytes.get_mut(range.start) {
                    *byte ^= 1 << random.below(8);
                }
            }
            1 => bytes.truncate(range.start),
            2 => drop(bytes.drain(range)),
            3 => {
                let piece = bytes[range.clone()].to_vec();
                bytes.splice(range.start..range.start, piece);
            }
            4 => {
                let most = if random.below(20) == 0 { 400 } else { 12 };
                let piece = bytes[range.clone()].repeat(random.below(most));
                bytes.splice(range.start..range.start, piece.into_iter().take(50_000));
            }
            5 => {
                let other = &seeds[random.below(seeds.len())];
                let piece = other[random.range(other.len())].to_vec();
                bytes.splice(range, piece);
            }
            6 => {
                let piece = random.one(PIECES).repeat(random.below(80) + 1);
                bytes.splice(range.start..range.start, piece.into_bytes());
            }
            7 => bytes = String::from_utf8_lossy(&bytes).replace('\n', random.one(&["\r\n", "\r", "\n\n", "\n ", "\n> ", "\u{2028}"])).into_bytes(),
            8 if random.below(4) == 0 => {
                let units: Vec<u16> = [0xfeff].into_iter().chain(String::from_utf8_lossy(&bytes).encode_utf16()).collect();
                bytes = if random.below(2) == 0 {
                    units.into_iter().flat_map(u16::to_le_bytes).collect()
                } else {
                    units.into_iter().flat_map(u16::to_be_bytes).collect()
                };
            }
            // A value or a number becomes another one.
            8 | 9 => {
                let is_digit = |byte: &u8| byte.is_ascii_digit();
                let start = bytes.iter().skip(range.start).position(is_digit).map_or(range.start, |at| range.start + at);
                let end = start + bytes.iter().skip(start).take_while(|byte| is_digit(byte)).count();
                let number =
                    random.one(&["0", "00", "24", "60", "99", "1969", "9999", "10000", "262143", "99999999999", "9223372036854775808", "-5"]);
                bytes.splice(start..end, number.bytes());
            }
            10 => {
                let start = bytes.iter().skip(range.start).position(|byte| *byte == b':').map_or(range.start, |at| range.start + at + 1);
                let end = start + bytes.iter().skip(start).take_while(|byte| !b"\n,}".contains(byte)).count();
                let start = start.min(end).min(bytes.len());
                let value = format!(" {}", random.one(PIECES));
                bytes.splice(start..end.min(bytes.len()), value.into_bytes());
            }
            11 => {
                let mut lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
                let (one, other) = (random.below(lines.len()), random.below(lines.len()));
                if !lines.is_empty() {
                    lines.swap(one, other);
                }
                bytes = lines.concat();
            }
            12 => {
                let depth = random.below(120);
                let (open, close) = random.one(&[
                    &("[", "]"),
                    &("{a: ", "}"),
                    &("- ", ""),
                    &("> ", ""),
                    &("*", "*"),
                    &("(", ")"),
                    &("<b>", "</b>"),
                    &("  ", ""),
                    &("![", "](a)"),
                ]);
                bytes.splice(range.end..range.end, close.repeat(depth).into_bytes());
                bytes.splice(range.start..range.start, open.repeat(depth).into_bytes());
            }
            _ => {
                let piece = random.one(PIECES);
                bytes.splice(range, piece.bytes());
            }
        }
    }
    bytes.truncate(200_000);
    bytes
}

/// What inputs are read with.
struct World {
    settings: Settings,
    surroundings: Surroundings,
    language: Arc<Catalogue>,
    /// That of a document that was committed once and needs no approval.
    history: History,
    blobs: Blobs,
}

impl World {
    fn new() -> Self {
        let source = Source::new("lookback.yml", CONFIGURATION);
        let mut settings = Settings::load(&source, &names(), &guards()).unwrap();
        settings.audiences.push(ExternalAudience::named("vendors"));
        let mut repository = TestRepository::new();
        repository.write(PATH, "# A\n").commit("Write");
        let repository = Repository::open(repository.path(), Some("main")).unwrap();
        let snapshot = repository.snapshot(&settings.content, &SnapshotOptions::default()).unwrap();
        let people = People::new(&["Ada Meyer <ada@x.example>", "@kim", "김철수"].map(Person::parse));
        let files = BTreeSet::from([PATH.to_owned(), "postmortems/b.md".to_owned(), "postmortems/a.png".to_owned()]);
        Self {
            surroundings: Surroundings { files, people, is_history_complete: true },
            language: Arc::new(Catalogue::load("en").unwrap()),
            history: snapshot.history().clone(),
            blobs: repository.blobs(),
            settings,
        }
    }

    /// Reads a document and shows it to everybody.
    fn document(&self, bytes: &[u8], settings: &Settings) {
        let now = "2026-06-01T00:00:00Z".parse().unwrap();
        let (source, problem) = decode(PATH, bytes);
        let text = source.text();
        let parser = Parser::new(settings);
        let parsed = parser.parse(source.clone());
        are_inside(text, parsed.problems().iter().chain(&problem));
        let skim = Skimmer::knowing(&parser, &parsed).skim(source.clone());
        assert_eq!((skim.body, skim.postmortem.id.value.len()), (parsed.body(), parsed.postmortem().id.value.len()));
        let parsed = Arc::new(parsed);
        for finding in check_text(&Document::alone(&parsed, settings, &self.surroundings, now)) {
            assert!(is_inside(text, finding.problem.span), "{}: {:?}", finding.problem.rule, finding.problem.span);
        }
        let reviewed = Reviewed::new(Arc::clone(&parsed), &self.history, settings, now, |_: &str, _| Some(Parsed::clone(&parsed)));
        let facts = CorpusFacts::of([&*parsed, &*parsed]);
        let checked = Checked::new(reviewed, settings, &self.surroundings, &facts, now);
        are_inside(text, checked.findings().iter().map(|finding| &finding.problem));
        let corpus = Corpus::new(vec![checked], settings, now);
        let language = || Arc::clone(&self.language);
        let generator = String::new;
        let _ = InternalPages {
            corpus: &corpus,
            settings,
            language: language(),
            edition: Edition::only(&self.language),
            now,
            files: &self.surroundings.files,
            skipped: &[],
            is_history_complete: true,
            generator: generator(),
            older: &|_| Some(text.to_owned()),
        }
        .view();
        for audience in &settings.audiences {
            let image = |commit, path: &str| self.blobs.blob_at(commit, path).ok().flatten();
            let edition = Edition::only(&self.language);
            let pages = ExternalPages {
                corpus: &corpus,
                settings,
                audience,
                language: language(),
                edition,
                mount: None,
                work_tree: None,
                now,
                generator: generator(),
                image: &image,
            };
            let _ = pages.view();
        }
    }

    /// Reads a configuration, and a document with it.
    fn configuration(&self, bytes: &[u8]) {
        let (source, _) = decode("lookback.yml", bytes);
        match Settings::load(&source, &names(), &guards()) {
            Ok(settings) => self.document(REPORT.as_bytes(), &settings),
            Err(error) => are_inside(source.text(), &error.problems),
        }
    }

    fn input(&self, input: &Input) {
        match input {
            Input::Document(bytes) => self.document(bytes, &self.settings),
            Input::Configuration(bytes) => self.configuration(bytes),
        }
    }
}

fn is_inside(text: &str, span: Span) -> bool {
    text.get(span.range()).is_some()
}

fn are_inside<'a>(text: &str, problems: impl IntoIterator<Item = &'a Problem>) {
    for problem in problems {
        assert!(is_inside(text, problem.span), "{}: {:?}", problem.rule, problem.span);
        assert!(problem.labels.iter().all(|label| is_inside(text, label.span)), "{}: {:?}", problem.rule, problem.labels);
    }
}

#[derive(Debug, Clone)]
enum Input {
    Document(Vec<u8>),
    Configuration(Vec<u8>),
}

/// Every number names one input, in every run the same.
fn input(number: u64) -> Input {
    let mut random = Random(number.wrapping_mul(0x0100_0000_01b3));
    match number % 20 {
        0 => {
            let family = &DOCUMENTS[random.below(DOCUMENTS.len())];
            Input::Document((family.text)(random.below(120)).into_bytes())
        }
        1 => {
            let family = &CONFIGURATIONS[random.below(CONFIGURATIONS.len())];
            Input::Configuration((family.text)(random.below(120)).into_bytes())
        }
        2..=5 => Input::Configuration(damaged(&mut random, &seeds().configurations)),
        // Two kinds of damage in one.
        6 => {
            let families: Vec<Vec<u8>> = (0..2).map(|_| (DOCUMENTS[random.below(DOCUMENTS.len())].text)(random.below(40)).into_bytes()).collect();
            Input::Document(damaged(&mut random, &families))
        }
        _ => Input::Document(damaged(&mut random, &seeds().documents)),
    }
}

/// How many inputs to run: few by default, as many as asked for otherwise.
fn wanted() -> Option<u64> {
    std::env::var("LOOKBACK_HOSTILE_INPUTS").ok().and_then(|number| number.parse().ok())
}

#[test]
fn any_bytes_are_read_and_shown() {
    let world = World::new();
    let failed: Vec<(u64, Duration)> = (0..wanted().unwrap_or(INPUTS))
        .into_par_iter()
        .filter_map(|number| {
            let input = input(number);
            let start = Instant::now();
            let result = catch_unwind(AssertUnwindSafe(|| world.input(&input)));
            let took = start.elapsed();
            // No promise: a hint for whoever runs many.
            let is_slow = wanted().is_some() && took > Duration::from_millis(500);
            (result.is_err() || is_slow)
                .then_some((number, took))
                .inspect(|_| {
                    let text = match &input {
                        Input::Document(bytes) | Input::Configuration(bytes) => {
                            String::from_utf8_lossy(bytes).chars().take(1_500).collect::<String>()
                        }
                    };
                    println!("input {number}: {} after {took:?}: {text:?}\n", if result.is_err() { "panics" } else { "is slow" });
                })
                .filter(|_| result.is_err())
        })
        .collect();
    assert_eq!(failed, []);
}

#[test]
fn any_bytes_are_checked_and_built_by_the_command_line() {
    /// Documents of one repository.
    const BATCH: u64 = 60;
    let (batches, size) = wanted().map_or((1, 12), |wanted| (wanted / 50 / BATCH, BATCH));
    (0..batches).into_par_iter().for_each(|batch| {
        let mut repository = TestRepository::new();
        repository.write("lookback.yml", CONFIGURATION.replace("publish: merged", "publish: approved"));
        let documents = (0..).map(|number| input(batch * BATCH * 3 + number)).filter_map(|input| match input {
            Input::Document(bytes) => Some(bytes),
            Input::Configuration(_) => None,
        });
        for (number, bytes) in (0..size).zip(documents) {
            repository.write(format!("postmortems/{number}.md"), bytes);
        }
        repository.commit("Write");
        let folder = repository.checkout();
        for format in ["text", "concise", "json", "sarif", "github", "gitlab", "junit"] {
            let run = lookback(&folder, &["check", "--format", format]);
            assert!(run.code <= 1, "batch {batch}, {format}: {}", run.error);
        }
        let run = lookback(&folder, &["build"]);
        assert!(run.code <= 1, "batch {batch}: {run}");
    });
}

#[test]
fn what_is_damaged_would_be_read_outside() {
    let world = World::new();
    let now = "2026-06-01T00:00:00Z".parse().unwrap();
    let parsed = Arc::new(Parser::new(&world.settings).parse(Source::new(PATH, REPORT)));
    let reviewed = Reviewed::new(Arc::clone(&parsed), &world.history, &world.settings, now, |_: &str, _| Some(Parsed::clone(&parsed)));
    let checked = Checked::new(reviewed, &world.settings, &world.surroundings, &CorpusFacts::of([&*parsed]), now);
    let corpus = Corpus::new(vec![checked], &world.settings, now);
    let publication = &corpus.entries()[0].publications["public"];
    assert!(matches!(publication, lookback::corpus::Publication::Published(_)), "{publication:?}");
}

#[test]
fn hostile_texts_are_called_differently() {
    for families in [DOCUMENTS, CONFIGURATIONS] {
        let names: BTreeSet<&str> = families.iter().map(|family| family.name).collect();
        assert_eq!(names.len(), families.len());
    }
}
