use std::collections::HashMap;

use crate::{config::KnownSection, text::fold};

/// The titles of the known sections, ready to be compared.
#[derive(Debug, Clone, Default)]
pub(super) struct Titles {
    ids: HashMap<String, String>,
}

/// A known section, and how sure that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Recognised<'a> {
    pub(super) id: &'a str,
    /// The whole title was one of the known ones, numbering and emoji aside.
    pub(super) is_whole: bool,
}

impl Titles {
    pub(super) fn new(sections: &[KnownSection]) -> Self {
        let mut ids = HashMap::new();
        for section in sections {
            for title in section.titles.iter().chain([&section.id]) {
                ids.entry(normalised(title)).or_insert_with(|| section.id.clone());
            }
        }
        Self { ids }
    }

    /// Recognises `2) Root cause (triage)`, `🔥 Impact`, `Root Cause(s) — 5-Whys`, `타임라인 (KST)`.
    pub(super) fn recognise(&self, title: &str) -> Option<Recognised<'_>> {
        let title = without_numbering(title);
        if let Some(id) = self.ids.get(&normalised(title)) {
            return Some(Recognised { id, is_whole: true });
        }
        let partly = |title: &str| self.ids.get(&normalised(title)).map(|id| Recognised { id, is_whole: false });
        let bare = without_parenthesis(title);
        bare.and_then(partly).or_else(|| first_part(title).and_then(|part| partly(part).or_else(|| without_parenthesis(part).and_then(partly))))
    }
}

/// Letters and digits in lower case, everything between them one space.
fn normalised(title: &str) -> String {
    let folded = if title.is_ascii() { title.to_ascii_lowercase() } else { fold(title) };
    let mut out = String::with_capacity(folded.len());
    for part in folded.chars() {
        if part.is_alphanumeric() {
            out.push(part);
        } else if !out.is_empty() && !out.ends_with(' ') && !matches!(part, '\'' | '’') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Drops `1.`, `2)`, `3.1`, `IV.`, `1️⃣` and what is no letter before a title.
fn without_numbering(title: &str) -> &str {
    let title = title.trim_start_matches(|part: char| !part.is_alphanumeric());
    let digits = title.trim_start_matches(|part: char| part.is_ascii_digit() || part == '.');
    let after_digits = digits.trim_start_matches([')', ':', '\u{fe0f}', '\u{20e3}']);
    let number = title.len() - digits.len();
    let has_mark = after_digits.len() < digits.len() || title.get(..number).is_some_and(|number| number.contains('.'));
    if number > 0 && has_mark && !after_digits.trim().is_empty() {
        return after_digits.trim_start_matches(|part: char| !part.is_alphanumeric());
    }
    let roman = title.trim_start_matches(['I', 'V', 'X']);
    if roman.len() < title.len()
        && let Some(rest) = roman.strip_prefix(['.', ')'])
        && !rest.trim().is_empty()
    {
        return rest.trim_start();
    }
    title
}

fn without_parenthesis(title: &str) -> Option<&str> {
    let title = title.trim_end_matches(|part: char| !part.is_alphanumeric() && !matches!(part, ')' | '）' | ']'));
    let open = match title.chars().next_back()? {
        ')' => title.rfind('('),
        '）' => title.rfind('（'),
        ']' => title.rfind('['),
        _ => None,
    }?;
    title.get(..open).map(str::trim).filter(|rest| !rest.is_empty())
}

/// The part before a dash, a colon, `&`, `/` or "and".
fn first_part(title: &str) -> Option<&str> {
    const BETWEEN: [&str; 9] = [" — ", " – ", " - ", ":", " & ", "/", " and ", " · ", " 및 "];
    if !title.contains(['—', '–', '-', ':', '&', '/', '·', '및']) && !title.contains(" and ") {
        return None;
    }
    let at = BETWEEN.iter().filter_map(|separator| title.find(separator)).min()?;
    title.get(..at).map(str::trim).filter(|rest| !rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;

    #[test]
    fn titles_are_recognised_without_their_ornaments() {
        let titles = Titles::new(&Settings::default().sections);
        let id = |title| titles.recognise(title).map(|found| found.id.to_owned()).unwrap_or_default();
        for (title, expected) in [
            ("Impact", "impact"),
            ("2. IMPACT", "impact"),
            ("3.1 Impact:", "impact"),
            ("2) Root cause", "root-cause"),
            ("IV. Timeline", "timeline"),
            ("🔥 Impact", "impact"),
            ("1️⃣ Summary", "summary"),
            ("Detection (+ MTTD)", "detection"),
            ("타임라인 (KST)", "timeline"),
            ("5. 타임라인（KST）", "timeline"),
            ("Root Cause(s) — 5-Whys", "root-cause"),
            ("Action Items & Follow-ups", "action-items"),
            ("5 Whys", "five-whys"),
            ("5-Whys", "five-whys"),
            ("TL;DR", "summary"),
            ("root-cause", "root-cause"),
            ("재발 방지 대책", "action-items"),
        ] {
            assert_eq!(id(title), expected, "{title}");
        }
        assert_eq!(id("Impactful changes"), "");
        assert_eq!(id("2026"), "");
        assert!(!titles.recognise("Customer summary (draft)").is_some_and(|found| found.is_whole));
    }
}
