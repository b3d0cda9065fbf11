/// A distribution of minutes. Median is the mean of the two middle values for even n; p90 by nearest rank.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Distribution {
    /// Values that count.
    pub n: usize,
    /// Incidents without a value, or with a negative one.
    pub left_out: usize,
    /// The middle.
    pub median: Option<f64>,
    /// The value that nine in ten do not exceed.
    pub p90: Option<f64>,
    /// The largest.
    pub max: Option<f64>,
    /// Arithmetic mean.
    pub mean: Option<f64>,
}

impl Distribution {
    /// Summarises values in minutes.
    #[must_use]
    pub fn of(values: impl IntoIterator<Item = Option<f64>>) -> Self {
        let (mut known, mut left_out) = (Vec::new(), 0);
        for value in values {
            match value {
                Some(minutes) if minutes >= 0.0 => known.push(minutes),
                _ => left_out += 1,
            }
        }
        known.sort_by(f64::total_cmp);
        let n = known.len();
        let at = |index: usize| known.get(index).copied();
        let median = match n {
            0 => None,
            _ if n % 2 == 1 => at(n / 2),
            _ => at(n / 2 - 1).zip(at(n / 2)).map(|(low, high)| f64::midpoint(low, high)),
        };
        #[expect(clippy::cast_precision_loss, reason = "a count of incidents")]
        let mean = (n > 0).then(|| known.iter().sum::<f64>() / n as f64);
        // Nearest rank: the ⌈0.9 n⌉-th smallest value.
        Self { n, left_out, median, p90: at((9 * n).div_ceil(10).saturating_sub(1)), max: known.last().copied(), mean }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aggregates_leave_out_unknown_and_negative_values_and_count_them() {
        let values = [Some(10.0), None, Some(30.0), Some(-1.0), Some(20.0), Some(40.0)];
        let summary = Distribution::of(values);
        assert_eq!((summary.n, summary.left_out), (4, 2));
        assert_eq!((summary.median, summary.p90, summary.max, summary.mean), (Some(25.0), Some(40.0), Some(40.0), Some(25.0)));
        assert_eq!(Distribution::of([None]), Distribution { left_out: 1, ..Distribution::default() });
    }

    #[test]
    fn the_ninetieth_percentile_is_the_nearest_rank() {
        let p90 = |n: u32| Distribution::of((1..=n).map(|value| Some(f64::from(value)))).p90;
        assert_eq!((p90(1), p90(9), p90(10), p90(11), p90(100)), (Some(1.0), Some(9.0), Some(9.0), Some(10.0), Some(90.0)));
    }
}
