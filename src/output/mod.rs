//! Views → directory: pages, feeds, sitemap, JSON, images; the leak audit; the atomic swap. And the files of the work tree that lookback writes.

mod audit;
mod calendar;
mod document;
mod feed;
mod images;
mod phrases;
mod reader;
mod site_files;
mod tree;
mod write;

pub use audit::{Audited, InternalText, Leak, LeakAudit, LeakReport};
pub use document::{create_file, replace_document};
pub use tree::{AssetReader, OutputError, Tree};
pub use write::{OutputFolder, WriteError};
