use chrono::{DateTime, Utc};

use super::{
    ObjectId, RepoError, Repository,
    commit::RawCommit,
    objects::{Kind, Objects},
};

impl Repository {
    /// The newest commit of the tip's first-parent chain that was committed at or before an instant; `None` when the chain begins later.
    ///
    /// # Errors
    /// A missing or damaged object.
    pub fn newest_by(&self, at: DateTime<Utc>) -> Result<Option<ObjectId>, RepoError> {
        let Some(tip) = self.tip else { return Ok(None) };
        self.blobs.pool.with(|git| {
            let odb = git.odb()?;
            let objects = Objects::new(&odb);
            let mut next = Some(tip.commit);
            while let Some(id) = next {
                let object = objects.read(id, Kind::Commit)?;
                let commit = RawCommit::parse(object.data()).ok_or_else(|| RepoError::damaged(id, "it is no commit"))?;
                if commit.committed() <= at {
                    return Ok(Some(id));
                }
                // What a shallow clone leaves out is not looked for.
                next = commit.parents.first().copied().filter(|_| !self.boundary.contains(&id));
            }
            Ok(None)
        })
    }
}
