use std::sync::Arc;

use crate::{
    findings::Problem,
    model::{Field, Milestone, Moment, Postmortem},
    text::{Source, Span},
    yaml::Node,
};

/// Everything that could be read from one file.
#[derive(Debug, Clone)]
pub struct Parsed {
    pub(super) source: Source,
    pub(super) kind: FrontMatterKind,
    pub(super) front_matter: Option<Arc<Node>>,
    pub(super) front_matter_span: Span,
    pub(super) body: Span,
    pub(super) postmortem: Postmortem,
    pub(super) headings: Vec<Heading>,
    pub(super) sections: Vec<Section>,
    pub(super) timeline: Option<Timeline>,
    pub(super) links: Vec<BodyLink>,
    pub(super) images: Vec<Image>,
    pub(super) regions: Vec<Region>,
    pub(super) has_raw_html: bool,
    pub(super) problems: Vec<Problem>,
}

impl Parsed {
    /// Adds a problem that was seen before parsing.
    #[must_use]
    pub fn with_problem(mut self, problem: Problem) -> Self {
        self.problems.push(problem);
        self
    }

    /// The text as stored.
    #[must_use]
    pub const fn source(&self) -> &Source {
        &self.source
    }

    /// What kind of front matter it has.
    #[must_use]
    pub const fn front_matter_kind(&self) -> FrontMatterKind {
        self.kind
    }

    /// Front matter as a tree; `None` without any, and when it can't be read.
    #[must_use]
    pub fn front_matter(&self) -> Option<&Node> {
        self.front_matter.as_deref()
    }

    /// From the opening to the end of the closing delimiter line; empty at the start without front matter.
    #[must_use]
    pub const fn front_matter_span(&self) -> Span {
        self.front_matter_span
    }

    /// The Markdown after the front matter.
    #[must_use]
    pub const fn body(&self) -> Span {
        self.body
    }

    /// The typed postmortem.
    #[must_use]
    pub const fn postmortem(&self) -> &Postmortem {
        &self.postmortem
    }

    /// Every heading outside quotes and lists, in order.
    #[must_use]
    pub fn headings(&self) -> &[Heading] {
        &self.headings
    }

    /// The sections, in order. Text before the first one belongs to none.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// The sections that lie in no other section.
    pub fn outer_sections(&self) -> impl Iterator<Item = &Section> {
        let mut end = 0;
        self.sections.iter().filter(move |section| {
            let is_outer = section.heading.start >= end;
            if is_outer {
                end = section.body.end.max(section.heading.end);
            }
            is_outer
        })
    }

    /// The first section of a known kind, such as `impact`.
    #[must_use]
    pub fn section(&self, kind: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.kind.as_deref() == Some(kind))
    }

    /// The timeline, where one was recognised.
    #[must_use]
    pub const fn timeline(&self) -> Option<&Timeline> {
        self.timeline.as_ref()
    }

    /// Links of the body.
    #[must_use]
    pub fn links(&self) -> &[BodyLink] {
        &self.links
    }

    /// Images of the body.
    #[must_use]
    pub fn images(&self) -> &[Image] {
        &self.images
    }

    /// The body cut by who may read it: sorted, without gaps or overlaps, covering [`Self::body`].
    #[must_use]
    pub fn regions(&self) -> &[Region] {
        &self.regions
    }

    /// Whether the body holds raw HTML other than comments.
    #[must_use]
    pub const fn has_raw_html(&self) -> bool {
        self.has_raw_html
    }

    /// What was wrong with the text itself, before any rule looked at it.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

/// What stands at the top of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrontMatterKind {
    /// Nothing.
    None,
    /// `---` … `---` with at least one key.
    Yaml,
    /// `+++` … `+++`.
    Toml,
    /// Delimiters with nothing, or only comments, between them.
    Empty,
    /// YAML that can't be parsed, or an opening delimiter without a closing one.
    Broken,
}

/// A heading outside quotes and lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Plain text without attributes, emphasis marks or links.
    pub title: String,
    /// The whole heading, attributes and line end included.
    pub span: Span,
    /// Attribute `{#id}` as written.
    pub id: Option<String>,
    /// The audience that `{.public}`, `{.internal}` or `{.partners}` names.
    pub mark: Option<Mark>,
}

/// An audience mark as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Name of the audience, lower case: `internal`, `public`, or a further one of the configuration.
    pub audience: String,
    /// Where it stands.
    pub span: Span,
}

/// How a document writes its section titles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionStyle {
    /// `## Impact`.
    Heading,
    /// `**Impact**` alone on a line.
    BoldLine,
    /// `- **Impact**: …`.
    ListLabel,
}

/// One section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Id of the known section, such as `impact` or `root-cause`; `None` for one that nobody configured.
    pub kind: Option<String>,
    /// Title as plain text.
    pub title: String,
    /// How the title is written.
    pub style: SectionStyle,
    /// The title, heading attributes included.
    pub heading: Span,
    /// From the end of the title to the start of the next section.
    pub body: Span,
    /// True when the body has neither text nor an image, comments and headings aside.
    pub is_empty: bool,
    /// A deeper heading with the title of a known section that the document has nowhere else. Its span lies inside that of another section.
    pub is_nested: bool,
}

/// How a timeline is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimelineStyle {
    /// A table with the time in one of its columns.
    Table,
    /// List items that begin with a time.
    List,
    /// Paragraphs that begin with a time.
    Paragraphs,
    /// Sub-headings that begin with a time.
    Headings,
}

/// What happened, row by row.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    /// The table, the list, or the run of paragraphs or sub-headings.
    pub span: Span,
    /// How it is written.
    pub style: TimelineStyle,
    /// Rows in the order of the text.
    pub rows: Vec<TimelineRow>,
}

/// One row of a timeline.
#[derive(Debug, Clone, PartialEq)]
pub struct TimelineRow {
    /// The whole row.
    pub span: Span,
    /// The time; `None` where the row has none.
    pub time: Option<Field<Moment>>,
    /// The text of the row as Markdown pieces (the other cells of a table, or the rest of the item), in order.
    pub cells: Vec<Span>,
    /// Milestone marks with their places.
    pub milestones: Vec<(Milestone, Span)>,
    /// Index into `cells` of the cell with `[public]` (or the name of another audience), and that audience.
    pub audiences: Vec<(usize, Mark)>,
    /// The written time is fuzzy (`~13:54`, `Around 17:55`) or its zone abbreviation is ambiguous; says which, in words.
    pub vague: Option<String>,
}

/// Where a link leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// An address with a scheme.
    External,
    /// A path relative to the document or the repository root.
    Relative,
    /// `#anchor` in the same document.
    Anchor,
    /// `[[id]]`.
    Wiki,
}

/// A link of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyLink {
    /// The whole link.
    pub span: Span,
    /// Destination as written.
    pub url: String,
    /// Plain text.
    pub text: String,
    /// Where it leads.
    pub kind: LinkKind,
}

/// An image of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// The whole image.
    pub span: Span,
    /// Destination as written.
    pub url: String,
    /// Alternative text.
    pub alt: String,
    /// Path from the repository root, for a relative destination that stays inside the repository.
    pub path: Option<String>,
}

/// Who may read a piece of the body.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Visibility {
    /// Nobody outside.
    Internal,
    /// Every external audience.
    Public,
    /// One further audience only.
    Only(String),
}

impl Visibility {
    /// Whether the external audience of this name may read it.
    #[must_use]
    pub fn includes(&self, audience: &str) -> bool {
        match self {
            Self::Internal => false,
            Self::Public => true,
            Self::Only(name) => name == audience,
        }
    }
}

/// A piece of the body with one visibility.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// Where.
    pub span: Span,
    /// For whom.
    pub visibility: Visibility,
}
