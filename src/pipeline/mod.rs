//! The stages in their order. Commands begin here and hold no logic of their own.
//!
//! ```text
//! Repository → Snapshot → Parsed → Reviewed → Checked → Corpus → View<A> → Tree<A> → Audited → directory
//!      repo         repo   source     review     rules   corpus      view    theme     output      output
//! ```

mod approve;
mod as_of;
mod build;
mod check;
mod diff;
mod find;
mod internal_text;
mod load;
mod mend;
mod older_text;
mod permitted;
mod telling;
#[cfg(feature = "serve")]
mod uncommitted;

pub use approve::{ApproveError, Approver, Proposed, is_signed_enough, known_person, message, propose};
pub use as_of::{AsOfError, Point, as_of};
pub use build::{BuildError, Built, Preview, Site, Sites, agenda, build, evidence};
pub use check::{CheckError, CheckUp, Scope, check};
pub use diff::{Diff, DiffError, diff};
pub use find::UnknownPostmortem;
pub use load::{LoadError, Loaded, Signatures, settings};
pub use mend::{MendError, Mended, Mending, mend};
#[cfg(feature = "serve")]
pub use uncommitted::uncommitted_sections;
