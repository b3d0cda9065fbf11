use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveTime, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

use crate::config::Deadline;

/// Whether a deadline was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Done in time.
    Met,
    /// Done after the due time.
    Late,
    /// Not done, and not due yet.
    Pending,
    /// Not done, and due.
    Overdue,
    /// When the incident was resolved is not known.
    Unknown,
}

impl Outcome {
    /// Every outcome, in the order of reports.
    pub const ALL: [Self; 5] = [Self::Met, Self::Late, Self::Pending, Self::Overdue, Self::Unknown];

    /// The word of the JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Late => "late",
            Self::Pending => "pending",
            Self::Overdue => "overdue",
            Self::Unknown => "unknown",
        }
    }
}

/// One deadline: when it was due, when it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// Last instant at which it is in time; `None` when the time of resolution is unknown.
    pub due: Option<DateTime<Utc>>,
    /// When it was done.
    pub done: Option<DateTime<FixedOffset>>,
    /// The comparison.
    pub outcome: Outcome,
}

/// The measured clocks of a postmortem. None of them is declared by anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clocks {
    /// First commit.
    pub draft: Clock,
    /// First commit by which the text was `final` and approved.
    pub completion: Clock,
}

impl Clock {
    /// Compares `done`, or `now` where nothing is done, with the deadline after `resolved`.
    #[must_use]
    pub fn new(
        resolved: Option<DateTime<FixedOffset>>,
        deadline: Deadline,
        done: Option<DateTime<FixedOffset>>,
        now: DateTime<Utc>,
        zone: Tz,
        holidays: &[NaiveDate],
    ) -> Self {
        let due = resolved.map(|resolved| due(resolved.with_timezone(&Utc), deadline, zone, holidays));
        let outcome = match (due, done) {
            (None, _) => Outcome::Unknown,
            (Some(due), Some(done)) => {
                if done <= due {
                    Outcome::Met
                } else {
                    Outcome::Late
                }
            }
            (Some(due), None) => {
                if now <= due {
                    Outcome::Pending
                } else {
                    Outcome::Overdue
                }
            }
        };
        Self { due, done, outcome }
    }
}

/// The last instant at which the deadline is met. Business days end at midnight in the site's zone; Saturdays, Sundays and holidays don't count.
fn due(resolved: DateTime<Utc>, deadline: Deadline, zone: Tz, holidays: &[NaiveDate]) -> DateTime<Utc> {
    let days = match deadline {
        Deadline::Within(duration) => return resolved.checked_add_signed(duration).unwrap_or(DateTime::<Utc>::MAX_UTC),
        Deadline::BusinessDays(days) => days,
    };
    let mut day = resolved.with_timezone(&zone).date_naive();
    let mut counted = 0;
    while counted < days {
        let Some(next) = day.checked_add_days(Days::new(1)) else { return DateTime::<Utc>::MAX_UTC };
        day = next;
        if !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !holidays.contains(&day) {
            counted += 1;
        }
    }
    let end = day.checked_add_days(Days::new(1)).unwrap_or(day).and_time(NaiveTime::MIN);
    // Where midnight does not exist (a change to summer time at 00:00) the day ends at the first instant that does.
    let local = zone.from_local_datetime(&end).earliest().or_else(|| zone.from_local_datetime(&(end + chrono::Duration::hours(1))).earliest());
    local.map_or(DateTime::<Utc>::MAX_UTC, |local| local.with_timezone(&Utc) - chrono::Duration::seconds(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339(text).unwrap()
    }

    fn due_text(resolved: &str, holidays: &[NaiveDate]) -> String {
        due(at(resolved).with_timezone(&Utc), Deadline::BusinessDays(5), chrono_tz::Asia::Seoul, holidays).to_rfc3339()
    }

    #[test]
    fn business_days_skip_weekends_and_holidays_in_the_sites_zone() {
        // Friday 20:00 UTC is already Saturday in Seoul: the fifth business day is the next Friday there.
        assert_eq!(due_text("2026-03-13T20:00:00Z", &[]), "2026-03-20T14:59:59+00:00");
        let holiday = NaiveDate::from_ymd_opt(2026, 3, 18).unwrap();
        assert_eq!(due_text("2026-03-13T20:00:00Z", &[holiday]), "2026-03-23T14:59:59+00:00");
    }

    #[test]
    fn outcomes_compare_what_was_done_else_now() {
        let resolved = Some(at("2026-03-14T10:00:00Z"));
        let clock = |done: Option<&str>, now: &str| {
            Clock::new(resolved, Deadline::Within(chrono::Duration::hours(48)), done.map(at), at(now).with_timezone(&Utc), chrono_tz::UTC, &[])
                .outcome
        };
        assert_eq!(clock(Some("2026-03-16T10:00:00Z"), "2026-04-01T00:00:00Z"), Outcome::Met);
        assert_eq!(clock(Some("2026-03-16T10:00:01Z"), "2026-04-01T00:00:00Z"), Outcome::Late);
        assert_eq!(clock(None, "2026-03-15T00:00:00Z"), Outcome::Pending);
        assert_eq!(clock(None, "2026-04-01T00:00:00Z"), Outcome::Overdue);
        assert_eq!(Clock::new(None, Deadline::BusinessDays(5), resolved, Utc::now(), chrono_tz::UTC, &[]).outcome, Outcome::Unknown);
    }
}
