//! Nobody could tell whether an action item is done.
//!
//! ## What it does
//! Reports `actions` of the front matter that are not done or declined, whose title says only that something should be
//! looked into, improved or watched, or that people should take more care.
//!
//! ## Why
//! "Improve monitoring" is never finished and never late. "Alert when the disk is 80 % full" is one or the other.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! actions:
//!   - {title: Improve monitoring, owner: Payments team, due: 2026-04-01}
//! ---
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! actions:
//!   - {title: Alert at 80 % of the disk, owner: Payments team, due: 2026-04-01}
//! ---
//! ```

use super::{Check, Document, Group, Rule};
use crate::findings::{Level, Problem};
use regex::Regex;
use std::sync::LazyLock;

pub(super) const RULE: Rule = Rule {
    name: "vague-action",
    group: Group::Actions,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("vague_action.rs"),
    check: Check::Text(check),
};

/// Beginnings that name no result, when little follows; and words about care, which never do.
const PATTERN: &str = r"(?xi)
    ^\s*(?:improve|investigate|review|consider|look\s+into|discuss|think\s+about|monitor|enhance|explore|better|more|revisit|evaluate)
        (?:\s+(?:the|our|a|more|better))?(?:\s+[\p{L}\d/-]+){0,2}\s*[.!]?\s*$
    | \b(?:be|being)\s+more\s+careful\b | \b(?:pay|paying)\s+(?:more|closer)\s+attention\b | \b(?:try|trying)\s+harder\b | \btake\s+more\s+care\b
    | ^\s*(?:모니터링|테스트|문서화|프로세스|알림|로깅|코드\s*리뷰|커뮤니케이션)\s*(?:을|를)?\s*(?:강화|개선|보완)(?:하기|한다)?\s*$
    | (?:더|좀\s*더)\s*(?:주의|조심|신경)";

fn check(document: &Document<'_>) -> Vec<Problem> {
    static VAGUE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(PATTERN).ok());
    let Some(vague) = VAGUE.as_ref() else { return Vec::new() };
    let pending = document.postmortem().actions.iter().filter(|action| action.value.status.is_pending() && vague.is_match(&action.value.title));
    let problems = pending.map(|action| {
        Problem::new(RULE.name, action.span, format!("action `{}` names no result", action.value.title.trim()))
            .help("say what will be different once it is done, so that anybody can see whether it is")
    });
    problems.collect()
}
