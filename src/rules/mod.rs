//! The rules: one file each, and one sorted table of them.
//!
//! The doc comment of a rule's file is its documentation: `lookback explain` prints it. Its fenced examples `postmortem fails` and
//! `postmortem passes` run as tests.

mod checked;
mod document;
mod missing_section;
mod registry;

pub use checked::{Candidate, Checked, check_text};
pub use document::{CorpusFacts, Document, IncidentFacts, People, Surroundings};
pub use registry::{Check, Group, RULES, Rule, find, names};
