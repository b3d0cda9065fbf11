use std::sync::Arc;

use super::{
    Approval, Identities, Rejection,
    approvals::{rejection, via},
    events::Events,
    identity::is_forge,
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
        let rejected = if reverted_by.is_some() { Some(Rejection::Reverted) } else { self.rejected(place, by, kind) };
        let by = self.identities.resolve(by);
        if rejected.is_none() {
            self.counted.push((place, by.clone()));
        }
        // A forge that commits for somebody made nothing up; somebody who picks or rebases an approval decides what it is for.
        let makers = [&event.commit.author, &event.commit.committer];
        let is_other = |maker: &&&Person| !is_forge(maker) && !self.identities.resolve(maker).is_same(&by);
        let recorded_by = makers.iter().find(is_other).filter(|_| kind == ApprovalKind::Trailer).map(|maker| (*maker).clone());
        self.approvals.push(Approval {
            recorded_by,
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

    fn rejected(&self, place: usize, by: &Person, kind: ApprovalKind) -> Option<Rejection> {
        let rejected = rejection(by, kind, &self.writers(place, place), self.policy, self.identities);
        rejected.or_else(|| self.policy.require_signed.then_some(Rejection::NotVerified))
    }

    /// The people whose approvals of the text of an event count. In doubt two are one person: an equal full name is enough.
    pub(super) fn counted(&self, place: usize) -> Vec<&Person> {
        let mut people: Vec<&Person> = Vec::new();
        for (_, person) in self.counted.iter().filter(|(other, _)| self.events.is_same_text(*other, place)) {
            if !people.iter().any(|known| self.identities.may_be_same(known, person)) {
                people.push(person);
            }
        }
        people
    }

    /// Those who may not approve the text of an event: who wrote a change in it that no counted approval of an earlier text covers, and who wrote
    /// exactly this text, on whatever branch, in one of the events up to `last`.
    pub(super) fn writers(&self, place: usize, last: usize) -> Vec<&'a Person> {
        let events = self.events;
        let mut settled = Marks::default();
        for (approved, _) in self.counted.iter().rev().filter(|(approved, _)| !events.is_same_text(*approved, place)) {
            settled.add(&events.contents.of(*approved));
        }
        let contained = events.contents.of(place);
        let unsettled = contained.without(&settled);
        let same = (0..=last).filter(|other| events.is_same_text(*other, place));
        unsettled.chain(same).flat_map(|place| events.wrote(place)).collect()
    }
}
