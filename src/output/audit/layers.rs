//! What a text turns into when its encodings are resolved, one after the other.

use std::{borrow::Cow, sync::LazyLock};

use base64::{
    Engine as _,
    alphabet::URL_SAFE,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use percent_encoding::percent_decode_str;
use regex::Regex;

use super::{
    binary,
    markup::{is_markup, markup},
    reader::Piece,
};

/// Encodings within encodings that are resolved.
const DEPTH: usize = 5;

/// Characters that base64 or hex digits need at the least to say something.
const PACKED: usize = 12;

/// What is added when a script joins strings.
#[expect(clippy::unwrap_used, reason = "a constant pattern")]
static JOINED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"["'`]\s*\+\s*["'`]"#).unwrap());

/// Adds what a piece turns into. Each step works on the result of the one before it, so that the work stays linear in the text.
pub(super) fn layers(piece: &Piece, pieces: &mut Vec<Piece>) {
    below(piece, DEPTH, pieces);
}

fn below(piece: &Piece, depth: usize, pieces: &mut Vec<Piece>) {
    let Some(depth) = depth.checked_sub(1) else { return };
    let mut add = |inner: Piece| {
        if !inner.text.trim().is_empty() && inner.text != piece.text {
            below(&inner, depth, pieces);
            pieces.push(inner);
        }
    };
    for text in packed(&piece.text) {
        add(Piece::at(text, piece.line));
    }
    if is_markup(&piece.text) {
        for inner in markup(&piece.text, piece.line.unwrap_or(1), true) {
            let line = inner.line.filter(|_| piece.has_lines).or(piece.line);
            add(Piece { line, has_lines: piece.has_lines && inner.has_lines, ..inner });
        }
    }
    if let Cow::Owned(text) = decoded(&piece.text) {
        add(Piece { text, ..*piece });
    }
}

/// The text with percent-encoding, entities, escapes and joined strings resolved once; borrowed where there is nothing to resolve.
fn decoded(text: &str) -> Cow<'_, str> {
    let percent = if text.contains('%') { percent_decode_str(text).decode_utf8_lossy() } else { Cow::Borrowed(text) };
    let mut out = percent;
    for step in [entities, unescaped, joined] {
        if let Cow::Owned(next) = step(&out) {
            out = Cow::Owned(next);
        }
    }
    if out == text { Cow::Borrowed(text) } else { Cow::Owned(out.into_owned()) }
}

/// HTML entities resolved, numbers without a semicolon too, as browsers do.
pub(super) fn entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("&#") {
        let (before, number) = rest.split_at(at);
        html_escape::decode_html_entities_to_string(before, &mut out);
        let digits = number.get(2..).unwrap_or_default();
        let (digits, radix) = digits.strip_prefix(['x', 'X']).map_or((digits, 10), |digits| (digits, 16));
        let end = digits.find(|digit: char| !digit.is_digit(radix)).unwrap_or(digits.len());
        let (digits, after) = digits.split_at(end);
        if let Some(character) = u32::from_str_radix(digits, radix).ok().and_then(char::from_u32) {
            out.push(character);
            rest = after.strip_prefix(';').unwrap_or(after);
        } else {
            out.push_str("&#");
            rest = number.get(2..).unwrap_or_default();
        }
    }
    html_escape::decode_html_entities_to_string(rest, &mut out);
    Cow::Owned(out)
}

/// Escapes of JSON, JavaScript and CSS resolved.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut units: Vec<u16> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        if !before.is_empty() {
            flush(&mut units, &mut out);
            out.push_str(before);
        }
        let escape = escape.get(1..).unwrap_or_default();
        rest = if let Some((unit, after)) = unit(escape) {
            units.push(unit);
            after
        } else {
            flush(&mut units, &mut out);
            one(escape, &mut out)
        };
    }
    flush(&mut units, &mut out);
    out.push_str(rest);
    Cow::Owned(out)
}

/// `\u0061`, which may be half of a character.
fn unit(escape: &str) -> Option<(u16, &str)> {
    let digits = escape.strip_prefix('u')?;
    Some((u16::from_str_radix(digits.get(..4)?, 16).ok()?, digits.get(4..)?))
}

fn flush(units: &mut Vec<u16>, out: &mut String) {
    out.extend(char::decode_utf16(units.drain(..)).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)));
}

/// Resolves one other escape, behind its backslash, and gives back what follows.
fn one<'t>(escape: &'t str, out: &mut String) -> &'t str {
    let number = |digits: &str| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
    if let Some((digits, after)) = escape.strip_prefix("u{").and_then(|inside| inside.split_once('}'))
        && let Some(character) = number(digits)
    {
        out.push(character);
        return after;
    }
    if let Some(character) = escape.strip_prefix('x').and_then(|digits| digits.get(..2)).and_then(number) {
        out.push(character);
        return escape.get(3..).unwrap_or_default();
    }
    // CSS: up to six hex digits, and a space that ends them. A single one may as well be an escape of JSON.
    let end = escape.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
    if end > 1
        && let Some(character) = escape.get(..end).and_then(number)
    {
        out.push(character);
        let after = escape.get(end..).unwrap_or_default();
        return after.strip_prefix(' ').unwrap_or(after);
    }
    let mut characters = escape.chars();
    match characters.next() {
        Some('n' | 'r' | 't' | 'b' | 'f' | 'v') => out.push(' '),
        // A line break behind a backslash is none.
        Some('\n') | None => {}
        Some(other) => out.push(other),
    }
    characters.as_str()
}

fn joined(text: &str) -> Cow<'_, str> {
    if text.contains('+') { JOINED.replace_all(text, "") } else { Cow::Borrowed(text) }
}

/// Texts that stand in base64 or in hex digits.
fn packed(text: &str) -> Vec<String> {
    const LENIENT: GeneralPurpose = GeneralPurpose::new(
        &URL_SAFE,
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent).with_decode_allow_trailing_bits(true),
    );
    let is_digit = |character: char| character.is_ascii_alphanumeric() || matches!(character, '+' | '/' | '-' | '_');
    let mut texts = Vec::new();
    for word in text.split(|character| !is_digit(character)).filter(|word| word.len() >= PACKED) {
        if word.len().is_multiple_of(2) && word.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            let bytes: Option<Vec<u8>> = (0..word.len()).step_by(2).map(|at| u8::from_str_radix(word.get(at..at + 2)?, 16).ok()).collect();
            texts.extend(bytes.and_then(|bytes| readable(&bytes)));
        }
        // Text in base64 has letters of either case; of other words few can be decoded, and of those nearly none says anything.
        if !(word.bytes().any(|byte| byte.is_ascii_uppercase()) && word.bytes().any(|byte| byte.is_ascii_lowercase())) {
            continue;
        }
        let digits = word.replace('+', "-").replace('/', "_");
        let Ok(bytes) = LENIENT.decode(digits) else { continue };
        match readable(&bytes) {
            Some(text) => texts.push(text),
            None if binary::is_known(&bytes) => texts.extend(binary::texts(&bytes)),
            None => {}
        }
    }
    texts
}

/// Bytes that somebody could read.
fn readable(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    let is_readable = |character: char| !character.is_control() || character.is_ascii_whitespace();
    text.chars().all(is_readable).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_resolved_within_each_other() {
        for text in [
            "ada%40example.com",
            "ada%2540example.com",
            "ada%25252540example.com",
            "&#97;da&commat;example.com",
            "&amp;#97da&amp;#x40;example.com",
            r"\u0061da\u0040example.com",
            r"\x61da\u{40}example.com",
            r"\61 da\000040example.com",
            "\"ada@\" + 'exam' +\n`ple.com`",
            "YWRhQGV4YW1wbGUuY29t",
            "data:text/plain;base64,YWRhQGV4YW1wbGUuY29tIHdyb3Rl",
            "WVdSaFFHVjRZVzF3YkdVdVkyOXQ=",
            "616461406578616d706c652e636f6d",
            "%59WRhQGV4YW1wbGUuY29t",
            "&lt;p&gt;ada@&lt;b&gt;example&lt;/b&gt;.com",
        ] {
            let mut pieces = Vec::new();
            layers(&Piece::from(text.to_owned()), &mut pieces);
            assert!(pieces.iter().any(|piece| piece.text.contains("ada@example.com")), "{text}: {pieces:?}");
        }
    }

    #[test]
    fn a_character_outside_of_the_basic_plane_has_two_escapes() {
        assert_eq!(unescaped(r"a \ud83d\udd25 \n\\b\"), "a 🔥  \\b");
    }

    #[test]
    fn plain_text_has_no_layers() {
        let mut pieces = Vec::new();
        layers(&Piece::from("For an hour no order could be placed, 100 % of them.".to_owned()), &mut pieces);
        assert_eq!(pieces, []);
    }
}
