use std::collections::BTreeMap;

use chrono::NaiveDate;
use regex::Regex;

use super::{
    ApprovalKind, Content, ExternalAudience, KnownPerson, KnownSection, Privacy, PublishPolicy, Requirement, Retraction, ReviewPolicy, RuleSetting,
    Service, Settings, Severity, Site, Translations,
    durations::{parse_deadline, parse_duration},
    load::CONFIG_PROBLEM,
    raw::{
        RawAudience, RawConfig, RawContent, RawKind, RawPrivacy, RawPublish, RawRetraction, RawReview, RawRule, RawSection, RawSeverity, RawSite,
        RawWords,
    },
};
use crate::{
    findings::{Level, Problem},
    model::{FRONT_MATTER_KEYS, Person},
    text::{Span, fold, slug},
};

/// Gives every written value its meaning and collects what has none.
pub(super) struct Compiler<'a> {
    spans: &'a BTreeMap<String, Span>,
    shift: usize,
    known_rules: &'a [&'a str],
    guards: &'a [&'a str],
    pub(super) problems: Vec<Problem>,
    /// Language → words → the same in that language.
    translations: Translations,
    /// The language in which words are known that are written in several.
    first_language: String,
}

impl<'a> Compiler<'a> {
    pub(super) const fn new(spans: &'a BTreeMap<String, Span>, shift: usize, known_rules: &'a [&'a str], guards: &'a [&'a str]) -> Self {
        Self { spans, shift, known_rules, guards, problems: Vec::new(), translations: BTreeMap::new(), first_language: String::new() }
    }

    pub(super) fn compile(&mut self, raw: RawConfig) -> Settings {
        let default = Settings::default();
        self.translations = default.translations;
        self.first_language = raw.site.languages.iter().flatten().chain(&default.site.languages).next().cloned().unwrap_or_default();
        let severities = raw.severities.map_or(default.severities, |list| self.severities(list));
        let sections = self.sections(default.sections, raw.sections, &severities);
        let audiences = self.audiences(raw.audiences, &severities);
        let services = raw
            .services
            .into_iter()
            .map(|service| Service {
                name: service.name.unwrap_or_else(|| service.id.clone()),
                id: service.id,
                public_name: service.public_name.and_then(|words| self.words(words)),
                team: service.team,
                target: service.target,
            })
            .collect();
        Settings {
            site: self.site(raw.site, default.site),
            content: self.content(raw.content),
            fields: raw.fields.into_iter().map(|(key, spellings)| (key, spellings.into_vec())).collect(),
            services,
            causes: raw.causes,
            sections,
            audiences,
            review: self.review(raw.review),
            privacy: self.privacy(raw.privacy),
            appearance: self.appearance(raw.theme),
            rules: self.rules(raw.rules),
            people: raw
                .people
                .into_iter()
                .map(|person| KnownPerson {
                    person: Person {
                        name: person.name,
                        email: person.email,
                        handle: person.handle.map(|handle| handle.trim_start_matches('@').to_owned()),
                    },
                    aliases: person.aliases,
                })
                .collect(),
            severities,
            translations: std::mem::take(&mut self.translations),
        }
    }

    /// Words in the default language; what they are in others is noted.
    fn words(&mut self, raw: RawWords) -> Option<String> {
        let each = match raw {
            RawWords::Same(words) => return Some(words),
            RawWords::Each(each) => each,
        };
        let known = each.get(&self.first_language).or_else(|| each.values().next())?.clone();
        for (code, words) in each {
            self.translations.entry(primary(&code)).or_default().insert(known.clone(), words);
        }
        Some(known)
    }

    /// A problem at the value of `path`, or at the nearest written parent.
    pub(super) fn problem(&mut self, path: &str, message: impl Into<String>, help: impl Into<String>) {
        let mut path = path;
        let span = loop {
            if let Some(span) = self.spans.get(path) {
                break *span;
            }
            match path.rfind(['.', '[']) {
                Some(cut) => path = path.get(..cut).unwrap_or_default(),
                None => break self.spans.get(".").copied().unwrap_or_default(),
            }
        };
        self.problems.push(Problem::new(CONFIG_PROBLEM, span.shifted(self.shift), message).help(help));
    }

    fn site(&mut self, raw: RawSite, default: Site) -> Site {
        let timezone = raw.timezone.and_then(|name| {
            let zone = name.parse().ok();
            if zone.is_none() {
                self.problem(
                    "site.timezone",
                    format!("`{name}` is no time zone"),
                    "use a name of the IANA database, such as `Europe/Berlin` or `Asia/Seoul`",
                );
            }
            zone
        });
        Site {
            title: raw.title.unwrap_or(default.title),
            timezone: timezone.unwrap_or(default.timezone),
            languages: raw.languages.filter(|languages| !languages.is_empty()).unwrap_or(default.languages),
        }
    }

    fn content(&mut self, raw: Option<RawContent>) -> Content {
        let (root, include, exclude) = match raw {
            None => return Content::default(),
            Some(RawContent::Folder(root)) => (root, Vec::new(), Vec::new()),
            Some(RawContent::Globs(globs)) => (globs.root.unwrap_or_else(|| Content::default().root().to_owned()), globs.include, globs.exclude),
        };
        if root.split('/').any(|part| part == "..") || root.starts_with('/') {
            self.problem("content", format!("`{root}` lies outside the repository"), "give a folder relative to the repository root");
            return Content::default();
        }
        Content::new(&root, &include, &exclude).unwrap_or_else(|(index, reason)| {
            let path =
                index.checked_sub(include.len()).map_or_else(|| format!("content.include[{index}]"), |index| format!("content.exclude[{index}]"));
            self.problem(&path, format!("this is no glob: {reason}"), "patterns look like `**/*.md`");
            Content::default()
        })
    }

    fn severities(&mut self, raw: Vec<RawSeverity>) -> Vec<Severity> {
        if raw.is_empty() {
            self.problem("severities", "the list of severities is empty", "leave the key out to use SEV1 to SEV4");
            return Settings::default().severities;
        }
        let mut seen: Vec<String> = Vec::new();
        for (index, severity) in raw.iter().enumerate() {
            if seen.contains(&fold(&severity.id)) {
                self.problem(
                    &format!("severities[{index}].id"),
                    format!("severity `{}` is listed twice", severity.id),
                    "ids are compared without regard to case",
                );
            }
            seen.push(fold(&severity.id));
        }
        raw.into_iter()
            .map(|severity| Severity {
                name: severity.name.unwrap_or_else(|| severity.id.clone()),
                id: severity.id,
                public_name: severity.public_name.and_then(|words| self.words(words)),
                approvals: severity.approvals,
            })
            .collect()
    }

    fn severity(&mut self, path: &str, written: &str, severities: &[Severity]) -> Option<usize> {
        let rank = severities.iter().position(|severity| fold(&severity.id) == fold(written));
        if rank.is_none() {
            let ids: Vec<&str> = severities.iter().map(|severity| &*severity.id).collect();
            self.problem(path, format!("`{written}` is no configured severity"), did_you_mean(written, &ids));
        }
        rank
    }

    fn sections(&mut self, mut sections: Vec<KnownSection>, raw: Vec<RawSection>, severities: &[Severity]) -> Vec<KnownSection> {
        for (index, written) in raw.into_iter().enumerate() {
            let requirement = written.required_from.as_deref().and_then(|word| match word {
                "all" => Some(Requirement::All),
                "asked" => Some(Requirement::Asked),
                "never" => Some(Requirement::Never),
                id => self.severity(&format!("sections[{index}].required_from"), id, severities).map(Requirement::From),
            });
            if let Some(known) = sections.iter_mut().find(|known| known.id == written.id) {
                for title in written.titles.unwrap_or_default().into_iter().rev() {
                    known.titles.retain(|other| *other != title);
                    known.titles.insert(0, title);
                }
                known.required_from = requirement.unwrap_or(known.required_from);
            } else {
                let titles = written.titles.filter(|titles| !titles.is_empty()).unwrap_or_else(|| vec![written.id.clone()]);
                sections.push(KnownSection { id: written.id, titles, required_from: requirement.unwrap_or(Requirement::Never) });
            }
        }
        sections
    }

    fn audiences(&mut self, raw: BTreeMap<String, RawAudience>, severities: &[Severity]) -> Vec<ExternalAudience> {
        let mut audiences = vec![ExternalAudience::named("public")];
        for (name, written) in raw {
            let path = format!("audiences.{name}");
            if name == "internal" || FRONT_MATTER_KEYS.contains(&&*name) || slug(&name) != name {
                self.problem(
                    &format!("{path}#key"),
                    format!("`{name}` can't be the name of an audience"),
                    "use lower-case letters, digits and `-`; names of front matter keys are reserved",
                );
                continue;
            }
            let mut audience = ExternalAudience::named(&name);
            if let Some(title) = written.title.and_then(|words| self.words(words)) {
                audience.title = title;
            }
            audience.base_url = written.base_url.map(|url| url.trim_end_matches('/').to_owned());
            if audience.base_url.as_ref().is_some_and(|url| !url.starts_with("https://") && !url.starts_with("http://")) {
                self.problem(&format!("{path}.base_url"), "`base_url` is no web address", "it begins with https://");
            }
            if let Some(languages) = written.languages.filter(|languages| !languages.is_empty()) {
                audience.languages = languages;
            }
            if let Some(publish) = written.publish {
                audience.publish = match publish {
                    RawPublish::Approved => PublishPolicy::Approved,
                    RawPublish::Merged => PublishPolicy::Merged,
                };
            }
            if let Some(retraction) = written.retraction {
                audience.retraction = match retraction {
                    RawRetraction::Notice => Retraction::Notice,
                    RawRetraction::Gone => Retraction::Gone,
                };
            }
            audience.min_severity = written.min_severity.and_then(|id| self.severity(&format!("{path}.min_severity"), &id, severities));
            if let Some(delay) = written.delay {
                match parse_duration(&delay) {
                    Some(duration) => audience.delay = duration,
                    None => self.problem(
                        &format!("{path}.delay"),
                        format!("`{delay}` is no duration"),
                        "write `36h`, `2d` or `2 days`, and at most ten years",
                    ),
                }
            }
            match audiences.iter_mut().find(|known| known.name == name) {
                Some(known) => *known = audience,
                None => audiences.push(audience),
            }
        }
        audiences
    }

    fn review(&mut self, raw: RawReview) -> ReviewPolicy {
        let default = ReviewPolicy::default();
        let mut deadline = |path: &str, written: Option<String>, default| {
            let Some(written) = written else { return default };
            parse_deadline(&written).unwrap_or_else(|| {
                self.problem(path, format!("`{written}` is no deadline"), "write `48h`, `3d` or `5 business days`, and at most ten years");
                default
            })
        };
        let draft_within = deadline("review.draft_within", raw.draft_within, default.draft_within);
        let complete_within = deadline("review.complete_within", raw.complete_within, default.complete_within);
        let mut holidays = Vec::new();
        for (index, day) in raw.holidays.iter().enumerate() {
            match NaiveDate::parse_from_str(day, "%Y-%m-%d") {
                Ok(day) => holidays.push(day),
                Err(_) => self.problem(&format!("review.holidays[{index}]"), format!("`{day}` is no date"), "write YYYY-MM-DD"),
            }
        }
        ReviewPolicy {
            approvals: raw.approvals.unwrap_or(default.approvals),
            accept: raw.accept.map_or(default.accept, |kinds| {
                kinds
                    .into_iter()
                    .map(|kind| match kind {
                        RawKind::Trailer => ApprovalKind::Trailer,
                        RawKind::Merge => ApprovalKind::Merge,
                        RawKind::Squash => ApprovalKind::Squash,
                    })
                    .collect()
            }),
            trailers: raw.trailers.unwrap_or(default.trailers),
            approvers: raw.approvers.iter().map(|written| Person::parse(written)).collect(),
            require_signed: raw.require_signed,
            allowed_signers: raw.allowed_signers,
            draft_within,
            complete_within,
            holidays,
            meeting: raw.meeting.unwrap_or(default.meeting),
            five_whys: raw.five_whys.unwrap_or(default.five_whys),
            bots: raw.bots.unwrap_or(default.bots),
        }
    }

    fn privacy(&mut self, raw: RawPrivacy) -> Privacy {
        let mut forbid = Vec::new();
        for (index, pattern) in raw.forbid.iter().enumerate() {
            match Regex::new(pattern) {
                Ok(regex) => forbid.push(regex),
                Err(error) => {
                    let reason = error.to_string();
                    let last = reason.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
                    self.problem(
                        &format!("privacy.forbid[{index}]"),
                        format!("this is no regular expression: {last}"),
                        "the syntax is that of Rust's regex crate",
                    );
                }
            }
        }
        Privacy { forbid, internal_hosts: raw.internal_hosts }
    }

    fn rules(&mut self, raw: BTreeMap<String, RawRule>) -> BTreeMap<String, RuleSetting> {
        let mut rules = BTreeMap::new();
        for (name, written) in raw {
            if !self.known_rules.contains(&&*name) {
                let help = did_you_mean(&name, self.known_rules);
                self.problem(&format!("rules.{name}#key"), format!("unknown rule `{name}`"), help);
                continue;
            }
            let (written, at, from) = match written {
                RawRule::Level(level) => (Some(level), format!("rules.{name}"), None),
                RawRule::Detailed(details) => (details.level, format!("rules.{name}.level"), details.enforced_from),
            };
            let level = match written.as_deref() {
                None => None,
                Some("off") => Some(None),
                Some(level) => {
                    let known = [Level::Info, Level::Warning, Level::Error].into_iter().find(|known| known.name() == level);
                    if known.is_none() {
                        self.problem(&at, format!("`{level}` is no level"), "write error, warning, info or off");
                        continue;
                    }
                    Some(known)
                }
            };
            let is_softened = from.is_some() || !matches!(level, None | Some(Some(Level::Error)));
            if is_softened && self.guards.contains(&&*name) {
                let help = "it guards what goes outside: suppress it where needed with `allow` and a reason in a text that is reviewed";
                self.problem(&format!("rules.{name}"), format!("rule `{name}` can't be turned off or softened"), help);
                continue;
            }
            let enforced_from = from.and_then(|day| {
                let parsed = NaiveDate::parse_from_str(&day, "%Y-%m-%d").ok();
                if parsed.is_none() {
                    self.problem(&format!("rules.{name}.enforced_from"), format!("`{day}` is no date"), "write YYYY-MM-DD");
                }
                parsed
            });
            rules.insert(name, RuleSetting { level, enforced_from });
        }
        rules
    }
}

/// The language of a tag: of `ko-KR` it is `ko`.
fn primary(code: &str) -> String {
    code.split(['-', '_']).next().unwrap_or(code).to_lowercase()
}

/// "did you mean `x`?" where something is near, else what is known.
pub(super) fn did_you_mean(written: &str, known: &[&str]) -> String {
    let near = known.iter().map(|candidate| (strsim::jaro_winkler(&fold(written), &fold(candidate)), candidate)).max_by(|a, b| a.0.total_cmp(&b.0));
    match near {
        Some((score, candidate)) if score > 0.8 => format!("did you mean `{candidate}`?"),
        _ => format!("known here: {}", known.iter().map(|candidate| format!("`{candidate}`")).collect::<Vec<_>>().join(", ")),
    }
}
