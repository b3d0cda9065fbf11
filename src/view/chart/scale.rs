use super::Unit;

/// Lines from 0 to at least `largest`: at most five, at 1, 2 or 5 times a power of ten; for minutes at steps of a clock.
pub(super) fn nice_ticks(largest: f64, unit: Unit) -> Vec<f64> {
    const MINUTES: &[f64] = &[
        1.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 180.0, 360.0, 720.0, 1440.0, 2880.0, 7200.0, 14400.0, 28800.0, 43200.0, 72000.0, 144_000.0,
        288_000.0,
    ];
    let fits = |step: f64| (largest / step).ceil() <= 4.0;
    let decimal = (0..12).flat_map(|power| [1.0, 2.0, 5.0].map(|digit| digit * 10_f64.powi(power)));
    let step = match unit {
        Unit::Minutes => MINUTES.iter().copied().chain(decimal).find(|step| fits(*step)),
        Unit::Incidents | Unit::Actions | Unit::Approvals => decimal.into_iter().find(|step| fits(*step)),
    };
    let step = step.unwrap_or_else(|| largest.max(1.0));
    let lines = whole((largest / step).ceil().max(1.0));
    (0..=lines).map(|line| count(line) * step).collect()
}

/// Where a duration stands on a logarithmic strip from one minute to `largest`, in per cent.
pub(in crate::view) fn log_position(minutes: f64, largest: f64) -> f64 {
    let top = largest.max(10.0).ln();
    round((minutes.max(1.0).ln() / top * 100.0).clamp(0.0, 100.0))
}

#[expect(clippy::cast_precision_loss, reason = "counts of incidents and pixels")]
pub(in crate::view) const fn count(value: usize) -> f64 {
    value as f64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small sums of counts")]
pub(super) fn whole(value: f64) -> usize {
    value.round().max(0.0) as usize
}

/// Three decimals: enough for a picture, and the same on every machine.
pub(in crate::view) fn round(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn ticks_begin_at_zero_reach_the_largest_value_and_are_few(largest in 0.0_f64..1e7) {
            for unit in [Unit::Incidents, Unit::Minutes] {
                let ticks = nice_ticks(largest, unit);
                prop_assert!(ticks.first() == Some(&0.0) && (2..=6).contains(&ticks.len()), "{ticks:?}");
                prop_assert!(ticks.last().copied().unwrap() >= largest);
            }
        }
    }
}
