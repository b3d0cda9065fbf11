//! The tree of front matter → the fields of a postmortem, with a problem for everything that can't be read.

use chrono_tz::Tz;

use super::{
    keys::{self, Keys},
    people,
    reader::{Reader, Unread},
    times::Zones,
    values,
};
use crate::{
    config::Settings,
    findings::Problem,
    model::{Detection, Field, Milestone, Origin, Postmortem, SeverityValue},
    text::nfc,
    yaml::{Entry, Kind, Node, Scalar},
};

/// What could be read, and what was wrong.
#[derive(Debug)]
pub(super) struct FrontMatter {
    pub(super) problems: Vec<Problem>,
    /// `started` comes from a key such as `date`: a better one may replace it.
    pub(super) has_loose_start: bool,
}

/// Reads every key of `root` into `postmortem`, whose `id` and `title` are already those of the file.
pub(super) fn read(root: &Node, text: &str, settings: &Settings, keys: &Keys, postmortem: &mut Postmortem) -> FrontMatter {
    let mut reader = Reader::new(root, text, settings, keys);
    identity(&mut reader, postmortem);
    classification(&mut reader, postmortem);
    people::read(&mut reader, postmortem);
    if let Some(zone) = reader.pick("timezone", |node, _| {
        let name = scalar_text(node)?;
        name.parse::<Tz>().map_err(|_| Unread::new(format!("`{name}` is no IANA time zone")).help("write it as `Asia/Seoul` or `UTC`"))
    }) {
        postmortem.timezone = Some(zone);
    }
    reader.zones = Zones::new(settings, postmortem.timezone.as_ref().map(|zone| zone.value));
    let has_loose_start = times(&mut reader, postmortem);
    super::entries::read(&mut reader, postmortem);
    flags(&mut reader, postmortem);
    cut_values(root, text, &mut reader.problems);
    reader.alias_keys();
    reader.unknown_keys();
    postmortem.unreadable.append(&mut reader.unreadable);
    FrontMatter { problems: reader.problems, has_loose_start }
}

fn scalar_text(node: &Node) -> Result<&str, Unread> {
    node.text().ok_or_else(|| Unread::new(format!("is {}, not text", node.described())))
}

fn identity(reader: &mut Reader<'_>, postmortem: &mut Postmortem) {
    let id = reader.pick("id", |node, _| {
        let id = nfc(scalar_text(node)?.trim());
        super::identity::is_valid(&id)
            .then_some(id)
            .ok_or_else(|| Unread::new("can't be used as an id").help("use letters, digits, `-`, `_` and `.`, at most 120 bytes"))
    });
    if let Some(id) = id {
        postmortem.id = id;
    }
    let filled = |node: &Node, _: &mut Reader<'_>| {
        let text = scalar_text(node)?.trim();
        if text.is_empty() { Err(Unread::silent()) } else { Ok(text.to_owned()) }
    };
    if let Some(title) = reader.pick("title", filled) {
        postmortem.title = title;
    }
    postmortem.withdrawn_reason = reader.pick("withdrawn_reason", filled);
    postmortem.recurrence_of = reader.list("recurrence_of");
    postmortem.related = reader.list("related");
    postmortem.tags = reader.list("tags");
    postmortem.lang = reader.pick("lang", |node, _| {
        let tag = scalar_text(node)?;
        let is_tag = tag.split(['-', '_']).all(|part| !part.is_empty() && part.len() <= 8 && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        is_tag.then(|| tag.replace('_', "-")).ok_or_else(|| Unread::new("is no language tag").help("write `en`, `ko` or another BCP 47 tag"))
    });
}

fn classification(reader: &mut Reader<'_>, postmortem: &mut Postmortem) {
    postmortem.status = reader.pick("status", |node, _| {
        let word = scalar_text(node)?;
        values::status_in_text(word).ok_or_else(|| Unread::new("is no status").help("use one of draft, in-review, final, withdrawn"))
    });
    let settings = reader.settings;
    postmortem.severity = reader.pick("severity", |node, _| {
        let written = scalar_text(node)?.trim();
        let rank = settings.severity_rank(written).or_else(|| values::severity_in_text(written, settings)?.rank);
        if rank.is_some() { Ok(SeverityValue { rank, written: written.to_owned() }) } else { Err(Unread::silent()) }
    });
    if postmortem.severity.is_none()
        && let Some((key, span, written)) = reader.first_written("severity")
    {
        let ids: Vec<&str> = settings.severities.iter().map(|severity| &*severity.id).collect();
        reader.problems.push(
            Problem::new("invalid-value", span, format!("`{key}` is `{written}`, which is no severity here"))
                .help(values::suggestion(&written, &ids)),
        );
        postmortem.severity = Some(Field::new(SeverityValue { rank: None, written }, span, Origin::FrontMatter));
    }
    postmortem.services = reader.list("services");
    let known: Vec<&str> = settings.services.iter().map(|service| &*service.id).collect();
    for service in &mut postmortem.services {
        match settings.service(&service.value) {
            Some(found) => service.value.clone_from(&found.id),
            None if !known.is_empty() => reader.problems.push(
                Problem::new("invalid-value", service.span, format!("`{}` is none of the configured services", service.value))
                    .help(values::suggestion(&service.value, &known)),
            ),
            None => {}
        }
    }
    once(&mut postmortem.services);
    postmortem.detection = reader.pick("detection", |node, _| {
        let word = scalar_text(node)?;
        let key = word.trim().to_lowercase().replace([' ', '_'], "-");
        Detection::ALL.into_iter().find(|kind| kind.name() == key).ok_or_else(|| {
            let names: Vec<&str> = Detection::ALL.iter().map(|kind| kind.name()).collect();
            Unread::new("is no way of detection").help(values::suggestion(&key, &names))
        })
    });
    postmortem.causes = reader.list("causes");
    once(&mut postmortem.causes);
    if !settings.causes.is_empty() {
        let known: Vec<&str> = settings.causes.iter().map(|cause| &**cause).collect();
        for cause in &postmortem.causes {
            if !known.contains(&&*cause.value) {
                let problem = Problem::new("invalid-value", cause.span, format!("`{}` is none of the configured causes", cause.value));
                reader.problems.push(problem.help(values::suggestion(&cause.value, &known)));
            }
        }
    }
}

/// Keeps the first of equal values: what is named twice, by id and by name, is one service, and counts once.
fn once(values: &mut Vec<Field<String>>) {
    let mut seen = std::collections::BTreeSet::new();
    values.retain(|value| seen.insert(value.value.clone()));
}

fn flags(reader: &mut Reader<'_>, postmortem: &mut Postmortem) {
    let number = |node: &Node, _: &mut Reader<'_>| match &node.kind {
        Kind::Scalar(Scalar::Number { value, .. }) if value.as_u64().is_some() => value.as_u64().ok_or_else(Unread::silent),
        _ => Err(Unread::new("is no whole number").help("write digits only, such as 1200")),
    };
    postmortem.customers_affected = reader.pick("customers_affected", number);
    postmortem.support_tickets = reader.pick("support_tickets", number);
    let flag = |node: &Node, _: &mut Reader<'_>| match node.kind {
        Kind::Scalar(Scalar::Bool(value)) => Ok(value),
        _ => Err(Unread::new("is neither `true` nor `false`").help("write `true` or `false`, without quotes")),
    };
    let mut read = |key| reader.pick(key, flag).map(|field| field.value);
    postmortem.near_miss = read("near_miss").unwrap_or(false);
    postmortem.exclude_from_metrics = read("exclude_from_metrics").unwrap_or(false);
    // Whatever stands there: a document that somebody wanted to keep back is kept back.
    let privileged = read("privileged");
    postmortem.privileged = privileged.unwrap_or_else(|| reader.has_value("privileged"));
}

/// Reads `times` and its foreign spellings at the top level; true when `started` comes from a key such as `date`.
fn times(reader: &mut Reader<'_>, postmortem: &mut Postmortem) -> bool {
    if let Some(entry) = reader.entry("times") {
        match entry.value.entries() {
            Some(entries) => entries.iter().for_each(|entry| milestone(reader, entry, postmortem)),
            None if entry.value.is_null() => {}
            None => reader.invalid(entry, &Unread::new(format!("is {}, not a map of times", entry.value.described()))),
        }
    }
    let mut has_loose_start = false;
    for milestone in Milestone::TIMES {
        let Some(slot) = postmortem.times.slot(milestone) else { continue };
        if slot.is_some() {
            continue;
        }
        *slot = reader.pick(milestone.key(), |node, reader| match node.kind {
            // `resolved: true` says that it is over, not when.
            Kind::Scalar(Scalar::Bool(false)) => Err(Unread::silent()),
            Kind::Scalar(Scalar::Bool(true)) => Err(Unread::new("is `true`, not a time").help("write the time at which it happened")),
            _ => reader.moment(node, true),
        });
        if milestone == Milestone::Started
            && let Some(field) = slot
        {
            has_loose_start = reader.key_of(field.span).is_some_and(|key| keys::DATES.contains(&&*keys::normalised(&key)));
        }
    }
    has_loose_start
}

fn milestone(reader: &mut Reader<'_>, entry: &Entry, postmortem: &mut Postmortem) {
    let slot = Milestone::parse(&entry.key.value).and_then(|milestone| postmortem.times.slot(milestone));
    let Some(slot) = slot else {
        let keys: Vec<&str> = Milestone::TIMES.iter().map(|milestone| milestone.key()).collect();
        let problem = Problem::new("invalid-value", entry.key.span, format!("`{}` is none of the times", entry.key.value));
        reader.problems.push(problem.help(values::suggestion(&entry.key.value, &keys)));
        return;
    };
    if entry.value.is_null() {
        return;
    }
    match reader.moment(&entry.value, false) {
        Ok(moment) => *slot = Some(Field::new(moment, entry.value.span, Origin::FrontMatter)),
        Err(unread) => {
            reader.invalid(entry, &unread);
            let written = reader.written(&entry.value);
            *slot = Some(Field::new(super::times::unreadable(&written), entry.value.span, Origin::FrontMatter));
        }
    }
}

/// ` #` in an unquoted title ends it silently: reported where what follows looks like a number of a ticket or like text.
fn cut_values(node: &Node, text: &str, problems: &mut Vec<Problem>) {
    const TEXTS: &[&str] = &["title", "summary", "reason", "withdrawn_reason", "scope"];
    for item in node.items().unwrap_or_default() {
        cut_values(item, text, problems);
    }
    for entry in node.entries().unwrap_or_default() {
        if TEXTS.contains(&&*entry.key.value) && matches!(entry.value.kind, Kind::Scalar(_)) {
            let is_null = entry.value.is_null();
            let written = entry.value.span.of(text);
            if written.starts_with(['"', '\'']) || written.contains('\n') {
                continue;
            }
            let from = if is_null { entry.key.span.end } else { entry.value.span.end };
            let line = text.get(from..).and_then(|rest| rest.lines().next()).unwrap_or_default();
            let Some(at) = line.find('#').filter(|&at| line.get(..at).is_some_and(|before| before.chars().all(|part| part == ' ' || part == ':')))
            else {
                continue;
            };
            let comment = line.get(at + 1..).unwrap_or_default();
            if at > 0 && comment.starts_with(|first: char| !first.is_whitespace() && first != '#') {
                let span = crate::text::Span::new(from + at, from + line.trim_end().len());
                let value = if is_null { "" } else { written };
                problems.push(
                    Problem::new(
                        "cut-value",
                        span,
                        format!("YAML reads `#{}` as a comment: `{}` ends before it", comment.trim_end(), entry.key.value),
                    )
                    .help(format!(
                        "put the whole value in quotes: {}: \"{}\"",
                        entry.key.value,
                        format!("{value} #{}", comment.trim_end()).trim()
                    )),
                );
            }
        } else {
            cut_values(&entry.value, text, problems);
        }
    }
}
