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
    }
    let mut out = Vec::new();
    image.encoder().write_to(&mut out).ok()?;
    Some(out)
}

#[cfg(test)]
mod tests {
    use img_parts::{
        Bytes,
        png::{Png, PngChunk},
    };

    use super::*;

    #[test]
    fn text_in_a_png_does_not_go_out() {
        let chunk = |kind: &[u8; 4], data: &'static [u8]| PngChunk::new(*kind, Bytes::from_static(data));
        let picture = include_bytes!("../../example-repo/postmortems/2025/01/2025-01-21-tracking-connection-pool/pool-wait.png");
        let mut png = Png::from_bytes(Bytes::from_static(picture)).unwrap();
        png.chunks_mut().insert(1, chunk(b"tEXt", b"Author\0Ada Meyer"));
        png.chunks_mut().insert(1, chunk(b"eXIf", b"camera of Ada Meyer"));
        let mut bytes = Vec::new();
        png.encoder().write_to(&mut bytes).unwrap();
        let holds = |bytes: &[u8]| bytes.windows(9).any(|window| window == b"Ada Meyer");
        assert!(holds(&bytes));
        let clean = stripped(bytes).unwrap();
        assert!(!holds(&clean) && clean == picture);
    }

    #[test]
    fn what_is_no_picture_stays_inside() {
        assert_eq!(stripped(b"no picture".to_vec()), None);
    }
}
