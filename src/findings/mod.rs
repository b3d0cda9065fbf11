//! Findings as data: what is wrong, where, and what to do. Each format that prints them has a file of its own and takes the same [`Report`].

mod concise;
mod finding;
mod fingerprint;
mod github;
mod gitlab;
mod json;
mod junit;
mod report;
mod sarif;
mod summary;
mod text;

pub use concise::concise;
pub use finding::{Edit, Finding, Label, Level, Problem};
pub use github::github;
pub use gitlab::gitlab;
pub use json::json;
pub use junit::junit;
pub use report::{Failing, Report, ReportDocument, RuleDescription, Shown};
pub use sarif::sarif;
pub use summary::Summary;
pub use text::{Style, configuration_text, text};
