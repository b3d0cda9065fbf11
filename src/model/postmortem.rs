use std::collections::BTreeMap;

use chrono_tz::Tz;

use super::{Action, Field, Impact, Person, Times};

/// Every key that front matter may hold at the top level, external audiences aside.
pub const FRONT_MATTER_KEYS: &[&str] = &[
    "id",
    "title",
    "status",
    "withdrawn_reason",
    "severity",
    "services",
    "owner",
    "roles",
    "reviewers",
    "times",
    "timezone",
    "impacts",
    "customers_affected",
    "support_tickets",
    "detection",
    "causes",
    "actions",
    "links",
    "related",
    "recurrence_of",
    "tags",
    "lang",
    "near_miss",
    "exclude_from_metrics",
    "privileged",
    "allow",
    "extra",
];

/// What the author declares; whether it was reviewed comes from git alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Being written.
    Draft,
    /// Ready to be read by others.
    InReview,
    /// Finished.
    Final,
    /// Taken back.
    Withdrawn,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 4] = [Self::Draft, Self::InReview, Self::Final, Self::Withdrawn];

    /// The word of the front matter.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in-review",
            Self::Final => "final",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// A severity as written, and which of the configured ones it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeverityValue {
    /// Index into the configured severities (0 is the most severe); `None` when it matches none.
    pub rank: Option<usize>,
    /// As written.
    pub written: String,
}

/// How the incident was noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Detection {
    /// An alert fired.
    Alert,
    /// Somebody saw it on a dashboard.
    Monitoring,
    /// A customer said so.
    Customer,
    /// An employee said so.
    Employee,
    /// Somebody else said so.
    ThirdParty,
}

impl Detection {
    /// Every source.
    pub const ALL: [Self; 5] = [Self::Alert, Self::Monitoring, Self::Customer, Self::Employee, Self::ThirdParty];

    /// The word of the front matter.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Alert => "alert",
            Self::Monitoring => "monitoring",
            Self::Customer => "customer",
            Self::Employee => "employee",
            Self::ThirdParty => "third-party",
        }
    }
}

/// A link of the front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it leads to.
    pub title: String,
    /// Address.
    pub url: String,
}

/// What front matter says for one external audience: the only front matter text written for it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExternalBlock {
    /// Whether that audience is meant to read it.
    pub publish: Option<Field<bool>>,
    /// Title for that audience.
    pub title: Option<Field<String>>,
    /// Last part of its address.
    pub slug: Option<Field<String>>,
    /// Two sentences for that audience.
    pub summary: Option<Field<String>>,
}

/// One postmortem, as far as its text could be read. `Option` means: nothing was said.
#[derive(Debug, Clone, PartialEq)]
pub struct Postmortem {
    /// Unique without regard to case; the file stem or bundle folder when nothing is written.
    pub id: Field<String>,
    /// From `title`, the first heading or the file name.
    pub title: Field<String>,
    /// What the author declares.
    pub status: Option<Field<Status>>,
    /// Why it was withdrawn.
    pub withdrawn_reason: Option<Field<String>>,
    /// How bad it was.
    pub severity: Option<Field<SeverityValue>>,
    /// Ids where the configuration knows them, else names as written.
    pub services: Vec<Field<String>>,
    /// Who answers for the text.
    pub owner: Option<Field<Person>>,
    /// Who did what during the incident; role names as written.
    pub roles: Vec<(String, Field<Person>)>,
    /// Who is expected to review.
    pub reviewers: Vec<Field<Person>>,
    /// Other authors named by foreign front matter.
    pub authors: Vec<Field<Person>>,
    /// When what happened.
    pub times: Times,
    /// Zone of times that are written without one.
    pub timezone: Option<Field<Tz>>,
    /// Windows of impact.
    pub impacts: Vec<Field<Impact>>,
    /// Number of customers affected.
    pub customers_affected: Option<Field<u64>>,
    /// Number of support tickets.
    pub support_tickets: Option<Field<u64>>,
    /// How it was noticed.
    pub detection: Option<Field<Detection>>,
    /// Contributing factors, slugs.
    pub causes: Vec<Field<String>>,
    /// Action items.
    pub actions: Vec<Field<Action>>,
    /// Tickets, dashboards, status page.
    pub links: Vec<Field<Link>>,
    /// Ids of related postmortems.
    pub related: Vec<Field<String>>,
    /// Ids of the postmortems of which this one is a recurrence.
    pub recurrence_of: Vec<Field<String>>,
    /// Free words.
    pub tags: Vec<Field<String>>,
    /// BCP 47 tag of the text.
    pub lang: Option<Field<String>>,
    /// Nothing happened, but it could have.
    pub near_miss: bool,
    /// Stays out of every figure.
    pub exclude_from_metrics: bool,
    /// Never built for any audience.
    pub privileged: bool,
    /// One block per external audience that the front matter names.
    pub external: BTreeMap<String, ExternalBlock>,
    /// Suppressed rules with their reasons (empty when none was given).
    pub allow: Vec<(Field<String>, String)>,
    /// Values that could not be read, kept as written: key and text.
    pub unreadable: Vec<(String, Field<String>)>,
}

impl Postmortem {
    /// True when gates treat it as a draft: declared so, or no status at all.
    #[must_use]
    pub fn is_draft(&self) -> bool {
        self.status.as_ref().is_none_or(|status| status.value == Status::Draft)
    }

    /// True when its author took it back.
    #[must_use]
    pub fn is_withdrawn(&self) -> bool {
        self.status.as_ref().is_some_and(|status| status.value == Status::Withdrawn)
    }

    /// Whether it is meant for an external audience: by its own block, else, for a further audience, by the block of `public`.
    #[must_use]
    pub fn is_marked_for(&self, audience: &str) -> bool {
        let publish = |name: &str| self.external.get(name).and_then(|block| block.publish.as_ref()).map(|publish| publish.value);
        publish(audience).or_else(|| publish("public")).unwrap_or(false)
    }

    /// The last part of the address that is written for an external audience: in its own block, else in the block of `public`.
    #[must_use]
    pub fn slug_for(&self, audience: &str) -> Option<&str> {
        let slug = |name: &str| self.external.get(name).and_then(|block| block.slug.as_ref());
        slug(audience).or_else(|| slug("public")).map(|slug| slug.value.as_str())
    }

    /// True when it counts in figures.
    #[must_use]
    pub fn is_counted(&self) -> bool {
        !(self.near_miss || self.exclude_from_metrics || self.privileged || self.is_withdrawn())
    }
}
