//! Git: the only room that names `git2`. After a [`Snapshot`] nobody needs to know what libgit2 is.

mod types;

pub use types::{Commit, File, History, Landing, ObjectId, Revision, Trail};
