use super::site::utc;
use crate::{
    config::Settings,
    corpus::{Corpus, Entry, Publication},
    findings::Level,
    model::{ActionStatus, Milestone},
};

/// One value of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Not known.
    Unknown,
    /// Words, or an instant in UTC.
    Text(String),
    /// Several words.
    List(Vec<String>),
    /// Decimal minutes.
    Minutes(f64),
    /// A count.
    Count(u64),
    /// Yes or no.
    Flag(bool),
}

/// One postmortem as named values, the same names in the same order for each.
pub type Row = Vec<(&'static str, Cell)>;

/// Every postmortem that may be shown, as rows for other engines, newest first.
#[must_use]
pub fn rows(corpus: &Corpus, settings: &Settings) -> Vec<Row> {
    corpus.entries().iter().map(|entry| row(entry, settings)).collect()
}

fn row(entry: &Entry, settings: &Settings) -> Row {
    let postmortem = entry.postmortem();
    let reviewed = entry.checked.reviewed();
    let metrics = &entry.metrics;
    let text = |text: Option<String>| text.map_or(Cell::Unknown, Cell::Text);
    let minutes = |minutes: Option<f64>| minutes.map_or(Cell::Unknown, Cell::Minutes);
    let count = |count: usize| Cell::Count(count as u64);
    let severity = postmortem.severity.as_ref().map(|severity| {
        let known = severity.value.rank.and_then(|rank| settings.severities.get(rank));
        known.map_or_else(|| severity.value.written.clone(), |known| known.id.clone())
    });
    let actions = |wanted: fn(ActionStatus) -> bool| count(postmortem.actions.iter().filter(|action| wanted(action.value.status)).count());
    let found = |level: Level| count(entry.checked.findings().iter().filter(|finding| finding.level == level).count());
    let clocks = reviewed.clocks();
    let public = entry.publications.get("public").and_then(Publication::published);
    let mut row: Row = vec![
        ("id", Cell::Text(postmortem.id.value.clone())),
        ("path", Cell::Text(entry.path().to_owned())),
        ("title", Cell::Text(postmortem.title.value.clone())),
        ("status", text(postmortem.status.as_ref().map(|status| status.value.name().to_owned()))),
        ("severity", text(severity)),
        ("services", Cell::List(postmortem.services.iter().map(|service| service.value.clone()).collect())),
        ("owner", text(postmortem.owner.as_ref().map(|owner| owner.value.to_string()))),
    ];
    row.extend(Milestone::TIMES.into_iter().map(|milestone| (milestone.key(), text(postmortem.times.at(milestone).map(utc)))));
    row.extend([
        ("detect_minutes", minutes(metrics.detect)),
        ("acknowledge_minutes", minutes(metrics.acknowledge)),
        ("first_comms_minutes", minutes(metrics.first_comms)),
        ("mitigate_minutes", minutes(metrics.mitigate)),
        ("resolve_minutes", minutes(metrics.resolve)),
        ("downtime_minutes", minutes(metrics.downtime)),
        ("degraded_minutes", minutes(metrics.degraded)),
        ("duration_minutes", minutes(metrics.duration)),
        ("customers_affected", postmortem.customers_affected.as_ref().map_or(Cell::Unknown, |field| Cell::Count(field.value))),
        ("support_tickets", postmortem.support_tickets.as_ref().map_or(Cell::Unknown, |field| Cell::Count(field.value))),
        ("detection", text(postmortem.detection.as_ref().map(|field| field.value.name().to_owned()))),
        ("causes", Cell::List(postmortem.causes.iter().map(|cause| cause.value.clone()).collect())),
        ("tags", Cell::List(postmortem.tags.iter().map(|tag| tag.value.clone()).collect())),
        ("near_miss", Cell::Flag(postmortem.near_miss)),
        ("exclude_from_metrics", Cell::Flag(postmortem.exclude_from_metrics)),
        ("actions", count(postmortem.actions.len())),
        ("actions_pending", actions(ActionStatus::is_pending)),
        ("review", Cell::Text(reviewed.state().name().to_owned())),
        ("revisions", count(reviewed.revisions().len())),
        ("approvals_needed", count(reviewed.required())),
        ("drafted", text(clocks.draft.done.map(utc))),
        ("completed", text(clocks.completion.done.map(utc))),
        ("draft_sla", Cell::Text(clocks.draft.outcome.name().to_owned())),
        ("completion_sla", Cell::Text(clocks.completion.outcome.name().to_owned())),
        ("published", Cell::Flag(public.is_some())),
        ("errors", found(Level::Error)),
        ("warnings", found(Level::Warning)),
    ]);
    row
}
