use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Spanned as Located, budget, options, options::NonFiniteFloatPolicy};

use super::{Entry, Kind, Node, Scalar, explain::explain};
use crate::text::{Span, Spanned};

/// Why a YAML text could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YamlError {
    /// Where, as bytes of the text that was given.
    pub span: Span,
    /// One short sentence without a full stop.
    pub message: String,
    /// What to do about it, where that is known.
    pub help: Option<String>,
}

/// Parses one YAML document. Spans are byte offsets in `text`.
///
/// # Errors
/// The first thing that is no YAML, is given twice, or is larger than any front matter should be.
pub fn parse(text: &str) -> Result<Node, YamlError> {
    if is_blank(text) {
        return Ok(Node { span: Span::at(text.len()), kind: Kind::Scalar(Scalar::Null) });
    }
    let options = options! {
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        non_finite_float_policy: NonFiniteFloatPolicy::PassThrough,
        with_snippet: false,
        budget: budget! {
            max_nodes: 20_000,
            max_events: 100_000,
            // Deeper than any front matter is, and shallow enough for the stack of a thread.
            max_depth: 24,
            max_anchors: 64,
            max_aliases: 256,
            // One more than allowed, so that the second gives its own error.
            max_documents: 2,
        },
    };
    match serde_saphyr::from_str_with_options::<Located<Raw>>(text, options) {
        Ok(root) => Ok(node(root, text)),
        Err(error) => Err(explain(text, error.without_snippet())),
    }
}

/// True for nothing but white space and comments. The parser would give null too, but not where.
fn is_blank(text: &str) -> bool {
    text.lines().all(|line| {
        let line = line.trim_matches([' ', '\r']);
        line.is_empty() || line.starts_with('#')
    })
}

/// A value as `serde_saphyr` hands it over.
enum Raw {
    Null,
    Bool(bool),
    Number(serde_yaml::Number),
    Text(String),
    List(Vec<Located<Raw>>),
    Map(Vec<(Located<String>, Located<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        Raw::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
        Ok(Raw::Number(value.into()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Number(value.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Raw, E> {
        Ok(Raw::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = access.next_entry()? {
            entries.push(entry);
        }
        Ok(Raw::Map(entries))
    }
}

fn node(raw: Located<Raw>, text: &str) -> Node {
    let span = span_of(raw.referenced.span(), text);
    // The value of an alias stands at its anchor; what the author sees at the alias is `*name`.
    let defined = span_of(raw.defined.span(), text);
    match raw.value {
        Raw::Null => scalar(span, Scalar::Null),
        Raw::Bool(value) => scalar(span, Scalar::Bool(value)),
        Raw::Number(value) => {
            let written = plain(defined.of(text));
            // An id such as `12e4567` overflows to infinity: it is text.
            let is_finite = value.as_f64().is_none_or(f64::is_finite);
            scalar(span, if is_finite { Scalar::Number { value, written } } else { Scalar::Text(written) })
        }
        Raw::Text(value) => scalar(span, Scalar::Text(value)),
        Raw::List(items) => {
            let items: Vec<Node> = items.into_iter().map(|item| node(item, text)).collect();
            let inner = items.iter().map(|item| item.span).filter(|inner| span.start <= inner.start).fold(span, Span::cover);
            Node { span: closed(inner, text), kind: Kind::List(items) }
        }
        Raw::Map(entries) => {
            let entries: Vec<Entry> = entries
                .into_iter()
                .map(|(key, value)| Entry { key: Spanned::new(key.value, span_of(key.referenced.span(), text)), value: node(value, text) })
                .collect();
            let ends = entries.iter().flat_map(|entry| [entry.key.span, entry.value.span]);
            let inner = ends.filter(|inner| span.start <= inner.start).fold(span, Span::cover);
            Node { span: inner, kind: Kind::Map(entries) }
        }
    }
}

/// The span of a flow list with its closing bracket.
fn closed(span: Span, text: &str) -> Span {
    if !span.of(text).starts_with('[') {
        return span;
    }
    let rest = text.get(span.end..).unwrap_or_default();
    let blank = rest.len() - rest.trim_start_matches([' ', ',', '\n', '\r']).len();
    if rest.get(blank..).is_some_and(|rest| rest.starts_with(']')) { Span::new(span.start, span.end + blank + 1) } else { span }
}

const fn scalar(span: Span, scalar: Scalar) -> Node {
    Node { span, kind: Kind::Scalar(scalar) }
}

/// The text of a scalar without anchor and tag.
fn plain(slice: &str) -> String {
    let slice = slice.trim();
    slice.rsplit(char::is_whitespace).next().unwrap_or(slice).to_owned()
}

fn span_of(span: serde_saphyr::Span, text: &str) -> Span {
    let start = span.byte_offset().map_or(0, as_usize).min(text.len());
    let end = (start + span.byte_len().map_or(0, as_usize)).min(text.len());
    let start = floor(text, start);
    let end = floor(text, end);
    // A block scalar's span runs over its last line break.
    let kept = Span::new(start, end).of(text).trim_end_matches(['\n', '\r']).len();
    Span::new(start, start + kept)
}

fn floor(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

fn as_usize(value: impl TryInto<usize>) -> usize {
    value.try_into().unwrap_or(usize::MAX)
}
