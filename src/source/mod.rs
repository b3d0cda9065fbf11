//! Text of a file → [`Parsed`]. Never fails and never panics: what can't be read becomes a problem with a place.

mod clock;
mod decode;
mod parsed;
mod split;
mod zones;

pub use decode::decode;
pub use parsed::{
    BodyLink, FrontMatterKind, Heading, Image, LinkKind, Mark, Parsed, Region, Section, SectionStyle, Timeline, TimelineRow, TimelineStyle,
    Visibility,
};
