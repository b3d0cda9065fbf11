//! Views → directory: pages, feeds, sitemap, JSON, images; the leak audit; the atomic swap. And the files of the work tree that lookback writes.

mod agenda;
mod audit;
mod calendar;
mod document;
mod feed;
mod images;

mod rows;
mod search;
mod site_files;
mod tree;
mod write;

pub use agenda::{agenda_calendar, agenda_markdown};
pub(crate) use audit::NEW_PHRASE;
pub use audit::{Audited, Identifier, InternalText, Leak, LeakAudit, LeakReport, Matching, Passage, Searched};
pub use document::{append_line, create_file, make_executable, replace_document};
pub use rows::{csv, json, ndjson};
pub use tree::{AssetReader, OutputError, Tree};
pub use write::{OutputFolder, WriteError};
