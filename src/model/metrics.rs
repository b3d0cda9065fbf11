use chrono::{DateTime, FixedOffset};

use super::{Impact, ImpactLevel, Milestone, Postmortem};

/// The clocks of one incident, in decimal minutes computed from seconds. `None` where a time is unknown; negative values are kept (they are
/// findings, and trends leave them out).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Metrics {
    /// detected − started.
    pub detect: Option<f64>,
    /// acknowledged − detected.
    pub acknowledge: Option<f64>,
    /// `min(first_comms`, `status_page`) − started.
    pub first_comms: Option<f64>,
    /// mitigated − started.
    pub mitigate: Option<f64>,
    /// resolved − detected: from the first report to resolution.
    pub resolve: Option<f64>,
    /// Union of the `down` windows; without any impact window, mitigated (or resolved) − started.
    pub downtime: Option<f64>,
    /// Union of the `degraded` windows.
    pub degraded: Option<f64>,
    /// resolved − started.
    pub duration: Option<f64>,
}

impl Metrics {
    /// Computes every clock that the times of `postmortem` allow.
    #[must_use]
    pub fn of(postmortem: &Postmortem) -> Self {
        let at = |milestone| postmortem.times.at(milestone);
        let between = |from: Instant, to: Instant| Some(minutes((to? - from?).num_seconds()));
        let started = at(Milestone::Started);
        let first_comms = [at(Milestone::FirstComms), at(Milestone::StatusPage)].into_iter().flatten().min();
        let down = Impact::union_minutes(&postmortem.impacts, ImpactLevel::Down);
        let degraded = Impact::union_minutes(&postmortem.impacts, ImpactLevel::Degraded);
        Self {
            detect: between(started, at(Milestone::Detected)),
            acknowledge: between(at(Milestone::Detected), at(Milestone::Acknowledged)),
            first_comms: between(started, first_comms),
            mitigate: between(started, at(Milestone::Mitigated)),
            resolve: between(at(Milestone::Detected), at(Milestone::Resolved)),
            downtime: match (down, degraded) {
                (Some(down), _) => Some(down),
                (None, Some(_)) => Some(0.0),
                (None, None) => between(started, at(Milestone::Mitigated).or_else(|| at(Milestone::Resolved))),
            },
            degraded,
            duration: between(started, at(Milestone::Resolved)),
        }
    }
}

type Instant = Option<DateTime<FixedOffset>>;

/// Seconds as decimal minutes.
#[expect(clippy::cast_precision_loss, reason = "seconds of an incident are far below 2^52")]
pub(super) const fn minutes(seconds: i64) -> f64 {
    seconds as f64 / 60.0
}
