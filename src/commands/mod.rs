//! One file per subcommand: wiring and printing, no logic.

pub(crate) mod agenda;
pub(crate) mod approve;
pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod demo;
pub(crate) mod diff;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod history;
pub(crate) mod init;
pub(crate) mod man;
pub(crate) mod new;
pub(crate) mod rules;
pub(crate) mod schema;
#[cfg(feature = "serve")]
pub(crate) mod serve;
