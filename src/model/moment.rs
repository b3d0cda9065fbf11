use chrono::{DateTime, FixedOffset};

/// How exactly a time was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// To the second.
    Second,
    /// To the minute.
    Minute,
    /// A date without a time of day.
    Day,
}

/// What gave a time its zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ZoneSource {
    /// The value itself.
    Written,
    /// Something near it: a column header, a sentence such as "All times in UTC".
    Context,
    /// `timezone` of the document.
    Document,
    /// `timezone` of the site; nobody said it here.
    Site,
}

/// A point in time as an author gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// The instant with the offset of the zone it was written in; `None` for the word `unknown` and for text that can't be read.
    pub at: Option<DateTime<FixedOffset>>,
    /// How exactly it was written.
    pub precision: Precision,
    /// `{at: …, estimated: true}`, `~`, `around`.
    pub estimated: bool,
    /// Where the zone comes from.
    pub zone: ZoneSource,
    /// The text as written.
    pub written: String,
}

impl Moment {
    /// True when the author wrote that nobody knows.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        self.at.is_none() && self.written.trim().eq_ignore_ascii_case("unknown")
    }

    /// True when the text could not be read as a time at all.
    #[must_use]
    pub fn is_unreadable(&self) -> bool {
        self.at.is_none() && !self.is_unknown()
    }
}
