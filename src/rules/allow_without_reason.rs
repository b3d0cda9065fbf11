//! An `allow` entry gives no reason.
//!
//! ## What it does
//! Reports entries of `allow` with an empty reason. They suppress nothing.
//!
//! ## Why
//! A reader in a year, and the reviewer today, can judge a reason. Without one, an exception is a way to make findings
//! disappear.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! owner: Payments team
//! allow: {missing-alt-text: ""}
//! ---
//! ![](line.png)
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! owner: Payments team
//! allow: {missing-alt-text: the image is decoration}
//! ---
//! ![](line.png)
//! ```

use super::{Check, Group, Rule};
use crate::findings::Level;

pub(super) const RULE: Rule = Rule {
    name: "allow-without-reason",
    group: Group::Suppression,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("allow_without_reason.rs"),
    check: Check::Suppression,
};
