//! Findings as data: what is wrong, where, and what to do. Renderers turn them into text or a CI format.

mod finding;

pub use finding::{Finding, Label, Level, Problem};
