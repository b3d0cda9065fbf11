//! What `init` writes: files that fit what is there, and never over anything.

use chrono::{DateTime, Days, Utc};

use super::{
    draft,
    fill::scalar,
    survey::{Survey, survey},
};
use crate::{
    config::{FILE_NAME, Settings},
    output::{WriteError, append_line, create_file, make_executable},
    pipeline::{LoadError, settings},
    repo::{RepoError, Repository},
};

/// What was done, for the user to read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Initialised {
    /// Files that are new, and `.gitignore` where a line was added; from the root.
    pub wrote: Vec<String>,
    /// What was left as it is, and why, or what to do by hand.
    pub kept: Vec<(String, String)>,
}

/// Why a repository was not prepared.
#[derive(Debug, thiserror::Error)]
pub enum InitError {
    /// Git, the file system, or a configuration that was there already.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// A file can't be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// There is no work tree to write to.
    #[error("a bare repository has no files to prepare")]
    NoWorkTree,
}

impl From<RepoError> for InitError {
    fn from(error: RepoError) -> Self {
        Self::Load(error.into())
    }
}

const IS_THERE: &str = "is there already";

/// Where GitHub looks for workflows.
const GITHUB: &str = ".github/workflows/postmortems.yml";
const GITLAB: &str = ".gitlab-ci.yml";
/// For repositories that have a pipeline of their own.
const GITLAB_INCLUDED: &str = ".gitlab/postmortems.gitlab-ci.yml";

/// Prepares a repository.
///
/// # Errors
/// A configuration that can't be read, a bare repository, a file that can't be written. What was written until then stays.
pub fn init(repository: &Repository, now: DateTime<Utc>) -> Result<Initialised, InitError> {
    if !repository.reads_work_tree() {
        return Err(InitError::NoWorkTree);
    }
    let mut plan = Plan { repository, done: Initialised::default() };
    if repository.has(FILE_NAME) {
        plan.keep(FILE_NAME, IS_THERE);
    } else {
        let found = survey(repository)?;
        plan.write(FILE_NAME, &configuration(&found, now))?;
    }
    let settings = settings(repository)?;
    plan.template(&settings)?;
    plan.example(&settings, now)?;
    plan.workflows()?;
    plan.hook()?;
    plan.ignore()?;
    Ok(plan.done)
}

/// A configuration that says what was found, and shows the rest as comments.
fn configuration(found: &Survey, now: DateTime<Utc>) -> String {
    let content = match &found.content {
        Some((folder, count)) => format!("content: {}  # {count} found here", scalar(folder)),
        None => "content: postmortems  # the folder of the postmortems".to_owned(),
    };
    let languages = if found.is_korean { "site: {languages: [ko]}\n" } else { "" };
    let text = include_str!("files/lookback.yml").replace("{content}\n", &format!("{content}\n")).replace("{languages}\n", languages);
    text.replace("{today}", &now.date_naive().to_string())
}

struct Plan<'a> {
    repository: &'a Repository,
    done: Initialised,
}

impl Plan<'_> {
    fn keep(&mut self, path: &str, why: impl Into<String>) {
        self.done.kept.push((path.to_owned(), why.into()));
    }

    /// Writes a file unless something stands there.
    fn write(&mut self, path: &str, text: &str) -> Result<(), InitError> {
        if self.repository.has(path) {
            self.keep(path, IS_THERE);
            return Ok(());
        }
        create_file(self.repository.root(), path, text.as_bytes())?;
        self.done.wrote.push(path.to_owned());
        Ok(())
    }

    fn template(&mut self, settings: &Settings) -> Result<(), InitError> {
        let path = [settings.content.root(), "_template.md"].join("/");
        self.write(path.trim_start_matches('/'), &draft::built_in(settings))
    }

    /// An invented postmortem, where there is none to look at.
    fn example(&mut self, settings: &Settings, now: DateTime<Utc>) -> Result<(), InitError> {
        let root = settings.content.root();
        let files = self.repository.files_below(root)?;
        if !settings.content.documents(files.iter().map(String::as_str)).is_empty() {
            return Ok(());
        }
        // The day before is over in every zone.
        let day = now.date_naive() - Days::new(1);
        let path = format!("{root}/{}/{day}-example.md", day.format("%Y/%m"));
        let path = path.trim_start_matches('/');
        if !settings.content.may_be_document(path) {
            return Ok(());
        }
        let severity = settings.severities.get(1).or_else(|| settings.severities.first()).map_or("SEV2", |severity| &*severity.id);
        let service = settings.services.first().map_or("checkout", |service| &*service.id);
        let owner = self.repository.user().unwrap_or_else(|| "Payments team".to_owned());
        let is_korean = settings.site.languages.first().is_some_and(|code| code.starts_with("ko"));
        let text = if is_korean { include_str!("templates/example.ko.md") } else { include_str!("templates/example.en.md") };
        let text = text.replace("{severity}", &scalar(severity)).replace("{service}", &scalar(service)).replace("{owner}", &scalar(&owner));
        self.write(path, &text.replace("{day}", &day.to_string()).replace("{due}", &(day + Days::new(30)).to_string()))
    }

    /// A workflow for the forge that the repository is on; for GitHub where nothing says which one.
    fn workflows(&mut self) -> Result<(), InitError> {
        let install = match env!("CARGO_PKG_REPOSITORY") {
            "" => concat!("cargo install --locked lookback@", env!("CARGO_PKG_VERSION")).to_owned(),
            address => format!("cargo install --locked --git {address} --tag v{}", env!("CARGO_PKG_VERSION")),
        };
        let remotes = self.repository.remotes();
        let names = |word: &str| remotes.iter().any(|address| address.to_lowercase().contains(word));
        let is_gitlab = self.repository.has(GITLAB) || names("gitlab");
        let is_github = self.repository.has(".github") || names("github") || !is_gitlab;
        if is_github {
            let branch = self.repository.branch().unwrap_or_else(|| "main".to_owned());
            let text = include_str!("files/github.yml").replace("{install}", &install).replace("{branch}", &scalar(&branch));
            self.write(GITHUB, &text)?;
        }
        if is_gitlab {
            let text = include_str!("files/gitlab.yml").replace("{install}", &install);
            if self.repository.has(GITLAB) {
                self.keep(GITLAB, format!("{IS_THERE}: add `include: [{{local: {GITLAB_INCLUDED}}}]` to it"));
                self.write(GITLAB_INCLUDED, &text)?;
            } else {
                self.write(GITLAB, &text)?;
            }
        }
        Ok(())
    }

    /// A hook before each commit, where neither a hook nor a program that looks after them is there.
    fn hook(&mut self) -> Result<(), InitError> {
        const HOW: &str = "let it run `lookback --quiet check --since HEAD`";
        const SHOWN: &str = ".git/hooks/pre-commit";
        let keeper = [".pre-commit-config.yaml", ".husky", "lefthook.yml"].into_iter().find(|path| self.repository.has(path));
        if let Some(path) = keeper {
            self.keep(path, format!("looks after the hooks: {HOW}"));
            return Ok(());
        }
        let Some(folder) = self.repository.hooks() else {
            self.keep("core.hooksPath", format!("names the folder of the hooks: {HOW} before a commit"));
            return Ok(());
        };
        let hook = folder.join("pre-commit");
        if hook.symlink_metadata().is_ok() {
            self.keep(SHOWN, format!("{IS_THERE}: {HOW}"));
            return Ok(());
        }
        let above = folder.parent().unwrap_or(&folder);
        create_file(above, "hooks/pre-commit", include_bytes!("files/pre-commit"))?;
        make_executable(&hook)?;
        self.done.wrote.push(SHOWN.to_owned());
        Ok(())
    }

    /// The sites are not for git: adding a line is the one change to a file that was there.
    fn ignore(&mut self) -> Result<(), InitError> {
        const FILE: &str = ".gitignore";
        const LINE: &str = "/site/";
        if self.repository.ignores("site/") {
            self.keep(FILE, "ignores `site/` already");
        } else if self.repository.is_tracked_below("site".as_ref())? {
            self.keep(FILE, "`site/` holds files that git tracks: build with `--out` to another folder, and add that to it");
        } else if self.repository.has(FILE) {
            let before = self.repository.read(FILE)?.unwrap_or_default();
            append_line(self.repository.root(), FILE, &before, LINE)?;
            self.done.wrote.push(format!("{FILE} (one line more: {LINE})"));
        } else {
            self.write(FILE, &format!("{LINE}\n"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{rules, text::Source};

    fn load(text: &str) -> Settings {
        let source = Source::new(FILE_NAME, text);
        Settings::load(&source, &rules::names(), &rules::guards()).unwrap_or_else(|error| panic!("{text}\n{:?}", error.problems))
    }

    #[test]
    fn the_configuration_says_what_was_found_and_its_examples_are_true() {
        let now = "2026-06-01T00:00:00Z".parse().unwrap();
        let found = Survey { content: Some(("docs/our incidents".to_owned(), 12)), is_korean: true };
        let text = configuration(&found, now);
        let settings = load(&text);
        assert_eq!(settings.content.root(), "docs/our incidents");
        assert_eq!(settings.site.languages, ["ko"]);
        assert_eq!(settings.rules, Settings::default().rules);
        let nothing = configuration(&Survey::default(), now);
        assert_eq!(load(&nothing).content.root(), "postmortems");
        // Every example, taken out of its comment, is a configuration.
        let (head, examples) = nothing.split_once("\n\n").unwrap();
        assert!(head.starts_with("# How lookback"), "{head}");
        let examples: String = examples.lines().map(|line| line.strip_prefix("# ").unwrap_or(line).to_owned() + "\n").collect();
        let settings = load(&examples);
        assert_eq!((settings.severities.len(), settings.services.len(), settings.fields.len()), (2, 1, 1));
        assert!(settings.rules.contains_key("missing-section"));
    }
}
