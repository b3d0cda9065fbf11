//! The only maker of external values. Each field that goes outside is named here, once; what is not named does not go.

mod address;
mod correction;
mod figures;
mod history;
mod incident;
mod incident_page;
mod index;
mod metadata;
mod moved;
mod page_text;
mod pages;
mod preview;
mod reading;
mod retraction;
mod search;
mod service;
mod timeline;

pub(super) use address::incident_keys;
pub use address::{Address, incident_addresses};
pub use page_text::{awaiting_pages, read_pages};
pub use pages::ExternalPages;
pub use preview::WorkTree;
pub use reading::Reading;
use reading::ReadingSection;
pub(super) use reading::is_pending;
