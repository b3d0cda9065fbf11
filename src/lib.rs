//! lookback: postmortems in git → checks, review trail, one static site per audience, trends.

pub mod config;
pub mod findings;
pub mod model;
pub mod repo;
pub mod source;
pub mod text;
pub mod yaml;

#[doc(hidden)]
pub use repo::testing;
