use chrono::Duration;

use super::{
    Appearance, ApprovalKind, Content, Deadline, ExternalAudience, KnownSection, Privacy, PublishPolicy, Requirement, Retraction, ReviewPolicy,
    Settings, Severity, Site, Translations,
};

/// Ids, titles in English and Korean, and whether the section is required by default.
const SECTIONS: &[(&str, &[&str], bool)] = &[
    (
        "summary",
        &[
            "Summary",
            "Overview",
            "Executive summary",
            "Incident overview",
            "Incident summary",
            "TL;DR",
            "Abstract",
            "What happened",
            "요약",
            "개요",
            "장애 요약",
            "장애 개요",
            "사건 개요",
        ],
        true,
    ),
    ("leadup", &["Lead-up", "Leadup", "Background", "Context", "배경", "사전 상황"], false),
    (
        "impact",
        &[
            "Impact",
            "Customer impact",
            "User impact",
            "Business impact",
            "Blast radius",
            "Impact assessment",
            "Impact details",
            "Symptom",
            "Symptoms",
            "영향",
            "임팩트",
            "영향 범위",
            "고객 영향",
            "피해 범위",
            "장애 영향",
            "증상",
        ],
        true,
    ),
    ("detection", &["Detection", "How we found out", "Fault detection", "탐지", "감지", "인지", "장애 감지", "장애 인지"], false),
    ("response", &["Response", "Incident response", "대응", "장애 대응", "대응 과정"], false),
    ("timeline", &["Timeline", "Incident timeline", "Chronology", "Timeline of events", "타임라인", "경과", "시간대별 경과", "장애 타임라인"], true),
    (
        "root-cause",
        &[
            "Root cause",
            "Root causes",
            "Root cause analysis",
            "Root cause(s)",
            "Contributing factors",
            "Contributing factor",
            "Cause",
            "Causes",
            "Cause analysis",
            "Root cause hypothesis",
            "Trigger",
            "Triggered by",
            "원인",
            "근본 원인",
            "원인 분석",
            "근본 원인 분석",
            "기여 요인",
            "장애 원인",
        ],
        true,
    ),
    ("five-whys", &["Five whys", "5 whys", "The five whys", "Five whys analysis", "다섯 번의 왜", "5 Why", "5 Whys 분석", "왜-왜 분석"], false),
    (
        "resolution",
        &[
            "Resolution",
            "Recovery",
            "Mitigation",
            "Resolution and recovery",
            "Fix",
            "How we fixed it",
            "Remediation",
            "해결",
            "복구",
            "조치",
            "해결 방법",
            "조치 내용",
            "장애 조치",
            "완화",
        ],
        true,
    ),
    (
        "lessons",
        &[
            "Lessons learned",
            "Lessons learnt",
            "Lessons",
            "Learnings",
            "What we learned",
            "Retrospective",
            "What went well",
            "What went right",
            "What went wrong",
            "What went poorly",
            "What went badly",
            "Where we got lucky",
            "What could be improved",
            "교훈",
            "배운 점",
            "회고",
            "잘된 점",
            "아쉬운 점",
            "운이 좋았던 점",
        ],
        false,
    ),
    (
        "action-items",
        &[
            "Action items",
            "Actions",
            "Action item",
            "Action points",
            "Follow-up actions",
            "Follow-up",
            "Follow-ups",
            "Follow up",
            "Next steps",
            "Corrective actions",
            "Preventive actions",
            "Prevention",
            "Remediation items",
            "조치 항목",
            "액션 아이템",
            "후속 조치",
            "재발 방지",
            "재발 방지 대책",
            "재발 방지 액션",
            "향후 조치",
        ],
        false,
    ),
    (
        "customer-summary",
        &[
            "Customer summary",
            "Customer-facing summary",
            "Public summary",
            "Summary for customers",
            "고객 요약",
            "고객 안내",
            "고객용 요약",
            "고객 공지",
        ],
        false,
    ),
    (
        "supporting-material",
        &[
            "Supporting material",
            "Supporting information",
            "Appendix",
            "References",
            "Links",
            "Related",
            "Related issues",
            "Evidence",
            "Attachments",
            "참고 자료",
            "참고",
            "부록",
            "관련 자료",
            "첨부",
        ],
        false,
    ),
];

impl Default for Settings {
    /// What holds without a configuration file.
    fn default() -> Self {
        let severity = |id: &str, name: &str, public: &str| Severity {
            id: id.to_owned(),
            name: name.to_owned(),
            public_name: Some(public.to_owned()),
            approvals: Some(1),
        };
        Self {
            site: Site { title: "Postmortems".to_owned(), timezone: chrono_tz::UTC, languages: vec!["en".to_owned()] },
            content: Content::default(),
            fields: std::collections::BTreeMap::new(),
            severities: vec![
                severity("SEV1", "Critical", "Major outage"),
                severity("SEV2", "Major", "Partial outage"),
                severity("SEV3", "Minor", "Degraded service"),
                severity("SEV4", "Low", "Minor issue"),
            ],
            services: Vec::new(),
            causes: Vec::new(),
            sections: SECTIONS
                .iter()
                .map(|&(id, titles, required)| KnownSection {
                    id: id.to_owned(),
                    titles: titles.iter().map(|&title| title.to_owned()).collect(),
                    required_from: match (required, id) {
                        (true, _) => Requirement::All,
                        (false, "lessons") => Requirement::Asked,
                        (false, _) => Requirement::Never,
                    },
                })
                .collect(),
            audiences: vec![ExternalAudience::named("public")],
            review: ReviewPolicy::default(),
            privacy: Privacy::default(),
            appearance: Appearance::default(),
            rules: std::collections::BTreeMap::new(),
            people: Vec::new(),
            translations: Translations::from([(
                "ko".to_owned(),
                KOREAN.iter().map(|&(words, korean)| (words.to_owned(), korean.to_owned())).collect(),
            )]),
        }
    }
}

/// The words above that customers read, in Korean.
const KOREAN: &[(&str, &str)] = &[
    ("Incident reports", "장애 보고서"),
    ("Major outage", "전면 장애"),
    ("Partial outage", "부분 장애"),
    ("Degraded service", "성능 저하"),
    ("Minor issue", "경미한 문제"),
];

impl ExternalAudience {
    /// An external audience with the defaults.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            title: "Incident reports".to_owned(),
            base_url: None,
            languages: vec!["en".to_owned()],
            publish: PublishPolicy::Approved,
            min_severity: None,
            delay: Duration::zero(),
            retraction: Retraction::Notice,
        }
    }
}

impl Default for ReviewPolicy {
    fn default() -> Self {
        Self {
            approvals: 1,
            accept: vec![ApprovalKind::Trailer, ApprovalKind::Merge],
            trailers: vec!["Reviewed-by".to_owned(), "Approved-by".to_owned()],
            approvers: Vec::new(),
            require_signed: false,
            allowed_signers: None,
            draft_within: Deadline::Within(Duration::hours(48)),
            complete_within: Deadline::BusinessDays(5),
            holidays: Vec::new(),
            meeting: "monthly".to_owned(),
            five_whys: 5,
            bots: vec!["[bot]".to_owned()],
        }
    }
}
