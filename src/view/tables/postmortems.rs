use super::{Cell, Column, ColumnKind, always, count, instant, maybe, maybe_text, minutes, text};
use crate::{
    config::Settings,
    corpus::{Entry, Publication},
    findings::Level,
    model::{ActionStatus, Milestone},
};

pub(super) const COLUMNS: &[Column] = &[
    always("id", ColumnKind::Text, "id of the postmortem"),
    always("path", ColumnKind::Text, "path from the repository's root"),
    always("title", ColumnKind::Text, "what happened"),
    maybe("status", ColumnKind::Text, "`draft`, `in-review`, `final` or `withdrawn`"),
    maybe("severity", ColumnKind::Text, "configured id, else the word as written"),
    always("services", ColumnKind::List, "ids, or names as written"),
    maybe("owner", ColumnKind::Text, "who answers for the text"),
    maybe("started", ColumnKind::Instant, "impact began"),
    maybe("detected", ColumnKind::Instant, "first alert, report or ticket"),
    maybe("acknowledged", ColumnKind::Instant, "somebody took it"),
    maybe("first_comms", ColumnKind::Instant, "first communication, inside or outside"),
    maybe("status_page", ColumnKind::Instant, "first update of the status page"),
    maybe("mitigated", ColumnKind::Instant, "impact ended or became bearable"),
    maybe("resolved", ColumnKind::Instant, "over"),
    maybe("detect_minutes", ColumnKind::Minutes, "detected − started"),
    maybe("acknowledge_minutes", ColumnKind::Minutes, "acknowledged − detected"),
    maybe("first_comms_minutes", ColumnKind::Minutes, "the earlier of first_comms and status_page − started"),
    maybe("mitigate_minutes", ColumnKind::Minutes, "mitigated − started"),
    maybe("resolve_minutes", ColumnKind::Minutes, "resolved − detected"),
    maybe("downtime_minutes", ColumnKind::Minutes, "union of the `down` windows; without windows, mitigated or resolved − started"),
    maybe("degraded_minutes", ColumnKind::Minutes, "union of the `degraded` windows"),
    maybe("duration_minutes", ColumnKind::Minutes, "resolved − started"),
    maybe("customers_affected", ColumnKind::Count, "number of customers"),
    maybe("support_tickets", ColumnKind::Count, "number of tickets"),
    maybe("detection", ColumnKind::Text, "`alert`, `monitoring`, `customer`, `employee` or `third-party`"),
    always("causes", ColumnKind::List, "contributing factors"),
    always("tags", ColumnKind::List, "free words"),
    always("near_miss", ColumnKind::Flag, "nothing happened, but it could have; stays out of figures"),
    always("exclude_from_metrics", ColumnKind::Flag, "stays out of figures"),
    always("actions", ColumnKind::Count, "number of action items"),
    always("actions_pending", ColumnKind::Count, "those that are neither done nor declined"),
    always("review", ColumnKind::Text, "`unreviewed`, `approved` or `stale`"),
    always("revisions", ColumnKind::Count, "commits that changed it"),
    always("approvals_needed", ColumnKind::Count, "approvals that its severity needs"),
    maybe("drafted", ColumnKind::Instant, "first commit"),
    maybe("completed", ColumnKind::Instant, "the commit by which it was final and approved"),
    always("draft_sla", ColumnKind::Text, "`met`, `late`, `pending`, `overdue` or `unknown`"),
    always("completion_sla", ColumnKind::Text, "`met`, `late`, `pending`, `overdue` or `unknown`"),
    always("published", ColumnKind::Flag, "whether `public` reads it"),
    always("errors", ColumnKind::Count, "findings of level error"),
    always("warnings", ColumnKind::Count, "findings of level warning"),
];

pub(super) fn row(entry: &Entry, settings: &Settings) -> super::Row {
    let postmortem = entry.postmortem();
    let reviewed = entry.checked.reviewed();
    let metrics = &entry.metrics;
    let severity = postmortem.severity.as_ref().map(|severity| {
        let known = severity.value.rank.and_then(|rank| settings.severities.get(rank));
        known.map_or_else(|| severity.value.written.clone(), |known| known.id.clone())
    });
    let actions = |wanted: fn(ActionStatus) -> bool| count(postmortem.actions.iter().filter(|action| wanted(action.value.status)).count());
    let found = |level: Level| count(entry.checked.findings().iter().filter(|finding| finding.level == level).count());
    let clocks = reviewed.clocks();
    let public = entry.publications.get("public").and_then(Publication::published);
    let mut row = vec![
        text(&postmortem.id.value),
        text(entry.path()),
        text(&postmortem.title.value),
        maybe_text(postmortem.status.as_ref().map(|status| status.value.name())),
        maybe_text(severity),
        Cell::List(postmortem.services.iter().map(|service| service.value.clone()).collect()),
        maybe_text(postmortem.owner.as_ref().map(|owner| owner.value.to_string())),
    ];
    row.extend(Milestone::TIMES.into_iter().map(|milestone| instant(postmortem.times.at(milestone))));
    row.extend([
        minutes(metrics.detect),
        minutes(metrics.acknowledge),
        minutes(metrics.first_comms),
        minutes(metrics.mitigate),
        minutes(metrics.resolve),
        minutes(metrics.downtime),
        minutes(metrics.degraded),
        minutes(metrics.duration),
        postmortem.customers_affected.as_ref().map_or(Cell::Unknown, |field| Cell::Count(field.value)),
        postmortem.support_tickets.as_ref().map_or(Cell::Unknown, |field| Cell::Count(field.value)),
        maybe_text(postmortem.detection.as_ref().map(|field| field.value.name())),
        Cell::List(postmortem.causes.iter().map(|cause| cause.value.clone()).collect()),
        Cell::List(postmortem.tags.iter().map(|tag| tag.value.clone()).collect()),
        Cell::Flag(postmortem.near_miss),
        Cell::Flag(postmortem.exclude_from_metrics),
        count(postmortem.actions.len()),
        actions(ActionStatus::is_pending),
        text(reviewed.state().name()),
        count(reviewed.revisions().len()),
        count(reviewed.required()),
        instant(clocks.draft.done),
        instant(clocks.completion.done),
        text(clocks.draft.outcome.name()),
        text(clocks.completion.outcome.name()),
        Cell::Flag(public.is_some()),
        found(Level::Error),
        found(Level::Warning),
    ]);
    row
}
