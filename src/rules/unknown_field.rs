//! A key of the front matter is not known.
//!
//! ## What it does
//! Reports keys that are neither known nor mapped by `fields` in the configuration, with the nearest known one. `lookback check --fix`
//! renames a key where only one other can be meant.
//!
//! ## Why
//! A misspelt key looks filled in and is not: `severty: SEV1` is a postmortem without a severity.
//!
//! ## Configuration
//! `fields: {started: [begin]}` in `lookback.yml` makes `begin` another spelling of `started`. Whatever belongs to your own
//! tools goes below `extra`.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! owner: Payments team
//! severty: SEV1
//! ---
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! owner: Payments team
//! severity: SEV1
//! extra: {cost_centre: 4711}
//! ---
//! ```

use super::{Check, Group, Rule};
use crate::findings::Level;

pub(super) const RULE: Rule = Rule {
    name: "unknown-field",
    group: Group::FrontMatter,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("unknown_field.rs"),
    check: Check::Parser,
};
