//! Views → directory: pages, feeds, sitemap, JSON, images; the leak audit; the atomic swap. And the files of the work tree that lookback writes.

mod agenda;
mod audit;
mod calendar;
mod document;
mod feed;
mod images;
mod phrases;
mod reader;
mod rows;
mod search;
mod site_files;
mod tree;
mod write;

pub use agenda::{agenda_calendar, agenda_markdown};
pub use audit::{Audited, InternalText, Leak, LeakAudit, LeakReport};
pub use document::{append_line, create_file, make_executable, replace_document};
pub use rows::{csv, json, ndjson};
pub use tree::{AssetReader, OutputError, Tree};
pub use write::{OutputFolder, WriteError};
