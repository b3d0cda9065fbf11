use super::{Kind, Node, Scalar, parse};

fn read(text: &str) -> Node {
    parse(text).unwrap_or_else(|error| panic!("{error:?}"))
}

fn slice<'a>(text: &'a str, node: &Node) -> &'a str {
    node.span.of(text)
}

#[test]
fn spans_are_bytes_in_korean_text() {
    let text = "제목: 결제 장애 🔥\nkey: \"a\\nb\"\nlist:\n  - 하나\n  - two\nafter: x\n";
    let tree = read(text);
    let entries = tree.entries().unwrap();
    assert_eq!(entries[0].key.span.of(text), "제목");
    assert_eq!(slice(text, &entries[0].value), "결제 장애 🔥");
    assert_eq!(slice(text, &entries[1].value), "\"a\\nb\"");
    assert_eq!(tree.get("key").unwrap().text(), Some("a\nb"));
    let items = tree.get("list").unwrap().items().unwrap();
    assert_eq!(slice(text, &items[0]), "하나");
    assert_eq!(slice(text, &items[1]), "two");
    assert_eq!(tree.get("list").unwrap().span.of(text).trim(), "- 하나\n  - two");
    assert!(tree.span.of(text).starts_with("제목"));
}

#[test]
fn yaml_1_1_words_and_odd_numbers_stay_text() {
    for written in ["no", "on", "y", "010", "1_000", "2026-01-02", "03:04", "190:20:30", "12e4567"] {
        let text = format!("key: {written}\n");
        let tree = read(&text);
        assert_eq!(tree.get("key").unwrap().kind, Kind::Scalar(Scalar::Text(written.to_owned())), "{written}");
    }
}

#[test]
fn numbers_keep_the_text_in_the_file() {
    for written in ["2026", "1e3", "0x1F", "1.50", "-7", "0o10"] {
        let text = format!("key: {written} # why\n");
        let tree = read(&text);
        let value = tree.get("key").unwrap();
        assert!(matches!(value.kind, Kind::Scalar(Scalar::Number { .. })), "{written}");
        assert_eq!(value.text(), Some(written));
        assert_eq!(slice(&text, value), written);
    }
}

#[test]
fn not_a_number_and_infinity_stay_text() {
    let tree = read("a: .nan\nb: -.inf\nc: [.inf]\n");
    assert_eq!(tree.get("a").unwrap().text(), Some(".nan"));
    assert_eq!(tree.get("b").unwrap().text(), Some("-.inf"));
}

#[test]
fn nothing_and_null_are_null() {
    let tree = read("a:\nb: ~\nc: null\nd: ''\n");
    for key in ["a", "b", "c"] {
        assert!(tree.get(key).unwrap().is_null(), "{key}");
    }
    assert_eq!(tree.get("d").unwrap().text(), Some(""));
    assert!(read("").is_null());
    assert!(read("# only a comment\n\n").is_null());
}

#[test]
fn block_scalars_hold_delimiters_and_have_a_place() {
    let text = "a: |\n  one\n  ---\n  two\nb: >-\n  folded\n  text\nc: 1\n";
    let tree = read(text);
    assert_eq!(tree.get("a").unwrap().text(), Some("one\n---\ntwo\n"));
    assert_eq!(tree.get("b").unwrap().text(), Some("folded text"));
    assert!(slice(text, tree.get("b").unwrap()).contains("folded"));
}

#[test]
fn an_alias_has_its_own_place_and_the_value_of_its_anchor() {
    let text = "a: &o 12\nb: *o\nc: !!str 12\n";
    let tree = read(text);
    assert_eq!(tree.get("b").unwrap().text(), Some("12"));
    assert_eq!(slice(text, tree.get("b").unwrap()), "*o");
    assert_eq!(tree.get("c").unwrap().text(), Some("12"));
    assert_eq!(tree.get("a").unwrap().text(), Some("12"));
}

#[test]
fn a_key_given_twice_is_refused_with_both_lines() {
    let text = "\ntitle: a\nowner: b\ntitle: c\n";
    let error = parse(text).unwrap_err();
    assert_eq!(error.message, "`title` is given twice: first on line 2, again on line 4");
    assert_eq!(error.span.of(text), "title");
    assert_eq!(error.span.start, text.rfind("title").unwrap());
}

#[test]
fn a_second_document_is_refused() {
    let text = "a: 1\n---\nb: 2\n";
    assert_eq!(parse(text).unwrap_err().message, "a second YAML document begins here");
}

#[test]
fn a_control_character_has_a_place() {
    let text = "a: 한\u{1}x\n";
    let error = parse(text).unwrap_err();
    assert_eq!(error.message, "a control character (U+0001) can't stand in YAML");
    assert_eq!(error.span.of(text), "\u{1}");
}

#[test]
fn a_tab_as_indentation_is_named() {
    let text = "times:\n\tstarted: x\n";
    let error = parse(text).unwrap_err();
    assert_eq!(error.message, "a tab can't be used for indentation");
    assert_eq!(error.span.start, 7);
}

#[test]
fn a_colon_in_a_title_gets_the_quoted_line_as_help() {
    let text = "id: a\ntitle: checkout: 503s\n";
    let error = parse(text).unwrap_err();
    assert_eq!(error.message, "the value of `title` contains `: `, which YAML reads as another key");
    assert_eq!(error.help.as_deref(), Some("put the value in quotes: title: \"checkout: 503s\""));
    assert_eq!(error.span.of(text), "checkout: 503s");
}

#[test]
fn an_unclosed_quote_is_found_where_it_opens() {
    let text = "title: \"checkout\nowner: a\nseverity: SEV1\n";
    let error = parse(text).unwrap_err();
    assert_eq!(error.message, "the value of `title` opens `\"` and doesn't close it");
    assert_eq!(error.span.of(text), "\"checkout");
}

#[test]
fn a_handle_and_a_bracket_without_quotes_are_explained() {
    let error = parse("owner: @ada\n").unwrap_err();
    assert_eq!(error.message, "a value can't begin with `@` without quotes");
    assert_eq!(error.help.as_deref(), Some("put the value in quotes: owner: \"@ada\""));
    let error = parse("reviewers:\n  - @ada\n").unwrap_err();
    assert_eq!(error.message, "a value can't begin with `@` without quotes");
    let error = parse("title: [checkout] is down\nowner: a\n").unwrap_err();
    assert_eq!(error.message, "a value that begins with `[` is read as a list");
    let error = parse("tags: [a, b\nowner: a\n").unwrap_err();
    assert_eq!(error.message, "`[` is opened here and never closed");
}

#[test]
fn bombs_and_towers_are_refused() {
    let mut bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for (own, other) in ["b", "c", "d", "e", "f", "g", "h"].iter().zip(["a", "b", "c", "d", "e", "f", "g"]) {
        bomb.push_str(&format!("{own}: &{own} [*{other},*{other},*{other},*{other},*{other},*{other},*{other},*{other}]\n"));
    }
    assert!(parse(&bomb).is_err());
    assert!(parse(&"[".repeat(20_000)).is_err());
}

#[test]
fn messages_never_speak_of_the_parser() {
    for text in ["a: b\n c: d\n", "- a\nb: c\n", "a: 'x' y\n", "{a: b", "a: *nowhere\n", "%x\n", "? \n- : x", "a: \"\\q\"\n"] {
        if let Err(error) = parse(text) {
            assert!(!error.message.contains("serde") && !error.message.is_empty(), "{}", error.message);
            assert!(text.get(error.span.range()).is_some());
        }
    }
}

proptest::proptest! {
    #[test]
    fn any_text_gives_a_tree_or_an_error_inside_it(text in "[ -~\n\t가🔥:#'\"\\[\\]{}-]{0,60}") {
        match parse(&text) {
            Ok(tree) => check(&tree, &text),
            Err(error) => assert!(text.get(error.span.range()).is_some(), "{error:?}"),
        }
    }
}

fn check(node: &Node, text: &str) {
    assert!(text.get(node.span.range()).is_some(), "{node:?}");
    for item in node.items().unwrap_or_default() {
        check(item, text);
    }
    for entry in node.entries().unwrap_or_default() {
        assert!(text.get(entry.key.span.range()).is_some(), "{node:?}");
        check(&entry.value, text);
    }
}

#[test]
fn what_is_too_deep_or_too_often_repeated_says_so() {
    let aliases = (1..15).fold("x0: &x0 [a, a]\n".to_owned(), |text, i| format!("{text}x{i}: &x{i} [*x{p}, *x{p}, *x{p}]\n", p = i - 1));
    let nested = |depth: usize| format!("a: {}{}\n", "[".repeat(depth), "]".repeat(depth));
    for text in [nested(30), nested(70), nested(500), nested(20_000), aliases, "- ".repeat(5_000), "a: 1\n".repeat(30_000).replace("a:", "- b:")] {
        let error = parse(&text).unwrap_err();
        assert_eq!(error.message, "this is nested, aliased or repeated more than any front matter should be");
        assert!(error.help.is_some_and(|help| help.contains("24 levels")));
    }
    assert!(parse(&nested(20)).is_ok());
}
