//! The agenda of the review meeting, made once: the page, the Markdown and the calendar all present it.

use std::sync::Arc;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::{
    Pages,
    actions::ActionRow,
    href,
    rows::{ListRow, SeverityTag},
};
use crate::{
    corpus::Entry,
    i18n::Catalogue,
    model::Status,
    review::{Clock, Outcome, ReviewState, ReviewedRevision},
    view::{CalendarEntry, value::template_structs},
};

template_structs! {
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
}

/// What a review meeting has before it.
#[derive(Debug, Clone)]
pub struct Agenda {
    /// Title of the site.
    pub site: String,
    /// Words of its interface.
    pub language: Arc<Catalogue>,
    /// The day of the meeting; none when the rhythm is not monthly.
    pub meeting: Option<NaiveDate>,
    /// The day since which reports are new: that of the meeting before.
    pub since: Option<NaiveDate>,
    /// `new`, `waiting`, `stale` and `unreviewed`.
    pub parts: Vec<AgendaPart>,
    /// Deadlines that are near or past, the oldest first.
    pub deadlines: Vec<DeadlineRow>,
    /// Every overdue action, the latest first.
    pub overdue: Vec<ActionRow>,
    /// One older postmortem whose lessons touch what happens now.
    pub lesson: Option<AgendaLesson>,
    /// The meeting, deadlines and due dates as days.
    pub days: Vec<CalendarEntry>,
}

/// A part of an agenda.
#[derive(Debug, Clone, PartialEq)]
pub struct AgendaPart {
    /// `new`, `waiting`, `stale` or `unreviewed`.
    pub key: &'static str,
    /// Its postmortems, newest first.
    pub items: Vec<AgendaItem>,
}

/// A postmortem of an agenda.
#[derive(Debug, Clone, PartialEq)]
pub struct AgendaItem {
    /// What a list shows of it.
    pub row: ListRow,
    /// Who answers for the text.
    pub owner: Option<String>,
    /// Path of the document.
    pub path: String,
}

/// An older postmortem with lessons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaLesson {
    /// Title.
    pub title: String,
    /// Path of the document.
    pub path: String,
    /// Page.
    pub href: String,
    /// When it began.
    pub started: Option<String>,
    /// Language of the text, where it is not that of the interface.
    pub lang: Option<String>,
    /// Its lessons.
    pub markdown: String,
}

/// Days that a deadline is named before it is due.
const NEAR: i64 = 7;

impl Pages<'_> {
    /// The agenda of the meeting of a month (any day of it); of the next one where none is named.
    pub(super) fn agenda(&self, month: Option<NaiveDate>) -> Agenda {
        let entries = || self.corpus.entries().iter().filter(|entry| !entry.postmortem().is_withdrawn());
        let meeting = self.meeting(month);
        let since = self.since(meeting, month);
        // After its day a meeting has nothing new any more: it belongs to the next one.
        let until = meeting.filter(|day| *day < self.today());
        let is_new = |entry: &Entry| {
            let drafted = entry.checked.reviewed().clocks().draft.done.map(|at| self.day(at));
            drafted.zip(since).is_some_and(|(day, since)| day >= since && until.is_none_or(|until| day < until))
        };
        let part = |key, wanted: &dyn Fn(&Entry) -> bool| AgendaPart {
            key,
            items: entries().filter(|entry| wanted(entry)).map(|entry| self.agenda_item(entry, key)).collect(),
        };
        let state = |entry: &Entry| entry.checked.reviewed().state();
        let status = |entry: &Entry| entry.postmortem().status.as_ref().map(|status| status.value);
        let parts = vec![
            part("new", &is_new),
            part("waiting", &|entry| state(entry) == ReviewState::Unreviewed && status(entry) == Some(Status::InReview)),
            part("stale", &|entry| state(entry) == ReviewState::Stale),
            part("unreviewed", &|entry| state(entry) == ReviewState::Unreviewed && status(entry) == Some(Status::Final)),
        ];
        let mut deadlines: Vec<DeadlineRow> = entries().flat_map(|entry| self.deadline_rows(entry)).collect();
        deadlines.sort_by(|one, other| (&one.due, &one.title).cmp(&(&other.due, &other.title)));
        let mut overdue = self.actions_with_origin(entries());
        overdue.retain(|action| action.late);
        let mut agenda = Agenda {
            site: self.settings.site.title.clone(),
            language: Arc::clone(&self.language),
            meeting,
            since,
            parts,
            deadlines,
            overdue,
            lesson: self.lesson(),
            days: Vec::new(),
        };
        agenda.days = self.days(&agenda);
        agenda
    }

    fn day(&self, at: chrono::DateTime<chrono::FixedOffset>) -> NaiveDate {
        at.with_timezone(&self.settings.site.timezone).date_naive()
    }

    /// The second Tuesday of the month, when meetings are monthly; without a month the next one, today included.
    fn meeting(&self, month: Option<NaiveDate>) -> Option<NaiveDate> {
        if self.settings.review.meeting != "monthly" {
            return None;
        }
        if let Some(month) = month {
            return second_tuesday(month);
        }
        let today = self.today();
        second_tuesday(today).filter(|day| *day >= today).or_else(|| second_tuesday(today.with_day(1)?.checked_add_months(Months::new(1))?))
    }

    /// The meeting before; where no rhythm says when that was, the first day of the month before.
    fn since(&self, meeting: Option<NaiveDate>, month: Option<NaiveDate>) -> Option<NaiveDate> {
        let before = meeting.or(month).unwrap_or_else(|| self.today()).with_day(1)?.checked_sub_days(Days::new(1))?.with_day(1)?;
        if meeting.is_some() { second_tuesday(before) } else { Some(before) }
    }

    fn agenda_item(&self, entry: &Entry, part: &str) -> AgendaItem {
        let revisions = entry.checked.reviewed().revisions();
        let begun = |status: Status| revisions.iter().rev().take_while(move |revision| revision.status == Some(status)).last();
        let since: Option<&ReviewedRevision> = match part {
            "waiting" => begun(Status::InReview),
            "unreviewed" => begun(Status::Final),
            "stale" => revisions.iter().find(|revision| revision.is_after_approval),
            _ => None,
        };
        let days = since.map(|revision| (self.today() - self.day(revision.revision.commit.authored)).num_days().max(0));
        AgendaItem {
            row: ListRow { waiting_days: days.and_then(|days| usize::try_from(days).ok()), ..self.row(entry) },
            owner: entry.postmortem().owner.as_ref().map(|owner| owner.value.to_string()),
            path: entry.path().to_owned(),
        }
    }

    /// The meeting, deadlines and the due dates of actions that are not finished.
    fn days(&self, agenda: &Agenda) -> Vec<CalendarEntry> {
        let count = |id: &str, count: usize| (count > 0).then(|| format!("{}: {count}", self.language.text(id)));
        let counts = agenda.parts.iter().map(|part| count(&format!("review-part-{}", part.key), part.items.len()));
        let counts = counts.chain([count("deadlines", agenda.deadlines.len()), count("overdue-actions", agenda.overdue.len())]);
        let meeting = agenda.meeting.map(|day| CalendarEntry {
            key: "review".to_owned(),
            day,
            title: self.language.text("review-title"),
            description: counts.flatten().collect::<Vec<_>>().join(" · "),
        });
        let deadlines = self.corpus.entries().iter().filter(|entry| !entry.postmortem().is_withdrawn()).flat_map(|entry| {
            let clocks = entry.checked.reviewed().clocks();
            let clocks = [("draft", &clocks.draft), ("completion", &clocks.completion)].into_iter();
            clocks.filter(|(_, clock)| clock.outcome == Outcome::Pending).filter_map(move |(name, clock)| {
                Some(CalendarEntry {
                    key: format!("{}/{name}", entry.key),
                    day: self.day(clock.due?.fixed_offset()),
                    title: format!("{}: {}", self.language.text(&format!("clock-{name}")), entry.postmortem().title.value),
                    description: entry.postmortem().owner.as_ref().map(|owner| owner.value.to_string()).unwrap_or_default(),
                })
            })
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
        meeting.into_iter().chain(deadlines).chain(actions).collect()
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
    fn lesson(&self) -> Option<AgendaLesson> {
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
        Some(AgendaLesson {
            title: entry.postmortem().title.value.clone(),
            path: entry.path().to_owned(),
            href: href(&entry.key),
            started: entry.started.map(crate::view::site::rfc3339),
            lang: self.foreign_lang(entry),
            markdown: parsed.source().slice(section.body).to_owned(),
        })
    }
}

fn second_tuesday(day: NaiveDate) -> Option<NaiveDate> {
    NaiveDate::from_weekday_of_month_opt(day.year(), day.month(), Weekday::Tue, 2)
}
