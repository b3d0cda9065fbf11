//! The configuration exactly as it may be written; what it means is decided in [`super::compile`].

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawConfig {
    /// Title, time zone and interface languages.
    pub(super) site: RawSite,
    /// Where postmortems lie: a folder, or a root with globs.
    pub(super) content: Option<RawContent>,
    /// Other spellings of front matter keys, by the key that they mean.
    pub(super) fields: BTreeMap<String, OneOrMany>,
    /// Most severe first.
    pub(super) severities: Option<Vec<RawSeverity>>,
    /// Known services; any name is fine where there are none.
    pub(super) services: Vec<RawService>,
    /// Known contributing factors; any slug is fine where there are none.
    pub(super) causes: Vec<String>,
    /// Known sections beside the built-in ones, or other titles and requirements for those.
    pub(super) sections: Vec<RawSection>,
    /// External audiences, by name; `public` is always there.
    pub(super) audiences: BTreeMap<String, RawAudience>,
    /// Who approves, how, and by when.
    pub(super) review: RawReview,
    /// What must never be published.
    pub(super) privacy: RawPrivacy,
    /// Levels of rules, by name.
    pub(super) rules: BTreeMap<String, RawRule>,
    /// People beside those whom git knows.
    pub(super) people: Vec<RawPerson>,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawSite {
    pub(super) title: Option<String>,
    pub(super) timezone: Option<String>,
    pub(super) languages: Option<Vec<String>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum RawContent {
    Folder(String),
    Globs(RawGlobs),
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawGlobs {
    pub(super) root: Option<String>,
    pub(super) include: Vec<String>,
    pub(super) exclude: Vec<String>,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    pub(super) fn into_vec(self) -> Vec<String> {
        match self {
            Self::One(one) => vec![one],
            Self::Many(many) => many,
        }
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSeverity {
    pub(super) id: String,
    pub(super) name: Option<String>,
    pub(super) public_name: Option<String>,
    pub(super) approvals: Option<usize>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawService {
    pub(super) id: String,
    pub(super) name: Option<String>,
    pub(super) public_name: Option<String>,
    pub(super) team: Option<String>,
    pub(super) target: Option<f64>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSection {
    pub(super) id: String,
    pub(super) titles: Option<Vec<String>>,
    pub(super) required_from: Option<String>,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawAudience {
    pub(super) title: Option<String>,
    pub(super) base_url: Option<String>,
    pub(super) languages: Option<Vec<String>>,
    pub(super) publish: Option<RawPublish>,
    pub(super) min_severity: Option<String>,
    pub(super) delay: Option<String>,
    pub(super) retraction: Option<RawRetraction>,
}

#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawPublish {
    Approved,
    Merged,
}

/// What stays where a page was taken back: a dated notice, or nothing.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawRetraction {
    Notice,
    Gone,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawReview {
    pub(super) approvals: Option<usize>,
    pub(super) accept: Option<Vec<RawKind>>,
    pub(super) trailers: Option<Vec<String>>,
    pub(super) approvers: Vec<String>,
    pub(super) require_signed: bool,
    pub(super) allowed_signers: Option<String>,
    pub(super) draft_within: Option<String>,
    pub(super) complete_within: Option<String>,
    pub(super) holidays: Vec<String>,
    pub(super) meeting: Option<String>,
    pub(super) five_whys: Option<usize>,
    pub(super) bots: Option<Vec<String>>,
}

#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawKind {
    Trailer,
    Merge,
    Squash,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawPrivacy {
    pub(super) forbid: Vec<String>,
    pub(super) internal_hosts: Vec<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum RawRule {
    Level(String),
    Detailed(RawRuleDetails),
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRuleDetails {
    pub(super) level: Option<String>,
    pub(super) enforced_from: Option<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPerson {
    pub(super) name: String,
    pub(super) email: Option<String>,
    pub(super) handle: Option<String>,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
}
