//! Text of a file → [`Parsed`]. Never fails and never panics: what can't be read becomes a problem with a place.

mod parsed;

pub use parsed::{
    BodyLink, FrontMatterKind, Heading, Image, LinkKind, Mark, Parsed, Region, Section, SectionStyle, Timeline, TimelineRow, TimelineStyle,
    Visibility,
};
