//! Findings as data: what is wrong, where, and what to do. Renderers turn them into text or a CI format.

mod finding;
mod json;
mod text;

pub use finding::{Finding, Label, Level, Problem};
pub use json::{Summary, json};
pub use text::{Style, configuration_text, text};
