mod command_line;
mod create;
mod history;
mod known;
mod landing;
mod locate;
mod open;
mod oracle;
mod people;
mod renames;
mod snapshot;

use super::{ObjectId, Repository, Snapshot, SnapshotOptions, Trail, testing::TestRepository};
use crate::config::Content;

const A: &str = "postmortems/a.md";
const B: &str = "postmortems/b.md";

/// A text of twenty lines of which the last one is given: editing it leaves 95 % as it was.
fn text(last: &str) -> String {
    (1..20).map(|number| format!("Line {number} of a report that is long enough to be recognised.\n")).chain([format!("{last}\n")]).collect()
}

fn snapshot(repository: &mut TestRepository) -> Snapshot {
    let path = repository.checkout();
    Repository::open(&path, None).unwrap().snapshot(&Content::default(), &SnapshotOptions::default()).unwrap()
}

fn trail(repository: &mut TestRepository, path: &str) -> Trail {
    snapshot(repository).history().trails.get(path).cloned().unwrap_or_else(|| panic!("no trail of {path}"))
}

fn commits(trail: &Trail) -> Vec<ObjectId> {
    trail.revisions.iter().map(|revision| revision.commit.id).collect()
}

fn paths(trail: &Trail) -> Vec<&str> {
    trail.revisions.iter().map(|revision| revision.path.as_str()).collect()
}
