use std::{collections::HashMap, rc::Rc};

use git2::{ObjectType, Odb, OdbObject};

use super::{ObjectId, RepoError, command_line::CommandLine};

/// Inflated trees kept by one thread, in bytes. Consecutive commits share nearly all of their trees, so a small share suffices.
const TREE_BYTES: usize = 24 << 20;

/// Raw objects of one repository, with the trees that were read last kept: the tree of a commit's parent is the next commit's tree.
///
/// Two generations instead of a strict least-recently-used order: when the young one is full it becomes the old one, and the old one is dropped.
pub(super) struct Objects<'odb> {
    odb: &'odb Store<'odb>,
    young: HashMap<ObjectId, Rc<Object<'odb>>>,
    old: HashMap<ObjectId, Rc<Object<'odb>>>,
    bytes: usize,
}

/// Where objects come from.
pub(super) enum Store<'a> {
    Library(Odb<'a>),
    CommandLine(&'a CommandLine),
}

/// What an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Commit,
    Tree,
    Blob,
    Other,
}

/// One object, as it is stored.
pub(super) enum Object<'odb> {
    /// In the hands of libgit2.
    Library(OdbObject<'odb>),
    /// In our own.
    Read { kind: Kind, data: Vec<u8> },
}

impl Kind {
    /// The word of git.
    const fn name(self) -> &'static str {
        match self {
            Self::Commit => "commit",
            Self::Tree => "tree",
            Self::Blob => "blob",
            Self::Other => "object of another kind",
        }
    }

    pub(super) fn named(name: &str) -> Self {
        [Self::Commit, Self::Tree, Self::Blob].into_iter().find(|kind| kind.name() == name).unwrap_or(Self::Other)
    }
}

impl Object<'_> {
    pub(super) fn data(&self) -> &[u8] {
        match self {
            Self::Library(object) => object.data(),
            Self::Read { data, .. } => data,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.data().len()
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Library(object) => match object.kind() {
                ObjectType::Commit => Kind::Commit,
                ObjectType::Tree => Kind::Tree,
                ObjectType::Blob => Kind::Blob,
                _ => Kind::Other,
            },
            Self::Read { kind, .. } => *kind,
        }
    }
}

impl<'odb> Objects<'odb> {
    pub(super) fn new(odb: &'odb Store<'odb>) -> Self {
        Self { odb, young: HashMap::new(), old: HashMap::new(), bytes: 0 }
    }

    /// The raw bytes of an object of the expected kind.
    pub(super) fn read(&self, id: ObjectId, kind: Kind) -> Result<Object<'odb>, RepoError> {
        let object = match self.odb {
            Store::Library(odb) => Object::Library(odb.read(id.to_git()).map_err(|error| RepoError::of_object(id, &error))?),
            Store::CommandLine(git) => git.object(id)?.ok_or(RepoError::MissingObject { id })?,
        };
        if object.kind() == kind {
            Ok(object)
        } else {
            Err(RepoError::damaged(id, &format!("it is a {}, not a {}", object.kind().name(), kind.name())))
        }
    }

    /// Size of an object without inflating it; `None` when it isn't there (partial clones).
    pub(super) fn size(&self, id: ObjectId) -> Option<usize> {
        match self.odb {
            Store::Library(odb) => odb.read_header(id.to_git()).ok().map(|(size, _)| size),
            Store::CommandLine(git) => git.size(id),
        }
    }

    /// A raw tree.
    pub(super) fn tree(&mut self, id: ObjectId) -> Result<Rc<Object<'odb>>, RepoError> {
        if let Some(tree) = self.young.get(&id) {
            return Ok(Rc::clone(tree));
        }
        let tree = match self.old.remove(&id) {
            Some(tree) => tree,
            None => Rc::new(self.read(id, Kind::Tree)?),
        };
        self.bytes += tree.len();
        if self.bytes > TREE_BYTES {
            self.old = std::mem::take(&mut self.young);
            self.bytes = tree.len();
        }
        self.young.insert(id, Rc::clone(&tree));
        Ok(tree)
    }
}
