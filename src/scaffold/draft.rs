use std::path::PathBuf;

use chrono::{DateTime, Utc};

use super::fill::{self, scalar};
use crate::{
    config::Settings,
    findings::Problem,
    model::Milestone,
    output::{WriteError, create_file},
    repo::{RepoError, Repository},
    source::{Parsed, decode, id_of, is_valid_id, parse},
    text::{Source, fold, slug},
};

/// What is known of an incident when its postmortem begins.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// What was seen, in a line.
    pub title: String,
    /// Name of the file without its extension; by default date and title.
    pub name: Option<String>,
    /// A severity, as [`severity`] gives it back.
    pub severity: Option<String>,
    /// Services, as [`service`] gives them back.
    pub services: Vec<String>,
    /// Who answers for the text; by default whoever git says you are.
    pub owner: Option<String>,
    /// Times, as [`time`] gives them back.
    pub times: Vec<(Milestone, String)>,
}

/// A new postmortem that is not written yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Path from the root.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Why there is no new postmortem.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// Git, or the file system.
    #[error(transparent)]
    Repository(#[from] RepoError),
    /// The file can't be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A value that means nothing here.
    #[error("{message}")]
    Value {
        /// What is wrong with it.
        message: String,
        /// What to write instead.
        hint: String,
    },
    /// A postmortem of this name is there.
    #[error("{path} is there already")]
    Exists {
        /// The other one.
        path: String,
        /// A name that is free.
        free: String,
    },
    /// The template of the repository.
    #[error("the front matter of {path} can't be filled in")]
    Template {
        /// Its path.
        path: String,
    },
    /// The configuration would not take the new file for a postmortem.
    #[error("{path} would be no postmortem here")]
    NotContent {
        /// Where it would lie.
        path: String,
    },
    /// A commit is read.
    #[error("a new postmortem needs a work tree")]
    NoWorkTree,
}

impl DraftError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Repository(error) => return error.hint(),
            Self::Write(error) => error.document_hint(),
            Self::Value { hint, .. } => hint.clone(),
            Self::Exists { free, .. } => format!("write on in that one, or give this one another name: `--name {free}`"),
            Self::Template { path } => {
                format!("`lookback check` does not read templates: copy it to see what is wrong, or move {path} away to use the built-in one")
            }
            Self::NotContent { .. } => "which files are postmortems is set by `content:` in lookback.yml".to_owned(),
            Self::NoWorkTree => "leave out `--rev`; a bare repository has none: clone it".to_owned(),
        })
    }
}

/// The configured id of a severity.
///
/// # Errors
/// A word that is none.
pub fn severity(written: &str, settings: &Settings) -> Result<String, DraftError> {
    let found = settings.severity_rank(written).and_then(|rank| settings.severities.get(rank));
    let ids = || settings.severities.iter().map(|severity| &*severity.id).collect::<Vec<_>>().join(", ");
    found
        .map(|severity| severity.id.clone())
        .ok_or_else(|| DraftError::Value { message: format!("`{written}` is no severity here"), hint: format!("use one of {}", ids()) })
}

/// The configured id of a service; any name where none is configured.
///
/// # Errors
/// A name that is none of the configured ones.
pub fn service(written: &str, settings: &Settings) -> Result<String, DraftError> {
    if settings.services.is_empty() {
        return Ok(written.trim().to_owned());
    }
    let ids = || settings.services.iter().map(|service| &*service.id).collect::<Vec<_>>().join(", ");
    settings.service(written).map(|service| service.id.clone()).ok_or_else(|| DraftError::Value {
        message: format!("`{written}` is none of the configured services"),
        hint: format!("use one of {}", ids()),
    })
}

/// A time as it may stand in front matter. One without a zone gets that of the site, in words, since the author may mean another.
///
/// # Errors
/// What is no time, as `check` would say it.
pub fn time(milestone: Milestone, written: &str, settings: &Settings) -> Result<String, DraftError> {
    let with = |written: &str| {
        let text = format!("---\nowner: a\ntimes: {{{}: {}}}\n---\n", milestone.key(), scalar(written));
        parse(Source::new("a.md", text), settings)
    };
    let problem = |parsed: &Parsed, rule: &str| parsed.problems().iter().find(|problem| problem.rule == rule).cloned();
    let written = written.trim();
    let parsed = with(written);
    if let Some(Problem { message, help, .. }) = problem(&parsed, "invalid-value") {
        return Err(DraftError::Value { message, hint: help.unwrap_or_default() });
    }
    Ok(if problem(&parsed, "time-without-zone").is_some() { format!("{written} {}", settings.site.timezone) } else { written.to_owned() })
}

impl Draft {
    /// Fills the template of the repository (`_template.md` in the content folder, else the built-in one) with what is known.
    ///
    /// # Errors
    /// No work tree, a template that can't be filled in, a name that is taken.
    pub fn new(repository: &Repository, settings: &Settings, given: &Given, now: DateTime<Utc>) -> Result<Self, DraftError> {
        if !repository.reads_work_tree() {
            return Err(DraftError::NoWorkTree);
        }
        let title = given.title.split_whitespace().collect::<Vec<_>>().join(" ");
        if title.is_empty() {
            return Err(DraftError::Value {
                message: "a postmortem needs a title".to_owned(),
                hint: "say in a line what was seen: `lookback new \"Checkout answered 503\"`".to_owned(),
            });
        }
        let (path, template) = template(repository, settings)?;
        let text = filled(template, &title, given, repository, settings).ok_or(DraftError::Template { path })?;
        let parsed = parse(Source::new("a.md", text.as_str()), settings);
        let started = given.times.iter().any(|(milestone, _)| *milestone == Milestone::Started);
        let started = started.then(|| parsed.postmortem().times.at(Milestone::Started)).flatten().map(|at| at.date_naive());
        let day = started.unwrap_or_else(|| now.with_timezone(&settings.site.timezone).date_naive());
        let folder = [settings.content.root(), &day.format("%Y/%m").to_string()].join("/");
        let folder = folder.trim_start_matches('/');
        let name = match &given.name {
            Some(name) if is_valid_id(name) => name.clone(),
            Some(name) => {
                return Err(DraftError::Value {
                    message: format!("`{name}` can't be the name of a postmortem"),
                    hint: "use letters, digits, `-`, `_` and `.`, at most 120 bytes, without `.md`".to_owned(),
                });
            }
            None => id_of(&format!("{day}-{}.md", slug(&title))),
        };
        let path = format!("{folder}/{name}.md");
        if !settings.content.may_be_document(&path) {
            return Err(DraftError::NotContent { path });
        }
        let taken: Vec<(String, String)> =
            repository.files_below(settings.content.root())?.into_iter().map(|path| (fold(&id_of(&path)), path)).collect();
        if let Some((_, other)) = taken.iter().find(|(id, _)| *id == fold(&name)) {
            let is_free = |name: &String| !taken.iter().any(|(id, _)| *id == fold(name));
            let free = (2..=taken.len() + 2).map(|number| format!("{name}-{number}")).find(is_free).unwrap_or_default();
            return Err(DraftError::Exists { path: other.clone(), free });
        }
        Ok(Self { path, text })
    }

    /// Writes it, and says where.
    ///
    /// # Errors
    /// When something stands there already, or the operating system says no.
    pub fn write(&self, repository: &Repository) -> Result<PathBuf, DraftError> {
        create_file(repository.root(), &self.path, self.text.as_bytes())?;
        Ok(repository.root().join(&self.path))
    }
}

/// The template and its name in messages.
fn template(repository: &Repository, settings: &Settings) -> Result<(String, String), DraftError> {
    let path = [settings.content.root(), "_template.md"].join("/");
    let path = path.trim_start_matches('/').to_owned();
    if let Some(bytes) = repository.read(&path)? {
        let (source, problem) = decode(&path, &bytes);
        return if problem.is_some() { Err(DraftError::Template { path }) } else { Ok((path, source.text().to_owned())) };
    }
    Ok(("the built-in template".to_owned(), built_in(settings)))
}

/// The template that lookback brings along, with the severities and services of the configuration.
pub(super) fn built_in(settings: &Settings) -> String {
    let language = settings.site.languages.first().map_or("en", String::as_str);
    let severities: Vec<&str> = settings.severities.iter().map(|severity| &*severity.id).collect();
    let services: Vec<&str> = settings.services.iter().map(|service| &*service.id).collect();
    let services = if services.is_empty() { "any names, such as checkout, payments".to_owned() } else { services.join(", ") };
    super::template(language).replace("{severities}", &severities.join(", ")).replace("{services}", &services)
}

fn filled(template: String, title: &str, given: &Given, repository: &Repository, settings: &Settings) -> Option<String> {
    let owner = given.owner.clone().or_else(|| repository.user());
    let services =
        (!given.services.is_empty()).then(|| format!("[{}]", given.services.iter().map(|name| scalar(name)).collect::<Vec<_>>().join(", ")));
    let mut values = vec![("title".to_owned(), scalar(title))];
    values.extend(given.severity.as_deref().map(|severity| ("severity".to_owned(), scalar(severity))));
    values.extend(services.map(|services| ("services".to_owned(), services)));
    values.extend(owner.map(|owner| ("owner".to_owned(), scalar(&owner))));
    // In the order of the incident, each before what comes after it.
    values.extend(given.times.iter().rev().map(|(milestone, at)| (format!("times.{}", milestone.key()), scalar(at))));
    let mut text = template;
    for (key, value) in values {
        text = fill::set(&text, &key, &value, settings).ok()?;
    }
    let parsed = parse(Source::new("a.md", text.as_str()), settings);
    (parsed.postmortem().title.value == title).then_some(text)
}
