use super::{problems, read, read_with, with_partners};
use crate::source::{Parsed, Visibility};

/// The text that an external audience may read.
fn shown(parsed: &Parsed, audience: &str) -> String {
    let regions = parsed.regions().iter().filter(|region| region.visibility.includes(audience));
    regions.map(|region| parsed.source().slice(region.span)).collect()
}

fn public(text: &str) -> String {
    shown(&read(text), "public")
}

#[test]
fn everything_is_internal_unless_something_says_otherwise() {
    let parsed = read("# T\n\n## Impact\nsecret\n");
    assert_eq!(parsed.regions().len(), 1);
    assert_eq!(parsed.regions()[0].visibility, Visibility::Internal);
    assert_eq!(parsed.regions()[0].span, parsed.body());
}

#[test]
fn a_heading_mark_holds_until_the_next_heading_of_its_level() {
    assert_eq!(public("## A\na\n## B {.public}\nb\n### C\nc\n## D\nd\n"), "## B {.public}\nb\n### C\nc\n");
    assert_eq!(public("## B {.public}\nb\n### C {.internal}\nc\n#### D\nd\n### E\ne\n"), "## B {.public}\nb\n### E\ne\n");
    assert_eq!(public("## A\na\n### B {#b .Public .wide}\nb\n### C\nc\n"), "### B {#b .Public .wide}\nb\n");
    assert_eq!(public("A {.public}\n---\na\n\n## B\nb\n"), "A {.public}\n---\na\n\n");
}

#[test]
fn the_customer_summary_is_public_by_itself() {
    assert_eq!(public("## 1. Customer summary\na\n### Details\nb\n## Impact\nc\n"), "## 1. Customer summary\na\n### Details\nb\n");
    assert_eq!(public("## 고객 요약\na\n## 영향\nc\n"), "## 고객 요약\na\n");
    assert_eq!(public("## Customer summary {.internal}\na\n"), "");
    assert_eq!(public("## All {.internal}\n### Customer summary\na\n"), "");
    assert_eq!(public("> ## Customer summary\n> a\n"), "");
}

#[test]
fn a_customer_summary_with_more_in_its_title_stays_internal_and_says_so() {
    let parsed = read("## Customer summary (do not publish)\na\n");
    assert_eq!(shown(&parsed, "public"), "");
    assert_eq!(problems(&parsed), ["malformed-audience-mark: a customer summary with more in its title stays internal"]);
}

#[test]
fn an_internal_quote_is_cut_out() {
    let text = "## Customer summary\na\n\n> [!INTERNAL]\n> secret\nlazy line\n\nb\n\n> quote\n>\n> > [!internal] \n> > deep\n>\n> after\n\nc\n";
    let shown = public(text);
    for hidden in ["secret", "lazy", "deep", "INTERNAL"] {
        assert!(!shown.contains(hidden), "{shown}");
    }
    for kept in ["a\n", "b\n", "quote", "after", "c\n"] {
        assert!(shown.contains(kept), "{shown}");
    }
    let in_list = public("## Customer summary\n- a\n  > [!INTERNAL]\n  > secret\n- b\n");
    assert!(!in_list.contains("secret") && in_list.contains("- b"), "{in_list}");
}

#[test]
fn further_audiences_see_what_is_public_and_what_is_theirs() {
    let settings = with_partners();
    let text = "## A {.partners}\na\n## Customer summary\nb\n\n> [!PARTNERS]\n> c\n>\n> > [!INTERNAL]\n> > d\n\n## E\ne\n";
    let parsed = read_with(text, &settings);
    assert_eq!(problems(&parsed), Vec::<String>::new());
    let partners = shown(&parsed, "partners");
    assert!(partners.contains("## A") && partners.contains("> c") && !partners.contains("> d") && !partners.contains("## E"), "{partners}");
    let public = shown(&parsed, "public");
    assert!(!public.contains("## A") && !public.contains("> c") && public.contains("b\n"), "{public}");
    assert_eq!(problems(&read("## A {.partners}\na\n")).len(), 0);
    assert_eq!(shown(&read("## A {.partners}\na\n"), "public"), "");
}

#[test]
fn nothing_inside_an_internal_quote_is_given_back() {
    let shown = public("## Customer summary\na\n\n> [!INTERNAL]\n> b\n>\n> > [!PUBLIC]\n> > c\n");
    assert!(!shown.contains('c') || !shown.contains("> c"), "{shown}");
}

#[test]
fn marks_that_are_not_clear_hide_the_rest_of_their_section() {
    for (text, hidden) in [
        ("## A {.public}\nx\n### B {.publc}\nsecret\n### C {.public}\nsecret\n## D\nz\n", "secret"),
        ("## A {.public .internal}\nsecret\n", "secret"),
        ("## A {.private}\nsecret\n", "secret"),
        ("## A {.public}\nx\n### B {.not-public}\nsecret\n", "secret"),
        ("## A {.public}\nx\n### B {.internal} more\nsecret\n", "secret"),
        ("## A {.public}\nx\n### B {.internal\nsecret\n", "secret"),
        ("## A {.public}\nx\n### B {internal}\nsecret\n", "secret"),
        ("## A {.public}\nx\n\n{: .internal}\nsecret\n", "secret"),
        ("## A {.public}\nx\n\n> [!INTERNL]\n> secret\n\nsecret\n", "secret"),
        ("## A {.public}\nx\n\n> [!INTERNAL\n> secret\n\nsecret\n", "secret"),
        ("## A {.public}\nx\n\n[!INTERNAL]\nsecret\n", "secret"),
        ("## A {.public}\nx\n\n> text\n> [!INTERNAL]\n> secret\n", "secret"),
        ("## A {.public}\nx\n\n>\n> [!INTERNAL]\n> secret\n", "secret"),
        ("## A {.public}\nx\n\n> **[!INTERNAL]**\n> secret\n", "secret"),
        ("## A {.public}\nx\n\n> [!SECRET]\n> secret\n\nsecret\n", "secret"),
        ("## A {.public}\nx\n### B {.internal} ##\nsecret\n", "secret"),
        ("## A {.public}\nx\n### B {.internal}{#b}\nsecret\n", "secret"),
        ("## A {.public}\nx\n\n###B {.internal}\nsecret\n", "secret"),
        ("## A {.public}\nx\n\n> [! INTERNAL]\n> secret\n", "secret"),
        ("## A {.public}\nx\n\n> \\[!INTERNAL]\n> secret\n", "secret"),
        ("## A {.public}\nx\n\n> [!PUBLIC]\n> [!INTERNAL]\n> secret\n", "secret"),
        ("## A {.public}\nx\n\n> [!NOTE]\n> [!INTERNAL]\n> secret\n", "secret"),
        ("## A {.public}\nx\n\n| [!INTERNAL] |\n|--|\n| secret |\n", "secret"),
        ("## A {.public}\nx\n\n<div>\n> [!INTERNAL]\n> secret\n</div>\n", "secret"),
        ("## A {.public}\nx\n\n<div>\n## B {.internal}\nsecret\n</div>\n", "secret"),
        ("## A {.public}\nx\n\n- ## B {.internal}\n  secret\n", "secret"),
        ("## A {.public}\nx\n\n> ## B {.internal}\n> secret\n", "secret"),
    ] {
        let parsed = read(text);
        assert!(problems(&parsed).iter().any(|problem| problem.starts_with("malformed-audience-mark")), "{text}: {:?}", problems(&parsed));
        assert!(!shown(&parsed, "public").contains(hidden), "{text}: {}", shown(&parsed, "public"));
    }
}

#[test]
fn the_next_section_is_free_again() {
    let shown = public("## A {.publc}\nsecret\n## B {.public}\nopen\n");
    assert_eq!(shown, "## B {.public}\nopen\n");
}

#[test]
fn alerts_and_other_classes_are_no_marks() {
    let harmless = "## GET /{customer}/private {.public}\n{\"public\": true} and {{ internal }}\n";
    assert_eq!(problems(&read(harmless)), Vec::<String>::new());
    assert_eq!(public(harmless), harmless);
    let parsed = read("## A {.public .unnumbered}\n> [!NOTE]\n> a\n\n> [!warning]\n> b\n\n[![badge](b.svg)](https://x.example)\n");
    assert_eq!(problems(&parsed), Vec::<String>::new());
    assert!(shown(&parsed, "public").contains("> b"));
}

#[test]
fn a_mark_inside_code_is_none() {
    let text = "## A {.public}\nWrite `[!INTERNAL]` or `{.internal}`.\n\n```\n> [!INTERNAL]\n## B {.internal}\n```\n\n>     [!INTERNAL]\n\n### Use `{.internal}`\nend\n";
    let parsed = read(text);
    assert_eq!(problems(&parsed), Vec::<String>::new());
    assert!(shown(&parsed, "public").ends_with("end\n"));
}

#[test]
fn the_heading_belongs_to_the_region_of_its_section() {
    let parsed = read("---\ntitle: a\n---\nintro\n## A {.public}\na\n## B\nb\n");
    let visible: Vec<_> = parsed.regions().iter().map(|region| (parsed.source().slice(region.span), region.visibility.clone())).collect();
    assert_eq!(visible, [("intro\n", Visibility::Internal), ("## A {.public}\na\n", Visibility::Public), ("## B\nb\n", Visibility::Internal)]);
    assert_eq!(parsed.headings()[0].mark.as_ref().map(|mark| (&*mark.audience, parsed.source().slice(mark.span))), Some(("public", "{.public}")));
}
