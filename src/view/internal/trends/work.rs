use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::scope::{Incident, Scope, Study};
use crate::view::internal::Pages;

/// What people did for postmortems in one slot of a chart, by the date of the commit.
#[derive(Debug, Clone, Default)]
pub(super) struct Work<'s> {
    /// Actions that were written down.
    pub(super) opened: usize,
    /// Actions that were done or declined.
    pub(super) settled: usize,
    /// Postmortems that were begun.
    pub(super) drafted: usize,
    /// Approvals that count.
    pub(super) approvals: usize,
    /// Who gave them.
    pub(super) reviewers: BTreeSet<&'s str>,
    /// Postmortems that became final and approved.
    pub(super) completed: usize,
}

impl Work<'_> {
    /// All of several slots.
    pub(super) fn sum(slots: &[Self]) -> Self {
        let mut sum = Self::default();
        for slot in slots {
            sum.opened += slot.opened;
            sum.settled += slot.settled;
            sum.drafted += slot.drafted;
            sum.approvals += slot.approvals;
            sum.reviewers.extend(&slot.reviewers);
            sum.completed += slot.completed;
        }
        sum
    }

    /// True when nobody did anything.
    pub(super) const fn is_nothing(&self) -> bool {
        self.opened + self.settled + self.drafted + self.approvals + self.completed == 0
    }
}

impl Pages<'_> {
    /// The work on all postmortems that pass the filter, whenever their incident was, by slot.
    pub(super) fn work<'s>(&self, study: &'s Study<'_>, scope: &Scope<'_>) -> Vec<Work<'s>> {
        let mut slots: Vec<Work<'s>> = vec![Work::default(); scope.slots.len()];
        for incident in study.passing(scope.filter) {
            self.add_work(incident, &mut slots, |day| scope.slots.index(day));
        }
        slots
    }

    fn add_work<'s>(&self, incident: &'s Incident<'_>, slots: &mut [Work<'s>], index: impl Fn(NaiveDate) -> Option<usize>) {
        let zone = self.settings.site.timezone;
        let slot_of = |at: DateTime<FixedOffset>| index(at.with_timezone(&zone).date_naive());
        let reviewed = incident.entry.checked.reviewed();
        let mut add = |at: Option<DateTime<FixedOffset>>, count: &dyn Fn(&mut Work<'s>)| {
            if let Some(slot) = at.and_then(slot_of).and_then(|slot| slots.get_mut(slot)) {
                count(slot);
            }
        };
        add(reviewed.clocks().draft.done, &|work| work.drafted += 1);
        add(reviewed.clocks().completion.done, &|work| work.completed += 1);
        for approval in reviewed.approvals().iter().filter(|approval| approval.rejected.is_none()) {
            let by = approval.by.email.as_deref().unwrap_or(&approval.by.name);
            add(Some(approval.commit.authored), &|work| {
                work.approvals += 1;
                work.reviewers.insert(by);
            });
        }
        for clock in reviewed.action_clocks().iter().filter(|_| !incident.entry.postmortem().is_withdrawn()) {
            add(clock.opened, &|work| work.opened += 1);
            add(clock.settled, &|work| work.settled += 1);
        }
    }
}
