//! Finished bytes as a reader would have them, and as whoever looks into the source would.

use super::{
    binary,
    layers::{layers, unescaped},
    markup::markup,
};

/// A piece of a file that is read for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    /// Line of the file in which it begins; none for its name, and where there are no lines.
    pub(super) line: Option<usize>,
    /// Whether its line breaks are those of the file.
    pub(super) has_lines: bool,
}

/// Everything that can be read of a file.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// Text, tags removed and encodings resolved.
    pub(super) pieces: Vec<Piece>,
    /// The file as it is, where that is not among the pieces: only identifiers are looked for in it.
    pub(super) raw: Option<Piece>,
    /// Whether it holds text that can't be read.
    pub(super) is_packed: bool,
}

impl From<String> for Piece {
    fn from(text: String) -> Self {
        Self { text, line: None, has_lines: false }
    }
}

impl Piece {
    pub(super) const fn at(text: String, line: Option<usize>) -> Self {
        Self { text, line, has_lines: false }
    }

    /// Text whose line breaks are those of the file.
    pub(super) const fn of_lines(text: String, line: usize) -> Self {
        Self { text, line: Some(line), has_lines: true }
    }
}

/// What names end in whose bytes are a picture, a font or an archive.
const PACKED: [&str; 13] = ["pdf", "zip", "woff", "woff2", "br", "zst", "xz", "bz2", "7z", "docx", "xlsx", "pptx", "avif"];

/// Reads a file of a site.
pub(super) fn read(path: &str, bytes: &[u8]) -> Reading {
    let mut reading = Reading::default();
    add(&mut reading, Piece::from(path.to_owned()));
    let extension = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let Some(text) = binary::as_text(bytes) else {
        for text in binary::texts(bytes) {
            add(&mut reading, Piece::from(text));
        }
        reading.is_packed = PACKED.contains(&&*extension);
        return reading;
    };
    match &*extension {
        "html" | "htm" | "xhtml" | "svg" | "xml" | "atom" | "rss" | "mathml" => {
            for piece in markup(&text, 1, extension != "xml") {
                add(&mut reading, piece);
            }
            reading.raw = Some(Piece::of_lines(text, 1));
        }
        // Its escapes are no words: what stands in its strings is compared.
        "json" => {
            add(&mut reading, Piece::of_lines(unescaped(&text).into_owned(), 1));
            reading.raw = Some(Piece::of_lines(text, 1));
        }
        // Long lines of a calendar go on behind a line break and a space.
        "ics" => {
            let unfolded = text.replace("\r\n ", "").replace("\n ", "");
            add(&mut reading, Piece::of_lines(text, 1));
            add(&mut reading, Piece::at(unfolded, Some(1)));
        }
        _ => add(&mut reading, Piece::of_lines(text, 1)),
    }
    reading
}

/// Adds a piece, and what it turns into when its encodings are resolved.
fn add(reading: &mut Reading, piece: Piece) {
    if piece.text.trim().is_empty() {
        return;
    }
    layers(&piece, &mut reading.pieces);
    reading.pieces.push(piece);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(path: &str, bytes: &[u8], text: &str) -> bool {
        read(path, bytes).pieces.iter().any(|piece| piece.text.contains(text))
    }

    #[test]
    fn readers_see_through_entities_inline_tags_and_encodings() {
        let html = "<p>One&#32;t<b>w</b>o &amp; three</p><td>four</td><a href=\"/x%20y?a=&quot;z&quot;\" title='5 > 4'>six</a>";
        for text in ["One two & three", "four", "/x y?a=\"z\"", "5 > 4", "six"] {
            assert!(holds("a.html", html.as_bytes(), text), "{text}");
        }
        let script = br#"<script type="application/json">{"k":"a\u0062c"}</script><script>if (a < b) { x("de" + 'f') }</script>d"#;
        for text in ["abc", "if (a < b)", "def", "d"] {
            assert!(holds("a.html", script, text), "{text}");
        }
        assert!(holds("a.json", br#"{"k":["a\u0062c","<p>d<br>e</p>"]}"#, "abc"));
        assert!(holds("feed.xml", b"<content>&lt;p&gt;a &amp;amp; &lt;b&gt;b&lt;/b&gt;c&lt;/p&gt;</content>", "a & bc"));
        assert!(holds("a.css", br"p::after { content: '\61 \000062c' }", "abc"));
        assert!(holds("a.ics", b"SUMMARY:ab\r\n c\r\n", "abc"));
    }

    #[test]
    fn what_stands_in_a_picture_is_read() {
        let mut picture = vec![0xff, 0xd8, 0xff, 0xfe, 0, 20, 0x80];
        picture.extend(b"Author: Ada Meyer\0");
        picture.extend("에이다 마이어\0".encode_utf16().flat_map(u16::to_le_bytes));
        picture.push(0x90);
        assert!(holds("a.jpg", &picture, "Author: Ada Meyer"));
        assert!(holds("a.jpg", &picture, "에이다 마이어"));
    }

    #[test]
    fn the_name_of_a_file_is_a_text_of_it() {
        assert!(holds("a%20b.txt", b"x", "a b.txt"));
    }
}
