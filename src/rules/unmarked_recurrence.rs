//! The same cause hit the same service again within six months.
//!
//! ## What it does
//! Compares incidents by service and entry of `causes`. The later one is reported where neither names the other in
//! `recurrence_of` or `related`.
//!
//! ## Why
//! That it happened again is the most important thing about the second incident: what was decided after the first one, and
//! why was it not enough?
//!
//! ## Example
//! `causes: [disk-full]` in `checkout` in January and in March, without `recurrence_of` in the second postmortem.

use super::CorpusFacts;
use super::{Check, Document, Group, Rule};
use crate::findings::{Label, Level, Problem};

pub(super) const RULE: Rule = Rule {
    name: "unmarked-recurrence",
    group: Group::Corpus,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("unmarked_recurrence.rs"),
    check: Check::Corpus(check),
};

fn check(document: &Document<'_>, facts: &CorpusFacts) -> Vec<Problem> {
    let Some(found) = facts.recurrences.get(document.parsed.source().path()) else { return Vec::new() };
    let place = document.postmortem().times.started.as_ref().map_or(document.postmortem().id.span, |started| started.span);
    let mut problem = Problem::new(RULE.name, place, format!("{} also caused `{}`", found.shared, found.id))
        .help(format!("if it is a recurrence, say so: `recurrence_of: {}`; else `related: [{0}]`", found.id));
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
    fn the_same_cause_and_service_within_six_months_is_reported() {
        let incident = |month: &str, cause: &str| format!("services: [a]\ncauses: [{cause}]\ntimes: {{started: 2026-{month}-14 09:10 UTC}}");
        assert_eq!(messages(&incident("01", "disk-full"), &incident("03", "disk-full")), ["`disk-full` in `a` also caused `one`"]);
        assert_eq!(messages(&incident("01", "disk-full"), &incident("09", "disk-full")), [""; 0]);
        assert_eq!(messages(&incident("01", "disk-full"), &incident("03", "deploy")), [""; 0]);
        assert_eq!(messages(&incident("01", "disk-full"), &format!("recurrence_of: one\n{}", incident("03", "disk-full"))), [""; 0]);
    }
}
