use super::Repository;

impl Repository {
    /// Who git says you are, as `Name <email>`; none where it does not know both.
    #[must_use]
    pub fn user(&self) -> Option<String> {
        let read = |git: &git2::Repository| {
            let config = git.config()?.snapshot()?;
            Ok::<_, git2::Error>(format!("{} <{}>", config.get_str("user.name")?.trim(), config.get_str("user.email")?.trim()))
        };
        self.blobs.pool.with(|git| Ok::<_, super::RepoError>(read(git).ok())).ok().flatten()
    }
}
