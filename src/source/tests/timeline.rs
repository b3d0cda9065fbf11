use super::{at, problems, read, read_with, with_partners};
use crate::{
    model::{Milestone, Origin, ZoneSource},
    source::{Parsed, TimelineStyle},
};

/// `UTC time | cells` of every row.
fn rows(parsed: &Parsed) -> Vec<String> {
    let timeline = parsed.timeline().expect("a timeline");
    let rows = timeline.rows.iter().map(|row| {
        let time = row.time.as_ref().map_or_else(
            || "-".to_owned(),
            |time| time.value.at.map_or_else(|| format!("?{}", time.value.written), |at| at.to_utc().format("%d %R").to_string()),
        );
        let cells: Vec<&str> = row.cells.iter().map(|cell| parsed.source().slice(*cell)).collect();
        format!("{time} | {}", cells.join(" | "))
    });
    rows.collect()
}

#[test]
fn a_table_with_the_zone_in_its_header_runs_over_midnight() {
    let parsed = read(
        "## Timeline\n\n| Actor | Time (KST) | What |\n|---|---|---|\n| a | 2026-03-14 23:50 | one |\n| b | 00:10 | two |\n| c | 00:05 | three |\n| d | 2026-03-16 | four |\n| e | `09:00 UTC` | five |\n| | | |\n",
    );
    assert_eq!(parsed.timeline().unwrap().style, TimelineStyle::Table);
    assert_eq!(rows(&parsed), ["14 14:50 | a | one", "14 15:10 | b | two", "14 15:05 | c | three", "15 15:00 | d | four", "16 09:00 | e | five"]);
    let zones: Vec<_> = parsed.timeline().unwrap().rows.iter().map(|row| row.time.as_ref().unwrap().value.zone).collect();
    assert_eq!(zones[0], ZoneSource::Context);
    assert_eq!(zones[4], ZoneSource::Written);
}

#[test]
fn a_column_of_dates_beside_one_of_times_is_used() {
    let parsed =
        read("## Timeline (UTC)\n| Date | Time | Event |\n|--|--|--|\n| 2026-03-14 | 10:00 | a |\n| | 10:05 | b |\n| 2026-03-15 | 09:00 | c |\n");
    assert_eq!(rows(&parsed), ["14 10:00 | a", "14 10:05 | b", "15 09:00 | c"]);
}

#[test]
fn lists_continue_the_date_of_the_item_or_heading_above() {
    let parsed = read(
        "## Timeline\nAll times in UTC.\n\n### 2026-03-14\n\n- **09:02** - deploy\n- 9:14 AM: alert\n  with more\n  - detail\n- ~09:30 — fix\n\n### Day two (2026-03-15)\n\n- 오후 1:05 done\n",
    );
    assert_eq!(parsed.timeline().unwrap().style, TimelineStyle::List);
    assert_eq!(rows(&parsed), ["14 09:02 | deploy", "14 09:14 | alert\n  with more\n  - detail", "14 09:30 | fix", "15 13:05 | done"]);
    let vague: Vec<_> = parsed.timeline().unwrap().rows.iter().map(|row| row.vague.clone()).collect();
    assert_eq!(vague, [None, None, Some("`~09:30` is approximate".to_owned()), None]);
    let parsed = read("## Timeline\n- 2026-03-14\n  - 09:02 deploy\n  - 09:14 alert\n- 2026-03-15\n  - 10:00 end\n");
    assert_eq!(rows(&parsed), ["14 09:02 | deploy", "14 09:14 | alert", "15 10:00 | end"]);
}

#[test]
fn paragraphs_and_lines_that_begin_with_a_time_are_rows() {
    let parsed = read("## Timeline\n2026-03-14 UTC\n\n09:02 UTC deploy\n09:14 UTC alert\nand more\n\n**09:30 UTC**\n\nFixed.\n\n- by hand\n");
    assert_eq!(parsed.timeline().unwrap().style, TimelineStyle::Paragraphs);
    assert_eq!(rows(&parsed), ["14 09:02 | deploy", "14 09:14 | alert\nand more", "14 09:30 | Fixed.\n\n- by hand"]);
}

#[test]
fn sub_headings_that_begin_with_a_time_are_rows() {
    let parsed = read(
        "## Timeline\n\nAll times in PST\n\n### 2026-03-14 07:42\n\nFails.\n\n### 08:47 Investigation\n\n- a\n- 10:00 b\n\n#### Note\nc\n\n### 01:10\n\nEnd.\n\n## Impact\nx\n",
    );
    assert_eq!(parsed.timeline().unwrap().style, TimelineStyle::Headings);
    assert_eq!(rows(&parsed), ["14 15:42 | Fails.", "14 16:47 | Investigation | - a\n- 10:00 b\n\n#### Note\nc", "14 09:10 | End."]);
}

#[test]
fn bare_times_take_the_day_of_the_incident() {
    let parsed = read("---\ntitle: a\nowner: b\ntimes: {started: 2026-03-14T23:00Z}\n---\n## Timeline\n- 23:00 a\n- 11:30 b\n- 10:00 c\n");
    // 11½ hours back is a row out of order; more than twelve is the next day.
    assert_eq!(rows(&parsed), ["14 23:00 | a", "14 11:30 | b", "14 10:00 | c"]);
    let parsed = read("---\ntitle: a\nowner: b\ntimes: {started: 2026-03-14T23:00Z}\n---\n## Timeline\n- 23:00 a\n- 10:30 b\n");
    assert_eq!(rows(&parsed), ["14 23:00 | a", "15 10:30 | b"]);
    let parsed = read("## Timeline\n- 10:00 a\n");
    assert_eq!(rows(&parsed), ["?10:00 | a"]);
}

#[test]
fn text_that_is_no_time_is_kept_as_written() {
    let parsed = read("## 타임라인\n| 시점 | 사건 |\n|---|---|\n| #1364 | 하나 |\n| 2026-06-11 | 둘 |\n| | 셋 |\n| 10:00 IST | 넷 |\n");
    assert_eq!(rows(&parsed), ["?#1364 | 하나", "11 00:00 | 둘", "- | 셋", "?10:00 IST | 넷"]);
    let vague: Vec<_> = parsed.timeline().unwrap().rows.iter().filter_map(|row| row.vague.clone()).collect();
    assert_eq!(vague, ["`#1364` is no time", "`IST` names more than one time zone"]);
}

#[test]
fn marked_rows_fill_the_times_that_front_matter_leaves_out() {
    let text = "---\ntitle: a\nowner: b\ntimes: {detected: 2026-03-14T09:10Z, mitigated: unknown}\n---\n## Timeline\n| Time (UTC) | Event |\n|--|--|\n| 2026-03-14 09:02 | [started] deploy |\n| 09:14 [detected] | alert |\n| 09:20 | [first-comms] [Status-Page] posted, see [resolved](x) and `[resolved]` |\n| 09:30 | \\[resolved\\] not yet [mitigated] |\n| 09:41 | [resolved] |\n";
    let parsed = read(text);
    assert_eq!(at(&parsed, Milestone::Started), "2026-03-14T09:02Z");
    assert_eq!(parsed.postmortem().times.started.as_ref().map(|time| time.origin), Some(Origin::Timeline));
    assert_eq!(at(&parsed, Milestone::Detected), "2026-03-14T09:10Z");
    assert_eq!(at(&parsed, Milestone::FirstComms), "2026-03-14T09:20Z");
    assert_eq!(at(&parsed, Milestone::StatusPage), "2026-03-14T09:20Z");
    assert_eq!(at(&parsed, Milestone::Mitigated), "unknown");
    assert_eq!(at(&parsed, Milestone::Resolved), "2026-03-14T09:41Z");
    let milestones: Vec<_> =
        parsed.timeline().unwrap().rows[1].milestones.iter().map(|(milestone, span)| (*milestone, parsed.source().slice(*span))).collect();
    assert_eq!(milestones, [(Milestone::Detected, "[detected]")]);
}

#[test]
fn unmarked_rows_never_become_times() {
    let parsed = read("## Timeline\n- 2026-03-14 09:00 UTC a\n- 10:00 UTC b\n");
    assert_eq!(at(&parsed, Milestone::Started), "unknown");
    assert_eq!(at(&parsed, Milestone::Resolved), "unknown");
}

#[test]
fn audience_marks_name_the_cell_that_may_go_outside() {
    let text = "## Timeline\n| Time (UTC) | Public | Notes |\n|--|--|--|\n| 2026-03-14 09:02 | Errors [public] | secret |\n| 09:05 [public] | a | b |\n| 09:06 | a [public] | b [internal] |\n| 09:07 | a [pubilc] | [partners] b |\n";
    let parsed = read_with(text, &with_partners());
    let rows = &parsed.timeline().unwrap().rows;
    assert_eq!(rows[0].audiences.iter().map(|(index, mark)| (*index, &*mark.audience)).collect::<Vec<_>>(), [(0, "public")]);
    assert!(rows[1].audiences.is_empty() && rows[2].audiences.is_empty());
    assert_eq!(rows[3].audiences.iter().map(|(index, mark)| (*index, &*mark.audience)).collect::<Vec<_>>(), [(1, "partners")]);
    assert_eq!(problems(&parsed).iter().filter(|problem| problem.starts_with("malformed-audience-mark")).count(), 3);
    let parsed = read("## Timeline\n- 2026-03-14 09:00 UTC [public] Errors began\n");
    assert_eq!(parsed.timeline().unwrap().rows[0].audiences[0].0, 0);
}

#[test]
fn a_document_without_a_timeline_has_none() {
    assert!(read("## Summary\n| Time | x |\n|--|--|\n| 10:00 | a |\n").timeline().is_none());
    assert!(read("## Timeline\n\nUnknown.\n").timeline().is_none());
}

/// The cells of the rows that carry a mark for an audience.
fn outside(text: &str) -> Vec<String> {
    let parsed = read(text);
    let rows = parsed.timeline().map(|timeline| timeline.rows.clone()).unwrap_or_default();
    rows.iter().flat_map(|row| row.audiences.iter().map(|(index, _)| parsed.source().slice(row.cells[*index]).to_owned())).collect()
}

#[test]
fn a_mark_opens_only_the_block_of_a_list_row_that_holds_it() {
    for (row, expected) in [
        ("- 2026-03-14 09:00 UTC secret\n  - a [public] b\n", "- a [public] b"),
        ("- 2026-03-14 09:00 UTC secret\n\n  - a [public] b\n\n  - secret\n", "a [public] b"),
        ("- 2026-03-14 09:00 UTC a [public] b\n  - secret\n", "a [public] b"),
        ("- 2026-03-14 09:00 UTC a [public] b\n\n  secret\n", "a [public] b"),
        ("- 2026-03-14 09:00 UTC secret\n\n  a [public] b\n", "a [public] b"),
        ("- 2026-03-14 09:00 UTC a [public] b\n  > secret\n", "a [public] b"),
        ("### 2026-03-14 09:00 UTC secret\n\nsecret\n\na [public] b\n\nsecret\n", "a [public] b"),
    ] {
        assert_eq!(outside(&format!("## Timeline\n{row}")), [expected], "{row}");
    }
}

#[test]
fn a_mark_in_a_comment_or_in_a_link_opens_nothing() {
    let table = |row: &str| format!("## Timeline\n| Time (UTC) | Event |\n|--|--|\n| 2026-03-14 09:02 | {row} |\n");
    for row in ["secret <!-- [public] -->", "secret `[public]`", "secret [public](https://a.example)", "a [public] [!INTERNAL] secret"] {
        assert_eq!(outside(&table(row)), Vec::<String>::new(), "{row}");
    }
    assert_eq!(outside(&(table("secret [public] address") + "\n[public]: https://a.example\n")), Vec::<String>::new());
    assert_eq!(outside(&table("a [public]")), ["a [public]"]);
}

#[test]
fn a_mark_beside_the_time_opens_nothing() {
    let text = "## Timeline\n| Time (UTC) | Event |\n|--|--|\n| 2026-03-14 09:02 [public] | secret |\n";
    assert_eq!(outside(text), Vec::<String>::new());
    assert!(problems(&read(text))[0].starts_with("malformed-audience-mark"), "{:?}", problems(&read(text)));
}
