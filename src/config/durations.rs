use chrono::Duration;

use super::Deadline;

/// Days that a deadline or a delay may take. What is longer is a slip of the keyboard, and no calendar could show it.
const LONGEST_DAYS: u32 = 3_660;

/// `48h`, `2d`, `30m`, `2 days`, `1 week`.
pub(super) fn parse_duration(written: &str) -> Option<Duration> {
    let written = written.trim();
    let digits = written.find(|character: char| !character.is_ascii_digit())?;
    let (number, unit) = written.split_at_checked(digits)?;
    let number: i64 = number.parse().ok()?;
    let duration = match unit.trim() {
        "m" | "min" | "minute" | "minutes" => Duration::try_minutes(number),
        "h" | "hour" | "hours" => Duration::try_hours(number),
        "d" | "day" | "days" => Duration::try_days(number),
        "w" | "week" | "weeks" => Duration::try_weeks(number),
        _ => None,
    };
    duration.filter(|duration| duration.num_days() <= i64::from(LONGEST_DAYS))
}

/// A duration, or `5 business days`.
pub(super) fn parse_deadline(written: &str) -> Option<Deadline> {
    let written = written.trim();
    let days = written.strip_suffix("business days").or_else(|| written.strip_suffix("business day"));
    match days {
        Some(days) => days.trim().parse().ok().filter(|days| *days <= LONGEST_DAYS).map(Deadline::BusinessDays),
        None => parse_duration(written).map(Deadline::Within),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deadlines_and_delays_end_within_ten_years() {
        assert_eq!(parse_duration("2 weeks"), Some(Duration::days(14)));
        assert!(matches!(parse_deadline("5 business days"), Some(Deadline::BusinessDays(5))));
        for written in ["3661d", "9223372036854775807h", "99999999999999999999d", "521 weeks 2", "530w"] {
            assert_eq!(parse_duration(written), None, "{written}");
        }
        assert!(parse_deadline("3661 business days").is_none() && parse_deadline("-1 business days").is_none());
    }
}
