use crate::{
    corpus::Distribution,
    model::Metrics,
    view::{chart::count, value::template_structs},
};

template_structs! {
    /// A distribution of minutes, with its n.
    MeasureView {
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
    }
}

/// The value of one clock in minutes.
pub(super) type Measure = fn(&Metrics) -> Option<f64>;

/// The five clocks with their keys, in the order in which they run.
pub(in crate::view::internal) const MEASURES: [(&str, Measure); 5] = [
    ("detect", |metrics| metrics.detect),
    ("acknowledge", |metrics| metrics.acknowledge),
    ("first_comms", |metrics| metrics.first_comms),
    ("mitigate", |metrics| metrics.mitigate),
    ("resolve", |metrics| metrics.resolve),
];

/// The whole length, which is known where nobody wrote down when it was detected. One that ended when it began has no known length.
pub(super) const DURATION: (&str, Measure) = ("duration", |metrics| metrics.duration.filter(|minutes| *minutes != 0.0));

/// A value that counts: a negative duration is a slip, and left out like an unknown one.
pub(super) fn known(minutes: Option<f64>) -> Option<f64> {
    minutes.filter(|minutes| *minutes >= 0.0)
}

/// Below this many values a sample is called small, and no change is read from it.
pub(super) const FEW: usize = 8;

impl MeasureView {
    pub(in crate::view::internal) fn new(key: &str, distribution: &Distribution) -> Self {
        let Distribution { n, left_out, median, p90, max, mean } = *distribution;
        Self { key: key.to_owned(), n, left_out, median, p90, max, mean, before: None }
    }
}

/// What the values of a period and of the one before allow to say of their medians: the end of the message's name.
pub(super) fn change(now: &[f64], before: Option<&[f64]>) -> &'static str {
    let Some(before) = before.filter(|before| !before.is_empty()) else {
        return match now.len() {
            0 => "unknown",
            n if n < FEW => "few",
            _ => "alone",
        };
    };
    match (middle(now), middle(before)) {
        _ if now.is_empty() => "unknown",
        (Some((_, high)), Some((low, _))) if high < low => "fell",
        (Some((low, _)), Some((_, high))) if low > high => "rose",
        (Some(_), Some(_)) => "unclear",
        _ => "few-before",
    }
}

/// The range in which the median of what is behind a sample lies with a likelihood of 84 per cent: from one order statistic to another, by the normal
/// approximation of the binomial distribution. Two such ranges that do not overlap differ at about the usual 5 per cent level. `None` for few values.
fn middle(values: &[f64]) -> Option<(f64, f64)> {
    let n = values.len();
    if n < FEW {
        return None;
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let half = 1.405 * count(n).sqrt() / 2.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "ranks within the sample")]
    let rank = |at: f64| (at.max(1.0) as usize).min(n) - 1;
    let (low, high) = (rank((count(n) / 2.0 - half).floor()), rank((count(n) / 2.0 + half).ceil() + 1.0));
    sorted.get(low).copied().zip(sorted.get(high).copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(n: u32, from: f64) -> Vec<f64> {
        (0..n).map(|index| from + f64::from(index)).collect()
    }

    #[test]
    fn a_change_is_only_read_from_enough_values_that_lie_apart() {
        let said = [
            change(&[], Some(&values(9, 5.0))),
            change(&values(9, 5.0), None),
            change(&values(3, 5.0), None),
            change(&values(9, 5.0), Some(&values(3, 90.0))),
            change(&values(9, 5.0), Some(&values(9, 90.0))),
            change(&values(9, 5.0), Some(&values(9, 6.0))),
            change(&values(9, 50.0), Some(&values(9, 4.0))),
        ];
        assert_eq!(said, ["unknown", "alone", "few", "few-before", "fell", "unclear", "rose"]);
    }

    #[test]
    fn the_middle_of_a_sample_narrows_as_it_grows() {
        assert_eq!(middle(&values(7, 1.0)), None);
        assert_eq!(middle(&values(9, 1.0)), Some((2.0, 8.0)));
        assert_eq!(middle(&values(100, 1.0)), Some((42.0, 59.0)));
    }
}
