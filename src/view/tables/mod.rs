//! Everything that is known about postmortems as tables for other engines. Privileged ones are in none of them.

mod actions;
mod approvals;
mod impacts;
mod postmortems;
mod revisions;
mod schema;
mod times;

use chrono::{DateTime, FixedOffset, Utc};

use super::site::utc;
use crate::{
    config::Settings,
    corpus::{Corpus, Entry},
};

pub use schema::tables_schema;

/// One value of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Not known.
    Unknown,
    /// Words, or an instant in UTC.
    Text(String),
    /// Several words.
    List(Vec<String>),
    /// Decimal minutes.
    Minutes(f64),
    /// A count.
    Count(u64),
    /// Yes or no.
    Flag(bool),
}

/// One value per column.
pub type Row = Vec<Cell>;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words.
    Text,
    /// RFC 3339 in UTC.
    Instant,
    /// `2026-03-14`.
    Day,
    /// Several words: an array in JSON, joined by `; ` in CSV.
    List,
    /// Decimal minutes.
    Minutes,
    /// A whole number.
    Count,
    /// `true` or `false`.
    Flag,
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name, in CSV and JSON.
    pub name: &'static str,
    /// What it holds.
    pub kind: ColumnKind,
    /// Whether a row may lack it.
    pub may_be_unknown: bool,
    /// What it says.
    pub about: &'static str,
}

/// The tables, the one with a row for each postmortem first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// One row for each postmortem.
    Postmortems,
    /// One row for each milestone that somebody wrote down.
    Times,
    /// One row for each window of impact.
    Impacts,
    /// One row for each action item.
    Actions,
    /// One row for each approval, those that do not count included.
    Approvals,
    /// One row for each commit that changed a postmortem.
    Revisions,
}

impl Table {
    /// Every table.
    pub const ALL: [Self; 6] = [Self::Postmortems, Self::Times, Self::Impacts, Self::Actions, Self::Approvals, Self::Revisions];

    /// Its name on the command line, and of its file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Postmortems => "postmortems",
            Self::Times => "times",
            Self::Impacts => "impacts",
            Self::Actions => "actions",
            Self::Approvals => "approvals",
            Self::Revisions => "revisions",
        }
    }

    /// What a row of it is.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::Postmortems => "One row for each postmortem, the newest start first",
            Self::Times => "One row for each milestone that somebody wrote down",
            Self::Impacts => "One row for each window of impact",
            Self::Actions => "One row for each action item",
            Self::Approvals => "One row for each approval, those that do not count included",
            Self::Revisions => "One row for each commit that changed a postmortem, the oldest first",
        }
    }

    /// Its columns, in the order of its rows.
    #[must_use]
    pub const fn columns(self) -> &'static [Column] {
        match self {
            Self::Postmortems => postmortems::COLUMNS,
            Self::Times => times::COLUMNS,
            Self::Impacts => impacts::COLUMNS,
            Self::Actions => actions::COLUMNS,
            Self::Approvals => approvals::COLUMNS,
            Self::Revisions => revisions::COLUMNS,
        }
    }

    /// Its rows, of every postmortem that may be shown, newest first.
    #[must_use]
    pub fn rows(self, corpus: &Corpus, settings: &Settings, now: DateTime<Utc>) -> Vec<Row> {
        let of = |entry: &Entry| match self {
            Self::Postmortems => vec![postmortems::row(entry, settings)],
            Self::Times => times::rows(entry),
            Self::Impacts => impacts::rows(entry, settings),
            Self::Actions => actions::rows(entry, now.with_timezone(&settings.site.timezone).date_naive()),
            Self::Approvals => approvals::rows(entry),
            Self::Revisions => revisions::rows(entry),
        };
        corpus.entries().iter().flat_map(of).collect()
    }
}

/// A column of which every row has a value.
const fn always(name: &'static str, kind: ColumnKind, about: &'static str) -> Column {
    Column { name, kind, may_be_unknown: false, about }
}

/// A column whose value may be unknown.
const fn maybe(name: &'static str, kind: ColumnKind, about: &'static str) -> Column {
    Column { name, kind, may_be_unknown: true, about }
}

/// The columns by which rows of other tables belong to a postmortem. Ids may repeat while `duplicate-id` is open; paths never do.
const ID: Column = always("postmortem", ColumnKind::Text, "`id` of the postmortem");
const PATH: Column = always("path", ColumnKind::Text, "path of the postmortem from the repository's root");

fn key(entry: &Entry) -> [Cell; 2] {
    [Cell::Text(entry.postmortem().id.value.clone()), Cell::Text(entry.path().to_owned())]
}

fn text(text: impl Into<String>) -> Cell {
    Cell::Text(text.into())
}

fn maybe_text(text: Option<impl Into<String>>) -> Cell {
    text.map_or(Cell::Unknown, |text| Cell::Text(text.into()))
}

fn instant(at: Option<DateTime<FixedOffset>>) -> Cell {
    maybe_text(at.map(utc))
}

const fn count(count: usize) -> Cell {
    Cell::Count(count as u64)
}

fn minutes(minutes: Option<f64>) -> Cell {
    minutes.map_or(Cell::Unknown, Cell::Minutes)
}
