//! A time has no zone.
//!
//! ## What it does
//! Reports times of the front matter that have neither an offset (`Z`, `+09:00`) nor the name of a zone. They are read in
//! the `timezone` of the document, else of the site.
//!
//! ## Why
//! People in two zones read the same postmortem. An hour that is wrong by nine makes every duration wrong, and nobody sees it.
//!
//! ## Configuration
//! `timezone: Asia/Seoul` in the front matter, or `site: {timezone: Asia/Seoul}` in `lookback.yml`, says in which zone such
//! times are read. Only a zone of the document itself, or one written with the time, is certain.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! times: {started: 2026-03-14 09:12}
//! ---
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! times: {started: 2026-03-14 09:12 UTC}
//! ---
//! ```

use super::{Check, Group, Rule};
use crate::findings::Level;

pub(super) const RULE: Rule = Rule {
    name: "time-without-zone",
    group: Group::FrontMatter,
    level: Level::Warning,
    is_completeness: false,
    source: include_str!("time_without_zone.rs"),
    check: Check::Parser,
};
