use super::Reading;
use crate::view::{html::Renderer, internal::zone, site::rfc3339, value::template_structs};

template_structs! {
    /// A row of the public timeline.
    PublicRow {
        /// When, RFC 3339.
        at: Option<String>,
        /// Always none: a time as written never goes outside.
        text_time: Option<String>,
        /// What happened, safe HTML.
        html: String,
    }
    /// A day of the public timeline.
    PublicDay {
        /// The day.
        date: Option<String>,
        /// Its rows.
        rows: Vec<PublicRow>,
    }
    /// The public timeline.
    PublicTimeline {
        /// Zone of its clocks.
        zone: String,
        /// Its days.
        days: Vec<PublicDay>,
    }
}

pub(super) fn timeline(reading: &Reading, renderer: &mut Renderer<'_>) -> Option<PublicTimeline> {
    let offset = reading.rows.iter().find_map(|row| row.at).or(reading.started)?;
    let mut days: Vec<PublicDay> = Vec::new();
    for row in &reading.rows {
        let date = row.at.map(|at| at.date_naive().to_string());
        let line = PublicRow { at: row.at.map(rfc3339), text_time: None, html: renderer.render_inline(&row.markdown) };
        match days.last_mut() {
            Some(day) if day.date == date || date.is_none() => day.rows.push(line),
            _ => days.push(PublicDay { date, rows: vec![line] }),
        }
    }
    (!days.is_empty()).then(|| PublicTimeline { zone: zone(offset), days })
}
