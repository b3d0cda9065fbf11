use chrono::{NaiveDate, NaiveTime};

use super::{cursor::Cursor, zones::Zone};

/// A date, a time of day, or both, as found at the start of a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading {
    pub(super) date: Option<NaiveDate>,
    pub(super) time: Option<NaiveTime>,
    /// Seconds were written.
    pub(super) has_seconds: bool,
    pub(super) zone: Option<Zone>,
    /// `~`, `around`, `약`.
    pub(super) is_fuzzy: bool,
    /// `10:00–10:20`: this is the begin.
    pub(super) is_range: bool,
    /// Bytes from the first character that belongs to it …
    pub(super) start: usize,
    /// … to the end.
    pub(super) end: usize,
}

/// Words that make a time approximate.
const FUZZY: &[&str] = &["~", "≈", "∼", "approximately", "approx.", "approx", "around", "about", "circa", "ca.", "c.", "roughly", "약 ", "대략 "];

const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads the date and time at the start of `text`, marks of emphasis and quotes aside; `None` where it begins with neither.
pub(super) fn read(text: &str) -> Option<Reading> {
    let mut cursor = Cursor { text, at: 0 };
    cursor.skip(|part| part.is_whitespace() || matches!(part, '*' | '_' | '`' | '[' | '(' | '"' | '\''));
    let start = cursor.at;
    let is_fuzzy_day = fuzzy(&mut cursor);
    let date = cursor.attempt(date);
    let (mut is_fuzzy, mut is_instant) = (is_fuzzy_day, false);
    let after_date = cursor.at;
    if date.is_some() {
        cursor.attempt(weekday);
        cursor.attempt(date_time_separator);
        is_instant = text.get(..cursor.at).is_some_and(|read| read.ends_with(['T', 't']));
        is_fuzzy |= fuzzy(&mut cursor);
    }
    let mut clock = cursor.attempt(whole_clock);
    if clock.is_none() && date.is_some() {
        // `2026-03-14 – 09:02`
        clock = cursor.attempt(|cursor| {
            cursor.skip(|part| matches!(part, ' ' | '-' | '–' | '—' | '|' | ':' | ',' | '*'));
            whole_clock(cursor)
        });
    }
    let (mut zone, is_range);
    if let Some((time, has_seconds)) = clock {
        zone = self::zone(&mut cursor, time, has_seconds || is_instant);
        is_range = cursor.attempt(range_end).is_some();
        if is_range && zone.is_none() {
            zone = self::zone(&mut cursor, NaiveTime::MIN, true);
        }
        is_fuzzy |= cursor.attempt(|cursor| ["경", "쯤", " ish", "ish"].iter().find_map(|word| cursor.word(word))).is_some();
    } else {
        date?;
        (cursor.at, is_fuzzy) = (after_date, is_fuzzy_day);
        // `2026-03-14 UTC` alone on a line.
        zone = cursor.attempt(|cursor| {
            let (zone, length) = Zone::prefix(cursor.rest())?;
            cursor.at += length;
            cursor.rest().trim_matches(|part: char| part.is_whitespace() || part == '*').is_empty().then_some(zone)
        });
        is_range = cursor.attempt(last_day).is_some();
    }
    let (time, has_seconds) = clock.map_or((None, false), |(time, seconds)| (Some(time), seconds));
    Some(Reading { date, time, has_seconds, zone, is_fuzzy, is_range, start, end: cursor.at })
}

/// A time of day that ends where it seems to: `10:00x` and `1:22:3:4` are something else.
fn whole_clock(cursor: &mut Cursor<'_>) -> Option<(NaiveTime, bool)> {
    let found = clock(cursor)?;
    let mut next = cursor.rest().chars();
    let is_cut = match next.next() {
        Some(':') => next.next().is_some_and(|after| after.is_ascii_digit()),
        Some(letter) => letter.is_ascii_alphabetic() && !matches!(letter, 'Z' | 'z' | 'U' | 'G' | 'K' | 'i'),
        None => false,
    };
    (!is_cut).then_some(found)
}

/// The end of a range of days: `–2026-03-16`, `–03-16`, `~16`.
fn last_day(cursor: &mut Cursor<'_>) -> Option<()> {
    cursor.skip(|part| part == ' ');
    cursor.take(['–', '—', '~', '→'])?;
    cursor.skip(|part| matches!(part, ' ' | '*' | '~'));
    if cursor.attempt(date).is_some() {
        return Some(());
    }
    cursor.number(2, 2)?;
    cursor.attempt(|cursor| {
        cursor.take(['-', '/', '.'])?;
        cursor.number(2, 2)
    });
    let mut next = cursor.rest().chars();
    let is_cut = match next.next() {
        Some(':') => next.next().is_some_and(|after| after.is_ascii_digit()),
        other => other.is_some_and(char::is_alphanumeric),
    };
    (!is_cut).then_some(())
}

/// Reads a date anywhere in a file name or a heading: `2026-03-14-checkout`, `Outage on 14 March 2026`.
pub(super) fn date_within(text: &str) -> Option<(NaiveDate, usize, usize)> {
    let mut before = ' ';
    for (at, part) in text.char_indices() {
        if (part.is_ascii_digit() || part.is_ascii_alphabetic()) && !before.is_alphanumeric() {
            let mut cursor = Cursor { text, at };
            if let Some(found) = cursor.attempt(date) {
                return Some((found, at, cursor.at));
            }
        }
        before = part;
    }
    None
}

/// A word such as `~` or `around`, and the space after it.
fn fuzzy(cursor: &mut Cursor<'_>) -> bool {
    if !cursor.rest().starts_with(['~', '≈', '∼', 'a', 'A', 'c', 'C', 'r', 'R', '약', '대']) {
        return false;
    }
    let found = cursor.attempt(|cursor| {
        let word = FUZZY.iter().find(|word| cursor.rest().get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)))?;
        let is_word = word.ends_with(|part: char| part.is_ascii_alphabetic());
        cursor.at += word.len();
        (!is_word || cursor.rest().starts_with([' ', ':'])).then_some(())
    });
    if found.is_some() {
        cursor.skip(|part| part == ' ');
    }
    found.is_some()
}

/// The zone of a time that begins at `start`. `10:00-11:00` is a range, `10:00-05:00` and `10:00:00-11:00` have an offset.
fn zone(cursor: &mut Cursor<'_>, start: NaiveTime, is_exact: bool) -> Option<Zone> {
    if let Some(after) = cursor.rest().strip_prefix(['-', '−'])
        && !is_exact
        && clock(&mut Cursor { text: after, at: 0 }).is_some_and(|(end, _)| end > start)
    {
        return None;
    }
    let (zone, length) = Zone::prefix(cursor.rest())?;
    cursor.at += length;
    Some(zone)
}

fn date(cursor: &mut Cursor<'_>) -> Option<NaiveDate> {
    cursor.attempt(numeric_date).or_else(|| cursor.attempt(day_month_year)).or_else(|| cursor.attempt(month_day_year))
}

/// `2026-03-14`, `2026/3/14`, `2026.03.14.`, `2026년 3월 14일`.
fn numeric_date(cursor: &mut Cursor<'_>) -> Option<NaiveDate> {
    let year = cursor.number(4, 4)?;
    let found = if cursor.word("년").is_some() {
        cursor.skip(|part| part == ' ');
        let month = cursor.number(1, 2)?;
        cursor.word("월")?;
        cursor.skip(|part| part == ' ');
        let day = cursor.number(1, 2)?;
        cursor.word("일")?;
        (month, day)
    } else {
        let separator = cursor.take(['-', '/', '.', '‑'])?;
        cursor.skip(|part| part == ' ' && separator == '.');
        let month = cursor.number(1, 2)?;
        cursor.take([separator])?;
        cursor.skip(|part| part == ' ' && separator == '.');
        let day = cursor.number(1, 2)?;
        if separator == '.' {
            cursor.take(['.']);
        }
        (month, day)
    };
    calendar_day(year, found.0, found.1)
}

/// A day that every zone and format can write: with years of four digits, whatever the offset.
fn calendar_day(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let year = i32::try_from(year).ok().filter(|year| (1970..9999).contains(year))?;
    NaiveDate::from_ymd_opt(year, month, day)
}

fn month(cursor: &mut Cursor<'_>) -> Option<u32> {
    let length = cursor.rest().bytes().take_while(u8::is_ascii_alphabetic).count();
    let word = cursor.rest().get(..length).filter(|word| (3..=9).contains(&word.len()))?;
    let index = MONTHS.iter().position(|month| word.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(month)))?;
    cursor.at += length;
    cursor.take(['.']);
    u32::try_from(index + 1).ok()
}

fn day(cursor: &mut Cursor<'_>) -> Option<u32> {
    let day = cursor.number(1, 2)?;
    for suffix in ["st", "nd", "rd", "th"] {
        if cursor.word(suffix).is_some() {
            break;
        }
    }
    Some(day)
}

/// `14 March 2026`.
fn day_month_year(cursor: &mut Cursor<'_>) -> Option<NaiveDate> {
    let day = day(cursor)?;
    cursor.take([' ', '-'])?;
    let month = month(cursor)?;
    cursor.take([',']);
    cursor.take([' ', '-'])?;
    let year = cursor.number(4, 4)?;
    calendar_day(year, month, day)
}

/// `March 14, 2026`.
fn month_day_year(cursor: &mut Cursor<'_>) -> Option<NaiveDate> {
    let month = month(cursor)?;
    cursor.take([' '])?;
    let day = day(cursor)?;
    cursor.take([',']);
    cursor.take([' '])?;
    let year = cursor.number(4, 4)?;
    calendar_day(year, month, day)
}

/// ` (토)`, `, Sat`.
fn weekday(cursor: &mut Cursor<'_>) -> Option<()> {
    cursor.skip(|part| part == ' ');
    cursor.take(['('])?;
    let length = cursor.rest().find(')').filter(|&length| length <= 12)?;
    let word = cursor.rest().get(..length)?.to_lowercase();
    let is_day = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().any(|day| word.starts_with(day))
        || ["월", "화", "수", "목", "금", "토", "일"].iter().any(|day| word.starts_with(day));
    is_day.then(|| cursor.at += length + 1)
}

fn date_time_separator(cursor: &mut Cursor<'_>) -> Option<()> {
    if cursor.take(['T', 't']).is_some() {
        return cursor.rest().starts_with(|next: char| next.is_ascii_digit() || next == '~').then_some(());
    }
    let before = cursor.at;
    cursor.take([',']);
    cursor.skip(|part| matches!(part, ' ' | '\u{a0}' | '*' | '`'));
    if cursor.word("at ").is_some() || cursor.word("@ ").is_some() {
        cursor.skip(|part| part == ' ');
    }
    (cursor.at > before).then_some(())
}

/// A time of day, and whether it has seconds.
fn clock(cursor: &mut Cursor<'_>) -> Option<(NaiveTime, bool)> {
    let korean_half = match () {
        () if cursor.word("오전").is_some() => Some(false),
        () if cursor.word("오후").is_some() => Some(true),
        () => None,
    };
    cursor.skip(|part| part == ' ' && korean_half.is_some());
    let hour = cursor.number(1, 2)?;
    let (minute, second) = if cursor.word("시").is_some() {
        if cursor.rest().starts_with('간') {
            return None;
        }
        let minute = cursor.attempt(|cursor| {
            cursor.skip(|part| part == ' ');
            let minute = cursor.number(1, 2)?;
            cursor.word("분")?;
            Some(minute)
        });
        let second = cursor.attempt(|cursor| {
            cursor.skip(|part| part == ' ');
            let second = cursor.number(1, 2)?;
            cursor.word("초")?;
            Some(second)
        });
        (Some(minute.unwrap_or(0)), second)
    } else if cursor.rest().starts_with(':') {
        cursor.at += 1;
        let minute = cursor.number(2, 2)?;
        let second = cursor.attempt(|cursor| {
            cursor.word(":")?;
            let second = cursor.number(2, 2)?;
            cursor.attempt(|cursor| {
                cursor.take(['.', ','])?;
                cursor.number(1, 9)
            });
            Some(second)
        });
        (Some(minute), second)
    } else {
        (None, None)
    };
    let half = korean_half.or_else(|| cursor.attempt(half_of_day));
    if minute.is_none() && half.is_none() {
        return None;
    }
    let hour = match half {
        _ if half.is_some() && (hour > 12 || hour == 0) => return None,
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    // A leap second is shown as the last second that clocks of computers have.
    NaiveTime::from_hms_opt(hour, minute.unwrap_or(0), second.map_or(0, |second| if second == 60 { 59 } else { second }))
        .map(|time| (time, second.is_some()))
}

/// ` PM`, `p.m.`.
fn half_of_day(cursor: &mut Cursor<'_>) -> Option<bool> {
    cursor.skip(|part| matches!(part, ' ' | '\u{a0}' | '\u{202f}'));
    let is_afternoon = matches!(cursor.take(['a', 'A', 'p', 'P'])?, 'p' | 'P');
    cursor.take(['.']);
    cursor.take(['m', 'M'])?;
    cursor.take(['.']);
    (!cursor.rest().starts_with(char::is_alphanumeric)).then_some(is_afternoon)
}

/// `–10:20`, ` - 10:20`, ` to 10:20`, ` → 2026-03-14 10:20`.
fn range_end(cursor: &mut Cursor<'_>) -> Option<()> {
    cursor.skip(|part| part == ' ');
    if cursor.take(['–', '—', '-', '~', '→', '−', '∼']).is_none() {
        cursor.word("to ")?;
    }
    cursor.skip(|part| matches!(part, ' ' | '~' | '*' | '`'));
    let has_date = cursor.attempt(date).is_some();
    if has_date {
        let found = cursor.attempt(|cursor| {
            date_time_separator(cursor)?;
            clock(cursor)
        });
        return found.map(|_| ()).or(Some(()));
    }
    clock(cursor).map(|_| ())
}
