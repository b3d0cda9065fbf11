//! The parser's errors in words of an author: what stands there, and what to write instead.

use serde_saphyr::Error;

use super::YamlError;
use crate::text::Span;

/// Says what is wrong; usual mistakes are recognised by the line at which the parser stopped.
pub(super) fn explain(text: &str, error: &Error) -> YamlError {
    let offset = error.location().and_then(|location| location.span().byte_offset().map(|at| usize::try_from(at).unwrap_or(0)));
    let offset = offset.or_else(|| error.location().map(|location| offset_of(text, location.line(), location.column()))).unwrap_or(0);
    let offset = (0..=offset.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    match error {
        Error::DuplicateMappingKey { key, .. } => return duplicate(text, offset, key.as_deref()),
        Error::MultipleDocuments { .. } => {
            return failure(line_span(text, offset), "a second YAML document begins here", Some("keep everything in one document: remove the `---`"));
        }
        Error::Budget { .. } | Error::AliasReplayLimitExceeded { .. } | Error::AliasExpansionLimitExceeded { .. } => {
            return too_much(text, offset);
        }
        Error::UnknownAnchor { .. } => {
            return failure(
                word(text, offset),
                "`*` begins an alias, and no anchor of that name exists",
                Some("put the value in quotes if it is text"),
            );
        }
        _ => {}
    }
    let said = error.to_string();
    // Inside an alias, and beyond the depth that the program's stack can bear, the limits come as other errors.
    if said.contains("budget breached") || said.contains("recursion limit") {
        return too_much(text, offset);
    }
    if let Some(control) = control_character(text) {
        return control;
    }
    if let Some(found) = usual_mistake(text, offset) {
        return found;
    }
    if (said.contains("mapping values") || said.contains("trailing content"))
        && let Some(found) = stray_colon(text, line_span(text, offset))
    {
        return found;
    }
    let message = match error {
        Error::ExternalMessage { msg, .. } | Error::Message { msg, .. } => msg.clone(),
        other => other.to_string(),
    };
    let message = message.lines().next().unwrap_or_default().trim().trim_end_matches('.').to_owned();
    failure(character(text, offset), format!("this is not valid YAML: {message}"), None)
}

/// One of the limits of [`super::parse`].
fn too_much(text: &str, offset: usize) -> YamlError {
    let help = "front matter has room for 24 levels, some thousands of values, 64 anchors and 256 aliases";
    failure(character(text, offset), "this is nested, aliased or repeated more than any front matter should be", Some(help))
}

fn failure(span: Span, message: impl Into<String>, help: Option<&str>) -> YamlError {
    YamlError { span, message: message.into(), help: help.map(str::to_owned) }
}

/// The key twice, with the lines of both.
fn duplicate(text: &str, offset: usize, key: Option<&str>) -> YamlError {
    let span = word(text, offset);
    let key = key.unwrap_or_else(|| span.of(text));
    let indent = |line: &str| line.len() - line.trim_start_matches(['-', ' ']).len();
    let own = line_span(text, offset).of(text);
    let line_of = |at: usize| text.get(..at).unwrap_or_default().matches('\n').count() + 1;
    let mut earlier = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if start + line.len() > offset {
            break;
        }
        let named = line.trim_start_matches(['-', ' ']).trim_start_matches(['"', '\'']);
        if indent(line) == indent(own)
            && named.strip_prefix(key).is_some_and(|rest| rest.trim_start_matches(['"', '\'']).trim_start().starts_with(':'))
        {
            earlier = Some(line_of(start));
        }
        start += line.len();
    }
    let message = earlier.map_or_else(
        || format!("`{key}` is given twice"),
        |line| format!("`{key}` is given twice: first on line {line}, again on line {}", line_of(offset)),
    );
    failure(span, message, Some("keep one of them"))
}

/// A character that YAML does not allow anywhere.
fn control_character(text: &str) -> Option<YamlError> {
    let forbidden = |character: char| character.is_control() && !matches!(character, '\t' | '\n' | '\r' | '\u{85}');
    let (at, character) = text.char_indices().find(|&(_, character)| forbidden(character))?;
    Some(YamlError {
        span: Span::new(at, at + character.len_utf8()),
        message: format!("a control character (U+{:04X}) can't stand in YAML", u32::from(character)),
        help: Some("remove it; editors often don't show it".to_owned()),
    })
}

/// Looks at the line of the error and at the ones before it: the parser often stops one line late.
fn usual_mistake(text: &str, offset: usize) -> Option<YamlError> {
    let here = line_span(text, offset);
    let mut lines = vec![here];
    let mut start = here.start;
    for _ in 0..3 {
        if start == 0 {
            break;
        }
        let before = line_span(text, start - 1);
        start = before.start;
        lines.push(before);
    }
    lines.iter().find_map(|&line| tab(text, line)).or_else(|| {
        let unclosed = unclosed_quote(text);
        lines.iter().find_map(|&line| value_mistake(text, line)).or(unclosed).or_else(|| lines.iter().find_map(|&line| colon(text, line)))
    })
}

fn tab(text: &str, line: Span) -> Option<YamlError> {
    let content = line.of(text);
    let indent = content.len() - content.trim_start_matches([' ', '\t', '-']).len();
    let at = content.get(..indent)?.find('\t')?;
    let span = Span::new(line.start + at, line.start + at + 1);
    Some(failure(span, "a tab can't be used for indentation", Some("use two spaces instead of the tab")))
}

/// A list entry, or a line that continues a value, in which `: ` begins a key.
fn stray_colon(text: &str, line: Span) -> Option<YamlError> {
    let content = line.of(text);
    let at = content.find(": ")?;
    let entry = content.trim_start().strip_prefix("- ").map(|entry| entry.trim().replace('\'', "''"));
    Some(YamlError {
        span: Span::new(line.start + at, line.start + at + 1),
        message: "YAML reads `: ` in this text as a key and its value".to_owned(),
        help: Some(entry.map_or_else(
            || "put the whole value in quotes, or begin it with `>-` on the line of its key".to_owned(),
            |entry| format!("put the entry in quotes: - '{entry}'"),
        )),
    })
}

/// `key: value` of a line: the key, and the span of the value.
fn key_and_value(text: &str, line: Span) -> Option<(&str, Span)> {
    let content = line.of(text);
    let colon = content.find(": ").filter(|&colon| is_key(content.get(..colon).unwrap_or_default()))?;
    let key = content.get(..colon)?.trim_start_matches(['-', ' ']).trim_matches(['"', '\'']);
    let rest = content.get(colon + 2..)?;
    let start = line.start + colon + 2 + (rest.len() - rest.trim_start().len());
    Some((key, Span::new(start, start + rest.trim().len())))
}

/// Whether text before `: ` looks like a key and not like prose.
fn is_key(text: &str) -> bool {
    let key = text.trim_start_matches(['-', ' ']);
    !key.is_empty() && !key.starts_with('"') && !key.contains(['{', '[', '"', '\'']) && key.split_whitespace().count() <= 3
}

fn value_mistake(text: &str, line: Span) -> Option<YamlError> {
    let (span, key) = if let Some((key, span)) = key_and_value(text, line) {
        (span, key)
    } else {
        let content = line.of(text);
        let item = content.trim_start().strip_prefix("- ")?.trim();
        let start = line.start + content.find(item)?;
        (Span::new(start, start + item.len()), "")
    };
    let value = span.of(text);
    let quoted = format!("put the value in quotes: {}\"{value}\"", if key.is_empty() { String::from("- ") } else { format!("{key}: ") });
    let first = value.chars().next()?;
    match first {
        '@' | '`' => Some(YamlError { span, message: format!("a value can't begin with `{first}` without quotes"), help: Some(quoted) }),
        '%' => Some(YamlError { span, message: "a value can't begin with `%` without quotes".to_owned(), help: Some(quoted) }),
        '[' | '{' => {
            let close = if first == '[' { ']' } else { '}' };
            if value.contains(close) && !value.trim_end().ends_with(close) {
                return Some(YamlError {
                    span,
                    message: format!("a value that begins with `{first}` is read as a {}", if first == '[' { "list" } else { "map" }),
                    help: Some(quoted),
                });
            }
            (!value.contains(close)).then(|| YamlError {
                span,
                message: format!("`{first}` is opened here and never closed"),
                help: Some(format!("close it with `{close}`, or put the value in quotes if it is text")),
            })
        }
        '"' | '\'' => {
            let inner = value.get(1..)?;
            let end = inner.find(first)?;
            let rest = inner.get(end + 1..)?.trim();
            let ended = rest.is_empty() || rest.starts_with('#') || rest.starts_with([',', ']', '}', ':']) || rest.starts_with(first);
            (!ended && !inner.get(..end)?.ends_with('\\')).then(|| YamlError {
                span,
                message: format!("text follows the closing `{first}` of this value"),
                help: Some("put the whole value in quotes of the other kind".to_owned()),
            })
        }
        _ => None,
    }
}

/// A value that opens a quote and never closes it, looked for in the whole text: the parser stops at its end.
fn unclosed_quote(text: &str) -> Option<YamlError> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let here = line_span(text, start);
        if let Some((key, span)) = key_and_value(text, here)
            && let Some(quote) = span.of(text).chars().next().filter(|first| matches!(first, '"' | '\''))
        {
            let after = text.get(span.start + 1..).unwrap_or_default();
            let block = after.find("\n---").map_or(after, |end| after.get(..end).unwrap_or(after));
            let own_line = span.of(text).get(1..).unwrap_or_default();
            if !own_line.contains(quote) && (!block.contains(quote) || next_line_is_key(text, here.end)) {
                return Some(failure(
                    span,
                    format!("the value of `{key}` opens `{quote}` and doesn't close it"),
                    Some("add the closing quote at the end of the value"),
                ));
            }
        }
        start += line.len();
    }
    None
}

fn next_line_is_key(text: &str, end: usize) -> bool {
    let rest = text.get(end..).unwrap_or_default().trim_start_matches(['\r', '\n']);
    let line = rest.lines().next().unwrap_or_default();
    line.split_once(':').is_some_and(|(key, _)| !key.is_empty() && key.chars().all(|part| part.is_alphanumeric() || matches!(part, '_' | '-')))
}

/// `title: checkout: 503s`: the second colon begins a map.
fn colon(text: &str, line: Span) -> Option<YamlError> {
    let (key, span) = key_and_value(text, line)?;
    let value = span.of(text);
    if value.starts_with(['"', '\'', '|', '>', '[', '{', '#']) || !(value.contains(": ") || value.ends_with(':')) {
        return None;
    }
    let escaped = value.replace('\\', "\\\\").replace('"', "\\\"");
    Some(YamlError {
        span,
        message: format!("the value of `{key}` contains `: `, which YAML reads as another key"),
        help: Some(format!("put the value in quotes: {key}: \"{escaped}\"")),
    })
}

/// The line at `offset` without its line break.
fn line_span(text: &str, offset: usize) -> Span {
    let start = text.get(..offset).unwrap_or_default().rfind('\n').map_or(0, |at| at + 1);
    let end = text.get(start..).unwrap_or_default().find('\n').map_or(text.len(), |at| start + at);
    let kept = Span::new(start, end).of(text).trim_end_matches('\r').len();
    Span::new(start, start + kept)
}

fn word(text: &str, offset: usize) -> Span {
    let rest = text.get(offset..).unwrap_or_default();
    let length = rest.find(|part: char| part.is_whitespace() || part == ':').unwrap_or(rest.len());
    Span::new(offset, offset + length)
}

fn character(text: &str, offset: usize) -> Span {
    let length = text.get(offset..).and_then(|rest| rest.chars().next()).filter(|first| *first != '\n').map_or(0, char::len_utf8);
    Span::new(offset, offset + length)
}

fn offset_of(text: &str, line: impl TryInto<usize>, column: impl TryInto<usize>) -> usize {
    let line = line.try_into().unwrap_or(1).saturating_sub(1);
    let column = column.try_into().unwrap_or(1).saturating_sub(1);
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let inside = text.get(start..).unwrap_or_default();
    start + inside.char_indices().nth(column).map_or(inside.len(), |(at, _)| at)
}
