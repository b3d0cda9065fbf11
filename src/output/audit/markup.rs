//! HTML, XML and SVG as a reader has them.

use super::{layers::entities, phrases::NEW_PHRASE, reader::Piece};

/// Ends a block: no reader takes words on either side for one word, though phrases go on behind it.
const BREAK: char = '\u{1e}';

/// Tags that end a block; every other one, those that nobody knows included, stands within a line.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "audio",
    "blockquote",
    "body",
    "br",
    "button",
    "canvas",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "desc",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "foreignobject",
    "form",
    "g",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "iframe",
    "img",
    "input",
    "legend",
    "li",
    "link",
    "main",
    "menu",
    "meta",
    "nav",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "p",
    "picture",
    "pre",
    "script",
    "search",
    "section",
    "select",
    "style",
    "summary",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "text",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
    "video",
];

/// Names of attributes that say nothing by themselves. A tag with any other one is read whole.
const ATTRIBUTES: &[&str] = &[
    "align",
    "alt",
    "charset",
    "class",
    "clip-path",
    "colspan",
    "content",
    "cx",
    "cy",
    "d",
    "datetime",
    "dir",
    "disabled",
    "fill",
    "for",
    "height",
    "href",
    "hreflang",
    "http-equiv",
    "id",
    "lang",
    "name",
    "open",
    "points",
    "r",
    "rel",
    "role",
    "rowspan",
    "scope",
    "src",
    "start",
    "stroke",
    "style",
    "tabindex",
    "target",
    "title",
    "transform",
    "type",
    "value",
    "viewbox",
    "width",
    "x",
    "x1",
    "x2",
    "xmlns",
    "y",
    "y1",
    "y2",
];

/// The text between tags as one piece, and beside it the values of attributes, comments, declarations, scripts and styles.
pub(super) fn markup(text: &str, first_line: usize, has_inline: bool) -> Vec<Piece> {
    let mut reader = Reader { pieces: Vec::new(), flow: String::new(), line: first_line };
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        let (before, tag) = rest.split_at(open);
        reader.text(before);
        rest = reader.tag(tag, has_inline);
    }
    reader.text(rest);
    let Reader { mut pieces, flow, .. } = reader;
    pieces.push(Piece::of_lines(flow, first_line));
    pieces
}

/// Whether a text holds a tag, a comment or a declaration.
pub(super) fn is_markup(text: &str) -> bool {
    let mut bytes = text.bytes();
    while bytes.by_ref().any(|byte| byte == b'<') {
        if bytes.clone().next().is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?')) {
            return true;
        }
    }
    false
}

struct Reader {
    pieces: Vec<Piece>,
    flow: String,
    line: usize,
}

impl Reader {
    fn text(&mut self, text: &str) {
        self.line += lines(text);
        self.flow.push_str(&entities(text));
    }

    /// Reads the tag, comment or declaration with which a text begins, and gives back what follows.
    fn tag<'t>(&mut self, tag: &'t str, has_inline: bool) -> &'t str {
        for (open, close) in [("<!--", "-->"), ("<![CDATA[", "]]>")] {
            if let Some(inside) = tag.strip_prefix(open) {
                let (inside, after) = inside.split_once(close).unwrap_or((inside, ""));
                return self.aside(inside, after);
            }
        }
        let (inside, after) = tag_end(tag.get(1..).unwrap_or_default());
        if inside.starts_with(['!', '?']) {
            return self.aside(inside, after);
        }
        let name: String = inside.trim_start_matches('/').chars().take_while(|next| next.is_ascii_alphanumeric() || *next == '-').collect();
        let name = name.to_ascii_lowercase();
        if name.is_empty() && !inside.starts_with('/') {
            // No tag at all: `a < b`.
            self.flow.push('<');
            return tag.get(1..).unwrap_or_default();
        }
        if !has_inline {
            // Each element of a feed is a fact of its own: a time and the title behind it are no sentence.
            self.flow.push(NEW_PHRASE);
        } else if BLOCKS.contains(&&*name) {
            self.flow.push(BREAK);
        }
        if !inside.starts_with('/') {
            self.attributes(inside.get(name.len()..).unwrap_or_default());
        }
        self.skip(inside);
        if inside.starts_with('/') || !["script", "style"].contains(&&*name) {
            return after;
        }
        // Neither tags nor entities mean anything in it.
        let end = end_of(after, &name);
        let (script, after) = after.split_at(end);
        self.aside(script, after)
    }

    /// A piece that stands for itself.
    fn aside<'t>(&mut self, inside: &str, after: &'t str) -> &'t str {
        self.pieces.push(Piece::of_lines(inside.to_owned(), self.line));
        self.skip(inside);
        after
    }

    /// What is no text keeps its line breaks, so that the lines behind it are right.
    fn skip(&mut self, inside: &str) {
        let count = lines(inside);
        self.line += count;
        self.flow.extend(std::iter::repeat_n('\n', count));
    }

    /// Values in quotes and without, entities resolved; of a tag with unusual attributes all that stands in it.
    fn attributes(&mut self, tag: &str) {
        let mut rest = tag;
        let mut is_usual = true;
        while let Some((names, value)) = rest.split_once('=') {
            is_usual &= are_usual(names);
            let value = value.trim_start();
            let (value, after) = match value.chars().next() {
                Some(quote @ ('"' | '\'')) => value.get(1..).and_then(|inside| inside.split_once(quote)).unwrap_or((value, "")),
                _ => value.split_once(char::is_whitespace).unwrap_or((value, "")),
            };
            if !value.is_empty() {
                self.pieces.push(Piece::at(entities(value).into_owned(), Some(self.line)));
            }
            rest = after;
        }
        if !(is_usual && are_usual(rest)) {
            self.pieces.push(Piece::at(entities(tag).into_owned(), Some(self.line)));
        }
    }
}

fn are_usual(names: &str) -> bool {
    let mut names = names.split(|between: char| between.is_whitespace() || between == '/').filter(|name| !name.is_empty());
    names.all(|name| ATTRIBUTES.contains(&&*name.to_ascii_lowercase()))
}

fn lines(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}

/// Where the tag that closes a script begins.
fn end_of(text: &str, name: &str) -> usize {
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find("</")) {
        let at = from + at;
        if text.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return at;
        }
        from = at + 2;
    }
    text.len()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<(String, Option<usize>)> {
        markup(text, 1, true).into_iter().map(|piece| (piece.text.replace(BREAK, "|"), piece.line)).collect()
    }

    #[test]
    fn a_line_break_in_a_tag_does_not_move_what_follows() {
        let pieces = texts("<p\n title='a\nb'>c</p>\n<!-- d\n -->e");
        assert_eq!(pieces, [("a\nb".to_owned(), Some(1)), (" d\n ".to_owned(), Some(4)), ("|\n\nc|\n\ne".to_owned(), Some(1))]);
    }

    #[test]
    fn names_of_attributes_can_say_something() {
        assert_eq!(
            texts("<p data-owner-is-ada class=x>"),
            [("x".to_owned(), Some(1)), (" data-owner-is-ada class=x".to_owned(), Some(1)), ("|".to_owned(), Some(1))]
        );
        assert_eq!(texts("<x-y>a</x-y>b < c</b>"), [("ab < c".to_owned(), Some(1))]);
    }
}
