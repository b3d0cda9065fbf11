use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use fluent_bundle::{FluentArgs, FluentValue};
use html_escape::encode_quoted_attribute;
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, Value,
    value::{Kwargs, ValueKind},
};

use rustc_hash::FxHashMap;

use crate::i18n::Catalogue;

/// Registers `t` and the filters that write dates and figures in the language of the interface.
pub(super) fn register(environment: &mut Environment<'_>, language: &Arc<Catalogue>) {
    let words = Arc::clone(language);
    // Most words of a page take no arguments, and stand on every page.
    let plain: RwLock<FxHashMap<String, Value>> = RwLock::default();
    environment.add_function("t", move |id: &str, args: Kwargs| {
        let takes_none = args.args().next().is_none();
        if takes_none && let Some(known) = plain.read().unwrap_or_else(PoisonError::into_inner).get(id) {
            return Ok(known.clone());
        }
        if !words.has(id) {
            return Err(Error::new(ErrorKind::InvalidOperation, format!("there is no message `{id}`")));
        }
        let mut named = FluentArgs::new();
        for name in args.args() {
            let value: Value = args.get(name)?;
            named.set(name.to_owned(), fluent(&value));
        }
        let text = Value::from(words.message(id, &named));
        if takes_none {
            plain.write().unwrap_or_else(PoisonError::into_inner).insert(id.to_owned(), text.clone());
        }
        Ok(text)
    });
    let words = Arc::clone(language);
    environment.add_filter("date", move |value: &str| day(value).map(|day| words.date(day)));
    let words = Arc::clone(language);
    environment.add_filter("month", move |value: &str| {
        let first = if value.len() == 7 { format!("{value}-01") } else { value.to_owned() };
        day(&first).map(|day| words.month(day))
    });
    let words = Arc::clone(language);
    environment.add_filter("datetime", move |value: &str| instant(value).map(|at| words.datetime(at)));
    environment.add_filter("clock", |value: &str| instant(value).map(|at| at.format("%H:%M").to_string()));
    environment.add_filter("utc", |value: &str| instant(value).map(utc));
    environment.add_filter("zone", |value: &str| instant(value).map(crate::view::zone));
    let words = Arc::clone(language);
    environment.add_filter("duration", move |minutes: f64| words.duration(minutes));
    let words = Arc::clone(language);
    environment.add_filter("number", move |number: f64| words.number(number));
    let words = Arc::clone(language);
    environment.add_filter("moment", move |value: &str| instant(value).map(|at| time_element(value, Some(&utc(at)), &words.datetime(at))));
    environment.add_filter("time", |value: &str| instant(value).map(|at| time_element(value, Some(&utc(at)), &at.format("%H:%M").to_string())));
    let words = Arc::clone(language);
    environment.add_filter("day", move |value: Option<String>| match value {
        Some(value) => day(&value).map(|day| time_element(&value, None, &words.date(day))),
        None => Ok(soft(&words.text("date-unknown"))),
    });
    let words = Arc::clone(language);
    environment.add_filter("span", move |minutes: Option<f64>| match minutes {
        Some(minutes) => Value::from_safe_string(format!("<span class=\"number\">{}</span>", encode_quoted_attribute(&words.duration(minutes)))),
        None => soft(&words.text("unknown")),
    });
    environment.add_filter("dec", |number: f64| format!("{number:.1}"));
}

/// A `<time>` with the instant for machines, and in UTC for whom the words are in another zone.
fn time_element(machine: &str, title: Option<&str>, words: &str) -> Value {
    let title = title.map(|title| format!(" title=\"{}\"", encode_quoted_attribute(title))).unwrap_or_default();
    Value::from_safe_string(format!("<time datetime=\"{}\"{title}>{}</time>", encode_quoted_attribute(machine), encode_quoted_attribute(words)))
}

/// Words that say that something is not there.
fn soft(words: &str) -> Value {
    Value::from_safe_string(format!("<span class=\"soft\">{}</span>", encode_quoted_attribute(words)))
}

fn utc(at: DateTime<FixedOffset>) -> String {
    at.with_timezone(&Utc).format("%Y-%m-%d %H:%M UTC").to_string()
}

/// Writes a value: nothing for `none`, and of HTML only what has a meaning is escaped, so that addresses stay readable.
pub(super) fn format(output: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if value.is_none() {
        return Ok(());
    }
    if value.is_safe()
        && let Some(text) = value.as_str()
    {
        return output.write_str(text).map_err(Error::from);
    }
    if value.is_safe() || *state.auto_escape() != AutoEscape::Html || matches!(value.kind(), ValueKind::Number) {
        return write!(output, "{value}").map_err(Error::from);
    }
    match value.as_str() {
        Some(text) => output.write_str(&encode_quoted_attribute(text)),
        None => output.write_str(&encode_quoted_attribute(&value.to_string())),
    }
    .map_err(Error::from)
}

fn fluent(value: &Value) -> FluentValue<'static> {
    match value.kind() {
        ValueKind::Number => f64::try_from(value.clone()).map_or(FluentValue::None, FluentValue::from),
        _ => FluentValue::from(value.to_string()),
    }
}

fn instant(value: &str) -> Result<DateTime<FixedOffset>, Error> {
    DateTime::parse_from_rfc3339(value).map_err(|_| Error::new(ErrorKind::InvalidOperation, format!("`{value}` is no RFC 3339 time")))
}

/// The day of a date or of a time, as it is written.
fn day(value: &str) -> Result<NaiveDate, Error> {
    let date = value.get(..10).unwrap_or(value);
    date.parse().map_err(|_| Error::new(ErrorKind::InvalidOperation, format!("`{value}` is no date")))
}
