use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use super::WriteError;

/// Replaces the text of a document of the work tree in one step, keeping its permissions.
///
/// # Errors
/// When it is no plain file below `root`, no longer holds `before`, or the operating system says no; the file is untouched then.
pub fn replace_document(root: &Path, path: &str, before: &[u8], after: &[u8]) -> Result<(), WriteError> {
    let target = root.join(path);
    let failed = |source| WriteError::Io { path: target.clone(), source };
    let refuse = |reason: &str, hint: &str| WriteError::Refused { path: target.clone(), reason: reason.to_owned(), hint: hint.to_owned() };
    let folder = target.parent().unwrap_or(root);
    let real_root = root.canonicalize().map_err(failed)?;
    let is_inside = folder.canonicalize().map_err(failed)?.starts_with(real_root);
    let metadata = fs::symlink_metadata(&target).map_err(failed)?;
    if !metadata.is_file() || !is_inside {
        return Err(refuse("this is a symbolic link, or lies behind one", "change the file that it leads to"));
    }
    if fs::read(&target).map_err(failed)? != before {
        return Err(refuse("this file changed while it was read", "run the command again"));
    }
    let mut fresh = tempfile::Builder::new().prefix(".lookback-").tempfile_in(folder).map_err(failed)?;
    fresh.write_all(after).map_err(failed)?;
    fs::set_permissions(fresh.path(), metadata.permissions()).map_err(failed)?;
    fresh.persist(&target).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Writes a file that must not be there yet below `root`, with the folders that it lies in.
///
/// # Errors
/// When something stands there already, the way there leads out of `root`, or the operating system says no.
pub fn create_file(root: &Path, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
    let target = root.join(path);
    let failed = |source| WriteError::Io { path: target.clone(), source };
    let refuse = |reason: &str, hint: &str| WriteError::Refused { path: target.clone(), reason: reason.to_owned(), hint: hint.to_owned() };
    let real_root = root.canonicalize().map_err(failed)?;
    let existing = target.ancestors().skip(1).find_map(|folder| folder.canonicalize().ok());
    if !existing.is_some_and(|folder| folder.starts_with(real_root)) {
        return Err(refuse("the way there leads through a symbolic link", "name the real folder in lookback.yml"));
    }
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    match fs::File::create_new(&target) {
        Ok(mut file) => file.write_all(bytes).map_err(failed),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(refuse("something is there already", "nothing is overwritten: move it away, or take another name"))
        }
        Err(error) => Err(failed(error)),
    }
}

/// Adds a line at the end of a file, with the line end that it uses; nothing else in it changes.
///
/// # Errors
/// As [`replace_document`].
pub fn append_line(root: &Path, path: &str, before: &[u8], line: &str) -> Result<(), WriteError> {
    let end: &[u8] = if before.windows(2).any(|pair| pair == b"\r\n") { b"\r\n" } else { b"\n" };
    let mut after = before.to_vec();
    if !before.is_empty() && !before.ends_with(b"\n") {
        after.extend(end);
    }
    after.extend(line.as_bytes());
    after.extend(end);
    replace_document(root, path, before, &after)
}

/// Lets a file be run by whoever may read it. Nothing to do where systems know no such permission.
///
/// # Errors
/// When the operating system says no.
pub fn make_executable(path: &Path) -> Result<(), WriteError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).map_err(|source| WriteError::Io { path: path.to_owned(), source })?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_text_that_was_read_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.md");
        fs::write(&file, "old").unwrap();
        assert!(replace_document(folder.path(), "a.md", b"older", b"new").unwrap_err().to_string().contains("changed while"));
        replace_document(folder.path(), "a.md", b"old", b"new").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_line_is_added_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        for (before, after) in [("", "/site/\n"), ("a", "a\n/site/\n"), ("a\n\n", "a\n\n/site/\n"), ("a\r\nb", "a\r\nb\r\n/site/\r\n")] {
            fs::write(folder.path().join("x"), before).unwrap();
            append_line(folder.path(), "x", before.as_bytes(), "/site/").unwrap();
            assert_eq!(fs::read_to_string(folder.path().join("x")).unwrap(), after);
        }
    }

    #[test]
    fn nothing_is_written_over_something() {
        let folder = tempfile::tempdir().unwrap();
        create_file(folder.path(), "a/b.md", b"one").unwrap();
        assert!(create_file(folder.path(), "a/b.md", b"two").unwrap_err().to_string().contains("something is there already"));
        assert_eq!(fs::read(folder.path().join("a/b.md")).unwrap(), b"one");
    }

    #[cfg(unix)]
    #[test]
    fn permissions_stay_and_links_are_refused() {
        use std::os::unix::fs::PermissionsExt;
        let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let file = folder.path().join("a.md");
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        replace_document(folder.path(), "a.md", b"old", b"new").unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        fs::write(elsewhere.path().join("b.md"), "old").unwrap();
        std::os::unix::fs::symlink(elsewhere.path().join("b.md"), folder.path().join("b.md")).unwrap();
        std::os::unix::fs::symlink(elsewhere.path(), folder.path().join("out")).unwrap();
        assert!(replace_document(folder.path(), "b.md", b"old", b"new").is_err());
        assert!(replace_document(folder.path(), "out/b.md", b"old", b"new").is_err());
        assert_eq!(fs::read(elsewhere.path().join("b.md")).unwrap(), b"old");
    }
}
