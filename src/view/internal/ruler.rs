use crate::{
    i18n::Catalogue,
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

/// Pixels of the line at the width for which labels are laid out.
const WIDTH: f64 = 571.0;

/// Room that a label takes, in per cent of the line.
fn label_width(label: &str) -> f64 {
    let pixels: f64 = label.chars().map(|letter| if letter.is_ascii() { 7.4 } else { 13.0 }).sum();
    (pixels + 14.0) / WIDTH * 100.0
}

/// The ruler of an incident; none unless start and end are known and apart.
pub(super) fn ruler(times: &Times, language: &Catalogue) -> Option<Ruler> {
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
    let mut marks: Vec<RulerMark> = Vec::new();
    let mut before = None;
    for (at, milestone, estimated) in points {
        let gap_minutes = before.map(|before| seconds(before, at) / 60.0);
        let percent = round(seconds(start, at) / whole * 100.0);
        marks.push(RulerMark { key: milestone.key().to_owned(), at: rfc3339(at), estimated, percent, row: 0, gap_minutes });
        before = Some(at);
    }
    // A label is a flag to the right of its mark: it goes above the labels of later marks that it would reach.
    for index in (0..marks.len()).rev() {
        let (earlier, later) = marks.split_at_mut(index + 1);
        if let Some(mark) = earlier.last_mut() {
            let end = mark.percent + label_width(&language.text(&format!("time-{}", mark.key)));
            mark.row = later.iter().filter(|other| other.percent < end).map(|other| other.row + 1).max().unwrap_or(0);
        }
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
        rows: marks.iter().map(|mark| mark.row + 1).max().unwrap_or(1),
        gaps: gaps.collect(),
        marks,
        unknown: expected.into_iter().filter(is_unknown).map(|milestone| milestone.key().to_owned()).collect(),
    })
}

/// The zone of a time as pages name it: `UTC` or `UTC+09:00`.
#[must_use]
pub fn zone(at: chrono::DateTime<chrono::FixedOffset>) -> String {
    if at.offset().local_minus_utc() == 0 { "UTC".to_owned() } else { format!("UTC{}", at.offset()) }
}
