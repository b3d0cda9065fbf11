//! `export`: tables that other engines read, with a schema that says what is in them. `LOOKBACK_BLESS=1 cargo test --test it export` writes the tables of
//! `docs/export.md` anew.

use std::{collections::BTreeSet, fmt::Write as _, fs, path::Path};

use lookback::{
    testing::TestRepository,
    view::{ColumnKind, Table},
};
use serde_json::Value;

use crate::harness::{PATH, REPORT, lookback};

const PAGE: &str = include_str!("../../docs/export.md");
const SECRET: &str = "---\ntitle: Counsel asked us\nprivileged: true\nseverity: SEV1\nactions: [Ask counsel]\nimpacts: [{service: counsel, level: down}]\n---\n## Summary\nFor counsel.\n";

fn repository() -> TestRepository {
    let mut repository = TestRepository::new();
    let windows = "impacts: [{service: orders, level: down, start: 2026-03-02T09:00:00Z, end: 2026-03-02T09:30:00Z}]\ntags";
    repository.write(PATH, REPORT.replace("tags", windows)).write("postmortems/counsel.md", SECRET).commit("Write");
    repository.author("Lin Oh <lin@example.com>").commit("Look at it\n\nReviewed-by: Lin Oh <lin@example.com>\nPostmortem: a");
    repository.author("Ada Meyer <ada@example.com>");
    repository.write(PATH, REPORT.replace("tags", windows).replace("status: open", "status: done")).commit("Alert is there");
    repository.checkout();
    repository
}

fn rows(folder: &Path, table: &str) -> Vec<Value> {
    let run = lookback(folder, &["export", "--table", table, "--format", "ndjson"]);
    assert_eq!(run.code, 0, "{run}");
    run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_row_holds_what_its_columns_promise() {
    let repository = repository();
    for table in Table::ALL {
        let rows = rows(repository.path(), table.name());
        assert!(!rows.is_empty(), "{}", table.name());
        for row in rows {
            let names: BTreeSet<&str> = row.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(names, table.columns().iter().map(|column| column.name).collect(), "{}", table.name());
            for column in table.columns() {
                let value = &row[column.name];
                let fits = match column.kind {
                    ColumnKind::Text => value.is_string(),
                    ColumnKind::Instant => value.as_str().is_some_and(|at| at.ends_with('Z') && at.len() == 20),
                    ColumnKind::Day => value.as_str().is_some_and(|day| day.len() == 10),
                    ColumnKind::List => value.is_array(),
                    ColumnKind::Minutes => value.is_number(),
                    ColumnKind::Count => value.is_u64(),
                    ColumnKind::Flag => value.is_boolean(),
                };
                assert!(fits || (column.may_be_unknown && value.is_null()), "{}.{}: {value}", table.name(), column.name);
            }
        }
    }
}

#[test]
fn actions_carry_the_commits_that_opened_and_settled_them() {
    let repository = repository();
    let actions = rows(repository.path(), "actions");
    let [action] = &*actions else { panic!("{actions:?}") };
    let facts = ["number", "action", "status", "overdue", "opened", "settled"].map(|key| action[key].to_string());
    assert_eq!(facts, ["1", "\"A1\"", "\"done\"", "false", "\"2026-01-01T00:00:00Z\"", "\"2026-01-01T02:00:00Z\""]);
    let impacts = rows(repository.path(), "impacts");
    assert_eq!((impacts[0]["minutes"].as_f64(), impacts[0]["service"].as_str()), (Some(30.0), Some("orders")));
    let times = rows(repository.path(), "times");
    assert_eq!(times.iter().map(|row| row["milestone"].as_str().unwrap()).collect::<Vec<_>>(), ["started", "detected", "resolved"]);
    assert_eq!(rows(repository.path(), "revisions").len(), 2);
}

#[test]
fn privileged_postmortems_are_in_no_table() {
    let repository = repository();
    let run = lookback(repository.path(), &["export", "--table", "all", "--format", "csv", "--out", "tables"]);
    assert_eq!((run.code, &*run.out), (0, ""), "{run}");
    for table in Table::ALL {
        let text = fs::read_to_string(repository.path().join("tables").join(format!("{}.csv", table.name()))).unwrap();
        assert!(text.lines().count() > 1 && !text.to_lowercase().contains("counsel"), "{text}");
    }
    let run = lookback(repository.path(), &["export", "--table", "all"]);
    assert_eq!(run.code, 2, "{run}");
}

#[test]
fn a_table_without_rows_has_its_header() {
    let mut repository = TestRepository::new();
    repository.write(PATH, REPORT).commit("Write");
    repository.checkout();
    let run = lookback(repository.path(), &["export", "--table", "approvals"]);
    assert_eq!(run.out, "postmortem,path,by,email,kind,commit,date,counts,reason,signature,recorded_by,via,reverted_by\n", "{run}");
}

#[cfg(unix)]
#[test]
fn the_recipe_for_several_repositories_makes_a_folder_for_each() {
    use std::process::Command;

    let (one, other) = (repository(), repository());
    let folder = tempfile::tempdir().unwrap();
    let recipe = PAGE.split("```sh\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let program = env!("CARGO_BIN_EXE_lookback");
    let script = recipe.replace("lookback --repo", &format!("'{program}' --repo"));
    let mut shell = Command::new("sh");
    shell.args(["-euc", &script, "sh"]).args([one.path(), other.path()]).current_dir(folder.path());
    assert!(shell.status().unwrap().success());
    let read = |name: &str| {
        let folders = fs::read_dir(folder.path().join("warehouse")).unwrap();
        let texts = folders.map(|folder| fs::read_to_string(folder.unwrap().path().join(name)).unwrap());
        texts.flat_map(|text| text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()).collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    assert_eq!((read("postmortems.ndjson").len(), read("actions.ndjson").len(), read("revisions.ndjson").len()), (2, 2, 4));
}

/// The columns of every table of `export`.
fn tables() -> String {
    let mut text = String::new();
    for table in Table::ALL {
        let _ = write!(text, "\n### `{}`\n{}.\n\n| column | holds | says |\n|---|---|---|\n", table.name(), table.about());
        for column in table.columns() {
            let kind = match column.kind {
                ColumnKind::Text => "text",
                ColumnKind::Instant => "instant",
                ColumnKind::Day => "day",
                ColumnKind::List => "list",
                ColumnKind::Minutes => "minutes",
                ColumnKind::Count => "count",
                ColumnKind::Flag => "yes or no",
            };
            let _ = writeln!(text, "| `{}` | {kind}{} | {} |", column.name, if column.may_be_unknown { ", or nothing" } else { "" }, column.about);
        }
    }
    text
}

#[test]
fn the_page_of_export_lists_its_columns() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/export.md");
    let page = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    let mark = "export` -->\n";
    let (prose, _) = page.split_once(mark).unwrap();
    let wanted = format!("{prose}{mark}{}", tables());
    if std::env::var_os("LOOKBACK_BLESS").is_some() {
        fs::write(&path, &wanted).unwrap();
    } else {
        assert!(page == wanted, "docs/export.md differs from the program: run `LOOKBACK_BLESS=1 cargo test --test it export`");
    }
}
