use super::{Repository, backend::Git};

impl Repository {
    /// Who git says you are, as `Name <email>`; none where it does not know both.
    #[must_use]
    pub fn user(&self) -> Option<String> {
        let settings = |git: &Git| Some(format!("{} <{}>", git.setting("user.name")?.trim(), git.setting("user.email")?.trim()));
        self.blobs.pool.with(|git| Ok(settings(git))).ok().flatten()
    }
}
