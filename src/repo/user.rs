use super::Repository;

impl Repository {
    /// Who git says you are, as `Name <email>`; none where it does not know both.
    #[must_use]
    pub fn user(&self) -> Option<String> {
        let pair = self.blobs.pool.with(|git| Ok(git.setting("user.name").zip(git.setting("user.email"))));
        pair.ok().flatten().map(|(name, email)| format!("{} <{}>", name.trim(), email.trim()))
    }
}
