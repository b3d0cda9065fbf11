//! Templates → bytes. The only room besides [`crate::view`] that names minijinja.
//!
//! A theme of one kind of audience can load the templates of its own folder and of `shared` only: an external template that includes an
//! internal one does not compile.

mod appearance;
mod assets;
mod environment;
mod filters;
mod missing;
mod render;
mod squeeze;

pub use appearance::missing_logo;
pub use assets::Files;
pub use environment::{Overrides, Theme, ThemeError, misplaced};
