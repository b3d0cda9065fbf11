use crate::text::Span;

/// Where a value was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// A key of the front matter, in its canonical or a foreign spelling.
    FrontMatter,
    /// A key line, a stats section or a two-column table of the text.
    Body,
    /// A row of the timeline with a milestone mark.
    Timeline,
    /// A heading.
    Heading,
    /// The name of the file or of the bundle's folder.
    FileName,
    /// The first commit of the document.
    Git,
}

/// A value with its place and its provenance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field<T> {
    /// The value.
    pub value: T,
    /// Where it stands; empty at the start of the text when it does not come from there.
    pub span: Span,
    /// What kind of place that is.
    pub origin: Origin,
}

impl<T> Field<T> {
    /// Joins a value, its place and its provenance.
    pub const fn new(value: T, span: Span, origin: Origin) -> Self {
        Self { value, span, origin }
    }

    /// The same place with another value.
    pub fn map<U>(self, with: impl FnOnce(T) -> U) -> Field<U> {
        Field { value: with(self.value), span: self.span, origin: self.origin }
    }
}
