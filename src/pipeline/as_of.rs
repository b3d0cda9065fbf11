use std::{collections::BTreeSet, path::Path};

use chrono::{DateTime, Days, Duration, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

use super::{LoadError, settings};
use crate::{
    config::Settings,
    repo::{RepoError, Repository, Revision, SnapshotOptions},
    source::{Parser, decode},
};

/// A point in the history.
#[derive(Debug)]
pub struct Point {
    /// The repository, read in the commit of that point.
    pub repository: Repository,
    /// The clock of that point.
    pub at: DateTime<Utc>,
    /// Paths, then and since, of documents that are privileged now: what was taken from everybody does not come back.
    pub privileged: BTreeSet<String>,
}

/// Why a point in the history can't be read.
#[derive(Debug, thiserror::Error)]
pub enum AsOfError {
    /// Git, or the configuration that says in which zone a day ends.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// There was nothing yet.
    #[error("there is no commit at or before {0}")]
    Earlier(String),
}

impl From<RepoError> for AsOfError {
    fn from(error: RepoError) -> Self {
        Self::Load(error.into())
    }
}

/// The repository as it stood, and the clock of that point: at the end of a day in the site's zone, at an instant, or in a commit.
///
/// A day or an instant means the newest commit of the first-parent chain at or before it.
///
/// # Errors
/// Neither a date nor a commit; no commit that old; git; the configuration.
pub fn as_of(repository: &Repository, directory: &Path, written: &str) -> Result<Point, AsOfError> {
    let written = written.trim();
    let now = settings(repository)?;
    let day = NaiveDate::parse_from_str(written, "%Y-%m-%d").ok();
    let instant = DateTime::parse_from_rfc3339(written).ok().map(|at| at.with_timezone(&Utc));
    let at = match (day, instant) {
        (Some(day), _) => Some(end_of(day, now.site.timezone)),
        (None, instant) => instant,
    };
    let commit = match at {
        Some(at) => repository.newest_by(at)?,
        None => Some(repository.resolve(written)?),
    };
    let Some(commit) = commit else {
        return Err(AsOfError::Earlier(at.unwrap_or_default().format("%Y-%m-%d %H:%M UTC").to_string()));
    };
    let then = Repository::open(directory, Some(&commit.to_string()))?;
    let at = at.or_else(|| then.tip_date().map(|date| date.with_timezone(&Utc))).unwrap_or_default();
    Ok(Point { repository: then, at, privileged: privileged(repository, &now)? })
}

/// Every path, now and before, of the documents that are privileged now.
fn privileged(repository: &Repository, settings: &Settings) -> Result<BTreeSet<String>, AsOfError> {
    let snapshot = match repository.snapshot(&settings.content, &SnapshotOptions::default()) {
        Err(RepoError::MissingContent(_)) => return Ok(BTreeSet::new()),
        snapshot => snapshot?,
    };
    let parser = Parser::new(settings);
    let documents = snapshot.documents().filter(|(path, bytes)| parser.parse(decode(path, bytes).0).postmortem().privileged);
    let mut paths = BTreeSet::new();
    for (path, _) in documents {
        paths.insert(path.to_owned());
        let revisions = snapshot.history().trails.get(path).map(|trail| &trail.revisions[..]).unwrap_or_default();
        paths.extend(revisions.iter().flat_map(Revision::paths).cloned());
    }
    Ok(paths)
}

/// The last second of a day.
fn end_of(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let next = day.checked_add_days(Days::new(1)).unwrap_or(day).and_time(NaiveTime::MIN);
    // Where midnight does not exist the day ends at the first instant that does.
    let local = zone.from_local_datetime(&next).earliest().or_else(|| zone.from_local_datetime(&(next + Duration::hours(1))).earliest());
    local.map_or(DateTime::<Utc>::MAX_UTC, |local| local.with_timezone(&Utc) - Duration::seconds(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_in_the_zone_of_the_site() {
        let day = NaiveDate::from_ymd_opt(2026, 6, 30).unwrap();
        assert_eq!(end_of(day, Tz::UTC).to_rfc3339(), "2026-06-30T23:59:59+00:00");
        assert_eq!(end_of(day, Tz::Asia__Seoul).to_rfc3339(), "2026-06-30T14:59:59+00:00");
    }
}
