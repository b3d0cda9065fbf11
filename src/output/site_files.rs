use chrono::Utc;

use crate::view::{Audience, Listed, View, encoded};

/// `robots.txt`, and where the address of the site is known its sitemap.
pub(super) fn files<A: Audience>(view: &View<A>) -> Vec<(String, Vec<u8>)> {
    if A::TEMPLATES == "internal" {
        return vec![("robots.txt".to_owned(), b"User-agent: *\nDisallow: /\n".to_vec())];
    }
    let Some(base) = view.base_url() else {
        return vec![("robots.txt".to_owned(), b"User-agent: *\nAllow: /\n".to_vec())];
    };
    let robots = format!("User-agent: *\nAllow: /\nSitemap: {base}/sitemap.xml\n");
    let entries: String = view.listed().iter().map(|listed| entries(view, base, listed)).collect();
    let sitemap = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n{entries}</urlset>\n"
    );
    vec![("robots.txt".to_owned(), robots.into_bytes()), ("sitemap.xml".to_owned(), sitemap.into_bytes())]
}

/// A page in each language, each with all of them, itself included (<https://developers.google.com/search/docs/specialty/international/localized-versions>).
fn entries<A: Audience>(view: &View<A>, base: &str, listed: &Listed) -> String {
    let edition = view.edition();
    let address = |folder: &str| {
        let path = encoded(&format!("{folder}{}", listed.path.trim_end_matches("index.html")));
        html_escape::encode_quoted_attribute(&format!("{base}/{path}")).into_owned()
    };
    let alternate = |lang: &str, folder: &str| format!("<xhtml:link rel=\"alternate\" hreflang=\"{lang}\" href=\"{}\"/>", address(folder));
    let mut alternates = String::new();
    if edition.has_others() {
        alternates.extend(edition.languages().map(|(language, _)| alternate(&language.code, &language.folder)));
        alternates.push_str(&alternate("x-default", ""));
    }
    let modified =
        listed.modified.map(|at| format!("<lastmod>{}</lastmod>", at.with_timezone(&Utc).format("%Y-%m-%dT%H:%M:%SZ"))).unwrap_or_default();
    let entry = |folder: &str| format!("<url><loc>{}</loc>{modified}{alternates}</url>\n", address(folder));
    edition.languages().map(|(language, _)| entry(&language.folder)).collect()
}
