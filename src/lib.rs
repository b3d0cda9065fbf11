//! lookback: postmortems in git → checks, review trail, one static site per audience, trends.

pub mod config;
pub mod corpus;
pub mod findings;
pub mod i18n;
pub mod model;
pub mod repo;
pub mod review;
pub mod rules;
pub mod source;
pub mod text;
pub mod view;
pub mod yaml;

#[doc(hidden)]
pub use repo::testing;
