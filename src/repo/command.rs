use std::{
    io::{ErrorKind, Write as _},
    path::Path,
    process::{Command, Stdio},
};

use super::{RepoError, command_line::POINTERS};

/// Runs the git command line in a folder, with the user's configuration, identity, hooks and signing keys, and gives back what it printed.
///
/// # Errors
/// There is no git, or it failed: then with what it said.
pub(super) fn git(folder: &Path, arguments: &[&str]) -> Result<String, RepoError> {
    git_with(folder, arguments, None)
}

/// The same with something to read, which git must read to its end before it answers. What replaces objects is not looked at then.
///
/// # Errors
/// As [`git`].
pub(super) fn git_with(folder: &Path, arguments: &[&str], input: Option<&str>) -> Result<String, RepoError> {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() });
    if input.is_some() {
        command.env("GIT_NO_REPLACE_OBJECTS", "1");
    }
    for variable in POINTERS {
        command.env_remove(variable);
    }
    let failed = |source: std::io::Error| match source.kind() {
        ErrorKind::NotFound => RepoError::NoGit,
        _ => RepoError::Io { path: "git".into(), source },
    };
    let mut child = command.spawn().map_err(failed)?;
    if let (Some(mut stdin), Some(input)) = (child.stdin.take(), input) {
        // Git that ends early says why itself.
        let _ = stdin.write_all(input.as_bytes());
    }
    let output = child.wait_with_output().map_err(failed)?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    let said = if said.is_empty() { String::from_utf8_lossy(&output.stdout).trim().to_owned() } else { said };
    Err(RepoError::Refused { command: arguments.first().copied().unwrap_or_default().to_owned(), said })
}
