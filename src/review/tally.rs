use std::sync::Arc;

use super::{
    Approval, Identities, Rejection,
    approvals::{is_bot, via},
    events::Events,
};
use crate::{
    config::{ApprovalKind, ReviewPolicy},
    model::Person,
    repo::{Commit, Marks},
};

/// Counts the approvals of one document, event after event, and knows at each of them who wrote what nobody has approved yet.
///
/// A change is settled by a counted approval of a text that contains it. Histories are no lines: an approval on one branch says nothing of what was
/// written on another one, whichever clock is ahead.
#[derive(Debug)]
pub(super) struct Tally<'a> {
    policy: &'a ReviewPolicy,
    identities: &'a Identities,
    events: &'a Events<'a>,
    /// Events with a counted approval, and who gave it.
    counted: Vec<(usize, Person)>,
    pub(super) approvals: Vec<Approval>,
}

impl<'a> Tally<'a> {
    pub(super) const fn new(policy: &'a ReviewPolicy, identities: &'a Identities, events: &'a Events<'a>) -> Self {
        Self { policy, identities, events, counted: Vec::new(), approvals: Vec::new() }
    }

    /// Notes an approval of the text of an event and says whether it counts. Somebody who approved the same text before counts again for a newer
    /// commit of it, but adds nothing to the number.
    pub(super) fn approve(&mut self, place: usize, by: &Person, kind: ApprovalKind, reverted_by: Option<&Arc<Commit>>) -> bool {
        let Some(event) = self.events.list.get(place) else { return false };
        let rejected = if reverted_by.is_some() { Some(Rejection::Reverted) } else { self.rejection(place, by, kind) };
        let by = self.identities.resolve(by);
        if rejected.is_none() {
            self.counted.push((place, by.clone()));
        }
        let is_recorded = |author: &&Person| kind == ApprovalKind::Trailer && !self.identities.resolve(author).is_same(&by);
        self.approvals.push(Approval {
            recorded_by: Some(&event.commit.author).filter(is_recorded).cloned(),
            via: via(event.commit).filter(|_| kind == ApprovalKind::Trailer),
            by,
            kind,
            commit: Arc::clone(event.commit),
            blob: event.blob,
            rejected,
            reverted_by: reverted_by.cloned(),
        });
        rejected.is_none()
    }

    /// How many people's approvals of the text of an event count. In doubt two are one person: an equal full name is enough.
    pub(super) fn counted(&self, place: usize) -> usize {
        let mut people: Vec<&Person> = Vec::new();
        for (_, person) in self.counted.iter().filter(|(other, _)| self.events.is_same_text(*other, place)) {
            if !people.iter().any(|known| self.identities.may_be_same(known, person)) {
                people.push(person);
            }
        }
        people.len()
    }

    /// Those who may not approve the text of an event: who wrote a change in it that no counted approval of an earlier text covers, and who wrote
    /// exactly this text, on whatever branch.
    pub(super) fn writers(&self, place: usize) -> Vec<&'a Person> {
        let events = self.events;
        let mut settled = Marks::default();
        for (approved, _) in self.counted.iter().rev().filter(|(approved, _)| !events.is_same_text(*approved, place)) {
            settled.add(&events.contents.of(*approved));
        }
        let contained = events.contents.of(place);
        let unsettled = contained.without(&settled);
        let same = (0..=place).filter(|other| events.is_same_text(*other, place));
        unsettled.chain(same).flat_map(|place| events.wrote(place)).collect()
    }

    fn rejection(&self, place: usize, by: &Person, kind: ApprovalKind) -> Option<Rejection> {
        if !self.policy.accept.contains(&kind) {
            return Some(Rejection::KindNotAccepted);
        }
        if is_bot(by, &self.policy.bots) {
            return Some(Rejection::Bot);
        }
        // A squash counts for the review that the forge's branch protection demanded, not for the person who pressed the button.
        if kind != ApprovalKind::Squash {
            if self.writers(place).into_iter().any(|writer| self.identities.may_be_same(writer, by)) {
                return Some(Rejection::Wrote);
            }
            if let Some(rejection) = self.policy_rejection(by) {
                return Some(rejection);
            }
        }
        self.policy.require_signed.then_some(Rejection::NotVerified)
    }

    fn policy_rejection(&self, by: &Person) -> Option<Rejection> {
        if !self.identities.is_identifiable(by) {
            return Some(Rejection::Unidentified);
        }
        let by = &self.identities.resolve(by);
        let is_approver = self.policy.approvers.is_empty() || self.policy.approvers.iter().any(|one| self.identities.resolve(one).is_same(by));
        (!is_approver).then_some(Rejection::NotAnApprover)
    }
}
