//! Somebody is measured by what was known only afterwards.
//!
//! ## What it does
//! Reports sentences that say what people should have known, seen or done: `we should have noticed`, `the team could easily
//! have`, `should have been caught in review`, `if we had checked`, `확인했어야 했다`. Action items are left out, and `if we had` is
//! what lessons are made of; what a machine should have done is an expectation.
//!
//! ## Why
//! Afterwards the signal stands out; at the time it was one of a hundred. What somebody saw, and why what they did made sense
//! then, explains more than what they did not do.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! ---
//! ## Root cause
//! The team should have noticed the full disk.
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! ---
//! ## Root cause
//! The alert for the disk went to a channel with 300 messages a day. The restart should have taken a minute and took ten.
//! ```

use super::{Check, Document, Group, Rule};
use super::{language, lexicon};
use crate::findings::{Level, Problem};

pub(super) const RULE: Rule = Rule {
    name: "hindsight",
    group: Group::Language,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("hindsight.rs"),
    check: Check::Text(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let judged = language::hits(document, &lexicon::HINDSIGHT).filter(|hit| !hit.is_in(document, &["action-items"]) && !is_after(hit));
    let imagined = language::hits(document, &lexicon::COUNTERFACTUAL).filter(|hit| !hit.is_in(document, &["action-items", "lessons"]));
    let hits = judged.chain(imagined);
    let problems = hits.map(|hit| {
        Problem::new(RULE.name, hit.span(), format!("`{}` judges by what was known afterwards", hit.words()))
            .help("say what could be seen then, and why what was done made sense")
    });
    problems.collect()
}

/// "Once the trace was read, it was obvious": a step of the investigation.
fn is_after(hit: &language::Hit<'_>) -> bool {
    hit.words().ends_with("obvious")
        && (hit.words_before(12).iter().any(|word| matches!(&**word, "once" | "after" | "when" | "then"))
            || hit.words_after(2).iter().any(|word| matches!(&**word, "once" | "after" | "when" | "from")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::places_of;

    fn found(body: &str) -> Vec<String> {
        places_of(RULE.name, &format!("---\ntitle: A\n---\n{body}\n"))
    }

    #[test]
    fn expectations_and_plans_are_no_hindsight() {
        for body in [
            "## Lessons learned\nIf we had known about the notice, a drain would have been enough.",
            "## Action items\n- Show which cluster is managed, so that it is obvious.\n- We should have asked the vendor: write to them.",
            "## Root cause\nOnce both traces were read side by side, it was obvious that the key was wrong.",
            "## Root cause\nThe gate should have blocked the change, and the probe that should have fired was off.",
            "## Impact\nHad we not watched it, the restart would have been lost.",
        ] {
            assert_eq!(found(body), [""; 0], "{body}");
        }
    }

    #[test]
    fn what_people_should_have_done_is_found() {
        for (body, words) in [
            ("## Root cause\nThis should have been caught in review.", "should have been caught in review"),
            ("## Lessons learned\n- The new tool shouldn't have been rushed to production.", "shouldn't have been rushed"),
            ("## Resolution\nIf the team had checked the queue, nothing would have been lost.", "If the team had checked"),
            ("## 원인\n배포 전에 설정을 확인했더라면 막을 수 있었다.", "확인했더라면"),
        ] {
            assert_eq!(found(body), [words], "{body}");
        }
    }
}
