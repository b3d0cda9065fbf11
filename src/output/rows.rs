//! Rows for other engines.

use serde_json::{Map, Value};

use crate::view::{Cell, Row};

/// RFC 4180 with a header. Lists are joined by `; `. A text that a spreadsheet would run as a formula begins with an apostrophe.
#[must_use]
pub fn csv(rows: &[Row]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut is_first = true;
    for row in rows {
        // Writing to memory can't fail, and all rows are of one length.
        if std::mem::take(&mut is_first) {
            let _ = writer.write_record(row.iter().map(|(name, _)| *name));
        }
        let _ = writer.write_record(row.iter().map(|(_, cell)| field(cell)));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// One array of objects.
#[must_use]
pub fn json(rows: &[Row]) -> String {
    let rows: Vec<Value> = rows.iter().map(object).collect();
    serde_json::to_string_pretty(&rows).unwrap_or_default() + "\n"
}

/// One object a line.
#[must_use]
pub fn ndjson(rows: &[Row]) -> String {
    rows.iter().flat_map(|row| [object(row).to_string(), "\n".to_owned()]).collect()
}

fn object(row: &Row) -> Value {
    let value = |cell: &Cell| match cell {
        Cell::Unknown => Value::Null,
        Cell::Text(text) => text.clone().into(),
        Cell::List(items) => items.clone().into(),
        Cell::Minutes(minutes) => (*minutes).into(),
        Cell::Count(count) => (*count).into(),
        Cell::Flag(flag) => (*flag).into(),
    };
    Value::Object(row.iter().map(|(name, cell)| ((*name).to_owned(), value(cell))).collect::<Map<String, Value>>())
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Unknown => String::new(),
        Cell::Text(text) => guarded(text.clone()),
        Cell::List(items) => guarded(items.join("; ")),
        Cell::Minutes(minutes) => minutes.to_string(),
        Cell::Count(count) => count.to_string(),
        Cell::Flag(flag) => flag.to_string(),
    }
}

/// A text as data: spreadsheets run what begins like a formula, full-width marks included.
fn guarded(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_run_by_a_spreadsheet_and_numbers_stay_numbers() {
        let text = |text: &str| Cell::Text(text.to_owned());
        let row: Row = vec![
            ("a", text("=HYPERLINK(\"https://evil.example\")")),
            ("b", text("@SUM(1)\n,")),
            ("c", Cell::Minutes(-1.5)),
            ("d", Cell::List(vec!["+x".to_owned(), "y".to_owned()])),
            ("e", Cell::Unknown),
            ("f", text("a \"b\"")),
        ];
        assert_eq!(
            csv(std::slice::from_ref(&row)),
            "a,b,c,d,e,f\n\"'=HYPERLINK(\"\"https://evil.example\"\")\",\"'@SUM(1)\n,\",-1.5,'+x; y,,\"a \"\"b\"\"\"\n"
        );
        assert_eq!(
            ndjson(&[row]),
            "{\"a\":\"=HYPERLINK(\\\"https://evil.example\\\")\",\"b\":\"@SUM(1)\\n,\",\"c\":-1.5,\"d\":[\"+x\",\"y\"],\"e\":null,\"f\":\"a \\\"b\\\"\"}\n"
        );
    }
}
