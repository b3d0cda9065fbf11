//! Geometry of charts: x and width in per cent of the plot, y and height in pixels from its top. Templates only draw.

mod columns;
mod scale;
mod stacks;

use super::value::template_structs;

pub(super) use columns::{Columns, month_of, months_between};
pub(super) use scale::{count, log_position, round};
pub(super) use stacks::{Slot, Stacks, Unit};

template_structs! {
    /// Columns by month.
    Chart {
        /// Height of the plot in pixels.
        height: usize,
        /// What it shows.
        title: String,
        /// What it says, in a sentence.
        description: String,
        /// Lines of the scale.
        ticks: Vec<Tick>,
        /// One column per month.
        bars: Vec<Bar>,
        /// What the classes mean.
        key: Vec<KeyEntry>,
    }
    /// A line of the scale.
    Tick {
        /// Pixels from the top.
        y: f64,
        /// What it stands for.
        value: f64,
    }
    /// A column.
    Bar {
        /// Per cent from the left.
        x: f64,
        /// Per cent.
        width: f64,
        /// Word under it, where there is room.
        label: Option<String>,
        /// What it says.
        title: String,
        /// Page that lists what it counts.
        href: Option<String>,
        /// Its total.
        value: f64,
        /// Its pieces, the first at the bottom.
        segments: Vec<Segment>,
    }
    /// A piece of a column.
    Segment {
        /// Class of its colour.
        class: String,
        /// Pixels from the top.
        y: f64,
        /// Pixels.
        height: f64,
        /// What it counts.
        value: f64,
    }
    /// What a class means.
    KeyEntry {
        /// Class of the colour.
        class: String,
        /// Its name.
        label: String,
        /// How many in all.
        value: usize,
    }
    /// A piece of a horizontal bar.
    Share {
        /// Class of its colour.
        class: String,
        /// Per cent from the left.
        x: f64,
        /// Per cent.
        width: f64,
        /// What it counts.
        value: usize,
        /// What it says.
        title: String,
    }
}

/// A severity as charts show it: class, label, and the key under which it is counted.
#[derive(Debug, Clone)]
pub(super) struct Band {
    pub(super) key: String,
    pub(super) class: String,
    pub(super) label: String,
}

/// Shares of a whole as one horizontal bar.
pub(super) fn shares(parts: impl IntoIterator<Item = (String, usize, String)>, whole: usize) -> Vec<Share> {
    let mut x = 0.0;
    let mut shares = Vec::new();
    for (class, value, title) in parts {
        if value > 0 {
            let width = count(value) / count(whole.max(1)) * 100.0;
            shares.push(Share { class, x: round(x), width: round(width), value, title });
            x += width;
        }
    }
    shares
}
