use regex::Regex;

use super::needles::Needles;

/// Everything that must not go outside.
#[derive(Debug, Default)]
pub struct InternalText {
    /// Texts of the repository.
    pub passages: Vec<Passage>,
    /// Exact pieces.
    pub identifiers: Vec<Identifier>,
    /// Ids of commits and of stored texts, with what each is.
    pub ids: Vec<(&'static str, String)>,
    /// Patterns of the configuration.
    pub forbidden: Vec<Regex>,
}

/// A piece of the repository, with its place.
#[derive(Debug, Clone)]
pub struct Passage {
    /// Where it stands: a path, or what it is.
    pub from: String,
    /// Its first line there; none where lines mean nothing.
    pub line: Option<usize>,
    /// What it says.
    pub text: String,
    /// Whether a report may say where it is, and no more.
    pub is_privileged: bool,
}

/// Something that is recognised wherever it stands whole.
#[derive(Debug, Clone)]
pub struct Identifier {
    /// What it is, for the report.
    pub kind: &'static str,
    /// The piece.
    pub text: String,
    /// Where it comes from, where that is known.
    pub from: Option<String>,
    /// What has to be alike.
    pub matching: Matching,
    /// Whether a report may say where it is, and no more.
    pub is_privileged: bool,
}

/// What has to be alike for an identifier to be recognised. Case, the form of its characters and what nobody sees never count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matching {
    /// Every character; one space is as good as another.
    Exact,
    /// Its words in order, whatever stands between them: `Ada Meyer` is `ada-meyer` too.
    Words,
}

/// Internal text, ready to be looked for in the sites of any number of audiences.
#[derive(Debug)]
pub struct Searched {
    pub(super) passages: Vec<Passage>,
    pub(super) forbidden: Vec<Regex>,
    /// `None` where the search could not be prepared: nothing may be said to be clean then.
    pub(super) needles: Option<Needles>,
}

impl Searched {
    /// Prepares the search.
    #[must_use]
    pub fn new(internal: InternalText) -> Self {
        let InternalText { passages, identifiers, ids, forbidden } = internal;
        Self { passages, forbidden, needles: Needles::new(identifiers, ids) }
    }
}
