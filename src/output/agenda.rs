//! The agenda of the review meeting as Markdown, for minutes, and as a calendar. Its words are those of the interface.

use chrono::{DateTime, NaiveDate, Utc};

use super::calendar;
use crate::view::{Agenda, AgendaItem, escaped};

/// Overdue actions that are named; the site has the rest.
const ACTIONS: usize = 50;

/// The agenda as a calendar (RFC 5545): the meeting, deadlines and due dates, as whole days.
#[must_use]
pub fn agenda_calendar(agenda: &Agenda, now: DateTime<Utc>) -> String {
    calendar::text(&agenda.site, &agenda.days, now)
}

/// The agenda as Markdown.
#[must_use]
pub fn agenda_markdown(agenda: &Agenda) -> String {
    let words = &agenda.language;
    let mut out = format!("# {}", words.text("review-title"));
    if let Some(meeting) = agenda.meeting {
        out.push_str(&format!(", {}", words.date(meeting)));
    }
    out.push_str("\n\n");
    for part in &agenda.parts {
        heading(&mut out, &words.text(&format!("review-part-{}", part.key)), part.items.len());
        if let ("new", Some(since)) = (part.key, agenda.since) {
            out.push_str(&format!("{}\n\n", words.with("agenda-since", [("date", words.date(since).into())])));
        }
        for item in &part.items {
            out.push_str(&line(agenda, item));
        }
        close(&mut out, &words.text(&format!("review-part-{}-empty", part.key)), part.items.is_empty());
    }
    heading(&mut out, &words.text("deadlines"), agenda.deadlines.len());
    for deadline in &agenda.deadlines {
        let left = words.with(if deadline.outcome == "overdue" { "days-late" } else { "days-left" }, [("days", deadline.days.into())]);
        let facts = [
            Some(words.text(&format!("clock-{}", deadline.clock))),
            deadline.severity.as_ref().map(|severity| severity.id.clone()),
            Some(deadline.owner.clone().unwrap_or_else(|| words.text("nobody"))),
            Some(day(agenda, &deadline.due)),
            Some(left),
        ];
        entry(&mut out, &deadline.title, facts.into_iter().flatten());
    }
    close(&mut out, &words.text("deadlines-empty"), agenda.deadlines.is_empty());
    heading(&mut out, &words.text("overdue-actions"), agenda.overdue.len());
    for action in agenda.overdue.iter().take(ACTIONS) {
        let facts = [
            Some(action.owner.clone().unwrap_or_else(|| words.text("nobody"))),
            action.due.as_ref().map(|due| day(agenda, due)),
            Some(words.with("days-late", [("days", action.days_late.into())])),
            action.ticket.as_ref().map(|ticket| ticket.label.clone()),
            action.postmortem.as_ref().map(|postmortem| postmortem.title.clone()),
        ];
        entry(&mut out, &action.title, facts.into_iter().flatten());
    }
    if agenda.overdue.len() > ACTIONS {
        out.push_str(&format!("- {}\n", words.count("and-more", agenda.overdue.len() - ACTIONS)));
    }
    close(&mut out, &words.text("overdue-actions-empty"), agenda.overdue.is_empty());
    if let Some(lesson) = &agenda.lesson {
        out.push_str(&format!("## {}\n\n{}", words.text("older-lesson"), escaped(&lesson.title)));
        if let Some(started) = &lesson.started {
            out.push_str(&format!(" · {}", day(agenda, started)));
        }
        out.push_str(&format!(" · `{}`\n", lesson.path));
        // The text of the document, one level down, so that its headings are none of the agenda.
        for line in lesson.markdown.trim().lines() {
            out.push_str(if line.is_empty() { "\n>" } else { "\n> " });
            out.push_str(line);
        }
        out.push('\n');
    }
    out
}

fn heading(out: &mut String, title: &str, count: usize) {
    out.push_str(&format!("## {title} ({count})\n\n"));
}

fn close(out: &mut String, empty: &str, is_empty: bool) {
    if is_empty {
        out.push_str(empty);
        out.push('\n');
    }
    out.push('\n');
}

fn line(agenda: &Agenda, item: &AgendaItem) -> String {
    let words = &agenda.language;
    let row = &item.row;
    let mut out = String::new();
    let facts = [
        row.started.as_ref().map(|started| day(agenda, started)),
        row.severity.as_ref().map(|severity| severity.id.clone()),
        Some(row.services.iter().map(|service| service.name.clone()).collect::<Vec<_>>().join(", ")).filter(|services| !services.is_empty()),
        Some(item.owner.clone().unwrap_or_else(|| words.text("nobody"))),
        row.waiting_days.map(|days| words.with("waiting-days", [("days", days.into())])),
    ];
    entry(&mut out, &row.title, facts.into_iter().flatten());
    out.truncate(out.trim_end().len());
    format!("{out} · `{}`\n", item.path.replace('`', "'"))
}

fn entry(out: &mut String, title: &str, facts: impl Iterator<Item = String>) {
    out.push_str(&format!("- **{}**", escaped(title)));
    for fact in facts {
        out.push_str(&format!(" · {}", escaped(&fact)));
    }
    out.push('\n');
}

/// A day or instant, as the interface writes days.
fn day(agenda: &Agenda, written: &str) -> String {
    let day = written.get(..10).and_then(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok());
    day.map_or_else(|| written.to_owned(), |day| agenda.language.date(day))
}
