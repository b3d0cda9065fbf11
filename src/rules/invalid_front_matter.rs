//! The front matter can't be read.
//!
//! ## What it does
//! Reports front matter that is no YAML, that is opened and never closed, that gives a key twice, that is written as TOML,
//! and files that are not UTF-8. The place is the first one that can't be read.
//!
//! ## Why
//! Everything that a machine knows of a postmortem stands in its front matter: without it there is no severity, no
//! deadline, no trend. Half of it read would be worse than none, because nobody would notice what is missing.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout: 503 errors
//! ---
//! ```
//! ```postmortem passes
//! ---
//! title: "Checkout: 503 errors"
//! ---
//! ```

use super::{Check, Group, Rule};
use crate::findings::Level;

pub(super) const RULE: Rule = Rule {
    name: "invalid-front-matter",
    group: Group::FrontMatter,
    level: Level::Error,
    is_completeness: false,
    source: include_str!("invalid_front_matter.rs"),
    check: Check::Parser,
};
