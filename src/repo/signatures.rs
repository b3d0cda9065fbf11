use std::{collections::BTreeMap, fmt::Write as _, io::Write as _};

use super::{ObjectId, RepoError, Repository, command::git_with, trailers::Names};
use crate::model::Person;

impl Repository {
    /// Who signed each of some commits, where git finds that the signature holds and that it may trust the key. One process asks for all of them.
    ///
    /// `allowed_signers` is a file of the repository in git's format, for signatures by SSH keys; without it, what git is configured to use.
    ///
    /// # Errors
    /// There is no git, or no such file.
    pub fn signers(&self, commits: &[ObjectId], allowed_signers: Option<&str>) -> Result<BTreeMap<ObjectId, Person>, RepoError> {
        if commits.is_empty() {
            return Ok(BTreeMap::new());
        }
        // A file of its own: what is read may be a commit.
        let allowed = match allowed_signers {
            Some(path) => {
                let text = self.read(path)?.ok_or_else(|| RepoError::NoSuchPath { path: path.into(), in_commit: !self.reads_work_tree() })?;
                let writing = |source| RepoError::Io { path: path.into(), source };
                let mut file = tempfile::NamedTempFile::new().map_err(writing)?;
                file.write_all(&text).map_err(writing)?;
                Some(file)
            }
            None => None,
        };
        let setting = allowed.as_ref().map(|file| format!("gpg.ssh.allowedSignersFile={}", file.path().display()));
        let mut arguments: Vec<&str> = setting.iter().flat_map(|setting| ["-c", setting]).collect();
        arguments.extend(["log", "--no-walk=unsorted", "--no-show-signature", "--no-color", "--stdin", "--format=%H%x00%G?%x00%GS"]);
        let mut asked = String::new();
        for commit in commits {
            // Writing to a string can't fail.
            let _ = writeln!(asked, "{commit}");
        }
        let answered = git_with(&self.root, &arguments, Some(&asked))?;
        let mailmap = self.read(".mailmap")?.map(|text| String::from_utf8_lossy(&text).into_owned());
        let mut names = Names::new(mailmap.as_deref());
        let mut signers = BTreeMap::new();
        for line in answered.lines() {
            let mut parts = line.split('\0');
            // `G` alone is a good signature of a key that is trusted; all other letters are doubts.
            if let (Some(id), Some("G"), Some(signer)) = (parts.next().and_then(|id| ObjectId::from_hex(id.as_bytes())), parts.next(), parts.next()) {
                signers.insert(id, names.resolve(signer));
            }
        }
        Ok(signers)
    }
}
