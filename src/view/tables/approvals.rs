use super::{Cell, Column, ColumnKind, ID, PATH, Row, always, instant, key, maybe, maybe_text, text};
use crate::{corpus::Entry, review::Rejection};

pub(super) const COLUMNS: &[Column] = &[
    ID,
    PATH,
    always("by", ColumnKind::Text, "who reviewed"),
    maybe("email", ColumnKind::Text, "their address"),
    always("kind", ColumnKind::Text, "`trailer`, `merge` or `squash`"),
    always("commit", ColumnKind::Text, "the commit that says so"),
    maybe("date", ColumnKind::Instant, "its author date"),
    always("counts", ColumnKind::Flag, "whether it counts"),
    maybe("reason", ColumnKind::Text, "why it does not"),
    always("signature", ColumnKind::Text, "`signed, verified`, `signed, not verified` or `unsigned`"),
    maybe("recorded_by", ColumnKind::Text, "who made the commit, where that is somebody else"),
    maybe("via", ColumnKind::Text, "where it was given, when the commit only records it"),
    maybe("reverted_by", ColumnKind::Text, "the commit that took it back"),
];

pub(super) fn rows(entry: &Entry) -> Vec<Row> {
    let row = |approval: &crate::review::Approval| {
        let mut row: Row = key(entry).into();
        row.extend([
            text(approval.by.to_string()),
            maybe_text(approval.by.email.as_ref()),
            text(approval.kind.name()),
            text(approval.commit.id.to_string()),
            instant(Some(approval.commit.authored)),
            Cell::Flag(approval.rejected.is_none()),
            maybe_text(approval.rejected.map(Rejection::reason)),
            text(approval.signature.name()),
            maybe_text(approval.recorded_by.as_ref().map(ToString::to_string)),
            maybe_text(approval.via.as_ref()),
            maybe_text(approval.reverted_by.as_ref().map(|commit| commit.id.to_string())),
        ]);
        row
    };
    entry.checked.reviewed().approvals().iter().map(row).collect()
}
