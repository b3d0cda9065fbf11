//! The configuration exactly as it may be written; what it means is decided in [`super::compile`].

use std::collections::BTreeMap;

use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawConfig {
    pub(super) site: RawSite,
    pub(super) content: Option<RawContent>,
    pub(super) fields: BTreeMap<String, OneOrMany>,
    pub(super) severities: Option<Vec<RawSeverity>>,
    pub(super) services: Vec<RawService>,
    pub(super) causes: Vec<String>,
    pub(super) sections: Vec<RawSection>,
    pub(super) audiences: BTreeMap<String, RawAudience>,
    pub(super) review: RawReview,
    pub(super) privacy: RawPrivacy,
    pub(super) rules: BTreeMap<String, RawRule>,
    pub(super) people: Vec<RawPerson>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawSite {
    pub(super) title: Option<String>,
    pub(super) timezone: Option<String>,
    pub(super) languages: Option<Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum RawContent {
    Folder(String),
    Globs(RawGlobs),
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawGlobs {
    pub(super) root: Option<String>,
    pub(super) include: Vec<String>,
    pub(super) exclude: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
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

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSeverity {
    pub(super) id: String,
    pub(super) name: Option<String>,
    pub(super) public_name: Option<String>,
    pub(super) approvals: Option<usize>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawService {
    pub(super) id: String,
    pub(super) name: Option<String>,
    pub(super) public_name: Option<String>,
    pub(super) team: Option<String>,
    pub(super) target: Option<f64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSection {
    pub(super) id: String,
    pub(super) titles: Option<Vec<String>>,
    pub(super) required_from: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawAudience {
    pub(super) title: Option<String>,
    pub(super) base_url: Option<String>,
    pub(super) languages: Option<Vec<String>>,
    pub(super) publish: Option<RawPublish>,
    pub(super) min_severity: Option<String>,
    pub(super) delay: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawPublish {
    Approved,
    Merged,
}

#[derive(Debug, Default, Deserialize)]
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

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawKind {
    Trailer,
    Merge,
    Squash,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawPrivacy {
    pub(super) forbid: Vec<String>,
    pub(super) internal_hosts: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum RawRule {
    Level(String),
    Detailed(RawRuleDetails),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRuleDetails {
    pub(super) level: Option<String>,
    pub(super) enforced_from: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPerson {
    pub(super) name: String,
    pub(super) email: Option<String>,
    pub(super) handle: Option<String>,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
}
