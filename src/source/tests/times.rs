use super::*;
use crate::source::clock;

fn on(text: &str, zones: Zones) -> Option<Timed> {
    let reading = clock::read(text)?;
    let date = reading.date.or(NaiveDate::from_ymd_opt(2026, 3, 14))?;
    Some(zones.moment(&reading, date, text.get(reading.start..reading.end).unwrap_or_default()))
}

fn site(place: Tz) -> Zones {
    Zones { context: None, document: None, site: place }
}

fn utc(text: &str) -> String {
    on(text, site(Tz::UTC)).and_then(|timed| timed.moment.at).map_or_else(|| "none".to_owned(), |at| at.to_utc().format("%FT%TZ").to_string())
}

#[test]
fn every_way_of_writing_a_time_is_read() {
    for (text, expected) in [
        ("2026-03-14T10:00:00Z", "2026-03-14T10:00:00Z"),
        ("2026-03-14T10:00+09:00", "2026-03-14T01:00:00Z"),
        ("2026-03-14t10:00:30.25-05:00", "2026-03-14T15:00:30Z"),
        ("2022-05-27T16:50:00-00:00", "2022-05-27T16:50:00Z"),
        ("2026-03-14 10:00 UTC", "2026-03-14T10:00:00Z"),
        ("2026-03-14 10:00:05 +0900", "2026-03-14T01:00:05Z"),
        ("2026-03-14 10:00 Asia/Seoul", "2026-03-14T01:00:00Z"),
        ("2026-03-14 10:00 KST", "2026-03-14T01:00:00Z"),
        ("2026-07-14 10:00 CET", "2026-07-14T09:00:00Z"),
        ("2026-03-14 10:00Z", "2026-03-14T10:00:00Z"),
        ("2026-03-14 ~22:22Z", "2026-03-14T22:22:00Z"),
        ("2026-03-14 (토) 오후 3시 05분", "2026-03-14T15:05:00Z"),
        ("2026년 3월 14일 오전 9:14", "2026-03-14T09:14:00Z"),
        ("2026.03.14 13시", "2026-03-14T13:00:00Z"),
        ("March 14, 2026 9:14 PM", "2026-03-14T21:14:00Z"),
        ("14 Mar 2026, 4pm ET", "2026-03-14T20:00:00Z"),
        ("14th March 2026 at 16:00 (UTC)", "2026-03-14T16:00:00Z"),
        ("오후 12:30", "2026-03-14T12:30:00Z"),
        ("**09:14:22**", "2026-03-14T09:14:22Z"),
        ("13시 05분", "2026-03-14T13:05:00Z"),
        ("10:00–10:20 UTC", "2026-03-14T10:00:00Z"),
        ("10:00-11:00", "2026-03-14T10:00:00Z"),
        ("2026-03-14 10:00-05:00", "2026-03-14T15:00:00Z"),
        ("10:00 +5 replicas", "2026-03-14T10:00:00Z"),
        ("2026-03-14", "2026-03-14T00:00:00Z"),
        ("2026-03-14 – 09:02: deploy", "2026-03-14T09:02:00Z"),
        ("2026-03-14T~09:02Z", "2026-03-14T09:02:00Z"),
        ("2026-03-14 07:46 → **2026-03-15**", "2026-03-14T07:46:00Z"),
        ("2026-03-14–03-16:**", "2026-03-14T00:00:00Z"),
    ] {
        assert_eq!(utc(text), expected, "{text}");
    }
}

#[test]
fn other_text_is_no_time() {
    for text in ["", "#1364", "3 pods", "13 may be", "1:2", "25:00", "2026-02-30", "10 hours", "진단 1차", "2시간", "version 1.2.3", "12:345", "8:5"]
    {
        assert_eq!(clock::read(text), None, "{text}");
    }
}

#[test]
fn fuzzy_times_and_ranges_say_so() {
    for text in ["~13:54", "Around 17:55", "약 13:54", "13:54경", "about 9 PM"] {
        let timed = on(text, site(Tz::UTC)).expect(text);
        assert!(timed.moment.estimated && timed.vague.is_some_and(|vague| vague.ends_with("is approximate")), "{text}");
    }
    let timed = on("10:00–10:20", site(Tz::UTC)).expect("a range");
    assert_eq!(timed.vague.as_deref(), Some("`10:00–10:20` is a range"));
    assert_eq!(on("10:00 UTC", site(Tz::UTC)).expect("a time").vague, None);
}

#[test]
fn a_date_is_only_the_date() {
    let read = |text: &'static str| clock::read(text).map(|reading| text.get(reading.start..reading.end).unwrap_or_default()).unwrap_or_default();
    assert_eq!(read("**2026-06-03** — ~all day"), "2026-06-03");
    assert_eq!(read("2026-06-18 (operator)"), "2026-06-18");
    assert_eq!(read("2026-06-09–06-12:** x"), "2026-06-09–06-12");
    assert_eq!(read("10:00–10:20 UTC x"), "10:00–10:20 UTC");
}

#[test]
fn an_abbreviation_of_two_zones_needs_a_document_that_lives_in_one() {
    let timed = on("2026-03-14 10:00 IST", site(Tz::UTC)).expect("a time");
    assert_eq!(timed.moment.at, None);
    assert_eq!(timed.vague.as_deref(), Some("`IST` names more than one time zone"));
    let timed = on("2026-03-14 10:00 IST", site(Tz::Asia__Kolkata)).expect("a time");
    assert_eq!(timed.moment.at.map(|at| at.to_utc().to_string()).as_deref(), Some("2026-03-14 04:30:00 UTC"));
}

#[test]
fn the_nearest_zone_wins() {
    let zones = Zones { context: Zone::parse("KST"), document: Some(Tz::Europe__Berlin), site: Tz::UTC };
    let source = |text, zones| on(text, zones).expect("a time").moment.zone;
    assert_eq!(source("10:00Z", zones), ZoneSource::Written);
    assert_eq!(source("10:00", zones), ZoneSource::Context);
    assert_eq!(source("10:00", zones.with_context(None)), ZoneSource::Document);
    assert_eq!(source("10:00", site(Tz::UTC)), ZoneSource::Site);
}

#[test]
fn moved_clocks_give_the_earlier_instant() {
    let berlin = site(Tz::Europe__Berlin);
    let twice = on("2026-10-25 02:30", berlin).expect("a time");
    assert_eq!(twice.shift, Some(Shift::Twice));
    assert_eq!(twice.moment.at.map(|at| at.to_utc().to_string()).as_deref(), Some("2026-10-25 00:30:00 UTC"));
    let never = on("2026-03-29 02:30", berlin).expect("a time");
    assert_eq!(never.shift, Some(Shift::Never));
    assert_eq!(never.moment.at.map(|at| at.to_utc().to_string()).as_deref(), Some("2026-03-29 00:30:00 UTC"));
}

#[test]
fn a_date_is_found_inside_names_and_headings() {
    let found = |text| clock::date_within(text).map(|(date, ..)| date.to_string());
    assert_eq!(found("2026-03-14-checkout"), Some("2026-03-14".to_owned()));
    assert_eq!(found("Outage on 14 March 2026"), Some("2026-03-14".to_owned()));
    assert_eq!(found("결제 장애 (2026.3.14)"), Some("2026-03-14".to_owned()));
    assert_eq!(found("PM2025-001 - node starvation"), None);
}

#[test]
fn years_that_no_calendar_can_write_are_no_dates() {
    for text in ["9999-12-31 23:59 -12:00", "1 January 0001", "March 14, 1969", "0000-01-01"] {
        assert_eq!(clock::date_within(text), None, "{text}");
    }
    assert!(clock::date_within("9998-12-31").is_some() && clock::date_within("1970-01-01").is_some());
}
