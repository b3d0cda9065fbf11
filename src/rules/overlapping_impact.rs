//! Two incidents of one service overlap in time.
//!
//! ## What it does
//! Compares incidents of the same service by start and end. The later one is reported, with the place of the earlier one.
//! Incidents that name each other in `related` or `recurrence_of` are left out, and so are those of which only the date is
//! known.
//!
//! ## Why
//! Most often it is one incident with two postmortems, or a wrong date. Downtime would be counted twice.
//!
//! ## Example
//! One postmortem says that `checkout` was down from 09:10 to 10:00, another one from 09:30 to 09:45 on the same day.

use super::CorpusFacts;
use super::{Check, Document, Group, Rule};
use crate::findings::{Label, Level, Problem};

pub(super) const RULE: Rule = Rule {
    name: "overlapping-impact",
    group: Group::Corpus,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("overlapping_impact.rs"),
    check: Check::Corpus(check),
};

fn check(document: &Document<'_>, facts: &CorpusFacts) -> Vec<Problem> {
    let Some(found) = facts.overlaps.get(document.parsed.source().path()) else { return Vec::new() };
    let place = document.postmortem().times.started.as_ref().map_or(document.postmortem().id.span, |started| started.span);
    let mut problem = Problem::new(RULE.name, place, format!("`{}` was still running in `{}` when this incident began", found.id, found.shared))
        .help(format!("correct the times, or name it: `related: [{}]`", found.id));
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
    fn an_incident_within_another_of_its_service_is_reported() {
        let first = "services: [a, b]\ntimes: {started: 2026-03-14 09:10 UTC, resolved: 2026-03-14 10:00 UTC}";
        let within = "times: {started: 2026-03-14 09:30 UTC, resolved: 2026-03-14 09:45 UTC}";
        assert_eq!(messages(first, &format!("services: [b]\n{within}")), ["`one` was still running in `b` when this incident began"]);
        assert_eq!(messages(first, &format!("services: [c]\n{within}")), [""; 0]);
        assert_eq!(messages(first, &format!("services: [b]\nrelated: [One]\n{within}")), [""; 0]);
        assert_eq!(messages(first, "services: [b]\ntimes: {started: 2026-03-14 10:00 UTC, resolved: 2026-03-14 10:45 UTC}"), [""; 0]);
    }
}
