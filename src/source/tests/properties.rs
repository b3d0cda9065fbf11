use proptest::prelude::*;

use super::read_with;
use crate::{
    config::Settings,
    source::{Parsed, decode, parse},
    text::Span,
};

fn check(parsed: &Parsed) {
    let text = parsed.source().text();
    let is_inside = |span: Span| assert!(text.get(span.range()).is_some(), "{span:?} of {text:?}");
    is_inside(parsed.front_matter_span());
    is_inside(parsed.body());
    assert!(!text.is_char_boundary(parsed.body().end + 1) || parsed.body().end == text.len());
    for heading in parsed.headings() {
        is_inside(heading.span);
        heading.mark.iter().for_each(|mark| is_inside(mark.span));
    }
    for section in parsed.sections() {
        is_inside(section.heading);
        is_inside(section.body);
    }
    for row in parsed.timeline().iter().flat_map(|timeline| &timeline.rows) {
        is_inside(row.span);
        row.cells.iter().copied().for_each(is_inside);
        row.milestones.iter().for_each(|(_, span)| is_inside(*span));
        row.time.iter().for_each(|time| is_inside(time.span));
    }
    parsed.links().iter().for_each(|link| is_inside(link.span));
    parsed.images().iter().for_each(|image| is_inside(image.span));
    for problem in parsed.problems() {
        is_inside(problem.span);
        problem.labels.iter().for_each(|label| is_inside(label.span));
    }
    let postmortem = parsed.postmortem();
    assert!(!postmortem.id.value.is_empty() && !postmortem.id.value.contains('/') && postmortem.id.value.len() <= 120);
    is_inside(postmortem.title.span);
    let mut end = parsed.body().start;
    for region in parsed.regions() {
        is_inside(region.span);
        assert_eq!(region.span.start, end, "gap or overlap in {text:?}");
        end = region.span.end;
    }
    assert_eq!(end, parsed.body().end, "regions end early in {text:?}");
}

/// Pieces of documents: more telling than random characters.
const PIECES: &[&str] = &[
    "---\n",
    "+++\n",
    "title: a\n",
    "times:\n",
    "  started: 2026-03-14 09:00\n",
    "\u{FEFF}",
    "\r\n",
    "\n",
    "\n\n",
    "## Timeline\n",
    "## Customer summary\n",
    "### B {.internal}\n",
    "# A {.public}\n",
    "## 고객 요약 {.publc}\n",
    "> [!INTERNAL]\n",
    "> > [!PARTNERS] x\n",
    "> ",
    "- ",
    "- 09:00 a [public]\n",
    "| Time | 사건 |\n|--|--|\n",
    "| 10:00 | 🔥 [detected] |\n",
    "| 약 9:00–10:00 KST | x |\n",
    "**Impact**\n",
    "**Severity**: SEV1\n",
    "```\n",
    "`",
    "<!--",
    "-->",
    "<b>",
    "[a](b.md)",
    "![x](../y%20.png)",
    "https://x.example/한",
    "[^1]",
    "[^1]: x\n",
    "{: .internal}",
    "[!X]",
    "    ",
    "\t",
    "결제 장애",
    "🔥",
    "===\n",
    "오후 3시 5분",
    "\u{0}",
];

proptest! {
    #[test]
    fn any_string_parses(text in any::<String>()) {
        check(&read_with(&text, &Settings::default()));
    }

    #[test]
    fn any_bytes_decode_and_parse(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let (source, _) = decode("a.md", &bytes);
        check(&parse(source, &Settings::default()));
    }

    #[test]
    fn any_mixture_of_pieces_parses(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
        check(&read_with(&pieces.concat(), &super::with_partners()));
    }
}
