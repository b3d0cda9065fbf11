//! What an author or a repository begins with: a new postmortem, and the files of a repository that has not met lookback yet.

mod draft;
mod fill;
mod init;
mod survey;

pub use draft::{Draft, DraftError, Given, service, severity, time};
pub use init::{InitError, Initialised, init};

/// The built-in template in a language; in English where it does not speak that one.
#[must_use]
pub fn template(language: &str) -> &'static str {
    if language.starts_with("ko") { include_str!("templates/ko.md") } else { include_str!("templates/en.md") }
}
