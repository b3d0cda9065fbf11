//! Git: the only room that names `git2`. After a [`Snapshot`] nobody needs to know what libgit2 is.

mod ancestry;
mod as_of;
mod backend;
mod blobs;
mod command;
mod command_line;
mod commit;
mod create;
mod differences;
mod error;
mod graph;
mod history;
mod journal;
mod known;
mod lineage;
mod locate;
mod merges;
mod objects;
mod open;
mod pool;
mod pull_request;
mod read;
mod record;
mod renames;
mod replay;
mod reverts;
mod scope;
mod signatures;
mod similarity;
mod snapshot;
mod staged;
#[doc(hidden)]
pub mod testing;
#[cfg(test)]
mod tests;
mod trailers;
mod tree;
mod types;
mod user;
mod watched;
mod work_tree;

pub use ancestry::{Ancestry, Contents, Marks};
pub use blobs::Blobs;
pub use error::RepoError;
pub use open::Repository;
pub use replay::{ReplayError, replay};
pub use snapshot::{Snapshot, SnapshotOptions, Unsaved};
pub use types::{Commit, File, History, Landing, ObjectId, Recorded, Revision, Trail};
pub use watched::Watched;
