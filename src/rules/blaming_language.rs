//! Words blame somebody.
//!
//! ## What it does
//! Reports words that judge a person instead of telling what happened: `was careless`, `forgot to`, `we failed to notice`,
//! `failed to follow the runbook`, `부주의`, `실수로 지웠다`. Sentences that deny it, and those about what may happen (`a careless
//! restart could`, `실수로 지울 수 있는`), are left alone.
//!
//! ## Why
//! Who expects to be judged tells less, and what is not told can't be mended. What was done and what it did is enough.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! ---
//! ## Root cause
//! The on-call engineer carelessly restarted the database.
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! ---
//! ## Root cause
//! The restart of the database was not known to drop the connections of the pool. "That was careless", somebody said.
//! ```

use super::{Check, Document, Group, Rule};
use super::{language, lexicon};
use crate::findings::{Level, Problem};

pub(super) const RULE: Rule = Rule {
    name: "blaming-language",
    group: Group::Language,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("blaming_language.rs"),
    check: Check::Text(check),
};

/// Words after "their fault" and "his fault" that make it a property of a machine.
const OF_MACHINES: &[&str] = &["domain", "domains", "injection", "isolation", "tolerance", "tolerant"];

fn check(document: &Document<'_>) -> Vec<Problem> {
    let acts = language::hits(document, &lexicon::BLAME).filter(|hit| {
        let is_of_machine = hit.words_after(1).iter().any(|word| OF_MACHINES.contains(&&**word));
        // "The case that you forgot to think of" is about nobody.
        let is_of_reader = hit.words_before(1).iter().any(|word| word == "you");
        !hit.is_denied() && !is_of_machine && !is_of_reader
    });
    let characters = language::hits(document, &lexicon::CARELESS).filter(|hit| {
        let is_term_of_law = hit.is_joined() || hit.words_before(1).iter().any(|word| word == "gross" || word.ends_with("-gross"));
        !hit.is_denied() && !hit.is_a_danger() && !hit.is_possible() && !is_term_of_law
    });
    let mishaps = language::hits(document, &lexicon::BY_MISTAKE).filter(|hit| hit.is_told_in_korean() && !hit.is_a_danger() && !hit.is_denied());
    let problems = acts.chain(characters).chain(mishaps).map(|hit| {
        Problem::new(RULE.name, hit.span(), format!("`{}` judges somebody", hit.words()))
            .help("say what was done and what it did, without judging it")
    });
    problems.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::places_of;

    fn found(body: &str) -> Vec<String> {
        places_of(RULE.name, &format!("---\ntitle: A\n---\n## Root cause\n{body}\n"))
    }

    #[test]
    fn what_may_happen_and_what_is_no_person_is_not_blamed() {
        for body in [
            "A careless restart could drop every session.",
            "The flag stays off, so that no future sloppy edits turn it on.",
            "The contract leaves gross negligence out; negligent-misrepresentation claims are covered.",
            "The dashboards say that the cache is at fault.",
            "The first idea was to blame the cache; the instinct is to blame what changed last.",
            "None of the reviewers was careless.",
            "The client failed to follow redirects, and it failed to check the length.",
            "The queue survives operator carelessness.",
            "The zones share their fault domain.",
            "상태만 남기고 지운다.",
            "이 구조에서는 설정을 실수로 지우기 쉽다.",
            "실수로 삭제할 수 있는 권한이 있었다.",
        ] {
            assert_eq!(found(body), [""; 0], "{body}");
        }
    }

    #[test]
    fn what_was_judged_is_reported_once() {
        for (body, words) in [
            ("The deploy was careless.", "was careless"),
            ("Unfortunately, she forgot to run the migration.", "forgot to"),
            ("We failed to consider the second region.", "We failed to consider"),
            ("It happened because the team failed to follow the release process.", "the team failed to follow"),
            ("They failed to follow our established procedures.", "They failed to follow"),
            ("An engineer was responsible for the outage.", "An engineer was responsible for the outage"),
            ("담당자가 설정을 실수로 지웠다.", "실수로"),
            ("실수로 운영 테이블을 삭제함", "실수로"),
            ("배포 전 점검을 소홀히 하여 발생했다.", "소홀히"),
        ] {
            assert_eq!(found(body), [words], "{body}");
        }
    }
}
