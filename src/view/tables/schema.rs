use serde_json::{Map, Value, json};

use super::{Column, ColumnKind, Table};

/// JSON Schema (2020-12) of what `export --format json` prints: an array of rows of one of the tables, each described under `$defs`.
#[must_use]
pub fn tables_schema() -> Value {
    let rows: Map<String, Value> = Table::ALL.iter().map(|table| (table.name().to_owned(), row(*table))).collect();
    let arrays: Vec<Value> =
        Table::ALL.iter().map(|table| json!({"type": "array", "items": {"$ref": format!("#/$defs/{}", table.name())}})).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Rows of lookback export",
        "anyOf": arrays,
        "$defs": rows,
    })
}

fn row(table: Table) -> Value {
    let properties: Map<String, Value> = table.columns().iter().map(|column| (column.name.to_owned(), value(column))).collect();
    let names: Vec<&str> = table.columns().iter().map(|column| column.name).collect();
    json!({"description": table.about(), "type": "object", "properties": properties, "required": names, "additionalProperties": false})
}

fn value(column: &Column) -> Value {
    let kind = match column.kind {
        ColumnKind::Text => json!({"type": "string"}),
        ColumnKind::Instant => json!({"type": "string", "format": "date-time"}),
        ColumnKind::Day => json!({"type": "string", "format": "date"}),
        ColumnKind::List => json!({"type": "array", "items": {"type": "string"}}),
        ColumnKind::Minutes => json!({"type": "number"}),
        ColumnKind::Count => json!({"type": "integer", "minimum": 0}),
        ColumnKind::Flag => json!({"type": "boolean"}),
    };
    let mut value = if column.may_be_unknown { json!({"anyOf": [kind, {"type": "null"}]}) } else { kind };
    if let Some(value) = value.as_object_mut() {
        value.insert("description".to_owned(), json!(column.about));
    }
    value
}
