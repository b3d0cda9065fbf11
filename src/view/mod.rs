//! What an audience may see, as plain values made field by field. The only thing that templates, feeds and JSON can take.
//!
//! [`Audience`] is sealed with two kinds. A view of one kind can't be given where the other is wanted:
//!
//! ```compile_fail
//! use lookback::{theme::Theme, view::{External, Internal, View}};
//! fn publish(theme: &Theme<External>, view: &mut View<Internal>) {
//!     let _ = theme.render(view);
//! }
//! ```
//!
//! And a domain type is no template value:
//!
//! ```compile_fail
//! fn leak(postmortem: &lookback::model::Postmortem) -> minijinja::Value {
//!     minijinja::Value::from_serialize(postmortem)
//! }
//! ```

mod api;
mod audience;
mod chart;
mod comments;
pub mod diff;
mod edition;
mod evidence;
mod external;
mod html;
mod internal;
mod search;
mod site;
mod tables;
mod value;

pub use api::{ApiHistory, history};
pub use audience::{Audience, External, Internal};
pub use diff::escaped;
pub use edition::Edition;
pub use evidence::{EvidenceOf, evidence};
pub use external::{Address, ExternalPages, Reading, WorkTree, awaiting_pages, incident_addresses, read_pages};
pub use html::{outside_html, plain_text};
pub use internal::{Agenda, AgendaItem, AgendaLesson, AgendaPart, DeadlineRow, InternalPages, change_words, encoded, internal_read_pages, zone};
pub use search::SearchEntry;
pub use site::{Asset, AssetOrigin, CalendarEntry, FeedEntry, Listed, Page, Site, Tombstone, View};
pub use tables::{Cell, Column, ColumnKind, Row, Table, tables_schema};
pub use value::{TemplateValue, map};
