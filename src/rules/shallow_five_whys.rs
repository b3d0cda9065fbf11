//! The five whys stop early.
//!
//! ## What it does
//! In a section of five whys, counts the questions: list items, steps `1.`, `2.`, or how often the text asks `why` or `왜`.
//! Fewer than `review.five_whys` are reported, one fewer as a note only. Plain paragraphs without any question are left alone.
//!
//! ## Why
//! The first answers are about what broke. What let it break, and what let that go unseen, comes later; there the action
//! items are that prevent more than this one incident.
//!
//! ## Configuration
//! `review: {five_whys: 3}` in `lookback.yml`.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! ---
//! ## Five whys
//! 1. Why did checkout fail? The disk was full.
//! 2. Why was it full? Logs were not rotated.
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! ---
//! ## Five whys
//! 1. Why did checkout fail? The disk was full.
//! 2. Why was it full? Logs were not rotated.
//! 3. Why were they not rotated? The job had failed since May.
//! 4. Why did nobody know? It reports to nobody.
//! 5. Why? New jobs have no owner by default.
//! ```

use super::prose::PassageKind;
use super::{Check, Document, Group, Rule};
use crate::findings::{Level, Problem};
use regex::Regex;
use std::sync::LazyLock;

pub(super) const RULE: Rule = Rule {
    name: "shallow-five-whys",
    group: Group::Language,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("shallow_five_whys.rs"),
    check: Check::Text(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    static QUESTION: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)\bwhys?\b|왜").ok());
    // Some write all steps in one paragraph: "1. Why …? → 2. Why …?".
    static STEP: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?:^|\s)([1-9])[.)]\s").ok());
    let wanted = document.settings.review.five_whys;
    let passages = &document.prose().passages;
    let sections = document.parsed.sections().iter().filter(|section| section.kind.as_deref() == Some("five-whys") && !section.is_empty);
    let problems = sections.filter_map(|section| {
        let inside = || passages.iter().filter(|passage| section.body.contains(passage.span()));
        let count = |pattern: &LazyLock<Option<Regex>>| {
            inside().map(|passage| pattern.as_ref().map_or(0, |pattern| pattern.find_iter(&passage.text).count())).sum::<usize>()
        };
        // The highest number: the first may be that of a list item, which belongs to no text.
        let steps = inside().flat_map(|passage| STEP.iter().flat_map(|step| step.captures_iter(&passage.text)));
        let last_step = steps.filter_map(|step| step.get(1)?.as_str().parse().ok()).max().unwrap_or(0);
        let items = inside().filter(|passage| passage.kind == PassageKind::Item).count();
        let asked = count(&QUESTION).max(last_step).max(items);
        let is_short = (1..wanted).contains(&asked);
        is_short.then(|| {
            let times = if asked == 1 { "one question".to_owned() } else { format!("{asked} questions") };
            let problem = Problem::new(RULE.name, section.heading, format!("these five whys stop after {times}"))
                .help(format!("ask on, to {wanted} or until the answer is something that you can change for good"));
            // Nobody owes exactly five.
            if asked + 1 == wanted { problem.at_most(Level::Info) } else { problem }
        })
    });
    problems.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{findings::Level, rules::tests::findings_of};

    fn levels(body: &str) -> Vec<Level> {
        findings_of(RULE.name, &format!("---\ntitle: A\n---\n## Five whys\n{body}\n")).into_iter().map(|finding| finding.level).collect()
    }

    #[test]
    fn steps_of_one_paragraph_are_counted_by_their_numbers() {
        assert_eq!(levels("1. The page was down → 2. the pod was gone → 3. no memory → 4. a leak → 5. nobody owns the library"), []);
        assert_eq!(levels("Why? The disk was full. Nobody looked."), [Level::Warning]);
    }

    #[test]
    fn one_short_of_five_is_a_note() {
        assert_eq!(levels("1. Why? A\n2. Why? B\n3. Why? C\n4. Why? D"), [Level::Info]);
        assert_eq!(levels("A paragraph about the causes."), []);
    }
}
