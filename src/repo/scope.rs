use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Which part of a tree is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Scope {
    /// All of it.
    All,
    /// Only these names, and of them only so much.
    Below(BTreeMap<Vec<u8>, Scope>),
}

impl Scope {
    /// The folder (or file) `path`; all of the tree when it is empty.
    pub(super) fn of(path: &[u8]) -> Self {
        let mut scope = Self::Below(BTreeMap::new());
        scope.add(path);
        scope
    }

    /// Adds a folder or file.
    pub(super) fn add(&mut self, path: &[u8]) {
        let Self::Below(names) = self else { return };
        if path.is_empty() {
            *self = Self::All;
            return;
        }
        let (first, rest) = split_first(path);
        names.entry(first.to_vec()).or_insert_with(|| Self::Below(BTreeMap::new())).add(rest);
    }

    /// Whether `path` lies in it.
    pub(super) fn contains(&self, path: &[u8]) -> bool {
        match self {
            Self::All => true,
            Self::Below(_) if path.is_empty() => false,
            Self::Below(names) => {
                let (first, rest) = split_first(path);
                names.get(first).is_some_and(|scope| scope.contains(rest))
            }
        }
    }
}

fn split_first(path: &[u8]) -> (&[u8], &[u8]) {
    let mut parts = path.splitn(2, |byte| *byte == b'/');
    (parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
}
