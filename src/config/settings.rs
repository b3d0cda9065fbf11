use std::collections::BTreeMap;

use chrono::{Duration, NaiveDate};
use chrono_tz::Tz;
use regex::Regex;

use super::{Appearance, Content};
use crate::{findings::Level, model::Person, text::fold};

/// The configuration with every default filled in.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Title, zone and languages of the internal site.
    pub site: Site,
    /// Which files are postmortems.
    pub content: Content,
    /// Foreign spellings of front matter keys, by canonical key.
    pub fields: BTreeMap<String, Vec<String>>,
    /// Most severe first; never empty.
    pub severities: Vec<Severity>,
    /// Known services; empty: any name is fine.
    pub services: Vec<Service>,
    /// Vocabulary of causes; empty: any slug is fine.
    pub causes: Vec<String>,
    /// Known sections, in their usual order.
    pub sections: Vec<KnownSection>,
    /// External audiences; `public` is always there and first.
    pub audiences: Vec<ExternalAudience>,
    /// What a review needs.
    pub review: ReviewPolicy,
    /// What must never go outside.
    pub privacy: Privacy,
    /// Colour, type and logo.
    pub appearance: Appearance,
    /// Settings per rule.
    pub rules: BTreeMap<String, RuleSetting>,
    /// People beside git and `.mailmap`.
    pub people: Vec<KnownPerson>,
    /// Titles and public names in further languages.
    pub translations: Translations,
}

/// By language, and by the words in the default one.
pub type Translations = BTreeMap<String, BTreeMap<String, String>>;

/// Title, zone and languages.
#[derive(Debug, Clone)]
pub struct Site {
    /// Title of the internal site.
    pub title: String,
    /// Zone of months, deadlines and times without a zone.
    pub timezone: Tz,
    /// Interface languages, the first is the default; never empty.
    pub languages: Vec<String>,
}

/// One severity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Severity {
    /// Id, compared without regard to case.
    pub id: String,
    /// Name inside.
    pub name: String,
    /// Name outside; without one it is left out there.
    pub public_name: Option<String>,
    /// Approvals that a postmortem of this severity needs; `None`: those of the review policy.
    pub approvals: Option<usize>,
}

/// One service.
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    /// Id.
    pub id: String,
    /// Name inside.
    pub name: String,
    /// Name outside; without one it is left out there.
    pub public_name: Option<String>,
    /// Team that runs it.
    pub team: Option<String>,
    /// Availability target in percent.
    pub target: Option<f64>,
}

/// From which severity on a section is required.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requirement {
    /// Of every postmortem.
    All,
    /// Of postmortems of this severity (index into the configured ones) and of worse ones.
    From(usize),
    /// Of none, and its absence is worth a warning.
    Asked,
    /// Of none.
    Never,
}

/// A section that lookback recognises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownSection {
    /// Id in kebab case, such as `root-cause`.
    pub id: String,
    /// Titles by which it is recognised; the first is the one that messages use.
    pub titles: Vec<String>,
    /// When it is required.
    pub required_from: Requirement,
}

/// Which revision an external audience reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublishPolicy {
    /// The newest approved one.
    Approved,
    /// The newest committed one.
    Merged,
}

/// What stays where a page was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retraction {
    /// A dated notice at its address, and in the feeds an entry that says so.
    Notice,
    /// Nothing at its address, and in the Atom feed a tombstone (RFC 6721).
    Gone,
}

/// One external audience.
#[derive(Debug, Clone)]
pub struct ExternalAudience {
    /// Name: its output folder and its block in front matter.
    pub name: String,
    /// Title of its site.
    pub title: String,
    /// Address at which it is published, without a trailing slash.
    pub base_url: Option<String>,
    /// Interface languages, the first is the default; never empty.
    pub languages: Vec<String>,
    /// Which revision it reads.
    pub publish: PublishPolicy,
    /// Only this severity (index) and worse ones.
    pub min_severity: Option<usize>,
    /// Not before resolved plus this.
    pub delay: Duration,
    /// What stays where a page was taken back.
    pub retraction: Retraction,
}

/// How an approval can be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ApprovalKind {
    /// A trailer of a commit.
    Trailer,
    /// A forge's merge by somebody who wrote none of it.
    Merge,
    /// A squash commit made by the forge.
    Squash,
}

impl ApprovalKind {
    /// The word of the configuration and the JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Trailer => "trailer",
            Self::Merge => "merge",
            Self::Squash => "squash",
        }
    }
}

/// A time limit after `resolved`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deadline {
    /// This long after it.
    Within(Duration),
    /// The end of the n-th business day after its day.
    BusinessDays(u32),
}

/// What a review needs.
#[derive(Debug, Clone)]
pub struct ReviewPolicy {
    /// Approvals needed, unless the severity says otherwise.
    pub approvals: usize,
    /// Kinds that count.
    pub accept: Vec<ApprovalKind>,
    /// Trailer keys, compared without regard to case.
    pub trailers: Vec<String>,
    /// When not empty, only these people count.
    pub approvers: Vec<Person>,
    /// Only signed approvals count.
    pub require_signed: bool,
    /// Path of the allowed signers in the repository.
    pub allowed_signers: Option<String>,
    /// First commit after resolution.
    pub draft_within: Deadline,
    /// Final and approved after resolution.
    pub complete_within: Deadline,
    /// Days that are no business days.
    pub holidays: Vec<NaiveDate>,
    /// Rhythm of the review meeting.
    pub meeting: String,
    /// Depth that five whys should reach.
    pub five_whys: usize,
    /// Marks of accounts that are no people.
    pub bots: Vec<String>,
}

/// What must never go outside.
#[derive(Debug, Clone, Default)]
pub struct Privacy {
    /// Patterns that no external byte may match.
    pub forbid: Vec<Regex>,
    /// Hosts whose links and names must not go outside, subdomains included.
    pub internal_hosts: Vec<String>,
}

/// Setting of one rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RuleSetting {
    /// Level instead of the default; `Some(None)` is `off`.
    pub level: Option<Option<Level>>,
    /// Documents of incidents that began before this day get warnings instead of errors; where nobody says when one began, the first commit counts.
    pub enforced_from: Option<NaiveDate>,
}

/// A person of the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownPerson {
    /// Name, address and handle.
    pub person: Person,
    /// Other names, addresses and `@handles`.
    pub aliases: Vec<String>,
}

impl ExternalAudience {
    /// The path of its address, with slashes around it: `/` or `/incidents/`.
    #[must_use]
    pub fn base_path(&self) -> Option<String> {
        let (_, behind) = self.base_url.as_deref()?.split_once("://")?;
        let path = behind.split_once('/').map_or("", |(_, path)| path).trim_matches('/');
        Some(if path.is_empty() { "/".to_owned() } else { format!("/{path}/") })
    }
}

impl Settings {
    /// A title or a public name in a language, where it is written in it.
    #[must_use]
    pub fn in_language<'a>(&'a self, code: &str, words: &'a str) -> &'a str {
        self.translations.get(code).and_then(|known| known.get(words)).map_or(words, String::as_str)
    }

    /// The severity that a written word means: an id or name, else by the rank of a foreign word (`P1`, `down`, `Critical` → the first).
    #[must_use]
    pub fn severity_rank(&self, written: &str) -> Option<usize> {
        const FOREIGN: [&[&str]; 5] = [
            &["down", "p1", "sev-1", "sev 1", "sev1", "s1", "critical", "심각", "치명"],
            &["disrupted", "p2", "sev-2", "sev 2", "sev2", "s2", "major", "high", "높음"],
            &["notice", "p3", "sev-3", "sev 3", "sev3", "s3", "minor", "medium", "보통"],
            &["p4", "sev-4", "sev 4", "sev4", "s4", "low", "낮음"],
            &["p5", "sev-5", "sev 5", "sev5", "s5", "informational"],
        ];
        let word = fold(written.trim());
        let configured = self.severities.iter().position(|severity| fold(&severity.id) == word || fold(&severity.name) == word);
        configured.or_else(|| FOREIGN.iter().position(|words| words.contains(&&*word)).filter(|&rank| rank < self.severities.len()))
    }

    /// The configured service of this id or name.
    #[must_use]
    pub fn service(&self, written: &str) -> Option<&Service> {
        let word = fold(written.trim());
        self.services.iter().find(|service| fold(&service.id) == word || fold(&service.name) == word)
    }

    /// The external audience of this name.
    #[must_use]
    pub fn audience(&self, name: &str) -> Option<&ExternalAudience> {
        self.audiences.iter().find(|audience| audience.name == name)
    }

    /// Approvals that a postmortem of this severity (index) needs.
    #[must_use]
    pub fn approvals_needed(&self, severity: Option<usize>) -> usize {
        severity.and_then(|rank| self.severities.get(rank)).and_then(|severity| severity.approvals).unwrap_or(self.review.approvals)
    }
}
