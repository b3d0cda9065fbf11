//! SVG through the filter of the crate `svg-hush`: elements and attributes by allow-list, no scripts, no styles that load something, no foreign
//! addresses, no comments.

use quick_xml::{
    Reader, Writer,
    events::{BytesStart, Event},
};

/// Bytes of a picture that people draw. What is larger is no drawing, and takes long.
const LARGEST: usize = 8 << 20;

/// Elements that change others while they are shown, or bring in something from elsewhere.
const ACTIVE: [&[u8]; 8] = [b"animate", b"animateColor", b"animateMotion", b"animateTransform", b"set", b"image", b"feImage", b"mpath"];

/// Elements that nobody sees where the picture is shown on a page.
const UNSEEN: [&[u8]; 3] = [b"title", b"desc", b"metadata"];

/// The drawing, which can be opened by itself without running anything.
pub(super) fn without_scripts(bytes: &[u8]) -> Option<Vec<u8>> {
    if bytes.len() > LARGEST {
        return None;
    }
    let mut safe = Vec::new();
    svg_hush::Filter::new().filter(bytes, &mut safe).ok()?;
    rewritten(&safe, |name| ACTIVE.contains(&name), |_| false)
}

/// The same without titles, descriptions, and what programs noted at its elements.
pub(super) fn without_metadata(bytes: &[u8]) -> Option<Vec<u8>> {
    let is_note = |key: &[u8]| [&b"data-"[..], b"aria-"].iter().any(|prefix| key.starts_with(prefix));
    rewritten(&without_scripts(bytes)?, |name| UNSEEN.contains(&name), is_note)
}

/// XML without some elements and some attributes; an address that is none of the drawing itself is no address.
fn rewritten(bytes: &[u8], is_left_out: fn(&[u8]) -> bool, is_note: fn(&[u8]) -> bool) -> Option<Vec<u8>> {
    let mut reader = Reader::from_reader(bytes);
    let mut writer = Writer::new(Vec::new());
    let mut left_out = 0_usize;
    loop {
        let event = reader.read_event().ok()?;
        match event {
            Event::Eof => return Some(writer.into_inner()),
            Event::Start(start) if left_out > 0 || is_left_out(start.local_name().as_ref()) => left_out += 1,
            Event::End(_) if left_out > 0 => left_out -= 1,
            _ if left_out > 0 => {}
            Event::Empty(start) if is_left_out(start.local_name().as_ref()) => {}
            Event::Start(start) => writer.write_event(Event::Start(plain(&start, is_note)?)).ok()?,
            Event::Empty(start) => writer.write_event(Event::Empty(plain(&start, is_note)?)).ok()?,
            other => writer.write_event(other).ok()?,
        }
    }
}

fn plain<'s>(start: &BytesStart<'s>, is_note: fn(&[u8]) -> bool) -> Option<BytesStart<'s>> {
    let mut plain = start.to_owned();
    plain.clear_attributes();
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        let is_elsewhere = attribute.key.local_name().as_ref() == b"href" && !attribute.value.starts_with(b"#");
        if !is_elsewhere && !is_note(attribute.key.as_ref()) {
            plain.push_attribute(attribute);
        }
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAWING: &str = r##"<?xml version="1.0"?><?xml-stylesheet href="https://evil.example/x.css"?>
<!DOCTYPE svg [<!ENTITY owner "Ada Meyer">]><!-- Ada Meyer -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:i="http://www.inkscape.org/" width="9" onload="alert(1)" i:docname="/home/ada/a.svg" data-owner="Ada Meyer">
<title>Ada Meyer</title><desc>by <b>Ada</b> Meyer</desc><metadata>Ada Meyer</metadata>
<script>alert(1)</script><foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onload="alert(1)"/></foreignObject>
<style>rect { fill: url(https://evil.example/x) } @import "https://evil.example/y.css";</style>
<a xlink:href="javascript:alert(1)"><text x="1" onclick="alert(1)">420 orders</text></a>
<image href="https://evil.example/z.png"/><use href="https://evil.example/z.svg#a"/><use href="#r"/><animate attributeName="href" to="javascript:alert(1)"/>
<set attributeName="onmouseover" to="alert(1)"/><rect id="r" width="3" fill="url(#g)" style="background: url(//evil.example/s)"/></svg>"##;

    #[test]
    fn a_drawing_runs_nothing_and_loads_nothing() {
        let safe = String::from_utf8(without_scripts(DRAWING.as_bytes()).unwrap()).unwrap();
        for kept in ["<svg", "420 orders", "url(#g)", "href=\"#r\"", "width=\"9\""] {
            assert!(safe.contains(kept), "{kept}: {safe}");
        }
        for gone in ["alert", "evil.example", "script", "onload", "foreignObject", "<!", "xml-stylesheet", "/home/ada"] {
            assert!(!safe.contains(gone), "{gone}: {safe}");
        }
    }

    #[test]
    fn outside_nobody_reads_what_nobody_sees() {
        let plain = String::from_utf8(without_metadata(DRAWING.as_bytes()).unwrap()).unwrap();
        assert!(!plain.to_lowercase().contains("ada") && plain.contains("420 orders"), "{plain}");
    }

    #[test]
    fn what_is_no_drawing_is_nothing() {
        for text in ["", "no drawing", "<html><script>alert(1)</script></html>", "<svg", "<svg xmlns='http://www.w3.org/2000/svg'><g></svg>"] {
            assert_eq!(without_scripts(text.as_bytes()), None, "{text}");
        }
    }
}
