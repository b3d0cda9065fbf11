use img_parts::{DynImage, ImageEXIF, ImageICC};

/// PNG chunks that carry the picture itself; every other one (text, time, EXIF, private ones) is metadata.
const PNG_CHUNKS: [&[u8; 4]; 12] = [b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"acTL", b"fcTL", b"fdAT"];

/// JPEG markers of application data and comments; APP0 (JFIF) and APP14 (Adobe colours) are needed to show the picture.
const fn is_jpeg_metadata(marker: u8) -> bool {
    matches!(marker, 0xE1..=0xED | 0xEF | 0xFE)
}

/// The picture without EXIF, XMP, colour profile, text and comments. `None` for a file that is not what its bytes say, or of a kind whose
/// metadata can't be cut out.
pub(super) fn stripped(bytes: Vec<u8>) -> Option<Vec<u8>> {
    let mut image = DynImage::from_bytes(bytes.into()).ok()??;
    image.set_exif(None);
    image.set_icc_profile(None);
    match &mut image {
        DynImage::Png(png) => png.chunks_mut().retain(|chunk| PNG_CHUNKS.contains(&&chunk.kind())),
        DynImage::Jpeg(jpeg) => jpeg.segments_mut().retain(|segment| !is_jpeg_metadata(segment.marker())),
        DynImage::WebP(webp) => webp.remove_chunks_by_id(*b"XMP "),
        _ => return None,
    }
    let mut out = Vec::new();
    image.encoder().write_to(&mut out).ok()?;
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
        let mut bytes = u32::try_from(data.len()).unwrap().to_be_bytes().to_vec();
        bytes.extend(kind);
        bytes.extend(data);
        bytes.extend([0; 4]);
        bytes
    }

    #[test]
    fn text_in_a_png_does_not_go_out() {
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        png.extend(chunk(*b"IHDR", &[0; 13]));
        png.extend(chunk(*b"tEXt", b"Author\0Ada Meyer"));
        png.extend(chunk(*b"eXIf", b"camera"));
        png.extend(chunk(*b"IDAT", b"pixels"));
        png.extend(chunk(*b"IEND", b""));
        let clean = stripped(png).unwrap();
        let text = String::from_utf8_lossy(&clean).into_owned();
        assert!(text.contains("pixels") && !text.contains("Ada") && !text.contains("camera"));
        assert_eq!(stripped(b"no picture".to_vec()), None);
    }
}
