use super::{Mark, outline::Title, visible::plain};
use crate::{config::Settings, findings::Problem, text::Span};

/// The five alerts of GitHub.
const ALERTS: &[&str] = &["note", "tip", "important", "warning", "caution"];

/// Words that people write when they mean an audience.
const MEANT: &[&str] = &[
    "private",
    "confidential",
    "restricted",
    "secret",
    "external",
    "customer",
    "customers",
    "hidden",
    "redacted",
    "비공개",
    "내부",
    "공개",
    "대외비",
];

pub(super) const RULE: &str = "malformed-audience-mark";

/// The names of the audiences of a site.
#[derive(Debug, Clone, Copy)]
pub(super) struct Audiences<'a> {
    settings: &'a Settings,
}

impl<'a> Audiences<'a> {
    pub(super) const fn new(settings: &'a Settings) -> Self {
        Self { settings }
    }

    fn names(self) -> impl Iterator<Item = &'a str> {
        ["internal"].into_iter().chain(self.settings.audiences.iter().map(|audience| &*audience.name))
    }

    /// The audience of this name, in lower case.
    pub(super) fn named(self, word: &str) -> Option<&'a str> {
        self.names().find(|name| name.eq_ignore_ascii_case(word))
    }

    /// Whether a word is probably a misspelt name of an audience.
    pub(super) fn is_misspelt(self, word: &str) -> bool {
        let word = word.to_lowercase();
        self.names().any(|name| {
            let allowed = if name.len() < 5 { 1 } else { 2 };
            word.chars().next() == name.chars().next()
                && word.len().abs_diff(name.len()) <= allowed
                && strsim::damerau_levenshtein(&word, name) <= allowed
        })
    }

    /// Whether a word is probably a misspelt or another name of an audience.
    fn is_near(self, word: &str) -> bool {
        let lower = word.to_lowercase();
        MEANT.contains(&&*lower) || self.is_misspelt(word) || self.names().any(|name| lower.split(['-', '_']).any(|part| part == name))
    }

    /// Whether `[!name]` speaks of an audience.
    pub(super) fn speaks(self, name: &str) -> bool {
        self.named(name).is_some() || self.is_misspelt(name)
    }

    fn is_meant(self, word: &str) -> bool {
        self.named(word).is_some() || self.is_near(word)
    }

    /// Whether text in braces speaks of an audience: `{.internal} more`, `{: .public`, `{internal}`. JSON and templates don't.
    fn speaks_in_braces(self, text: &str, is_class_only: bool, is_heading: bool) -> bool {
        text.match_indices('{').any(|(at, _)| {
            let inside = text.get(at + 1..).unwrap_or_default();
            let inside = inside.split('}').next().unwrap_or_default().trim();
            let is_template = text.get(..at).is_some_and(|before| before.ends_with('{'));
            if is_template || inside.contains(['{', '%', '(']) || (!is_heading && inside.contains('"')) {
                return false;
            }
            let is_class = inside.starts_with(['.', ':']);
            let mut words = words_of(inside);
            if is_class {
                words.any(|word| self.is_meant(word))
            } else {
                !is_class_only && words.any(|word| self.named(word).is_some() || self.is_misspelt(word))
            }
        })
    }

    /// The mark of a heading.
    ///
    /// # Errors
    /// Why what stands there is no clear mark.
    pub(super) fn of_heading(self, title: &Title, text: &str) -> Result<Option<Mark>, Problem> {
        let raw = title.span.of(text);
        let span = raw.rfind('{').and_then(|open| Some(Span::new(open, open + raw.get(open..)?.find('}')? + 1).shifted(title.span.start)));
        let span = span.unwrap_or(title.span);
        let problem = |message: String| Err(self.problem(span, message));
        if let Some(class) = title.classes.iter().find(|class| self.named(class).is_none() && self.is_near(class)) {
            return problem(format!("`{{.{class}}}` is no audience"));
        }
        if let Some(word) = title.attributes.iter().flat_map(|words| words_of(words)).find(|word| self.is_meant(word)) {
            return problem(format!("`{word}` without a dot marks nothing"));
        }
        if let Some(id) = title.id.as_deref().filter(|id| self.named(id).is_some()) {
            return problem(format!("`{{#{id}}}` names a place, not an audience"));
        }
        if self.speaks_in_braces(&plain(&title.loose), false, true) {
            return problem("an audience mark must be the last thing of its heading".to_owned());
        }
        let mut named = title.classes.iter().filter_map(|class| self.named(class));
        let Some(first) = named.next() else { return Ok(None) };
        if let Some(other) = named.find(|name| *name != first) {
            return problem(format!("`{{.{first}}}` and `{{.{other}}}` contradict each other"));
        }
        Ok(Some(Mark { audience: first.to_owned(), span }))
    }

    /// The mark in the first line of a block quote: what stands there and whom it names. `None` for a quote without a mark.
    pub(super) fn of_quote(self, quote: Span, text: &str) -> Option<(Span, Result<&'a str, String>)> {
        // Most quotes have no mark, and a line may open thousands of quotes: the line is only looked at behind one.
        let content = quote.of(text).strip_prefix('>')?.trim_start_matches([' ', '\t']);
        if !content.starts_with("[!") || content.starts_with("[![") {
            return None;
        }
        let line = quote.of(text).lines().next()?;
        let content = content.lines().next()?;
        let start = quote.start + (line.len() - content.len());
        let Some(length) = content.find(']') else {
            return Some((Span::new(start, start + content.trim_end().len()), Err("`[!` is not closed".to_owned())));
        };
        let span = Span::new(start, start + length + 1);
        let name = content.get(2..length).unwrap_or_default();
        Some((span, self.named(name).ok_or_else(|| format!("`[!{name}]` is neither an audience nor an alert"))))
    }

    /// What is wrong with a run of text that begins like a mark and is none; `None` where nothing is.
    pub(super) fn of_stray(self, run: &str) -> Option<String> {
        let start = run.trim_start();
        if let Some(inside) = start.strip_prefix("[!") {
            let length = inside.find(|part: char| !(part.is_alphanumeric() || matches!(part, '-' | '_'))).unwrap_or(inside.len());
            let name = inside.get(..length)?;
            let is_closed = inside.get(length..)?.starts_with(']');
            if ALERTS.contains(&&*name.to_lowercase())
                || !(is_closed && !name.is_empty() || self.is_meant(inside.trim_matches([' ', ']'])) || self.is_meant(name))
            {
                return None;
            }
            return Some(if self.named(name).is_some() && is_closed {
                format!("`[!{name}]` marks something only in the first line of a block quote")
            } else {
                format!("`[!{name}` is neither an audience nor an alert")
            });
        }
        if let Some(inside) = start.strip_prefix(":::") {
            let word = words_of(inside).next().filter(|word| self.is_meant(word))?;
            return Some(format!("`::: {word}` marks nothing"));
        }
        let is_alone = start.starts_with('{') && start.trim_end().ends_with('}');
        self.speaks_in_braces(run, !is_alone, false).then(|| "an audience mark marks something only at the end of a heading".to_owned())
    }

    pub(super) fn problem(self, span: Span, message: String) -> Problem {
        let names: Vec<&str> = self.names().collect();
        Problem::new(RULE, span, message).help(format!(
            "the audiences are {}; mark a heading with `{{.name}}`, or begin a block quote with `> [!NAME]`; until then this is internal to the end of its section",
            names.join(", ")
        ))
    }
}

/// The words of a text, without quotes and punctuation.
fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|part: char| !(part.is_alphanumeric() || matches!(part, '-' | '_'))).filter(|word| !word.is_empty())
}
