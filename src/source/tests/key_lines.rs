use super::{at, problems, read};
use crate::model::{Milestone, Origin, Precision, Status};

#[test]
fn bold_and_bulleted_key_lines_at_the_top_are_read() {
    let parsed = read("# T\n\n**Severity**: SEV2\n**Status:** Resolved\n**Author(s)**: Ada, Lin\n**Date**: 2026-06-23\n\n## Summary\nx\n");
    let postmortem = parsed.postmortem();
    assert_eq!(postmortem.severity.as_ref().map(|severity| (severity.value.rank, severity.origin)), Some((Some(1), Origin::Body)));
    assert_eq!(postmortem.status.as_ref().map(|status| status.value), Some(Status::Final));
    assert_eq!(postmortem.authors.len(), 2);
    let started = postmortem.times.started.as_ref().unwrap();
    assert_eq!((started.origin, started.value.precision), (Origin::Body, Precision::Day));
    assert_eq!(parsed.source().slice(started.span), "2026-06-23");
    assert_eq!(problems(&parsed), Vec::<String>::new());
}

#[test]
fn korean_key_lines_are_read() {
    let parsed = read(
        "# 0001. 결제 장애\n\n- 날짜: 2026-06-11\n- 심각도: P2 (CI 생산성 저하)\n- 상태: 완료\n- 작성자: 김하나\n- 담당자：이두리\n- 영향 서비스: 결제, 주문\n- 발생 시각: 2026-06-11 09:14 KST\n- 복구 시각: 2026-06-11 오전 10:20 KST\n\n## 요약\nx\n",
    );
    let postmortem = parsed.postmortem();
    assert_eq!(postmortem.severity.as_ref().and_then(|severity| severity.value.rank), Some(1));
    assert_eq!(postmortem.status.as_ref().map(|status| status.value), Some(Status::Final));
    assert_eq!(postmortem.owner.as_ref().map(|owner| owner.value.to_string()).as_deref(), Some("이두리"));
    assert_eq!(postmortem.services.iter().map(|service| &*service.value).collect::<Vec<_>>(), ["결제", "주문"]);
    assert_eq!(at(&parsed, Milestone::Started), "2026-06-11T00:14Z");
    assert_eq!(at(&parsed, Milestone::Resolved), "2026-06-11T01:20Z");
}

#[test]
fn a_two_column_table_and_a_stats_section_are_read() {
    let parsed = read(
        "# T\n\n| Field | Value |\n|---|---|\n| **Severity** | SEV-1 |\n| Start time | 2026-03-14 09:00 UTC |\n| End time | 10:30 UTC |\n\n## Stats\n\n- Category: Kubernetes\n- Time to detection: 371 minutes\n",
    );
    assert_eq!(parsed.postmortem().severity.as_ref().and_then(|severity| severity.value.rank), Some(0));
    assert_eq!(at(&parsed, Milestone::Started), "2026-03-14T09:00Z");
    assert_eq!(at(&parsed, Milestone::Resolved), "2026-03-14T10:30Z");
    assert_eq!(parsed.postmortem().tags[0].value, "Kubernetes");
}

#[test]
fn labelled_lines_of_a_timeline_give_times() {
    let text = "---\ntitle: a\ndate: 2026-04-30\n---\n## Incident timeline\n\n- **Start time (detected):** 2026-04-28 ~22:22Z (operator)\n- **End time (recovered):** 2026-04-29 01:00Z\n- **Duration:** 3 h\n";
    let parsed = read(text);
    assert_eq!(at(&parsed, Milestone::Started), "2026-04-28T22:22Z");
    assert!(parsed.postmortem().times.started.as_ref().is_some_and(|time| time.value.estimated));
    assert_eq!(at(&parsed, Milestone::Detected), "2026-04-28T22:22Z");
    assert_eq!(at(&parsed, Milestone::Resolved), "2026-04-29T01:00Z");
}

#[test]
fn front_matter_wins_over_the_text() {
    let parsed = read("---\ntitle: a\nseverity: SEV3\n---\nSeverity: SEV1\nStatus: closed\n");
    assert_eq!(parsed.postmortem().severity.as_ref().and_then(|severity| severity.value.rank), Some(2));
    assert_eq!(parsed.postmortem().status.as_ref().map(|status| status.origin), Some(Origin::Body));
}

#[test]
fn prose_with_colons_is_no_key_line() {
    let parsed = read("# T\n\n## Summary\nStatus: we were done. Severity: it was bad.\n\n## Impact\n- Severity: SEV1\n");
    assert_eq!(parsed.postmortem().status, None);
    assert_eq!(parsed.postmortem().severity, None);
}
