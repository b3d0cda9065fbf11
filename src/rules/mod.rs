//! The rules: one file each, and one sorted table of them.
//!
//! The doc comment of a rule's file is its documentation: `lookback explain` prints it. Its fenced examples `postmortem fails` and
//! `postmortem passes` run as tests. A new rule is a file, its `mod` here and its name in the table of [`registry`]; a test says what is missing.

// What all rules share.
mod audience_text;
mod checked;
mod corpus_facts;
mod document;
mod insertion;
mod judgement;
mod language;
mod lexicon;
mod near;
mod people;
mod prose;
mod registry;
mod tags;
#[cfg(test)]
mod tests;

// The rules.
mod action_without_due_date;
mod action_without_owner;
mod alias_field;
mod allow_without_reason;
mod blaming_language;
mod broken_image;
mod broken_link;
mod copied_duration;
mod cut_value;
mod declined_without_reason;
mod duplicate_id;
mod duplicate_section;
mod empty_section;
mod future_time;
mod hindsight;
mod human_error_as_cause;
mod incomplete_history;
mod inert_emphasis;
mod invalid_front_matter;
mod invalid_value;
mod late_completion;
mod late_draft;
mod malformed_audience_mark;
mod missing_actions;
mod missing_alt_text;
mod missing_customer_summary;
mod missing_field;
mod missing_front_matter;
mod missing_milestone;
mod missing_public_title;
mod missing_section;
mod missing_timeline;
mod named_person_as_cause;
mod never_reviewed;
mod no_evidence_link;
mod outside_incident;
mod overdue_action;
mod overlapping_impact;
mod person_in_public;
mod private_detail_in_public;
mod raw_html_in_public;
mod same_action;
mod secret;
mod section_order;
mod self_approval;
mod shallow_five_whys;
mod slow_communication;
mod stale_approval;
mod template_residue;
mod time_mismatch;
mod time_without_zone;
mod timeline_order;
mod times_out_of_order;
mod unknown_field;
mod unknown_section;
mod unmarked_recurrence;
mod unused_allow;
mod vague_action;
mod vague_statement;
mod vague_time;

pub(crate) use broken_image::OUTSIDE_IMAGES;
pub use checked::{Candidate, Checked, check_text};
pub use corpus_facts::{CorpusFacts, IncidentFacts, Place};
pub use document::{Document, Surroundings};
pub use people::{People, Term};
pub(crate) use private_detail_in_public::OPEN_MAILBOXES;
pub use registry::{Check, Group, RULES, Rule, by_group, find, guards, names};
pub use secret::without_secrets;
