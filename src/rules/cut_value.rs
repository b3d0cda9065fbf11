//! YAML took the end of a value for a comment.
//!
//! ## What it does
//! Reports values without quotes in which ` #` begins a comment that looks like the rest of the value.
//!
//! ## Why
//! In YAML `title: Deploy #42 failed` says `Deploy`. Ticket numbers and channels are what gets lost.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Deploy #42 failed
//! ---
//! ```
//! ```postmortem passes
//! ---
//! title: "Deploy #42 failed"
//! ---
//! ```

use super::{Check, Group, Rule};
use crate::findings::Level;

pub(super) const RULE: Rule = Rule {
    name: "cut-value",
    group: Group::FrontMatter,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("cut_value.rs"),
    check: Check::Parser,
};
