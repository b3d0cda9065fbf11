//! Text of a file → [`Parsed`]. Never fails and never panics: what can't be read becomes a problem with a place.

mod clock;
mod cursor;
mod decode;
mod document;
mod entries;
mod front_matter;
mod identity;
mod key_lines;
mod keys;
mod links;
mod markdown;
mod marks;
mod outline;
mod parsed;
mod people;
mod reader;
mod regions;
mod row_marks;
mod running_clock;
mod sections;
mod skim;
mod split;
mod timeline;
mod times;
mod titles;
mod values;
mod visible;
mod zones;

pub use decode::decode;
pub use document::{Parser, parse};
pub use identity::{id as id_of, is_valid as is_valid_id};
pub use links::resolve;
pub use outline::markdown_options;
pub use parsed::{
    BodyLink, FrontMatterKind, Heading, Image, LinkKind, Mark, Parsed, Region, Section, SectionStyle, Timeline, TimelineRow, TimelineStyle,
    Visibility,
};
pub use skim::{Skim, Skimmer};
pub use split::front_matter_and_body;

#[cfg(test)]
mod tests;
