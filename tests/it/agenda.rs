//! `lookback agenda`: the review meeting, from the same maker as `review/index.html`.

use lookback::testing::TestRepository;

use crate::harness::{APPROVED, Edit, PATH, REPORT, REVIEWER, Sites, lookback};

/// An old report with lessons, a new one that waits, and one whose approval is stale.
fn collection() -> TestRepository {
    let mut repository = TestRepository::new();
    let old = REPORT
        .edit("Connections of the order store ran out", "The disk of the search filled up")
        .edit(
            "2026-03-02T09:00:00Z, detected: 2026-03-02T09:10:00Z, resolved: 2026-03-02T10:00:00Z",
            "2025-11-02T09:00:00Z, detected: 2025-11-02T09:10:00Z, resolved: 2025-11-02T10:00:00Z",
        )
        .edit("tags: [database]", "causes: [capacity]")
        .edit("## Customer summary", "## Lessons\nAlerts on *space* beat alerts on errors.\n\n## Customer summary")
        .edit("due: 2026-12-01", "due: 2026-01-15");
    repository.write("postmortems/old.md", &old).commit("Write the old one");
    let waiting = REPORT.edit("status: final", "status: in-review").edit("tags: [database]", "causes: [capacity]");
    repository
        .at("2026-03-04T12:00:00Z")
        .write("postmortems/b.md", &waiting.edit("Connections of", "Waiting connections of"))
        .commit("Ask for a review");
    repository.at("2026-03-05T12:00:00Z").write(PATH, REPORT).commit("Write");
    repository.author(REVIEWER).commit(&format!("{APPROVED}Postmortem: a\n"));
    repository.author("Ada Meyer <ada@example.com>");
    repository.at("2026-03-10T12:00:00Z").write(PATH, &REPORT.edit("420 orders", "512 orders")).commit("Correct");
    repository
}

#[test]
fn the_meeting_has_what_is_new_what_waits_and_one_older_lesson() {
    let mut repository = collection();
    let folder = repository.checkout();
    let run = lookback(&folder, &["agenda", "--now", "2026-03-20T09:00:00Z"]);
    insta::assert_snapshot!(run, @"");
}

#[test]
fn a_month_names_its_meeting() {
    let mut repository = collection();
    let folder = repository.checkout();
    let agenda = |month: &str| lookback(&folder, &["agenda", "--month", month, "--now", "2026-06-01T00:00:00Z"]).out;
    // The meetings of 2026-03-10 and 2026-04-14: what was drafted in between belongs to the second.
    assert!(
        agenda("2026-04").contains("# Review agenda, 14 Apr 2026\n\n## New since the last meeting (0)\n\nSince 10 Mar 2026"),
        "{}",
        agenda("2026-04")
    );
    assert!(
        agenda("2026-03").contains("# Review agenda, 10 Mar 2026\n\n## New since the last meeting (2)\n\nSince 10 Feb 2026"),
        "{}",
        agenda("2026-03")
    );
    assert_eq!(lookback(&folder, &["agenda", "--month", "March"]).code, 2);
}

#[test]
fn page_calendar_and_minutes_name_the_same() {
    let mut repository = collection();
    let sites = Sites::build(&mut repository);
    let folder = repository.path();
    let calendar = lookback(folder, &["agenda", "--format", "ics"]).out;
    assert_eq!(calendar, sites.text("internal/calendar.ics"));
    assert!(calendar.contains("DTSTART;VALUE=DATE:20260609") && calendar.contains("SUMMARY:Review agenda"), "{calendar}");
    let page = sites.text("internal/review/index.html");
    let minutes = lookback(folder, &["agenda"]).out;
    for title in ["Waiting connections of the order store ran out", "The disk of the search filled up"] {
        assert!(page.contains(title) && minutes.contains(title), "{title}");
    }
    assert!(page.contains("for 88 days") && minutes.contains("for 88 days"), "{minutes}");
}
