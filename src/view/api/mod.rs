//! The JSON that clients rely on. Plain structs, filled field by field; keys are only added within schema 1.

mod trends;

use std::collections::BTreeMap;

use serde::Serialize;

use self::trends::trends;
use super::{external::is_pending, site::utc};
use crate::{
    config::Settings,
    corpus::{Corpus, Entry},
    findings::Finding,
    model::Milestone,
    text::Source,
};

/// `api/postmortems.json`.
#[derive(Debug, Serialize)]
pub(super) struct ApiPostmortems {
    schema: u32,
    postmortems: Vec<ApiPostmortem>,
}

/// A postmortem.
#[derive(Debug, Serialize)]
pub(super) struct ApiPostmortem {
    id: String,
    path: String,
    title: String,
    status: Option<String>,
    severity: Option<String>,
    services: Vec<String>,
    owner: Option<String>,
    times: BTreeMap<&'static str, Option<String>>,
    metrics: ApiMetrics,
    review: ApiReview,
    public: ApiPublic,
    actions: Vec<ApiAction>,
    findings: Vec<ApiFinding>,
}

#[derive(Debug, Serialize)]
struct ApiMetrics {
    detect_minutes: Option<f64>,
    acknowledge_minutes: Option<f64>,
    mitigate_minutes: Option<f64>,
    resolve_minutes: Option<f64>,
    first_comms_minutes: Option<f64>,
    downtime_minutes: Option<f64>,
}

/// The review trail.
#[derive(Debug, Serialize)]
struct ApiReview {
    state: &'static str,
    required: usize,
    approvals: Vec<ApiApproval>,
    revisions: Vec<ApiRevision>,
    drafted: Option<String>,
    completed: Option<String>,
    draft_sla: &'static str,
    completion_sla: &'static str,
}

/// An approval.
#[derive(Debug, Serialize)]
pub(super) struct ApiApproval {
    by: String,
    email: Option<String>,
    kind: &'static str,
    commit: String,
    date: String,
    counts: bool,
    reason: Option<&'static str>,
    signature: &'static str,
    recorded_by: Option<String>,
    via: Option<String>,
    reverted_by: Option<String>,
}

#[derive(Debug, Serialize)]
struct ApiRevision {
    commit: String,
    author: String,
    email: Option<String>,
    date: String,
    subject: String,
    renamed_from: Option<String>,
}

#[derive(Debug, Serialize)]
struct ApiPublic {
    publish: bool,
    published_commit: Option<String>,
    /// When customers could first read it: the commit that approved the first text that was fit for them.
    first_published: Option<String>,
    pending_changes: bool,
    held_back: Option<String>,
}

/// An action item.
#[derive(Debug, Serialize)]
pub(super) struct ApiAction {
    id: Option<String>,
    title: String,
    r#type: Option<&'static str>,
    owner: Option<String>,
    due: Option<String>,
    ticket: Option<String>,
    priority: Option<String>,
    status: &'static str,
    reason: Option<String>,
}

/// A finding.
#[derive(Debug, Serialize)]
pub(super) struct ApiFinding {
    rule: &'static str,
    level: &'static str,
    line: usize,
    column: usize,
    message: String,
}

/// `api/incidents.json`.
#[derive(Debug, Serialize)]
pub(super) struct ApiIncidents {
    schema: u32,
    incidents: Vec<ApiIncident>,
}

/// A published incident in public words.
#[derive(Debug, Serialize)]
pub(super) struct ApiIncident {
    pub(super) slug: String,
    pub(super) title: String,
    pub(super) severity: Option<String>,
    pub(super) services: Vec<String>,
    pub(super) started: Option<String>,
    pub(super) resolved: Option<String>,
    pub(super) duration_minutes: Option<f64>,
    pub(super) published: String,
    pub(super) updated: String,
    pub(super) url: String,
}

/// `api/actions.json`.
#[derive(Debug, Serialize)]
struct ApiActions {
    schema: u32,
    actions: Vec<ApiOwnedAction>,
}

#[derive(Debug, Serialize)]
struct ApiOwnedAction {
    postmortem: String,
    #[serde(flatten)]
    action: ApiAction,
}

/// The JSON files of the internal site.
pub(super) fn internal(corpus: &Corpus, settings: &Settings) -> Vec<(String, String)> {
    let postmortems = ApiPostmortems { schema: 1, postmortems: corpus.entries().iter().map(|entry| postmortem(entry, settings)).collect() };
    let actions = corpus
        .entries()
        .iter()
        .flat_map(|entry| actions(entry).into_iter().map(|action| ApiOwnedAction { postmortem: entry.postmortem().id.value.clone(), action }));
    let actions = ApiActions { schema: 1, actions: actions.collect() };
    vec![file("api/postmortems.json", &postmortems), file("api/trends.json", &trends(corpus, settings)), file("api/actions.json", &actions)]
}

/// The JSON file of an external site.
pub(super) fn external(incidents: impl Iterator<Item = ApiIncident>) -> (String, String) {
    file("api/incidents.json", &ApiIncidents { schema: 1, incidents: incidents.collect() })
}

fn file(path: &str, value: &impl Serialize) -> (String, String) {
    // Serialising these structs can't fail: their keys are strings and their numbers finite.
    (path.to_owned(), serde_json::to_string(value).unwrap_or_default() + "\n")
}

/// One postmortem as the JSON has it.
#[must_use]
pub(super) fn postmortem(entry: &Entry, settings: &Settings) -> ApiPostmortem {
    let postmortem = entry.postmortem();
    let metrics = &entry.metrics;
    let severity = postmortem.severity.as_ref().map(|severity| {
        severity
            .value
            .rank
            .and_then(|rank| settings.severities.get(rank))
            .map_or_else(|| severity.value.written.clone(), |severity| severity.id.clone())
    });
    ApiPostmortem {
        id: postmortem.id.value.clone(),
        path: entry.path().to_owned(),
        title: postmortem.title.value.clone(),
        status: postmortem.status.as_ref().map(|status| status.value.name().to_owned()),
        severity,
        services: postmortem.services.iter().map(|service| service.value.clone()).collect(),
        owner: postmortem.owner.as_ref().map(|owner| owner.value.to_string()),
        times: Milestone::TIMES.into_iter().map(|milestone| (milestone.key(), postmortem.times.at(milestone).map(utc))).collect(),
        metrics: ApiMetrics {
            detect_minutes: metrics.detect,
            acknowledge_minutes: metrics.acknowledge,
            mitigate_minutes: metrics.mitigate,
            resolve_minutes: metrics.resolve,
            first_comms_minutes: metrics.first_comms,
            downtime_minutes: metrics.downtime,
        },
        review: review(entry),
        public: public(entry, settings),
        actions: actions(entry),
        findings: findings(entry.checked.reviewed().parsed().source(), entry.checked.findings()),
    }
}

/// The review trail of one postmortem, with what names it: what `history --format json` prints.
#[derive(Debug, Serialize)]
pub struct ApiHistory {
    schema: u32,
    id: String,
    path: String,
    title: String,
    review: ApiReview,
}

/// The review trail of one postmortem for `history --format json`.
#[must_use]
pub fn history(entry: &Entry) -> ApiHistory {
    let postmortem = entry.postmortem();
    ApiHistory {
        schema: 1,
        id: postmortem.id.value.clone(),
        path: entry.path().to_owned(),
        title: postmortem.title.value.clone(),
        review: review(entry),
    }
}

/// The review trail as the JSON has it.
fn review(entry: &Entry) -> ApiReview {
    let reviewed = entry.checked.reviewed();
    let clocks = reviewed.clocks();
    let approvals = reviewed.approvals().iter().map(|approval| ApiApproval {
        by: approval.by.to_string(),
        email: approval.by.email.clone(),
        kind: approval.kind.name(),
        commit: approval.commit.id.to_string(),
        date: utc(approval.commit.authored),
        counts: approval.rejected.is_none(),
        reason: approval.rejected.map(crate::review::Rejection::reason),
        signature: approval.signature.name(),
        recorded_by: approval.recorded_by.as_ref().map(ToString::to_string),
        via: approval.via.clone(),
        reverted_by: approval.reverted_by.as_ref().map(|commit| commit.id.to_string()),
    });
    let revisions = reviewed.revisions().iter().map(|revision| ApiRevision {
        commit: revision.revision.commit.id.to_string(),
        author: revision.revision.commit.author.to_string(),
        email: revision.revision.commit.author.email.clone(),
        date: utc(revision.revision.commit.authored),
        subject: revision.revision.commit.subject.clone(),
        renamed_from: revision.revision.renamed_from.clone(),
    });
    ApiReview {
        state: reviewed.state().name(),
        required: reviewed.required(),
        approvals: approvals.collect(),
        revisions: revisions.collect(),
        drafted: clocks.draft.done.map(utc),
        completed: clocks.completion.done.map(utc),
        draft_sla: clocks.draft.outcome.name(),
        completion_sla: clocks.completion.outcome.name(),
    }
}

fn public(entry: &Entry, settings: &Settings) -> ApiPublic {
    let publication = entry.publications.get("public");
    let published = publication.and_then(crate::corpus::Publication::published);
    let audience = settings.audience("public");
    ApiPublic {
        publish: entry.postmortem().is_marked_for("public"),
        published_commit: published.map(|published| published.text().commit.id.to_string()),
        first_published: published.and_then(|published| published.texts().first()).map(|text| utc(text.commit.authored)),
        pending_changes: match (published, audience) {
            (Some(published), Some(audience)) => is_pending(entry, published, audience, settings),
            // Nothing is read now: an approval of the tip would bring it out.
            _ => {
                matches!(publication, Some(crate::corpus::Publication::HeldBack(_)))
                    && entry.postmortem().is_marked_for("public")
                    && audience.is_some()
                    && !entry.postmortem().is_withdrawn()
            }
        },
        held_back: publication.and_then(crate::corpus::Publication::held_back),
    }
}

fn actions(entry: &Entry) -> Vec<ApiAction> {
    let actions = entry.postmortem().actions.iter().map(|action| &action.value);
    actions
        .map(|action| ApiAction {
            id: action.id.clone(),
            title: action.title.clone(),
            r#type: action.kind.map(crate::model::ActionKind::name),
            owner: action.owner.as_ref().map(ToString::to_string),
            due: action.due.as_ref().map(|due| due.value.to_string()),
            ticket: action.ticket.clone(),
            priority: action.priority.clone(),
            status: action.status.name(),
            reason: action.reason.clone(),
        })
        .collect()
}

fn findings(source: &Source, findings: &[Finding]) -> Vec<ApiFinding> {
    findings
        .iter()
        .map(|finding| {
            let position = source.position(finding.problem.span.start);
            ApiFinding {
                rule: finding.problem.rule,
                level: finding.level.name(),
                line: position.line,
                column: position.column,
                message: finding.problem.message.clone(),
            }
        })
        .collect()
}
