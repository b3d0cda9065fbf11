use gray_matter::{Matter, Pod, engine::Engine};

use super::FrontMatterKind;
use crate::{findings::Problem, text::Span};

/// Where front matter ends and the body begins.
#[derive(Debug)]
pub(super) struct Split {
    /// `Yaml` means: delimited; whether it can be read is not known yet.
    pub(super) kind: FrontMatterKind,
    /// From the opening to the end of the closing delimiter line.
    pub(super) front_matter: Span,
    /// The YAML text. Begins with the line break of the opening delimiter, so that its lines are those of the file.
    pub(super) yaml: Span,
    /// What follows.
    pub(super) body: Span,
    /// What is wrong with the delimiters.
    pub(super) problem: Option<Problem>,
}

/// Hands the text back unread: `gray_matter` only decides where front matter ends.
struct Unread;

impl Engine for Unread {
    fn parse(content: &str) -> gray_matter::Result<Pod> {
        Ok(Pod::String(content.to_owned()))
    }
}

const RULE: &str = "invalid-front-matter";

/// Front matter without its delimiters, and what follows; neither is read.
#[must_use]
pub fn front_matter_and_body(text: &str) -> (&str, &str) {
    if let Some(found) = plain(text) {
        return found;
    }
    let split = split(text);
    (split.yaml.of(text), split.body.of(text))
}

/// What nearly every document has: two lines of three dashes, and nothing else like them before the second.
fn plain(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix("---\n").filter(|inside| !inside.starts_with("---"))?;
    let end = inside.find("\n---")?;
    let body = inside.get(end..)?.strip_prefix("\n---\n")?;
    Some((inside.get(..end)?, body))
}

/// Splits a text. The spans are slices of the original: `gray_matter` itself trims, and drops carriage returns and byte order marks.
pub(super) fn split(text: &str) -> Split {
    let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let rest = text.get(start..).unwrap_or_default();
    let without = |problem| Split {
        kind: if problem { FrontMatterKind::Broken } else { FrontMatterKind::None },
        front_matter: Span::at(start),
        yaml: Span::at(start),
        body: Span::new(start, text.len()),
        problem: None,
    };
    let delimiter = match rest.get(..3) {
        Some("---") => "---",
        Some("+++") => "+++",
        _ => return late(text, start).map_or_else(|| without(false), |problem| Split { problem: Some(problem), ..without(true) }),
    };
    let Some((first, after)) = rest.split_once('\n') else {
        if delimiter == "---" && rest.starts_with("---\r") && rest.trim().len() > 3 {
            let message = "the lines of this file end with a carriage return only, so that its front matter can't be seen";
            let problem = Problem::new(RULE, Span::new(start, start + 3), message).help("save the file with line feeds");
            return Split { problem: Some(problem), ..without(true) };
        }
        return without(false);
    };
    if first.trim_end() != delimiter {
        return without(false);
    }
    let opening = Span::new(start, start + 3);
    let content = start + first.len();
    let Some((length, closing)) = closing_line(after, delimiter) else {
        if delimiter == "+++" || !begins_with_key(after) {
            return without(false);
        }
        let problem = Problem::new(RULE, opening, "front matter is opened here and never closed").help("add a line `---` after the last key");
        return Split { problem: Some(problem), ..without(true) };
    };
    let end = content + 1 + length + closing;
    let yaml = Span::new(content, content + 1 + length);
    let head = Span::new(start, end).of(text);
    if delimiter == "+++" {
        let problem = Problem::new(RULE, opening, "this front matter is TOML, which is not read")
            .help("write it as YAML between two lines `---`: `title: …` instead of `title = \"…\"`");
        let kind = FrontMatterKind::Toml;
        return Split { kind, front_matter: Span::new(start, end), yaml, body: Span::new(end, text.len()), problem: Some(problem) };
    }
    let kind = if has_matter(head) { FrontMatterKind::Yaml } else { FrontMatterKind::Empty };
    Split { kind, front_matter: Span::new(start, end), yaml, body: Span::new(end, text.len()), problem: None }
}

/// Front matter after blank lines: no program reads that, and its author can't see why.
fn late(text: &str, start: usize) -> Option<Problem> {
    let rest = text.get(start..)?;
    let blank = rest.len() - rest.trim_start().len();
    let (first, after) = rest.get(blank..)?.split_once('\n')?;
    let is_late = blank > 0 && first.trim_end() == "---" && begins_with_key(after) && closing_line(after, "---").is_some();
    let span = Span::new(start + blank, start + blank + 3);
    is_late.then(|| Problem::new(RULE, span, "front matter must begin on the first line").help("remove the blank lines above it"))
}

/// Whether a front matter that can't be read asks to be kept back: then the document is, whatever else is wrong with it.
pub(super) fn asks_for_privilege(text: &str) -> bool {
    text.lines().take(200).any(|line| {
        let value =
            line.trim_start().trim_start_matches(['"', '\'']).strip_prefix("privileged").map(|rest| rest.trim_start_matches(['"', '\'', ' ']));
        value.and_then(|rest| rest.strip_prefix([':', '='])).is_some_and(|value| {
            let value = value.split('#').next().unwrap_or_default().trim();
            !matches!(value, "" | "false" | "null" | "~")
        })
    })
}

/// Whether anything but comments stands between the delimiters. Given only the head of a file: of the rest it would make copies.
fn has_matter(head: &str) -> bool {
    let mut matter = Matter::<Unread>::new();
    // By default every line that ends in `---` would begin an excerpt.
    matter.excerpt_delimiter = Some("<!-- more -->".to_owned());
    let Ok(entity) = matter.parse::<String>(head) else { return true };
    entity.matter.lines().any(|line| !line.trim_start().is_empty() && !line.trim_start().starts_with('#'))
}

/// Length of the text before the first unindented line that is only the delimiter, and the length of that line.
fn closing_line(text: &str, delimiter: &str) -> Option<(usize, usize)> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_end() == delimiter {
            return Some((at, line.len()));
        }
        at += line.len();
    }
    None
}

/// A document may begin with a horizontal rule: only a line `key:` after it shows that front matter was meant.
fn begins_with_key(text: &str) -> bool {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    first.and_then(|line| line.split_once(':')).is_some_and(|(key, value)| {
        !key.is_empty() && !key.contains(char::is_whitespace) && (value.is_empty() || value.starts_with(char::is_whitespace))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (FrontMatterKind, &str, &str) {
        let split = split(text);
        (split.kind, split.yaml.of(text), split.body.of(text))
    }

    #[test]
    fn line_ends_and_a_byte_order_mark_keep_exact_places() {
        assert_eq!(parts("---\ntitle: a\n---\n\nbody\n"), (FrontMatterKind::Yaml, "\ntitle: a\n", "\nbody\n"));
        assert_eq!(parts("---\r\ntitle: a\r\n---\r\nbody\r\n"), (FrontMatterKind::Yaml, "\ntitle: a\r\n", "body\r\n"));
        assert_eq!(parts("\u{FEFF}---\ntitle: a\n---\nbody"), (FrontMatterKind::Yaml, "\ntitle: a\n", "body"));
        assert_eq!(parts("--- \ntitle: 장애\n---  \nbody"), (FrontMatterKind::Yaml, "\ntitle: 장애\n", "body"));
    }

    #[test]
    fn an_unterminated_front_matter_is_reported() {
        let found = split("---\ntitle: a\n\n# body\n");
        assert_eq!(found.kind, FrontMatterKind::Broken);
        assert!(found.problem.is_some_and(|problem| problem.message == "front matter is opened here and never closed"));
        assert_eq!(parts("---\n\nOnly a rule above.\n").0, FrontMatterKind::None);
    }

    #[test]
    fn front_matter_below_blank_lines_is_reported() {
        let found = split("\n\n---\ntitle: a\n---\nbody");
        assert_eq!(found.kind, FrontMatterKind::Broken);
        assert!(
            found.problem.is_some_and(|problem| problem.message == "front matter must begin on the first line" && problem.span == Span::new(2, 5))
        );
        assert_eq!(split("\n---\nprose\n---\n").kind, FrontMatterKind::None);
    }

    #[test]
    fn carriage_returns_alone_are_reported() {
        assert!(split("---\rtitle: a\r---\rbody").problem.is_some());
    }

    #[test]
    fn nothing_and_comments_between_the_delimiters_are_empty() {
        assert_eq!(parts("---\n---\nbody"), (FrontMatterKind::Empty, "\n", "body"));
        assert_eq!(parts("---\n# later\n\n---\nbody").0, FrontMatterKind::Empty);
    }

    #[test]
    fn only_an_unindented_line_of_three_hyphens_ends_it() {
        assert_eq!(parts("---\na: |\n  x\n  ---\n  y\n---\nbody").2, "body");
        assert_eq!(parts("---\na: 1\n...\nb: 2\n----\n---\nbody").2, "body");
    }

    #[test]
    fn lines_that_end_in_hyphens_are_no_excerpts() {
        assert_eq!(parts("---\na: b ---\n---\n| a |\n|---|\n---\n"), (FrontMatterKind::Yaml, "\na: b ---\n", "| a |\n|---|\n---\n"));
    }

    #[test]
    fn tiny_inputs_have_no_front_matter() {
        for text in ["", "-", "--", "---", "---\n", "a\n", "+++", "\u{FEFF}", "\u{FEFF}---"] {
            assert_eq!(split(text).kind, FrontMatterKind::None, "{text:?}");
            assert_eq!(split(text).body.end, text.len());
        }
    }

    #[test]
    fn toml_is_named_and_left_out_of_the_body() {
        let text = "+++\ntitle = \"a\"\n+++\n# body\n";
        assert_eq!(parts(text), (FrontMatterKind::Toml, "\ntitle = \"a\"\n", "# body\n"));
        assert!(split(text).problem.is_some());
    }
}
