use super::read;
use crate::{
    config::Settings,
    source::{LinkKind, Parsed, SectionStyle, parse},
    text::Source,
};

fn kinds(parsed: &Parsed) -> Vec<&str> {
    parsed.sections().iter().map(|section| section.kind.as_deref().unwrap_or("-")).collect()
}

#[test]
fn level_two_headings_are_the_sections() {
    let parsed = read("# Title\nintro\n## Summary\na\n### Detail\nb\n## Other\n\n## 영향\n<!-- later -->\n");
    assert_eq!(kinds(&parsed), ["summary", "-", "impact"]);
    assert_eq!(parsed.source().slice(parsed.sections()[0].body), "a\n### Detail\nb\n");
    assert_eq!(parsed.sections().iter().map(|section| section.is_empty).collect::<Vec<_>>(), [false, true, true]);
    assert_eq!(parsed.headings().len(), 5);
}

#[test]
fn level_one_headings_are_the_sections_where_there_are_no_others() {
    let parsed = read("# Checkout outage\nintro\n# Summary\na\n# Timeline\nb\n# Notes\nc\n");
    assert_eq!(kinds(&parsed), ["summary", "timeline", "-"]);
    assert_eq!(parsed.postmortem().title.value, "Checkout outage");
    let parsed = read("### Summary\na\n### Impact\nb\n");
    assert_eq!(kinds(&parsed), ["summary", "impact"]);
}

#[test]
fn a_known_title_at_another_level_counts_where_the_document_has_it_nowhere_else() {
    let parsed = read("# Incident overview\na\n## Root cause\nb\n### Five whys\nc\n### Impact\nd\n## Impact\ne\n");
    let found: Vec<_> = parsed.sections().iter().map(|section| (section.kind.as_deref().unwrap_or("-"), section.is_nested)).collect();
    assert_eq!(found, [("summary", false), ("root-cause", false), ("five-whys", true), ("impact", false)]);
    let (outer, inner) = (&parsed.sections()[1], &parsed.sections()[2]);
    assert!(outer.body.contains(inner.body));
    assert_eq!(parsed.source().slice(inner.body), "c\n");
}

#[test]
fn bold_lines_and_bold_labels_are_sections_where_there_are_no_headings() {
    let parsed = read("# T\n\n**Summary**\n\na\n\n**Impact:**\nb\n\n**Anything**\n\n");
    assert_eq!(kinds(&parsed), ["summary", "impact", "-"]);
    assert_eq!(parsed.sections()[1].style, SectionStyle::BoldLine);
    assert_eq!(parsed.source().slice(parsed.sections()[0].body).trim(), "a");
    assert_eq!(parsed.source().slice(parsed.sections()[1].body).trim(), "b");
    assert!(parsed.sections()[2].is_empty);
    let parsed = read("# T\n\n- **Summary**: a\n- **Root cause:** b\n  more\n- **Other**: c\n");
    assert_eq!(kinds(&parsed), ["summary", "root-cause", "-"]);
    assert_eq!(parsed.sections()[0].style, SectionStyle::ListLabel);
    assert_eq!(parsed.source().slice(parsed.sections()[1].body).trim(), "b\n  more");
}

#[test]
fn headings_in_quotes_lists_and_code_are_no_sections() {
    let parsed = read("## Summary\n> ## Impact\n\n- ## Timeline\n\n```\n## Resolution\n```\n");
    assert_eq!(kinds(&parsed), ["summary"]);
}

#[test]
fn titles_are_plain_text() {
    let parsed = read("## **Impact** on `api` & [docs](x.md) {#impact .wide}\nx\n");
    assert_eq!(parsed.headings()[0].title, "Impact on api & docs");
    assert_eq!(parsed.headings()[0].id.as_deref(), Some("impact"));
    assert_eq!(parsed.headings()[0].mark, None);
}

#[test]
fn a_colon_paragraph_is_no_definition_list_and_a_table_rule_no_excerpt() {
    let parsed = read("## Summary\n:::note\ntext\n:::\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n---\n");
    assert_eq!(kinds(&parsed), ["summary"]);
}

#[test]
fn footnotes_are_read() {
    let parsed = read("## Summary\na[^1]\n\n[^1]: See https://x.example/a_b_c.\n");
    assert_eq!(parsed.links()[0].url, "https://x.example/a_b_c");
}

#[test]
fn links_of_every_kind_are_found_once() {
    let text = "## Links\n[in](https://x.example/1 \"t\") [ref][r] <https://x.example/2> https://x.example/3_a_b (https://x.example/4). [rel](../b.md#x) [here](#impact) [[other-one|the other]] `https://no.example`\n\n[r]: https://x.example/5\n\n```\nhttps://no.example\n```\n";
    let parsed = read(text);
    let found: Vec<(&str, &str, LinkKind)> = parsed.links().iter().map(|link| (&*link.url, &*link.text, link.kind)).collect();
    assert_eq!(
        found,
        [
            ("https://x.example/1", "in", LinkKind::External),
            ("https://x.example/5", "ref", LinkKind::External),
            ("https://x.example/2", "https://x.example/2", LinkKind::External),
            ("https://x.example/3_a_b", "https://x.example/3_a_b", LinkKind::External),
            ("https://x.example/4", "https://x.example/4", LinkKind::External),
            ("../b.md#x", "rel", LinkKind::Relative),
            ("#impact", "here", LinkKind::Anchor),
            ("other-one", "the other", LinkKind::Wiki),
        ]
    );
    assert_eq!(parsed.source().slice(parsed.links()[0].span), "[in](https://x.example/1 \"t\")");
    assert_eq!(parsed.source().slice(parsed.links()[3].span), "https://x.example/3_a_b");
}

#[test]
fn bracketed_link_texts_are_no_wiki_links() {
    let parsed = read("see [[1]](https://x.example/1)\n");
    assert_eq!(parsed.links().iter().map(|link| (&*link.url, link.kind)).collect::<Vec<_>>(), [("https://x.example/1", LinkKind::External)]);
}

#[test]
fn images_have_their_path_in_the_repository() {
    let source = Source::new("postmortems/a/index.md", "![Error rate](img/rate%201.png) ![](https://x.example/a.png) [![b](/c.svg)](x)\n");
    let parsed = parse(source, &Settings::default());
    let found: Vec<_> = parsed.images().iter().map(|image| (&*image.alt, image.path.as_deref())).collect();
    assert_eq!(found, [("Error rate", Some("postmortems/a/img/rate 1.png")), ("", None), ("b", Some("c.svg"))]);
}

#[test]
fn comments_are_no_raw_html() {
    assert!(!read("## A\n<!-- a\n\nb -->\ntext <!-- c --> more\n").has_raw_html());
    assert!(read("## A\n<details>\nx\n</details>\n").has_raw_html());
    assert!(read("a <b>c</b>\n").has_raw_html());
    assert!(read("<!-- a --> <script>x</script>\n").has_raw_html());
}

#[test]
fn a_section_with_only_an_image_or_code_is_not_empty() {
    let parsed = read("## A\n![](x.png)\n## B\n```\nx\n```\n## C\n- \n## D\n### only a heading\n## E\n- [ ] \n");
    assert_eq!(parsed.sections().iter().map(|section| section.is_empty).collect::<Vec<_>>(), [false, false, true, true, true]);
}
