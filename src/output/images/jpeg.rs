//! JPEG, segment by segment: what a library would keep as the data of the picture may hold comments between its scans, and further pictures behind its
//! end, with a place and a time of their own.

/// What a JFIF head says when it holds no thumbnail: name, version, density, and a size of nothing.
const JFIF: usize = 14;

/// What an Adobe segment holds: name, version, flags, and how colours are stored.
const ADOBE: usize = 12;

const END: u8 = 0xd9;

/// The picture without every segment that is not needed to show it: EXIF, XMP, IPTC, colour profile, comments, thumbnails, whatever stands behind the
/// end. `None` when it is no JPEG, or has no end.
pub(super) fn without_metadata(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes.strip_prefix(&[0xff, 0xd8])?;
    let mut out = Vec::with_capacity(bytes.len());
    out.extend([0xff, 0xd8]);
    let mut has_scan = false;
    loop {
        // Data of a scan, in which these two bytes are no marker, stands before the next segment.
        let at = rest.windows(2).position(|pair| matches!(pair, [0xff, marker] if !matches!(marker, 0 | 0xd0..=0xd7 | 0xff)))?;
        let (data, segment) = rest.split_at(at);
        if has_scan {
            out.extend(data);
        }
        let marker = *segment.get(1)?;
        if marker == END {
            out.extend([0xff, END]);
            return has_scan.then_some(out);
        }
        let length = usize::from(u16::from_be_bytes(segment.get(2..4)?.try_into().ok()?));
        let (whole, after) = segment.split_at_checked(2 + length)?;
        let contents = whole.get(4..)?;
        match marker {
            // Frames, tables, scans.
            0xc0..=0xcf | 0xda..=0xdf => out.extend(whole),
            0xe0 if contents.starts_with(b"JFIF\0") && contents.len() >= JFIF => {
                out.extend([0xff, 0xe0, 0, 16]);
                out.extend(contents.get(..JFIF - 2)?);
                out.extend([0, 0]);
            }
            0xee if contents.starts_with(b"Adobe") && contents.len() == ADOBE => out.extend(whole),
            _ => {}
        }
        has_scan |= marker == 0xda;
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(marker: u8, contents: &[u8]) -> Vec<u8> {
        [&[0xff, marker], &u16::try_from(contents.len() + 2).unwrap().to_be_bytes()[..], contents].concat()
    }

    #[test]
    fn only_the_picture_is_left() {
        let text = b"Ada Meyer";
        let head = [b"JFIF\0\x01\x02\0\0\x48\0\x48\x01\x01", &text[..]].concat();
        let scan = [segment(0xda, &[1, 1, 0, 0, 63, 0]), vec![0x12, 0xff, 0, 0x34, 0xff, 0xd0, 0x56]].concat();
        let mut bytes = [vec![0xff, 0xd8], segment(0xe0, &head), segment(0xe0, &[b"JFXX\0", &text[..]].concat())].concat();
        for marker in [0xe1, 0xe2, 0xed, 0xee, 0xef, 0xf3, 0xfe] {
            bytes.extend(segment(marker, &[b"Exif\0\0", &text[..]].concat()));
        }
        bytes.extend(segment(0xdb, &[1; 65]));
        bytes.extend(&scan);
        bytes.extend(segment(0xfe, text));
        bytes.extend(&scan);
        bytes.extend([0xff, 0xd9]);
        bytes.extend(text);
        let picture =
            [vec![0xff, 0xd8], segment(0xe0, b"JFIF\0\x01\x02\0\0\x48\0\x48\0\0"), segment(0xdb, &[1; 65]), scan.clone(), scan, vec![0xff, 0xd9]];
        assert_eq!(without_metadata(&bytes), Some(picture.concat()));
    }

    #[test]
    fn a_picture_without_an_end_stays_inside() {
        assert_eq!(without_metadata(&[vec![0xff, 0xd8], segment(0xda, &[1]), vec![0x12, 0x34]].concat()), None);
        assert_eq!(without_metadata(&[0xff, 0xd8, 0xff, 0xd9]), None);
    }
}
