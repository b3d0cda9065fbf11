//! Views → directory: pages, feeds, sitemap, JSON, images; the leak audit; the atomic swap.

mod audit;
mod calendar;
mod feed;
mod images;
mod phrases;
mod reader;
mod site_files;
mod tree;
mod write;

pub use audit::{Audited, InternalText, Leak, LeakAudit, LeakReport};
pub use tree::{AssetReader, OutputError, Tree};
pub use write::{OutputFolder, WriteError};
