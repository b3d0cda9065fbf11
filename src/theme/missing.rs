//! What to say about a key that a template reads and that is not there.

use minijinja::{Error, ErrorKind, Value, value::ValueKind};

/// What was read, what there is instead, and which of it was probably meant; none for other errors.
pub(super) fn explained(error: &Error, context: &Value) -> Option<String> {
    if error.kind() != ErrorKind::UndefinedError {
        return None;
    }
    let source = error.template_source()?;
    let range = error.range()?;
    let before = source.get(..range.start)?.trim_end();
    // The range of a filter is its name; what it was given stands before it.
    let written = if before.ends_with('|') { before.trim_end_matches('|').trim_end() } else { source.get(range)?.trim() };
    let is_other = |letter: char| !(letter.is_alphanumeric() || letter == '_' || letter == '.');
    let path = if before.ends_with('|') { written.rsplit(is_other).next() } else { written.split(is_other).find(|path| !path.is_empty()) }?;
    missing(path, context)
}

/// Follows a path as far as it leads.
fn missing(path: &str, context: &Value) -> Option<String> {
    let mut value = context.clone();
    let mut parent = String::new();
    for key in path.split('.') {
        let next = value.get_attr(key).ok().filter(|next| !next.is_undefined());
        let Some(next) = next else {
            let known = keys(&value);
            let place = if parent.is_empty() { "this page".to_owned() } else { format!("`{parent}`") };
            if known.is_empty() {
                return Some(format!("`{path}` is not there: {place} has no keys"));
            }
            // A loop's own variable is in no context: of it nothing is known here.
            if parent.is_empty() && path.contains('.') {
                return Some(format!("`{path}` is not there; docs/theme.md lists the keys of every value"));
            }
            let near = known.iter().min_by_key(|known| strsim::damerau_levenshtein(known, key));
            let near = near.filter(|near| strsim::damerau_levenshtein(near, key) <= 1 + key.len() / 4);
            let meant = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            return Some(format!("`{path}` is not there; {place} has {}{meant}", known.join(", ")));
        };
        parent = if parent.is_empty() { key.to_owned() } else { format!("{parent}.{key}") };
        value = next;
    }
    None
}

fn keys(value: &Value) -> Vec<String> {
    if value.kind() != ValueKind::Map {
        return Vec::new();
    }
    let keys = value.try_iter().into_iter().flatten().map(|key| key.to_string());
    let mut keys: Vec<String> = keys.collect();
    keys.sort();
    keys
}
