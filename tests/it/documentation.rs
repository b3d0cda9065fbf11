//! `docs/rules/` says what the program says. `LOOKBACK_BLESS=1 cargo test --test it documentation` writes it anew.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use lookback::rules::{RULES, by_group};

use crate::harness::{files, lookback};

/// The pages by their names: one per rule, as `lookback explain` prints it, and an index that lists them as `lookback rules` does.
fn pages() -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let explained = RULES.iter().map(|rule| {
        let run = lookback(folder.path(), &["explain", rule.name]);
        assert_eq!(run.code, 0, "{run}");
        (format!("{}.md", rule.name), run.out)
    });
    explained.chain([("README.md".to_owned(), index())]).collect()
}

fn index() -> String {
    let mut text = String::from(
        "# Rules\n\nWhat `lookback check` looks for. Each page is what `lookback explain RULE` prints. Levels are the defaults; `rules:` in `lookback.yml` changes \
         them,\nand `allow:` in a document makes an exception there, with a reason.\n",
    );
    for (group, rules) in by_group() {
        let _ = write!(text, "\n## {}\n\n| rule | level | finds |\n|---|---|---|\n", capitalised(group.name()));
        for rule in rules {
            let _ = writeln!(text, "| [{0}]({0}.md) | {1} | {2} |", rule.name, rule.level.name(), rule.summary().replace('|', "\\|"));
        }
    }
    text
}

fn capitalised(text: &str) -> String {
    let (first, rest) = text.split_at(1);
    first.to_uppercase() + rest
}

#[test]
fn the_pages_of_the_rules_say_what_the_program_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules");
    let pages = pages();
    if std::env::var_os("LOOKBACK_BLESS").is_some() {
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in &pages {
            fs::write(folder.join(name), text).unwrap();
        }
    }
    let written = files(&folder);
    let how = "run `LOOKBACK_BLESS=1 cargo test --test it documentation` and look at what changed";
    assert_eq!(written.keys().collect::<Vec<_>>(), pages.keys().collect::<Vec<_>>(), "{how}");
    for (name, text) in &pages {
        assert!(String::from_utf8_lossy(&written[name]).replace("\r\n", "\n") == *text, "docs/rules/{name} differs from the program: {how}");
    }
}

#[test]
fn the_index_lists_what_the_command_lists() {
    let listed = lookback(Path::new(env!("CARGO_MANIFEST_DIR")), &["rules"]).out;
    let index = index();
    for rule in RULES {
        assert!(listed.lines().any(|line| line.contains(rule.name) && line.ends_with(&rule.summary())), "{}", rule.name);
        assert!(index.contains(&format!("| [{0}]({0}.md) | {1} | ", rule.name, rule.level.name())), "{}", rule.name);
    }
}
