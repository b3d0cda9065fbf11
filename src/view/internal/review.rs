use chrono::{Datelike, Days, NaiveDate};

use super::{
    Pages, href, list,
    rows::{ListRow, SeverityTag},
};
use crate::{
    corpus::Entry,
    model::Status,
    review::{Clock, Outcome, ReviewState},
    view::{
        CalendarEntry, Page,
        html::{RawHtml, Renderer},
        site::{pair, rfc3339},
        value::template_structs,
    },
};

template_structs! {
    /// The next meeting.
    Meeting {
        /// Its day; none when the rhythm is not monthly.
        date: Option<String>,
    }
    /// A part of the agenda.
    AgendaPart {
        /// `new`, `waiting`, `stale` or `unreviewed`.
        key: String,
        /// Its postmortems.
        rows: Vec<ListRow>,
    }
    /// A deadline that is near or past.
    DeadlineRow {
        /// Title.
        title: String,
        /// Page.
        href: String,
        /// How bad it was.
        severity: Option<SeverityTag>,
        /// Who answers for the text.
        owner: Option<String>,
        /// `draft` or `completion`.
        clock: String,
        /// Last day in time.
        due: String,
        /// `pending` or `overdue`.
        outcome: String,
        /// Days left, or days since.
        days: usize,
    }
    /// One older postmortem whose lessons touch what happens now.
    Lesson {
        /// Title.
        title: String,
        /// Page.
        href: String,
        /// When it began.
        started: Option<String>,
        /// Language of the text, where it is not that of the interface.
        lang: Option<String>,
        /// Its lessons as safe HTML.
        html: String,
    }
}

/// Overdue actions on the agenda; the page of all actions has the rest.
const ACTIONS: usize = 50;

/// Days that a deadline is named before it is due.
const NEAR: i64 = 7;

impl Pages<'_> {
    /// The agenda of the review meeting.
    pub(super) fn review(&self) -> Page {
        let entries = || self.corpus.entries().iter().filter(|entry| !entry.postmortem().is_withdrawn());
        let since = self.today().with_day(1).and_then(|first| first.checked_sub_days(Days::new(1))).and_then(|day| day.with_day(1));
        let drafted =
            |entry: &Entry| entry.checked.reviewed().clocks().draft.done.map(|at| at.with_timezone(&self.settings.site.timezone).date_naive());
        let rows = |wanted: &dyn Fn(&Entry) -> bool| entries().filter(|entry| wanted(entry)).map(|entry| self.row(entry)).collect::<Vec<_>>();
        let state = |entry: &Entry| entry.checked.reviewed().state();
        let status = |entry: &Entry| entry.postmortem().status.as_ref().map(|status| status.value);
        let parts = [
            ("new", rows(&|entry| drafted(entry).zip(since).is_some_and(|(drafted, since)| drafted >= since))),
            ("waiting", rows(&|entry| state(entry) == ReviewState::Unreviewed && status(entry) == Some(Status::InReview))),
            ("stale", rows(&|entry| state(entry) == ReviewState::Stale)),
            ("unreviewed", rows(&|entry| state(entry) == ReviewState::Unreviewed && status(entry) == Some(Status::Final))),
        ];
        let parts: Vec<AgendaPart> = parts.into_iter().map(|(key, rows)| AgendaPart { key: key.to_owned(), rows }).collect();
        let mut deadlines: Vec<DeadlineRow> = entries().flat_map(|entry| self.deadline_rows(entry)).collect();
        deadlines.sort_by(|one, other| (&one.due, &one.title).cmp(&(&other.due, &other.title)));
        let mut overdue = self.actions_with_origin(entries());
        overdue.retain(|action| action.late);
        let overdue_count = overdue.len();
        overdue.truncate(ACTIONS);
        Page {
            template: "review",
            kind: "review",
            path: "review/index.html".to_owned(),
            description: None,
            context: vec![
                pair("meeting", &Meeting { date: self.next_meeting().map(|day| day.to_string()) }),
                ("parts", list(&parts)),
                ("deadlines", list(&deadlines)),
                ("actions", list(&overdue)),
                ("actions_count", overdue_count.into()),
                pair("lesson", &self.lesson()),
            ],
        }
    }

    /// The second Tuesday of a month, when meetings are monthly: today or later.
    fn next_meeting(&self) -> Option<NaiveDate> {
        if self.settings.review.meeting != "monthly" {
            return None;
        }
        let second_tuesday = |day: NaiveDate| NaiveDate::from_weekday_of_month_opt(day.year(), day.month(), chrono::Weekday::Tue, 2);
        let today = self.today();
        second_tuesday(today).filter(|day| *day >= today).or_else(|| second_tuesday(today.with_day(1)?.checked_add_months(chrono::Months::new(1))?))
    }

    /// The next meeting and the due dates of actions that are not finished.
    pub(super) fn calendar(&self) -> Vec<CalendarEntry> {
        let meeting = self.next_meeting().map(|day| CalendarEntry {
            key: "review".to_owned(),
            day,
            title: self.language.text("review-title"),
            description: String::new(),
        });
        let actions = self.corpus.entries().iter().filter(|entry| !entry.postmortem().is_withdrawn()).flat_map(|entry| {
            let pending = entry.postmortem().actions.iter().map(|action| &action.value).filter(|action| action.status.is_pending());
            pending.filter_map(move |action| {
                Some(CalendarEntry {
                    key: format!("{}/{}", entry.key, action.id.as_ref().unwrap_or(&action.title)),
                    day: action.due.as_ref()?.value,
                    title: action.title.clone(),
                    description: [action.owner.as_ref().map(ToString::to_string), Some(entry.postmortem().title.value.clone())]
                        .into_iter()
                        .flatten()
                        .collect::<Vec<_>>()
                        .join(" · "),
                })
            })
        });
        meeting.into_iter().chain(actions).collect()
    }

    fn deadline_rows(&self, entry: &Entry) -> Vec<DeadlineRow> {
        let clocks = entry.checked.reviewed().clocks();
        let row = |name: &str, clock: &Clock| {
            let due = clock.due?.with_timezone(&self.settings.site.timezone).date_naive();
            let days = (due - self.today()).num_days();
            let is_near = match clock.outcome {
                Outcome::Pending => days <= NEAR,
                // What nobody looked at for a quarter of a year is on the health page, not on every agenda.
                Outcome::Overdue => days >= -90,
                _ => false,
            };
            is_near.then(|| DeadlineRow {
                title: entry.postmortem().title.value.clone(),
                href: href(&entry.key),
                severity: self.severity_tag(entry),
                owner: entry.postmortem().owner.as_ref().map(|owner| owner.value.to_string()),
                clock: name.to_owned(),
                due: due.to_string(),
                outcome: clock.outcome.name().to_owned(),
                days: usize::try_from(days.abs()).unwrap_or_default(),
            })
        };
        [row("draft", &clocks.draft), row("completion", &clocks.completion)].into_iter().flatten().collect()
    }

    /// The newest reviewed postmortem older than a quarter of a year that has lessons and shares a cause with the last ninety days; without
    /// one, any that has lessons.
    fn lesson(&self) -> Option<Lesson> {
        let today = self.today();
        let age = |entry: &Entry| entry.started.map(|started| (today - started.date_naive()).num_days());
        let recent: Vec<&str> = self
            .corpus
            .entries()
            .iter()
            .filter(|entry| age(entry).is_some_and(|days| days <= 90))
            .flat_map(|entry| entry.postmortem().causes.iter().map(|cause| &*cause.value))
            .collect();
        let older = || {
            self.corpus.entries().iter().filter(|entry| {
                let parsed = entry.checked.reviewed().parsed();
                age(entry).is_some_and(|days| days > 90)
                    && !entry.postmortem().is_withdrawn()
                    && parsed.section("lessons").is_some_and(|section| !section.is_empty)
            })
        };
        let shares_cause = |entry: &&Entry| entry.postmortem().causes.iter().any(|cause| recent.contains(&&*cause.value));
        let entry = older().find(shares_cause).or_else(|| older().next())?;
        let parsed = entry.checked.reviewed().parsed();
        let section = parsed.section("lessons")?;
        let addresses = std::collections::BTreeMap::new();
        let mut renderer = Renderer::new(RawHtml::Sanitised, &addresses);
        renderer.keeps_ids = false;
        Some(Lesson {
            title: entry.postmortem().title.value.clone(),
            href: href(&entry.key),
            started: entry.started.map(rfc3339),
            lang: self.foreign_lang(entry),
            html: renderer.render(parsed.source().slice(section.body)),
        })
    }
}
