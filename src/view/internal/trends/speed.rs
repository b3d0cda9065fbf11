use super::{
    measures::{DURATION, MEASURES, Measure, MeasureView, change, known},
    progress::ProgressView,
    scope::{Incident, Scope, Study},
};
use crate::{
    corpus::{Distribution, Period},
    view::{
        chart::{KeyEntry, count, log_position, round},
        internal::{Pages, href},
        value::template_structs,
    },
};

template_structs! {
    /// How fast.
    Speed {
        /// What the sentence speaks of.
        lead: Lead,
        /// Lines of the logarithmic scale.
        ticks: Vec<SpeedTick>,
        /// One strip per clock that somebody has a value of.
        measures: Vec<Strip>,
        /// Keys of the others.
        unmeasured: Vec<String>,
        /// What the colours of dots mean; nothing where there are none.
        key: Vec<KeyEntry>,
        /// How the lead went from period to period.
        progress: ProgressView,
        /// Incidents with their clocks, the slowest first.
        incidents: Vec<TimedIncident>,
        /// Incidents that the table leaves out.
        more: usize,
    }
    /// The clock that the sentence speaks of: time to resolve, or the whole length where nobody knows when it was detected.
    Lead {
        /// Its key.
        key: String,
        /// What may be said: `unknown`, `few`, `alone`, `few-before`, `fell`, `rose` or `unclear`.
        change: String,
        /// Its figures.
        now: MeasureView,
        /// Those of the period before.
        before: MeasureView,
    }
    /// A line of the logarithmic scale.
    SpeedTick {
        /// Per cent from the left.
        x: f64,
        /// What it stands for.
        minutes: f64,
    }
    /// The dots of one clock.
    Strip {
        /// Key of the clock.
        key: String,
        /// Incidents with a value.
        n: usize,
        /// Incidents without one.
        left_out: usize,
        /// The middle.
        median: Option<f64>,
        /// Nine in ten do not exceed it.
        p90: Option<f64>,
        /// The largest.
        max: Option<f64>,
        /// Arithmetic mean.
        mean: Option<f64>,
        /// Median of the period before.
        before: Option<f64>,
        /// Per cent from the left.
        median_x: Option<f64>,
        /// Per cent from the left.
        p90_x: Option<f64>,
        /// One per incident; none where there are too many to tell apart.
        dots: Vec<Dot>,
        /// How many incidents last how long, where there are too many for dots.
        bins: Vec<Bin>,
        /// Pixels from the top to the line on which dots stand.
        base: usize,
    }
    /// One incident on a strip.
    Dot {
        /// Per cent from the left.
        x: f64,
        /// Pixels from the top.
        y: usize,
        /// Class of its colour.
        class: String,
        /// Title, severity and value.
        title: String,
        /// Page.
        href: String,
    }
    /// Incidents that last about as long.
    Bin {
        /// Per cent from the left.
        x: f64,
        /// Pixels.
        height: f64,
        /// How many.
        count: usize,
    }
    /// An incident with its clocks.
    TimedIncident {
        /// Title.
        title: String,
        /// Language of the title, where it is not that of the interface.
        lang: Option<String>,
        /// Page.
        href: String,
        /// One value per strip, in minutes.
        values: Vec<Option<f64>>,
    }
}

/// Values on a strip from which on dots would be a cloud.
const CLOUD: usize = 150;

/// Incidents in the table: with more, only the slowest are looked at one by one.
const LISTED: usize = 60;

/// Those that such a table lists.
const SLOWEST: usize = 20;

/// Width of a bin in per cent.
const BIN: f64 = 1.25;

type Clock = (&'static str, Measure);

/// The distribution of a clock among the figures of a period.
pub(super) fn of_period<'p>(key: &str, period: &'p Period) -> &'p Distribution {
    match key {
        "detect" => &period.detect,
        "acknowledge" => &period.acknowledge,
        "first_comms" => &period.first_comms,
        "mitigate" => &period.mitigate,
        "resolve" => &period.resolve,
        _ => &period.duration,
    }
}

impl Pages<'_> {
    pub(super) fn speed(&self, study: &Study<'_>, scope: &Scope<'_>) -> Speed {
        const TICKS: [f64; 9] = [1.0, 5.0, 15.0, 60.0, 240.0, 1440.0, 10080.0, 43200.0, 525_600.0];
        let before = scope.before.as_ref().map(|before| &before.figures);
        let lead = if scope.figures.resolve.n == 0 && scope.figures.duration.n > 0 { DURATION } else { MEASURES[4] };
        let clocks = MEASURES.into_iter().chain((lead.0 == DURATION.0).then_some(DURATION));
        let (measured, unmeasured): (Vec<Clock>, Vec<Clock>) = clocks.partition(|(key, _)| of_period(key, &scope.figures).n > 0);
        let largest = measured.iter().filter_map(|(key, _)| of_period(key, &scope.figures).max).fold(10.0, f64::max);
        let (now, then) = (of_period(lead.0, &scope.figures), before.map(|before| of_period(lead.0, before)));
        let values = |incidents: &[&Incident<'_>]| incidents.iter().filter_map(|incident| known(lead.1(&incident.row.metrics))).collect::<Vec<_>>();
        let earlier = scope.before.as_ref().map(|before| values(&before.incidents));
        let mut slowest: Vec<&Incident<'_>> = scope.incidents.clone();
        let length = |incident: &Incident<'_>| known(lead.1(&incident.row.metrics)).unwrap_or(-1.0);
        slowest.sort_by(|one, other| length(other).total_cmp(&length(one)).then_with(|| one.entry.key.cmp(&other.entry.key)));
        let shown = if slowest.len() > LISTED { SLOWEST } else { slowest.len() };
        let measures: Vec<Strip> = measured.iter().map(|clock| self.strip(*clock, scope, before, largest)).collect();
        Speed {
            lead: Lead {
                key: lead.0.to_owned(),
                change: change(&values(&scope.incidents), earlier.as_deref()).to_owned(),
                now: MeasureView::new(lead.0, now),
                before: MeasureView::new(lead.0, &then.cloned().unwrap_or_default()),
            },
            ticks: TICKS
                .into_iter()
                .filter(|minutes| *minutes <= largest)
                .map(|minutes| SpeedTick { x: log_position(minutes, largest), minutes })
                .collect(),
            unmeasured: unmeasured.iter().map(|(key, _)| (*key).to_owned()).collect(),
            key: if measures.iter().any(|strip| !strip.dots.is_empty()) { self.severity_key(&scope.entries()) } else { Vec::new() },
            measures,
            progress: self.progress(study, scope, lead, largest),
            incidents: slowest.iter().take(shown).map(|incident| self.timed(incident, &measured)).collect(),
            more: slowest.len() - shown,
        }
    }

    fn timed(&self, incident: &Incident<'_>, measured: &[Clock]) -> TimedIncident {
        TimedIncident {
            title: incident.entry.postmortem().title.value.clone(),
            lang: self.foreign_lang(incident.entry),
            href: href(&incident.entry.key),
            values: measured.iter().map(|(_, value)| known(value(&incident.row.metrics))).collect(),
        }
    }

    fn strip(&self, (key, value): Clock, scope: &Scope<'_>, before: Option<&Period>, largest: f64) -> Strip {
        let mut points: Vec<(f64, &Incident<'_>)> =
            scope.incidents.iter().filter_map(|incident| Some((known(value(&incident.row.metrics))?, *incident))).collect();
        points.sort_by(|one, other| one.0.total_cmp(&other.0).then_with(|| one.1.entry.key.cmp(&other.1.entry.key)));
        let is_cloud = points.len() > CLOUD;
        let bins = if is_cloud { bins(points.iter().map(|(minutes, _)| log_position(*minutes, largest))) } else { Vec::new() };
        let drawn = if is_cloud { Vec::new() } else { points };
        let mut ends: Vec<f64> = Vec::new();
        let dots: Vec<(f64, usize, f64, &Incident<'_>)> = drawn
            .into_iter()
            .map(|(minutes, incident)| {
                let x = log_position(minutes, largest);
                // A dot needs about a hundredth of the strip; what would overlap goes up a row.
                let row = ends.iter().position(|end| *end <= x).unwrap_or(ends.len()).min(11);
                match ends.get_mut(row) {
                    Some(end) => *end = x + 1.1,
                    None => ends.push(x + 1.1),
                }
                (x, row, minutes, incident)
            })
            .collect();
        let base = if is_cloud { HIGHEST + 28 } else { ends.len().max(1) * 9 + 28 };
        let dots = dots.into_iter().map(|(x, row, minutes, incident)| Dot {
            x,
            y: (base - 8).saturating_sub(row * 9),
            class: incident.row.rank.map_or_else(|| "severity-unknown".to_owned(), |rank| format!("severity-{}", (rank + 1).min(4))),
            title: format!("{}, {}, {}", incident.entry.postmortem().title.value, self.severity_word(incident), self.language.duration(minutes)),
            href: href(&incident.entry.key),
        });
        let Distribution { n, left_out, median, p90, max, mean } = *of_period(key, &scope.figures);
        Strip {
            key: key.to_owned(),
            n,
            left_out,
            median,
            p90,
            max,
            mean,
            before: before.and_then(|before| of_period(key, before).median),
            median_x: median.map(|minutes| log_position(minutes, largest)),
            p90_x: p90.map(|minutes| log_position(minutes, largest)),
            dots: dots.collect(),
            bins,
            base,
        }
    }

    fn severity_word(&self, incident: &Incident<'_>) -> String {
        if incident.row.rank.is_none() { self.language.text("severity-unknown") } else { incident.row.severity.clone() }
    }
}

/// Pixels of the fullest bin.
const HIGHEST: usize = 64;

fn bins(positions: impl Iterator<Item = f64>) -> Vec<Bin> {
    let mut counts: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
    for position in positions {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "per cent")]
        let bin = (position / BIN).floor().max(0.0) as usize;
        *counts.entry(bin).or_default() += 1;
    }
    let largest = counts.values().copied().max().unwrap_or(1);
    let bin = |(bin, value): (usize, usize)| Bin { x: round(count(bin) * BIN), height: round(count(value * HIGHEST) / count(largest)), count: value };
    counts.into_iter().map(bin).collect()
}
