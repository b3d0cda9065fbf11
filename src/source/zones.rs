use chrono::{DateTime, FixedOffset, LocalResult, NaiveDateTime, TimeDelta, TimeZone};
use chrono_tz::{OffsetName, Tz};

/// A zone as somebody wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    /// An offset from UTC.
    Fixed(FixedOffset),
    /// A place of the zone database.
    Place(Tz),
    /// An abbreviation that names more than one zone.
    Ambiguous(&'static str),
}

/// Abbreviations that mean one offset in practice, in seconds east of UTC.
///
/// Left out on purpose, see [`AMBIGUOUS`]: whatever is in daily use in two places.
const ABBREVIATIONS: &[(&str, i32)] = &[
    ("UTC", 0),
    ("GMT", 0),
    ("Z", 0),
    ("WET", 0),
    ("WEST", 3600),
    ("CET", 3600),
    ("CEST", 2 * 3600),
    ("EET", 2 * 3600),
    ("EEST", 3 * 3600),
    ("MSK", 3 * 3600),
    ("HKT", 8 * 3600),
    ("SGT", 8 * 3600),
    ("KST", 9 * 3600),
    ("JST", 9 * 3600),
    ("AEST", 10 * 3600),
    ("AEDT", 11 * 3600),
    ("NZST", 12 * 3600),
    ("NZDT", 13 * 3600),
    ("EDT", -4 * 3600),
    ("EST", -5 * 3600),
    ("MDT", -6 * 3600),
    ("MST", -7 * 3600),
    ("PDT", -7 * 3600),
    ("PST", -8 * 3600),
    ("AKDT", -8 * 3600),
    ("AKST", -9 * 3600),
    ("HST", -10 * 3600),
];

/// "4 pm ET": the clock of a place, summer time or not.
const CLOCKS: &[(&str, Tz)] = &[
    ("ET", Tz::America__New_York),
    ("CT", Tz::America__Chicago),
    ("MT", Tz::America__Denver),
    ("PT", Tz::America__Los_Angeles),
    ("한국시간", Tz::Asia__Seoul),
];

/// India, Ireland or Israel; China, Cuba or Chicago; Britain or Bangladesh; …
const AMBIGUOUS: &[&str] = &["IST", "CST", "BST", "CDT", "AST", "ADT", "GST", "SST", "AMT", "ECT", "WST", "PKT"];

impl Zone {
    /// Reads one word: `UTC`, `Z`, `KST`, `+09:00`, `UTC+9`, `Asia/Seoul`.
    pub(super) fn parse(word: &str) -> Option<Self> {
        let first = word.chars().next()?;
        if matches!(first, '+' | '-' | '−') {
            return offset(word).map(Self::Fixed);
        }
        if let Some(&(_, seconds)) =
            ABBREVIATIONS.iter().find(|(name, _)| *name == word || (matches!(*name, "UTC" | "GMT" | "Z") && name.eq_ignore_ascii_case(word)))
        {
            return FixedOffset::east_opt(seconds).map(Self::Fixed);
        }
        if let Some(&(_, place)) = CLOCKS.iter().find(|(name, _)| *name == word) {
            return Some(Self::Place(place));
        }
        if let Some(name) = AMBIGUOUS.iter().find(|name| **name == word) {
            return Some(Self::Ambiguous(name));
        }
        if let Some(rest) = word.strip_prefix("UTC").or_else(|| word.strip_prefix("GMT")) {
            return offset(rest).map(Self::Fixed);
        }
        if word.contains('/') { word.parse().ok().map(Self::Place) } else { None }
    }

    /// Reads the zone at the start of `text`, in parentheses or not; gives the bytes read.
    pub(super) fn prefix(text: &str) -> Option<(Self, usize)> {
        let spaces = text.len() - text.trim_start_matches([' ', '\u{a0}']).len();
        let rest = text.get(spaces..)?;
        let (inner, open) = rest.strip_prefix('(').or_else(|| rest.strip_prefix('[')).map_or((rest, 0), |inner| (inner, 1));
        let length = inner
            .char_indices()
            .find(|&(_, part)| !(part.is_alphanumeric() || matches!(part, '/' | '_' | '+' | '-' | ':' | '−')))
            .map_or(inner.len(), |(at, _)| at);
        let word = inner.get(..length)?.trim_end_matches([':', '-', '−', '/']);
        // `10:00 +5 replicas` has no zone: after a space an offset has its four digits.
        if word.is_empty() || (spaces > 0 && word.starts_with(['+', '-', '−']) && word.len() < 5) {
            return None;
        }
        let zone = Self::parse(word)?;
        let mut end = spaces + open + word.len();
        if open == 1 {
            end += usize::from(text.get(end..)?.starts_with([')', ']']));
        }
        Some((zone, end))
    }

    /// The first zone that a short text names as a word of its own: a column header, "All times in UTC".
    pub(super) fn mentioned(text: &str) -> Option<Self> {
        text.split(|part: char| part.is_whitespace() || matches!(part, '(' | ')' | '[' | ']' | ',' | ';' | '*' | '`' | '"'))
            .map(|word| word.trim_end_matches(['.', ':']))
            .filter(|word| word.len() > 1 && !word.starts_with('-'))
            .find_map(Self::parse)
    }
}

/// `+09:00`, `+0900`, `+9`, `-05`.
fn offset(text: &str) -> Option<FixedOffset> {
    let (sign, digits) = text.strip_prefix('+').map(|rest| (1, rest)).or_else(|| {
        let rest = text.strip_prefix('-').or_else(|| text.strip_prefix('−'))?;
        Some((-1, rest))
    })?;
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() == 4 => (digits.get(..2)?, digits.get(2..)?),
        None => (digits, "0"),
    };
    let all_digits = |part: &str| !part.is_empty() && part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(hours) || !all_digits(minutes) {
        return None;
    }
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    if hours > 14 || minutes > 59 {
        return None;
    }
    FixedOffset::east_opt(sign * (hours * 3600 + minutes * 60))
}

/// A local time at which clocks were moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shift {
    /// The clock showed it twice.
    Twice,
    /// The clock never showed it.
    Never,
}

/// The instant of a local time; of two the earlier.
pub(super) fn local(at: NaiveDateTime, place: Tz) -> (Option<DateTime<FixedOffset>>, Option<Shift>) {
    match place.from_local_datetime(&at) {
        LocalResult::Single(found) => (Some(found.fixed_offset()), None),
        LocalResult::Ambiguous(earlier, later) => (Some(earlier.min(later).fixed_offset()), Some(Shift::Twice)),
        LocalResult::None => {
            // The clock jumped over it: the offset after the jump gives the earlier instant.
            let after = (1..=24).find_map(|hours| place.from_local_datetime(&(at + TimeDelta::hours(hours))).earliest());
            let found = after.and_then(|after| after.fixed_offset().offset().from_local_datetime(&at).single());
            (found, Some(Shift::Never))
        }
    }
}

/// Whether `place` calls itself `abbreviation` at that local time.
pub(super) fn is_called(place: Tz, at: NaiveDateTime, abbreviation: &str) -> bool {
    place.from_local_datetime(&at).earliest().is_some_and(|found| found.offset().abbreviation() == Some(abbreviation))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(word: &str) -> Option<i32> {
        match Zone::parse(word)? {
            Zone::Fixed(offset) => Some(offset.local_minus_utc()),
            _ => None,
        }
    }

    #[test]
    fn every_way_of_writing_a_zone_is_read() {
        assert_eq!(seconds("UTC"), Some(0));
        assert_eq!(seconds("Z"), Some(0));
        assert_eq!(seconds("+09:00"), Some(9 * 3600));
        assert_eq!(seconds("+0900"), Some(9 * 3600));
        assert_eq!(seconds("-05"), Some(-5 * 3600));
        assert_eq!(seconds("UTC+9"), Some(9 * 3600));
        assert_eq!(seconds("KST"), Some(9 * 3600));
        assert_eq!(Zone::parse("Asia/Seoul"), Some(Zone::Place(Tz::Asia__Seoul)));
        assert_eq!(Zone::parse("IST"), Some(Zone::Ambiguous("IST")));
        assert_eq!(Zone::parse("the"), None);
        assert_eq!(Zone::parse("+25:00"), None);
    }

    #[test]
    fn sentences_and_headers_name_their_zone() {
        assert_eq!(Zone::mentioned("All times in UTC."), Zone::parse("UTC"));
        assert_eq!(Zone::mentioned("Time (UTC+1)"), Zone::parse("+01:00"));
        assert_eq!(Zone::mentioned("모든 시각은 KST 기준"), Zone::parse("KST"));
        assert_eq!(Zone::mentioned("All times are local"), None);
    }
}
