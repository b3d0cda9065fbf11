//! What is answered to an address.

use axum::http::StatusCode;
use percent_encoding::percent_decode_str;

use super::Shown;

/// Where a page asks what is known of it.
pub(super) const STATE: &str = "/_lookback/state";
const SCRIPT: &str = "/_lookback/live.js";

const PAGE: &str = "text/html; charset=utf-8";

/// Kind of a file by its extension; anything else is only downloaded.
const KINDS: &[(&str, &str)] = &[
    ("html", PAGE),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("xml", "application/xml; charset=utf-8"),
    ("txt", "text/plain; charset=utf-8"),
    ("ics", "text/calendar; charset=utf-8"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
];

/// A response without its protocol.
#[derive(Debug, PartialEq)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) kind: &'static str,
    pub(super) body: Vec<u8>,
}

/// Answers a path as a browser writes it, percent-encoded.
pub(super) fn of(shown: &Shown, path: &str) -> Answer {
    match path {
        STATE => Answer { status: StatusCode::OK, kind: kind("state.json"), body: shown.state.clone().into_bytes() },
        SCRIPT => Answer { status: StatusCode::OK, kind: kind("live.js"), body: include_bytes!("live.js").to_vec() },
        "/" | "/index.html" => page(StatusCode::OK, contents(shown).as_bytes()),
        _ => file(shown, &percent_decode_str(path).decode_utf8_lossy()),
    }
}

fn file(shown: &Shown, path: &str) -> Answer {
    let (audience, inside) = path.trim_start_matches('/').split_once('/').unwrap_or((path.trim_start_matches('/'), ""));
    let Some(site) = shown.sites.get(audience) else {
        return page(StatusCode::NOT_FOUND, b"<!doctype html><title>Not found</title><p>No such site.");
    };
    let folder = inside.trim_end_matches('/');
    let index = if folder.is_empty() { "index.html".to_owned() } else { format!("{folder}/index.html") };
    let found = [inside, &index].into_iter().find_map(|name| Some((name, site.get(name)?)));
    match found {
        Some((name, bytes)) => match kind(name) {
            PAGE => page(StatusCode::OK, bytes),
            kind => Answer { status: StatusCode::OK, kind, body: bytes.clone() },
        },
        None => {
            page(StatusCode::NOT_FOUND, site.get("404.html").map_or(&b"<!doctype html><title>Not found</title><p>No such page."[..], Vec::as_slice))
        }
    }
}

/// A page with the script that loads it again. The policy of the site allows no script, so that of the page is widened to this one.
fn page(status: StatusCode, html: &[u8]) -> Answer {
    let html = String::from_utf8_lossy(html);
    // The search page allows the scripts of its site already; a second directive of the same name would be ignored, and said to be.
    let scripts = if html.contains("script-src 'self'") { "" } else { " script-src 'self';" };
    let html = html.replacen("default-src 'none';", &format!("default-src 'none';{scripts} connect-src 'self';"), 1);
    let script = format!("<script src=\"{SCRIPT}\" defer></script>");
    let html = if html.contains("</head>") { html.replacen("</head>", &format!("{script}\n</head>"), 1) } else { html + &script };
    Answer { status, kind: PAGE, body: html.into_bytes() }
}

/// The sites that there are.
fn contents(shown: &Shown) -> String {
    let links = shown.sites.keys().map(|audience| {
        let name = html_escape::encode_text(audience);
        format!("<li><a href=\"/{name}/index.html\">{name}</a></li>\n")
    });
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>lookback</title>\n</head>\n<body>\n<h1>Sites</h1>\n<ul>\n{}</ul>\n</body>\n</html>\n",
        links.collect::<Vec<_>>().concat()
    )
}

fn kind(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    KINDS.iter().find(|(known, _)| *known == extension).map_or("application/octet-stream", |(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, sync::Arc};

    use super::*;

    fn shown() -> Shown {
        let policy = "<meta content=\"default-src 'none'; style-src 'self'\">";
        let files =
            [("index.html", format!("<head>{policy}</head>home")), ("a/사고/index.html", "<p>사고".to_owned()), ("feed.xml", "<feed/>".to_owned())];
        let site = files.into_iter().map(|(path, text)| (path.to_owned(), text.into_bytes())).collect();
        let public = BTreeMap::from([("404.html".to_owned(), b"gone".to_vec())]);
        let sites = BTreeMap::from([("internal".to_owned(), site), ("public".to_owned(), public)]);
        Shown { build: 1, sites: Arc::new(sites), state: "{}".to_owned() }
    }

    fn text(path: &str) -> (u16, String) {
        let answer = of(&shown(), path);
        (answer.status.as_u16(), String::from_utf8(answer.body).unwrap())
    }

    #[test]
    fn pages_are_found_by_file_and_by_folder() {
        for path in ["/internal/", "/internal", "/internal/index.html"] {
            let (status, html) = text(path);
            assert_eq!(status, 200, "{path}");
            assert!(html.contains("default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'"), "{html}");
            assert!(html.contains("<script src=\"/_lookback/live.js\" defer></script>\n</head>home"), "{html}");
        }
        for path in ["/internal/a/%EC%82%AC%EA%B3%A0/", "/internal/a/%EC%82%AC%EA%B3%A0", "/internal/a/사고/index.html"] {
            assert!(text(path).1.starts_with("<p>사고"), "{path}");
        }
        assert!(text("/").1.contains("<a href=\"/public/index.html\">public</a>"));
    }

    #[test]
    fn other_files_are_sent_as_they_are() {
        let feed = of(&shown(), "/internal/feed.xml");
        assert_eq!((feed.kind, feed.body.as_slice()), ("application/xml; charset=utf-8", &b"<feed/>"[..]));
        assert_eq!(text("/_lookback/state"), (200, "{}".to_owned()));
        assert!(text("/_lookback/live.js").1.contains("/_lookback/state"));
    }

    #[test]
    fn nothing_beside_the_sites_is_served() {
        for path in ["/internal/../Cargo.toml", "/internal/%2e%2e/Cargo.toml", "/etc/passwd", "/private/index.html", "/internal/nothing"] {
            assert_eq!(text(path).0, 404, "{path}");
        }
        assert!(text("/public/nothing").1.starts_with("gone"));
    }
}
