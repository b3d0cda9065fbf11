//! A value of the front matter means nothing here.
//!
//! ## What it does
//! Reports values that can't be read as what their key holds: a severity that is not configured, a time that is no time, a
//! status that does not exist, a list where one value belongs. The value is kept and shown as it is written.
//!
//! ## Why
//! A value that looks right to people and is skipped by figures makes trends wrong in silence.
//!
//! ## Configuration
//! `severities`, `services` and `causes` in `lookback.yml` say which values exist. For times, write `unknown` where nobody knows.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! severity: enormous
//! ---
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! severity: SEV2
//! ---
//! ```

use super::{Check, Group, Rule};
use crate::findings::Level;

pub(super) const RULE: Rule = Rule {
    name: "invalid-value",
    group: Group::FrontMatter,
    level: Level::Error,
    is_completeness: false,
    source: include_str!("invalid_value.rs"),
    check: Check::Parser,
};
