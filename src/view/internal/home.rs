use chrono::{DateTime, Days, NaiveDate};

use super::{
    Pages, href, list,
    trends::{MEASURES, MeasureView},
};
use crate::{
    corpus::{Distribution, Entry},
    model::Status,
    review::{Clock, Outcome, ReviewState},
    view::{
        Page,
        chart::{Chart, months_between},
        site::{pair, rfc3339},
        value::template_structs,
    },
};

template_structs! {
    /// Something that waits for somebody.
    Need {
        /// `action`, `stale`, `waiting` or `deadline`.
        kind: String,
        /// What.
        title: String,
        /// Page.
        href: String,
        /// Who.
        owner: Option<String>,
        /// Title of the postmortem, for actions.
        postmortem: Option<String>,
        /// `draft` or `completion`, for deadlines.
        clock: Option<String>,
        /// Since when, or until when.
        date: Option<String>,
        /// Days waited, days late, or days left.
        days: usize,
    }
    /// The last ninety days.
    Recent {
        /// Ninety.
        days: usize,
        /// Incidents in them.
        incidents: usize,
        /// By month.
        chart: Chart,
        /// Five clocks.
        measures: Vec<MeasureView>,
    }
}

/// Days that the home page looks back.
const DAYS: u64 = 90;

/// Days before a deadline at which the home page begins to name it.
const NEAR: i64 = 3;

/// Needs on the home page: a longer list is not read there. The review page has the rest.
const NEEDS: usize = 20;

/// Postmortems on the home page.
const NEWEST: usize = 10;

impl Pages<'_> {
    pub(super) fn home(&self) -> Page {
        let entries = self.corpus.entries();
        let newest: Vec<_> = entries.iter().take(NEWEST).map(|entry| self.row(entry)).collect();
        let mut attention = self.attention();
        let attention_count = attention.len();
        attention.truncate(NEEDS);
        Page {
            template: "index",
            kind: "index",
            path: "index.html".to_owned(),
            description: None,
            context: vec![
                ("attention", list(&attention)),
                ("attention_count", attention_count.into()),
                pair("recent", &self.recent()),
                ("newest", list(&newest)),
                ("count", entries.len().into()),
            ],
        }
    }

    /// Overdue actions, stale approvals, waiting reviews, near deadlines: what waits longest first within each.
    fn attention(&self) -> Vec<Need> {
        let mut needs: Vec<Need> = Vec::new();
        for action in self.actions_with_origin(self.corpus.entries().iter()).into_iter().filter(|action| action.late) {
            let Some(origin) = action.postmortem else { continue };
            needs.push(Need {
                kind: "action".to_owned(),
                title: action.title,
                href: origin.href,
                owner: action.owner,
                postmortem: Some(origin.title),
                clock: None,
                date: action.due,
                days: action.days_late,
            });
        }
        let mut reviews: Vec<Need> = self.corpus.entries().iter().filter_map(|entry| self.review_need(entry)).collect();
        reviews.sort_by_key(|need| (need.kind != "stale", std::cmp::Reverse(need.days)));
        needs.extend(reviews);
        let mut deadlines: Vec<Need> = self.corpus.entries().iter().flat_map(|entry| self.near_deadlines(entry)).collect();
        deadlines.sort_by_key(|need| need.days);
        needs.extend(deadlines);
        needs
    }

    fn review_need(&self, entry: &Entry) -> Option<Need> {
        let since = Self::waiting_since(entry)?;
        let kind = if entry.checked.reviewed().state() == ReviewState::Stale { "stale" } else { "waiting" };
        Some(Need {
            kind: kind.to_owned(),
            title: entry.postmortem().title.value.clone(),
            href: href(&entry.key),
            owner: entry.postmortem().owner.as_ref().map(|owner| owner.value.to_string()),
            postmortem: None,
            clock: None,
            date: Some(rfc3339(since)),
            days: self.days_since(since),
        })
    }

    /// Since when a postmortem waits for a review: the first change after the approval, or the commit that asked for a review.
    fn waiting_since(entry: &Entry) -> Option<DateTime<chrono::FixedOffset>> {
        let reviewed = entry.checked.reviewed();
        let status = entry.postmortem().status.as_ref().map(|status| status.value);
        let revisions = reviewed.revisions();
        match (reviewed.state(), status) {
            (ReviewState::Stale, status) if status != Some(Status::Withdrawn) => {
                revisions.iter().find(|revision| revision.is_after_approval).map(|revision| revision.revision.commit.authored)
            }
            (ReviewState::Unreviewed, Some(Status::InReview | Status::Final)) => {
                let asked = revisions.iter().find(|revision| matches!(revision.status, Some(Status::InReview | Status::Final)));
                asked.map(|revision| revision.revision.commit.authored)
            }
            _ => None,
        }
    }

    fn near_deadlines(&self, entry: &Entry) -> Vec<Need> {
        let clocks = entry.checked.reviewed().clocks();
        let near = |name: &str, clock: &Clock| {
            let due = clock.due.filter(|_| clock.outcome == Outcome::Pending)?.with_timezone(&self.settings.site.timezone).date_naive();
            let days = (due - self.today()).num_days();
            (0..=NEAR).contains(&days).then(|| Need {
                kind: "deadline".to_owned(),
                title: entry.postmortem().title.value.clone(),
                href: href(&entry.key),
                owner: entry.postmortem().owner.as_ref().map(|owner| owner.value.to_string()),
                postmortem: None,
                clock: Some(name.to_owned()),
                date: Some(due.to_string()),
                days: usize::try_from(days).unwrap_or_default(),
            })
        };
        if entry.postmortem().is_withdrawn() {
            return Vec::new();
        }
        [near("draft", &clocks.draft), near("completion", &clocks.completion)].into_iter().flatten().collect()
    }

    pub(super) fn days_since(&self, at: DateTime<chrono::FixedOffset>) -> usize {
        usize::try_from((self.now - at.with_timezone(&chrono::Utc)).num_days()).unwrap_or_default()
    }

    fn recent(&self) -> Recent {
        let today = self.today();
        let first = today.checked_sub_days(Days::new(DAYS - 1)).unwrap_or(today);
        let before = first.checked_sub_days(Days::new(DAYS)).unwrap_or(first);
        let between = |from: NaiveDate, to: NaiveDate| {
            self.counted().filter(move |(day, _)| day.is_some_and(|day| from <= day && day <= to)).map(|(_, entry)| entry).collect::<Vec<_>>()
        };
        let (now, then) = (between(first, today), between(before, first.pred_opt().unwrap_or(first)));
        let measures = MEASURES.map(|(key, value)| {
            let of = |entries: &[&Entry]| Distribution::of(entries.iter().map(|entry| value(&entry.metrics)));
            MeasureView { before: of(&then).median, ..MeasureView::new(key, &of(&now)) }
        });
        Recent {
            days: usize::try_from(DAYS).unwrap_or_default(),
            incidents: now.len(),
            chart: self.incidents_chart(&now, &months_between(first, today), 96),
            measures: measures.into(),
        }
    }
}
