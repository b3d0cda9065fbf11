use chrono::{DateTime, FixedOffset};

use super::Field;

/// How much of a service was gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ImpactLevel {
    /// It could not be used.
    Down,
    /// It could be used, worse than promised.
    Degraded,
}

/// One window of impact on one service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Impact {
    /// Id or name of the service; `None` means all services of the postmortem.
    pub service: Option<String>,
    /// Down or degraded.
    pub level: ImpactLevel,
    /// Begin; `None` when unknown.
    pub start: Option<DateTime<FixedOffset>>,
    /// End; `None` when unknown.
    pub end: Option<DateTime<FixedOffset>>,
    /// Who or what was affected, in words.
    pub scope: Option<String>,
}

impl Impact {
    /// Minutes covered by the windows of `level`, overlapping ones counted once; `None` without a complete window of that level.
    #[must_use]
    pub fn union_minutes(impacts: &[Field<Self>], level: ImpactLevel) -> Option<f64> {
        let mut windows: Vec<_> = impacts
            .iter()
            .filter(|impact| impact.value.level == level)
            .filter_map(|impact| Some((impact.value.start?, impact.value.end?)))
            .filter(|(start, end)| start <= end)
            .collect();
        if windows.is_empty() {
            return None;
        }
        windows.sort();
        let mut seconds = 0;
        let mut covered_to = None;
        for (start, end) in windows {
            let from = covered_to.map_or(start, |to| start.max(to));
            seconds += (end - from).num_seconds().max(0);
            covered_to = Some(covered_to.map_or(end, |to: DateTime<FixedOffset>| to.max(end)));
        }
        Some(super::metrics::minutes(seconds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::Origin, text::Span};

    fn window(start: &str, end: &str) -> Field<Impact> {
        let at = |clock: &str| DateTime::parse_from_rfc3339(&format!("2026-03-14T{clock}:00Z")).ok();
        Field::new(
            Impact { service: None, level: ImpactLevel::Down, start: at(start), end: at(end), scope: None },
            Span::default(),
            Origin::FrontMatter,
        )
    }

    #[test]
    fn overlapping_windows_count_once() {
        let impacts = [window("10:00", "10:30"), window("10:20", "10:40"), window("10:25", "10:28"), window("11:00", "11:05")];
        assert_eq!(Impact::union_minutes(&impacts, ImpactLevel::Down), Some(45.0));
        assert_eq!(Impact::union_minutes(&impacts, ImpactLevel::Degraded), None);
    }
}
