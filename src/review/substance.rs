use std::{
    collections::BTreeMap,
    hash::{Hash, Hasher},
    sync::Arc,
};

use rustc_hash::{FxHashMap, FxHasher};

use crate::{
    source::{Parsed, Skim},
    text::{Source, Span},
    yaml::{Kind, Node},
};

/// Top-level keys that are bookkeeping: changing them does not make an approval stale.
const BOOKKEEPING: &[&str] = &["status", "tags", "reviewers"];

/// Keys of an action item that are bookkeeping.
const ACTION_BOOKKEEPING: &[&str] = &["status", "ticket"];

/// What a text says, so that two revisions can be compared by meaning instead of bytes.
///
/// White space, line breaks, quoting of YAML and the order of front matter keys are not part of it, except where white space decides what is read:
/// inside fenced code, at the end of a quote, and where a line begins a block of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Substance {
    /// What the front matter says.
    pub(super) facts: Arc<Facts>,
    /// Text by section, in order; text before the first section has an empty title.
    pub(super) sections: Vec<Arc<SectionText>>,
}

/// Front matter as flat facts: `times.started` → value, `actions.A-3.due` → value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Facts {
    pub(super) telling: BTreeMap<String, String>,
    /// Those that do not matter for a review.
    pub(super) bookkeeping: BTreeMap<String, String>,
}

/// The words of one section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SectionText {
    pub(super) title: String,
    pub(super) words: String,
    /// Lines of the tables that stand in it.
    pub(super) rows: Option<usize>,
}

impl Substance {
    /// The same number for all that [`Self::matters_like`] calls alike.
    pub(super) fn digest(&self) -> u64 {
        let mut hasher = FxHasher::default();
        self.facts.telling.hash(&mut hasher);
        for section in &self.sections {
            (&section.title, &section.words).hash(&mut hasher);
        }
        hasher.finish()
    }

    /// True when a reader would learn the same from both: nothing that matters for a review differs.
    #[must_use]
    pub fn matters_like(&self, other: &Self) -> bool {
        (Arc::ptr_eq(&self.facts, &other.facts) || self.facts.telling == other.facts.telling)
            && self.sections.len() == other.sections.len()
            && self
                .sections
                .iter()
                .zip(&other.sections)
                .all(|(mine, theirs)| Arc::ptr_eq(mine, theirs) || (mine.title == theirs.title && mine.words == theirs.words))
    }
}

/// Reads what the texts of one document say. They are much alike: what stands in several of them is read once and shared.
#[derive(Debug, Default)]
pub(super) struct Substances {
    facts: Vec<(Arc<Node>, Arc<Facts>)>,
    sections: FxHashMap<Box<str>, Arc<SectionText>>,
}

impl Substances {
    /// Reads what a text says.
    pub(super) fn of(&mut self, text: &Skim) -> Substance {
        let facts = text.front_matter.as_ref().map(|tree| self.facts(tree));
        self.with_facts(facts, &text.source, text.front_matter_span, text.body)
    }

    /// Reads what a parsed text says.
    pub(super) fn of_parsed(&mut self, parsed: &Parsed) -> Substance {
        let facts = parsed.front_matter().map(|tree| Arc::new(Facts::of(tree)));
        self.with_facts(facts, parsed.source(), parsed.front_matter_span(), parsed.body())
    }

    /// `facts` are those of front matter that can be read.
    fn with_facts(&mut self, facts: Option<Arc<Facts>>, source: &Source, front_matter: Span, body: Span) -> Substance {
        let unread = || match source.slice(front_matter) {
            "" => Facts::default(),
            text => Facts { telling: BTreeMap::from([("front matter".to_owned(), squeeze(text))]), ..Facts::default() },
        };
        Substance { facts: facts.unwrap_or_else(|| Arc::new(unread())), sections: self.sections(source.slice(body)) }
    }

    fn facts(&mut self, tree: &Arc<Node>) -> Arc<Facts> {
        if let Some((_, known)) = self.facts.iter().find(|(known, _)| Arc::ptr_eq(known, tree)) {
            return Arc::clone(known);
        }
        let facts = Arc::new(Facts::of(tree));
        self.facts.push((Arc::clone(tree), Arc::clone(&facts)));
        facts
    }

    fn sections(&mut self, body: &str) -> Vec<Arc<SectionText>> {
        let (mark, cuts) = cut(body);
        let mut sections = Vec::with_capacity(cuts.len());
        for raw in cuts {
            let section = if let Some(known) = self.sections.get(raw) {
                Arc::clone(known)
            } else {
                let read = Arc::new(SectionText::read(raw, mark));
                self.sections.insert(raw.into(), Arc::clone(&read));
                read
            };
            // White space before the first heading is no section.
            if raw.starts_with(mark) || !section.words.is_empty() {
                sections.push(section);
            }
        }
        sections
    }
}

impl Facts {
    pub(super) fn of(tree: &Node) -> Self {
        let mut facts = Self::default();
        facts.flatten("", tree, false);
        facts
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
                let facts = if is_bookkeeping { &mut self.bookkeeping } else { &mut self.telling };
                facts.insert(path.to_owned(), squeeze(node.text().unwrap_or_default()));
            }
        }
    }
}

impl SectionText {
    /// Reads one piece of a body: a heading line with `mark` and what stands below it, or what stands before the first one.
    fn read(raw: &str, mark: &str) -> Self {
        if !raw.starts_with(mark) {
            return Self { title: String::new(), words: words(raw), rows: None };
        }
        let (line, inside) = raw.split_once('\n').unwrap_or((raw, ""));
        let rows = inside.lines().filter(|line| line.trim_start().starts_with('|')).count();
        Self { title: title(line.trim_end_matches('\r'), mark), words: words(inside), rows: (rows > 2).then_some(rows) }
    }
}

/// Cuts a body at the lines that begin with `## ` outside fenced code (`# ` where there is no `## `).
///
/// Lines are enough here: the cuts only say in words where two texts differ, and a whole Markdown parse of every revision would take most of
/// the time of a build. Whether texts differ at all does not depend on where they are cut.
pub(super) fn cut(body: &str) -> (&'static str, Vec<&str>) {
    let mark = if headings(body, "## ").next().is_some() { "## " } else { "# " };
    let starts: Vec<usize> = std::iter::once(0).chain(headings(body, mark)).chain([body.len()]).collect();
    let pieces = starts.windows(2).filter_map(|pair| body.get(*pair.first()?..*pair.last()?));
    (mark, pieces.filter(|piece| !piece.is_empty()).collect())
}

/// Offset of every heading line with this mark.
fn headings(body: &str, mark: &str) -> impl Iterator<Item = usize> {
    let mut offset = 0;
    let mut fence: Option<&str> = None;
    body.split_inclusive('\n').filter_map(move |line| {
        let start = offset;
        offset += line.len();
        let trimmed = line.trim_start();
        let marker = ["```", "~~~"].into_iter().find(|marker| trimmed.starts_with(marker));
        match (fence, marker) {
            (None, Some(_)) => fence = marker,
            (Some(open), Some(close)) if open == close => fence = None,
            (None, None) if line.starts_with(mark) => return Some(start),
            _ => {}
        }
        None
    })
}

/// The words of a heading line, without its attributes and closing marks.
pub(super) fn title(line: &str, mark: &str) -> String {
    let text = line.get(mark.len()..).unwrap_or_default().trim();
    let text = if text.ends_with('}') { text.rsplit_once('{').map_or(text, |(before, _)| before) } else { text };
    text.trim_end_matches('#').trim().to_owned()
}

/// Runs of white space become one space, so that a paragraph may be broken anywhere; what a reader would see differently stays.
///
/// Lines of fenced code stay as they are. A line that begins a block (heading, quote, list item, table row) begins a line here too, and the blank
/// line that ends a quote is kept: it decides what belongs to a marked block.
pub(super) fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut fence: Option<(&str, bool)> = None;
    let mut in_quote = false;
    let mut ends_quote = false;
    for line in text.lines() {
        let trimmed = line.trim();
        let is_quote = trimmed.starts_with('>');
        let inner = trimmed.trim_start_matches(['>', ' ']);
        // Code inside a quote ends with the quote.
        if fence.is_some_and(|(_, quoted)| quoted && !is_quote) {
            fence = None;
        }
        if let Some((open, _)) = fence {
            out.push('\n');
            out.push_str(line.trim_end());
            if inner.len() >= open.len() && open.chars().next().is_some_and(|mark| inner.chars().all(|character| character == mark)) {
                fence = None;
            }
            continue;
        }
        if trimmed.is_empty() {
            ends_quote |= in_quote;
            in_quote = false;
            continue;
        }
        if std::mem::take(&mut ends_quote) {
            out.push_str("\n\n");
        }
        in_quote |= is_quote;
        fence = fence_mark(inner).map(|mark| (mark, is_quote));
        let ends_line = out.is_empty() || out.ends_with('\n');
        out.push_str(if fence.is_some() || begins_block(trimmed) {
            "\n"
        } else if ends_line {
            ""
        } else {
            " "
        });
        out.push_str(&squeeze(trimmed));
    }
    out.trim_start().to_owned()
}

/// The marks that open fenced code.
fn fence_mark(line: &str) -> Option<&str> {
    let mark = ['`', '~'].into_iter().find(|mark| line.starts_with(*mark))?;
    let (marks, info) = line.split_at(line.len() - line.trim_start_matches(mark).len());
    (marks.len() >= 3 && !(mark == '`' && info.contains('`'))).then_some(marks)
}

/// Whether a line begins a heading, a quote, a list item or a table row.
fn begins_block(line: &str) -> bool {
    let first = line.split_whitespace().next().unwrap_or_default();
    let is_number =
        |mark: char| first.strip_suffix(mark).is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()));
    line.starts_with(['>', '|']) || matches!(first, "-" | "*" | "+") || first.bytes().all(|byte| byte == b'#') || is_number('.') || is_number(')')
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_cut_at_headings_outside_code() {
        let sections = |body: &str| Substances::default().sections(body);
        let cut = sections("intro\n\n## Impact {.public}\ntext\n```sh\n## no heading\n```\n## Timeline ##\n| a |\n|---|\n| b |\n| c |\n");
        let titles: Vec<_> = cut.iter().map(|section| (&*section.title, section.rows)).collect();
        assert_eq!(titles, [("", None), ("Impact", None), ("Timeline", Some(4))]);
        assert_eq!(sections("# One\na\n# Two\nb").len(), 2);
    }

    #[test]
    fn white_space_matters_only_where_it_is_read() {
        for (what, one, other) in [
            ("indentation of code", "```\nif x:\n  a\nb\n```", "```\nif x:\n  a\n  b\n```"),
            ("indentation of quoted code", "> ```\n> if x:\n>   a\n> ```", "> ```\n> if x:\n> a\n> ```"),
            ("a quote cut in two", "> [!INTERNAL]\n> a", "> [!INTERNAL]\n\n> a"),
            ("text that leaves its quote", "> [!INTERNAL]\n> a\nb", "> [!INTERNAL]\n> a\n\nb"),
            ("items joined", "- a\n- b [public]", "- a - b [public]"),
            ("a heading joined", "a\n### B", "a ### B"),
        ] {
            assert_ne!(words(one), words(other), "{what}");
        }
        for (what, one, other) in [
            ("a paragraph", "one two\nthree", "one\n  two three\n\n"),
            ("text after code", "```\na\n```\none two", "```\na\n```\n\none\ntwo"),
            ("text after a quote", "> a\n\none two", "> a\n\n\none\ntwo\n"),
            ("blank lines between items", "- a\n- b", "- a\n\n- b"),
        ] {
            assert_eq!(words(one), words(other), "{what}");
        }
    }
}
