use rustc_hash::FxHashMap;

use super::{Entry, Kind, Node, Scalar, YamlError, parse};
use crate::text::Span;

/// Texts longer than this are read whole, so that the limits of [`parse`] hold for them as they do for any other.
const LONGEST: usize = 32 * 1024;

/// Reads YAML texts that are much alike, such as the revisions of one document, and reads only those top-level entries anew that it has not
/// seen before.
///
/// A text that is no plain run of top-level entries, or in which anything is wrong, is read whole: the result is always that of [`parse`].
#[derive(Debug, Default)]
pub struct Memo {
    /// Entries by the text of their piece, with spans relative to its start.
    pieces: FxHashMap<Box<str>, Vec<Entry>>,
}

impl Memo {
    /// Parses one YAML document. Spans are byte offsets in `text`.
    ///
    /// # Errors
    /// Those of [`parse`].
    pub fn parse(&mut self, text: &str) -> Result<Node, YamlError> {
        match self.join_pieces(text) {
            Some(node) => Ok(node),
            None => parse(text),
        }
    }

    /// Remembers the entries of a text that was read elsewhere; the spans of `node` are those of a file in which `text` begins at `start`.
    pub fn learn(&mut self, text: &str, start: usize, node: &Node) {
        let (Some(pieces), Some(entries)) = (pieces(text), node.entries()) else { return };
        let mut entries = entries.iter().peekable();
        let mut learned = Vec::new();
        for piece in pieces {
            let mut own = Vec::new();
            while let Some(entry) = entries.next_if(|entry| piece.shifted(start).contains(entry.key.span)) {
                own.push(entry.clone().shifted_back(start + piece.start));
            }
            // A line inside a longer value only looks like an entry.
            if own.is_empty() || own.iter().any(|entry| entry.value.span.end > piece.len()) {
                return;
            }
            learned.push((piece.of(text), own));
        }
        for (piece, own) in learned {
            if !own.iter().any(|entry| is_placed_by_what_follows(&entry.value, piece)) {
                self.pieces.insert(piece.into(), own);
            }
        }
    }

    fn join_pieces(&mut self, text: &str) -> Option<Node> {
        let mut all: Vec<Entry> = Vec::new();
        for piece in pieces(text)? {
            let written = piece.of(text);
            if !self.pieces.contains_key(written) {
                let Ok(Node { kind: Kind::Map(entries), .. }) = parse(written) else { return None };
                if entries.iter().any(|entry| is_placed_by_what_follows(&entry.value, written)) {
                    return None;
                }
                self.pieces.insert(written.into(), entries);
            }
            for entry in self.pieces.get(written)? {
                // A key that is given twice is an error, which only a whole reading explains.
                if all.iter().any(|known| known.key.value == entry.key.value) {
                    return None;
                }
                all.push(entry.clone().shifted(piece.start));
            }
        }
        let span = all.iter().map(|entry| entry.key.span.cover(entry.value.span)).reduce(Span::cover)?;
        Some(Node { span, kind: Kind::Map(all) })
    }
}

/// The parser places a block scalar without text where the next entry begins.
fn is_placed_by_what_follows(node: &Node, text: &str) -> bool {
    match &node.kind {
        Kind::Scalar(Scalar::Text(value)) => value.trim().is_empty() && !node.span.of(text).starts_with(['"', '\'']),
        Kind::Scalar(_) => false,
        Kind::List(items) => items.iter().any(|item| is_placed_by_what_follows(item, text)),
        Kind::Map(entries) => entries.iter().any(|entry| is_placed_by_what_follows(&entry.value, text)),
    }
}

/// Cuts a text before every line that begins an entry at the left margin; `None` where that can't be seen from the line alone.
///
/// A missing cut does no harm, and a wrong one leaves a piece that is no map or no YAML: then the text is read whole.
fn pieces(text: &str) -> Option<Vec<Span>> {
    if text.len() > LONGEST {
        return None;
    }
    let mut starts = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let first = line.chars().next().unwrap_or(' ');
        // Anchors may be used in another piece, merged maps spread over it; directives and document markers end what a piece is.
        if line.starts_with("---") || line.starts_with("...") || matches!(first, '%' | '?' | '<' | '\t') || line.contains(['&', '\u{FEFF}']) {
            return None;
        }
        if (first.is_alphanumeric() || first == '_') && line.contains(':') {
            starts.push(offset);
        }
        offset += line.len();
    }
    if starts.len() < 2 {
        return None;
    }
    if let Some(first) = starts.first_mut() {
        *first = 0;
    }
    starts.push(text.len());
    Some(starts.windows(2).filter_map(|pair| Some(Span::new(*pair.first()?, *pair.last()?))).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn same(text: &str) -> Result<(), TestCaseError> {
        let mut memo = Memo::default();
        let whole = parse(text);
        prop_assert_eq!(&memo.parse(text), &whole, "at first: {:?}", text);
        prop_assert_eq!(&memo.parse(text), &whole, "from memory: {:?}", text);
        if let Ok(node) = &whole {
            let mut learned = Memo::default();
            learned.learn(text, 7, &node.clone().shifted(7));
            prop_assert_eq!(&learned.parse(text), &whole, "learned: {:?}", text);
        }
        Ok(())
    }

    #[test]
    fn pieces_say_what_the_whole_says() {
        for text in [
            "\nid: A\ntitle: \"x: y\"\n# note\nservices: [a, b]\nactions:\n- id: 1\n  title: |\n    text\n\n    more\n- id: 2\nend: 2\n",
            "a:\nb:\n",
            "a: # why\nb: ~\nc:\n\n\nd: x\n",
            "a: \"one\nb: two\"\nc: d\n",
            "a: [1,\nb: 2]\nc: d\n",
            "a: {x: 1,\ny: 2}\nc: d\n",
            "a: &x 1\nb: *x\n",
            "a: 1\na: 2\n",
            "a: 1\nb: c: d\n",
            "a: |\nb: 1\nc: >-\n  x\n  y\n\nd: 1\n",
            "- a\nb: c\nd: e\n",
            "a: b\nc\nd: e\n",
            "a: 1\r\nb: 2\r\n",
            "a: 'it''s\n  x'\nb:\n  c: 1\n  c: 2\n",
            "? a\n: b\nc: d\ne: f\n",
            "<<: {a: 1}\nb: 2\nc: 3\n",
            "a: 1\n...\nb: 2\n",
            "  a: 1\nb: 2\nc: 3\n",
            "제목: 가\n서비스: [나]\n",
            "a: 1 #x\nb: !!str 2\nc: 12e4567\n",
        ] {
            same(text).unwrap();
        }
    }

    #[test]
    fn what_changed_between_two_texts_is_read() {
        let mut memo = Memo::default();
        let one = "id: A\ntitle: one\nstatus: draft\n";
        let other = "id: A\ntitle: another\nstatus: draft\nowner: x\n";
        for text in [one, other, one] {
            assert_eq!(memo.parse(text), parse(text));
        }
        assert_eq!(memo.pieces.len(), 5);
    }

    proptest! {
        #[test]
        fn lines_in_any_order_say_what_the_whole_says(lines in prop::collection::vec(prop::sample::select(LINES), 0..9)) {
            same(&lines.concat())?;
        }
    }

    const LINES: &[&str] = &[
        "a: 1\n",
        "b:\n",
        "c: [x,\n",
        "d: \"open\n",
        "close\"\n",
        "]\n",
        "- item\n",
        "  - deep: 1\n",
        "    more: 2\n",
        "  k: v\n",
        "e: |\n",
        "f: >+\n",
        "\n",
        "# note\n",
        "plain\n",
        "'q': 1\n",
        "g: 'it\n",
        "{x: 1}\n",
        "h: {y: 1,\n",
        "}\n",
        "? i\n",
        ": j\n",
        "k: *x\n",
        "l: &x 1\n",
        "m: # c\n",
        "n: a #b\n",
        "o: !!str 1\n",
        "p : 1\n",
        "q:r\n",
        "\ts: 1\n",
        "---\n",
        "a: 2\n",
        "가: 나\n",
        "  \n",
        "v: 1\r\n",
        "w: a: b\n",
        "- x: 1\n",
        "-y: 1\n",
    ];
}
