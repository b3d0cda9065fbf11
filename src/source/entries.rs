//! The lists and blocks of front matter: actions, impact windows, links, blocks for external audiences, suppressions.

use chrono::DateTime;
use serde::Deserialize;
use serde_yaml::Value;

use super::{
    clock, marks,
    reader::{Reader, Unread},
    values,
    visible::plain,
};
use crate::{
    findings::Problem,
    model::{Action, ActionKind, ActionStatus, ExternalBlock, Field, Impact, ImpactLevel, Link, Origin, Person, Postmortem},
    text::Span,
    yaml::{Entry, Kind, Node, Scalar},
};

const RULE: &str = "invalid-value";

/// Reads every list and block.
pub(super) fn read(reader: &mut Reader<'_>, postmortem: &mut Postmortem) {
    for (index, item) in items(reader, "impacts").iter().enumerate() {
        if let Some(entry) = decode::<ImpactEntry>(reader, item, "impacts", index) {
            let impact = impact(reader, item, entry);
            postmortem.impacts.push(Field::new(impact, item.span, Origin::FrontMatter));
        }
    }
    for (index, item) in items(reader, "links").iter().enumerate() {
        let link = match item.text() {
            Some(url) => Some(LinkEntry { title: None, url: url.to_owned() }),
            None => decode::<LinkEntry>(reader, item, "links", index),
        };
        if let Some(LinkEntry { title, url }) = link {
            let title = title.filter(|title| !title.trim().is_empty()).unwrap_or_else(|| url.clone());
            postmortem.links.push(Field::new(Link { title, url }, item.span, Origin::FrontMatter));
        }
    }
    for item in items(reader, "actions") {
        if let Some(action) = action(reader, item) {
            postmortem.actions.push(Field::new(action, item.span, Origin::FrontMatter));
        }
    }
    for audience in &reader.settings.audiences {
        if let Some(entry) = reader.entry(&audience.name)
            && let Some(block) = external_block(reader, entry)
        {
            postmortem.external.insert(audience.name.clone(), block);
        }
    }
    if let Some(entry) = reader.entry("allow") {
        match entry.value.entries() {
            Some(rules) => postmortem.allow.extend(rules.iter().map(|rule| {
                let reason = rule.value.text().unwrap_or_default().trim().to_owned();
                (Field::new(rule.key.value.clone(), rule.key.span, Origin::FrontMatter), reason)
            })),
            None if entry.value.is_null() => {}
            None => reader.invalid(entry, &Unread::new("is no map of rules and reasons").help("write `rule-name: why it does not apply here`")),
        }
    }
    if let Some(entry) = reader.entry("extra")
        && entry.value.entries().is_none()
        && !entry.value.is_null()
    {
        reader.invalid(entry, &Unread::new("is no map"));
    }
}

/// The items of a list; a problem and none for anything else.
fn items<'a>(reader: &mut Reader<'a>, key: &str) -> &'a [Node] {
    let Some(entry) = reader.entry(key).filter(|entry| !entry.value.is_null()) else { return &[] };
    entry.value.items().unwrap_or_else(|| {
        reader.invalid(entry, &Unread::new(format!("is {}, not a list", entry.value.described())).help("begin every entry with `- `"));
        &[]
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ImpactEntry {
    service: Option<String>,
    level: Option<LevelWord>,
    start: Option<String>,
    end: Option<String>,
    scope: Option<String>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum LevelWord {
    Down,
    Degraded,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LinkEntry {
    title: Option<String>,
    url: String,
}

/// The data model of a node with numbers and booleans as they are written: every field of our entries is text.
fn as_written(node: &Node) -> Value {
    match &node.kind {
        Kind::Scalar(Scalar::Null) => Value::Null,
        Kind::Scalar(_) => Value::String(node.text().unwrap_or_default().to_owned()),
        Kind::List(items) => Value::Sequence(items.iter().map(as_written).collect()),
        Kind::Map(entries) => {
            Value::Mapping(entries.iter().map(|entry| (Value::String(entry.key.value.clone()), as_written(&entry.value))).collect())
        }
    }
}

/// Typed decoding of one entry; a failure points at the value or key that caused it.
fn decode<'de, T: Deserialize<'de>>(reader: &mut Reader<'_>, item: &Node, key: &str, index: usize) -> Option<T> {
    let error = match serde_path_to_error::deserialize::<_, T>(as_written(item)) {
        Ok(value) => return Some(value),
        Err(error) => error,
    };
    let path = error.path().to_string();
    let spans = item.spans();
    let message = error.inner().to_string();
    let is_key = message.starts_with("unknown field");
    let span = spans.get(&if is_key { format!("{path}#key") } else { path.clone() }).or_else(|| spans.get(&path)).copied().unwrap_or(item.span);
    let place = if path == "." { format!("{key}[{index}]") } else { format!("{key}[{index}].{path}") };
    reader.problems.push(Problem::new(RULE, span, format!("`{place}`: {message}")));
    None
}

fn impact(reader: &mut Reader<'_>, item: &Node, entry: ImpactEntry) -> Impact {
    let mut at = |key: &str, written: Option<String>| -> Option<DateTime<chrono::FixedOffset>> {
        let node = item.get(key).filter(|_| written.is_some())?;
        match reader.moment(node, false) {
            Ok(moment) => moment.at,
            Err(unread) => {
                if let Some(entry) = item.entry(key) {
                    reader.invalid(entry, &unread);
                }
                None
            }
        }
    };
    let (start, end) = (at("start", entry.start), at("end", entry.end));
    let level = match entry.level {
        Some(LevelWord::Degraded) => ImpactLevel::Degraded,
        Some(LevelWord::Down) | None => ImpactLevel::Down,
    };
    let service = entry.service.map(|written| reader.settings.service(&written).map_or(written, |service| service.id.clone()));
    Impact { service, level, start, end, scope: entry.scope }
}

fn action(reader: &mut Reader<'_>, item: &Node) -> Option<Action> {
    const KEYS: [&str; 9] = ["id", "title", "type", "owner", "due", "ticket", "priority", "status", "reason"];
    let empty = Action {
        id: None,
        title: String::new(),
        kind: None,
        owner: None,
        due: None,
        ticket: None,
        priority: None,
        status: ActionStatus::Open,
        reason: None,
    };
    if let Some(title) = item.text() {
        return Some(Action { title: title.trim().to_owned(), ..empty });
    }
    let Some(entries) = item.entries() else {
        let message = format!("an entry of `actions` is {}, not a map", item.described());
        reader.problems.push(Problem::new(RULE, item.span, message).help("write `- title: …` with `owner` and `due` below it"));
        return None;
    };
    let mut action = empty;
    for entry in entries {
        let key = &*entry.key.value;
        if entry.value.is_null() {
            continue;
        }
        let Some(written) = entry.value.text().map(str::trim) else {
            let unread = Unread::new(format!("is {}, not text", entry.value.described()));
            reader.invalid(entry, &unread);
            continue;
        };
        let text = Some(written.to_owned());
        match key {
            "id" => action.id = text,
            "title" => written.clone_into(&mut action.title),
            "owner" => action.owner = Some(Person::parse(written)),
            "ticket" => action.ticket = text,
            "priority" => action.priority = text,
            "reason" => action.reason = text,
            "type" => {
                action.kind = ActionKind::ALL.into_iter().find(|kind| kind.name().eq_ignore_ascii_case(written));
                if action.kind.is_none() {
                    let names = ActionKind::ALL.map(ActionKind::name);
                    reader.invalid(entry, &Unread::new("is no type of action").help(values::suggestion(written, &names)));
                }
            }
            "status" => {
                if let Some(status) = values::action_status(written) {
                    action.status = status;
                } else {
                    let names = ActionStatus::ALL.map(ActionStatus::name);
                    reader.invalid(entry, &Unread::new("is no status of an action").help(values::suggestion(written, &names)));
                }
            }
            "due" => match clock::read(written).and_then(|reading| reading.date) {
                Some(date) => action.due = Some(Field::new(date, entry.value.span, Origin::FrontMatter)),
                None => reader.invalid(entry, &Unread::new("is no date").help("write it as `2026-03-31`")),
            },
            _ => {
                let problem = Problem::new(RULE, entry.key.span, format!("`{key}` is no field of an action"));
                reader.problems.push(problem.help(values::suggestion(key, &KEYS)));
            }
        }
    }
    if action.title.is_empty() {
        reader
            .problems
            .push(Problem::new(RULE, Span::at(item.span.start), "this action has no `title`").help("say what will be different once it is done"));
    }
    Some(action)
}

/// `public: {publish, title, slug, summary}`.
fn external_block(reader: &mut Reader<'_>, entry: &Entry) -> Option<ExternalBlock> {
    const KEYS: [&str; 4] = ["publish", "title", "slug", "summary"];
    if entry.value.is_null() {
        return None;
    }
    let Some(entries) = entry.value.entries() else {
        let help = format!("write `{}: {{publish: true, title: …}}`", entry.key.value);
        reader.invalid(entry, &Unread::new(format!("is {}, not a map", entry.value.described())).help(help));
        return None;
    };
    if entry.value.span.of(reader.text).starts_with('*') || merges(reader.text, entry.key.span.end) {
        let message = format!("`{}` takes its values from elsewhere in the file", entry.key.value);
        let problem = Problem::new(marks::RULE, entry.value.span, message);
        reader.problems.push(problem.help("write what may go outside in full, without aliases and merged keys"));
        return None;
    }
    let mut block = ExternalBlock::default();
    for inner in entries {
        let (key, span) = (&*inner.key.value, inner.value.span);
        if inner.value.is_null() && KEYS.contains(&key) {
            continue;
        }
        if refused(reader, entry, inner) {
            continue;
        }
        let text = inner.value.text().map(|text| Field::new(text.trim().to_owned(), span, Origin::FrontMatter));
        match (key, text) {
            ("publish", _) => match inner.value.kind {
                Kind::Scalar(Scalar::Bool(value)) => block.publish = Some(Field::new(value, span, Origin::FrontMatter)),
                _ => reader.invalid(inner, &Unread::new("is neither `true` nor `false`").help("write `true` or `false`, without quotes")),
            },
            ("title", Some(title)) => block.title = Some(title).filter(|title| !title.value.is_empty()),
            ("summary", Some(summary)) => block.summary = Some(summary).filter(|summary| !summary.value.is_empty()),
            ("slug", Some(slug)) if crate::text::slug(&slug.value) == slug.value => block.slug = Some(slug),
            ("slug", Some(slug)) => {
                let help = format!("use lower case letters, digits and `-`: `{}`", crate::text::slug(&slug.value));
                reader.invalid(inner, &Unread::new("can't be part of an address").help(help));
            }
            ("title" | "summary" | "slug", None) => reader.invalid(inner, &Unread::new(format!("is {}, not text", inner.value.described()))),
            _ => {
                let problem = Problem::new(RULE, inner.key.span, format!("`{key}` is no field of `{}`", entry.key.value));
                reader.problems.push(problem.help(values::suggestion(key, &KEYS)));
            }
        }
    }
    Some(block)
}

/// Whether the block of the key that ends at `key` takes in another one with `<<:`. The tree no longer tells.
fn merges(text: &str, key: usize) -> bool {
    let mut lines = text.get(key..).unwrap_or_default().lines();
    let first = lines.next();
    let block = lines.take_while(|line| line.trim_end().is_empty() || line.starts_with([' ', '\t', '}']));
    first.into_iter().chain(block).any(|line| {
        line.match_indices("<<").any(|(at, sign)| {
            let after = line.get(at + sign.len()..).unwrap_or_default().trim_start_matches(['"', '\'', ' ', '\t']);
            after.starts_with(':')
        })
    })
}

/// Whether a value of an external block is not what its author sees there, or speaks of an audience in text that goes out as it is.
fn refused(reader: &mut Reader<'_>, entry: &Entry, inner: &Entry) -> bool {
    let place = format!("`{}.{}`", entry.key.value, inner.key.value);
    let span = inner.value.span;
    let is_alias = inner.value.span.of(reader.text).starts_with('*');
    let text = inner.value.text().map(|text| plain(&html_escape::decode_html_entities(text))).unwrap_or_default();
    let (message, help) = if is_alias {
        (format!("{place} takes its value from elsewhere in the file"), "write what may go outside in full")
    } else if text.contains("<!--") {
        (format!("{place} holds a comment, and every word of it is shown"), "write only what may go outside")
    } else if text.replace("[![", "").contains("[!") {
        (format!("{place} holds an audience mark, and every word of it is shown"), "write only what may go outside")
    } else {
        return false;
    };
    reader.problems.push(Problem::new(marks::RULE, span, message).help(help));
    true
}
