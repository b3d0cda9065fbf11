//! The rules of ARCHITECTURE.md that text alone can hold: who may know whom, and who may touch the world.

use std::{collections::BTreeSet, fs, path::Path};

/// The rooms of the library. Each knows only those above it.
const ROOMS: &[&str] = &[
    "text", "findings", "yaml", "model", "i18n", "config", "repo", "source", "review", "rules", "corpus", "view", "theme", "output", "pipeline",
    "scaffold", "cli", "run", "serve", "commands",
];

/// Who knows a room below it, and why.
const UPWARD: &[(&str, &str, &str)] = &[("run", "commands", "it dispatches; each command gets the context that it made")];

/// What only some rooms may name: pattern, rooms, and files with a reason of their own.
const RESERVED: &[(&str, &[&str], &[&str])] = &[
    ("git2", &["repo"], &[]),
    ("serde_saphyr", &["yaml"], &[]),
    ("minijinja", &["view", "theme"], &[]),
    ("std::fs", FILES, &[]),
    ("fs::", FILES, &[]),
    ("walkdir", FILES, &[]),
    ("println!", &[], &[]),
    ("eprintln!", &[], &[]),
    ("print!(", &[], &[]),
    ("io::stdout", &[], &["main.rs"]),
    ("io::stderr", &[], &["main.rs"]),
    ("io::stdin", &[], &["main.rs"]),
    ("env::var", &[], &["main.rs"]),
    ("env::args", &[], &["main.rs"]),
    ("env::current_dir", &[], &["main.rs"]),
    ("env::temp_dir", &[], &["main.rs"]),
    ("Utc::now", &[], &["main.rs"]),
    ("Local::now", &[], &[]),
    ("SystemTime", &[], &[]),
    // How long a build took, with `--verbose`, on stderr only: no byte of a site can depend on it.
    // `serve` adds to the clock that it was started with what went by since.
    ("Instant::now", &[], &["commands/build.rs", "commands/serve.rs"]),
    ("process::exit", &[], &[]),
    // `approve` goes through the git command line, and so does what libgit2 can't read. Nothing else is ever started.
    ("Command::new", &["repo"], &[]),
    // A view is made where its fields are named, and nowhere else.
    ("View {", &["view"], &[]),
];

const FILES: &[&str] = &["repo", "theme", "output", "serve", "commands"];

/// A source file without its comments and tests.
struct File {
    path: String,
    code: String,
}

impl File {
    fn room(&self) -> &str {
        self.path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }
}

fn sources() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let entries = walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().flatten();
    let paths = entries.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "rs"));
    let files = paths.map(|entry| {
        let path = entry.path().strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        File { path, code: code(&fs::read_to_string(entry.path()).unwrap()) }
    });
    let is_test = |path: &str| path.contains("/tests/") || path.ends_with("/tests.rs") || path == "repo/testing.rs";
    let files: Vec<File> = files.filter(|file| !is_test(&file.path)).collect();
    assert!(files.len() > 100, "only {} files found", files.len());
    files
}

/// Cuts comments and what is compiled for tests alone. Unit tests stand at the end of their file.
fn code(text: &str) -> String {
    let tests = text.find("\n#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    text[..tests].lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The rooms that stand behind `crate::`, alone or in braces.
fn rooms_named_in(code: &str) -> BTreeSet<String> {
    let mut rooms = BTreeSet::new();
    for (at, found) in code.match_indices("crate::") {
        let rest = &code[at + found.len()..];
        match rest.strip_prefix('{') {
            None => drop(rooms.insert(first_word(rest))),
            Some(list) => rooms.extend(items(list).into_iter().map(first_word)),
        }
    }
    rooms.retain(|room| ROOMS.contains(&room.as_str()));
    rooms
}

/// What stands between the commas of a list in braces, up to the brace that closes it.
fn items(list: &str) -> Vec<&str> {
    let (mut depth, mut start, mut items) = (0, 0, Vec::new());
    for (at, character) in list.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                items.push(&list[start..at]);
                start = at + 1;
                if character == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    items
}

fn first_word(text: &str) -> String {
    text.trim_start().chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect()
}

#[test]
fn uses_are_read_alone_and_in_braces() {
    let code = "use crate::{\n    config::{Settings, raw::A},\n    text::Span,\n};\nfn f(a: &crate::repo::Blob) { crate::run() }";
    assert_eq!(rooms_named_in(code).into_iter().collect::<Vec<_>>(), ["config", "repo", "run", "text"]);
}

#[test]
fn every_folder_of_the_library_is_a_known_room() {
    let found: BTreeSet<String> = sources().iter().map(|file| file.room().to_owned()).collect();
    let known: BTreeSet<String> = ROOMS.iter().chain(&["lib", "main"]).map(|room| (*room).to_owned()).collect();
    assert_eq!(found, known, "a new room gets its place in ROOMS");
}

#[test]
fn rooms_know_only_those_before_them() {
    let place = |room: &str| ROOMS.iter().position(|known| *known == room);
    let mut upward = BTreeSet::new();
    for file in sources().iter().filter(|file| !["lib", "main"].contains(&file.room())) {
        for named in rooms_named_in(&file.code).into_iter().filter(|named| named != file.room()) {
            if place(&named) > place(file.room()) {
                upward.insert((file.room().to_owned(), named, file.path.clone()));
            }
        }
    }
    let is_known = |(from, to, _): &&(String, String, String)| UPWARD.iter().any(|(room, above, _)| room == from && above == to);
    assert_eq!(upward.iter().filter(|edge| !is_known(edge)).collect::<Vec<_>>(), [] as [&(String, String, String); 0]);
    for (room, above, _) in UPWARD {
        assert!(upward.iter().any(|(from, to, _)| from == room && to == above), "`{room}` no longer knows `{above}`: take it out of UPWARD");
    }
}

#[test]
fn only_these_rooms_touch_the_world() {
    let sources = sources();
    let mut found = Vec::new();
    for (pattern, rooms, files) in RESERVED {
        for file in &sources {
            let is_allowed = files.contains(&file.path.as_str()) || rooms.contains(&file.room()) || rooms.contains(&file.path.as_str());
            if !is_allowed && mentions(&file.code, pattern) {
                found.push(format!("{} names {pattern}", file.path));
            }
        }
        let is_used = |path: &&str| sources.iter().any(|file| file.path == **path && mentions(&file.code, pattern));
        let unused: Vec<_> = files.iter().filter(|path| !is_used(path)).collect();
        assert!(unused.is_empty(), "{unused:?} no longer name {pattern}: take them out of RESERVED");
    }
    assert_eq!(found, [""; 0]);
}

/// Whether a pattern stands in code, not as the end of a longer name.
fn mentions(code: &str, pattern: &str) -> bool {
    code.match_indices(pattern).any(|(at, _)| !code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_'))
}

#[test]
fn external_pages_have_one_maker() {
    let makers: Vec<String> = sources().into_iter().filter(|file| file.code.contains("-> View<External>")).map(|file| file.path).collect();
    assert_eq!(makers, ["view/external/pages.rs"]);
    // The fields of a view are private to its room, so that no other room can fill one.
    let view = sources().into_iter().find(|file| file.path == "view/site.rs").unwrap().code;
    let fields = view.split_once("pub struct View<A> {").unwrap().1.split_once("\n}").unwrap().0;
    assert!(fields.lines().filter(|line| line.contains(':')).all(|line| line.trim_start().starts_with("pub(super) ")), "{fields}");
}

#[test]
fn check_only_prints_what_the_pipeline_found() {
    let check = sources().into_iter().find(|file| file.path == "commands/check.rs").unwrap().code;
    let known: Vec<String> = rooms_named_in(&check).into_iter().collect();
    assert_eq!(known, ["cli", "findings", "pipeline", "run"], "what is to be checked, and what is found, is decided in `pipeline::check`");
}

#[test]
fn no_test_file_is_forgotten() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let main = fs::read_to_string(tests.join("it/main.rs")).unwrap();
    for entry in fs::read_dir(tests.join("it")).unwrap().flatten() {
        let name = entry.file_name().into_string().unwrap();
        // insta keeps snapshots that nobody has looked at in hidden files.
        if name.starts_with('.') {
            continue;
        }
        let module = name.trim_end_matches(".rs");
        assert!(module == "main" || main.contains(&format!("\nmod {module};\n")), "tests/it/{name} is no module of main.rs");
    }
    let binaries = fs::read_dir(&tests).unwrap().flatten().filter(|entry| entry.path().extension().is_some_and(|extension| extension == "rs"));
    assert_eq!(binaries.count(), 0, "one integration binary: put the file into tests/it and name it in main.rs");
}
