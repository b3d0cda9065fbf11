//! Rows for other engines.

use serde_json::{Map, Value};

use crate::view::{Cell, Column, Row};

/// RFC 4180 with a header. Lists are joined by `; `. A text that a spreadsheet would run as a formula begins with an apostrophe.
#[must_use]
pub fn csv(columns: &[Column], rows: &[Row]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory can't fail, and all rows are of one length.
    let _ = writer.write_record(columns.iter().map(|column| column.name));
    for row in rows {
        let _ = writer.write_record(row.iter().map(field));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// One array of objects.
#[must_use]
pub fn json(columns: &[Column], rows: &[Row]) -> String {
    let rows: Vec<Value> = rows.iter().map(|row| object(columns, row)).collect();
    serde_json::to_string_pretty(&rows).unwrap_or_default() + "\n"
}

/// One object a line.
#[must_use]
pub fn ndjson(columns: &[Column], rows: &[Row]) -> String {
    rows.iter().flat_map(|row| [object(columns, row).to_string(), "\n".to_owned()]).collect()
}

fn object(columns: &[Column], row: &Row) -> Value {
    let value = |cell: &Cell| match cell {
        Cell::Unknown => Value::Null,
        Cell::Text(text) => text.clone().into(),
        Cell::List(items) => items.clone().into(),
        Cell::Minutes(minutes) => (*minutes).into(),
        Cell::Count(count) => (*count).into(),
        Cell::Flag(flag) => (*flag).into(),
    };
    Value::Object(columns.iter().zip(row).map(|(column, cell)| (column.name.to_owned(), value(cell))).collect::<Map<String, Value>>())
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
    use crate::view::ColumnKind;

    #[test]
    fn no_text_is_run_by_a_spreadsheet_and_numbers_stay_numbers() {
        let column = |name| Column { name, kind: ColumnKind::Text, may_be_unknown: true, about: "" };
        let columns = ["a", "b", "c", "d", "e", "f"].map(column);
        let text = |text: &str| Cell::Text(text.to_owned());
        let row: Row = vec![
            text("=HYPERLINK(\"https://evil.example\")"),
            text("@SUM(1)\n,"),
            Cell::Minutes(-1.5),
            Cell::List(vec!["+x".to_owned(), "y".to_owned()]),
            Cell::Unknown,
            text("a \"b\""),
        ];
        assert_eq!(
            csv(&columns, std::slice::from_ref(&row)),
            "a,b,c,d,e,f\n\"'=HYPERLINK(\"\"https://evil.example\"\")\",\"'@SUM(1)\n,\",-1.5,'+x; y,,\"a \"\"b\"\"\"\n"
        );
        assert_eq!(
            ndjson(&columns, &[row]),
            "{\"a\":\"=HYPERLINK(\\\"https://evil.example\\\")\",\"b\":\"@SUM(1)\\n,\",\"c\":-1.5,\"d\":[\"+x\",\"y\"],\"e\":null,\"f\":\"a \\\"b\\\"\"}\n"
        );
        assert_eq!(csv(&columns, &[]), "a,b,c,d,e,f\n");
    }
}
