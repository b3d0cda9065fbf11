use std::{
    io::{ErrorKind, Write as _},
    path::Path,
    process::{Command, Stdio},
};

use super::RepoError;

/// Variables by which a caller's environment would point git at another repository.
const POINTERS: [&str; 9] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_CEILING_DIRECTORIES",
];

/// The git command line in a folder, whatever the environment points at.
pub(super) fn command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder);
    for variable in POINTERS {
        command.env_remove(variable);
    }
    command
}

/// Why git could not be started.
pub(super) fn unstarted(source: std::io::Error) -> RepoError {
    match source.kind() {
        ErrorKind::NotFound => RepoError::NoGit,
        _ => RepoError::Io { path: "git".into(), source },
    }
}

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
    let mut command = command(folder);
    command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() });
    if input.is_some() {
        command.env("GIT_NO_REPLACE_OBJECTS", "1");
    }
    let mut child = command.spawn().map_err(unstarted)?;
    if let (Some(mut stdin), Some(input)) = (child.stdin.take(), input) {
        // Git that ends early says why itself.
        let _ = stdin.write_all(input.as_bytes());
    }
    let output = child.wait_with_output().map_err(unstarted)?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    let said = if said.is_empty() { String::from_utf8_lossy(&output.stdout).trim().to_owned() } else { said };
    Err(RepoError::Refused { command: arguments.first().copied().unwrap_or_default().to_owned(), said })
}
