//! Two postmortems have the same id.
//!
//! ## What it does
//! Compares the ids of all postmortems without regard to case. The id is `id` of the front matter, else the name of the
//! file or of its folder. Every postmortem that shares one is reported, with the place of the other.
//!
//! ## Why
//! The id is the address of the page and the name under which a review is recorded: two documents can't share either.
//!
//! ## Example
//! `2026/03/disk-full.md` and `2026/05/disk-full.md` have the same id. Give one of them `id: disk-full-may`.

use super::CorpusFacts;
use super::{Check, Document, Group, Rule};
use crate::{
    findings::{Label, Level, Problem},
    text::fold,
};

pub(super) const RULE: Rule = Rule {
    name: "duplicate-id",
    group: Group::FrontMatter,
    level: Level::Error,
    is_completeness: false,
    source: include_str!("duplicate_id.rs"),
    check: Check::Corpus(check),
};

fn check(document: &Document<'_>, facts: &CorpusFacts) -> Vec<Problem> {
    let id = &document.postmortem().id;
    let path = document.parsed.source().path();
    let Some(other) = facts.ids.get(&fold(&id.value)).and_then(|places| places.iter().find(|place| place.path != path)) else { return Vec::new() };
    let mut problem = Problem::new(RULE.name, id.span, format!("id `{}` is also that of {}", id.value, other.path))
        .help("give one of the two another `id`; ids are compared without regard to case");
    problem.labels.push(Label { path: Some(other.path.clone()), span: other.span, text: "the other one".to_owned() });
    vec![problem]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        config::Settings,
        rules::{Surroundings, tests},
    };

    #[test]
    fn ids_are_compared_without_regard_to_case() {
        let one = tests::parsed_at("postmortems/2026/03/Disk-full.md", "# A");
        let other = tests::parsed_at("postmortems/2026/05/disk-FULL.md", "# B");
        let third = tests::parsed_at("postmortems/2026/05/disk.md", "# C");
        let facts = CorpusFacts::of([&one, &other, &third]);
        let (settings, surroundings) = (Settings::default(), Surroundings::default());
        let found = check(&Document::alone(&other, &settings, &surroundings, tests::now()), &facts);
        assert_eq!(found[0].message, "id `disk-FULL` is also that of postmortems/2026/03/Disk-full.md");
        assert_eq!(found[0].labels[0].path.as_deref(), Some("postmortems/2026/03/Disk-full.md"));
        assert_eq!(check(&Document::alone(&third, &settings, &surroundings, tests::now()), &facts), []);
    }
}
