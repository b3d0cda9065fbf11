//! Finished bytes as a reader would have them: tags removed, entities, JSON escapes and percent-encoding resolved.

use percent_encoding::percent_decode_str;

use super::search;

/// Tags that do not end a run of words.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u",
    "wbr",
];

/// The pieces of text of a file. Words of different pieces do not stand beside each other for a reader.
pub(super) fn pieces(path: &str, bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    match path.rsplit('.').next() {
        Some("html" | "htm" | "xhtml" | "svg") => markup(&text),
        // Entries of a feed hold escaped HTML: decoded twice.
        Some("xml") => markup(&text).into_iter().flat_map(|piece| if piece.contains('<') { markup(&piece) } else { vec![piece] }).collect(),
        Some("json") => json(&text),
        // A piece of the search index: one call with JSON in it.
        Some("js") => json(text.trim_end().strip_prefix(search::CALL).and_then(|rest| rest.strip_suffix(')')).unwrap_or(&text)),
        _ => vec![text.into_owned()],
    }
}

/// Text between tags, the values of attributes, comments, and what scripts hold.
fn markup(text: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut run = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        let (before, tag) = rest.split_at(open);
        html_escape::decode_html_entities_to_string(before, &mut run);
        if let Some(comment) = tag.strip_prefix("<!--") {
            let (inside, after) = comment.split_once("-->").unwrap_or((comment, ""));
            pieces.push(inside.to_owned());
            rest = after;
            continue;
        }
        let (inside, after) = tag_end(tag.get(1..).unwrap_or_default());
        let name: String = inside.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        if !INLINE.contains(&&*name.to_ascii_lowercase()) {
            pieces.push(std::mem::take(&mut run));
        }
        pieces.extend(attributes(inside));
        rest = after;
        if inside.starts_with(&name) && name.eq_ignore_ascii_case("script") {
            // Neither tags nor entities mean anything in it.
            let end = after.to_ascii_lowercase().find("</script").unwrap_or(after.len());
            let (script, after) = after.split_at(end);
            pieces.extend(json(script));
            rest = after;
        }
    }
    html_escape::decode_html_entities_to_string(rest, &mut run);
    pieces.push(run);
    pieces.retain(|piece| !piece.trim().is_empty());
    pieces
}

/// Splits behind the `>` that ends a tag: one in a quoted value does not.
fn tag_end(tag: &str) -> (&str, &str) {
    let mut quote = None;
    for (at, character) in tag.char_indices() {
        match (quote, character) {
            (None, '>') => return (tag.get(..at).unwrap_or_default(), tag.get(at + 1..).unwrap_or_default()),
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), character) if open == character => quote = None,
            _ => {}
        }
    }
    (tag, "")
}

/// Values in quotes and without, entities and percent-encoding resolved.
fn attributes(tag: &str) -> Vec<String> {
    let mut values = Vec::new();
    let mut rest = tag;
    while let Some((_, value)) = rest.split_once('=') {
        let value = value.trim_start();
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value.get(1..).and_then(|inside| inside.split_once(quote)).unwrap_or((value, "")),
            _ => value.split_once(char::is_whitespace).unwrap_or((value, "")),
        };
        let value = html_escape::decode_html_entities(value);
        values.push(percent_decode_str(&value).decode_utf8_lossy().into_owned());
        rest = after;
    }
    values
}

/// Every string of a JSON text; strings that hold markup are decoded too.
fn json(text: &str) -> Vec<String> {
    fn collect(value: &serde_json::Value, pieces: &mut Vec<String>) {
        match value {
            serde_json::Value::String(text) if text.contains('<') => pieces.extend(markup(text)),
            serde_json::Value::String(text) => pieces.push(percent_decode_str(text).decode_utf8_lossy().into_owned()),
            serde_json::Value::Array(items) => items.iter().for_each(|item| collect(item, pieces)),
            serde_json::Value::Object(entries) => entries.values().for_each(|value| collect(value, pieces)),
            _ => {}
        }
    }
    let mut pieces = Vec::new();
    match serde_json::from_str(text) {
        Ok(value) => collect(&value, &mut pieces),
        Err(_) => pieces.push(text.to_owned()),
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_see_through_entities_inline_tags_and_encodings() {
        let html = "<p>One&#32;t<b>w</b>o &amp; three</p><td>four</td><a href=\"/x%20y?a=&quot;z&quot;\" title='5 > 4'>six</a>";
        assert_eq!(pieces("a.html", html.as_bytes()), ["One two & three", "four", "/x y?a=\"z\"", "5 > 4", "six"]);
        assert_eq!(pieces("a.svg", b"<!-- one --><text x=&#50; y>three</text>"), [" one ", "2", "three"]);
        let script = br#"<script type="application/json">{"k":"a\u0062c"}</script><script>if (a < b) {}</script>d"#;
        assert_eq!(pieces("a.html", script), ["application/json", "abc", "if (a < b) {}", "d"]);
        assert_eq!(pieces("a.json", br#"{"k":["a\u0062c","<p>d<br>e</p>"]}"#), ["abc", "d", "e"]);
        assert_eq!(pieces("search/a.js", b"lookbackSearch([\"a\\u0062c\",{\"k\":1}])\n"), ["abc"]);
        assert_eq!(pieces("feed.xml", b"<content>&lt;p&gt;a &amp;amp; b&lt;/p&gt;</content>"), ["a & b"]);
    }
}
