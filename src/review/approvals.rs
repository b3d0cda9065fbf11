use std::sync::Arc;

use super::{Identities, Substance, identity::is_forge};
use crate::{
    config::{ApprovalKind, ReviewPolicy},
    model::{Person, Postmortem},
    repo::{Commit, ObjectId},
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
    /// How it was given.
    pub kind: ApprovalKind,
    /// The commit that says so.
    pub commit: Arc<Commit>,
    /// The text that it covers.
    pub blob: ObjectId,
    /// Why it does not count; `None` when it counts.
    pub rejected: Option<Rejection>,
}

/// Why an approval does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rejection {
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
    /// Only verified signatures count, and this version verifies none.
    NotVerified,
}

impl Rejection {
    /// The words of the JSON.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Wrote => "wrote a change since the last approval",
            Self::Bot => "a bot",
            Self::Unidentified => "names nobody that can be identified",
            Self::NotAnApprover => "not a configured approver",
            Self::KindNotAccepted => "this kind is not accepted by the configuration",
            Self::NotVerified => "signature not verified",
        }
    }
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

/// Follows the texts of one document from its first commit on and knows at each point who wrote and who approved.
#[derive(Debug)]
pub(super) struct Tally<'a> {
    policy: &'a ReviewPolicy,
    identities: &'a Identities,
    writers: Vec<Person>,
    /// The text whose approval was counted last: its writers are forgotten once another text comes.
    settled: Option<Arc<Substance>>,
    /// The text that is being approved, and who approved it so far.
    current: Option<Arc<Substance>>,
    approvers: Vec<Person>,
    pub(super) approvals: Vec<Approval>,
}

impl<'a> Tally<'a> {
    pub(super) const fn new(policy: &'a ReviewPolicy, identities: &'a Identities) -> Self {
        Self { policy, identities, writers: Vec::new(), settled: None, current: None, approvers: Vec::new(), approvals: Vec::new() }
    }

    /// Notes the text of a commit. Approvals of another text no longer add up with those that follow.
    pub(super) fn text(&mut self, substance: &Arc<Substance>) {
        if self.current.as_ref().is_none_or(|current| !current.matters_like(substance)) {
            self.approvers.clear();
            self.current = Some(Arc::clone(substance));
        }
    }

    /// Notes who made a change that matters, before its text's approvals are looked at.
    pub(super) fn wrote(&mut self, commit: &Commit, substance: &Substance) {
        if self.settled.as_ref().is_some_and(|settled| !settled.matters_like(substance)) {
            self.writers.clear();
            self.settled = None;
        }
        self.writers.push(commit.author.clone());
        self.writers.extend(commit.co_authors.iter().cloned());
    }

    /// Notes an approval of the current text and says whether it counts. Somebody who approved the same text before counts again for a newer
    /// commit of it, but adds nothing to the number.
    pub(super) fn approve(&mut self, by: &Person, kind: ApprovalKind, commit: &Arc<Commit>, blob: ObjectId) -> bool {
        let rejected = self.rejection(by, kind);
        let by = self.identities.resolve(by);
        let counts = rejected.is_none();
        if counts {
            // In doubt two approvals are one person's: an equal full name is enough.
            if !self.approvers.iter().any(|approver| self.identities.may_be_same(approver, &by)) {
                self.approvers.push(by.clone());
            }
            self.settled.clone_from(&self.current);
        }
        let recorded_by =
            Some(&commit.author).filter(|author| kind == ApprovalKind::Trailer && !self.identities.resolve(author).is_same(&by)).cloned();
        self.approvals.push(Approval { by, recorded_by, kind, commit: Arc::clone(commit), blob, rejected });
        counts
    }

    /// How many people's approvals of the current text count.
    pub(super) const fn counted(&self) -> usize {
        self.approvers.len()
    }

    fn rejection(&self, by: &Person, kind: ApprovalKind) -> Option<Rejection> {
        if !self.policy.accept.contains(&kind) {
            return Some(Rejection::KindNotAccepted);
        }
        if is_bot(by, &self.policy.bots) {
            return Some(Rejection::Bot);
        }
        // A squash counts for the review that the forge's branch protection demanded, not for the person who pressed the button.
        if kind != ApprovalKind::Squash {
            if self.writers.iter().any(|writer| self.identities.may_be_same(writer, by)) {
                return Some(Rejection::Wrote);
            }
            if !self.identities.is_identifiable(by) {
                return Some(Rejection::Unidentified);
            }
            let by = &self.identities.resolve(by);
            if !self.policy.approvers.is_empty() && !self.policy.approvers.iter().any(|approver| self.identities.resolve(approver).is_same(by)) {
                return Some(Rejection::NotAnApprover);
            }
        }
        self.policy.require_signed.then_some(Rejection::NotVerified)
    }
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
