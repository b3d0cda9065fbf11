//! lookback: incident postmortems in git → checks, review trail, one static site per audience, trends.
//!
//! Every stage is a type with private fields; the arrows are its only constructors; the next stage takes only that type.
//!
//! ```text
//! Repository ─► Snapshot ─► Parsed ─► Reviewed ─► Checked ─► Corpus ─► View<A> ─► Tree<A> ─► Audited ─► directory
//!    repo         repo       source     review      rules      corpus     view      theme     output      output
//! ```
//!
//! The library never prints, exits, or reads the clock or the environment: [`run`] gets an [`Env`] and a [`Terminal`].

mod cli;
mod commands;
pub mod config;
pub mod corpus;
pub mod findings;
pub mod i18n;
pub mod model;
pub mod output;
pub mod pipeline;
pub mod repo;
pub mod review;
pub mod rules;
mod run;
pub mod scaffold;
#[cfg(feature = "serve")]
mod serve;
pub mod source;
pub mod text;
pub mod theme;
pub mod view;
pub mod yaml;

#[doc(hidden)]
pub use repo::testing;
pub use run::{Env, Terminal, run};
