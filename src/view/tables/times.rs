use super::{Cell, Column, ColumnKind, ID, PATH, Row, always, instant, key, maybe, text};
use crate::{
    corpus::Entry,
    model::{Milestone, Origin, Precision},
};

pub(super) const COLUMNS: &[Column] = &[
    ID,
    PATH,
    always("milestone", ColumnKind::Text, "`started`, `detected`, `acknowledged`, `first_comms`, `status_page`, `mitigated` or `resolved`"),
    maybe("at", ColumnKind::Instant, "the instant; unknown where it says `unknown` or can't be read"),
    always("written", ColumnKind::Text, "the text as written"),
    always("precision", ColumnKind::Text, "`second`, `minute` or `day`"),
    always("estimated", ColumnKind::Flag, "the author calls it an estimate"),
    always("origin", ColumnKind::Text, "`front matter`, `timeline`, `text`, `file name` or `git`"),
];

pub(super) fn rows(entry: &Entry) -> Vec<Row> {
    let times = &entry.postmortem().times;
    let row = |milestone: Milestone| {
        let field = times.get(milestone)?;
        let moment = &field.value;
        let mut row: Row = key(entry).into();
        row.extend([
            text(milestone.key()),
            instant(moment.at),
            text(&moment.written),
            text(match moment.precision {
                Precision::Second => "second",
                Precision::Minute => "minute",
                Precision::Day => "day",
            }),
            Cell::Flag(moment.estimated),
            text(match field.origin {
                Origin::FrontMatter => "front matter",
                Origin::Timeline => "timeline",
                Origin::Body | Origin::Heading => "text",
                Origin::FileName => "file name",
                Origin::Git => "git",
            }),
        ]);
        Some(row)
    };
    Milestone::TIMES.into_iter().filter_map(row).collect()
}
