use chrono::NaiveDate;

use super::{Cell, Column, ColumnKind, ID, PATH, Row, always, count, instant, key, maybe, maybe_text, text};
use crate::{corpus::Entry, model::ActionKind};

pub(super) const COLUMNS: &[Column] = &[
    ID,
    PATH,
    always("number", ColumnKind::Count, "place in the list of the postmortem, from 1"),
    maybe("action", ColumnKind::Text, "id of the action as written"),
    always("title", ColumnKind::Text, "what will be different"),
    maybe("type", ColumnKind::Text, "`prevent`, `detect`, `mitigate` or `process`"),
    maybe("owner", ColumnKind::Text, "who sees to it"),
    maybe("due", ColumnKind::Day, "the last day on which it is not late"),
    maybe("ticket", ColumnKind::Text, "as written"),
    maybe("priority", ColumnKind::Text, "as written"),
    always("status", ColumnKind::Text, "`open`, `in-progress`, `done` or `declined`"),
    always("overdue", ColumnKind::Flag, "neither done nor declined, and its day is over"),
    maybe("reason", ColumnKind::Text, "why it was declined"),
    maybe("opened", ColumnKind::Instant, "the first commit whose text has it"),
    maybe("settled", ColumnKind::Instant, "the commit since which it is done or declined"),
];

pub(super) fn rows(entry: &Entry, today: NaiveDate) -> Vec<Row> {
    let clocks = entry.checked.reviewed().action_clocks();
    let row = |(index, field): (usize, &crate::model::Field<crate::model::Action>)| {
        let action = &field.value;
        let clock = clocks.get(index).copied().unwrap_or_default();
        let mut row: Row = key(entry).into();
        row.extend([
            count(index + 1),
            maybe_text(action.id.as_ref()),
            text(&action.title),
            maybe_text(action.kind.map(ActionKind::name)),
            maybe_text(action.owner.as_ref().map(ToString::to_string)),
            maybe_text(action.due.as_ref().map(|due| due.value.to_string())),
            maybe_text(action.ticket.as_ref()),
            maybe_text(action.priority.as_ref()),
            text(action.status.name()),
            Cell::Flag(action.is_overdue(today)),
            maybe_text(action.reason.as_ref()),
            instant(clock.opened),
            instant(clock.settled),
        ]);
        row
    };
    entry.postmortem().actions.iter().enumerate().map(row).collect()
}
