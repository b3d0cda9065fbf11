use std::collections::BTreeMap;

use crate::{
    source::Parsed,
    text::Span,
    yaml::{Kind, Node},
};

/// Top-level keys that are bookkeeping: changing them does not make an approval stale.
const BOOKKEEPING: &[&str] = &["status", "tags", "reviewers"];

/// Keys of an action item that are bookkeeping.
const ACTION_BOOKKEEPING: &[&str] = &["status", "ticket"];

/// What a text says, so that two revisions can be compared by meaning instead of bytes.
///
/// White space, line breaks, quoting of YAML and the order of front matter keys are not part of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Substance {
    /// Front matter as flat facts: `times.started` → value, `actions.A-3.due` → value.
    pub(super) facts: BTreeMap<String, String>,
    /// Facts that do not matter for a review.
    pub(super) bookkeeping: BTreeMap<String, String>,
    /// Text by section, in order; text before the first section has an empty title.
    pub(super) sections: Vec<SectionText>,
}

/// The words of one section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SectionText {
    pub(super) title: String,
    pub(super) words: String,
    /// Rows of the timeline that stands in it.
    pub(super) rows: Option<usize>,
}

impl Substance {
    /// Reads what a parsed text says.
    #[must_use]
    pub fn of(parsed: &Parsed) -> Self {
        let mut substance = Self::default();
        match parsed.front_matter() {
            Some(tree) => substance.flatten("", tree, false),
            None if !parsed.front_matter_span().is_empty() => {
                substance.facts.insert("front matter".to_owned(), squeeze(parsed.source().slice(parsed.front_matter_span())));
            }
            None => {}
        }
        substance.sections = sections(parsed);
        substance
    }

    /// True when a reader would learn the same from both: nothing that matters for a review differs.
    #[must_use]
    pub fn matters_like(&self, other: &Self) -> bool {
        self.facts == other.facts
            && self.sections.len() == other.sections.len()
            && self.sections.iter().zip(&other.sections).all(|(mine, theirs)| mine.title == theirs.title && mine.words == theirs.words)
    }

    fn flatten(&mut self, path: &str, node: &Node, is_bookkeeping: bool) {
        match &node.kind {
            Kind::Map(entries) => {
                for entry in entries {
                    let key = &*entry.key.value;
                    let minor =
                        (path.is_empty() && BOOKKEEPING.contains(&key)) || (path.starts_with("actions.") && ACTION_BOOKKEEPING.contains(&key));
                    let inner = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
                    self.flatten(&inner, &entry.value, is_bookkeeping || minor);
                }
            }
            Kind::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    let name = item.get("id").and_then(Node::text).map_or_else(|| (index + 1).to_string(), str::to_owned);
                    self.flatten(&format!("{path}.{name}"), item, is_bookkeeping);
                }
            }
            Kind::Scalar(_) => {
                let facts = if is_bookkeeping { &mut self.bookkeeping } else { &mut self.facts };
                facts.insert(path.to_owned(), squeeze(node.text().unwrap_or_default()));
            }
        }
    }
}

/// Cuts the body into the text before the first section and the top-level sections. Sections inside sections belong to the outer one.
fn sections(parsed: &Parsed) -> Vec<SectionText> {
    let body = parsed.body();
    let mut texts = Vec::new();
    let mut end = body.start;
    for section in parsed.outer_sections() {
        if section.heading.start > end {
            push_text(&mut texts, parsed, String::new(), Span::new(end, section.heading.start));
        }
        push_text(&mut texts, parsed, section.title.clone(), section.body);
        end = section.body.end;
    }
    if body.end > end {
        push_text(&mut texts, parsed, String::new(), Span::new(end, body.end));
    }
    texts
}

fn push_text(texts: &mut Vec<SectionText>, parsed: &Parsed, title: String, span: Span) {
    let words = squeeze(parsed.source().slice(span));
    if title.is_empty() && words.is_empty() {
        return;
    }
    let rows = parsed.timeline().filter(|timeline| span.contains(timeline.span)).map(|timeline| timeline.rows.len());
    texts.push(SectionText { title, words, rows });
}

/// Runs of white space become one space.
fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
