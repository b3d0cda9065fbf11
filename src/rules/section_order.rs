//! A section stands before one that should come first.
//!
//! ## What it does
//! Compares the order of the known sections with that of `sections` in the configuration. Off unless the configuration
//! turns it on. The first section of each kind counts. As few sections as possible are reported: those that would have to move.
//!
//! ## Why
//! Some teams want the summary first and the action items last, in every postmortem. Most can live with any order.
//!
//! ## Configuration
//! `rules: {section-order: warning}` in `lookback.yml` turns it on.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! ---
//! ## Root cause
//! A full disk.
//! ## Summary
//! Checkout was down.
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! ---
//! ## Summary
//! Checkout was down.
//! ## Root cause
//! A full disk.
//! ```

use super::{Check, Document, Group, Rule};
use crate::{
    findings::{Level, Problem},
    source::Section,
};
use std::{cmp::Reverse, collections::BTreeSet};

pub(super) const RULE: Rule = Rule {
    name: "section-order",
    group: Group::Structure,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("section_order.rs"),
    check: Check::Text(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let setting = document.settings.rules.get(RULE.name);
    if setting.is_none_or(|setting| setting.level.flatten().is_none() && setting.enforced_from.is_none()) {
        return Vec::new();
    }
    let rank = |kind: &str| document.settings.sections.iter().position(|known| known.id == kind);
    let mut seen = BTreeSet::new();
    let known = document.parsed.sections().iter().filter_map(|section| Some((rank(section.kind.as_deref()?)?, section)));
    let sections: Vec<(usize, &Section)> = known.filter(|(rank, _)| seen.insert(*rank)).collect();
    let staying = longest_run(&sections.iter().map(|(rank, _)| *rank).collect::<Vec<_>>());
    let mut problems = Vec::new();
    for (index, (rank, section)) in sections.iter().enumerate().filter(|(index, _)| !staying.contains(index)) {
        let kept = || staying.iter().filter_map(|kept| Some((*kept, sections.get(*kept)?)));
        let earlier = kept()
            .find(|(kept, (other, _))| *kept < index && other > rank)
            .map(|(_, (_, earlier))| (earlier, "after", "before", "should come later"));
        let later = || {
            let found = kept().rfind(|(kept, (other, _))| *kept > index && other < rank);
            found.map(|(_, (_, later))| (later, "before", "after", "should come earlier"))
        };
        let Some((other, stands, move_to, label)) = earlier.or_else(later) else { continue };
        problems.push(
            Problem::new(RULE.name, section.heading, format!("`{}` stands {stands} `{}`", section.title.trim(), other.title.trim()))
                .help(format!("move it {move_to} `{}`", other.title.trim()))
                .label(other.heading, label),
        );
    }
    problems
}

/// Places of the longest rising run within the ranks, the earliest of several: what can stay where it is.
fn longest_run(ranks: &[usize]) -> BTreeSet<usize> {
    let mut runs: Vec<Vec<usize>> = Vec::with_capacity(ranks.len());
    for (index, rank) in ranks.iter().enumerate() {
        let before = runs.iter().zip(ranks).filter(|(_, other)| *other < rank).map(|(run, _)| run);
        let mut run = longest(before);
        run.push(index);
        runs.push(run);
    }
    longest(runs.iter()).into_iter().collect()
}

/// The first of the longest runs.
fn longest<'a>(runs: impl Iterator<Item = &'a Vec<usize>>) -> Vec<usize> {
    runs.min_by_key(|run| Reverse(run.len())).cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_few_as_possible_move() {
        let moving = |ranks: &[usize]| {
            let staying = longest_run(ranks);
            (0..ranks.len()).filter(|index| !staying.contains(index)).collect::<Vec<_>>()
        };
        assert_eq!(moving(&[4, 0, 1, 2, 3]), [0]);
        assert_eq!(moving(&[0, 2, 3, 1, 4]), [3]);
        assert_eq!(moving(&[1, 0]), [1]);
        assert_eq!(moving(&[]), [0; 0]);
    }
}
