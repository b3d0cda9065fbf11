//! The review trail: who wrote, reviewed and landed which text when, whether it changed since, and the measured clocks.
//!
//! Everything is computed from the owned history of a [`crate::repo::Snapshot`]; what counts is decided by the configured policy.

mod action_clocks;
mod approvals;
mod changes;
mod clocks;
mod difference;
mod events;
mod identity;
mod older;
mod place;
mod reviewed;
mod substance;
mod tally;
mod tokens;

pub use action_clocks::ActionClock;
pub use approvals::{Approval, ApprovedText, Rejection, Signature, VIA, signed_approvals, signed_commits};
pub use changes::Change;
pub use clocks::{Clock, Clocks, Outcome};
pub use difference::{Difference, Part, PartDifference, TextInParts};
pub use identity::Identities;
pub use older::OlderTexts;
pub use place::{Piece, Share};
pub use reviewed::{ReviewState, Reviewed, ReviewedRevision};
pub use substance::Substance;
