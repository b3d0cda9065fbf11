//! Views → directory: pages, feeds, sitemap, JSON, images; the leak audit; the atomic swap.

mod agenda;
mod audit;
mod calendar;
mod feed;
mod images;
mod phrases;
mod reader;
mod rows;
mod site_files;
mod tree;
mod write;

pub use agenda::{agenda_calendar, agenda_markdown};
pub use audit::{Audited, InternalText, Leak, LeakAudit, LeakReport};
pub use rows::{csv, json, ndjson};
pub use tree::{AssetReader, OutputError, Tree};
pub use write::{OutputFolder, WriteError};
