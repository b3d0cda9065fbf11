use std::collections::BTreeMap;

use serde_yaml::Value;

use crate::text::{Span, Spanned};

/// A value of a YAML text and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Bytes of the value in the file (quotes included); for a map or list from its first to its last entry.
    pub span: Span,
    /// The value.
    pub kind: Kind,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// A scalar.
    Scalar(Scalar),
    /// A list.
    List(Vec<Node>),
    /// A map in the order of the file; keys are unique.
    Map(Vec<Entry>),
}

/// One key with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: Spanned<String>,
    /// Its value.
    pub value: Node,
}

impl Entry {
    /// The same entry, moved towards the end of the file by `by` bytes.
    #[must_use]
    pub(super) fn shifted(self, by: usize) -> Self {
        self.with_spans(&|span| span.shifted(by))
    }

    /// The same entry, moved towards the start of the file by `by` bytes.
    #[must_use]
    pub(super) fn shifted_back(self, by: usize) -> Self {
        self.with_spans(&|span| Span::new(span.start.saturating_sub(by), span.end.saturating_sub(by)))
    }

    fn with_spans(self, change: &impl Fn(Span) -> Span) -> Self {
        Self { key: Spanned::new(self.key.value, change(self.key.span)), value: self.value.with_spans(change) }
    }
}

/// A scalar by the rules of YAML 1.2: `no`, `on`, `010` and `1_000` are text.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar {
    /// Nothing, `~` or `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number; `written` is the text in the file, so that `title: 2026` and an id like `12e4567` stay text.
    Number {
        /// The value as `serde_yaml` holds it.
        value: serde_yaml::Number,
        /// The text in the file.
        written: String,
    },
    /// Text, with escapes and folding resolved.
    Text(String),
}

impl Node {
    /// The entries, when it is a map.
    #[must_use]
    pub fn entries(&self) -> Option<&[Entry]> {
        if let Kind::Map(entries) = &self.kind { Some(entries) } else { None }
    }

    /// The items, when it is a list.
    #[must_use]
    pub fn items(&self) -> Option<&[Self]> {
        if let Kind::List(items) = &self.kind { Some(items) } else { None }
    }

    /// The entry of a map with exactly this key.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries()?.iter().find(|entry| entry.key.value == key)
    }

    /// The value of a map at exactly this key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The scalar as text: text as it is, numbers and booleans as written; `None` for null, lists and maps.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar(Scalar::Text(text)) => Some(text),
            Kind::Scalar(Scalar::Number { written, .. }) => Some(written),
            Kind::Scalar(Scalar::Bool(true)) => Some("true"),
            Kind::Scalar(Scalar::Bool(false)) => Some("false"),
            _ => None,
        }
    }

    /// True for nothing, `~` and `null`.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self.kind, Kind::Scalar(Scalar::Null))
    }

    /// A word for messages: "a list", "text", …
    #[must_use]
    pub const fn described(&self) -> &'static str {
        match self.kind {
            Kind::Scalar(Scalar::Null) => "nothing",
            Kind::Scalar(Scalar::Bool(_)) => "true or false",
            Kind::Scalar(Scalar::Number { .. }) => "a number",
            Kind::Scalar(Scalar::Text(_)) => "text",
            Kind::List(_) => "a list",
            Kind::Map(_) => "a map",
        }
    }

    /// The same tree with every span moved towards the end of the file by `by` bytes.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        self.with_spans(&|span| span.shifted(by))
    }

    /// The same tree with every span replaced.
    fn with_spans(mut self, change: &impl Fn(Span) -> Span) -> Self {
        self.span = change(self.span);
        match &mut self.kind {
            Kind::Scalar(_) => {}
            Kind::List(items) => *items = std::mem::take(items).into_iter().map(|item| item.with_spans(change)).collect(),
            Kind::Map(entries) => *entries = std::mem::take(entries).into_iter().map(|entry| entry.with_spans(change)).collect(),
        }
        self
    }

    /// The data model for typed decoding.
    #[must_use]
    pub fn to_value(&self) -> Value {
        match &self.kind {
            Kind::Scalar(Scalar::Null) => Value::Null,
            Kind::Scalar(Scalar::Bool(value)) => Value::Bool(*value),
            Kind::Scalar(Scalar::Number { value, .. }) => Value::Number(value.clone()),
            Kind::Scalar(Scalar::Text(text)) => Value::String(text.clone()),
            Kind::List(items) => Value::Sequence(items.iter().map(Self::to_value).collect()),
            Kind::Map(entries) => {
                Value::Mapping(entries.iter().map(|entry| (Value::String(entry.key.value.clone()), entry.value.to_value())).collect())
            }
        }
    }

    /// Spans by path as `serde_path_to_error` writes it: `actions[0].due` for a value, `actions[0].due#key` for its key, `.` for the root.
    #[must_use]
    pub fn spans(&self) -> BTreeMap<String, Span> {
        let mut spans = BTreeMap::new();
        self.collect_spans("", &mut spans);
        spans
    }

    fn collect_spans(&self, path: &str, spans: &mut BTreeMap<String, Span>) {
        spans.insert(if path.is_empty() { ".".to_owned() } else { path.to_owned() }, self.span);
        match &self.kind {
            Kind::Scalar(_) => {}
            Kind::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    item.collect_spans(&format!("{path}[{index}]"), spans);
                }
            }
            Kind::Map(entries) => {
                for entry in entries {
                    let inner = if path.is_empty() { entry.key.value.clone() } else { format!("{path}.{}", entry.key.value) };
                    spans.insert(format!("{inner}#key"), entry.key.span);
                    entry.value.collect_spans(&inner, spans);
                }
            }
        }
    }
}
