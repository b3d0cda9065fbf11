//! The git command line, for repositories whose format libgit2 can't read: references in a reftable, ids of SHA-256.

use std::{
    cell::{OnceCell, RefCell},
    ffi::OsStr,
    io::{BufRead, BufReader, Read, Write},
    path::PathBuf,
    process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio},
};

use super::{
    ObjectId, RepoError,
    command::{self, unstarted},
    objects::{Kind, Object},
    staged::Staged,
};

/// A repository that one thread reads through `git`. Objects come from one process that lives as long as this.
#[derive(Debug)]
pub(super) struct CommandLine {
    directory: PathBuf,
    reader: RefCell<Option<Reader>>,
    ignored: OnceCell<Vec<Vec<u8>>>,
}

/// `git cat-file --batch-command`: asked line by line.
#[derive(Debug)]
struct Reader {
    child: Child,
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

/// Where the parts of a repository lie.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) git_directory: PathBuf,
    pub(super) common_directory: PathBuf,
    pub(super) work_tree: Option<PathBuf>,
}

impl CommandLine {
    pub(super) const fn new(directory: PathBuf) -> Self {
        Self { directory, reader: RefCell::new(None), ignored: OnceCell::new() }
    }

    fn command(&self) -> Command {
        let mut command = command::command(&self.directory);
        command
            // What is missing stays missing: nothing is ever fetched. Replacements are ignored, as libgit2 ignores them.
            .envs([
                ("GIT_NO_LAZY_FETCH", "1"),
                ("GIT_NO_REPLACE_OBJECTS", "1"),
                ("GIT_OPTIONAL_LOCKS", "0"),
                ("GIT_TERMINAL_PROMPT", "0"),
                ("LC_ALL", "C"),
            ])
            .stdin(Stdio::null());
        command
    }

    fn run<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Result<Output, RepoError> {
        self.command().args(arguments).output().map_err(unstarted)
    }

    /// What git prints, without the last line end; its own words where it fails.
    fn ask(&self, arguments: &[&str]) -> Result<String, RepoError> {
        let output = self.run(arguments)?;
        if output.status.success() { Ok(line(&output.stdout)) } else { Err(RepoError::Git(line(&output.stderr))) }
    }

    /// The same; `None` where git answers with failure and nothing else.
    fn ask_for(&self, arguments: &[&str]) -> Result<Option<String>, RepoError> {
        let output = self.run(arguments)?;
        Ok(output.status.success().then(|| line(&output.stdout)))
    }

    pub(super) fn layout(&self) -> Result<Layout, RepoError> {
        let path = |name: &str| self.ask(&["rev-parse", "--path-format=absolute", name]).map(PathBuf::from);
        let is_bare = self.ask(&["rev-parse", "--is-inside-work-tree"])? != "true" && self.ask(&["rev-parse", "--is-bare-repository"])? == "true";
        Ok(Layout {
            git_directory: path("--git-dir")?,
            common_directory: path("--git-common-dir")?,
            work_tree: if is_bare { None } else { self.ask_for(&["rev-parse", "--path-format=absolute", "--show-toplevel"])?.map(PathBuf::from) },
        })
    }

    pub(super) fn head(&self) -> Result<Option<ObjectId>, RepoError> {
        match self.ask_for(&["rev-parse", "--quiet", "--verify", "HEAD^{commit}"])? {
            Some(id) => Ok(ObjectId::from_hex(id.as_bytes())),
            None if self.ask_for(&["symbolic-ref", "--quiet", "HEAD"])?.is_some() => Ok(None),
            None => Err(RepoError::Git("HEAD names no commit".to_owned())),
        }
    }

    /// The commit that a revision names, or why it names none.
    pub(super) fn resolve(&self, revision: &str) -> Result<Result<ObjectId, String>, RepoError> {
        let output = self.run(["rev-parse", "--verify", "--end-of-options", &format!("{revision}^{{commit}}")])?;
        let id = output.status.success().then(|| ObjectId::from_hex(line(&output.stdout).as_bytes())).flatten();
        Ok(id.ok_or_else(|| line(&output.stderr).trim_start_matches("fatal: ").to_owned()))
    }

    pub(super) fn branch(&self, revision: Option<&str>) -> Option<String> {
        let full = match revision {
            Some(revision) => self.ask_for(&["rev-parse", "--symbolic-full-name", "--end-of-options", revision]),
            None => self.ask_for(&["symbolic-ref", "--quiet", "HEAD"]),
        };
        // `--end-of-options` is printed along with the name.
        full.ok().flatten().and_then(|full| full.lines().last().map(str::to_owned))
    }

    pub(super) fn merge_bases(&self, one: ObjectId, other: ObjectId) -> Result<Vec<ObjectId>, RepoError> {
        let found = self.ask_for(&["merge-base", "--all", &one.to_string(), &other.to_string()])?.unwrap_or_default();
        Ok(found.lines().filter_map(|id| ObjectId::from_hex(id.as_bytes())).collect())
    }

    pub(super) fn setting(&self, key: &str) -> Option<String> {
        self.ask_for(&["config", "--get", key]).ok().flatten()
    }

    pub(super) fn remotes(&self) -> Vec<String> {
        let listed = self.ask_for(&["config", "--get-regexp", r"^remote\..*\.url$"]).ok().flatten().unwrap_or_default();
        listed.lines().filter_map(|line| Some(line.split_once(' ')?.1.to_owned())).collect()
    }

    pub(super) fn is_partial(&self) -> bool {
        let listed =
            self.ask_for(&["config", "--get-regexp", r"^(extensions\.partialclone|remote\..*\.promisor)$"]).ok().flatten().unwrap_or_default();
        listed.lines().any(|line| !line.ends_with(" false"))
    }

    pub(super) fn has_replacements(&self) -> bool {
        self.ask_for(&["for-each-ref", "--count=1", "refs/replace/"]).is_ok_and(|found| found.is_some_and(|found| !found.is_empty()))
    }

    /// The index, without the times of files: those that it can't vouch for are read.
    pub(super) fn staged(&self) -> Result<Staged, RepoError> {
        let output = self.run(["ls-files", "-z", "--stage"])?;
        if !output.status.success() {
            return Err(RepoError::Git(line(&output.stderr)));
        }
        // MODE SP ID SP STAGE TAB PATH
        let paths = output.stdout.split(|byte| *byte == 0).filter_map(|entry| entry.splitn(2, |byte| *byte == b'\t').nth(1));
        Ok(Staged::without_times(paths.map(<[u8]>::to_vec)))
    }

    /// Whether git ignores a path; that of a folder ends in `/`.
    pub(super) fn is_ignored(&self, path: &str) -> bool {
        let ignored = self.ignored.get_or_init(|| {
            let listed = self.run(["ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory", "--full-name", ":/"]);
            listed
                .map(|output| output.stdout.split(|byte| *byte == 0).filter(|path| !path.is_empty()).map(<[u8]>::to_vec).collect())
                .unwrap_or_default()
        });
        let path = path.as_bytes();
        ignored.iter().any(|ignored| path == ignored.as_slice() || (ignored.ends_with(b"/") && path.starts_with(ignored)))
    }

    /// An object; `None` when it is missing.
    pub(super) fn object(&self, id: ObjectId) -> Result<Option<Object<'static>>, RepoError> {
        let Some((kind, size)) = self.question("contents", id)? else { return Ok(None) };
        let mut data = vec![0; size + 1];
        let mut reader = self.reader.borrow_mut();
        let reader = reader.as_mut().ok_or_else(|| gone(id))?;
        reader.answers.read_exact(&mut data).map_err(|_| gone(id))?;
        data.pop();
        Ok(Some(Object::Read { kind, data }))
    }

    /// Size of an object in bytes; `None` when it is missing.
    pub(super) fn size(&self, id: ObjectId) -> Option<usize> {
        self.question("info", id).ok().flatten().map(|(_, size)| size)
    }

    fn question(&self, command: &str, id: ObjectId) -> Result<Option<(Kind, usize)>, RepoError> {
        let mut reader = self.reader.borrow_mut();
        let reader = match &mut *reader {
            Some(reader) => reader,
            none => none.insert(self.start()?),
        };
        let mut answer = Vec::new();
        let questions = reader.questions.as_mut().ok_or_else(|| gone(id))?;
        writeln!(questions, "{command} {id}").and_then(|()| questions.flush()).map_err(|_| gone(id))?;
        reader.answers.read_until(b'\n', &mut answer).map_err(|_| gone(id))?;
        // ID SP KIND SP SIZE, or ID SP `missing`
        let answer = line(&answer);
        let mut words = answer.split(' ').skip(1);
        match (words.next(), words.next().and_then(|size| size.parse().ok())) {
            (Some("missing"), _) => Ok(None),
            (Some(kind), Some(size)) => Ok(Some((Kind::named(kind), size))),
            _ => Err(gone(id)),
        }
    }

    fn start(&self) -> Result<Reader, RepoError> {
        let mut command = self.command();
        command.args(["cat-file", "--batch-command"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(unstarted)?;
        match (child.stdin.take(), child.stdout.take()) {
            (questions @ Some(_), Some(answers)) => Ok(Reader { child, questions, answers: BufReader::new(answers) }),
            _ => Err(RepoError::Git("`git cat-file` can't be spoken to".to_owned())),
        }
    }
}

impl Drop for Reader {
    /// Git ends when nothing more can be asked.
    fn drop(&mut self) {
        drop(self.questions.take());
        // A process that can't be waited for is left to the operating system.
        let _ = self.child.wait();
    }
}

fn gone(id: ObjectId) -> RepoError {
    RepoError::damaged(id, "`git cat-file` gave no answer")
}

fn line(output: &[u8]) -> String {
    String::from_utf8_lossy(output).trim_end_matches(['\n', '\r']).to_owned()
}
