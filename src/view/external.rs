//! The only maker of external values. Each field that goes outside is named here, once; what is not named does not go.

mod correction;
mod history;
mod incident;
mod index;
mod page_text;
mod pages;
mod reading;
mod retraction;
mod search;
mod service;
mod timeline;

pub use page_text::{awaiting_pages, read_pages};
pub use pages::ExternalPages;
use reading::ReadingSection;
pub(super) use reading::is_pending;
pub use reading::{Reading, incident_keys};
