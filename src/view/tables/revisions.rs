use super::{Cell, Column, ColumnKind, ID, PATH, Row, always, count, instant, key, maybe, maybe_text, text};
use crate::corpus::Entry;

pub(super) const COLUMNS: &[Column] = &[
    ID,
    PATH,
    always("number", ColumnKind::Count, "place in the history of the postmortem, from 1"),
    always("commit", ColumnKind::Text, "its id"),
    always("author", ColumnKind::Text, "who wrote it, by the mailmap"),
    maybe("email", ColumnKind::Text, "their address"),
    maybe("date", ColumnKind::Instant, "its author date"),
    always("subject", ColumnKind::Text, "first line of its message"),
    maybe("renamed_from", ColumnKind::Text, "the path before, where it moved the document"),
    maybe("status", ColumnKind::Text, "what its author declared: `draft`, `in-review`, `final` or `withdrawn`"),
    always("matters", ColumnKind::Flag, "it changed more than bookkeeping, so that approvals don't cover it"),
];

pub(super) fn rows(entry: &Entry) -> Vec<Row> {
    let row = |(index, reviewed): (usize, &crate::review::ReviewedRevision)| {
        let commit = &reviewed.revision.commit;
        let mut row: Row = key(entry).into();
        row.extend([
            count(index + 1),
            text(commit.id.to_string()),
            text(commit.author.to_string()),
            maybe_text(commit.author.email.as_ref()),
            instant(Some(commit.authored)),
            text(&commit.subject),
            maybe_text(reviewed.revision.renamed_from.as_ref()),
            maybe_text(reviewed.status.map(crate::model::Status::name)),
            Cell::Flag(reviewed.matters),
        ]);
        row
    };
    entry.checked.reviewed().revisions().iter().enumerate().map(row).collect()
}
