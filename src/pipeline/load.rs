//! The first half: Repository → Snapshot → Parsed → Reviewed → Checked → Corpus.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::Arc,
};

use chrono::{DateTime, Utc};
use rayon::prelude::*;

use crate::{
    config::{ConfigError, FILE_NAME, ReviewPolicy, Settings},
    corpus::Corpus,
    model::Person,
    repo::{Blobs, History, ObjectId, RepoError, Repository, Revision, Snapshot, SnapshotOptions, Trail},
    review::{Identities, OlderTexts, Reviewed, signed_approvals, signed_commits},
    rules::{Checked, CorpusFacts, People, Surroundings, guards, names},
    source::{Parsed, Parser, Skim, Skimmer, decode},
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
    /// Paths of the content that are not as the tip has them: changed, new, or gone.
    pub uncommitted: BTreeSet<String>,
    /// The tip of an earlier run, where the branch has lost it since.
    pub lost_tip: Option<ObjectId>,
    /// The clock of the run.
    pub now: DateTime<Utc>,
}

/// Whose signatures git is asked to verify. It starts a program for each of them, so a site of a thousand reports asks for no more than it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signatures<'a> {
    /// Those of approvals, where the configuration requires them or names who may sign.
    AsConfigured,
    /// Those of every commit that a trail tells of.
    All,
    /// Those of one postmortem, by its id or path.
    Of(&'a str),
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
        Self::with(repository, settings, &SnapshotOptions { output, unsaved: None }, now)
    }

    /// The same, with the text of an editor, perhaps.
    ///
    /// # Errors
    /// When git, the file system or the configuration says no. Content problems are findings.
    pub fn with(repository: &Repository, settings: Settings, options: &SnapshotOptions, now: DateTime<Utc>) -> Result<Self, LoadError> {
        Self::read(repository, settings, options, now, Signatures::AsConfigured)
    }

    /// The same as [`Self::new`], and more signatures are verified.
    ///
    /// # Errors
    /// When git, the file system or the configuration says no. Content problems are findings.
    pub fn verifying(repository: &Repository, settings: Settings, now: DateTime<Utc>, signatures: Signatures<'_>) -> Result<Self, LoadError> {
        Self::read(repository, settings, &SnapshotOptions::default(), now, signatures)
    }

    fn read(
        repository: &Repository,
        settings: Settings,
        options: &SnapshotOptions,
        now: DateTime<Utc>,
        signatures: Signatures<'_>,
    ) -> Result<Self, LoadError> {
        let mut snapshot = repository.snapshot(&settings.content, options)?;
        let parser = Parser::new(&settings);
        let documents: Vec<(&str, &Arc<[u8]>)> = snapshot.documents().collect();
        let parsed: Vec<Arc<Parsed>> = documents.par_iter().map(|(path, bytes)| Arc::new(read(path, bytes, |source| parser.parse(source)))).collect();
        let blobs = snapshot.blobs();
        resolve_recorded(&mut snapshot, &blobs, &parser, &parsed)?;
        snapshot.history_mut().signers = signers(repository, snapshot.history(), &settings.review, signatures, &parsed)?;
        let history = snapshot.history();
        let surroundings = Surroundings {
            files: snapshot.files().keys().cloned().collect(),
            people: People::gather(&history.people, &settings, parsed.iter().map(|parsed| &**parsed)),
            is_history_complete: history.is_complete,
        };
        let facts = CorpusFacts::of(parsed.iter().map(|parsed| &**parsed));
        let identities = Identities::new(&settings, &history.people);
        let checked: Vec<Checked> = parsed
            .par_iter()
            .map(|parsed| {
                let reviewed =
                    reviewed(parsed, history, &identities, &settings, now, Older { skimmer: Skimmer::knowing(&parser, parsed), blobs: &blobs });
                Checked::new(reviewed, &settings, &surroundings, &facts, now)
            })
            .collect();
        let corpus = Corpus::new(checked, &settings, now);
        let uncommitted = snapshot.uncommitted().map(str::to_owned).collect();
        Ok(Self {
            corpus,
            people: history.people.clone(),
            skipped: snapshot.skipped().to_vec(),
            uncommitted,
            lost_tip: history.lost_tip,
            surroundings,
            blobs,
            now,
            settings,
        })
    }

    /// Everything as it stood at a point, without what became privileged since.
    #[must_use]
    pub fn hiding(self, privileged: &BTreeSet<String>) -> Self {
        let corpus = if privileged.is_empty() { self.corpus } else { self.corpus.hiding(privileged, &self.settings, self.now) };
        Self { corpus, ..self }
    }

    /// The text of every checked document by its path, privileged ones included.
    #[must_use]
    pub fn sources(&self) -> BTreeMap<&str, &Source> {
        let shown = self.corpus.entries().iter().map(|entry| &entry.checked);
        let sources = shown.chain(self.corpus.privileged()).map(|checked| checked.reviewed().parsed().source());
        sources.map(|source| (source.path(), source)).collect()
    }
}

/// Who signed what, as far as it has to be known. Where nothing requires a signature, a machine without git shows none as verified.
fn signers(
    repository: &Repository,
    history: &History,
    policy: &ReviewPolicy,
    signatures: Signatures<'_>,
    parsed: &[Arc<Parsed>],
) -> Result<BTreeMap<ObjectId, Person>, RepoError> {
    let is_wanted = |wanted: &str, parsed: &&Arc<Parsed>| {
        let path = parsed.source().path();
        path == wanted.trim_start_matches("./") || fold(&parsed.postmortem().id.value) == fold(wanted.trim())
    };
    let mut commits = match signatures {
        Signatures::AsConfigured => Vec::new(),
        Signatures::All => signed_commits(history.trails.values()),
        Signatures::Of(wanted) => {
            let documents = parsed.iter().filter(|parsed| is_wanted(wanted, parsed));
            signed_commits(documents.filter_map(|parsed| history.trails.get(parsed.source().path())))
        }
    };
    let is_configured = policy.require_signed || policy.allowed_signers.is_some();
    if is_configured {
        commits.extend(signed_approvals(history, policy));
        commits.sort();
        commits.dedup();
    }
    match repository.signers(&commits, policy.allowed_signers.as_deref()) {
        Err(RepoError::NoGit) if !policy.require_signed => Ok(BTreeMap::new()),
        signers => signers,
    }
}

/// Text that can't be decoded is parsed as far as it goes.
fn read(path: &str, bytes: &[u8], parse: impl FnOnce(Source) -> Parsed) -> Parsed {
    let (source, problem) = decode(path, bytes);
    let parsed = parse(source);
    match problem {
        Some(problem) => parsed.with_problem(problem),
        None => parsed,
    }
}

/// Joins a text with its history, reading the older texts that this needs.
fn reviewed(parsed: &Arc<Parsed>, history: &History, identities: &Identities, settings: &Settings, now: DateTime<Utc>, older: Older<'_>) -> Reviewed {
    Reviewed::among(Arc::clone(parsed), history, identities, settings, now, older)
}

/// Older texts, from git.
struct Older<'a> {
    skimmer: Skimmer<'a>,
    blobs: &'a Blobs,
}

impl OlderTexts for Older<'_> {
    fn skim(&mut self, path: &str, blob: ObjectId) -> Option<Skim> {
        let (source, _) = decode(path, &self.blobs.blob(blob).ok()?);
        Some(self.skimmer.skim(source))
    }

    fn parse(&mut self, path: &str, blob: ObjectId) -> Option<Parsed> {
        let bytes = self.blobs.blob(blob).ok()?;
        Some(read(path, &bytes, |source| self.skimmer.parse(source)))
    }
}

/// Commits with a `Postmortem:` trailer name a document by an id or path that it has or had.
fn resolve_recorded(snapshot: &mut Snapshot, blobs: &Blobs, parser: &Parser<'_>, parsed: &[Arc<Parsed>]) -> Result<(), RepoError> {
    if snapshot.history().recorded.is_empty() {
        return Ok(());
    }
    let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for parsed in parsed {
        let path = parsed.source().path();
        note(&mut names, path, path);
        note(&mut names, &parsed.postmortem().id.value, path);
    }
    let older = || Older { skimmer: Skimmer::new(parser), blobs };
    let history = snapshot.history();
    for (document, trail) in &history.trails {
        for path in trail.revisions.iter().flat_map(Revision::paths) {
            note(&mut names, path, document);
            note(&mut names, stem(path), document);
        }
    }
    // Older texts are read only for names that nothing else explains.
    let unknown: BTreeSet<String> = history.recorded.iter().map(|it| fold(it.value.trim())).filter(|name| !names.contains_key(name)).collect();
    if !unknown.is_empty() {
        let trails: Vec<_> = history.trails.iter().collect();
        let found: Vec<Vec<(String, String)>> = trails.par_iter().map(|(path, trail)| older_ids(older(), path, trail, &unknown)).collect();
        for (name, document) in found.into_iter().flatten() {
            note(&mut names, &name, &document);
        }
    }
    let is_called = |name: &str, path: &str, blob| {
        let name = fold(name.trim());
        fold(path) == name || older().skim(path, blob).is_some_and(|skim| fold(&skim.postmortem.id.value) == name)
    };
    snapshot.history_mut().resolve_recorded(blobs, |name| names.get(&fold(name.trim())).cloned().unwrap_or_default(), is_called)
}

fn note(names: &mut BTreeMap<String, Vec<String>>, name: &str, document: &str) {
    let documents = names.entry(fold(name)).or_default();
    if !documents.iter().any(|known| known == document) {
        documents.push(document.to_owned());
    }
}

/// The wanted ids that older texts of a document declared, each with its path at the tip.
fn older_ids(mut older: Older<'_>, document: &str, trail: &Trail, wanted: &BTreeSet<String>) -> Vec<(String, String)> {
    let mut seen = BTreeSet::new();
    let revisions = trail.revisions.iter().filter(|revision| seen.insert(revision.blob));
    let ids = revisions.filter_map(|revision| Some(fold(&older.skim(&revision.path, revision.blob)?.postmortem.id.value)));
    ids.filter(|id| wanted.contains(id)).map(|id| (id, document.to_owned())).collect()
}

/// The id of a document that declares none: the stem of its file, or the folder of its bundle.
fn stem(path: &str) -> &str {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.strip_suffix(".md").or_else(|| name.strip_suffix(".markdown")).unwrap_or(name);
    if stem == "index" && !folder.is_empty() { folder.rsplit_once('/').map_or(folder, |(_, last)| last) } else { stem }
}
