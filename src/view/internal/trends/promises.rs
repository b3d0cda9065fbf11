use super::{scope::Scope, work::Work};
use crate::{
    corpus::Distribution,
    model::ActionStatus,
    view::{
        chart::{Band, Chart, Slot, Stacks, Unit, count, shares},
        internal::Pages,
        value::template_structs,
    },
};

template_structs! {
    /// Do we finish what we promise.
    Promises {
        /// Actions of the incidents of the period.
        total: usize,
        /// Finished ones.
        done: usize,
        /// Overdue ones.
        overdue: usize,
        /// By state.
        outcomes: Vec<OutcomeShare>,
        /// How old the pending ones are, in days since the commit that wrote them down.
        age: DaysView,
        /// How many days the settled ones took.
        settling: DaysView,
        /// Actions written down in the period, whichever incident they are from.
        opened: usize,
        /// Actions done or declined in it.
        settled: usize,
        /// Both by slot.
        flow: Chart,
        /// Rows of the table, newest first.
        rows: Vec<Flow>,
    }
    /// A state and its share.
    OutcomeShare {
        /// State.
        key: String,
        /// How many.
        count: usize,
        /// Per cent from the left.
        x: f64,
        /// Per cent.
        width: f64,
    }
    /// A distribution of days.
    DaysView {
        /// Values that count.
        n: usize,
        /// Actions of which it is not known.
        left_out: usize,
        /// The middle.
        median: Option<f64>,
        /// The largest.
        max: Option<f64>,
    }
    /// A row of the table.
    Flow {
        /// What it is called.
        name: String,
        /// Actions written down.
        opened: usize,
        /// Actions done or declined.
        settled: usize,
    }
}

impl Pages<'_> {
    pub(super) fn promises(&self, scope: &Scope<'_>, work: &[Work<'_>]) -> Promises {
        const KEYS: [&str; 5] = ["done", "in-progress", "open", "overdue", "declined"];
        let today = self.today();
        let mut counts = KEYS.map(|key| (key, 0));
        let (mut ages, mut lengths) = (Vec::new(), Vec::new());
        for incident in &scope.incidents {
            let clocks = incident.entry.checked.reviewed().action_clocks();
            for (index, field) in incident.entry.postmortem().actions.iter().enumerate() {
                let action = &field.value;
                let state = if action.is_overdue(today) { "overdue" } else { action.status.name() };
                counts.iter_mut().filter(|(key, _)| *key == state).for_each(|(_, count)| *count += 1);
                let clock = clocks.get(index).copied().unwrap_or_default();
                if action.status.is_pending() {
                    ages.push(clock.opened.map(|opened| days(self.now - opened.with_timezone(&chrono::Utc))));
                } else if action.status == ActionStatus::Done {
                    lengths.push(clock.opened.zip(clock.settled).map(|(opened, settled)| days(settled - opened)));
                }
            }
        }
        let of = |key: &str| counts.iter().filter(|(other, _)| *other == key).map(|(_, count)| count).sum();
        let sum = Work::sum(work);
        let rows = work.iter().enumerate().rev().filter(|(_, work)| work.opened + work.settled > 0);
        Promises {
            total: counts.iter().map(|(_, count)| count).sum(),
            done: of("done"),
            overdue: of("overdue"),
            outcomes: outcome_shares(&counts),
            age: DaysView::of(&ages),
            settling: DaysView::of(&lengths),
            opened: sum.opened,
            settled: sum.settled,
            flow: self.flow(scope, work),
            rows: rows
                .map(|(index, work)| Flow { name: scope.slots.name(index, &self.language), opened: work.opened, settled: work.settled })
                .collect(),
        }
    }

    fn flow(&self, scope: &Scope<'_>, work: &[Work<'_>]) -> Chart {
        let slots = work.iter().enumerate().map(|(index, work)| Slot {
            label: scope.slots.label(index, &self.language),
            name: scope.slots.name(index, &self.language),
            href: None,
            values: vec![count(work.opened), count(work.settled)],
        });
        let slots: Vec<Slot> = slots.collect();
        let band =
            |key: &str, class: &str| Band { key: key.to_owned(), class: class.to_owned(), label: self.language.text(&format!("actions-{key}")) };
        let figures = [("opened", Work::sum(work).opened.into()), ("settled", Work::sum(work).settled.into())];
        Stacks {
            language: &self.language,
            height: 80,
            slots: &slots,
            bands: &[band("opened", "open-bar"), band("settled", "plain-bar")],
            unit: Unit::Actions,
            title: self.language.text("chart-actions"),
            description: self.language.with("chart-description-actions", figures),
        }
        .side_by_side()
    }
}

impl DaysView {
    fn of(days: &[Option<f64>]) -> Self {
        let Distribution { n, left_out, median, max, .. } = Distribution::of(days.iter().copied());
        Self { n, left_out, median: median.map(f64::round), max }
    }
}

/// Whole days.
#[expect(clippy::cast_precision_loss, reason = "days of a life")]
const fn days(length: chrono::TimeDelta) -> f64 {
    length.num_days() as f64
}

/// States as shares of all of them.
pub(super) fn outcome_shares(counts: &[(&str, usize)]) -> Vec<OutcomeShare> {
    let whole = counts.iter().map(|(_, count)| count).sum();
    let mut drawn = shares(counts.iter().map(|(key, count)| ((*key).to_owned(), *count, String::new())), whole).into_iter().peekable();
    let share = |(key, count): &(&str, usize)| {
        let place = drawn.next_if(|share| share.class == *key).map(|share| (share.x, share.width));
        let (x, width) = place.unwrap_or_default();
        OutcomeShare { key: (*key).to_owned(), count: *count, x, width }
    };
    counts.iter().map(share).collect()
}
