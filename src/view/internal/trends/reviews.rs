use std::collections::BTreeMap;

use super::{
    promises::{OutcomeShare, outcome_shares},
    scope::Scope,
    work::Work,
};
use crate::{
    config::Deadline,
    review::Outcome,
    view::{
        chart::{Band, Chart, Slot, Stacks, Unit, count},
        internal::{Pages, words},
        value::template_structs,
    },
};

template_structs! {
    /// Do we review in time.
    DeadlineView {
        /// `draft` or `completion`.
        key: String,
        /// The limit in words.
        limit: String,
        /// Met ones.
        met: usize,
        /// Met or late ones.
        decided: usize,
        /// By outcome.
        outcomes: Vec<OutcomeShare>,
    }
    /// How much reviewing there was.
    ReviewLoad {
        /// Approvals that count, given in the period.
        approvals: usize,
        /// People who gave them.
        reviewers: usize,
        /// Postmortems that became final and approved in it.
        completed: usize,
        /// Approvals by slot.
        chart: Chart,
        /// Rows of the table, newest first.
        rows: Vec<LoadRow>,
    }
    /// A row of the table.
    LoadRow {
        /// What it is called.
        name: String,
        /// Postmortems that were begun.
        drafted: usize,
        /// Approvals that count.
        approvals: usize,
        /// People who gave them.
        reviewers: usize,
        /// Postmortems that became final and approved.
        completed: usize,
    }
}

impl Pages<'_> {
    pub(super) fn deadlines(&self, scope: &Scope<'_>) -> Vec<DeadlineView> {
        let policy = &self.settings.review;
        let view = |key: &str, limit: Deadline, counts: &BTreeMap<Outcome, usize>| {
            let count = |outcome: Outcome| counts.get(&outcome).copied().unwrap_or_default();
            DeadlineView {
                key: key.to_owned(),
                limit: words::limit(&self.language, limit),
                met: count(Outcome::Met),
                decided: count(Outcome::Met) + count(Outcome::Late) + count(Outcome::Overdue),
                outcomes: outcome_shares(&Outcome::ALL.map(|outcome| (outcome.name(), count(outcome)))),
            }
        };
        vec![view("draft", policy.draft_within, &scope.figures.draft), view("completion", policy.complete_within, &scope.figures.completion)]
    }

    pub(super) fn review_load(&self, scope: &Scope<'_>, work: &[Work<'_>]) -> ReviewLoad {
        let sum = Work::sum(work);
        let name = |index| scope.slots.name(index, &self.language);
        let slots = work.iter().enumerate().map(|(index, work)| Slot {
            label: scope.slots.label(index, &self.language),
            name: name(index),
            href: None,
            values: vec![count(work.approvals)],
        });
        let slots: Vec<Slot> = slots.collect();
        let rows = work.iter().enumerate().rev().filter(|(_, work)| !work.is_nothing()).map(|(index, work)| LoadRow {
            name: name(index),
            drafted: work.drafted,
            approvals: work.approvals,
            reviewers: work.reviewers.len(),
            completed: work.completed,
        });
        ReviewLoad {
            approvals: sum.approvals,
            reviewers: sum.reviewers.len(),
            completed: sum.completed,
            rows: rows.filter(|row| row.drafted + row.approvals + row.completed > 0).collect(),
            chart: Stacks {
                language: &self.language,
                height: 80,
                slots: &slots,
                bands: &[Band { key: "approvals".to_owned(), class: "plain-bar".to_owned(), label: self.language.text("approvals") }],
                unit: Unit::Approvals,
                title: self.language.text("chart-approvals"),
                description: self.slots_description("chart-description-approvals", scope, work.iter().map(|work| work.approvals)),
            }
            .chart(),
        }
    }
}
