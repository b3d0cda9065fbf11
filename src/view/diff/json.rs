use serde::Serialize;

use super::{SiteDifference, When};

/// `diff --format json`. Keys are only added within schema 1.
#[derive(Serialize)]
struct ApiDifference<'a> {
    schema: u32,
    audience: &'a str,
    base: String,
    head: String,
    pages: Vec<ApiPage<'a>>,
    privileged: usize,
}

#[derive(Serialize)]
struct ApiPage<'a> {
    change: &'static str,
    when: &'static str,
    path: &'a str,
    address: &'a str,
    previous_address: Option<&'a str>,
    title: &'a str,
    parts: Vec<ApiPart<'a>>,
}

#[derive(Serialize)]
struct ApiPart<'a> {
    name: &'a str,
    sentences: Vec<ApiSentence<'a>>,
}

#[derive(Serialize)]
struct ApiSentence<'a> {
    change: &'static str,
    text: &'a str,
}

/// The difference for programs, with the ids of both commits.
#[must_use]
pub fn json(difference: &SiteDifference, audience: &str, base: String, head: String) -> String {
    let pages = difference.pages.iter().map(|page| ApiPage {
        change: page.change.name(),
        when: if page.when == When::Now { "now" } else { "approved" },
        path: &page.path,
        address: &page.address,
        previous_address: page.previous_address.as_deref(),
        title: &page.title,
        parts: page
            .parts
            .iter()
            .map(|part| ApiPart {
                name: &part.name,
                sentences: part
                    .sentences
                    .iter()
                    .map(|(is_new, text)| ApiSentence { change: if *is_new { "added" } else { "removed" }, text })
                    .collect(),
            })
            .collect(),
    });
    let difference = ApiDifference { schema: 1, audience, base, head, pages: pages.collect(), privileged: difference.privileged };
    // Serialising these structs can't fail: their keys are strings.
    serde_json::to_string_pretty(&difference).unwrap_or_default() + "\n"
}
