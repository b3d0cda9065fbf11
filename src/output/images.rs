//! Pictures without what nobody sees in them.

mod jpeg;
mod svg;

use img_parts::{DynImage, ImageEXIF, ImageICC, png::Png, riff::RiffContent, webp::WebP};

/// PNG chunks that carry the picture itself; every other one (text, time, EXIF, private ones) is metadata.
const PNG_CHUNKS: [&[u8; 4]; 12] = [b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"acTL", b"fcTL", b"fdAT"];

/// WebP chunks that carry a picture that does not move. Frames of a moving one hold chunks of their own.
const WEBP_CHUNKS: [&[u8; 4]; 4] = [b"VP8 ", b"VP8L", b"VP8X", b"ALPH"];

/// The picture without EXIF, XMP, colour profile, thumbnail, text and comments, whatever its name says it is. `None` for a file that is no picture, or
/// is of a kind whose metadata can't be cut out: GIF, AVIF, a moving WebP.
pub(super) fn stripped(path: &str, bytes: Vec<u8>) -> Option<Vec<u8>> {
    if is_svg(path) {
        return svg::without_metadata(&bytes);
    }
    if bytes.starts_with(&[0xff, 0xd8]) {
        return jpeg::without_metadata(&bytes);
    }
    let mut image = DynImage::from_bytes(bytes.into()).ok()??;
    image.set_exif(None);
    image.set_icc_profile(None);
    match &mut image {
        DynImage::Png(png) => keep_picture(png),
        DynImage::Jpeg(_) => return None,
        DynImage::WebP(webp) => keep_still(webp)?,
    }
    let mut out = Vec::new();
    image.encoder().write_to(&mut out).ok()?;
    Some(out)
}

/// The picture as colleagues may open it: an SVG without scripts and foreign addresses, since it can be opened as a page of its own, where no policy
/// of another page holds. `None` for an SVG that no browser would show either.
pub(super) fn harmless(path: &str, bytes: Vec<u8>) -> Option<Vec<u8>> {
    if is_svg(path) { svg::without_scripts(&bytes) } else { Some(bytes) }
}

fn is_svg(path: &str) -> bool {
    path.rsplit('.').next().is_some_and(|extension| extension.eq_ignore_ascii_case("svg"))
}

fn keep_picture(png: &mut Png) {
    png.chunks_mut().retain(|chunk| PNG_CHUNKS.contains(&&chunk.kind()));
}

fn keep_still(webp: &mut WebP) -> Option<()> {
    let is_moving = webp.chunks().iter().any(|chunk| [b"ANIM", b"ANMF"].contains(&&chunk.id()));
    webp.chunks_mut().retain(|chunk| WEBP_CHUNKS.contains(&&chunk.id()) && matches!(chunk.content(), RiffContent::Data(_)));
    (!is_moving && !webp.chunks().is_empty()).then_some(())
}

#[cfg(test)]
mod tests {
    use img_parts::{
        Bytes,
        png::PngChunk,
        riff::{RiffChunk, RiffContent},
    };

    use super::*;

    fn holds(bytes: &[u8], text: &[u8]) -> bool {
        bytes.windows(text.len()).any(|window| window == text)
    }

    #[test]
    fn text_in_a_png_does_not_go_out() {
        let chunk = |kind: &[u8; 4], data: &'static [u8]| PngChunk::new(*kind, Bytes::from_static(data));
        let picture = include_bytes!("../../example-repo/postmortems/2025/01/2025-01-21-tracking-connection-pool/pool-wait.png");
        let mut png = Png::from_bytes(Bytes::from_static(picture)).unwrap();
        for kind in [b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"iCCP", b"tIME", b"pHYs", b"prVt", b"caBX", b"dSIG"] {
            png.chunks_mut().insert(1, chunk(kind, b"Author\0Ada Meyer"));
        }
        let mut bytes = Vec::new();
        png.encoder().write_to(&mut bytes).unwrap();
        bytes.extend(b"Ada Meyer behind the end");
        assert!(holds(&bytes, b"Ada Meyer"));
        assert!(stripped("a.png", bytes).unwrap() == picture);
    }

    #[test]
    fn text_in_a_webp_does_not_go_out() {
        let chunk = |id: &[u8; 4], data: &'static [u8]| RiffChunk::new(*id, RiffContent::Data(Bytes::from_static(data)));
        let list = |chunks: Vec<RiffChunk>| RiffChunk::new(*b"RIFF", RiffContent::List { kind: Some(*b"WEBP"), subchunks: chunks });
        let encoded = |chunks| {
            let mut bytes = Vec::new();
            WebP::new(list(chunks)).unwrap().encoder().write_to(&mut bytes).unwrap();
            bytes
        };
        // One pixel, lossless.
        let pixel = || chunk(b"VP8L", &[0x2f, 0, 0, 0, 0, 0x07, 0x10, 0xfd, 0x8f, 0xfe, 0x07, 0x22, 0xa2, 0xff, 0x01, 0]);
        let mut bytes = encoded(vec![
            chunk(b"VP8X", &[0x2c, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            chunk(b"ICCP", b"profile of Ada Meyer"),
            pixel(),
            chunk(b"EXIF", b"II*\0Ada Meyer"),
            chunk(b"XMP ", b"<dc:creator>Ada Meyer"),
            chunk(b"prVt", b"Ada Meyer"),
        ]);
        bytes.extend(b"Ada Meyer behind the end");
        let clean = stripped("a.webp", bytes).unwrap();
        assert!(holds(&clean, b"VP8L") && !holds(&clean, b"Ada Meyer"), "{clean:?}");
        assert_eq!(stripped("a.webp", encoded(vec![chunk(b"VP8X", &[2, 0, 0, 0, 0, 0, 0, 0, 0, 0]), chunk(b"ANMF", b"Ada Meyer")])), None);
    }

    #[test]
    fn what_is_no_picture_or_can_hold_anything_stays_inside() {
        for bytes in [&b"no picture"[..], b"GIF89a\x01\0\x01\0\0\0\0!\xfe\x05Ada M\0;", b"\0\0\0\x1cftypavif\0\0\0\0avifmif1"] {
            assert_eq!(stripped("a.png", bytes.to_vec()), None);
        }
    }
}
