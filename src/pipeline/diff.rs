use std::path::Path;

use chrono::{DateTime, Utc};

use super::{LoadError, Loaded, settings};
use crate::{
    repo::{ObjectId, RepoError, Repository, Revision},
    rules::Checked,
    view::{
        awaiting_pages,
        diff::{Side, SiteDifference},
        internal_read_pages, read_pages,
    },
};

/// What an audience sees change, and between which commits.
#[derive(Debug)]
pub struct Diff {
    /// What differs.
    pub difference: SiteDifference,
    /// The older commit.
    pub base: ObjectId,
    /// The newer commit.
    pub head: ObjectId,
}

/// Why two commits can't be compared.
#[derive(Debug, thiserror::Error)]
pub enum DiffError {
    /// Git, or a configuration.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// Neither side has such an audience.
    #[error("there is no audience `{0}`")]
    NoAudience(String, Vec<String>),
    /// There is no commit yet.
    #[error("there is no commit to compare")]
    NoCommit,
}

impl From<RepoError> for DiffError {
    fn from(error: RepoError) -> Self {
        Self::Load(error.into())
    }
}

/// Compares what an audience reads at two commits, each under its own configuration, with one clock.
///
/// # Errors
/// An unknown revision or audience; git; the configuration of either commit.
pub fn diff(directory: &Path, (base, head): (&str, &str), audience: &str, now: DateTime<Utc>) -> Result<Diff, DiffError> {
    let (base, head) = (Repository::open(directory, Some(base))?, Repository::open(directory, Some(head))?);
    let (Some(old), Some(new)) = (base.tip(), head.tip()) else { return Err(DiffError::NoCommit) };
    let (before, after) = (side(&base, audience, now)?, side(&head, audience, now)?);
    let (before, after) = match (before, after) {
        (Err(_), Err(names)) => return Err(DiffError::NoAudience(audience.to_owned(), names)),
        (before, after) => (before.unwrap_or_default(), after.unwrap_or_default()),
    };
    Ok(Diff { difference: SiteDifference::between(&before, &after), base: old, head: new })
}

/// One side; the names of all audiences where the wanted one is not configured.
fn side(repository: &Repository, audience: &str, now: DateTime<Utc>) -> Result<Result<Side, Vec<String>>, LoadError> {
    let settings = settings(repository)?;
    let external = settings.audience(audience).cloned();
    if external.is_none() && audience != "internal" {
        let names = settings.audiences.iter().map(|audience| audience.name.clone());
        return Ok(Err(["internal".to_owned()].into_iter().chain(names).collect()));
    }
    let loaded = match Loaded::new(repository, settings, None, now) {
        // Before the first postmortem nobody read one.
        Err(LoadError::Repository(RepoError::MissingContent(_))) => return Ok(Ok(Side::default())),
        loaded => loaded?,
    };
    let corpus = &loaded.corpus;
    let (read, awaiting) = match &external {
        Some(audience) => (read_pages(corpus, audience, &loaded.settings), awaiting_pages(corpus, audience, &loaded.settings, now)),
        None => (internal_read_pages(corpus), Vec::new()),
    };
    let shown = corpus.entries().iter().flat_map(|entry| former_paths(&entry.checked));
    let privileged = corpus.privileged().iter().flat_map(|checked| former_paths(checked).into_iter().flat_map(<[String; 2]>::from));
    Ok(Ok(Side { read, awaiting, privileged: privileged.collect(), paths: shown.collect() }))
}

/// Every path that a document had, with its path now.
fn former_paths(checked: &Checked) -> Vec<(String, String)> {
    let reviewed = checked.reviewed();
    let now = reviewed.parsed().source().path();
    let revisions = reviewed.revisions().iter().map(|revision| &revision.revision);
    let paths = revisions.flat_map(Revision::paths);
    paths.map(|path| (path.clone(), now.to_owned())).collect()
}
