use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};
use fluent_bundle::FluentValue;

use super::Catalogue;

impl Catalogue {
    /// `14 Mar 2026`.
    #[must_use]
    pub fn date(&self, day: NaiveDate) -> String {
        day.format_localized(&self.text("format-date"), self.locale()).to_string()
    }

    /// `14 Mar 2026, 09:14`, in the offset of the value.
    #[must_use]
    pub fn datetime(&self, at: DateTime<FixedOffset>) -> String {
        at.format_localized(&self.text("format-datetime"), self.locale()).to_string()
    }

    /// `March 2026`.
    #[must_use]
    pub fn month(&self, day: NaiveDate) -> String {
        day.format_localized(&self.text("format-month"), self.locale()).to_string()
    }

    /// `Mar`; in January the year instead, for axes.
    #[must_use]
    pub fn month_tick(&self, day: NaiveDate) -> String {
        if day.month() == 1 { day.year().to_string() } else { day.format_localized(&self.text("format-month-short"), self.locale()).to_string() }
    }

    /// `Mar`, where the year is said.
    #[must_use]
    pub fn month_name(&self, day: NaiveDate) -> String {
        day.format_localized(&self.text("format-month-short"), self.locale()).to_string()
    }

    /// `14 Mar`, for axes and where the year is said.
    #[must_use]
    pub fn day_tick(&self, day: NaiveDate) -> String {
        day.format_localized(&self.text("format-day-short"), self.locale()).to_string()
    }

    /// `36 min`, `1 h 12 min`, `3 d 4 h`: as people say it, rounded to the smaller unit.
    #[must_use]
    pub fn duration(&self, minutes: f64) -> String {
        if minutes < 0.0 {
            return self.with("short-negative", [("value", self.duration(-minutes).into())]);
        }
        if minutes > 0.0 && minutes < 1.0 {
            return self.text("short-under-a-minute");
        }
        #[expect(clippy::cast_possible_truncation, reason = "minutes of an incident fit")]
        let total = minutes.round() as i64;
        let (hours, rest) = (total / 60, total % 60);
        if hours >= 72 {
            let (days, hours) = (hours / 24, hours % 24);
            return match hours {
                0 => self.with("short-days", [("days", days.into())]),
                _ => self.with("short-days-hours", [("days", days.into()), ("hours", hours.into())]),
            };
        }
        match (hours, rest) {
            (0, _) => self.with("short-minutes", [("minutes", rest.into())]),
            (_, 0) => self.with("short-hours", [("hours", hours.into())]),
            _ => self.with("short-hours-minutes", [("hours", hours.into()), ("minutes", rest.into())]),
        }
    }

    /// `12,345`: groups of three, with the separators of the language.
    #[must_use]
    pub fn number(&self, number: f64) -> String {
        let text = if number.fract() == 0.0 { format!("{number:.0}") } else { format!("{number:.1}") };
        let (whole, fraction) = text.split_once('.').map_or((&*text, None), |(whole, fraction)| (whole, Some(fraction)));
        let (group, point) = (self.text("format-group"), self.text("format-point"));
        let digits = whole.trim_start_matches('-');
        let mut out = String::new();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                out.push_str(&group);
            }
            out.push(digit);
        }
        let sign = if whole.starts_with('-') { "−" } else { "" };
        fraction.map_or_else(|| format!("{sign}{out}"), |fraction| format!("{sign}{out}{point}{fraction}"))
    }

    /// A message with a count.
    #[must_use]
    pub fn count(&self, id: &str, count: usize) -> String {
        self.with(id, [("count", FluentValue::from(count))])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_as_people_say_them() {
        let (english, korean) = (Catalogue::load("en").unwrap(), Catalogue::load("ko").unwrap());
        let all = |minutes| (english.duration(minutes), korean.duration(minutes));
        assert_eq!(all(36.2), ("36 min".into(), "36분".into()));
        assert_eq!(all(72.0), ("1 h 12 min".into(), "1시간 12분".into()));
        assert_eq!(all(4560.0), ("3 d 4 h".into(), "3일 4시간".into()));
        assert_eq!(english.duration(-5.0), "−5 min");
        assert_eq!(english.number(1_234_567.0), "1,234,567");
        let day = NaiveDate::from_ymd_opt(2026, 3, 4).unwrap();
        assert_eq!((english.date(day), korean.date(day)), ("4 Mar 2026".into(), "2026년 3월 4일".into()));
        assert_eq!((english.month(day), korean.month(day)), ("March 2026".into(), "2026년 3월".into()));
    }
}
