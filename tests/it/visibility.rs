//! Documents of every shape: what is not marked for somebody does not reach them, and what is marked does.

use lookback::testing::TestRepository;
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

use crate::harness::{APPROVED, Edit, REPORT, Sites, lookback};

/// Documents in one site. One build serves them all.
const DOCUMENTS: usize = 50;

/// A piece of a document, as people write them.
#[derive(Debug, Clone)]
enum Piece {
    /// A heading of this level, with a mark or without.
    Heading(usize, Option<&'static str>),
    Paragraph,
    List,
    Table,
    /// `> [!NAME]`, with a footnote and a link definition of its own.
    Block(&'static str),
    /// One of the alerts of GitHub, which marks nothing.
    Alert,
    /// Code that looks like a marked heading.
    Code,
    Comment,
}

fn piece() -> impl Strategy<Value = Piece> {
    let mark = prop_oneof![3 => Just(None), 2 => Just(Some("public")), 1 => Just(Some("internal")), 1 => Just(Some("partners"))];
    prop_oneof![
        4 => (2..=4_usize, mark).prop_map(|(level, mark)| Piece::Heading(level, mark)),
        3 => Just(Piece::Paragraph),
        1 => Just(Piece::List),
        1 => Just(Piece::Table),
        2 => prop_oneof![3 => Just("INTERNAL"), 1 => Just("PARTNERS"), 1 => Just("PUBLIC")].prop_map(Piece::Block),
        1 => Just(Piece::Alert),
        1 => Just(Piece::Code),
        1 => Just(Piece::Comment),
    ]
}

/// Who may read a piece.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Readers {
    Nobody,
    Internal,
    Partners,
    Everybody,
}

impl Readers {
    fn named(name: &str) -> Self {
        match name.to_lowercase().as_str() {
            "public" => Self::Everybody,
            "partners" => Self::Partners,
            _ => Self::Internal,
        }
    }

    fn include(self, audience: &str) -> bool {
        self == Self::Everybody || (self == Self::Partners && audience == "partners")
    }
}

/// A text with one word of its own per piece, and who may read each word.
fn written(document: usize, pieces: &[Piece]) -> (String, Vec<(String, Readers)>) {
    let mut text = String::new();
    let mut words = Vec::new();
    // Open headings: level, and who may read them. The report ends with its section for customers.
    let mut open: Vec<(usize, Readers)> = vec![(2, Readers::Everybody)];
    for (index, piece) in pieces.iter().enumerate() {
        let word = format!("word{document}x{index}x");
        let around = open.last().map_or(Readers::Internal, |(_, readers)| *readers);
        let (markdown, readers) = match piece {
            Piece::Heading(level, mark) => {
                open.retain(|(outer, _)| outer < level);
                let inherited = open.last().map_or(Readers::Internal, |(_, readers)| *readers);
                let readers = mark.map_or(inherited, Readers::named);
                open.push((*level, readers));
                let mark = mark.map(|mark| format!(" {{.{mark}}}")).unwrap_or_default();
                (format!("{} Part {word}{mark}\n\nIts first line.", "#".repeat(*level)), readers)
            }
            Piece::Paragraph => (format!("A line with {word}\nin *two* lines."), around),
            Piece::List => (format!("* one\n  * {word}"), around),
            Piece::Table => (format!("| a | b |\n|---|---|\n| c | {word} |"), around),
            Piece::Block(name) => (
                format!("> [!{name}]\n> {word}[^{word}]\n>\n> * [{word}]\n>\n> [^{word}]: note {word}\n> [{word}]: https://example.com/{word}"),
                Readers::named(name),
            ),
            Piece::Alert => (format!("> [!NOTE]\n> {word}"), around),
            Piece::Code => (format!("```\n## Part {{.public}}\n> [!PUBLIC]\n{word}\n```"), around),
            Piece::Comment => (format!("<!-- {word} -->"), Readers::Nobody),
        };
        text.push_str(&markdown);
        text.push_str("\n\n");
        words.push((word, readers));
    }
    (text, words)
}

#[test]
fn only_what_is_marked_for_an_audience_reaches_it() {
    let seed = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), seed);
    let documents = prop::collection::vec(prop::collection::vec(piece(), 1..14), DOCUMENTS).new_tree(&mut runner).unwrap().current();

    let mut repository = TestRepository::new();
    repository.write("lookback.yml", "audiences: {partners: {title: Partner reports}}\n");
    let mut words = Vec::new();
    for (document, pieces) in documents.iter().enumerate() {
        let (text, own) = written(document, pieces);
        let report = REPORT.edit("Orders could not be placed", &format!("Orders could not be placed {document}"));
        repository.write(format!("postmortems/{document}.md"), format!("{report}\n{text}"));
        words.push((text, own));
    }
    repository.commit(APPROVED);
    let sites = Sites::build(&mut repository);
    for audience in ["public", "partners"] {
        assert_eq!(sites.slugs(audience).len(), DOCUMENTS, "{}", lookback(repository.path(), &["check"]));
        let bytes: String = sites.files(audience).into_iter().map(|(path, bytes)| path + &String::from_utf8_lossy(&bytes)).collect();
        for (text, words) in &words {
            for (word, readers) in words {
                assert_eq!(bytes.contains(word.as_str()), readers.include(audience), "{word} in the {audience} site, meant for {readers:?}:\n{text}");
            }
        }
    }
}

/// Each piece of the text as the internal page shows it: who reads it, why, and the first line of it.
fn pieces(page: &str) -> Vec<String> {
    let list = page.split_once("<details class=\"redaction\">").unwrap().1.split_once("</details>").unwrap().0;
    let text =
        |html: &str| html.replace("</strong>", ":").split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect::<String>();
    let piece = |item: &str| {
        let (head, body) = item.split_once("<pre>").unwrap();
        format!("{} | {}", text(head).trim_start_matches('>').trim(), body.lines().next().unwrap_or_default().trim_end_matches("</pre></li>"))
    };
    list.split("<li").skip(1).map(piece).collect()
}

#[test]
fn authors_see_who_reads_each_piece_of_their_text_and_why() {
    let mut repository = TestRepository::new();
    repository.write("lookback.yml", "services: [{id: orders}]\naudiences: {partners: {title: Partner reports}}\n");
    let text = REPORT
        .edit("| The last free connection is taken |", "| Orders fail [public] |")
        .edit("## Impact\n", "## Impact {.partners}\n")
        .edit("Nothing was charged.", "Nothing was charged.\n\n> [!INTERNAL]\n> Refunds are late.\n\n> [!PARTNERS]\n> Shops are paid.\n");
    repository.write("postmortems/a.md", text).commit("Write");
    let page = Sites::build(&mut repository).text("internal/postmortems/a/index.html");
    insta::assert_snapshot!(pieces(&page).join("\n"), @r"
    Stays inside: Never shown outside. | title: Connections of the order store ran out
    Incident reports · Partner reports: Shown as Partial outage. | severity: SEV2
    Stays inside: It has no public name. | services: [orders]
    Stays inside: Never shown outside. | owner: Orders team
    Incident reports · Partner reports: Start and resolution only. | times: {started: 2026-03-02T09:00:00Z, detected: 2026-03-02T09:10:00Z, resolved: 2026-03-02T10:00:00Z}
    Stays inside: Never shown outside. | customers_affected: 420
    Incident reports · Partner reports: Written for them. | public: {publish: true, title: Orders could not be placed, summary: For an hour no order could be placed.}
    Stays inside: Nothing marks it for anybody outside. | ## Summary
    Partner reports: A heading is marked {.partners}. | ## Impact {.partners}
    Stays inside: Nothing marks it for anybody outside. | ## Timeline
    Incident reports · Partner reports: Marked [public]: its time and the marked cell only. | | 2026-03-02 09:00 | Orders fail [public] |
    Stays inside: Nothing marks it for anybody outside. | | 09:10 | The alert on failed orders fires [detected] |
    Incident reports · Partner reports: The customer summary is for everybody. | ## Customer summary
    Stays inside: The block is marked [!INTERNAL]. | &gt; [!INTERNAL]
    Partner reports: The block is marked [!PARTNERS]. | &gt; [!PARTNERS]
    ");
}
