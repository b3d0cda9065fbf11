//! An `allow` entry suppresses nothing.
//!
//! ## What it does
//! Reports entries of `allow` whose rule found nothing in this document, and those that name no rule, with the nearest name.
//!
//! ## Why
//! An exception that is no longer needed would hide the next finding of that rule; one that is misspelt hides nothing, and
//! its author believes that it does.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! owner: Payments team
//! allow: {missing-alt-txt: the image is decoration}
//! ---
//! ```
//! ````postmortem passes
//! ---
//! title: Checkout returned 503
//! owner: Payments team
//! allow: {missing-alt-text: the image is decoration}
//! ---
//! ![](line.png)
//! ````

use super::{Check, Group, Rule};
use crate::findings::Level;

pub(super) const RULE: Rule = Rule {
    name: "unused-allow",
    group: Group::Suppression,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("unused_allow.rs"),
    check: Check::Suppression,
};
