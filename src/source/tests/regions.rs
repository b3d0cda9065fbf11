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

/// The marks of these texts are malformed, and nobody outside reads the word "secret".
fn assert_hidden(texts: &[&str]) {
    for text in texts {
        let parsed = read(text);
        assert!(problems(&parsed).iter().any(|problem| problem.starts_with("malformed-audience-mark")), "{text}: {:?}", problems(&parsed));
        assert!(!shown(&parsed, "public").contains("secret"), "{text}: {}", shown(&parsed, "public"));
    }
}

#[test]
fn a_code_fence_that_is_never_closed_shows_nothing_behind_it() {
    assert_hidden(&[
        "## Customer summary\na\n\n```\nlog\n\n## Lessons\nsecret\n",
        "## Customer summary\na\n\n~~~\n```\n\n## Lessons\nsecret\n\n## Action items\nsecret\n",
        "## Customer summary\na\n\n````\nlog\n```\n\n## Lessons\nsecret\n",
        // The fence of a later block closes this one.
        "## Customer summary\na\n\n```\nlog\n\n## Lessons\nsecret\n\n```\ncode\n```\n",
        "## Customer summary\na\n\n```\nlog\n\n## Lessons\nsecret\n\n```sh\ncode\n```\n",
        "## Customer summary\na\n\n> ```\n> secret\n",
    ]);
    for closed in
        ["## Customer summary\n```sh\n# run\n```\n", "## Customer summary\n> ```\n> log\n> ```\n", "## Customer summary\n- a\n  ```\n  log\n  ```\n"]
    {
        assert_eq!(problems(&read(closed)), Vec::<String>::new());
        assert_eq!(public(closed), closed);
    }
    assert_eq!(problems(&read("## Customer summary\na\n## Impact\n```\nlog\n")), Vec::<String>::new());
}

#[test]
fn a_mark_that_is_written_in_another_way_hides_the_rest_of_its_section() {
    assert_hidden(&[
        "## Customer summary\nx\n\n> <!-- keep --> [!INTERNAL]\n> secret\n",
        "## Customer summary\nx\n\n> a <!-- keep --> [!INTERNAL]\n> secret\n",
        "## Customer summary\nx\n\n> \u{200b}[!INTERNAL]\n> secret\n",
        "## Customer summary\nx\n\n> [!INTER\u{200b}NAL]\n> secret\n",
        "## Customer summary\nx\n\n> \u{a0}[!INTERNAL]\n> secret\n",
        "## Customer summary\nx\n\n> ［!INTERNAL］\n> secret\n",
        "## Customer summary\nx\n\n> ［！ＩＮＴＥＲＮＡＬ］\n> secret\n",
        "## Customer summary\nx\n\n> &#91;!INTERNAL]\n> secret\n",
        "## Customer summary\nx\n\n> ![!INTERNAL](a.png)\n> secret\n",
        "## Customer summary\nx\n\n> a [!INTERNAL]: secret\n\n[!INTERNAL]: https://a.example\n",
        "## Customer summary\nx\n\n| a | b |\n|--|--|\n| > [!internal] secret | c |\n",
        "## Customer summary\nx\n\n- [ ] > [!INTERNAL]\n  > secret\n",
        "## Customer summary\nx\n\nterm\n: > [!INTERNAL]\n  > secret\n",
        "## Customer summary\nx\n\na [!**INTERNAL**] secret\n",
        "## Customer summary\nx\n### B [!INTERNAL]\nsecret\n",
    ]);
    let inside = "## Impact\n> a [!INTERNAL]\n\n## Customer summary\n> [!INTERNAL]\n> a [!INTERNAL]\n\n`[!INTERNAL]` and [!LINK] b\n";
    assert_eq!(problems(&read(inside)), Vec::<String>::new());
}

#[test]
fn a_mark_with_nothing_in_its_quote_hides_the_rest_of_its_section() {
    assert_hidden(&["## Customer summary\nx\n\n> [!INTERNAL]\n\n> secret\n", "## Customer summary\nx\n\n> [!INTERNAL]\n> <!-- a -->\n\nsecret\n"]);
}

#[test]
fn heading_attributes_that_speak_of_an_audience_and_mark_nothing_hide_their_section() {
    assert_hidden(&[
        "## Customer summary\nx\n### B {class=\"internal\"}\nsecret\n",
        "## Customer summary\nx\n### B {class='a internal'}\nsecret\n",
        "## Customer summary\nx\n### B {class=\"internal\"} more\nsecret\n",
        "## Customer summary\nx\n### B {#internal}\nsecret\n",
        "## Customer summary\nx\n### B ｛.internal｝\nsecret\n",
        "## Customer summary\nx\n\n::: internal\nsecret\n:::\n",
        "## Customer summary\nx\n:::internal\nsecret\n:::\n",
    ]);
}

#[test]
fn a_known_section_never_inherits_from_a_customer_summary_above_it() {
    assert_eq!(public("# T\n\n# Customer summary\na\n\n## Root cause\nsecret\n"), "# Customer summary\na\n\n");
    assert_eq!(public("# Customer summary\na\n\n## Root cause notes\nsecret\n### More\nsecret\n"), "# Customer summary\na\n\n");
    // A deeper heading is a part of the customer summary, whatever it is called: the author wrote it there.
    let whole = "## Customer summary\na\n### Root cause\nfor customers\n### Thanks\nb\n";
    assert_eq!(public(whole), whole);
}
