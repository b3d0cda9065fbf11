//! A key of the front matter is another spelling of a known one.
//!
//! ## What it does
//! Reports keys such as `service` or `keywords` that are read as if they were `services` or `tags`, in front matter that was otherwise
//! written for lookback. Front matter of another program is left alone, and so are spellings that `fields` in the configuration names.
//! `lookback check --fix` renames them.
//!
//! ## Why
//! A spelling of one's own works, until somebody adds the usual key beside it: then only one of them counts.
//!
//! ## Configuration
//! `rules: {alias-field: off}` in `lookback.yml` turns it off; `fields: {services: [service]}` makes the spelling yours.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! owner: Payments team
//! service: checkout
//! ---
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! owner: Payments team
//! services: [checkout]
//! ---
//! ```

use super::{Check, Group, Rule};
use crate::findings::Level;

pub(super) const RULE: Rule = Rule {
    name: "alias-field",
    group: Group::FrontMatter,
    level: Level::Info,
    is_completeness: false,
    source: include_str!("alias_field.rs"),
    check: Check::Parser,
};
