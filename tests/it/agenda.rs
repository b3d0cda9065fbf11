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
        .write("postmortems/b.md", waiting.edit("Connections of", "Waiting connections of"))
        .commit("Ask for a review");
    repository.at("2026-03-05T12:00:00Z").write(PATH, REPORT).commit("Write");
    repository.author(REVIEWER).commit(&format!("{APPROVED}Postmortem: a\n"));
    repository.author("Ada Meyer <ada@example.com>");
    repository.at("2026-03-10T12:00:00Z").write(PATH, REPORT.edit("420 orders", "512 orders")).commit("Correct");
    repository
}

#[test]
fn the_meeting_has_what_is_new_what_waits_and_one_older_lesson() {
    let mut repository = collection();
    let folder = repository.checkout();
    let run = lookback(&folder, &["agenda", "--now", "2026-03-20T09:00:00Z"]);
    insta::assert_snapshot!(run, @"
    exit 0
    --- stdout
    # Review agenda, 14 Apr 2026

    ## New since the last meeting (0)

    Since 10 Mar 2026

    No new postmortems.

    ## Waiting for review (1)

    - **Waiting connections of the order store ran out** · 2 Mar 2026 · SEV2 · orders · Orders team · for 16 days · `postmortems/b.md`

    ## Changed after approval (1)

    - **Connections of the order store ran out** · 2 Mar 2026 · SEV2 · orders · Orders team · for 10 days · `postmortems/a.md`

    ## Never reviewed (1)

    - **The disk of the search filled up** · 2 Nov 2025 · SEV2 · orders · Orders team · for 78 days · `postmortems/old.md`

    ## Deadlines (1)

    - **Waiting connections of the order store ran out** · Completion · SEV2 · Orders team · 9 Mar 2026 · 11 days late

    ## Overdue actions (1)

    - **Page at 80% of the connections** · Orders team · 15 Jan 2026 · 64 days late · The disk of the search filled up

    ## One older lesson

    The disk of the search filled up · 2 Nov 2025 · `postmortems/old.md`

    > Alerts on *space* beat alerts on errors.
    ");
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
    assert!(page.contains("for 89 days") && minutes.contains("for 89 days"), "{minutes}");
}
