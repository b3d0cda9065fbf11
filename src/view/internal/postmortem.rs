use super::{
    Pages,
    actions::ActionRow,
    list,
    lists::folder_href,
    rows::{ServiceLink, SeverityTag},
    ruler::ruler,
    trends::MEASURES,
    words,
};
use crate::{
    corpus::{Entry, Publication},
    findings::{Finding, Level},
    model::{Field, Milestone},
    text::Source,
    view::{
        Asset, FeedEntry, Page,
        external::is_pending,
        site::{pair, rfc3339},
        value::template_structs,
    },
};

template_structs! {
    /// The facts at the top of a page.
    Facts {
        /// Id.
        id: String,
        /// Title.
        title: String,
        /// Language of the text, where it is not that of the interface.
        lang: Option<String>,
        /// Month of the start in the site's zone, `2026-03`.
        month: Option<String>,
        /// What the author declares.
        status: Option<String>,
        /// Why it was withdrawn.
        withdrawn_reason: Option<String>,
        /// How bad it was.
        severity: Option<SeverityTag>,
        /// What it hit.
        services: Vec<ServiceLink>,
        /// Who answers for the text.
        owner: Option<String>,
        /// Their page.
        owner_href: Option<String>,
        /// Who did what.
        roles: Vec<RoleView>,
        /// When what happened.
        times: Vec<TimeView>,
        /// From start to resolution.
        duration_minutes: Option<f64>,
        /// Down for customers.
        downtime_minutes: Option<f64>,
        /// Its clocks.
        metrics: Vec<MetricView>,
        /// Number of customers affected.
        customers_affected: Option<u64>,
        /// Number of tickets.
        support_tickets: Option<u64>,
        /// How it was noticed.
        detection: Option<String>,
        /// Contributing factors.
        causes: Vec<WordLink>,
        /// Free words.
        tags: Vec<WordLink>,
        /// Nothing happened, but it could have.
        near_miss: bool,
        /// Stays out of every figure.
        excluded: bool,
        /// Path from the repository root.
        path: String,
    }
    /// A word with the list of everything that has it.
    WordLink {
        /// As written.
        name: String,
        /// The list; none for a word without a letter or digit.
        href: Option<String>,
    }
    /// Who did what during the incident.
    RoleView {
        /// Role in the words of the interface, else as written.
        role: String,
        /// Who.
        person: String,
    }
    /// A milestone.
    TimeView {
        /// Its key.
        key: String,
        /// When, RFC 3339; none when unknown or unreadable.
        at: Option<String>,
        /// Whether the author estimated it.
        estimated: bool,
    }
    /// A clock of the incident.
    MetricView {
        /// Its key.
        key: String,
        /// Its value; none when unknown.
        minutes: Option<f64>,
    }
    /// What one external audience reads.
    ExternalState {
        /// Its name.
        audience: String,
        /// Title of its site.
        title: String,
        /// Whether it reads this postmortem.
        published: bool,
        /// The page, where the site has an address.
        url: Option<String>,
        /// Since when.
        since: Option<String>,
        /// Why not.
        held_back: Option<String>,
        /// Whether what it reads would change if the tip were approved.
        pending: bool,
    }
    /// A finding.
    FindingView {
        /// Name of the rule.
        rule: String,
        /// `error`, `warning` or `info`.
        level: String,
        /// Line in the document.
        line: Option<usize>,
        /// What was seen.
        message: String,
        /// What to do.
        help: Option<String>,
    }
    /// A link of the front matter.
    LinkView {
        /// What it leads to.
        title: String,
        /// Address.
        url: String,
    }
}

impl Pages<'_> {
    /// The page of every postmortem, the files beside it, and its entry in the feed.
    pub(super) fn postmortems(&self) -> Vec<(Page, Vec<Asset>, Option<FeedEntry>)> {
        use rayon::prelude::*;
        self.corpus.entries().par_iter().map(|entry| self.postmortem(entry)).collect()
    }

    fn postmortem(&self, entry: &Entry) -> (Page, Vec<Asset>, Option<FeedEntry>) {
        let body = self.body(entry);
        let facts = self.facts(entry);
        let feed = Self::feed_entry(entry, &body.sections);
        let actions: Vec<ActionRow> = self.actions_of(entry, None);
        let postmortem = entry.postmortem();
        let context = vec![
            pair("facts", &facts),
            pair("ruler", &ruler(&postmortem.times, &self.language)),
            ("outline", list(&body.outline)),
            ("sections", list(&body.sections)),
            pair("timeline", &body.timeline),
            ("actions", list(&actions)),
            pair("review", &self.trail(entry)),
            ("external", list(&self.external_states(entry))),
            ("redaction", list(&self.redaction(entry.checked.reviewed().parsed()))),
            ("findings", list(&findings(entry.checked.reviewed().parsed().source(), entry.checked.findings()))),
            ("related", list(&self.related(entry))),
            ("links", list(&links(entry))),
        ];
        let page =
            Page { template: "postmortem", kind: "postmortem", path: format!("postmortems/{}/index.html", entry.key), description: None, context };
        (page, body.assets, feed)
    }

    fn facts(&self, entry: &Entry) -> Facts {
        let postmortem = entry.postmortem();
        let metrics = &entry.metrics;
        let known = |minutes: Option<f64>| minutes.filter(|minutes| *minutes >= 0.0);
        let times = Milestone::TIMES.into_iter().filter_map(|milestone| postmortem.times.get(milestone).map(|field| (milestone, field)));
        Facts {
            id: postmortem.id.value.clone(),
            title: postmortem.title.value.clone(),
            lang: self.foreign_lang(entry),
            month: entry.started.map(|started| started.with_timezone(&self.settings.site.timezone).format("%Y-%m").to_string()),
            status: postmortem.status.as_ref().map(|status| status.value.name().to_owned()),
            withdrawn_reason: postmortem.withdrawn_reason.as_ref().filter(|_| postmortem.is_withdrawn()).map(|reason| reason.value.clone()),
            severity: self.severity_tag(entry),
            services: postmortem.services.iter().map(|service| self.service_link(&service.value)).collect(),
            owner: postmortem.owner.as_ref().map(|owner| owner.value.to_string()),
            owner_href: postmortem.owner.as_ref().and_then(|owner| self.people.get(&owner.value.to_string()).cloned()),
            roles: postmortem
                .roles
                .iter()
                .map(|(role, person)| RoleView { role: words::role(&self.language, role), person: person.value.to_string() })
                .collect(),
            times: times
                .map(|(milestone, field)| TimeView {
                    key: milestone.key().to_owned(),
                    at: field.value.at.map(rfc3339),
                    estimated: field.value.estimated,
                })
                .collect(),
            duration_minutes: known(metrics.duration),
            downtime_minutes: known(metrics.downtime),
            metrics: MEASURES.map(|(key, value)| MetricView { key: key.to_owned(), minutes: known(value(metrics)) }).into(),
            customers_affected: postmortem.customers_affected.as_ref().map(|field| field.value),
            support_tickets: postmortem.support_tickets.as_ref().map(|field| field.value),
            detection: postmortem.detection.as_ref().map(|field| field.value.name().to_owned()),
            causes: word_links("causes", &postmortem.causes),
            tags: word_links("tags", &postmortem.tags),
            near_miss: postmortem.near_miss,
            excluded: postmortem.exclude_from_metrics,
            path: entry.path().to_owned(),
        }
    }

    fn external_states(&self, entry: &Entry) -> Vec<ExternalState> {
        let states =
            self.settings.audiences.iter().filter_map(|audience| entry.publications.get(&audience.name).map(|publication| (audience, publication)));
        states
            .filter(|(_, publication)| !matches!(publication, Publication::NotMeant))
            .map(|(audience, publication)| {
                let published = publication.published();
                ExternalState {
                    audience: audience.name.clone(),
                    title: audience.title.clone(),
                    published: published.is_some(),
                    url: published.and_then(|_| {
                        let slug = self.slugs.get(&audience.name)?.get(entry.path())?;
                        Some(format!("{}/incidents/{}/", audience.base_url.as_ref()?, super::encoded(slug)))
                    }),
                    since: published.and_then(|published| published.texts().first()).map(|text| rfc3339(text.commit.authored)),
                    held_back: match publication {
                        Publication::HeldBack(reason) => Some(words::held_back(&self.language, reason)),
                        Publication::Retracted(_) => Some(self.language.text("held-withdrawn")),
                        _ => None,
                    },
                    pending: published.is_some_and(|published| is_pending(entry, published, audience, self.settings)),
                }
            })
            .collect()
    }

    fn feed_entry(entry: &Entry, sections: &[super::body::SectionView]) -> Option<FeedEntry> {
        let revisions = entry.checked.reviewed().revisions();
        let (first, last) = (revisions.first()?, revisions.iter().rev().find(|revision| revision.matters)?);
        Some(FeedEntry {
            key: format!("internal/{}", entry.key),
            title: entry.postmortem().title.value.clone(),
            path: format!("postmortems/{}/", entry.key),
            html: sections.iter().find_map(|section| section.html.clone()).unwrap_or_default(),
            published: Some(first.revision.commit.authored),
            updated: last.revision.commit.authored,
            author: entry.postmortem().owner.as_ref().map(|owner| owner.value.to_string()),
        })
    }
}

fn word_links(folder: &str, words: &[Field<String>]) -> Vec<WordLink> {
    words.iter().map(|word| WordLink { name: word.value.clone(), href: folder_href(folder, &word.value) }).collect()
}

/// Findings with their lines.
pub(super) fn findings(source: &Source, findings: &[Finding]) -> Vec<FindingView> {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|finding| (std::cmp::Reverse(finding.level), finding.problem.span));
    sorted
        .into_iter()
        .map(|finding| FindingView {
            rule: finding.problem.rule.to_owned(),
            level: finding.level.name().to_owned(),
            line: Some(source.position(finding.problem.span.start).line),
            message: finding.problem.message.clone(),
            help: finding.problem.help.clone(),
        })
        .collect()
}

/// How many findings of a level there are.
pub(super) fn count_level(findings: &[Finding], level: Level) -> usize {
    findings.iter().filter(|finding| finding.level == level).count()
}

fn links(entry: &Entry) -> Vec<LinkView> {
    let is_web = |url: &str| url.starts_with("https://") || url.starts_with("http://");
    let links = entry.postmortem().links.iter().filter(|link| is_web(&link.value.url));
    links.map(|link| LinkView { title: link.value.title.clone(), url: link.value.url.clone() }).collect()
}
