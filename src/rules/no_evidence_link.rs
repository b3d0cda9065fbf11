//! Nothing links to any evidence.
//!
//! ## What it does
//! Reports documents without a single link, image or ticket number, in text and in front matter.
//!
//! ## Why
//! Which channel, which dashboard, which ticket, which change: a link takes a second to add today, and an hour to find in a
//! year.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! ---
//! ## Root cause
//! A full disk.
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! links: [{title: Disk usage, url: https://grafana.shop.example/d/12}]
//! ---
//! ## Root cause
//! A full disk.
//! ```

use super::{Check, Document, Group, Rule};
use crate::{
    findings::{Level, Problem},
    source::{BodyLink, LinkKind},
};
use regex::Regex;
use std::sync::LazyLock;

pub(super) const RULE: Rule = Rule {
    name: "no-evidence-link",
    group: Group::Detail,
    level: Level::Info,
    is_completeness: false,
    source: include_str!("no_evidence_link.rs"),
    check: Check::Text(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let parsed = document.parsed;
    let postmortem = document.postmortem();
    let is_outward = |link: &BodyLink| link.kind != LinkKind::Anchor;
    let has_ticket = postmortem.actions.iter().any(|action| action.value.ticket.is_some());
    let has_any = parsed.links().iter().any(is_outward) || !parsed.images().is_empty() || !postmortem.links.is_empty() || has_ticket;
    if has_any || postmortem.is_withdrawn() || refers_to_ticket(document.slice(parsed.body())) {
        return Vec::new();
    }
    let help = "add the channel, the dashboard, the ticket or the change to `links`, or where the text speaks of it";
    vec![Problem::new(RULE.name, postmortem.title.span, "nothing here links to any evidence").help(help)]
}

/// Whether the text names a ticket or a change in the way that forges and trackers link by themselves.
fn refers_to_ticket(text: &str) -> bool {
    static TICKET: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"https?://|(?:^|[\s(\[])[#!][0-9]{1,7}(?-u:\b)|(?-u:\b)[A-Z]{2,10}-[0-9]{1,6}\b").ok());
    TICKET.as_ref().is_some_and(|ticket| ticket.is_match(text))
}
