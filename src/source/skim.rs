use super::{FrontMatterKind, Parsed};
use crate::{
    model::Postmortem,
    text::{Source, Span},
    yaml::Node,
};

/// What a review needs of an older text: its front matter, typed, and where its body is. Made without reading the body's Markdown, because
/// a repository has many more revisions than documents.
#[derive(Debug, Clone)]
pub struct Skim {
    /// The text as stored.
    pub source: Source,
    /// Front matter as a tree.
    pub front_matter: Option<Node>,
    /// From the opening to the end of the closing delimiter line.
    pub front_matter_span: Span,
    /// The Markdown after it.
    pub body: Span,
    /// What the front matter says. A document without front matter is read whole, so that key lines of its body count.
    pub postmortem: Postmortem,
}

impl From<&Parsed> for Skim {
    fn from(parsed: &Parsed) -> Self {
        Self {
            source: parsed.source.clone(),
            front_matter: parsed.front_matter.clone(),
            front_matter_span: parsed.front_matter_span,
            body: parsed.body,
            postmortem: parsed.postmortem.clone(),
        }
    }
}

impl super::Parser<'_> {
    /// Reads the front matter of an older text.
    #[must_use]
    pub fn skim(&self, source: Source) -> Skim {
        let text = source.text();
        let split = super::split::split(text);
        let mut kind = split.kind;
        let tree = if kind == FrontMatterKind::Yaml { super::document::tree(text, &split, &mut kind, &mut Vec::new()) } else { None };
        let Some(tree) = tree else { return Skim::from(&self.parse(source)) };
        let postmortem = self.front_matter_only(&source, &tree);
        Skim { front_matter: Some(tree), front_matter_span: split.front_matter, body: split.body, postmortem, source }
    }
}
