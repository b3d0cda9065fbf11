use std::{cell::OnceCell, collections::BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};

use super::{People, audience_text, prose::Prose};
use crate::{
    config::Settings,
    model::Postmortem,
    review::Reviewed,
    source::{FrontMatterKind, Parsed, Section},
    text::Span,
};

/// What a rule may look at.
#[derive(Debug, Clone)]
pub struct Document<'a> {
    /// The text that is checked: the tip, or an older revision that would be published.
    pub parsed: &'a Parsed,
    /// The trail; `None` where a text is checked on its own.
    pub reviewed: Option<&'a Reviewed>,
    /// The configuration.
    pub settings: &'a Settings,
    /// What is known of the repository around it.
    pub surroundings: &'a Surroundings,
    /// The clock of the run.
    pub now: DateTime<Utc>,
    prose: OnceCell<Prose>,
    outside: OnceCell<Vec<Span>>,
}

/// What rules may know of the repository beside the text.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// Paths of all files of the content, for links and images.
    pub files: BTreeSet<String>,
    /// Everybody that git, configuration or any front matter names.
    pub people: People,
    /// Whether the history could be read whole.
    pub is_history_complete: bool,
}

impl<'a> Document<'a> {
    /// A document with its trail.
    #[must_use]
    pub const fn new(
        parsed: &'a Parsed,
        reviewed: Option<&'a Reviewed>,
        settings: &'a Settings,
        surroundings: &'a Surroundings,
        now: DateTime<Utc>,
    ) -> Self {
        Self { parsed, reviewed, settings, surroundings, now, prose: OnceCell::new(), outside: OnceCell::new() }
    }

    /// A document that is checked on its own.
    #[must_use]
    pub const fn alone(parsed: &'a Parsed, settings: &'a Settings, surroundings: &'a Surroundings, now: DateTime<Utc>) -> Self {
        Self::new(parsed, None, settings, surroundings, now)
    }

    /// The typed postmortem.
    #[must_use]
    pub const fn postmortem(&self) -> &'a Postmortem {
        self.parsed.postmortem()
    }

    /// Index of its severity into the configured ones.
    #[must_use]
    pub fn severity(&self) -> Option<usize> {
        self.postmortem().severity.as_ref().and_then(|severity| severity.value.rank)
    }

    /// Today in the site's zone.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.settings.site.timezone).date_naive()
    }

    /// Whether external audience `name` is meant to read it.
    #[must_use]
    pub fn is_meant_for(&self, name: &str) -> bool {
        self.postmortem().is_marked_for(name)
    }

    /// Whether its text must not appear in any message, even where its front matter is too broken to say so.
    #[must_use]
    pub fn is_privileged(&self) -> bool {
        let says_so = || self.parsed.source().text().lines().take(200).any(|line| line.trim_end() == "privileged: true");
        self.postmortem().privileged || (self.parsed.front_matter_kind() == FrontMatterKind::Broken && says_so())
    }

    /// The words of the body, without code, quotes, links and HTML, and the sentences of the front matter; read once for all rules.
    pub(super) fn prose(&self) -> &Prose {
        self.prose.get_or_init(|| {
            let text = self.parsed.source().text();
            let postmortem = self.postmortem();
            let external = postmortem.external.values().flat_map(|block| [&block.title, &block.summary]).flatten().map(|field| field.span);
            // A title that is taken from the first heading or the file name stands elsewhere.
            let front_matter = self.parsed.front_matter_span();
            let spans = std::iter::once(postmortem.title.span).chain(external).filter(|span| !span.is_empty() && front_matter.contains(*span));
            Prose::read(text, self.parsed.body()).with_values(text, spans)
        })
    }

    /// Everything in the file that the external audiences it is meant for would read; sorted, without overlaps.
    pub(super) fn read_outside(&self) -> &[Span] {
        self.outside.get_or_init(|| audience_text::read_outside(self))
    }

    /// The innermost section in which a place lies.
    pub(super) fn section_at(&self, offset: usize) -> Option<&'a Section> {
        // Sections are in order, and one that lies in another begins later.
        let sections = self.parsed.sections();
        let before = sections.get(..sections.partition_point(|section| section.body.start <= offset)).unwrap_or_default();
        before.iter().rev().find(|section| offset < section.body.end)
    }

    /// The text under a span.
    pub(super) fn slice(&self, span: Span) -> &'a str {
        self.parsed.source().slice(span)
    }
}
