use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use super::{Audited, LeakReport, Tree};
use crate::view::Internal;

/// Where sites are written. One folder per audience, each swapped in whole.
#[derive(Debug)]
pub struct OutputFolder {
    root: PathBuf,
}

/// A folder or file that can't be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The output path can't be used.
    #[error("{path}: {reason}")]
    Refused {
        /// The path.
        path: PathBuf,
        /// Why.
        reason: String,
        /// What to do.
        hint: String,
    },
    /// The operating system says no.
    #[error("{path}: {source}")]
    Io {
        /// The path.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl WriteError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::Refused { hint, .. } => hint.clone(),
            Self::Io { source, .. } if source.kind() == io::ErrorKind::StorageFull => {
                "free some space; the sites that stood there are untouched".to_owned()
            }
            Self::Io { .. } => "the sites that stood there are untouched".to_owned(),
        }
    }

    /// The same, where documents were to be written and no sites.
    #[must_use]
    pub fn document_hint(&self) -> String {
        match self {
            Self::Refused { hint, .. } => hint.clone(),
            Self::Io { .. } => "is it writable, and the disk not full? The file is as it was".to_owned(),
        }
    }
}

/// Marks a folder as one that lookback wrote and may replace. Beside the sites, never in them.
const MARKER: &str = ".lookback";

impl OutputFolder {
    /// Takes a folder for output, made when something is written.
    ///
    /// # Errors
    /// When it is a file, is or contains the content, holds tracked files, or holds an audience's folder that lookback did not write.
    pub fn new(root: &Path, content: Option<&Path>, audiences: &[&str], holds_tracked: impl FnOnce(&Path) -> bool) -> Result<Self, WriteError> {
        let refuse = |path: &Path, reason: &str, hint: &str| {
            Err(WriteError::Refused { path: path.to_owned(), reason: reason.to_owned(), hint: hint.to_owned() })
        };
        if root.exists() && !root.is_dir() {
            return refuse(root, "the output path is a file", "choose another folder with --out");
        }
        let absolute = absolute(root);
        if let Some(content) = content.map(self::absolute) {
            if content.starts_with(&absolute) {
                return refuse(root, "the output folder is or contains the content folder", "choose a folder beside it with --out");
            }
            if absolute.starts_with(&content) {
                return refuse(root, "the output folder lies inside the content folder", "choose a folder beside it with --out");
            }
        }
        if absolute.components().any(|part| part.as_os_str() == ".git") {
            return refuse(root, "the output folder lies in git's own folder", "choose another folder with --out");
        }
        if holds_tracked(&absolute) {
            return refuse(
                root,
                "the output folder holds files that git tracks",
                "add it to .gitignore and run `git rm -r --cached` on it, or choose another folder with --out",
            );
        }
        for audience in audiences {
            let folder = root.join(audience);
            if folder.exists() && !root.join(MARKER).join(audience).exists() {
                return refuse(&folder, "this folder was not written by lookback", "move it away, or choose another folder with --out");
            }
        }
        Ok(Self { root: root.to_owned() })
    }

    /// Path of the output.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.root
    }

    /// Writes the internal site.
    ///
    /// # Errors
    /// When the operating system says no; the site that stood there is untouched then.
    pub fn write_internal(&self, tree: &Tree<Internal>) -> Result<(), WriteError> {
        self.swap(tree.audience(), tree.files())
    }

    /// Writes an external site and the report of its audit beside it.
    ///
    /// # Errors
    /// When the operating system says no; the site that stood there is untouched then.
    pub fn write_external(&self, audited: &Audited) -> Result<(), WriteError> {
        self.swap(audited.tree().audience(), audited.tree().files())?;
        self.write_report(audited.report())
    }

    /// Writes the report of an audit, of a site that was refused too.
    ///
    /// # Errors
    /// When the operating system says no.
    pub fn write_report(&self, report: &LeakReport) -> Result<(), WriteError> {
        let path = self.root.join(format!("audit-{}.json", report.audience));
        let text = serde_json::to_string_pretty(report).unwrap_or_default() + "\n";
        fs::create_dir_all(&self.root).and_then(|()| fs::write(&path, text)).map_err(|source| WriteError::Io { path, source })
    }

    /// Writes all files to a folder beside the site, then exchanges the two.
    fn swap(&self, audience: &str, files: &BTreeMap<String, Vec<u8>>) -> Result<(), WriteError> {
        let at = |path: &Path| {
            let path = path.to_owned();
            move |source| WriteError::Io { path, source }
        };
        fs::create_dir_all(self.root.join(MARKER)).map_err(at(&self.root))?;
        let fresh = tempfile::Builder::new().prefix(&format!(".{audience}-")).tempdir_in(&self.root).map_err(at(&self.root))?;
        let mut folder = PathBuf::new();
        for (path, bytes) in files {
            let target = fresh.path().join(path);
            // Paths come sorted, so a folder is made once.
            if let Some(parent) = target.parent().filter(|parent| **parent != folder) {
                fs::create_dir_all(parent).map_err(at(parent))?;
                parent.clone_into(&mut folder);
            }
            fs::write(&target, bytes).map_err(at(&target))?;
        }
        open_to_readers(fresh.path());
        let site = self.root.join(audience);
        let marker = self.root.join(MARKER).join(audience);
        fs::write(&marker, concat!("written by lookback ", env!("CARGO_PKG_VERSION"), "\n")).map_err(at(&marker))?;
        if site.exists() {
            // One step for whoever reads it; the old site is in the temporary folder then, and goes with it.
            exchange(fresh.path(), &site).map_err(at(&site))
        } else {
            fs::rename(fresh.keep(), &site).map_err(at(&site))
        }
    }
}

/// Exchanges two folders in one step where the file system can, else in two.
fn exchange(fresh: &Path, site: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, fresh, CWD, site, RenameFlags::EXCHANGE).is_ok() {
            return Ok(());
        }
    }
    let aside = fresh.with_extension("old");
    fs::rename(site, &aside)?;
    if let Err(error) = fs::rename(fresh, site) {
        fs::rename(&aside, site)?;
        return Err(error);
    }
    fs::rename(&aside, fresh)
}

/// A temporary folder is made for its owner only; a site is for the web server too.
fn open_to_readers(folder: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // A site that only its owner can read is still a site: nothing is lost where this is not possible.
        let _ = fs::set_permissions(folder, fs::Permissions::from_mode(0o755));
    }
    #[cfg(not(unix))]
    let _ = folder;
}

/// The path without `.` and `..`, so that two can be compared; symbolic links are followed as far as the path exists.
fn absolute(path: &Path) -> PathBuf {
    let mut existing = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut missing = Vec::new();
    loop {
        if let Ok(found) = existing.canonicalize() {
            return missing.into_iter().rev().fold(found, |path: PathBuf, part| path.join(part));
        }
        match (existing.file_name().map(std::ffi::OsStr::to_owned), existing.parent().map(Path::to_owned)) {
            (Some(name), Some(parent)) => {
                missing.push(name);
                existing = parent;
            }
            _ => return path.to_owned(),
        }
    }
}
