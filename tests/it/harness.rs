//! Runs the command line in this process, and reads the sites that it wrote.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    ffi::OsString,
    fmt,
    io::{self, Write},
    path::{Path, PathBuf},
    rc::Rc,
};

use lookback::{Env, Terminal, testing::TestRepository};

/// A postmortem in which nothing is missing, marked for customers.
pub(crate) const REPORT: &str = "\
---
title: Connections of the order store ran out
status: final
severity: SEV2
services: [orders]
owner: Orders team
times: {started: 2026-03-02T09:00:00Z, detected: 2026-03-02T09:10:00Z, resolved: 2026-03-02T10:00:00Z}
customers_affected: 420
actions: [{id: A1, title: Page at 80% of the connections, owner: Orders team, due: 2026-12-01, type: detect, status: open}]
tags: [database]
public: {publish: true, title: Orders could not be placed, summary: For an hour no order could be placed.}
---

## Summary
The order store had no free connection for an hour.

## Impact
420 orders failed.

## Timeline
| Time (UTC) | Event |
|---|---|
| 2026-03-02 09:00 | The last free connection is taken |
| 09:10 | The alert on failed orders fires [detected] |
| 10:00 | The pool is larger, orders work [resolved] |

## Root cause
The pool was as large as in the year before, and the traffic was not.

## Resolution
A larger pool.

## Customer summary
Between nine and ten no order could be placed. Nothing was charged.
";

/// Where tests put their postmortem.
pub(crate) const PATH: &str = "postmortems/a.md";

/// Somebody who wrote nothing of it.
pub(crate) const REVIEWER: &str = "Grace Okafor <grace@example.com>";

/// The message of a commit that approves.
pub(crate) const APPROVED: &str = "Review\n\nReviewed-by: Grace Okafor <grace@example.com>\n";

/// The smallest picture: one grey pixel.
pub(crate) const PIXEL: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b,
    0x55, 0, 0, 0, 10, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63, 0x68, 0, 0, 0, 0x82, 0, 0x81, 0x77, 0xcd, 0x72, 0xb6, 0, 0, 0, 0, b'I', b'E', b'N',
    b'D', 0xae, 0x42, 0x60, 0x82,
];

/// A text with one piece replaced; the piece must be there, so that a test can't silently edit nothing.
pub(crate) trait Edit {
    fn edit(&self, from: &str, to: &str) -> String;
}

impl Edit for str {
    fn edit(&self, from: &str, to: &str) -> String {
        assert!(self.contains(from), "`{from}` does not stand in:\n{self}");
        self.replacen(from, to, 1)
    }
}

/// What a run of the command line left behind.
pub(crate) struct Run {
    pub(crate) code: u8,
    pub(crate) out: String,
    pub(crate) error: String,
}

/// Exit code, stdout and stderr, as snapshots show them.
impl fmt::Display for Run {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "exit {}", self.code)?;
        for (name, text) in [("stdout", &self.out), ("stderr", &self.error)] {
            if !text.is_empty() {
                write!(formatter, "\n--- {name}\n{}", text.trim_end())?;
            }
        }
        Ok(())
    }
}

/// A stream that a test can read after the run.
#[derive(Clone, Default)]
struct Stream(Rc<RefCell<Vec<u8>>>);

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Stream {
    fn text(&self) -> String {
        String::from_utf8(self.0.borrow().clone()).unwrap()
    }
}

/// Runs `lookback ARGUMENTS` in a folder, on 1 June 2026. The folder's path is printed as `[DIR]`.
pub(crate) fn lookback(directory: &Path, arguments: &[&str]) -> Run {
    lookback_with(directory, arguments, "", |_| {})
}

/// The same with something on standard input, and in another environment.
pub(crate) fn lookback_with(directory: &Path, arguments: &[&str], input: &str, change: impl FnOnce(&mut Env)) -> Run {
    run(directory, arguments, input, false, change)
}

/// The same with a person who types and reads.
pub(crate) fn at_a_terminal(directory: &Path, arguments: &[&str], typed: &str) -> Run {
    run(directory, arguments, typed, true, |environment| environment.no_color = true)
}

fn run(directory: &Path, arguments: &[&str], input: &str, is_terminal: bool, change: impl FnOnce(&mut Env)) -> Run {
    let mut environment = Env {
        directory: directory.to_owned(),
        source_date_epoch: None,
        no_color: false,
        is_github_actions: false,
        clock: "2026-06-01T00:00:00Z".parse().unwrap(),
        temporary: std::env::temp_dir(),
    };
    change(&mut environment);
    let (out, error) = (Stream::default(), Stream::default());
    let mut terminal = Terminal {
        input: Box::new(io::Cursor::new(input.to_owned())),
        out: Box::new(out.clone()),
        error: Box::new(error.clone()),
        input_is_terminal: is_terminal,
        out_is_terminal: is_terminal,
        error_is_terminal: is_terminal,
    };
    let arguments = ["lookback"].iter().chain(arguments).map(OsString::from);
    let code = lookback::run(arguments, &environment, &mut terminal);
    let named = |stream: &Stream| {
        let canonical = directory.canonicalize().unwrap_or_else(|_| directory.to_owned());
        stream.text().replace(&*canonical.to_string_lossy(), "[DIR]").replace(&*directory.to_string_lossy(), "[DIR]")
    };
    Run { code, out: named(&out), error: named(&error) }
}

/// Every file of a folder by its path; empty where there is no folder.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
    entries.map(|entry| (name(entry.path()), std::fs::read(entry.path()).unwrap())).collect()
}

/// The sites of a repository.
pub(crate) struct Sites {
    pub(crate) run: Run,
    folder: PathBuf,
}

impl Sites {
    /// Checks out what was committed and builds every site, which has to work.
    pub(crate) fn build(repository: &mut TestRepository) -> Self {
        let sites = Self::try_build(repository);
        assert_eq!(sites.run.code, 0, "{}", sites.run);
        sites
    }

    /// Checks out what was committed and builds every site.
    pub(crate) fn try_build(repository: &mut TestRepository) -> Self {
        let folder = repository.checkout();
        let run = lookback(&folder, &["build"]);
        Self { run, folder: folder.join("site") }
    }

    /// Every file of one audience's site.
    pub(crate) fn files(&self, audience: &str) -> BTreeMap<String, Vec<u8>> {
        files(&self.folder.join(audience))
    }

    /// Paths of incident pages, without folder and file name.
    pub(crate) fn slugs(&self, audience: &str) -> Vec<String> {
        let slug = |path: &String| Some(path.strip_prefix("incidents/")?.strip_suffix("/index.html")?.to_owned());
        self.files(audience).keys().filter_map(slug).collect()
    }

    /// The text of one file.
    pub(crate) fn text(&self, path: &str) -> String {
        std::fs::read_to_string(self.folder.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// A JSON file.
    pub(crate) fn json(&self, path: &str) -> serde_json::Value {
        serde_json::from_str(&self.text(path)).unwrap()
    }

    /// Files of a site in whose name or bytes a text stands.
    pub(crate) fn holding(&self, audience: &str, text: &str) -> Vec<String> {
        holding(&self.files(audience), text)
    }

    /// The only entry of `api/postmortems.json`.
    pub(crate) fn postmortem(&self) -> serde_json::Value {
        let mut all = self.json("internal/api/postmortems.json")["postmortems"].take();
        assert_eq!(all.as_array().unwrap().len(), 1);
        all[0].take()
    }
}

/// Files in whose name or bytes a text stands, without regard to case.
pub(crate) fn holding(files: &BTreeMap<String, Vec<u8>>, text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    let holds = |bytes: &[u8]| String::from_utf8_lossy(bytes).to_lowercase().contains(&text);
    files.iter().filter(|(path, bytes)| holds(path.as_bytes()) || holds(bytes)).map(|(path, _)| path.clone()).collect()
}

/// Runs the program itself, with nothing of the user's environment but these variables.
pub(crate) fn program(directory: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_lookback"));
    command.current_dir(directory).args(arguments).env_clear().stdin(std::process::Stdio::null());
    command.env("HOME", directory).env("PATH", std::env::var_os("PATH").unwrap_or_default()).envs(variables.iter().copied());
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(&*directory.to_string_lossy(), "[DIR]");
    Run { code: output.status.code().and_then(|code| code.try_into().ok()).unwrap_or(u8::MAX), out: text(output.stdout), error: text(output.stderr) }
}

/// Runs the git command line without anybody's configuration, and gives back what it printed.
pub(crate) fn git(directory: &Path, arguments: &[&str]) -> String {
    let mut command = std::process::Command::new("git");
    command.current_dir(directory).args(arguments).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    let output = command.output().unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
