//! The timeline of a body: a table, a list, paragraphs or sub-headings that begin with a time.

use chrono::NaiveDate;

use super::{
    Section, Timeline, TimelineRow, TimelineStyle,
    clock::{self, Reading},
    marks::Audiences,
    outline::{Block, Outline, Table, trimmed},
    row_marks,
    running_clock::RunningClock,
    times::Zones,
    zones::Zone,
};
use crate::{findings::Problem, text::Span};

/// What the timeline is read from.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) text: &'a str,
    pub(super) outline: &'a Outline,
    pub(super) audiences: Audiences<'a>,
}

/// Reads the timeline of a section; `day` is the day on which a time without a date falls when nothing nearer says so.
pub(super) fn read(place: Place<'_>, section: &Section, zones: Zones, day: Option<NaiveDate>) -> Option<(Timeline, Vec<Problem>)> {
    let blocks: Vec<Block> = place.outline.blocks.iter().copied().filter(|block| section.body.contains(place.outline.span_of(*block))).collect();
    let style = style(place, &blocks)?;
    let context = zone_in_title(&section.title).or_else(|| zone_in_sentence(place, &blocks)).or_else(|| zone_of_document(place));
    let day = clock::date_within(&section.title).map(|(date, ..)| date).or(day);
    let mut reader = RowReader { place, clock: RunningClock::new(zones.with_context(context), day), rows: Vec::new(), problems: Vec::new(), style };
    for (index, &block) in blocks.iter().enumerate() {
        let next = blocks.get(index + 1..).unwrap_or_default();
        reader.block(block, next, section.body.end);
    }
    let rows = reader.rows.iter().map(|row| row.span).reduce(Span::cover)?;
    // A table is a timeline with its header.
    let tables = blocks.iter().filter(|block| matches!(block, Block::Table(_))).map(|block| place.outline.span_of(*block));
    let span = tables.filter(|table| holds_row(*table, &reader.rows)).fold(rows, Span::cover);
    Some((Timeline { span, style, rows: reader.rows }, reader.problems))
}

/// Whether any of the rows, which are in order, lies in a table.
fn holds_row(table: Span, rows: &[TimelineRow]) -> bool {
    rows.get(rows.partition_point(|row| row.span.start < table.start)).is_some_and(|row| table.contains(row.span))
}

/// Which blocks hold the rows.
fn style(place: Place<'_>, blocks: &[Block]) -> Option<TimelineStyle> {
    let (mut headings, mut items, mut lines) = (0, 0, 0);
    for &block in blocks {
        match block {
            Block::Table(index) => {
                if place.outline.tables.get(index).and_then(|table| time_column(place.text, table)).is_some() {
                    return Some(TimelineStyle::Table);
                }
            }
            Block::Heading(_) => headings += usize::from(place.reading(block).is_some_and(|(reading, _)| reading.time.is_some())),
            Block::Item(_) => items += usize::from(place.reading(block).is_some()),
            Block::Paragraph(span) => lines += lines_of(place.text, span).filter(|line| clock::read(line.of(place.text)).is_some()).count(),
        }
    }
    if headings > 1 || (headings == 1 && items < 2) {
        Some(TimelineStyle::Headings)
    } else if items > 0 {
        Some(TimelineStyle::List)
    } else if lines > 0 {
        Some(TimelineStyle::Paragraphs)
    } else {
        None
    }
}

/// Index of the column that holds the times, by what stands in it; the header decides between equals.
fn time_column(text: &str, table: &Table) -> Option<usize> {
    const WORDS: [&str; 10] = ["time", "when", "date", "utc", "kst", "시간", "시각", "시점", "일시", "날짜"];
    let mut best: Option<(usize, usize)> = None;
    for (column, header) in table.header.iter().enumerate() {
        let readings = table.rows.iter().filter_map(|(_, cells)| clock::read(cells.get(column)?.of(text)));
        let score: usize = readings.map(|reading| if reading.time.is_some() { 3 } else { 2 }).sum();
        let header = header.of(text).to_lowercase();
        let score = score + usize::from(WORDS.iter().any(|word| header.contains(word)));
        if score > 0 && best.is_none_or(|(_, most)| score > most) {
            best = Some((column, score));
        }
    }
    best.map(|(column, _)| column)
}

fn zone_in_title(title: &str) -> Option<Zone> {
    title.split_once(['(', '（', '[']).and_then(|(_, inside)| Zone::mentioned(inside))
}

/// "All times in UTC" among the blocks of the section.
fn zone_in_sentence(place: Place<'_>, blocks: &[Block]) -> Option<Zone> {
    blocks.iter().filter(|block| matches!(block, Block::Paragraph(_) | Block::Item(_))).find_map(|&block| {
        let text = place.outline.text_of(block).of(place.text);
        if text.len() > 300 || clock::read(text).is_some() {
            return None;
        }
        let lower = text.to_lowercase();
        let speaks_of_times = ["times", "time zone", "timezone", "timestamps", "시각", "시간", "기준"].iter().any(|word| lower.contains(word));
        if speaks_of_times { Zone::mentioned(text) } else { None }
    })
}

/// The same sentence anywhere else in the document.
fn zone_of_document(place: Place<'_>) -> Option<Zone> {
    place.outline.blocks.iter().filter(|block| matches!(block, Block::Paragraph(_) | Block::Item(_))).find_map(|&block| {
        let text = place.outline.text_of(block).of(place.text);
        let starts = ["all times", "all timestamps", "times are", "모든 시"];
        let is_sentence = text.len() <= 300
            && starts.iter().any(|start| {
                let clean = text.trim_start_matches(['_', '*', '(', '>', ' ']);
                clean.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
            });
        if is_sentence { Zone::mentioned(text) } else { None }
    })
}

impl Place<'_> {
    /// The time at the start of a heading or an item, and the start of its text.
    fn reading(self, block: Block) -> Option<(Reading, usize)> {
        let span = self.outline.text_of(block);
        let line = span.of(self.text).lines().next()?;
        clock::read(line).map(|reading| (reading, span.start))
    }
}

/// The lines of a paragraph, without their line breaks.
pub(super) fn lines_of(text: &str, span: Span) -> impl Iterator<Item = Span> {
    let mut start = span.start;
    span.of(text).split_inclusive('\n').map(move |line| {
        let here = Span::new(start, start + line.trim_end_matches(['\n', '\r']).len());
        start += line.len();
        here
    })
}

struct RowReader<'a> {
    place: Place<'a>,
    clock: RunningClock,
    rows: Vec<TimelineRow>,
    problems: Vec<Problem>,
    style: TimelineStyle,
}

impl RowReader<'_> {
    fn block(&mut self, block: Block, next: &[Block], end: usize) {
        let outline = self.place.outline;
        match (block, self.style) {
            (Block::Table(index), TimelineStyle::Table) => {
                if let Some(table) = outline.tables.get(index) {
                    self.table(table);
                }
            }
            (Block::Heading(index), TimelineStyle::Headings) if self.place.reading(block).is_some_and(|(reading, _)| reading.time.is_some()) => {
                let level = outline.headings.get(index).map_or(6, |heading| heading.level);
                let limit = next.iter().find_map(|&after| match after {
                    Block::Heading(other) => {
                        let heading = outline.headings.get(other)?;
                        let is_row = self.place.reading(after).is_some_and(|(reading, _)| reading.time.is_some());
                        (is_row || heading.level <= level).then_some(heading.span.start)
                    }
                    _ => None,
                });
                self.heading(block, limit.unwrap_or(end));
            }
            (Block::Item(_), TimelineStyle::List) => self.item(block, next),
            (Block::Paragraph(span), TimelineStyle::Paragraphs) => self.paragraph(span, next, end),
            (Block::Heading(index), _) => {
                let title = outline.headings.get(index).map_or("", |heading| &heading.text);
                if let Some((date, ..)) = clock::date_within(title) {
                    self.clock.set_date(date);
                }
            }
            (Block::Paragraph(_) | Block::Item(_), _) => {
                if let Some((Reading { date: Some(date), time: None, .. }, _)) = self.place.reading(block) {
                    self.clock.set_date(date);
                }
            }
            (Block::Table(_), _) => {}
        }
    }

    fn table(&mut self, table: &Table) {
        let text = self.place.text;
        let Some(column) = time_column(text, table) else { return };
        let header_zone = table.header.get(column).and_then(|header| Zone::mentioned(header.of(text)));
        // A column of dates beside one of times.
        let date_column = (0..table.header.len()).find(|&other| {
            other != column
                && table.rows.iter().any(|(_, cells)| {
                    cells
                        .get(other)
                        .and_then(|cell| clock::read(cell.of(text)))
                        .is_some_and(|reading| reading.date.is_some() && reading.time.is_none())
                })
                && table
                    .rows
                    .iter()
                    .any(|(_, cells)| cells.get(column).and_then(|cell| clock::read(cell.of(text))).is_some_and(|reading| reading.date.is_none()))
        });
        for (span, cells) in &table.rows {
            if let Some(date) = date_column.and_then(|other| clock::read(cells.get(other)?.of(text))?.date) {
                self.clock.set_date(date);
            }
            let time = cells.get(column).copied().unwrap_or_default();
            let others: Vec<Span> =
                cells.iter().enumerate().filter(|(index, _)| *index != column && Some(*index) != date_column).map(|(_, cell)| *cell).collect();
            let (field, vague) = self.clock.cell(text, time, header_zone);
            if others.iter().all(|cell| cell.is_empty()) {
                continue;
            }
            self.push(*span, field, vague, others, time);
        }
    }

    fn heading(&mut self, block: Block, end: usize) {
        let Some((reading, start)) = self.place.reading(block) else { return };
        let title = self.place.outline.span_of(block);
        let line = lines_of(self.place.text, Span::new(start, title.end)).next().unwrap_or(title);
        let rest = self.rest(start + reading.end, line.end);
        let body = trimmed(self.place.text, Span::new(title.end, end));
        let (field, vague) = self.clock.reading(self.place.text, &reading, start, None);
        let cells: Vec<Span> = [rest, body].into_iter().filter(|cell| !cell.is_empty()).collect();
        self.push(trimmed(self.place.text, Span::new(title.start, end)), Some(field), vague, cells, Span::new(start, rest.start));
    }

    fn item(&mut self, block: Block, next: &[Block]) {
        let Block::Item(index) = block else { return };
        let Some(item) = self.place.outline.items.get(index).copied() else { return };
        let Some((reading, start)) = self.place.reading(block) else { return };
        let inside = next.iter().take_while(|&&after| self.place.outline.span_of(after).start < item.span.end);
        let inner = inside.filter_map(|&after| match after {
            Block::Item(inner) => self.place.outline.items.get(inner).map(|inner| (after, inner)),
            _ => None,
        });
        let limit = inner.into_iter().find(|(after, _)| self.place.reading(*after).is_some()).map(|(_, inner)| inner.span.start);
        let rest = self.rest(start + reading.end, limit.unwrap_or(item.span.end));
        if rest.is_empty() && reading.time.is_none() {
            if let Some(date) = reading.date {
                self.clock.set_date(date);
            }
            return;
        }
        let (field, vague) = self.clock.reading(self.place.text, &reading, start, None);
        let span = trimmed(self.place.text, Span::new(item.span.start, limit.unwrap_or(item.span.end)));
        self.push(span, Some(field), vague, vec![rest], Span::at(start));
    }

    fn paragraph(&mut self, span: Span, next: &[Block], end: usize) {
        let text = self.place.text;
        let lines: Vec<(Span, Option<Reading>)> = lines_of(text, span).map(|line| (line, clock::read(line.of(text)))).collect();
        for (index, (line, reading)) in lines.iter().enumerate() {
            let Some(reading) = reading else { continue };
            let next_line = lines.get(index + 1..).unwrap_or_default().iter().find(|(_, reading)| reading.is_some()).map(|(line, _)| line.start);
            let own_end = next_line.unwrap_or(span.end);
            let mut rest = self.rest(line.start + reading.end, own_end);
            if rest.is_empty() && reading.time.is_none() {
                if let Some(date) = reading.date {
                    self.clock.set_date(date);
                }
                continue;
            }
            if next_line.is_none() {
                // What follows belongs to this row, until the next one or a heading begins.
                let following = next.iter().map(|&block| (block, self.place.outline.span_of(block)));
                let limit = following.into_iter().find(|(block, span)| match block {
                    Block::Paragraph(_) => clock::read(span.of(text)).is_some(),
                    Block::Heading(_) => true,
                    Block::Item(_) | Block::Table(_) => false,
                });
                match limit {
                    Some((_, limit)) => rest = trimmed(text, Span::new(rest.start, limit.start)),
                    None if rest.is_empty() => rest = trimmed(text, Span::new(rest.start, end)),
                    None => {}
                }
            }
            let (field, vague) = self.clock.reading(text, reading, line.start, None);
            let row = trimmed(text, Span::new(line.start, rest.end.max(line.start + reading.end)));
            self.push(row, Some(field), vague, vec![rest], Span::at(line.start));
        }
    }

    /// The text after a time, without the dash or colon that separates them.
    fn rest(&self, start: usize, end: usize) -> Span {
        let span = Span::new(start, end);
        let rest = span.of(self.place.text);
        let separators =
            |part: char| part.is_whitespace() || matches!(part, '*' | '_' | '`' | ':' | '：' | '-' | '–' | '—' | '|' | ']' | ')' | '→' | ',' | '·');
        let cut = rest.len() - rest.trim_start_matches(separators).len();
        trimmed(self.place.text, Span::new(start + cut, end))
    }

    fn push(
        &mut self,
        span: Span,
        time: Option<crate::model::Field<crate::model::Moment>>,
        vague: Option<String>,
        cells: Vec<Span>,
        time_cell: Span,
    ) {
        let mut row = TimelineRow { span, time, cells, milestones: Vec::new(), audiences: Vec::new(), vague };
        let written = row.clone();
        row.cells = row.cells.iter().flat_map(|cell| self.blocks_of(*cell)).collect();
        let problems = row_marks::read(self.place, &mut row, time_cell);
        if row.audiences.is_empty() {
            // Nothing goes out: the row stays in one piece.
            row.cells = written.cells;
        }
        self.problems.extend(problems);
        self.rows.push(row);
    }

    /// A cell cut where a paragraph, a nested item or another block begins: a mark opens only the block that holds it.
    fn blocks_of(&self, cell: Span) -> Vec<Span> {
        let starts = &self.place.outline.starts;
        let first = starts.partition_point(|start| *start <= cell.start);
        let inside = starts.iter().skip(first).copied().take_while(|start| *start < cell.end);
        let mut blocks = Vec::new();
        let mut from = cell.start;
        for to in inside.chain([cell.end]) {
            let block = trimmed(self.place.text, Span::new(from, to));
            // What stands between an item and its paragraph is only the marker.
            if block
                .of(self.place.text)
                .chars()
                .any(|part| !matches!(part, '-' | '*' | '+' | '>' | '.' | ')') && !part.is_ascii_digit() && !part.is_whitespace())
            {
                blocks.push(block);
            }
            from = from.max(to);
        }
        blocks
    }
}
