//! Two incidents began at the same time of day and took equally long.
//!
//! ## What it does
//! Compares incidents by the time of day of their start and by their duration, to the second. Times that are both
//! multiples of five minutes are left out, and so are incidents that name each other in `related` or `recurrence_of`.
//!
//! ## Why
//! Who copies a postmortem as a template changes the date and forgets the times. Figures then count an incident that never
//! took that long.
//!
//! ## Example
//! Two postmortems say 09:12 to 09:55, on different days.

use super::CorpusFacts;
use super::{Check, Document, Group, Rule};
use crate::findings::{Label, Level, Problem};

pub(super) const RULE: Rule = Rule {
    name: "copied-duration",
    group: Group::Corpus,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("copied_duration.rs"),
    check: Check::Corpus(check),
};

fn check(document: &Document<'_>, facts: &CorpusFacts) -> Vec<Problem> {
    let Some(found) = facts.copies.get(document.parsed.source().path()) else { return Vec::new() };
    let place = document.postmortem().times.started.as_ref().map_or(document.postmortem().id.span, |started| started.span);
    let mut problem = Problem::new(RULE.name, place, format!("`{}` has the same times: {}", found.id, found.shared))
        .help("correct the times if they were copied with the file; if they are right, name it in `related`");
    problem.labels.push(Label { path: Some(found.place.path.clone()), span: found.place.span, text: "the earlier one".to_owned() });
    vec![problem]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        config::Settings,
        rules::{Surroundings, tests},
    };

    fn messages(first: &str, second: &str) -> Vec<String> {
        let one = tests::parsed_at("postmortems/one.md", &format!("---\nseverity: SEV1\n{first}\n---\n"));
        let other = tests::parsed_at("postmortems/other.md", &format!("---\nseverity: SEV1\n{second}\n---\n"));
        let facts = CorpusFacts::of([&one, &other]);
        let (settings, surroundings) = (Settings::default(), Surroundings::default());
        let check = |parsed| check(&Document::alone(parsed, &settings, &surroundings, tests::now()), &facts);
        assert_eq!(check(&one), [], "the earlier one is not to blame");
        check(&other).into_iter().map(|problem| problem.message).collect()
    }

    #[test]
    fn equal_clock_times_on_another_day_are_reported_unless_round() {
        let incident = |day: &str, from: &str, to: &str| format!("times: {{started: 2026-03-{day} {from} UTC, resolved: 2026-03-{day} {to} UTC}}");
        assert_eq!(
            messages(&incident("14", "09:12", "09:55"), &incident("20", "09:12", "09:55")),
            ["`one` has the same times: 09:12 UTC for 43 min"]
        );
        assert_eq!(messages(&incident("14", "09:12", "09:55"), &incident("20", "09:13", "09:55")), [""; 0]);
        assert_eq!(messages(&incident("14", "09:00", "10:00"), &incident("20", "09:00", "10:00")), [""; 0]);
    }
}
