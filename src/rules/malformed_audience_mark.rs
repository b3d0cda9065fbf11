//! An audience mark can't be followed.
//!
//! ## What it does
//! Reports marks that contradict each other, marks with an audience that the configuration does not have, and a block such
//! as `> [!INTERAL]` that is neither an audience nor one of the alerts of the forges (note, tip, important, warning,
//! caution). What follows stays internal to the end of its section.
//!
//! ## Why
//! A mark decides what customers read. A misspelt one must never decide for "everybody", and its author should know that
//! it did not do what was meant.
//!
//! ## Configuration
//! `audiences` in `lookback.yml` names the audiences. This rule can neither be turned off nor softened.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! ---
//! ## Impact {.pubilc}
//! Orders failed.
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! ---
//! ## Impact {.public}
//! Orders failed.
//! ```

use super::{Check, Group, Rule};
use crate::findings::Level;

pub(super) const RULE: Rule = Rule {
    name: "malformed-audience-mark",
    group: Group::Markup,
    level: Level::Error,
    is_completeness: false,
    source: include_str!("malformed_audience_mark.rs"),
    check: Check::Parser,
};
