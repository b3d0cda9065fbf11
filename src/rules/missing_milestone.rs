//! The timeline does not say when a milestone was reached.
//!
//! ## What it does
//! Where a timeline with at least three times was recognised, looks for the first alert or report, the first communication
//! (internal or external) and the end: as marks of rows (`[detected]`, `[first-comms]` or `[status-page]`, `[resolved]`), in
//! `times`, where `unknown` counts, or in words of a row: `alert`, `reported`, `status page`, `restored`, `감지`, `공지`, `복구`.
//! One finding names all that are missing. It is a note where no row of the timeline is marked.
//!
//! ## Why
//! These three are what a review asks first: how long nobody knew, how long nobody was told, how long it took.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! ---
//! ## Timeline (UTC)
//! - 2026-03-14 09:14 [detected] Alert on the error rate.
//! - 09:21 The disk is found to be full.
//! - 09:55 [resolved] Errors stop.
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! ---
//! ## Timeline (UTC)
//! - 2026-03-14 09:14 [detected] Alert on the error rate.
//! - 09:25 Posted on the status page.
//! - 09:55 [resolved] Errors stop.
//! ```

use super::{
    Check, Document, Group, Rule,
    lexicon::{Lexicon, compile},
};
use crate::{
    findings::{Level, Problem},
    model::Milestone,
};

pub(super) const RULE: Rule = Rule {
    name: "missing-milestone",
    group: Group::Timeline,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("missing_milestone.rs"),
    check: Check::Text(check),
};

/// A milestone, or several of which one is enough.
struct Asked {
    /// What is missing, in words.
    name: &'static str,
    /// The milestones.
    milestones: &'static [Milestone],
    /// The mark to write.
    mark: &'static str,
    /// Words by which a row without a mark tells it.
    words: Lexicon,
}

static ASKED: [Asked; 3] = [
    Asked {
        name: "the first alert or report",
        milestones: &[Milestone::Detected, Milestone::Acknowledged],
        mark: "[detected]",
        words: Lexicon::new(|| {
            compile(
                r"\b(?:alert(?:s|ed|ing)?|alarms?|alarmed|paged?|pagerduty|opsgenie|detect(?:s|ed|ion)?|notic(?:es?|ed)|discover(?:s|ed)?|report(?:s|ed|ing)?|spotted|observed|tickets?
                |complain(?:s|ed|ts?)?|monitoring|acknowledged|aware|pingdom|sentry|nagios|prometheus|first\s+signs?|issue\s+opened|started\s+seeing|see(?:s|ing)?\s+errors)\b
                | 감지 | 인지 | 탐지 | 알림 | 알람 | 경보 | 신고 | 제보 | 문의 | 발견 | 접수 | 보고",
            )
        }),
    },
    Asked {
        name: "the first communication",
        milestones: &[Milestone::FirstComms, Milestone::StatusPage],
        mark: "[first-comms]",
        words: Lexicon::new(|| {
            compile(
                r"\bstatus\s?page\b | \bstatuspage\b | \b(?:announc(?:e|es|ed|ement)|notif(?:y|ies|ied|ication)|inform(?:s|ed)?|communicat(?:e|es|ed|ion)|posted|tweet(?:s|ed)?|e-?mail(?:s|ed)?
                |slack|discord|gitter|mattermost|teams\s+channel|channel|war\s+room|incident\s+(?:declared|opened|created|raised|call)|declare(?:s|d)?\s+(?:an\s+|the\s+)?incident|escalat(?:e|es|ed)|pinged|told
                |messages?\s+(?:sent|to)|broadcast|banner|joins?|joined)\b
                | 공지 | 안내 | 공유 | 전파 | 통지 | 슬랙 | 채널 | 보고",
            )
        }),
    },
    Asked {
        name: "the resolution",
        milestones: &[Milestone::Resolved, Milestone::Mitigated],
        mark: "[resolved]",
        words: Lexicon::new(|| {
            compile(
                r"\b(?:resolv(?:es?|ed|ing)|resolution|recover(?:s|ed|y)?|fix(?:es|ed)|restor(?:es?|ed)|mitigat(?:es?|ed|ion)|normal|stable|stabili[sz]ed|healthy|operational|back\s+(?:up|online|to)
                |rolled\s+back|rollback\s+(?:complete[d]?|done|finished)|revert(?:s|ed)|closed|all\s+clear|works?\s+again|working\s+again|up\s+again|again\s+(?:available|reachable)|come\s+up|came\s+up
                |errors?\s+stop(?:s|ped)?|outage\s+(?:ends?|over)|(?:service|site|hub|everything|system)\s+(?:is|are|was|were)\s+(?:now\s+)?(?:up|back|working|fine|ok)|complet(?:es?|ed)|success(?:ful|fully)?)\b
                | 복구 | 해결 | 정상 | 완료 | 조치 | 해소 | 종료 | 롤백",
            )
        }),
    },
];

fn check(document: &Document<'_>) -> Vec<Problem> {
    let Some(timeline) = document.parsed.timeline() else { return Vec::new() };
    if timeline.rows.iter().filter(|row| row.time.is_some()).count() < 3 || document.postmortem().is_withdrawn() {
        return Vec::new();
    }
    let times = &document.postmortem().times;
    let is_marked = |wanted: &Milestone| timeline.rows.iter().any(|row| row.milestones.iter().any(|(milestone, _)| milestone == wanted));
    let is_known = |wanted: &Milestone| times.get(*wanted).is_some() || is_marked(wanted);
    let is_told = |asked: &Asked| asked.words.as_ref().is_some_and(|words| timeline.rows.iter().any(|row| words.is_match(document.slice(row.span))));
    let missing: Vec<&Asked> = ASKED.iter().filter(|asked| !asked.milestones.iter().any(is_known) && !is_told(asked)).collect();
    if missing.is_empty() {
        return Vec::new();
    }
    let names: Vec<&str> = missing.iter().map(|asked| asked.name).collect();
    let marks: Vec<String> = missing.iter().map(|asked| format!("`{}`", asked.mark)).collect();
    let message = format!("no row tells {}", joined(&names));
    let place = timeline.rows.first().map_or(timeline.span, |row| row.time.as_ref().map_or(row.span, |time| time.span));
    let problem = Problem::new(RULE.name, place, message)
        .help(format!("write {} into the rows, or give the time in `times`, where `unknown` is possible", marks.join(", ")));
    // Who uses no marks may tell it in words that no list has.
    let is_in_use = timeline.rows.iter().any(|row| !row.milestones.is_empty());
    vec![if is_in_use { problem } else { problem.at_most(Level::Info) }]
}

/// "a", "a or b", "a, b or c".
fn joined(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::findings_of;

    fn found(timeline: &str) -> Vec<(Level, String)> {
        let text = format!("# A\n\n## Timeline (UTC)\n{timeline}\n");
        findings_of(RULE.name, &text).into_iter().map(|finding| (finding.level, finding.problem.message)).collect()
    }

    #[test]
    fn a_milestone_told_in_words_is_told() {
        assert_eq!(
            found("- 2026-03-14 09:14 Customers report errors.\n- 09:21 We posted it on the status page.\n- 09:55 Everything is back to normal."),
            []
        );
        assert_eq!(found("- 2026-03-14 09:14 결제 오류 알림 수신\n- 09:21 고객 공지\n- 09:55 서비스 복구"), []);
    }

    #[test]
    fn without_marks_it_is_a_note() {
        let rows = "- 2026-03-14 09:14 The disk is full.\n- 09:21 Logs are deleted.\n- 09:55 Nobody knows why it works.";
        assert_eq!(found(rows), [(Level::Info, "no row tells the first alert or report, the first communication or the resolution".to_owned())]);
        assert_eq!(found(&rows.replace("The disk", "[detected] The disk"))[0].0, Level::Warning);
    }
}
