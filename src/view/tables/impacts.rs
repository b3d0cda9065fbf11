use super::{Column, ColumnKind, ID, PATH, Row, always, instant, key, maybe, maybe_text, minutes, text};
use crate::{config::Settings, corpus::Entry, model::ImpactLevel};

pub(super) const COLUMNS: &[Column] = &[
    ID,
    PATH,
    maybe("service", ColumnKind::Text, "id of the service, or its name as written; unknown: every service of the postmortem"),
    always("level", ColumnKind::Text, "`down` or `degraded`"),
    maybe("start", ColumnKind::Instant, "begin of the window"),
    maybe("end", ColumnKind::Instant, "its end"),
    maybe("minutes", ColumnKind::Minutes, "its length; windows may overlap, so don't add them up"),
    maybe("scope", ColumnKind::Text, "who or what was affected"),
];

pub(super) fn rows(entry: &Entry, settings: &Settings) -> Vec<Row> {
    let row = |impact: &crate::model::Impact| {
        let service = impact.service.as_ref().map(|name| settings.service(name).map_or(name, |service| &service.id));
        let length = impact.start.zip(impact.end).map(|(start, end)| end - start);
        let mut row: Row = key(entry).into();
        row.extend([
            maybe_text(service),
            text(if impact.level == ImpactLevel::Down { "down" } else { "degraded" }),
            instant(impact.start),
            instant(impact.end),
            minutes(length.map(crate::corpus::minutes)),
            maybe_text(impact.scope.as_ref()),
        ]);
        row
    };
    entry.postmortem().impacts.iter().map(|field| row(&field.value)).collect()
}
