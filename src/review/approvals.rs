use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{Identities, identity::is_forge};
use crate::{
    config::{ApprovalKind, ReviewPolicy},
    model::{Person, Postmortem},
    repo::{Commit, History, ObjectId, Trail},
    source::Parsed,
    text::Source,
};

/// Somebody's word that a text was reviewed.
#[derive(Debug, Clone, PartialEq)]
pub struct Approval {
    /// Who reviewed.
    pub by: Person,
    /// Who made the commit that says so, where that is somebody else.
    pub recorded_by: Option<Person>,
    /// Where it was given, when the commit only records it: the address in its `Reviewed-via:` trailer.
    pub via: Option<String>,
    /// How it was given.
    pub kind: ApprovalKind,
    /// The commit that says so.
    pub commit: Arc<Commit>,
    /// The text that it covers.
    pub blob: ObjectId,
    /// Whether the commit that says so is signed.
    pub signature: Signature,
    /// Why it does not count; `None` when it counts.
    pub rejected: Option<Rejection>,
    /// The commit that took it back.
    pub reverted_by: Option<Arc<Commit>>,
}

/// Why an approval does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rejection {
    /// A later commit reverts the one that gave it, or the text that it was for.
    Reverted,
    /// They wrote a change that matters since the last counted approval.
    Wrote,
    /// An account that is no person.
    Bot,
    /// Nobody can tell who that is: no name with an address, and nobody who is known. The account of a forge is such a one.
    Unidentified,
    /// The configuration lists approvers, and they are none of them.
    NotAnApprover,
    /// The configuration does not accept approvals of this kind.
    KindNotAccepted,
    /// Only what the approver signed counts, and no such signature could be verified.
    NotVerified,
    /// Only what the approver signed counts, and somebody else signed it.
    SignedByOther,
}

impl Rejection {
    /// The words of the JSON.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Reverted => "reverted",
            Self::Wrote => "wrote a change since the last approval",
            Self::Bot => "a bot",
            Self::Unidentified => "names nobody that can be identified",
            Self::NotAnApprover => "not a configured approver",
            Self::KindNotAccepted => "this kind is not accepted by the configuration",
            Self::NotVerified => "signature not verified",
            Self::SignedByOther => "signed by somebody else",
        }
    }
}

/// Whether a commit is signed.
#[derive(Debug, Clone, PartialEq)]
pub enum Signature {
    /// It is, by a key of somebody that git trusts.
    Verified(Person),
    /// It is, and nobody looked, or git found it wanting.
    NotVerified,
    /// It is not.
    Unsigned,
}

impl Signature {
    /// The words of the JSON.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Verified(_) => "signed, verified",
            Self::NotVerified => "signed, not verified",
            Self::Unsigned => "unsigned",
        }
    }

    /// Whose it is, where it was verified.
    #[must_use]
    pub const fn signer(&self) -> Option<&Person> {
        match self {
            Self::Verified(signer) => Some(signer),
            Self::NotVerified | Self::Unsigned => None,
        }
    }

    pub(super) fn of(commit: &Commit, signers: &BTreeMap<ObjectId, Person>) -> Self {
        match signers.get(&commit.id).filter(|_| commit.is_signed) {
            Some(signer) => Self::Verified(signer.clone()),
            None if commit.is_signed => Self::NotVerified,
            None => Self::Unsigned,
        }
    }
}

/// The signed commits that may approve something, sorted: those of which it matters whether the signature holds.
#[must_use]
pub fn signed_approvals(history: &History, policy: &ReviewPolicy) -> Vec<ObjectId> {
    let approves = |commit: &&Arc<Commit>| {
        let by_trailer = commit.trailers.iter().any(|(key, _)| policy.trailers.iter().any(|known| known.eq_ignore_ascii_case(key)));
        by_trailer || commit.on_first_parent && commit.pull_request.is_some()
    };
    history.trails.values().flat_map(signed).filter(approves).map(|commit| commit.id).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The signed commits that a trail tells of, sorted.
#[must_use]
pub fn signed_commits<'a>(trails: impl IntoIterator<Item = &'a Trail>) -> Vec<ObjectId> {
    trails.into_iter().flat_map(signed).map(|commit| commit.id).collect::<BTreeSet<_>>().into_iter().collect()
}

fn signed(trail: &Trail) -> impl Iterator<Item = &Arc<Commit>> {
    let landings = trail.landings.iter().chain(&trail.recorded).map(|landing| &landing.commit);
    trail.revisions.iter().map(|revision| &revision.commit).chain(landings).filter(|commit| commit.is_signed)
}

/// A text that has the approvals it needs.
#[derive(Debug, Clone)]
pub struct ApprovedText {
    /// The commit whose approval made it complete.
    pub commit: Arc<Commit>,
    /// Path of the document in that commit.
    pub path: String,
    /// Its blob.
    pub blob: ObjectId,
    /// The text as stored.
    pub source: Source,
    /// What its front matter says.
    pub declared: Arc<Postmortem>,
    /// The whole text, parsed; only where it is marked for an external audience.
    pub parsed: Option<Arc<Parsed>>,
}

impl ApprovedText {
    /// What it says, as far as it was read.
    #[must_use]
    pub fn postmortem(&self) -> &Postmortem {
        self.parsed.as_ref().map_or(&self.declared, |parsed| parsed.postmortem())
    }
}

/// Why an approval of somebody does not count; `writers` may not approve the text. Signatures aside.
pub(super) fn rejection(by: &Person, kind: ApprovalKind, writers: &[&Person], policy: &ReviewPolicy, identities: &Identities) -> Option<Rejection> {
    if !policy.accept.contains(&kind) {
        return Some(Rejection::KindNotAccepted);
    }
    if is_bot(by, &policy.bots) {
        return Some(Rejection::Bot);
    }
    // A squash counts for the review that the forge's branch protection demanded, not for the person who pressed the button.
    if kind == ApprovalKind::Squash {
        return None;
    }
    if writers.iter().any(|writer| identities.may_be_same(writer, by)) {
        return Some(Rejection::Wrote);
    }
    if !identities.is_identifiable(by) {
        return Some(Rejection::Unidentified);
    }
    let by = &identities.resolve(by);
    let is_approver = policy.approvers.is_empty() || policy.approvers.iter().any(|approver| identities.resolve(approver).is_same(by));
    (!is_approver).then_some(Rejection::NotAnApprover)
}

/// The trailer in which a commit that records somebody else's approval says where it was given.
pub const VIA: &str = "Reviewed-via";

/// Where an approval was given that a commit only records.
pub(super) fn via(commit: &Commit) -> Option<String> {
    let mut trailers = commit.trailers.iter();
    trailers.find(|(key, value)| key.eq_ignore_ascii_case(VIA) && !value.is_empty()).map(|(_, value)| value.clone())
}

/// Whether an account is no person, by the configured marks.
pub(super) fn is_bot(person: &Person, marks: &[String]) -> bool {
    marks.iter().any(|mark| person.name.contains(mark) || person.email.as_ref().is_some_and(|email| email.contains(mark)))
}

/// The approvals that a commit gives by itself, before anybody decides whether they count.
///
/// `landed_by_others` says for a merge that its author wrote nothing of what it landed.
pub(super) fn given_by(commit: &Commit, policy: &ReviewPolicy, landed_by_others: bool) -> Vec<(Person, ApprovalKind)> {
    let keys = &policy.trailers;
    let by_trailer = commit.trailers.iter().filter(|(key, _)| keys.iter().any(|known| known.eq_ignore_ascii_case(key)));
    let mut given: Vec<_> = by_trailer.map(|(_, value)| (Person::parse(value), ApprovalKind::Trailer)).collect();
    if commit.on_first_parent && commit.pull_request.is_some() {
        if commit.parents.len() > 1 && landed_by_others {
            given.push((commit.author.clone(), ApprovalKind::Merge));
        } else if commit.parents.len() == 1 && policy.accept.contains(&ApprovalKind::Squash) && is_forge(&commit.committer) {
            let protection = Person { name: "branch protection".to_owned(), ..Person::default() };
            given.push((protection, ApprovalKind::Squash));
        }
    }
    given
}
