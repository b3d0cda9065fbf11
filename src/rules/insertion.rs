//! The edit that adds a missing section, where its place and its heading are beyond doubt.

use super::{Document, missing_section, people::is_hangul, unknown_section};
use crate::{
    config::KnownSection,
    findings::Edit,
    source::{Parsed, SectionStyle},
    text::Span,
};

/// Adds the heading of one section, with nothing below it. None where a text has no known section at all or writes them in another way than as headings, where
/// the section may only be misspelt, and where the heading would not begin a line.
pub(super) fn of_section(document: &Document<'_>, known: &KnownSection) -> Option<Edit> {
    let is_structured = document.parsed.sections().iter().any(|section| section.kind.is_some());
    if unknown_section::may_be_misspelt(document, &known.id) || !(is_structured || is_empty(document)) {
        return None;
    }
    let level = level(document.parsed)?;
    at(document, missing_section::place(document, &known.id).start, &[heading(document, known, level)])
}

/// Adds several to a document that has no text yet.
pub(super) fn of_all(document: &Document<'_>, missing: &[&KnownSection]) -> Option<Edit> {
    let headings: Vec<String> = missing.iter().map(|known| heading(document, known, 2)).collect();
    if is_empty(document) { at(document, document.parsed.body().end, &headings) } else { None }
}

/// Whether nothing stands below the front matter but a title.
fn is_empty(document: &Document<'_>) -> bool {
    let body = document.slice(document.parsed.body()).trim();
    match document.parsed.headings() {
        [] => body.is_empty(),
        [title] => title.level == 1 && body == document.slice(title.span).trim(),
        _ => false,
    }
}

/// A title in the language of the document.
pub(super) fn title<'a>(document: &Document<'_>, known: &'a KnownSection) -> &'a str {
    let mut titles = known.titles.iter().map(String::as_str);
    let korean = if is_korean(document) { titles.clone().find(|title| title.chars().any(is_hangul)) } else { None };
    korean.or_else(|| titles.next()).unwrap_or(&known.id)
}

fn is_korean(document: &Document<'_>) -> bool {
    if let Some(lang) = &document.postmortem().lang {
        return lang.value.starts_with("ko");
    }
    let mut known = document.parsed.sections().iter().filter(|section| section.kind.is_some()).peekable();
    if known.peek().is_none() {
        return document.settings.site.languages.first().is_some_and(|code| code.starts_with("ko"));
    }
    known.any(|section| section.title.chars().any(is_hangul))
}

fn heading(document: &Document<'_>, known: &KnownSection, level: u8) -> String {
    format!("{} {}", "#".repeat(usize::from(level)), title(document, known))
}

/// The level of the headings that make the sections of a document.
fn level(parsed: &Parsed) -> Option<u8> {
    let mut sections = parsed.sections().iter().filter(|section| !section.is_nested);
    if sections.clone().any(|section| section.style != SectionStyle::Heading) {
        return None;
    }
    let first = sections.clone().find(|section| section.kind.is_some()).or_else(|| sections.next());
    let Some(first) = first else { return Some(2) };
    parsed.headings().iter().find(|heading| heading.span == first.heading).map(|heading| heading.level)
}

/// Puts headings before what stands at `place`, with a blank line on either side, and the line ends of the file.
fn at(document: &Document<'_>, place: usize, headings: &[String]) -> Option<Edit> {
    let parsed = document.parsed;
    let text = parsed.source().text();
    // What follows in the same outer section must not become part of the new one.
    let around = parsed.outer_sections().find(|section| section.body.start <= place && place < section.body.end);
    let place = around.map_or(place, |section| section.body.end).max(parsed.body().start);
    let line = text.get(..place)?.rfind('\n').map_or(0, |newline| newline + 1).max(parsed.body().start);
    // A heading may be indented.
    let place = if place < text.len() && text.get(line..place)?.trim_matches(' ').is_empty() { line } else { place };
    let before = text.get(..place)?;
    let end = if text.split_once('\n').is_some_and(|(first, _)| first.ends_with('\r')) { "\r\n" } else { "\n" };
    let begins_line = before.is_empty() || before == "\u{feff}" || before.ends_with('\n');
    if place < text.len() && !begins_line {
        return None;
    }
    let follows_text = !text.get(parsed.body().start..place)?.trim().is_empty();
    let follows_blank = before.trim_end_matches(' ').ends_with("\n\n") || before.ends_with("\n\r\n");
    let lead = match (begins_line, follows_text && !follows_blank) {
        (true, false) => String::new(),
        (true, true) | (false, false) => end.to_owned(),
        (false, true) => end.repeat(2),
    };
    let trail = match (place < text.len(), begins_line) {
        (true, _) => end.repeat(2),
        (false, true) => end.to_owned(),
        // A file without a final line end keeps it so.
        (false, false) => String::new(),
    };
    let replacement = format!("{lead}{}{trail}", headings.join(&end.repeat(2)));
    Some(Edit { span: Span::at(place), replacement })
}
