//! The first half: Repository → Snapshot → Parsed → Reviewed → Checked → Corpus.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use chrono::{DateTime, Utc};
use rayon::prelude::*;

use crate::{
    config::{ConfigError, FILE_NAME, Settings},
    corpus::Corpus,
    model::Person,
    repo::{Blobs, History, ObjectId, RepoError, Repository, Snapshot, SnapshotOptions},
    review::{OlderTexts, Reviewed},
    rules::{Checked, CorpusFacts, People, Surroundings, guards, names},
    source::{Parsed, Parser, Skim, decode},
    text::{Source, fold},
};

/// Everything that was read and decided, before anything is shown.
#[derive(Debug)]
pub struct Loaded {
    /// The configuration.
    pub settings: Settings,
    /// Every postmortem, checked.
    pub corpus: Corpus,
    /// What rules knew of the repository around each document.
    pub surroundings: Surroundings,
    /// Everybody that the history names.
    pub people: Vec<Person>,
    /// Texts of older revisions and of images.
    pub blobs: Blobs,
    /// Files of the content that could not be read: path and reason.
    pub skipped: Vec<(String, String)>,
    /// The clock of the run.
    pub now: DateTime<Utc>,
}

/// Why a repository could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// Git, or the file system.
    #[error(transparent)]
    Repository(#[from] RepoError),
    /// The configuration.
    #[error(transparent)]
    Configuration(#[from] ConfigError),
    /// A configured interface language that has no words.
    #[error(transparent)]
    Language(#[from] crate::i18n::UnknownLanguage),
}

/// Reads the configuration of a repository; the defaults where there is none.
///
/// # Errors
/// A file that can't be read, or says something that is no configuration.
pub fn settings(repository: &Repository) -> Result<Settings, LoadError> {
    let Some(bytes) = repository.read(FILE_NAME)? else { return Ok(Settings::default()) };
    let (source, _) = decode(FILE_NAME, &bytes);
    let settings = Settings::load(&source, &names(), &guards())?;
    let languages = settings.site.languages.iter().chain(settings.audiences.iter().flat_map(|audience| &audience.languages));
    for code in languages {
        crate::i18n::Catalogue::load(code)?;
    }
    Ok(settings)
}

impl Loaded {
    /// Runs every stage. `output` is a folder that is not read.
    ///
    /// # Errors
    /// When git, the file system or the configuration says no. Content problems are findings.
    pub fn new(repository: &Repository, settings: Settings, output: Option<PathBuf>, now: DateTime<Utc>) -> Result<Self, LoadError> {
        let mut snapshot = repository.snapshot(&settings.content, &SnapshotOptions { output })?;
        let parser = Parser::new(&settings);
        let documents: Vec<(&str, &Arc<[u8]>)> = snapshot.documents().collect();
        let parsed: Vec<Arc<Parsed>> = documents.par_iter().map(|(path, bytes)| Arc::new(read(&parser, path, bytes))).collect();
        let blobs = snapshot.blobs();
        resolve_recorded(&mut snapshot, &blobs, &parsed)?;
        let history = snapshot.history();
        let surroundings = Surroundings {
            files: snapshot.files().keys().cloned().collect(),
            people: People::gather(&history.people, &settings, parsed.iter().map(|parsed| &**parsed)),
            is_history_complete: history.is_complete,
        };
        let facts = CorpusFacts::of(parsed.iter().map(|parsed| &**parsed));
        let checked: Vec<Checked> = parsed
            .par_iter()
            .map(|parsed| {
                let reviewed = reviewed(parsed, history, &blobs, &parser, &settings, now);
                Checked::new(reviewed, &settings, &surroundings, &facts, now)
            })
            .collect();
        let corpus = Corpus::new(checked, &settings, now);
        Ok(Self { corpus, people: history.people.clone(), skipped: snapshot.skipped().to_vec(), surroundings, blobs, now, settings })
    }

    /// The text of every checked document by its path, privileged ones included.
    #[must_use]
    pub fn sources(&self) -> BTreeMap<&str, &Source> {
        let shown = self.corpus.entries().iter().map(|entry| &entry.checked);
        let sources = shown.chain(self.corpus.privileged()).map(|checked| checked.reviewed().parsed().source());
        sources.map(|source| (source.path(), source)).collect()
    }
}

/// Text that can't be decoded is parsed as far as it goes.
fn read(parser: &Parser<'_>, path: &str, bytes: &[u8]) -> Parsed {
    let (source, problem) = decode(path, bytes);
    let parsed = parser.parse(source);
    match problem {
        Some(problem) => parsed.with_problem(problem),
        None => parsed,
    }
}

/// Joins a text with its history, reading the older texts that this needs.
fn reviewed(parsed: &Arc<Parsed>, history: &History, blobs: &Blobs, parser: &Parser<'_>, settings: &Settings, now: DateTime<Utc>) -> Reviewed {
    let trail = history.trails.get(parsed.source().path()).cloned().unwrap_or_default();
    Reviewed::new(Arc::clone(parsed), &trail, settings, now, &Older { parser, blobs })
}

/// Older texts, from git.
struct Older<'a> {
    parser: &'a Parser<'a>,
    blobs: &'a Blobs,
}

impl OlderTexts for Older<'_> {
    fn skim(&self, path: &str, blob: ObjectId) -> Option<Skim> {
        let (source, _) = decode(path, &self.blobs.blob(blob).ok()?);
        Some(self.parser.skim(source))
    }

    fn parse(&self, path: &str, blob: ObjectId) -> Option<Parsed> {
        Some(read(self.parser, path, &self.blobs.blob(blob).ok()?))
    }
}

/// Commits with a `Postmortem:` trailer name a document by id or path.
fn resolve_recorded(snapshot: &mut Snapshot, blobs: &Blobs, parsed: &[Arc<Parsed>]) -> Result<(), RepoError> {
    let mut paths: BTreeMap<String, String> = BTreeMap::new();
    for parsed in parsed {
        let path = parsed.source().path();
        paths.insert(fold(path), path.to_owned());
        paths.insert(fold(&parsed.postmortem().id.value), path.to_owned());
    }
    snapshot.history_mut().resolve_recorded(blobs, |name| paths.get(&fold(name.trim())).cloned())
}
