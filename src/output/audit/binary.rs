//! Text in files that are no text: comments and metadata of pictures, whatever stands plainly in them.

use miniz_oxide::inflate::{decompress_to_vec_with_limit, decompress_to_vec_zlib_with_limit};

/// What a packed piece may unpack to.
const MOST: usize = 4 << 20;

/// Characters of a piece that says something.
const SHORTEST: usize = 6;

/// The whole as text: UTF-8, or UTF-16 with its mark. `None` for anything else.
pub(super) fn as_text(bytes: &[u8]) -> Option<String> {
    let units = |decode: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.get(2..).unwrap_or_default().chunks_exact(2).filter_map(|pair| Some(decode(pair.try_into().ok()?))).collect();
        String::from_utf16(&units).ok()
    };
    match bytes {
        [0xff, 0xfe, ..] => units(u16::from_le_bytes),
        [0xfe, 0xff, ..] => units(u16::from_be_bytes),
        _ if bytes.contains(&0) => None,
        _ => std::str::from_utf8(bytes).ok().map(str::to_owned),
    }
}

/// Whether bytes begin like a picture, or like something that is packed.
pub(super) fn is_known(bytes: &[u8]) -> bool {
    [&b"\x89PNG"[..], b"\xff\xd8\xff", b"GIF8", b"RIFF", b"%PDF", b"\x1f\x8b", b"PK\x03\x04"].iter().any(|magic| bytes.starts_with(magic))
}

/// Every text in bytes: in UTF-8, in UTF-16, in the packed pieces of a PNG, or in a gzip file.
pub(super) fn texts(bytes: &[u8]) -> Vec<String> {
    let mut texts = plain(&String::from_utf8_lossy(bytes));
    // Metadata of a picture may be in either order of bytes and begin anywhere.
    for start in 0..2 {
        let pairs = bytes.get(start..).unwrap_or_default().chunks_exact(2);
        let units: Vec<u16> = pairs.filter_map(|pair| Some(u16::from_le_bytes(pair.try_into().ok()?))).collect();
        let text: String =
            char::decode_utf16(units).map(|unit| unit.unwrap_or('\0')).map(|unit| if is_written(unit) { unit } else { '\0' }).collect();
        texts.extend(plain(&text));
    }
    // What stands at the end of a chunk is followed by its checksum or the name of the next one, which may look like more of the same word.
    if bytes.starts_with(b"\x89PNG") {
        for (kind, data) in chunks(bytes, 8, u32::from_be_bytes).filter(|(kind, _)| *kind != b"IDAT") {
            texts.extend(plain(&String::from_utf8_lossy(data)).into_iter().chain(packed_text(kind, data)));
        }
    }
    if bytes.starts_with(b"RIFF") {
        texts.extend(chunks(bytes, 12, u32::from_le_bytes).flat_map(|(_, data)| plain(&String::from_utf8_lossy(data))));
    }
    if bytes.starts_with(b"\x1f\x8b") {
        texts.extend(ungzipped(bytes).map(|bytes| as_text(&bytes).unwrap_or_else(|| plain(&String::from_utf8_lossy(&bytes)).join("\n"))));
    }
    texts
}

/// Characters of the scripts in which random bytes are rarely taken for text.
fn is_written(character: char) -> bool {
    character.is_ascii() || matches!(character, '\u{a0}'..='\u{24f}' | '가'..='힣')
}

fn plain(text: &str) -> Vec<String> {
    let pieces =
        text.split(|character: char| (character.is_control() && !character.is_ascii_whitespace()) || character == char::REPLACEMENT_CHARACTER);
    pieces.filter(|piece| piece.chars().take(SHORTEST).count() == SHORTEST).map(str::to_owned).collect()
}

/// The chunks of a PNG or of a RIFF file behind its head: kind and data.
fn chunks(bytes: &[u8], head: usize, number: fn([u8; 4]) -> u32) -> impl Iterator<Item = (&[u8], &[u8])> {
    let is_png = head == 8;
    let mut rest = bytes.get(head..).unwrap_or_default();
    std::iter::from_fn(move || {
        let (first, after) = rest.split_first_chunk::<4>()?;
        let (second, after) = after.split_first_chunk::<4>()?;
        // PNG: length, kind, data, checksum. RIFF: kind, length, data, padded to an even length.
        let (length, kind) = if is_png { (first, second) } else { (second, first) };
        let length = usize::try_from(number(*length)).ok()?;
        let (data, after) = after.split_at_checked(length)?;
        rest = after.get(if is_png { 4 } else { length % 2 }..).unwrap_or_default();
        Some((&kind[..], data))
    })
}

/// The text of a packed chunk: behind a keyword, a byte that says how it is packed, and for `iTXt` two more words.
fn packed_text(kind: &[u8], data: &[u8]) -> Option<String> {
    let skip = |data: &'_ [u8]| data.iter().position(|byte| *byte == 0).map(|end| end + 1);
    let mut at = skip(data)?;
    match kind {
        b"zTXt" | b"iCCP" => at += 1,
        b"iTXt" => {
            at += 2;
            for _ in 0..2 {
                at += skip(data.get(at..)?)?;
            }
        }
        _ => return None,
    }
    let unpacked = decompress_to_vec_zlib_with_limit(data.get(at..)?, MOST).ok()?;
    Some(String::from_utf8_lossy(&unpacked).into_owned())
}

/// The content of a gzip file (RFC 1952).
fn ungzipped(bytes: &[u8]) -> Option<Vec<u8>> {
    let flags = *bytes.get(3)?;
    let mut at = 10;
    if flags & 4 != 0 {
        at += 2 + usize::from(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
    }
    for flag in [8, 16] {
        if flags & flag != 0 {
            at += bytes.get(at..)?.iter().position(|byte| *byte == 0)? + 1;
        }
    }
    if flags & 2 != 0 {
        at += 2;
    }
    decompress_to_vec_with_limit(bytes.get(at..)?, MOST).ok()
}

#[cfg(test)]
mod tests {
    use miniz_oxide::deflate::{compress_to_vec, compress_to_vec_zlib};

    use super::*;

    #[test]
    fn packed_text_of_a_picture_is_unpacked() {
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        let packed = compress_to_vec_zlib(b"Ada Meyer wrote it", 6);
        for (kind, head) in [(b"zTXt", &b"Author\0\0"[..]), (b"iTXt", b"Author\0\x01\0en\0Author\0")] {
            let data = [head, &packed].concat();
            png.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
            png.extend(kind);
            png.extend(data);
            png.extend([0; 4]);
        }
        assert_eq!(texts(&png).iter().filter(|text| text.contains("Ada Meyer")).count(), 2);
    }

    #[test]
    fn a_gzip_file_is_unpacked() {
        let mut gzip = vec![0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3];
        gzip.extend(b"a.json\0");
        gzip.extend(compress_to_vec(b"{\"owner\": \"Ada Meyer\"}", 6));
        gzip.extend([0; 8]);
        assert!(texts(&gzip).iter().any(|text| text.contains("Ada Meyer")));
    }

    #[test]
    fn text_has_a_mark_or_is_utf_8() {
        let utf_16: Vec<u8> = [0xff, 0xfe].into_iter().chain("에이다".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(as_text(&utf_16).as_deref(), Some("에이다"));
        assert_eq!(as_text("에이다".as_bytes()).as_deref(), Some("에이다"));
        assert_eq!(as_text(b"\x89PNG"), None);
    }
}
