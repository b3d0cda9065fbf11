use super::{CorpusFacts, Document};
use crate::findings::{Level, Problem};

/// What a rule looks at; the order of `rules` and of the health page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Keys and values at the top of the file.
    FrontMatter,
    /// Sections.
    Structure,
    /// The timeline and its agreement with `times`.
    Timeline,
    /// Blameless language.
    Language,
    /// Links, images, evidence.
    Detail,
    /// Action items.
    Actions,
    /// What git says about review and deadlines.
    Review,
    /// Postmortems compared with each other.
    Corpus,
    /// What goes outside.
    Publication,
    /// Audience marks and Markdown that does not do what it looks like.
    Markup,
    /// `allow` entries.
    Suppression,
}

impl Group {
    /// The name that people read.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::FrontMatter => "front matter",
            Self::Structure => "structure",
            Self::Timeline => "timeline",
            Self::Language => "language",
            Self::Detail => "detail",
            Self::Actions => "actions",
            Self::Review => "review",
            Self::Corpus => "corpus",
            Self::Publication => "publication",
            Self::Markup => "markup",
            Self::Suppression => "suppression",
        }
    }
}

/// How a rule is run.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// The parser reports it while reading.
    Parser,
    /// From the text of one document and the configuration alone: the same for every revision of it.
    Text(fn(&Document<'_>) -> Vec<Problem>),
    /// From the text, its trail and the clock.
    Trail(fn(&Document<'_>) -> Vec<Problem>),
    /// From the text and what all other documents say.
    Corpus(fn(&Document<'_>, &CorpusFacts) -> Vec<Problem>),
    /// Found by the engine when it applies the `allow` entries of a document.
    Suppression,
}

/// One rule.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Name in kebab case.
    pub name: &'static str,
    /// What it looks at.
    pub group: Group,
    /// Level unless the configuration says otherwise.
    pub level: Level,
    /// Errors become warnings while the document is a draft.
    pub is_completeness: bool,
    /// The text of its file; the documentation is its leading doc comment.
    pub source: &'static str,
    /// How it is run.
    pub check: Check,
}

impl Rule {
    /// Whether configuration can neither turn it off nor soften it: it guards what goes outside.
    #[must_use]
    pub fn is_guard(&self) -> bool {
        self.name == "secret" || self.name == "malformed-audience-mark" || self.group == Group::Publication
    }

    /// Whether an error of this rule in a revision keeps that revision from external audiences.
    #[must_use]
    pub fn holds_back(&self) -> bool {
        self.name == "secret" || matches!(self.group, Group::FrontMatter | Group::Structure | Group::Publication | Group::Markup)
    }

    /// The documentation: Markdown, without the comment marks.
    #[must_use]
    pub fn documentation(&self) -> String {
        let lines = self.source.lines().map_while(|line| line.strip_prefix("//!"));
        lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n")
    }

    /// The first sentence of the documentation, without its full stop.
    #[must_use]
    pub fn summary(&self) -> String {
        let documentation = self.documentation();
        let first = documentation.split("\n\n").next().unwrap_or_default().replace('\n', " ");
        first.trim_end_matches('.').to_owned()
    }
}

/// Writes the table of rules. It does not write their `mod` lines, too: `cargo fmt` does not look for files behind a macro.
macro_rules! rules {
    ($($module:ident),* $(,)?) => {
        /// Every rule, sorted by name.
        pub const RULES: &[Rule] = &[$(super::$module::RULE),*];
    };
}

rules![
    action_without_due_date,
    action_without_owner,
    allow_without_reason,
    blaming_language,
    broken_image,
    broken_link,
    copied_duration,
    cut_value,
    declined_without_reason,
    duplicate_id,
    duplicate_section,
    empty_section,
    future_time,
    hindsight,
    human_error_as_cause,
    incomplete_history,
    inert_emphasis,
    invalid_front_matter,
    invalid_value,
    late_completion,
    late_draft,
    malformed_audience_mark,
    missing_actions,
    missing_alt_text,
    missing_customer_summary,
    missing_field,
    missing_front_matter,
    missing_milestone,
    missing_public_title,
    missing_section,
    missing_timeline,
    named_person_as_cause,
    never_reviewed,
    no_evidence_link,
    outside_incident,
    overdue_action,
    overlapping_impact,
    person_in_public,
    private_detail_in_public,
    raw_html_in_public,
    same_action,
    secret,
    section_order,
    self_approval,
    shallow_five_whys,
    slow_communication,
    stale_approval,
    template_residue,
    time_mismatch,
    time_without_zone,
    timeline_order,
    times_out_of_order,
    unknown_field,
    unknown_section,
    unmarked_recurrence,
    unused_allow,
    vague_action,
    vague_statement,
    vague_time,
];

/// The rule of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.binary_search_by_key(&name, |rule| rule.name).ok().and_then(|index| RULES.get(index))
}

/// Names of the rules that configuration can neither turn off nor soften.
#[must_use]
pub fn guards() -> Vec<&'static str> {
    RULES.iter().filter(|rule| rule.is_guard()).map(|rule| rule.name).collect()
}

/// Every name, sorted.
#[must_use]
pub fn names() -> Vec<&'static str> {
    RULES.iter().map(|rule| rule.name).collect()
}
