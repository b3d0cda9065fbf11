//! Words, dates and figures of the interface, per language. Everything that a language needs stands in one file of
//! `themes/default/locales`.

mod catalogue;
mod format;

pub use catalogue::{Catalogue, UnknownLanguage, languages};
pub use fluent_bundle::{FluentArgs, FluentValue};
