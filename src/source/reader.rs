use std::collections::BTreeSet;

use super::{
    clock,
    keys::{self, Keys},
    times::{Timed, Zones},
    values,
    zones::Shift,
};
use crate::{
    config::Settings,
    findings::{Edit, Problem},
    model::{Field, Moment, Origin, Precision, ZoneSource},
    text::Span,
    yaml::{Entry, Kind, Node, Scalar},
};

/// Why a value can't be read.
#[derive(Debug, Clone, Default)]
pub(super) struct Unread {
    /// Follows the key in a sentence: "is no status".
    message: String,
    help: Option<String>,
}

impl Unread {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    /// Not readable, and nothing to say about it.
    pub(super) fn silent() -> Self {
        Self::default()
    }

    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

/// Walks the top level of front matter, by field instead of by key.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) settings: &'a Settings,
    pub(super) zones: Zones,
    pub(super) problems: Vec<Problem>,
    pub(super) unreadable: Vec<(String, Field<String>)>,
    /// Every entry with the field it means and how telling its spelling is.
    entries: Vec<(&'a Entry, Option<(String, usize)>)>,
    is_foreign: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(root: &'a Node, text: &'a str, settings: &'a Settings, keys: &Keys) -> Self {
        let entries: Vec<_> = root
            .entries()
            .unwrap_or_default()
            .iter()
            .map(|entry| {
                let own = keys::CANONICAL.contains(&&*entry.key.value).then(|| (entry.key.value.clone(), 0));
                let field = own.or_else(|| keys.field(&keys::normalised(&entry.key.value)).map(|(field, rank)| (field.to_owned(), rank.max(1))));
                (entry, field)
            })
            .collect();
        let is_foreign = is_foreign(&entries, settings);
        let zones = Zones::new(settings, None);
        Self { text, settings, zones, problems: Vec::new(), unreadable: Vec::new(), entries, is_foreign }
    }

    /// The entry with exactly this key.
    pub(super) fn entry(&self, key: &str) -> Option<&'a Entry> {
        self.entries.iter().map(|(entry, _)| *entry).find(|entry| entry.key.value == key)
    }

    /// Whether the key is there with anything but nothing.
    pub(super) fn has_value(&self, key: &str) -> bool {
        self.entry(key).is_some_and(|entry| !entry.value.is_null() && entry.value.kind != Kind::Scalar(Scalar::Bool(false)))
    }

    /// The key of the entry whose value is `span`.
    pub(super) fn key_of(&self, span: Span) -> Option<String> {
        self.entries.iter().find(|(entry, _)| entry.value.span == span).map(|(entry, _)| entry.key.value.clone())
    }

    /// Entries that mean `field` and say something, the most telling spelling first.
    fn candidates(&self, field: &str) -> Vec<&'a Entry> {
        let mut found: Vec<(usize, &Entry)> = Vec::new();
        for (entry, meaning) in &self.entries {
            if let Some((name, rank)) = meaning
                && name == field
                && !entry.value.is_null()
            {
                found.push((*rank, entry));
            }
        }
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, entry)| entry).collect()
    }

    /// The first readable value of a field. When there is none, the first one that says why becomes a problem and is kept as written.
    pub(super) fn pick<T>(&mut self, field: &str, read: impl Fn(&Node, &mut Self) -> Result<T, Unread>) -> Option<Field<T>> {
        let mut failed = None;
        for entry in self.candidates(field) {
            match read(&entry.value, self) {
                Ok(value) => return Some(Field::new(value, entry.value.span, Origin::FrontMatter)),
                Err(unread) if failed.is_none() && !unread.message.is_empty() => failed = Some((entry, unread)),
                Err(_) => {}
            }
        }
        if let Some((entry, unread)) = failed {
            self.invalid(entry, &unread);
        }
        None
    }

    /// The first candidate of a field with text: its key, place and text.
    pub(super) fn first_written(&self, field: &str) -> Option<(String, Span, String)> {
        let entry = self.candidates(field).into_iter().next()?;
        Some((entry.key.value.clone(), entry.value.span, self.written(&entry.value)))
    }

    /// Adds the problem `invalid-value` and keeps the value as written.
    pub(super) fn invalid(&mut self, entry: &Entry, unread: &Unread) {
        let key = &entry.key.value;
        let written = self.written(&entry.value);
        let message = match &entry.value.kind {
            Kind::Scalar(Scalar::Text(_) | Scalar::Number { .. }) if unread.message.starts_with("is ") || unread.message.starts_with("can't") => {
                format!("`{key}`: `{}` {}", shortened(&written), unread.message)
            }
            _ => format!("`{key}`: {}", unread.message),
        };
        let problem = Problem::new("invalid-value", entry.value.span, message);
        self.problems.push(match &unread.help {
            Some(help) => problem.help(help.clone()),
            None => problem,
        });
        self.unreadable.push((key.clone(), Field::new(written, entry.value.span, Origin::FrontMatter)));
    }

    /// A value as it stands in the file, without quotes.
    pub(super) fn written(&self, node: &Node) -> String {
        node.text().map_or_else(|| node.span.of(self.text).trim().to_owned(), |text| text.trim().to_owned())
    }

    /// A list of texts; one text is a list of its parts between commas.
    pub(super) fn list(&mut self, field: &str) -> Vec<Field<String>> {
        let mut values = Vec::new();
        for entry in self.candidates(field) {
            match &entry.value.kind {
                Kind::List(items) => {
                    for item in items {
                        match item.text().map(str::trim) {
                            Some("") => {}
                            Some(text) => values.push(Field::new(text.to_owned(), item.span, Origin::FrontMatter)),
                            None if item.is_null() => {}
                            None => {
                                let message = format!("`{}`: an entry is {}, not text", entry.key.value, item.described());
                                self.problems.push(Problem::new("invalid-value", item.span, message));
                            }
                        }
                    }
                }
                Kind::Scalar(_) => {
                    let text = entry.value.text().unwrap_or_default();
                    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
                    values.extend(parts.map(|part| Field::new(part.to_owned(), self.part(entry.value.span, part), Origin::FrontMatter)));
                }
                Kind::Map(_) => self.invalid(entry, &Unread::new("is a map, not a list of texts")),
            }
            if !values.is_empty() {
                break;
            }
        }
        values
    }

    /// Where `part` stands inside `span`.
    fn part(&self, span: Span, part: &str) -> Span {
        span.of(self.text).find(part).map_or(span, |at| Span::new(span.start + at, span.start + at + part.len()))
    }

    /// A time: text, or a map `{at, estimated}`. In a foreign key more text may follow it.
    pub(super) fn moment(&mut self, node: &Node, is_foreign: bool) -> Result<Moment, Unread> {
        const HELP: &str = "write it as `2026-03-14T10:00:00+09:00`, as `2026-03-14 10:00 UTC`, or `unknown`";
        if let Some(entries) = node.entries() {
            let at = node.get("at").ok_or_else(|| Unread::new("has no `at`").help("write `{at: 2026-03-14 10:00 UTC, estimated: true}`"))?;
            for entry in entries.iter().filter(|entry| !matches!(&*entry.key.value, "at" | "estimated")) {
                let problem = Problem::new("invalid-value", entry.key.span, format!("`{}` says nothing about a time", entry.key.value));
                self.problems.push(problem.help(values::suggestion(&entry.key.value, &["at", "estimated"])));
            }
            let mut moment = self.moment(at, is_foreign)?;
            moment.estimated |= node.get("estimated").is_some_and(|value| value.kind == Kind::Scalar(Scalar::Bool(true)));
            return Ok(moment);
        }
        let written = node.text().ok_or_else(|| Unread::new(format!("is {}, not a time", node.described())).help(HELP))?.trim();
        if written.eq_ignore_ascii_case("unknown") {
            return Ok(Moment { at: None, precision: Precision::Minute, estimated: false, zone: ZoneSource::Written, written: written.to_owned() });
        }
        let reading = clock::read(written).filter(|reading| is_foreign || written.get(reading.end..).is_some_and(|rest| rest.trim().is_empty()));
        let reading = reading.ok_or_else(|| Unread::new("is no time").help(HELP))?;
        let date = reading.date.ok_or_else(|| Unread::new("has no date").help(HELP))?;
        let Timed { moment, vague, shift, .. } = self.zones.moment(&reading, date, written);
        if moment.at.is_none() {
            return Err(Unread::new(format!("is no exact time: {}", vague.unwrap_or_default()))
                .help("write an offset such as `+09:00`, or a zone such as `Asia/Seoul`"));
        }
        if matches!(moment.zone, ZoneSource::Site | ZoneSource::Document) && moment.precision != Precision::Day {
            let zone = self.zones.document.unwrap_or(self.zones.site);
            let help = format!("it is read in {zone}; add `Z`, an offset such as `+09:00`, or a zone such as `Asia/Seoul`");
            self.problems.push(Problem::new("time-without-zone", node.span, format!("`{written}` has no time zone")).help(help));
        }
        if let Some(shift) = shift {
            let what = if shift == Shift::Twice { "twice" } else { "never" };
            let message = format!("`{written}` is a time that the clock showed {what}, because it was moved; the earlier instant is taken");
            self.problems.push(Problem::new("invalid-value", node.span, message).help("write the time with its offset, such as `+01:00`"));
        }
        Ok(moment)
    }

    /// `alias-field` for every key that another spelling of ours stands for, where it could simply be ours. Front matter of another program keeps its spellings,
    /// and so does what the configuration names.
    pub(super) fn alias_keys(&mut self) {
        if self.is_foreign {
            return;
        }
        let configured: BTreeSet<String> = self.settings.fields.values().flatten().map(|spelling| keys::normalised(spelling)).collect();
        for (entry, meaning) in &self.entries {
            let key = &*entry.key.value;
            let Some((field, rank)) = meaning else { continue };
            if *rank == 0 || entry.value.is_null() || configured.contains(&keys::normalised(key)) {
                continue;
            }
            if let Some(edit) = self.renaming(entry, field) {
                let problem = Problem::new("alias-field", entry.key.span, format!("`{key}` is another spelling of `{field}`"));
                self.problems.push(problem.help(format!("write `{field}`")).edit(edit));
            }
        }
    }

    /// The edit that gives an entry the key `field`: where no other entry means that field, and neither who reads the document nor what is found in it hangs on it.
    fn renaming(&self, entry: &Entry, field: &str) -> Option<Edit> {
        const KEPT: [&str; 4] = ["id", "privileged", "allow", "extra"];
        let is_plain = entry.key.span.of(self.text) == entry.key.value;
        let is_ours = keys::CANONICAL.contains(&field) && !KEPT.contains(&field);
        let others = self
            .entries
            .iter()
            .filter(|(other, meaning)| other.key.span != entry.key.span && meaning.as_ref().is_some_and(|(meant, _)| meant == field));
        (is_plain && is_ours && others.count() == 0).then(|| Edit { span: entry.key.span, replacement: field.to_owned() })
    }

    /// `unknown-field` for every key that means nothing, unless the front matter was written for another program.
    pub(super) fn unknown_keys(&mut self) {
        if self.is_foreign {
            return;
        }
        let audiences: Vec<&str> = self.settings.audiences.iter().map(|audience| &*audience.name).collect();
        let known: Vec<&str> = keys::CANONICAL.iter().copied().chain(audiences.iter().copied()).collect();
        for (entry, meaning) in &self.entries {
            let key = &*entry.key.value;
            if meaning.is_some() || audiences.contains(&key) {
                continue;
            }
            let help = values::nearest(key, known.iter().copied())
                .map_or_else(|| "remove it, or move it below `extra`".to_owned(), |near| format!("did you mean `{near}`?"));
            let edit = values::certain(key, &known).filter(|near| !audiences.contains(near)).and_then(|near| self.renaming(entry, near));
            self.problems.push(Problem::new("unknown-field", entry.key.span, format!("`{key}` is no field of a postmortem")).help(help).edit(edit));
        }
    }
}

/// True for front matter that was written for another program: no key that only lookback has, and some that only others have.
fn is_foreign(entries: &[(&Entry, Option<(String, usize)>)], settings: &Settings) -> bool {
    let is_ours = |key: &str| {
        (keys::CANONICAL.contains(&key) && !keys::SHARED.contains(&key)) || settings.audiences.iter().any(|audience| audience.name == key)
    };
    if entries.iter().any(|(entry, _)| is_ours(&entry.key.value)) {
        return false;
    }
    let has_foreign_spelling = entries.iter().any(|(_, meaning)| meaning.as_ref().is_some_and(|(_, rank)| *rank > 0));
    let has_our_severity = entries.iter().any(|(entry, _)| {
        entry.key.value == "severity"
            && entry.value.text().is_some_and(|written| settings.severities.iter().any(|severity| severity.id.eq_ignore_ascii_case(written)))
    });
    has_foreign_spelling || !has_our_severity
}

fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() > 60 { line.chars().take(59).chain(['…']).collect() } else { line.to_owned() }
}
