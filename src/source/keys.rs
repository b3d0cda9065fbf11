//! How others spell our fields, in front matter and in key lines of a text.

use std::{collections::HashMap, sync::LazyLock};

use crate::{config::Settings, text::nfc};

pub(super) use crate::model::FRONT_MATTER_KEYS as CANONICAL;

/// Canonical keys that other generators use too: they don't show that a document was written for lookback.
pub(super) const SHARED: &[&str] =
    &["title", "status", "severity", "services", "tags", "lang", "links", "related", "timezone", "causes", "detection"];

/// Field and spellings, the most telling first. Compared as [`normalised`].
const SPELLINGS: &[(&str, &[&str])] = &[
    ("title", &["incident title", "제목"]),
    ("status", &["state", "incident status", "상태", "진행 상태"]),
    ("severity", &["sev", "severity level", "incident severity", "priority", "심각도", "장애 등급", "등급", "우선순위"]),
    (
        "services",
        &[
            "service",
            "affected",
            "affected services",
            "affected service",
            "services affected",
            "affected systems",
            "affected components",
            "impacted services",
            "systems",
            "components",
            "component",
            "서비스",
            "영향 서비스",
            "장애 서비스",
            "대상 서비스",
        ],
    ),
    ("owner", &["postmortem owner", "incident owner", "dri", "담당자", "담당", "책임자"]),
    ("authors", &["authors", "author", "written by", "reported by", "작성자", "작성"]),
    ("reviewers", &["reviewer", "리뷰어", "검토자"]),
    ("tags", &["tag", "categories", "category", "keywords", "labels", "태그", "분류"]),
    ("lang", &["language", "locale"]),
    (
        "started",
        &[
            "actual onset",
            "onset",
            "actual start",
            "impact start",
            "impact started",
            "start time",
            "started at",
            "start",
            "time started",
            "incident start",
            "incident start time",
            "incident started",
            "outage start",
            "occurred at",
            "발생 시각",
            "발생 시간",
            "발생 일시",
            "장애 발생 시각",
            "장애 발생",
            "장애 시작",
            "시작 시각",
            "시작 시간",
            "시작",
            "발생",
            "발생일",
            "date",
            "incident date",
            "date of incident",
            "일시",
            "장애 일시",
            "날짜",
            "장애 일자",
        ],
    ),
    (
        "detected",
        &[
            "detected at",
            "time detected",
            "time of detection",
            "detection time",
            "장애 감지",
            "장애 인지",
            "최초 감지",
            "최초 인지",
            "감지 시각",
            "감지 시간",
            "탐지 시각",
            "인지 시각",
            "감지",
            "탐지",
            "인지",
        ],
    ),
    ("acknowledged", &["acknowledged at", "ack time", "확인 시각"]),
    ("first_comms", &["first communication", "first comms at", "최초 공지"]),
    ("status_page", &["status page updated", "status page at"]),
    ("mitigated", &["mitigated at", "mitigation time", "time mitigated", "완화 시각", "완화"]),
    (
        "resolved",
        &[
            "resolved at",
            "resolved when",
            "resolution time",
            "time resolved",
            "end time",
            "ended at",
            "ended",
            "end",
            "recovery at",
            "recovered at",
            "recovery time",
            "recovered",
            "incident end",
            "incident end time",
            "incident ended",
            "outage end",
            "복구 시각",
            "복구 시간",
            "복구 일시",
            "해결 시각",
            "해결 시간",
            "해결 일시",
            "종료 시각",
            "종료 시간",
            "장애 종료",
            "장애 복구",
            "장애 해소",
            "복구 완료",
            "정상화",
            "복구",
            "해결",
            "종료",
        ],
    ),
];

/// Spellings that stand for a date more often than for the begin of an incident.
pub(super) const DATES: &[&str] = &["date", "incidentdate", "dateofincident", "일시", "장애일시", "날짜", "장애일자", "발생일"];

static BUILT_IN: LazyLock<HashMap<String, (&'static str, usize)>> = LazyLock::new(|| {
    let mut table = HashMap::new();
    for &(field, spellings) in SPELLINGS {
        for (rank, spelling) in [field].iter().chain(spellings).enumerate() {
            table.entry(normalised(spelling)).or_insert((field, rank));
        }
    }
    for field in CANONICAL {
        table.entry(normalised(field)).or_insert((field, 0));
    }
    table
});

/// The form in which keys are compared: `resolvedWhen`, `resolved_when` and `Resolved when` are one.
pub(super) fn normalised(key: &str) -> String {
    let keep = |part: &char| part.is_alphanumeric();
    if key.is_ascii() {
        return key.chars().filter(keep).map(|part| part.to_ascii_lowercase()).collect();
    }
    nfc(key).chars().filter(keep).flat_map(char::to_lowercase).collect()
}

/// The field that a built-in spelling means, and how telling it is (0 is our own).
pub(super) fn built_in(normalised: &str) -> Option<(&'static str, usize)> {
    BUILT_IN.get(normalised).copied()
}

/// The spellings of a site: those of its configuration first.
#[derive(Debug, Clone, Default)]
pub(super) struct Keys {
    configured: HashMap<String, (String, usize)>,
}

impl Keys {
    pub(super) fn new(settings: &Settings) -> Self {
        let mut configured = HashMap::new();
        for (field, spellings) in &settings.fields {
            let field = field.strip_prefix("times.").unwrap_or(field);
            for (rank, spelling) in spellings.iter().enumerate() {
                configured.insert(normalised(spelling), (field.to_owned(), rank + 1));
            }
        }
        Self { configured }
    }

    /// The field that a key means, with its rank: our own spelling, then the configured ones, then the built-in ones.
    pub(super) fn field(&self, normalised: &str) -> Option<(&str, usize)> {
        if let Some((field, rank)) = self.configured.get(normalised) {
            return Some((field, *rank));
        }
        built_in(normalised).map(|(field, rank)| (field, if rank == 0 { 0 } else { rank + 1000 }))
    }
}
