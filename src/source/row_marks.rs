use super::{Mark, TimelineRow, marks, timeline::Place};
use crate::{findings::Problem, model::Milestone, text::Span};

/// Reads the milestone and audience marks of a row: `[detected]`, `[public]`. A mark inside code or a comment, or one that is a link, is none.
pub(super) fn read(place: Place<'_>, row: &mut TimelineRow, time_cell: Span) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut internal = None;
    let cells: Vec<(Option<usize>, Span)> = row.cells.iter().enumerate().map(|(index, span)| (Some(index), *span)).collect();
    for (index, cell) in [(None, time_cell)].into_iter().chain(cells) {
        for (name, span) in brackets(place.text, cell) {
            if place.outline.is_code(span.start) || place.outline.is_html(span.start) {
                continue;
            }
            if let Some(milestone) = Milestone::parse(name) {
                row.milestones.push((milestone, span));
            } else if let Some(audience) = place.audiences.named(name) {
                if place.outline.links.iter().any(|link| link.span.start == span.start) {
                    continue;
                }
                if audience == "internal" {
                    internal = Some(span);
                    continue;
                }
                match index {
                    Some(index) => row.audiences.push((index, Mark { audience: audience.to_owned(), span })),
                    None => problems.push(
                        Problem::new(marks::RULE, span, format!("`[{name}]` beside the time doesn't say which cell it means"))
                            .help("move the mark into the cell that may go outside"),
                    ),
                }
            } else if place.audiences.is_misspelt(name) {
                problems.push(
                    place.audiences.problem(span, format!("`[{name}]` is no audience")).help("write `[public]`, or the name of another audience"),
                );
            }
        }
    }
    let is_spoken =
        |cell: Span| place.outline.spoken.iter().find(|said| cell.contains(Span::at(said.span.start)) && place.audiences.speaks(&said.name));
    if let Some(said) = row.audiences.iter().find_map(|(index, _)| is_spoken(*row.cells.get(*index)?)) {
        row.audiences.clear();
        problems.push(
            place
                .audiences
                .problem(said.span, format!("`[!{}]` marks nothing in a timeline row", said.name))
                .help("write `[public]` alone, in the cell that may go out"),
        );
    }
    if let Some(span) = internal.filter(|_| !row.audiences.is_empty()) {
        row.audiences.clear();
        problems.push(Problem::new(marks::RULE, span, "this row is marked for an audience and as internal").help("keep one of the marks"));
    }
    problems
}

/// `[word]` in a piece of text, links and escaped brackets aside.
fn brackets(text: &str, cell: Span) -> impl Iterator<Item = (&str, Span)> {
    let inner = cell.of(text);
    inner.match_indices('[').filter_map(move |(at, _)| {
        let rest = inner.get(at + 1..)?;
        let length = rest.find(']').filter(|&length| (1..=24).contains(&length))?;
        let name = rest.get(..length)?;
        let is_word = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        let follows = rest.get(length + 1..)?;
        let is_link = follows.starts_with(['(', '[', ':']);
        let is_escaped = inner.get(..at)?.ends_with('\\');
        let start = cell.start + at;
        (is_word && !is_link && !is_escaped).then_some((name, Span::new(start, start + length + 2)))
    })
}
