use std::{
    io::ErrorKind,
    path::Path,
    process::{Command, Stdio},
};

use super::{RepoError, command_line::POINTERS};

/// Runs the git command line in a folder, with the user's configuration, identity, hooks and signing keys, and gives back what it printed.
///
/// # Errors
/// There is no git, or it failed: then with what it said.
pub(super) fn git(folder: &Path, arguments: &[&str]) -> Result<String, RepoError> {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(arguments).stdin(Stdio::null());
    for variable in POINTERS {
        command.env_remove(variable);
    }
    let output = command.output().map_err(|source| match source.kind() {
        ErrorKind::NotFound => RepoError::NoGit,
        _ => RepoError::Io { path: "git".into(), source },
    })?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    let said = if said.is_empty() { String::from_utf8_lossy(&output.stdout).trim().to_owned() } else { said };
    Err(RepoError::Refused { command: arguments.first().copied().unwrap_or_default().to_owned(), said })
}
