//! What an audience would see change between two commits: pages that appear, disappear or change, sentence by sentence.
//!
//! It compares what the pages of the audience say, which [`super::external`] and [`super::internal`] make, never documents.

mod compare;
mod json;
mod markdown;
mod sentences;
mod text;

pub use compare::{Change, ChangedPage, ChangedPart, PageText, Side, SiteDifference, TextPart, When};
pub use json::json;
pub use markdown::{escaped, markdown};
pub(super) use sentences::sentences;
pub use text::text;
