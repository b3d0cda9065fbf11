//! Words that others use for the values of our fields.

use crate::{
    config::Settings,
    model::{ActionStatus, SeverityValue, Status},
    text::fold,
};

const STATUSES: &[(Status, &[&str])] = &[
    (
        Status::Draft,
        &[
            "draft",
            "open",
            "in progress",
            "in-progress",
            "wip",
            "ongoing",
            "investigating",
            "identified",
            "monitoring",
            "pending",
            "unresolved",
            "작성중",
            "작성 중",
            "초안",
            "진행중",
            "진행 중",
            "조사중",
            "조사 중",
            "미결",
            "미해결",
        ],
    ),
    (
        Status::InReview,
        &["in-review", "in review", "review", "reviewing", "under review", "ready for review", "검토중", "검토 중", "리뷰중", "리뷰 중", "리뷰"],
    ),
    (
        Status::Final,
        &[
            "final",
            "closed",
            "resolved",
            "done",
            "complete",
            "completed",
            "published",
            "finished",
            "finalized",
            "ended",
            "mitigated",
            "완료",
            "종료",
            "해결",
            "해결됨",
            "해결 완료",
            "조치 완료",
            "확정",
            "발행",
        ],
    ),
    (Status::Withdrawn, &["withdrawn", "retracted", "cancelled", "canceled", "철회", "취소"]),
];

/// The status that a word means.
pub(super) fn status(written: &str) -> Option<Status> {
    let find = |word: &str| STATUSES.iter().find(|(_, words)| words.contains(&word)).map(|(status, _)| *status);
    let word = fold(written.trim().trim_matches(['`', '*', '"', '.']));
    find(&word)
}

/// The status at the start of a line of text: "완료 (2026-06-11)", "resolved — fixed in #12".
pub(super) fn status_in_text(written: &str) -> Option<Status> {
    status(written).or_else(|| head(written).and_then(status))
}

/// The severity at the start of a line of text: "P2 (CI only)", "SEV-2, partial".
pub(super) fn severity_in_text(written: &str, settings: &Settings) -> Option<SeverityValue> {
    let clean = written.trim().trim_matches(['`', '*', '"', '.']).trim();
    let words: Vec<&str> = clean
        .split(|part: char| part.is_whitespace() || matches!(part, '(' | '[' | ',' | ';' | '—' | '–' | ':' | '/' | '|'))
        .filter(|word| !word.is_empty())
        .take(2)
        .collect();
    let two = words.join(" ");
    let candidates = [clean, head(clean).unwrap_or(clean), &two, words.first().copied().unwrap_or(clean)];
    candidates.into_iter().find_map(|word| {
        let rank = settings.severity_rank(word.trim_matches(['`', '*', '.']))?;
        Some(SeverityValue { rank: Some(rank), written: clean.to_owned() })
    })
}

/// The part before a parenthesis, a dash or a comma.
fn head(written: &str) -> Option<&str> {
    let end = [" (", "(", " —", " –", " - ", ",", ";", ". ", " / "].iter().filter_map(|separator| written.find(separator)).min()?;
    written.get(..end).map(str::trim).filter(|part| !part.is_empty())
}

/// The state that a word means.
pub(super) fn action_status(written: &str) -> Option<ActionStatus> {
    Some(match &*fold(written.trim()).replace(['_', ' '], "-") {
        "open" | "todo" | "to-do" | "new" | "planned" | "예정" => ActionStatus::Open,
        "in-progress" | "started" | "doing" | "진행중" | "진행-중" => ActionStatus::InProgress,
        "done" | "closed" | "complete" | "completed" | "resolved" | "완료" => ActionStatus::Done,
        "declined" | "rejected" | "wontfix" | "won't-fix" | "cancelled" | "보류" => ActionStatus::Declined,
        _ => return None,
    })
}

/// The one of `known` that was probably meant.
pub(super) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = fold(word);
    let allowed = (word.chars().count() / 3).clamp(1, 3);
    let scored = known.into_iter().map(|name| (strsim::damerau_levenshtein(&word, &fold(name)), name));
    scored.filter(|(distance, _)| *distance <= allowed).min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

/// The one of `known` that was certainly meant: one slip away (two in a long word), and no other is as near.
pub(super) fn certain<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let word = fold(word);
    let allowed = match word.chars().count() {
        0..5 => return None,
        5..9 => 1,
        _ => 2,
    };
    let scored: Vec<(usize, &str)> = known.iter().map(|name| (strsim::damerau_levenshtein(&word, &fold(name)), *name)).collect();
    let nearest = scored.iter().map(|(distance, _)| *distance).min().filter(|distance| *distance <= allowed)?;
    let mut found = scored.into_iter().filter(|(distance, _)| *distance == nearest);
    found.next().map(|(_, name)| name).filter(|_| found.next().is_none())
}

/// "did you mean `x`?", or the words to choose from.
pub(super) fn suggestion(word: &str, known: &[&str]) -> String {
    nearest(word, known.iter().copied()).map_or_else(|| format!("use one of {}", known.join(", ")), |name| format!("did you mean `{name}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_words_mean_a_status() {
        for (word, expected) in [
            ("Closed", Status::Final),
            ("wip", Status::Draft),
            ("작성중", Status::Draft),
            ("in_review", Status::InReview),
            ("완료 (배포)", Status::Final),
        ] {
            assert_eq!(status_in_text(&word.replace('_', "-")), Some(expected), "{word}");
        }
        assert_eq!(status("unresolved but ended"), None);
    }

    #[test]
    fn a_severity_is_read_from_the_start_of_a_line() {
        let settings = Settings::default();
        let rank = |text| severity_in_text(text, &settings).and_then(|severity| severity.rank);
        assert_eq!(rank("P2 (CI 생산성 저하, 사용자 영향 없음)"), Some(1));
        assert_eq!(rank("**SEV-1**, all regions"), Some(0));
        assert_eq!(rank("Sev 3"), Some(2));
        assert_eq!(rank("`critical`"), Some(0));
        assert_eq!(rank("not a severity"), None);
    }

    #[test]
    fn only_one_slip_in_a_telling_word_is_certain() {
        let known = ["services", "severity", "customers_affected", "lang"];
        assert_eq!(certain("servces", &known), Some("services"));
        assert_eq!(certain("sevrity", &known), Some("severity"));
        assert_eq!(certain("customer_afected", &known), Some("customers_affected"));
        assert_eq!(certain("lan", &known), None);
        assert_eq!(certain("servicess2", &["services1", "services3"]), None);
    }

    #[test]
    fn near_words_are_suggested() {
        assert_eq!(nearest("servces", ["services", "severity"]), Some("services"));
        assert_eq!(nearest("section", ["services", "severity"]), None);
    }
}
