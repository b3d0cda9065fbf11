use crate::{
    model::{Milestone, Times},
    view::{chart::round, site::rfc3339, value::template_structs},
};

template_structs! {
    /// The line from start to resolution.
    Ruler {
        /// Zone of the clocks on it.
        zone: String,
        /// Rows that its labels need.
        rows: usize,
        /// Milestones in order of time.
        marks: Vec<RulerMark>,
        /// Distances between neighbours.
        gaps: Vec<RulerGap>,
        /// Keys of milestones that nobody knows.
        unknown: Vec<String>,
    }
    /// A milestone on the line.
    RulerMark {
        /// Key of the milestone.
        key: String,
        /// When, RFC 3339.
        at: String,
        /// Whether the author estimated it.
        estimated: bool,
        /// Distance from the start in per cent of the whole.
        percent: f64,
        /// Row of its label, from 0 at the bottom.
        row: usize,
        /// Minutes since the mark before it.
        gap_minutes: Option<f64>,
    }
    /// A distance between two marks.
    RulerGap {
        /// Per cent.
        from: f64,
        /// Per cent.
        to: f64,
        /// Its length.
        minutes: f64,
        /// Whether a label fits under it.
        fits: bool,
    }
}

/// Room that a label takes, in per cent of the line.
const LABEL: f64 = 15.0;

/// The ruler of an incident; none unless start and end are known and apart.
pub(super) fn ruler(times: &Times) -> Option<Ruler> {
    let known = |milestone: Milestone| times.get(milestone).filter(|field| field.value.at.is_some());
    let (start, end) = (times.at(Milestone::Started)?, times.at(Milestone::Resolved)?);
    #[expect(clippy::cast_precision_loss, reason = "seconds of an incident")]
    let seconds = |from: chrono::DateTime<chrono::FixedOffset>, to: chrono::DateTime<chrono::FixedOffset>| (to - from).num_seconds() as f64;
    let whole = seconds(start, end);
    if whole <= 0.0 {
        return None;
    }
    let mut points: Vec<_> = Milestone::TIMES
        .into_iter()
        .filter_map(|milestone| known(milestone).and_then(|field| Some((field.value.at?, milestone, field.value.estimated))))
        .filter(|(at, ..)| (start..=end).contains(at))
        .collect();
    points.sort_by_key(|(at, milestone, _)| (*at, *milestone));
    let mut ends_of_rows: Vec<f64> = Vec::new();
    let mut marks: Vec<RulerMark> = Vec::new();
    let mut before = None;
    for (at, milestone, estimated) in points {
        let percent = round(seconds(start, at) / whole * 100.0);
        let row = ends_of_rows.iter().position(|end| *end <= percent).unwrap_or(ends_of_rows.len());
        match ends_of_rows.get_mut(row) {
            Some(end) => *end = percent + LABEL,
            None => ends_of_rows.push(percent + LABEL),
        }
        let gap_minutes = before.map(|before| seconds(before, at) / 60.0);
        marks.push(RulerMark { key: milestone.key().to_owned(), at: rfc3339(at), estimated, percent, row, gap_minutes });
        before = Some(at);
    }
    let pairs = marks.windows(2);
    let gaps = pairs.filter_map(|pair| {
        let [one, other] = pair else { return None };
        let minutes = other.gap_minutes?;
        Some(RulerGap { from: one.percent, to: other.percent, minutes, fits: other.percent - one.percent >= 9.0 })
    });
    let expected = [Milestone::Detected, Milestone::FirstComms, Milestone::Mitigated];
    let is_unknown =
        |milestone: &Milestone| known(*milestone).is_none() && (*milestone != Milestone::FirstComms || known(Milestone::StatusPage).is_none());
    Some(Ruler {
        zone: zone(start),
        rows: ends_of_rows.len(),
        gaps: gaps.collect(),
        marks,
        unknown: expected.into_iter().filter(is_unknown).map(|milestone| milestone.key().to_owned()).collect(),
    })
}

/// `UTC` or `UTC+09:00`.
pub(in crate::view) fn zone(at: chrono::DateTime<chrono::FixedOffset>) -> String {
    if at.offset().local_minus_utc() == 0 { "UTC".to_owned() } else { format!("UTC{}", at.offset()) }
}
