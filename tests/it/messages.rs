//! Words of the interface: every one that is asked for is there, every one that is there is asked for, and no page knows a language by name.

use std::{collections::BTreeSet, fs, path::Path};

use lookback::i18n::Catalogue;

/// Texts below a folder, without comments and tests.
fn texts(folder: &str, extension: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().flatten();
    let files = entries.filter(|entry| entry.path().extension().is_some_and(|found| found == extension));
    files
        .map(|entry| {
            let text = fs::read_to_string(entry.path()).unwrap();
            let code = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap();
            let lines: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            (entry.path().strip_prefix(&root).unwrap().display().to_string(), lines.join("\n"))
        })
        .collect()
}

fn messages() -> BTreeSet<String> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/locales/en.ftl")).unwrap();
    let ids =
        text.lines().filter_map(|line| line.split_once(" =")).map(|(id, _)| id).filter(|id| id.starts_with(|first: char| first.is_ascii_lowercase()));
    ids.map(str::to_owned).collect()
}

#[test]
fn words_that_the_program_asks_for_are_there() {
    let language = Catalogue::load("en").unwrap();
    let mut asked = 0;
    for (path, code) in texts("src", "rs") {
        for call in ["language.text(\"", "language.with(\"", "language.count(\"", "self.text(\"", "self.with(\""] {
            for (at, _) in code.match_indices(call) {
                let id = code[at + call.len()..].split('"').next().unwrap();
                // A list of words is no message.
                if id.contains(|letter: char| !(letter.is_ascii_lowercase() || letter.is_ascii_digit() || "-_".contains(letter))) {
                    continue;
                }
                asked += 1;
                assert!(language.has(id), "{path}: there is no message `{id}`");
            }
        }
    }
    assert!(asked > 40, "only {asked} found");
}

#[test]
fn words_that_are_there_are_asked_for() {
    let templates = texts("themes/default", "html");
    let sources = texts("src", "rs");
    let all: String = templates.iter().chain(&sources).map(|(_, text)| text.as_str()).collect();
    let quoted: BTreeSet<&str> = all.split('"').collect();
    // `"nav-" ~ entry` and `format!("review-{}")`
    let prefixes: Vec<&str> =
        quoted.iter().filter_map(|text| if text.ends_with('-') { Some(*text) } else { text.split_once("-{").map(|_| *text) }).collect();
    let is_built = |id: &str| prefixes.iter().any(|prefix| id.starts_with(prefix.split('{').next().unwrap()) && prefix.len() > 1);
    let idle: Vec<String> = messages().into_iter().filter(|id| !quoted.contains(id.as_str()) && !is_built(id)).collect();
    assert_eq!(idle, [""; 0], "nothing shows these messages");
}

#[test]
fn no_page_knows_a_language_by_name() {
    for (path, code) in texts("src", "rs") {
        let room = path.split(['/', '.']).next().unwrap();
        if ["view", "theme", "output", "i18n"].contains(&room) {
            assert!(!code.contains("\"ko\""), "{path} names a language: its words belong into its catalogue");
        }
    }
}
