use chrono::{DateTime, FixedOffset};

/// What the search of a site knows of one page: nothing that the page itself does not say.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchEntry {
    /// Page, from the site's root.
    pub href: String,
    /// Title.
    pub title: String,
    /// Language of the title, where it is not that of the interface.
    pub lang: Option<String>,
    /// When impact began.
    pub started: Option<DateTime<FixedOffset>>,
    /// Word and rank (from 1) of the severity; no rank for a word that is not configured.
    pub severity: Option<(String, Option<usize>)>,
    /// Names of the services.
    pub services: Vec<String>,
    /// From start to resolution.
    pub duration_minutes: Option<f64>,
    /// The first sentences, shown below the title.
    pub summary: String,
    /// Short things that people search by: ids, names of services, causes, tags.
    pub facts: Vec<String>,
    /// Everything that the page says, as plain text.
    pub text: String,
}

/// Characters of a summary in a list of results.
pub(super) const SUMMARY: usize = 180;

/// At most `most` characters, cut between words.
pub(super) fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(&*cut, |(whole, _)| whole))
}
