//! Writing a commit that says something and changes nothing: the only thing that lookback ever adds to a repository of its users.

use std::path::Path;

use super::{
    ObjectId, RepoError, Repository,
    command::git,
    commit::RawCommit,
    objects::{Kind, Objects},
    trailers::Names,
};
use crate::model::Person;

impl Repository {
    /// Who git says the user is, as `.mailmap` has them.
    ///
    /// # Errors
    /// Git does not know.
    pub fn identity(&self) -> Result<Person, RepoError> {
        let written = git(&self.root, &["var", "GIT_AUTHOR_IDENT"])?;
        let end = written.rfind('>').map_or(written.len(), |at| at + 1);
        self.mapped(written.get(..end).unwrap_or(&written))
    }

    /// Somebody as `.mailmap` has them.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn mapped(&self, written: &str) -> Result<Person, RepoError> {
        let mailmap = self.read(".mailmap")?.map(|text| String::from_utf8_lossy(&text).into_owned());
        Ok(Names::new(mailmap.as_deref()).resolve(written))
    }

    /// Whether commits go to no branch.
    ///
    /// # Errors
    /// `HEAD` can't be read.
    pub fn is_detached(&self) -> Result<bool, RepoError> {
        self.blobs.pool.with(|git| Ok(git.branch(None).is_none()))
    }

    /// Commits a message with trailers, and nothing else: what is staged stays staged. Git's identity, hooks and signing apply.
    ///
    /// # Errors
    /// There is no branch to commit to, a merge or the like is under way, git or a hook refuses, or a hook made something else of the commit.
    pub fn record(&self, subject: &str, trailers: &[(String, String)]) -> Result<ObjectId, RepoError> {
        let (Some(tip), true) = (self.tip, self.reads_work_tree()) else { return Err(RepoError::NoBranch) };
        let directory = git(&self.root, &["rev-parse", "--absolute-git-dir"])?;
        if let Some(what) = under_way(Path::new(directory.trim_end())) {
            return Err(RepoError::UnderWay(what.to_owned()));
        }
        let trailers: Vec<String> = trailers.iter().map(|(key, value)| format!("{key}: {value}")).collect();
        // `--only` without paths leaves out the index, which a commit otherwise takes in.
        let mut arguments = vec!["commit", "--quiet", "--allow-empty", "--only", "-m", subject];
        arguments.extend(trailers.iter().flat_map(|trailer| ["--trailer", trailer.as_str()]));
        git(&self.root, &arguments)?;
        let (id, problem) = self.blobs.pool.with(|git| {
            let id = git.head()?.ok_or(RepoError::NoCommit)?;
            let odb = git.odb()?;
            let object = Objects::new(&odb).read(id, Kind::Commit)?;
            let commit = RawCommit::parse(object.data()).ok_or_else(|| RepoError::damaged(id, "it is no commit"))?;
            let written: Vec<String> =
                Names::new(None).trailers(&commit.message()).into_iter().map(|(key, value)| format!("{key}: {value}")).collect();
            let problem = if commit.parents != [tip.commit] {
                Some("another commit was made in between")
            } else if commit.tree != tip.tree {
                Some("it changes files")
            } else {
                trailers.iter().any(|trailer| !written.contains(trailer)).then_some("its message lacks the approval")
            };
            Ok((id, problem))
        })?;
        problem.map_or(Ok(id), |problem| Err(RepoError::NotAlone { id, problem: problem.to_owned() }))
    }
}

/// What somebody began in a work tree and did not finish, by what git keeps of it.
fn under_way(directory: &Path) -> Option<&'static str> {
    const KEPT: &[(&str, &str)] = &[
        ("MERGE_HEAD", "a merge"),
        ("REVERT_HEAD", "a revert"),
        ("CHERRY_PICK_HEAD", "a cherry-pick"),
        ("rebase-merge", "a rebase"),
        ("rebase-apply", "a rebase"),
        ("sequencer", "a cherry-pick or revert of several commits"),
        ("BISECT_LOG", "a bisection"),
    ];
    KEPT.iter().find(|(file, _)| directory.join(file).exists()).map(|(_, what)| *what)
}
