//! One coordinate system: byte offsets into the text of a file, exactly as it is stored.
//!
//! Nothing is trimmed, decoded or normalised before spans are taken, so that a span always points at what the
//! author sees in an editor. Lines and columns are computed only when something is printed.

mod slug;
mod source;
mod span;

pub use slug::{fold, nfc, slug};
pub use source::{Position, Source};
pub use span::{Span, Spanned};
