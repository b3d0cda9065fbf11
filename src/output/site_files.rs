use crate::view::{Audience, View, encoded};

/// `robots.txt`, and where the address of the site is known its sitemap.
pub(super) fn files<A: Audience>(view: &View<A>) -> Vec<(String, Vec<u8>)> {
    if A::TEMPLATES == "internal" {
        return vec![("robots.txt".to_owned(), b"User-agent: *\nDisallow: /\n".to_vec())];
    }
    let Some(base) = view.base_url() else {
        return vec![("robots.txt".to_owned(), b"User-agent: *\nAllow: /\n".to_vec())];
    };
    let robots = format!("User-agent: *\nAllow: /\nSitemap: {base}/sitemap.xml\n");
    let mut sitemap = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for page in view.pages().iter().filter(|page| !["404", "retracted"].contains(&page.kind)) {
        let address = format!("{base}/{}", encoded(page.path.trim_end_matches("index.html")));
        sitemap.push_str("<url><loc>");
        html_escape::encode_text_to_string(&address, &mut sitemap);
        sitemap.push_str("</loc></url>\n");
    }
    sitemap.push_str("</urlset>\n");
    vec![("robots.txt".to_owned(), robots.into_bytes()), ("sitemap.xml".to_owned(), sitemap.into_bytes())]
}
