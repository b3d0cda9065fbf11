use std::sync::Arc;

use super::{
    FrontMatterKind, Heading, Parsed, Section, Timeline, clock, front_matter, identity,
    key_lines::KeyLines,
    keys::Keys,
    marks::Audiences,
    outline::Outline,
    regions, sections,
    split::{Split, asks_for_privilege, split},
    timeline::{self, Place},
    times::Zones,
    titles::Titles,
};
use crate::{
    config::Settings,
    findings::Problem,
    model::{Field, Milestone, Origin, Postmortem, Times},
    text::{Source, Span},
    yaml::{self, Node},
};
use chrono::NaiveDate;

/// What parsing needs from the settings, made once for many documents.
#[derive(Debug, Clone)]
pub struct Parser<'a> {
    settings: &'a Settings,
    keys: Keys,
    titles: Titles,
}

impl<'a> Parser<'a> {
    /// Prepares the parser.
    #[must_use]
    pub fn new(settings: &'a Settings) -> Self {
        Self { settings, keys: Keys::new(settings), titles: Titles::new(&settings.sections) }
    }

    /// Reads one file. Never fails: what can't be read becomes a problem with a place.
    #[must_use]
    pub fn parse(&self, source: Source) -> Parsed {
        self.parse_with(source, None)
    }

    /// The same, remembering what was read of the YAML.
    pub(super) fn parse_with(&self, source: Source, memo: Option<&mut yaml::Memo>) -> Parsed {
        let text = source.text();
        let split = split(text);
        let mut problems: Vec<Problem> = split.problem.clone().into_iter().collect();
        let mut kind = split.kind;
        let tree = if kind == FrontMatterKind::Yaml { tree(text, &split, memo, &mut kind, &mut problems) } else { None };
        let outline = Outline::read(text, split.body, source.path());
        let found = sections::find(&outline, split.body, &self.titles);
        let audiences = Audiences::new(self.settings);
        let marks: Vec<_> = outline.headings.iter().map(|title| audiences.of_heading(title, text)).collect();
        let (regions, mark_problems) = regions::cut(text, split.body, &outline, &found, &marks, audiences);
        problems.extend(mark_problems);

        let mut postmortem = unnamed(source.path());
        self.name_by_heading(&outline, &mut postmortem);
        let mut has_loose_start = false;
        if let Some(tree) = &tree {
            let read = front_matter::read(tree, text, self.settings, &self.keys, &mut postmortem);
            problems.extend(read.problems);
            has_loose_start = read.has_loose_start;
        }
        if postmortem.title.value.is_empty() {
            postmortem.title.value = identity::title(source.path());
        }
        if matches!(kind, FrontMatterKind::Broken | FrontMatterKind::Toml) {
            postmortem.privileged = asks_for_privilege(text);
        }
        let timeline = self.complete(&source, &outline, &found.all, has_loose_start, &mut postmortem, &mut problems);
        problems.sort_by_key(|problem| problem.span);
        let headings = outline
            .headings
            .into_iter()
            .zip(marks)
            .map(|(title, mark)| Heading { level: title.level, title: title.text, span: title.span, id: title.id, mark: mark.unwrap_or(None) })
            .collect();
        Parsed {
            kind,
            front_matter: tree.map(Arc::new),
            front_matter_span: split.front_matter,
            body: split.body,
            postmortem,
            headings,
            sections: found.all,
            timeline,
            links: outline.links,
            images: outline.images,
            regions,
            has_raw_html: outline.has_raw_html,
            problems,
            source,
        }
    }

    /// What the front matter says, and nothing else.
    pub(super) fn front_matter_only(&self, source: &Source, tree: &Node) -> Postmortem {
        let mut postmortem = unnamed(source.path());
        front_matter::read(tree, source.text(), self.settings, &self.keys, &mut postmortem);
        postmortem
    }

    /// What the body says: key lines, the timeline, and a date in the file name or the title.
    fn complete(
        &self,
        source: &Source,
        outline: &Outline,
        sections: &[Section],
        has_loose_start: bool,
        postmortem: &mut Postmortem,
        problems: &mut Vec<Problem>,
    ) -> Option<Timeline> {
        let text = source.text();
        let zones = Zones::new(self.settings, postmortem.timezone.as_ref().map(|zone| zone.value));
        let lines = KeyLines::find(text, outline, sections, &self.keys);
        lines.fill(text, self.settings, postmortem);
        let named = named_day(source.path(), postmortem);
        let started = postmortem.times.at(Milestone::Started).map(|at| at.date_naive());
        let day = started.or_else(|| lines.day(text)).or(named.as_ref().map(|field| field.value));
        let place = Place { text, outline, audiences: Audiences::new(self.settings) };
        let mut timelines = sections.iter().filter(|section| section.kind.as_deref() == Some("timeline"));
        let (timeline, found) = timelines.find_map(|section| timeline::read(place, section, zones, day)).unzip();
        problems.extend(found.into_iter().flatten());
        if let Some(timeline) = &timeline {
            fill_from_rows(timeline, postmortem);
        }
        lines.fill_times(text, zones, day, has_loose_start, postmortem);
        if postmortem.times.started.is_none()
            && let Some(field) = named
        {
            let written = field.value.to_string();
            if let Some(reading) = clock::read(&written) {
                let moment = zones.moment(&reading, field.value, &written).moment;
                postmortem.times.started = Some(Field::new(moment, field.span, field.origin));
            }
        }
        timeline
    }

    /// The first heading is the title, unless it is that of a section.
    fn name_by_heading(&self, outline: &Outline, postmortem: &mut Postmortem) {
        let is_title = |text: &str| !text.is_empty() && self.titles.recognise(text).is_none();
        let first = outline.headings.iter().find(|title| title.level == 1 && is_title(&title.text));
        let first = first.or_else(|| outline.headings.first().filter(|title| is_title(&title.text)));
        if let Some(title) = first {
            postmortem.title = Field::new(title.text.clone(), title.span, Origin::Heading);
        }
    }
}

/// The tree of the front matter, in the coordinates of the file.
pub(super) fn tree(
    text: &str,
    split: &Split,
    memo: Option<&mut yaml::Memo>,
    kind: &mut FrontMatterKind,
    problems: &mut Vec<Problem>,
) -> Option<Node> {
    let yaml = split.yaml.of(text);
    let failure = match memo.map_or_else(|| yaml::parse(yaml), |memo| memo.parse(yaml)) {
        Ok(node) if node.entries().is_some() => return Some(node.shifted(split.yaml.start)),
        Ok(node) if node.is_null() => {
            *kind = FrontMatterKind::Empty;
            return None;
        }
        Ok(node) => {
            let message = format!("front matter is {}, not a map of keys", node.described());
            Problem::new("invalid-front-matter", node.span.shifted(split.yaml.start), message).help("write one `key: value` on each line")
        }
        Err(error) => Problem { help: error.help, ..Problem::new("invalid-front-matter", error.span.shifted(split.yaml.start), error.message) },
    };
    *kind = FrontMatterKind::Broken;
    problems.push(failure);
    None
}

/// Marked rows fill the times that nobody gave.
fn fill_from_rows(timeline: &Timeline, postmortem: &mut Postmortem) {
    for row in &timeline.rows {
        for (milestone, _) in &row.milestones {
            if let Some(time) = row.time.as_ref().filter(|time| time.value.at.is_some())
                && let Some(slot) = postmortem.times.slot(*milestone)
                && slot.is_none()
            {
                *slot = Some(time.clone());
            }
        }
    }
}

/// A date in the file name (or the folder of a bundle), else in the title.
fn named_day(path: &str, postmortem: &Postmortem) -> Option<Field<NaiveDate>> {
    let in_name = clock::date_within(identity::stem(path)).map(|(date, ..)| Field::new(date, Span::default(), Origin::FileName));
    in_name.or_else(|| {
        let title = &postmortem.title;
        clock::date_within(&title.value).map(|(date, ..)| Field::new(date, title.span, title.origin))
    })
}

/// Reads one file. For many, keep a [`Parser`].
#[must_use]
pub fn parse(source: Source, settings: &Settings) -> Parsed {
    Parser::new(settings).parse(source)
}

/// A postmortem of which only the file name is known.
fn unnamed(path: &str) -> Postmortem {
    let named = |value| Field::new(value, Span::default(), Origin::FileName);
    Postmortem {
        id: named(identity::id(path)),
        title: named(String::new()),
        status: None,
        withdrawn_reason: None,
        severity: None,
        services: Vec::new(),
        owner: None,
        roles: Vec::new(),
        reviewers: Vec::new(),
        authors: Vec::new(),
        times: Times::default(),
        timezone: None,
        impacts: Vec::new(),
        customers_affected: None,
        support_tickets: None,
        detection: None,
        causes: Vec::new(),
        actions: Vec::new(),
        links: Vec::new(),
        related: Vec::new(),
        recurrence_of: Vec::new(),
        tags: Vec::new(),
        lang: None,
        near_miss: false,
        exclude_from_metrics: false,
        privileged: false,
        external: std::collections::BTreeMap::new(),
        allow: Vec::new(),
        unreadable: Vec::new(),
    }
}
