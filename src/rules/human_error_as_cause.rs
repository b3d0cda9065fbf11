//! Human error is given as a cause.
//!
//! ## What it does
//! Reports `human error`, `operator error`, `인적 오류`, `작업자 실수` and the like, unless the sentence denies them or speaks of
//! preventing them. Action items may name what they prevent. Code, links, quotes, choices that are not ticked and what stands
//! in quotation marks are left out, as in every rule about language; titles and `public.summary` are read, too.
//!
//! ## Why
//! People make mistakes every day, and on most days nothing breaks. Where the analysis stops at the person it never reaches
//! what made the mistake possible, likely or costly, and nothing gets better.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! ---
//! ## Root cause
//! The outage was caused by human error.
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! ---
//! ## Root cause
//! The script takes the production cluster as its default, and asks nothing. It was not human error.
//! ## Resolution
//! The script now asks for the name of the cluster, which makes human error less costly.
//! ## Action items
//! - Deploy from a pipeline, against human error.
//! ```

use super::{Check, Document, Group, Rule};
use super::{language, lexicon};
use crate::findings::{Level, Problem};

pub(super) const RULE: Rule = Rule {
    name: "human-error-as-cause",
    group: Group::Language,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("human_error_as_cause.rs"),
    check: Check::Text(check),
};

/// What errors are written down in or counted as, when a program makes them: "operator error log".
const COUNTED: &[&str] =
    &["budget", "class", "code", "codes", "count", "counts", "log", "logs", "message", "messages", "metric", "metrics", "rate", "rates"];

fn check(document: &Document<'_>) -> Vec<Problem> {
    let hits = language::hits(document, &lexicon::HUMAN_ERROR).filter(|hit| {
        let is_counted = hit.words_after(1).iter().any(|word| COUNTED.contains(&&**word));
        !hit.is_denied() && !hit.is_a_danger() && !is_counted && !hit.is_in(document, &["action-items"])
    });
    let problems = hits.map(|hit| {
        Problem::new(RULE.name, hit.span(), format!("`{}` is where the analysis begins, not a cause", hit.words()))
            .help("ask what made the mistake possible, likely or costly, and write that")
    });
    problems.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::places_of;

    fn found(body: &str) -> Vec<String> {
        places_of(RULE.name, &format!("---\ntitle: A\n---\n{body}\n"))
    }

    #[test]
    fn what_is_prevented_or_quoted_or_not_ticked_is_no_cause() {
        for body in [
            "## Root cause\nA second pair of eyes was asked for to prevent human error, and was asleep.",
            "## Lessons learned\nThe old procedure was prone to manual errors.",
            "## Root cause\nThe form is strict, so that a wrong date is a recoverable operator error-prone step less.",
            "## Root cause\n- [ ] Human error\n- [x] Configuration",
            "## Supporting material\nWe read 'Behind Human Error' together.",
            "## Timeline\n- 2026-03-14 09:14 UTC The operator error rate rises.",
            "## Action items\n- Check the name of the cluster, because of human error.",
            "## Resolution\nNo outage is expected (unless a human mistake is made).",
            "## 원인\n인적 오류를 방지하는 절차가 없었다.",
        ] {
            assert_eq!(found(body), [""; 0], "{body}");
        }
    }

    #[test]
    fn the_front_matter_is_read_too() {
        let text = "---\ntitle: Human error takes checkout down\npublic: {publish: true, title: T, summary: 'An operator error.'}\n---\n";
        let found: Vec<String> = places_of(RULE.name, text);
        assert_eq!(found, ["Human error", "operator error"]);
    }

    #[test]
    fn errors_that_happened_are_causes_in_other_words_too() {
        assert_eq!(
            found("## Root cause\nA mix of technical and human errors. It was not the disk but a fat-fingered flag."),
            ["human errors", "fat-fingered"]
        );
        assert_eq!(found("## 원인\n설정 실수로 장애가 발생했다."), ["설정 실수로"]);
    }
}
