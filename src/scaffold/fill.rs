//! Values into the front matter of a template: everything else in it stays as its author wrote it.

use crate::{
    config::Settings,
    source::{FrontMatterKind, Parsed, parse},
    text::{Source, Span},
    yaml::{Entry, Kind, Node},
};

/// A template that can't be filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unfillable;

/// Sets `key` (`times.started` for one below another) to `value`, which is YAML in one line.
pub(super) fn set(text: &str, key: &str, value: &str, settings: &Settings) -> Result<String, Unfillable> {
    let parsed = parse(Source::new("_template.md", text), settings);
    let end = if text.split_once('\n').is_some_and(|(first, _)| first.ends_with('\r')) { "\r\n" } else { "\n" };
    let (outer, inner) = key.split_once('.').map_or((key, None), |(outer, inner)| (outer, Some(inner)));
    let tree = match parsed.front_matter_kind() {
        FrontMatterKind::None => return Ok(with_front_matter(text, &parsed, &line(outer, inner, value, end), end)),
        FrontMatterKind::Yaml => parsed.front_matter().ok_or(Unfillable)?,
        FrontMatterKind::Empty => return add(text, &parsed, &line(outer, inner, value, end)),
        FrontMatterKind::Toml | FrontMatterKind::Broken => return Err(Unfillable),
    };
    let Some(entry) = tree.entry(outer) else { return add(text, &parsed, &line(outer, inner, value, end)) };
    let Some(inner) = inner else { return put(text, entry, value) };
    match (entry.value.entry(inner), &entry.value.kind) {
        (Some(entry), _) => put(text, entry, value),
        (None, Kind::Map(entries)) => before_first(text, entries, &format!("{inner}: {value}"), end),
        (None, _) => put(text, entry, &format!("{{{inner}: {value}}}")),
    }
}

fn line(outer: &str, inner: Option<&str>, value: &str, end: &str) -> String {
    inner.map_or_else(|| format!("{outer}: {value}{end}"), |inner| format!("{outer}:{end}  {inner}: {value}{end}"))
}

/// A template without any front matter gets one.
fn with_front_matter(text: &str, parsed: &Parsed, line: &str, end: &str) -> String {
    let (mark, body) = text.split_at_checked(parsed.body().start).unwrap_or(("", text));
    format!("{mark}---{end}{line}---{end}{end}{body}")
}

/// Adds a line before the closing delimiter.
fn add(text: &str, parsed: &Parsed, line: &str) -> Result<String, Unfillable> {
    let span = parsed.front_matter_span();
    let closing = span.of(text).trim_end().rfind('\n').ok_or(Unfillable)?;
    replaced(text, Span::at(span.start + closing + 1), line)
}

/// Gives an entry another value. One without a value gets it behind the colon, before a comment.
fn put(text: &str, entry: &Entry, value: &str) -> Result<String, Unfillable> {
    let written = entry.value.span.of(text);
    if entry.value.is_null() && !matches!(written, "~" | "null" | "Null" | "NULL") {
        let after = text.get(entry.key.span.end..).and_then(|rest| rest.find(':')).ok_or(Unfillable)?;
        return replaced(text, Span::at(entry.key.span.end + after + 1), &format!(" {value}"));
    }
    replaced(text, whole(text, &entry.value), value)
}

/// The value with the brackets of a list or map in one line.
fn whole(text: &str, node: &Node) -> Span {
    let span = node.span;
    let brackets = match node.kind {
        Kind::List(_) => ('[', ']'),
        Kind::Map(_) => ('{', '}'),
        Kind::Scalar(_) => return span,
    };
    if span.of(text).starts_with(brackets.0) {
        return span;
    }
    let open = text.get(..span.start).map(str::trim_end).filter(|before| before.ends_with(brackets.0));
    let close = text.get(span.end..).map(|after| (after, after.trim_start())).filter(|(_, rest)| rest.starts_with(brackets.1));
    match (open, close) {
        (Some(before), Some((after, rest))) => Span::new(before.len() - 1, span.end + after.len() - rest.len() + 1),
        _ => span,
    }
}

fn before_first(text: &str, entries: &[Entry], pair: &str, end: &str) -> Result<String, Unfillable> {
    let at = entries.first().ok_or(Unfillable)?.key.span.start;
    let before = text.get(..at).ok_or(Unfillable)?;
    let indent = before.rsplit('\n').next().unwrap_or_default();
    let lead = if indent.trim().is_empty() { format!("{pair}{end}{indent}") } else { format!("{pair}, ") };
    replaced(text, Span::at(at), &lead)
}

fn replaced(text: &str, span: Span, by: &str) -> Result<String, Unfillable> {
    let (before, after) = (text.get(..span.start).ok_or(Unfillable)?, text.get(span.end..).ok_or(Unfillable)?);
    Ok(format!("{before}{by}{after}"))
}

/// Text as a YAML scalar that is safe in a block and within brackets.
pub(super) fn scalar(text: &str) -> String {
    let is_plain = !text.contains([',', '[', ']', '{', '}', '"', '\'', '#', '&', '*', '|', '!', '%', '`'])
        && !text.contains(": ")
        && serde_yaml::to_string(text).is_ok_and(|written| written.trim_end_matches('\n') == text);
    if is_plain { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str, key: &str, value: &str) -> String {
        set(text, key, value, &Settings::default()).unwrap()
    }

    #[test]
    fn values_are_put_where_they_belong_and_the_rest_stays() {
        let head = |inside: &str| format!("---\n{inside}---\n\n## Impact  \n");
        for (before, key, after) in [
            ("title: Old  # kept\n", "title", "title: X  # kept\n"),
            ("title:   # kept\n", "title", "title: X   # kept\n"),
            ("title:\nowner: A\n", "title", "title: X\nowner: A\n"),
            ("title: ~\n", "title", "title: X\n"),
            ("services: [a, b]\nowner: A\n", "services", "services: X\nowner: A\n"),
            ("services: []  # kept\n", "services", "services: X  # kept\n"),
            ("services:\n  - a\n  - b\nowner: A\n", "services", "services:\n  X\nowner: A\n"),
            ("owner: A\n", "title", "owner: A\ntitle: X\n"),
            ("owner: A\n", "times.started", "owner: A\ntimes:\n  started: X\n"),
            ("times:\n    detected: unknown\n", "times.started", "times:\n    started: X\n    detected: unknown\n"),
            ("times: {detected: unknown}\n", "times.started", "times: {started: X, detected: unknown}\n"),
            ("times:\n  started:  # when\n", "times.started", "times:\n  started: X  # when\n"),
            ("times:\n", "times.started", "times: {started: X}\n"),
            ("# nothing yet\n", "title", "# nothing yet\ntitle: X\n"),
        ] {
            assert_eq!(filled(&head(before), key, "X"), head(after));
        }
    }

    #[test]
    fn plain_markdown_gets_front_matter_and_line_ends_stay() {
        assert_eq!(filled("\u{feff}# Report\r\n", "title", "X"), "\u{feff}---\r\ntitle: X\r\n---\r\n\r\n# Report\r\n");
        assert_eq!(set("---\ntitle: [\n---\n", "title", "X", &Settings::default()), Err(Unfillable));
    }

    #[test]
    fn scalars_are_what_they_were() {
        for text in
            ["Checkout: 503s", "Fix #12", "@ada", "yes", "2026", "a, b", "결제 장애", "Ada <ada@x.example>", "it's", "\"x\"", "- a", "null", "100 %"]
        {
            let tree = crate::yaml::parse(&format!("a: {}\nb: [{}]\n", scalar(text), scalar(text))).unwrap();
            assert_eq!(tree.get("a").unwrap().text(), Some(text));
            let Kind::List(items) = &tree.get("b").unwrap().kind else { panic!("{text}") };
            assert_eq!((items.len(), items[0].text()), (1, Some(text)));
        }
        assert_eq!(scalar("Checkout answered 503"), "Checkout answered 503");
        assert_eq!(scalar("Ada Meyer <ada@example.com>"), "Ada Meyer <ada@example.com>");
    }
}
