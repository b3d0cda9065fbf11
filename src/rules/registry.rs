use std::collections::BTreeMap;

use super::{CorpusFacts, Document};
use crate::findings::{Level, Problem, RuleDescription};

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

    /// What `lookback explain` prints, and what stands in `docs/rules/`: Markdown, with examples that any reader shows.
    #[must_use]
    pub fn page(&self) -> String {
        let documentation = self.documentation();
        let examples = documentation
            .replace("```postmortem fails", "```markdown\n<!-- fails -->")
            .replace("```postmortem passes", "```markdown\n<!-- passes -->");
        let guard = if self.is_guard() {
            "\nThis rule guards what goes outside: it can't be turned off or softened, only allowed with a reason in a reviewed text.\n"
        } else {
            ""
        };
        format!("# {}\n\nGroup: {} · default level: {}\n{guard}\n{}\n", self.name, self.group.name(), self.level.name(), examples.trim_end())
    }

    /// Where its page can be read: beside the source, once the package says where that is.
    #[must_use]
    pub fn url(&self) -> Option<String> {
        page_url(env!("CARGO_PKG_REPOSITORY"), self.name)
    }

    /// What formats print of it beside its findings.
    #[must_use]
    pub fn description(&self) -> RuleDescription {
        RuleDescription {
            name: self.name,
            group: self.group.name(),
            level: self.level,
            summary: self.summary(),
            does: self.paragraphs("What it does"),
            explanation: self.page(),
            url: self.url(),
        }
    }

    /// The text under a heading of the documentation, each paragraph on one line.
    fn paragraphs(&self, heading: &str) -> String {
        let documentation = self.documentation();
        let after = documentation.split_once(&format!("## {heading}\n")).map_or("", |(_, after)| after);
        let section = after.split("\n## ").next().unwrap_or_default();
        section.trim().split("\n\n").map(|paragraph| paragraph.replace('\n', " ")).collect::<Vec<_>>().join("\n\n")
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
    alias_field,
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

/// Every rule, in the order in which people read them: by group, then by name.
#[must_use]
pub fn by_group() -> Vec<(Group, Vec<&'static Rule>)> {
    let mut groups: BTreeMap<Group, Vec<&'static Rule>> = BTreeMap::new();
    for rule in RULES {
        groups.entry(rule.group).or_default().push(rule);
    }
    groups.into_iter().collect()
}

/// The page of a rule in the repository of lookback; none while that has no address.
fn page_url(repository: &str, rule: &str) -> Option<String> {
    let repository = repository.trim_end_matches('/');
    (!repository.is_empty()).then(|| format!("{repository}/blob/HEAD/docs/rules/{rule}.md"))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_an_address_once_the_repository_has_one() {
        assert_eq!(page_url("", "secret"), None);
        assert_eq!(page_url("https://example.com/lookback/", "secret").unwrap(), "https://example.com/lookback/blob/HEAD/docs/rules/secret.md");
    }

    #[test]
    fn every_rule_says_what_it_does_in_plain_paragraphs() {
        for rule in RULES {
            let does = rule.description().does;
            assert!(does.len() > 20 && !does.contains("## "), "{}: {does}", rule.name);
        }
    }

    #[test]
    fn groups_hold_every_rule_once() {
        let listed: Vec<&str> = by_group().into_iter().flat_map(|(_, rules)| rules).map(|rule| rule.name).collect();
        assert_eq!(listed.len(), RULES.len());
        assert_eq!(by_group().first().map(|(group, _)| *group), Some(Group::FrontMatter));
    }
}
