use super::{
    FrontMatterKind, Heading, Parsed, front_matter,
    keys::Keys,
    marks::Audiences,
    outline::Outline,
    regions, sections,
    split::{Split, split},
    titles::Titles,
};
use crate::{
    config::Settings,
    findings::Problem,
    model::{Field, Origin, Postmortem, Times},
    text::{Source, Span},
    yaml::{self, Node},
};

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
        let text = source.text();
        let split = split(text);
        let mut problems: Vec<Problem> = split.problem.clone().into_iter().collect();
        let mut kind = split.kind;
        let tree = if kind == FrontMatterKind::Yaml { self.tree(text, &split, &mut kind, &mut problems) } else { None };
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
        let _ = has_loose_start;
        problems.sort_by_key(|problem| problem.span);
        let headings = outline
            .headings
            .into_iter()
            .zip(marks)
            .map(|(title, mark)| Heading { level: title.level, title: title.text, span: title.span, id: title.id, mark: mark.unwrap_or(None) })
            .collect();
        Parsed {
            kind,
            front_matter: tree,
            front_matter_span: split.front_matter,
            body: split.body,
            postmortem,
            headings,
            sections: found.all,
            timeline: None,
            links: outline.links,
            images: outline.images,
            regions,
            has_raw_html: outline.has_raw_html,
            problems,
            source,
        }
    }

    /// The tree of the front matter, in the coordinates of the file.
    fn tree(&self, text: &str, split: &Split, kind: &mut FrontMatterKind, problems: &mut Vec<Problem>) -> Option<Node> {
        let failure = match yaml::parse(split.yaml.of(text)) {
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

/// Reads one file. For many, keep a [`Parser`].
#[must_use]
pub fn parse(source: Source, settings: &Settings) -> Parsed {
    Parser::new(settings).parse(source)
}

/// A postmortem of which only the file name is known.
fn unnamed(path: &str) -> Postmortem {
    let named = |value| Field::new(value, Span::default(), Origin::FileName);
    Postmortem {
        id: named(super::identity::id(path)),
        title: named(super::identity::title(path)),
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
        recurrence_of: None,
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
