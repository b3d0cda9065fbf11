//! YAML as a tree with a span on every key and value. The only module that names `serde_saphyr`.
//!
//! Front matter and configuration go through the same tree, so both get the same strictness and the same messages.

mod explain;
mod memo;
mod node;
mod parse;

pub use memo::Memo;
pub use node::{Entry, Kind, Node, Scalar};
pub use parse::{YamlError, parse};

#[cfg(test)]
#[expect(clippy::format_push_string, reason = "tests stop at what they did not expect")]
mod tests;
