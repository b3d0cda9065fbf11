//! One file per subcommand: wiring and printing, no logic.

pub(crate) mod approve;
pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod demo;
pub(crate) mod explain;
pub(crate) mod history;
pub(crate) mod rules;
