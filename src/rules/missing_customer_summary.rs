//! A postmortem that is to be published has no summary for customers.
//!
//! ## What it does
//! Where `public.publish` is true, looks for a section with the title of a customer summary that has text and that customers
//! may read.
//!
//! ## Why
//! A public page without it would show a title and two times. What happened, what it meant and what is being done should be
//! written for the people who were affected.
//!
//! ## Configuration
//! This rule can neither be turned off nor softened. `sections: [{id: customer-summary, titles: [...]}]` adds titles.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: pg-17 failover lost the write lease
//! public: {publish: true, title: Orders could not be placed}
//! ---
//! ## Summary
//! The write lease was lost.
//! ```
//! ```postmortem passes
//! ---
//! title: pg-17 failover lost the write lease
//! public: {publish: true, title: Orders could not be placed}
//! ---
//! ## Customer summary
//! For 40 minutes orders could not be placed. No order was lost.
//! ```

use super::{Check, Document, Group, Rule};
use crate::{
    findings::{Level, Problem},
    source::{Region, Section},
};

pub(super) const RULE: Rule = Rule {
    name: "missing-customer-summary",
    group: Group::Publication,
    level: Level::Error,
    is_completeness: false,
    source: include_str!("missing_customer_summary.rs"),
    check: Check::Text(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    if !document.is_meant_for("public") {
        return Vec::new();
    }
    let parsed = document.parsed;
    let is_readable = |section: &Section| {
        let inside = |region: &&Region| region.span.start < section.body.end && section.body.start < region.span.end;
        !section.is_empty && parsed.regions().iter().filter(inside).any(|region| region.visibility.includes("public"))
    };
    let summaries: Vec<&Section> = parsed.sections().iter().filter(|section| section.kind.as_deref() == Some("customer-summary")).collect();
    if summaries.iter().any(|section| is_readable(section)) {
        return Vec::new();
    }
    let (place, message) = match summaries.first() {
        Some(section) if section.is_empty => (section.heading, "the customer summary is empty"),
        Some(section) => (section.heading, "the customer summary is marked internal"),
        None => {
            let publish = document.postmortem().external.get("public").and_then(|block| block.publish.as_ref());
            (publish.map(|publish| publish.span).unwrap_or_default(), "`public.publish` is true, and there is no customer summary")
        }
    };
    vec![Problem::new(RULE.name, place, message).help("add a section `## Customer summary`, written for the people who were affected")]
}
