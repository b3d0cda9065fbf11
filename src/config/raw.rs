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
    /// Other spellings of front matter keys, by the key that they mean: `fields: {started: [start_time, date]}`. Of several, the first with a readable value
    /// wins.
    pub(super) fields: BTreeMap<String, OneOrMany>,
    /// Most severe first. Without it: SEV1 (Critical, outside Major outage), SEV2 (Major, Partial outage), SEV3 (Minor, Degraded service) and SEV4 (Low,
    /// Minor issue).
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
    /// Colour, type and logo of every site. What goes beyond is a theme: `docs/theme.md`.
    pub(super) theme: RawAppearance,
    /// Levels of rules, by name: `vague-time: error`, or with a date. Rules that guard publication can be neither turned off nor softened.
    pub(super) rules: BTreeMap<String, RawRule>,
    /// People beside those whom git knows.
    pub(super) people: Vec<RawPerson>,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "Site")]
pub(super) struct RawSite {
    /// Title of the internal site. Default: `Postmortems`.
    pub(super) title: Option<String>,
    /// IANA name. Times without a zone are read in it, business days end in it, months begin in it. Default: `UTC`.
    pub(super) timezone: Option<String>,
    /// Languages of the internal site, the first one at its root. Also what documents without `lang` are written in. Default: `[en]`.
    pub(super) languages: Option<Vec<String>>,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "Theme")]
pub(super) struct RawAppearance {
    /// Colour of links, as `"#rrggbb"`: one for both themes, or `{light: …, dark: …}`. It is refused where text in it could not be read.
    pub(super) accent: Option<RawAccent>,
    /// Font families of text, of those that readers have; the preferred one first. Nothing is ever downloaded.
    pub(super) text: Option<OneOrMany>,
    /// Font families of headings.
    pub(super) headings: Option<OneOrMany>,
    /// Font families of code.
    pub(super) code: Option<OneOrMany>,
    /// A picture below `theme/`, shown before the title of every site: `logo.svg`.
    pub(super) logo: Option<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "Accent")]
pub(super) enum RawAccent {
    Both(String),
    Each(RawAccents),
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "Accents")]
pub(super) struct RawAccents {
    /// On light paper.
    pub(super) light: Option<String>,
    /// On dark paper.
    pub(super) dark: Option<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "Content")]
pub(super) enum RawContent {
    Folder(String),
    Globs(RawGlobs),
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "Globs")]
pub(super) struct RawGlobs {
    /// Folder below the root of the repository. Default: `postmortems`.
    pub(super) root: Option<String>,
    /// Globs of files below it that are documents. Every Markdown file where there are none.
    pub(super) include: Vec<String>,
    /// Globs of files below it that are none.
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

/// Words for readers outside: the same in every language, or one text for each language.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "Words")]
pub(super) enum RawWords {
    Same(String),
    Each(BTreeMap<String, String>),
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Severity")]
pub(super) struct RawSeverity {
    /// What front matter says, in any case.
    pub(super) id: String,
    /// Its name inside; the id where it is absent.
    pub(super) name: Option<String>,
    /// Its name outside, or one for each language: `{en: Major outage, ko: 전면 장애}`. Without one nothing is said of it there.
    pub(super) public_name: Option<RawWords>,
    /// Approvals that a postmortem of this severity needs; `review.approvals` where it is absent.
    pub(super) approvals: Option<usize>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Service")]
pub(super) struct RawService {
    /// What front matter says.
    pub(super) id: String,
    /// Its name inside; the id where it is absent.
    pub(super) name: Option<String>,
    /// Its name outside, or one for each language. Without one it is not named there.
    pub(super) public_name: Option<RawWords>,
    /// Who runs it.
    pub(super) team: Option<String>,
    /// Share of the time, in percent, in which it is meant to be up; from it comes the error budget of the trends.
    pub(super) target: Option<f64>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Section")]
pub(super) struct RawSection {
    /// A built-in one, such as `impact` or `root-cause`, or a new one.
    pub(super) id: String,
    /// Headings by which it is known, the first of them for templates and fixes. They come before the built-in ones.
    pub(super) titles: Option<Vec<String>>,
    /// The least severe id that needs it, `all`, `asked` (a warning), or `never`.
    pub(super) required_from: Option<String>,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "Audience")]
pub(super) struct RawAudience {
    /// Title of its site, or one for each language. Default: `Incident reports`.
    pub(super) title: Option<RawWords>,
    /// Where its site is deployed, for feeds, sitemap and canonical links, which need whole addresses.
    pub(super) base_url: Option<String>,
    /// Languages of its site, the first one at its root. Default: `[en]`.
    pub(super) languages: Option<Vec<String>>,
    /// `approved`: the newest approved text is read. `merged`: the newest committed one. Default: `approved`.
    pub(super) publish: Option<RawPublish>,
    /// The least severe id that it reads of. All of them where it is absent.
    pub(super) min_severity: Option<String>,
    /// Not before so long after the resolution: `2d`, `12h`. Default: `0d`.
    pub(super) delay: Option<String>,
    /// What stays where a page was taken back. `notice`: a dated notice at its address, and an entry that says so in the feeds. `gone`: nothing, and a
    /// tombstone in the Atom feed. Default: `notice`.
    pub(super) retraction: Option<RawRetraction>,
}

#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Publish")]
pub(super) enum RawPublish {
    Approved,
    Merged,
}

#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Retraction")]
pub(super) enum RawRetraction {
    Notice,
    Gone,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "Review")]
pub(super) struct RawReview {
    /// Approvals that a text needs where its severity says nothing. Default: `1`.
    pub(super) approvals: Option<usize>,
    /// Kinds of approvals that count. Default: `[trailer, merge]`.
    pub(super) accept: Option<Vec<RawKind>>,
    /// Trailers of commits by which somebody approves. Default: `[Reviewed-by, Approved-by]`.
    pub(super) trailers: Option<Vec<String>>,
    /// Only these people count. Everybody where there are none.
    pub(super) approvers: Vec<String>,
    /// Only approvals whose commit the approver signed count. Default: `false`.
    pub(super) require_signed: bool,
    /// A file of the repository with SSH keys, in the format of git.
    pub(super) allowed_signers: Option<String>,
    /// Time from the resolution to the first commit. Default: `48h`.
    pub(super) draft_within: Option<String>,
    /// Time from the resolution until the text is final and approved. Default: `5 business days`.
    pub(super) complete_within: Option<String>,
    /// Dates that are no business days.
    pub(super) holidays: Vec<String>,
    /// How often the review meets: `monthly`, on the second Tuesday, or words of your own, for which no day is worked out. Default: `monthly`.
    pub(super) meeting: Option<String>,
    /// How many whys make five. Default: `5`.
    pub(super) five_whys: Option<usize>,
    /// What names or addresses of accounts contain that are no people. Default: `["[bot]"]`.
    pub(super) bots: Option<Vec<String>>,
}

#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Kind")]
pub(super) enum RawKind {
    Trailer,
    Merge,
    Squash,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "Privacy")]
pub(super) struct RawPrivacy {
    /// Regular expressions of what may stand in no external site.
    pub(super) forbid: Vec<String>,
    /// Hosts, with everything below them, whose links must not go outside.
    pub(super) internal_hosts: Vec<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "Rule")]
pub(super) enum RawRule {
    Level(String),
    Detailed(RawRuleDetails),
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "RuleDetails")]
pub(super) struct RawRuleDetails {
    /// `error`, `warning`, `info` or `off`.
    pub(super) level: Option<String>,
    /// A date: in older documents its errors are warnings.
    pub(super) enforced_from: Option<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Person")]
pub(super) struct RawPerson {
    /// Full name.
    pub(super) name: String,
    /// Address.
    pub(super) email: Option<String>,
    /// Account, with or without `@`.
    pub(super) handle: Option<String>,
    /// Other names, addresses and accounts of the same person.
    #[serde(default)]
    pub(super) aliases: Vec<String>,
}
