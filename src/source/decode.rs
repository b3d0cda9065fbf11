use crate::{
    findings::Problem,
    text::{Source, Span},
};

/// Turns the bytes of a file into text. A byte order mark stays in the text, so that offsets are those of the file.
///
/// What is no UTF-8 is read as well as possible, with a problem that says where it begins to be something else.
#[must_use]
pub fn decode(path: &str, bytes: &[u8]) -> (Source, Option<Problem>) {
    let problem = |span, message: String, help: &str| Some(Problem::new("invalid-front-matter", span, message).help(help));
    let save_as = "save the file as UTF-8";
    match (bytes, std::str::from_utf8(bytes)) {
        ([0xFF, 0xFE, rest @ ..], _) => {
            let text = utf16(rest, u16::from_le_bytes);
            (Source::new(path, text), problem(Span::at(0), "this file is UTF-16, not UTF-8".to_owned(), save_as))
        }
        ([0xFE, 0xFF, rest @ ..], _) => {
            let text = utf16(rest, u16::from_be_bytes);
            (Source::new(path, text), problem(Span::at(0), "this file is UTF-16, not UTF-8".to_owned(), save_as))
        }
        (_, Ok(text)) => {
            let nul = text.find('\0').map(|at| Span::new(at, at + 1));
            let found = nul.and_then(|span| problem(span, "this file holds a NUL byte: it is binary, or damaged".to_owned(), "remove the byte"));
            (Source::new(path, text), found)
        }
        (_, Err(error)) => {
            let start = error.valid_up_to();
            let byte = bytes.get(start).copied().unwrap_or_default();
            let text = String::from_utf8_lossy(bytes).into_owned();
            let width = text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
            let message = format!("this file is not UTF-8: the byte 0x{byte:02X} can't stand here");
            (Source::new(path, text), problem(Span::new(start, start + width), message, save_as))
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks(2).map(|pair| if let &[first, second] = pair { unit([first, second]) } else { 0xFFFD });
    char::decode_utf16(units).map(|result| result.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_stays_in_the_text() {
        let (source, problem) = decode("a.md", "\u{FEFF}# a".as_bytes());
        assert_eq!(source.text(), "\u{FEFF}# a");
        assert_eq!(problem, None);
    }

    #[test]
    fn utf_16_is_read_and_reported() {
        let bytes: Vec<u8> = [0xFF, 0xFE].into_iter().chain("# 장애".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let (source, problem) = decode("a.md", &bytes);
        assert_eq!(source.text(), "# 장애");
        assert!(problem.is_some_and(|problem| problem.message == "this file is UTF-16, not UTF-8"));
    }

    #[test]
    fn other_bytes_are_read_lossily_and_located() {
        let (source, problem) = decode("a.md", b"ab\xE9c");
        assert_eq!(source.text(), "ab\u{FFFD}c");
        assert!(problem.is_some_and(|problem| problem.span.of(source.text()) == "\u{FFFD}"));
        assert!(decode("a.md", b"a\0b").1.is_some());
        assert!(decode("a.md", &[0xFF, 0xFE, 0x41]).1.is_some());
        assert!(decode("a.md", &[]).1.is_none());
    }
}
