//! What `check` does: everything is loaded and judged, since some rules compare documents; what was asked for is reported.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};

use super::{LoadError, Loaded, settings};
use crate::{
    config::{folder, is_index},
    findings::{Report, ReportDocument},
    repo::{ObjectId, RepoError, Repository, SnapshotOptions, Unsaved},
    rules::{Checked, RULES, Rule},
};

/// Which documents are asked about. Where several limits are given, all of them hold.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// The folder from which paths count.
    pub directory: &'a Path,
    /// Files and folders; all of the content when there are none.
    pub paths: &'a [PathBuf],
    /// Only what changed since the tip left the line of this revision, committed or not.
    pub since: Option<&'a str>,
    /// One document, and the text that an editor has of it.
    pub unsaved: Option<(&'a Path, &'a [u8])>,
}

/// What was found, and what a reader should know about it.
#[derive(Debug)]
pub struct CheckUp {
    /// The findings, with what formats need to print them.
    pub report: Report,
    /// Whether dates and approvals can be trusted.
    pub is_history_complete: bool,
    /// The tip of an earlier run, where the branch has lost it since.
    pub lost_tip: Option<ObjectId>,
    /// Files that could not be read: path and reason.
    pub skipped: Vec<(String, String)>,
}

/// Why nothing could be checked.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// The repository or its configuration.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// Paths at or below which there is no document.
    #[error("no postmortem lies at or below these paths")]
    NoDocument,
    /// The text of an editor that belongs to no document.
    #[error("`{path}` is no postmortem: {}", if *is_below { "a file of this name is left out".to_owned() } else { format!("it does not lie in `{root}`") })]
    NoPostmortem {
        /// Path from the root.
        path: String,
        /// The content folder.
        root: String,
        /// Whether it lies in there.
        is_below: bool,
    },
}

impl From<RepoError> for CheckError {
    fn from(error: RepoError) -> Self {
        Self::Load(error.into())
    }
}

impl CheckError {
    /// What to do about it, where the cause does not say so itself.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Load(_) => None,
            Self::NoDocument | Self::NoPostmortem { .. } => Some("which files are postmortems is set by `content:` in lookback.yml"),
        }
    }
}

/// Checks the whole collection and reports what was asked for.
///
/// # Errors
/// A path, revision or document that is not there; git; the configuration.
pub fn check(repository: &Repository, scope: &Scope<'_>, now: DateTime<Utc>) -> Result<CheckUp, CheckError> {
    Ok(look(repository, scope, now)?.0)
}

/// The same, with everything that was read.
pub(super) fn look(repository: &Repository, scope: &Scope<'_>, now: DateTime<Utc>) -> Result<(CheckUp, Loaded), CheckError> {
    let settings = settings(repository)?;
    let unsaved = match scope.unsaved {
        Some((path, bytes)) => Some(Unsaved { path: repository.locate_new(scope.directory, path)?, bytes: bytes.into() }),
        None => None,
    };
    let edited = unsaved.as_ref().map(|unsaved| unsaved.path.clone());
    let no_postmortem = |path: &str| CheckError::NoPostmortem {
        path: path.to_owned(),
        root: if settings.content.root().is_empty() { ".".to_owned() } else { settings.content.root().to_owned() },
        is_below: settings.content.below_root(path).is_some(),
    };
    if let Some(path) = edited.as_deref().filter(|path| !settings.content.may_be_document(path)) {
        return Err(no_postmortem(path));
    }
    let paths = scope.paths.iter().map(|path| repository.locate(scope.directory, path)).collect::<Result<Vec<_>, _>>()?;
    let changed = scope.since.map(|revision| repository.changed_since(revision)).transpose()?;
    let loaded = Loaded::with(repository, settings.clone(), &SnapshotOptions { output: None, unsaved }, now)?;
    let sources = loaded.sources();
    let is_below = |path: &str| paths.is_empty() || paths.iter().any(|wanted| is_at_or_below(path, wanted));
    if !paths.is_empty() && !sources.keys().any(|path| is_below(path)) {
        return Err(CheckError::NoDocument);
    }
    if let Some(path) = edited.as_deref().filter(|path| !sources.contains_key(path)) {
        return Err(no_postmortem(path));
    }
    let changed = changed.map(|committed| committed.union(&loaded.uncommitted).cloned().collect::<BTreeSet<String>>());
    let is_wanted = |path: &str| {
        is_below(path) && changed.as_ref().is_none_or(|changed| is_touched(path, changed)) && edited.as_deref().is_none_or(|edited| edited == path)
    };
    let shown = loaded.corpus.entries().iter().map(|entry| (&entry.checked, false));
    let checked: Vec<(&Checked, bool)> = shown.chain(loaded.corpus.privileged().iter().map(|checked| (checked, true))).collect();
    let documents = checked.iter().map(|(checked, is_privileged)| {
        let source = checked.reviewed().parsed().source().clone();
        ReportDocument { is_wanted: is_wanted(source.path()), source, is_privileged: *is_privileged }
    });
    let findings = checked.iter().flat_map(|(checked, _)| checked.findings().iter().cloned());
    let report = Report::new(documents, findings, RULES.iter().map(Rule::description));
    let check =
        CheckUp { report, is_history_complete: loaded.surroundings.is_history_complete, lost_tip: loaded.lost_tip, skipped: loaded.skipped.clone() };
    Ok((check, loaded))
}

/// Whether a path is a file, or lies in a folder.
fn is_at_or_below(path: &str, wanted: &str) -> bool {
    wanted.is_empty() || path.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether a document changed: its text, or anything in the folder of a bundle, whose images are part of it.
fn is_touched(path: &str, changed: &BTreeSet<String>) -> bool {
    let bundle = format!("{}/", folder(path));
    let is_bundle = is_index(path) && bundle.len() > 1;
    changed.contains(path) || (is_bundle && changed.range(bundle.clone()..).next().is_some_and(|first| first.starts_with(&bundle)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_no_prefix_of_a_name() {
        assert!(is_at_or_below("postmortems/2026/a.md", "postmortems/2026"));
        assert!(is_at_or_below("postmortems/2026/a.md", "postmortems/2026/a.md"));
        assert!(is_at_or_below("postmortems/2026/a.md", ""));
        assert!(!is_at_or_below("postmortems/2026-a.md", "postmortems/2026"));
    }

    #[test]
    fn a_changed_image_touches_its_bundle_alone() {
        let changed = BTreeSet::from(["postmortems/a/graph.png".to_owned(), "postmortems/c.md".to_owned()]);
        assert!(is_touched("postmortems/a/index.md", &changed));
        assert!(is_touched("postmortems/c.md", &changed));
        assert!(!is_touched("postmortems/a.md", &changed) && !is_touched("postmortems/b/index.md", &changed));
    }
}
