use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use fluent_bundle::{FluentArgs, FluentValue};
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, Value,
    value::{Kwargs, ValueKind},
};

use crate::i18n::Catalogue;

/// Registers `t` and the filters that write dates and figures in the language of the interface.
pub(super) fn register(environment: &mut Environment<'_>, language: &Arc<Catalogue>) {
    let words = Arc::clone(language);
    environment.add_function("t", move |id: &str, args: Kwargs| {
        if !words.has(id) {
            return Err(Error::new(ErrorKind::InvalidOperation, format!("there is no message `{id}`")));
        }
        let mut named = FluentArgs::new();
        for name in args.args() {
            let value: Value = args.get(name)?;
            named.set(name.to_owned(), fluent(&value));
        }
        Ok(words.message(id, &named))
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
    environment.add_filter("utc", |value: &str| instant(value).map(|at| at.with_timezone(&Utc).format("%Y-%m-%d %H:%M UTC").to_string()));
    environment.add_filter("zone", |value: &str| instant(value).map(crate::view::zone));
    let words = Arc::clone(language);
    environment.add_filter("duration", move |minutes: f64| words.duration(minutes));
    let words = Arc::clone(language);
    environment.add_filter("number", move |number: f64| words.number(number));
    environment.add_filter("dec", |number: f64| format!("{number:.1}"));
}

/// Writes a value: nothing for `none`, and of HTML only what has a meaning is escaped, so that addresses stay readable.
pub(super) fn format(output: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if value.is_none() {
        return Ok(());
    }
    if value.is_safe() || *state.auto_escape() != AutoEscape::Html || matches!(value.kind(), ValueKind::Number) {
        return write!(output, "{value}").map_err(Error::from);
    }
    let text = value.to_string();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        let (before, special) = rest.split_at(at);
        output.write_str(before)?;
        let mut characters = special.chars();
        output.write_str(match characters.next() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            Some('"') => "&quot;",
            _ => "&#39;",
        })?;
        rest = characters.as_str();
    }
    output.write_str(rest).map_err(Error::from)
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
