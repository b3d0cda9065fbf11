use std::{
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, channel},
    time::Duration,
};

use notify_debouncer_full::{
    DebounceEventResult, Debouncer, RecommendedCache, new_debouncer,
    notify::{RecommendedWatcher, RecursiveMode},
};

use crate::{repo::Watched, run::Failure};

/// Changes that follow each other this fast are one: editors write a file in several steps, and git writes many.
const PAUSE: Duration = Duration::from_millis(120);

/// Waits for changes of what sites are made from.
pub(crate) struct Watcher {
    changes: Receiver<DebounceEventResult>,
    watched: Watched,
    output: PathBuf,
    _debouncer: Debouncer<RecommendedWatcher, RecommendedCache>,
}

impl Watcher {
    /// `output` is a folder whose changes mean nothing.
    ///
    /// # Errors
    /// When the operating system watches nothing more.
    pub(crate) fn new(watched: Watched, output: PathBuf) -> Result<Self, Failure> {
        let failure = |error: &dyn std::fmt::Display| Failure::new(format!("changes can't be watched: {error}"), "`lookback build` works without");
        let (sender, changes) = channel();
        let mut debouncer = new_debouncer(PAUSE, None, sender).map_err(|error| failure(&error))?;
        for (paths, mode) in [(&watched.folders, RecursiveMode::Recursive), (&watched.alone, RecursiveMode::NonRecursive)] {
            for path in paths.iter().filter(|path| path.exists()) {
                debouncer.watch(path, mode).map_err(|error| failure(&error))?;
            }
        }
        Ok(Self { changes, watched, output, _debouncer: debouncer })
    }

    /// Returns when something changed.
    ///
    /// # Errors
    /// When nothing is watched any more.
    pub(crate) fn wait(&self) -> Result<(), Failure> {
        loop {
            let change = self.changes.recv().map_err(|_| Failure::new("changes are watched no more", "run it again"))?;
            // Reading is an event as well, and a build reads everything.
            let is_telling =
                change.is_ok_and(|events| events.iter().any(|event| !event.kind.is_access() && event.paths.iter().any(|path| self.is_telling(path))));
            if is_telling {
                // What came meanwhile is part of the same.
                while self.changes.try_recv().is_ok() {}
                return Ok(());
            }
        }
    }

    fn is_telling(&self, path: &Path) -> bool {
        !path.starts_with(&self.output) && self.watched.concerns(path)
    }
}
