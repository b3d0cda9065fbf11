//! Whole documents, small and literal.

mod body;
mod fields;
mod key_lines;
mod properties;
mod regions;
mod timeline;

use super::{Parsed, parse};
use crate::{
    config::{ExternalAudience, Settings},
    model::Milestone,
    text::Source,
};

fn read(text: &str) -> Parsed {
    parse(Source::new("postmortems/2026/checkout.md", text), &Settings::default())
}

fn read_with(text: &str, settings: &Settings) -> Parsed {
    parse(Source::new("postmortems/2026/checkout.md", text), settings)
}

/// Defaults and the further audience `partners`.
fn with_partners() -> Settings {
    let mut settings = Settings::default();
    settings.audiences.push(ExternalAudience::named("partners"));
    settings
}

/// `rule: message` of every problem.
fn problems(parsed: &Parsed) -> Vec<String> {
    parsed.problems().iter().map(|problem| format!("{}: {}", problem.rule, problem.message)).collect()
}

/// The time of a milestone in UTC.
fn at(parsed: &Parsed, milestone: Milestone) -> String {
    parsed.postmortem().times.at(milestone).map_or_else(|| "unknown".to_owned(), |at| at.to_utc().format("%FT%RZ").to_string())
}
