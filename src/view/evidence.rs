//! The evidence of a review: who wrote, approved and checked which text when, for somebody who has to be able to repeat it.

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::site::utc;
use crate::{
    config::{FILE_NAME, Settings},
    corpus::{Corpus, Entry, Publication},
    findings::Finding,
    model::Person,
    repo::{Blobs, ObjectId},
    review::{Approval, Clock, Rejection, ReviewedRevision},
    rules::RULES,
    text::Source,
};

/// What evidence is made from.
#[derive(Debug, Clone, Copy)]
pub struct EvidenceOf<'a> {
    /// Every postmortem.
    pub corpus: &'a Corpus,
    /// The configuration.
    pub settings: &'a Settings,
    /// Texts of every revision.
    pub blobs: &'a Blobs,
    /// The commit that was read.
    pub commit: ObjectId,
    /// When it was committed.
    pub committed: chrono::DateTime<chrono::FixedOffset>,
    /// The clock by which deadlines were judged.
    pub as_of: chrono::DateTime<chrono::Utc>,
    /// Whether the history could be read whole.
    pub is_history_complete: bool,
    /// Files of the content that could not be read: path and reason.
    pub skipped: &'a [(String, String)],
    /// Name and version of this program.
    pub tool: &'a str,
}

#[derive(Serialize)]
struct Evidence<'a> {
    schema: u32,
    tool: &'a str,
    commit: String,
    committed: String,
    as_of: String,
    timezone: &'static str,
    history_complete: bool,
    configuration: Configuration,
    policy: Policy<'a>,
    rules: Vec<RuleLevel>,
    privileged: usize,
    unread: Vec<Unread<'a>>,
    postmortems: Vec<Postmortem<'a>>,
}

#[derive(Serialize)]
struct Configuration {
    path: &'static str,
    blob: Option<String>,
    sha256: Option<String>,
}

#[derive(Serialize)]
struct Policy<'a> {
    approvals: usize,
    accept: Vec<&'static str>,
    trailers: &'a [String],
    approvers: Vec<Who>,
    require_signed: bool,
    allowed_signers: Option<&'a str>,
}

#[derive(Serialize)]
struct RuleLevel {
    rule: &'static str,
    level: &'static str,
    enforced_from: Option<String>,
}

#[derive(Serialize)]
struct Unread<'a> {
    path: &'a str,
    reason: &'a str,
}

#[derive(Serialize)]
struct Postmortem<'a> {
    path: &'a str,
    id: &'a str,
    title: &'a str,
    status: Option<&'static str>,
    severity: Option<&'a str>,
    blob: Option<String>,
    sha256: Option<String>,
    state: &'static str,
    required: usize,
    approved: Option<Approved<'a>>,
    revisions: Vec<Revision<'a>>,
    approvals: Vec<Given>,
    clocks: Clocks,
    audiences: BTreeMap<&'a str, Audience>,
    findings: Vec<Found<'a>>,
    suppressed: Vec<Found<'a>>,
    unreadable: Vec<String>,
}

/// The newest text that had its approvals.
#[derive(Serialize)]
struct Approved<'a> {
    commit: String,
    path: &'a str,
    blob: String,
    sha256: Option<String>,
}

#[derive(Serialize)]
struct Who {
    name: String,
    email: Option<String>,
}

#[derive(Serialize)]
struct Revision<'a> {
    commit: String,
    author: Who,
    authored: String,
    co_authors: Vec<Who>,
    committer: Who,
    committed: String,
    signature: &'static str,
    signer: Option<Who>,
    subject: &'a str,
    pull_request: Option<&'a str>,
    landed_by: Option<String>,
    path: &'a str,
    renamed_from: Option<&'a str>,
    blob: String,
    sha256: Option<String>,
    matters: bool,
    after_approval: bool,
}

#[derive(Serialize)]
struct Given {
    by: Who,
    kind: &'static str,
    commit: String,
    date: String,
    signature: &'static str,
    signer: Option<Who>,
    blob: String,
    sha256: Option<String>,
    counts: bool,
    reason: Option<&'static str>,
    recorded_by: Option<Who>,
}

#[derive(Serialize)]
struct Clocks {
    draft: Deadline,
    completion: Deadline,
}

#[derive(Serialize)]
struct Deadline {
    due: Option<String>,
    done: Option<String>,
    outcome: &'static str,
}

/// What an external audience reads.
#[derive(Serialize)]
struct Audience {
    state: &'static str,
    commit: Option<String>,
    reason: Option<String>,
}

#[derive(Serialize)]
struct Found<'a> {
    rule: &'static str,
    level: &'static str,
    line: usize,
    column: usize,
    message: &'a str,
}

/// The evidence as JSON, the same bytes for the same commit, clock and version. Postmortems are sorted by path; privileged ones are only counted.
#[must_use]
pub fn evidence(of: &EvidenceOf<'_>) -> String {
    let mut hashes = Hashes { blobs: of.blobs, known: BTreeMap::new() };
    let mut entries: Vec<&Entry> = of.corpus.entries().iter().collect();
    entries.sort_by(|one, other| one.path().cmp(other.path()));
    let configuration = of.blobs.blob_at(of.commit, FILE_NAME).ok().flatten();
    let review = &of.settings.review;
    let evidence = Evidence {
        schema: 1,
        tool: of.tool,
        commit: of.commit.to_string(),
        committed: utc(of.committed),
        as_of: utc(of.as_of.fixed_offset()),
        timezone: of.settings.site.timezone.name(),
        history_complete: of.is_history_complete,
        configuration: Configuration {
            path: FILE_NAME,
            blob: configuration.map(|blob| blob.to_string()),
            sha256: configuration.and_then(|blob| hashes.of(blob)),
        },
        policy: Policy {
            approvals: review.approvals,
            accept: review.accept.iter().map(|kind| kind.name()).collect(),
            trailers: &review.trailers,
            approvers: review.approvers.iter().map(who).collect(),
            require_signed: review.require_signed,
            allowed_signers: review.allowed_signers.as_deref(),
        },
        rules: RULES.iter().map(|rule| rule_level(rule, of.settings)).collect(),
        privileged: of.corpus.privileged().len(),
        unread: of.skipped.iter().map(|(path, reason)| Unread { path, reason }).collect(),
        postmortems: entries.into_iter().map(|entry| postmortem(entry, of, &mut hashes)).collect(),
    };
    // Serialising these structs can't fail: their keys are strings and they hold no numbers but counts.
    serde_json::to_string_pretty(&evidence).unwrap_or_default() + "\n"
}

/// SHA-256 of blobs as git stores them, each read once.
struct Hashes<'a> {
    blobs: &'a Blobs,
    known: BTreeMap<ObjectId, Option<String>>,
}

impl Hashes<'_> {
    /// `None` where git can't give the blob.
    fn of(&mut self, blob: ObjectId) -> Option<String> {
        let Self { blobs, known } = self;
        let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or_default();
        let hex = |bytes: Vec<u8>| Sha256::digest(&bytes).iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect();
        known.entry(blob).or_insert_with(|| blobs.blob(blob).ok().map(hex)).clone()
    }
}

fn rule_level(rule: &crate::rules::Rule, settings: &Settings) -> RuleLevel {
    // Those that guard publication can neither be turned off nor softened.
    let setting = settings.rules.get(rule.name).filter(|_| !rule.is_guard());
    let level = setting.and_then(|setting| setting.level).unwrap_or(Some(rule.level));
    RuleLevel {
        rule: rule.name,
        level: level.map_or("off", crate::findings::Level::name),
        enforced_from: setting.and_then(|setting| setting.enforced_from).map(|day| day.to_string()),
    }
}

fn who(person: &Person) -> Who {
    Who { name: person.to_string(), email: person.email.clone() }
}

fn postmortem<'a>(entry: &'a Entry, of: &EvidenceOf<'a>, hashes: &mut Hashes<'_>) -> Postmortem<'a> {
    let reviewed = entry.checked.reviewed();
    let declared = entry.postmortem();
    let source = reviewed.parsed().source();
    let blob = of.blobs.blob_at(of.commit, entry.path()).ok().flatten();
    let clocks = reviewed.clocks();
    let rank = declared.severity.as_ref().and_then(|severity| severity.value.rank);
    Postmortem {
        path: entry.path(),
        id: &declared.id.value,
        title: &declared.title.value,
        status: declared.status.as_ref().map(|status| status.value.name()),
        severity: rank.and_then(|rank| of.settings.severities.get(rank)).map(|severity| &*severity.id),
        blob: blob.map(|blob| blob.to_string()),
        sha256: blob.and_then(|blob| hashes.of(blob)),
        state: reviewed.state().name(),
        required: reviewed.required(),
        approved: reviewed.approved().first().map(|text| Approved {
            commit: text.commit.id.to_string(),
            path: &text.path,
            blob: text.blob.to_string(),
            sha256: hashes.of(text.blob),
        }),
        revisions: reviewed.revisions().iter().map(|it| revision(it, hashes)).collect(),
        approvals: reviewed.approvals().iter().map(|approval| given(approval, hashes)).collect(),
        clocks: Clocks { draft: deadline(&clocks.draft), completion: deadline(&clocks.completion) },
        audiences: entry.publications.iter().map(|(name, publication)| (&**name, audience(publication))).collect(),
        findings: found(source, entry.checked.findings()),
        suppressed: found(source, entry.checked.suppressed()),
        unreadable: reviewed.unreadable().iter().map(ToString::to_string).collect(),
    }
}

fn revision<'a>(reviewed: &'a ReviewedRevision, hashes: &mut Hashes<'_>) -> Revision<'a> {
    let revision = &reviewed.revision;
    let commit = &revision.commit;
    Revision {
        commit: commit.id.to_string(),
        author: who(&commit.author),
        authored: utc(commit.authored),
        co_authors: commit.co_authors.iter().map(who).collect(),
        committer: who(&commit.committer),
        committed: utc(commit.committed),
        signature: reviewed.signature.name(),
        signer: reviewed.signature.signer().map(who),
        subject: &commit.subject,
        pull_request: commit.pull_request.as_deref(),
        landed_by: revision.landed_by.as_ref().map(|merge| merge.id.to_string()),
        path: &revision.path,
        renamed_from: revision.renamed_from.as_deref(),
        blob: revision.blob.to_string(),
        sha256: hashes.of(revision.blob),
        matters: reviewed.matters,
        after_approval: reviewed.is_after_approval,
    }
}

fn given(approval: &Approval, hashes: &mut Hashes<'_>) -> Given {
    Given {
        by: who(&approval.by),
        kind: approval.kind.name(),
        commit: approval.commit.id.to_string(),
        date: utc(approval.commit.authored),
        signature: approval.signature.name(),
        signer: approval.signature.signer().map(who),
        blob: approval.blob.to_string(),
        sha256: hashes.of(approval.blob),
        counts: approval.rejected.is_none(),
        reason: approval.rejected.map(Rejection::reason),
        recorded_by: approval.recorded_by.as_ref().map(who),
    }
}

fn deadline(clock: &Clock) -> Deadline {
    Deadline { due: clock.due.map(|due| utc(due.fixed_offset())), done: clock.done.map(utc), outcome: clock.outcome.name() }
}

fn audience(publication: &Publication) -> Audience {
    let (state, commit) = match publication {
        Publication::NotMeant => ("not-meant", None),
        Publication::HeldBack(_) => ("held-back", None),
        Publication::Published(published) => ("published", Some(&published.text().commit)),
        Publication::Retracted(_) => ("retracted", None),
    };
    Audience { state, commit: commit.map(|commit| commit.id.to_string()), reason: publication.held_back() }
}

fn found<'a>(source: &Source, findings: &'a [Finding]) -> Vec<Found<'a>> {
    let found = findings.iter().map(|finding| {
        let place = source.position(finding.problem.span.start);
        Found { rule: finding.problem.rule, level: finding.level.name(), line: place.line, column: place.column, message: &finding.problem.message }
    });
    found.collect()
}
