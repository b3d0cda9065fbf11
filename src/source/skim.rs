use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{FrontMatterKind, Parsed, Parser};
use crate::{
    model::Postmortem,
    text::{Source, Span},
    yaml::{Memo, Node},
};

/// What a review needs of an older text: its front matter, typed, and where its body is. Made without reading the body's Markdown, because
/// a repository has many more revisions than documents.
#[derive(Debug, Clone)]
pub struct Skim {
    /// The text as stored.
    pub source: Source,
    /// Front matter as a tree; the same allocation for texts of one [`Skimmer`] with the same front matter.
    pub front_matter: Option<Arc<Node>>,
    /// From the opening to the end of the closing delimiter line.
    pub front_matter_span: Span,
    /// The Markdown after it.
    pub body: Span,
    /// What the front matter says. A document without front matter is read whole, so that key lines of its body count.
    pub postmortem: Arc<Postmortem>,
}

impl From<&Parsed> for Skim {
    fn from(parsed: &Parsed) -> Self {
        Self {
            source: parsed.source.clone(),
            front_matter: parsed.front_matter.clone(),
            front_matter_span: parsed.front_matter_span,
            body: parsed.body,
            postmortem: Arc::new(parsed.postmortem.clone()),
        }
    }
}

/// Front matter as a tree, and typed.
type Front = (Arc<Node>, Arc<Postmortem>);

/// Reads the older texts of one document. They are much alike, so what was read once is remembered.
#[derive(Debug)]
pub struct Skimmer<'a> {
    parser: &'a Parser<'a>,
    yaml: Memo,
    /// By path, from which the id may come, and front matter.
    read: FxHashMap<(Box<str>, Box<str>), Front>,
}

impl<'a> Skimmer<'a> {
    /// A reader that has read nothing yet.
    #[must_use]
    pub fn new(parser: &'a Parser<'a>) -> Self {
        Self { parser, yaml: Memo::default(), read: FxHashMap::default() }
    }

    /// A reader that knows the text at the tip.
    #[must_use]
    pub fn knowing(parser: &'a Parser<'a>, tip: &Parsed) -> Self {
        let mut skimmer = Self::new(parser);
        let text = tip.source.text();
        if let Some(tree) = &tip.front_matter {
            let yaml = super::split::split(text).yaml;
            skimmer.yaml.learn(yaml.of(text), yaml.start, tree);
        }
        skimmer
    }

    /// Reads the front matter of a text.
    #[must_use]
    pub fn skim(&mut self, source: Source) -> Skim {
        let text = source.text();
        let split = super::split::split(text);
        let key = (source.path().into(), split.front_matter.of(text).into());
        let known = self.read.get(&key).cloned();
        let read = known.or_else(|| {
            let mut kind = split.kind;
            let is_yaml = kind == FrontMatterKind::Yaml;
            let tree = is_yaml.then(|| super::document::tree(text, &split, Some(&mut self.yaml), &mut kind, &mut Vec::new())).flatten()?;
            let postmortem = Arc::new(self.parser.front_matter_only(&source, &tree));
            let read = (Arc::new(tree), postmortem);
            self.read.insert(key, read.clone());
            Some(read)
        });
        let Some((tree, postmortem)) = read else { return Skim::from(&self.parser.parse(source)) };
        Skim { front_matter: Some(tree), front_matter_span: split.front_matter, body: split.body, postmortem, source }
    }

    /// Reads a text whole.
    #[must_use]
    pub fn parse(&mut self, source: Source) -> Parsed {
        self.parser.parse_with(source, Some(&mut self.yaml))
    }
}
