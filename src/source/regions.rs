use super::{
    Mark, Region, Visibility,
    marks::Audiences,
    outline::{Fence, Outline, Title},
    sections::Sections,
};
use crate::{findings::Problem, text::Span};

/// Cuts the body by who may read it. Everything is internal unless a mark says otherwise; a mark that isn't clear makes the rest of its section internal.
pub(super) fn cut(
    text: &str,
    body: Span,
    outline: &Outline,
    sections: &Sections,
    marks: &[Result<Option<Mark>, Problem>],
    audiences: Audiences<'_>,
) -> (Vec<Region>, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut hidden = Vec::new();
    let ends = SectionEnds::of(outline);
    let mut hide = |from: usize, level: u8, problem: Problem, problems: &mut Vec<Problem>| {
        hidden.push(Span::new(from, ends.after(from, level.min(sections.level)).unwrap_or(body.end)));
        problems.push(problem);
    };
    let mut regions = by_heading(body, outline, sections, marks);
    for (title, mark) in outline.headings.iter().zip(marks) {
        if let Err(problem) = mark {
            hide(title.span.start, title.level, problem.clone(), &mut problems);
        }
    }
    for title in &outline.inner_headings {
        let problem = match audiences.of_heading(title, text) {
            Ok(None) => continue,
            Ok(Some(mark)) => audiences.problem(mark.span, format!("`{{.{}}}` marks nothing in a quote or a list", mark.audience)),
            Err(problem) => problem,
        };
        hide(title.span.start, sections.level, problem, &mut problems);
    }
    for &heading in &sections.doubtful_summaries {
        let index = outline.headings.partition_point(|title| title.span.start < heading.start);
        let is_marked = outline.headings.get(index).is_some_and(|title| title.span == heading) && !matches!(marks.get(index), Some(Ok(None)));
        if !is_marked {
            let message = "a customer summary with more in its title stays internal".to_owned();
            let problem = audiences.problem(heading, message).help("keep the title alone, or mark the heading with `{.public}`");
            hide(heading.start, sections.level, problem, &mut problems);
        }
    }
    let mut quoted: Vec<(Span, &str)> = Vec::new();
    let mut spoken: Vec<Span> = Vec::new();
    for quote in &outline.quotes {
        let Some((mark, named)) = audiences.of_quote(quote.span, text) else { continue };
        if outline.is_code(mark.start) {
            continue;
        }
        spoken.push(mark);
        if quote.is_alert {
            continue;
        }
        match named {
            Ok(name) if !outline.has_content(Span::new(mark.end, quote.span.end)) => {
                let message = format!("nothing follows `[!{name}]` in its block quote");
                hide(quote.span.start, sections.level, audiences.problem(mark, message), &mut problems);
            }
            Ok(name) => quoted.push((quote.span, name)),
            Err(message) => hide(quote.span.start, sections.level, audiences.problem(mark, message), &mut problems),
        }
    }
    let mut outer_end = 0;
    for &(span, name) in &quoted {
        // Inside a marked quote only `[!INTERNAL]` takes more away; nothing gives back. Quotes come in order, the outer before the inner.
        if span.start >= outer_end || name == "internal" {
            paint(&mut regions, span, &visibility(name));
        }
        outer_end = outer_end.max(span.end);
    }
    let spoken = Cover::of(spoken);
    for &(run, block) in &outline.suspects {
        if spoken.contains(run.start) {
            continue;
        }
        if let Some(message) = audiences.of_stray(run.of(text)) {
            hide(block.min(run.start), sections.level, audiences.problem(run, message), &mut problems);
        }
    }
    let reported = Cover::of(problems.iter().map(|problem| problem.span).collect());
    let mut last = Span::default();
    for said in &outline.spoken {
        let at = said.span.start;
        let is_reported = reported.contains(at) || (last.start <= at && at < last.end);
        if spoken.contains(at) || is_reported || !audiences.speaks(&said.name) || !is_shown(&regions, said.span) {
            continue;
        }
        last = said.span;
        let message = format!("`[!{}]` marks something only in the first line of a block quote", said.name);
        hide(said.block.min(said.span.start), sections.level, audiences.problem(said.span, message), &mut problems);
    }
    if let Some((fence, problem)) = doubtful_fence(text, body, outline, &regions, audiences) {
        hidden.push(Span::new(fence.start, body.end));
        problems.push(problem);
    }
    for span in hidden {
        paint(&mut regions, span, &Visibility::Internal);
    }
    (merged(regions), problems)
}

/// Whether anybody outside would read any of `span`.
fn is_shown(regions: &[Region], span: Span) -> bool {
    let first = regions.partition_point(|region| region.span.end <= span.start);
    let mut crossed = regions.iter().skip(first).take_while(|region| region.span.start < span.end);
    crossed.any(|region| region.visibility != Visibility::Internal)
}

/// A shown code block that swallows the sections behind it: its fence is never closed, or only by that of a later code block.
fn doubtful_fence(text: &str, body: Span, outline: &Outline, regions: &[Region], audiences: Audiences<'_>) -> Option<(Span, Problem)> {
    let end = body.start + body.of(text).trim_end().len();
    let is_open = |fence: &Fence| !fence.is_closed && fence.span.end >= end;
    let is_any_open = outline.fences.iter().any(is_open);
    let holds_heading = |fence: &Fence| fence.span.of(text).lines().any(|line| line.starts_with("# ") || line.starts_with("## "));
    let holds_fence = |fence: &Fence| {
        let raw = fence.span.of(text);
        let opening = raw.len() - raw.trim_start_matches(['`', '~']).len();
        raw.get(..opening)
            .is_some_and(|opening| raw.lines().skip(1).any(|line| line.strip_prefix(opening).is_some_and(|info| !info.trim().is_empty())))
    };
    let mut shown = outline.fences.iter().filter(|fence| is_shown(regions, Span::new(fence.span.start, fence.span.start + 1)));
    let fence = shown.find(|fence| is_open(fence) || (holds_heading(fence) && (is_any_open || holds_fence(fence))))?;
    let opening = Span::new(fence.span.start, fence.span.start + fence.span.of(text).lines().next().map_or(0, str::len));
    let message = "this code block is never closed, so that everything behind it would be shown".to_owned();
    let problem = audiences.problem(opening, message).help("add the closing fence; until then the rest of the document is internal");
    Some((fence.span, problem))
}

fn visibility(audience: &str) -> Visibility {
    match audience {
        "internal" => Visibility::Internal,
        "public" => Visibility::Public,
        name => Visibility::Only(name.to_owned()),
    }
}

/// Where headings begin, by the lowest level that is asked for.
struct SectionEnds([Vec<usize>; 7]);

impl SectionEnds {
    fn of(outline: &Outline) -> Self {
        let starts =
            |lowest: usize| outline.headings.iter().filter(|title| usize::from(title.level) <= lowest).map(|title| title.span.start).collect();
        Self(std::array::from_fn(starts))
    }

    /// Where the section that `from` lies in ends: the next heading of `level` or higher.
    fn after(&self, from: usize, level: u8) -> Option<usize> {
        let starts = self.0.get(usize::from(level))?;
        starts.get(starts.partition_point(|start| *start <= from)).copied()
    }
}

/// Places that any of many spans covers.
struct Cover(Vec<Span>);

impl Cover {
    fn of(mut spans: Vec<Span>) -> Self {
        spans.sort_unstable();
        let mut end = 0;
        for span in &mut spans {
            // Whatever began before reaches as far here.
            end = end.max(span.end);
            span.end = end;
        }
        Self(spans)
    }

    fn contains(&self, at: usize) -> bool {
        let last = self.0.partition_point(|span| span.start <= at).checked_sub(1);
        last.and_then(|index| self.0.get(index)).is_some_and(|span| at < span.end)
    }
}

fn by_heading(body: Span, outline: &Outline, sections: &Sections, marks: &[Result<Option<Mark>, Problem>]) -> Vec<Region> {
    let mut regions = vec![Region { span: body, visibility: Visibility::Internal }];
    // Open headings: level, what they show, whether somebody wrote that.
    let mut open: Vec<(u8, Visibility, bool)> = Vec::new();
    let is_other = |title: &Title| sections.of_other_kinds.binary_search(&title.span).is_ok();
    for (index, (title, mark)) in outline.headings.iter().zip(marks).enumerate() {
        while open.last().is_some_and(|(level, ..)| *level >= title.level) {
            open.pop();
        }
        let (inherited, is_explicit) = open.last().map_or((Visibility::Internal, false), |(_, visibility, explicit)| (visibility.clone(), *explicit));
        let shown = match mark {
            Ok(Some(mark)) => (visibility(&mark.audience), true),
            Ok(None) if !is_explicit && sections.customer_summaries.contains(&title.span) => (Visibility::Public, false),
            // What a customer summary shows by itself ends at the next section, however high its own heading is. Below a customer summary
            // that is a section like the others, `### Impact` is one of its own sub-headings.
            Ok(None)
                if !is_explicit
                    && (title.level <= sections.level || (is_other(title) && !open.iter().any(|(level, ..)| *level == sections.level))) =>
            {
                (Visibility::Internal, false)
            }
            Ok(None) => (inherited, is_explicit),
            Err(_) => (Visibility::Internal, true),
        };
        if shown.0 != Visibility::Internal {
            let end = outline.headings.get(index + 1).map_or(body.end, |next: &Title| next.span.start);
            paint(&mut regions, Span::new(title.span.start, end), &shown.0);
        }
        open.push((title.level, shown.0, shown.1));
    }
    for section in &sections.all {
        if section.style != super::SectionStyle::Heading && sections.customer_summaries.contains(&section.heading) {
            paint(&mut regions, Span::new(section.heading.start, section.body.end), &Visibility::Public);
        }
    }
    regions
}

/// Gives `span` one visibility, cutting the regions that it crosses.
fn paint(regions: &mut Vec<Region>, span: Span, visibility: &Visibility) {
    if span.is_empty() {
        return;
    }
    let first = regions.partition_point(|region| region.span.end <= span.start);
    let after = regions.partition_point(|region| region.span.start < span.end);
    let Some(crossed) = regions.get(first..after).filter(|crossed| !crossed.is_empty()) else { return };
    let mut replaced = Vec::with_capacity(3);
    if let Some(before) = crossed.first().filter(|region| region.span.start < span.start) {
        replaced.push(Region { span: Span::new(before.span.start, span.start), visibility: before.visibility.clone() });
    }
    let limits = crossed.first().zip(crossed.last()).map_or(span, |(first, last)| first.span.cover(last.span));
    replaced.push(Region { span: Span::new(span.start.max(limits.start), span.end.min(limits.end)), visibility: visibility.clone() });
    if let Some(behind) = crossed.last().filter(|region| region.span.end > span.end) {
        replaced.push(Region { span: Span::new(span.end, behind.span.end), visibility: behind.visibility.clone() });
    }
    regions.splice(first..after, replaced);
}

fn merged(regions: Vec<Region>) -> Vec<Region> {
    let mut merged: Vec<Region> = Vec::with_capacity(regions.len());
    for region in regions {
        match merged.last_mut() {
            Some(last) if last.visibility == region.visibility => last.span = last.span.cover(region.span),
            _ => merged.push(region),
        }
    }
    merged
}
