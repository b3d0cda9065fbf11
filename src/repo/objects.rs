use std::{collections::HashMap, rc::Rc};

use git2::{ObjectType, Odb, OdbObject};

use super::{ObjectId, RepoError};

/// Inflated trees kept by one thread, in bytes. Consecutive commits share nearly all of their trees, so a small share suffices.
const TREE_BYTES: usize = 24 << 20;

/// Raw objects of one repository, with the trees that were read last kept: the tree of a commit's parent is the next commit's tree.
///
/// Two generations instead of a strict least-recently-used order: when the young one is full it becomes the old one, and the old one is dropped.
pub(super) struct Objects<'odb> {
    odb: &'odb Odb<'odb>,
    young: HashMap<ObjectId, Rc<OdbObject<'odb>>>,
    old: HashMap<ObjectId, Rc<OdbObject<'odb>>>,
    bytes: usize,
}

impl<'odb> Objects<'odb> {
    pub(super) fn new(odb: &'odb Odb<'odb>) -> Self {
        Self { odb, young: HashMap::new(), old: HashMap::new(), bytes: 0 }
    }

    /// The raw bytes of an object of the expected kind.
    pub(super) fn read(&self, id: ObjectId, kind: ObjectType) -> Result<OdbObject<'odb>, RepoError> {
        let object = self.odb.read(id.to_git()).map_err(|error| RepoError::of_object(id, &error))?;
        if object.kind() == kind { Ok(object) } else { Err(RepoError::damaged(id, &format!("it is a {}, not a {kind}", object.kind()))) }
    }

    /// Size of an object without inflating it; `None` when it isn't there (partial clones).
    pub(super) fn size(&self, id: ObjectId) -> Option<usize> {
        self.odb.read_header(id.to_git()).ok().map(|(size, _)| size)
    }

    /// A raw tree.
    pub(super) fn tree(&mut self, id: ObjectId) -> Result<Rc<OdbObject<'odb>>, RepoError> {
        if let Some(tree) = self.young.get(&id) {
            return Ok(Rc::clone(tree));
        }
        let tree = match self.old.remove(&id) {
            Some(tree) => tree,
            None => Rc::new(self.read(id, ObjectType::Tree)?),
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
