//! Trees read from their raw bytes: `MODE SP NAME NUL ID`, sorted by name, where a folder's name counts as if it ended in `/`.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::{
    ObjectId, RepoError,
    objects::{Object, Objects},
    scope::Scope,
};

/// What an entry of a tree is. Links and submodules are not content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Folder,
    File,
    Other,
}

/// One entry of a raw tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry<'a> {
    pub(super) kind: Kind,
    pub(super) name: &'a [u8],
    pub(super) id: ObjectId,
}

/// One file that differs between two trees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Change {
    pub(super) path: Vec<u8>,
    pub(super) old: Option<ObjectId>,
    pub(super) new: Option<ObjectId>,
}

/// Reads the first entry; `None` where the bytes are no tree. The second value is what follows it.
///
/// `width` is that of its ids, in bytes.
fn first_entry(bytes: &[u8], width: usize) -> Option<(Entry<'_>, &[u8])> {
    let space = bytes.iter().take(8).position(|byte| *byte == b' ')?;
    let (mode, rest) = bytes.split_at(space);
    let rest = rest.get(1..)?;
    let end = rest.iter().position(|byte| *byte == 0)?;
    let (name, rest) = rest.split_at(end);
    let (id, rest) = rest.get(1..)?.split_at_checked(width)?;
    let kind = match mode {
        b"40000" | b"040000" => Kind::Folder,
        mode if mode.starts_with(b"100") => Kind::File,
        _ => Kind::Other,
    };
    Some((Entry { kind, name, id: ObjectId::from_bytes(id)? }, rest))
}

/// The order of git: a folder sorts as if its name ended in `/`.
fn order(one: &Entry<'_>, other: &Entry<'_>) -> Ordering {
    let common = one.name.len().min(other.name.len());
    let next = |entry: &Entry<'_>| entry.name.get(common).copied().unwrap_or(if entry.kind == Kind::Folder { b'/' } else { 0 });
    one.name.get(..common).cmp(&other.name.get(..common)).then_with(|| next(one).cmp(&next(other)))
}

/// Bytes that are compared at once.
const BLOCK: usize = 256;

/// Length of the common start of two slices.
fn common_prefix(one: &[u8], other: &[u8]) -> usize {
    let blocks = one.chunks_exact(BLOCK).zip(other.chunks_exact(BLOCK)).take_while(|(one, other)| one == other).count() * BLOCK;
    let (one, other) = (one.get(blocks..).unwrap_or_default(), other.get(blocks..).unwrap_or_default());
    blocks + one.iter().zip(other).take_while(|(one, other)| one == other).count()
}

/// Length of the common end of two slices.
fn common_suffix(one: &[u8], other: &[u8]) -> usize {
    let blocks = one.rchunks_exact(BLOCK).zip(other.rchunks_exact(BLOCK)).take_while(|(one, other)| one == other).count() * BLOCK;
    let rest = |bytes: &[u8]| bytes.len() - blocks;
    let (one, other) = (one.get(..rest(one)).unwrap_or_default(), other.get(..rest(other)).unwrap_or_default());
    blocks + one.iter().rev().zip(other.iter().rev()).take_while(|(one, other)| one == other).count()
}

/// The end of an entry that lies at or shortly before `limit`.
///
/// Nothing marks where an entry begins, and reading all of them from the start takes longer than inflating the tree. So this looks backwards for a mode.
/// It may be a part of a name, but the entry that is read from there ends where the real one ends; in an id seven such bytes don't occur by chance.
fn last_boundary(tree: &[u8], limit: usize, width: usize) -> usize {
    const MODES: [&[u8]; 6] = [b"100644", b"40000", b"100755", b"120000", b"160000", b"100664"];
    const FAR: usize = 4096;
    let ends = |start: usize| Some(tree.len() - first_entry(tree.get(start..)?, width)?.1.len());
    let near = (limit.saturating_sub(FAR)..limit).rev().filter(|place| tree.get(*place) == Some(&b' '));
    let starts = near.filter_map(|space| {
        let before = tree.get(..space)?;
        Some(space - MODES.iter().find(|mode| before.ends_with(mode))?.len())
    });
    let mut boundary = starts.filter_map(ends).find(|end| *end <= limit).unwrap_or_default();
    while let Some(end) = ends(boundary).filter(|end| *end <= limit && boundary < tree.len()) {
        boundary = end;
    }
    boundary
}

/// Calls `pair` for every entry that differs between two raw trees; an entry that only one has is passed with `None` for the other.
///
/// Trees of thousands of entries differ in one or two of them, so the bytes that both begin and end with are skipped without being read as entries.
fn differing<'a>(old: &'a [u8], new: &'a [u8], width: usize, mut pair: impl FnMut(Option<Entry<'a>>, Option<Entry<'a>>)) -> Option<()> {
    let skipped = last_boundary(old, common_prefix(old, new), width);
    let (mut old, mut new) = (old.get(skipped..)?, new.get(skipped..)?);
    let suffix = common_suffix(old, new);
    loop {
        if old.len() == new.len() && old.len() <= suffix {
            return Some(());
        }
        match (old.is_empty(), new.is_empty()) {
            (true, true) => return Some(()),
            (true, false) => {
                let (entry, rest) = first_entry(new, width)?;
                new = rest;
                pair(None, Some(entry));
            }
            (false, true) => {
                let (entry, rest) = first_entry(old, width)?;
                old = rest;
                pair(Some(entry), None);
            }
            (false, false) => {
                let (one, old_rest) = first_entry(old, width)?;
                let (other, new_rest) = first_entry(new, width)?;
                match order(&one, &other) {
                    Ordering::Less => {
                        old = old_rest;
                        pair(Some(one), None);
                    }
                    Ordering::Greater => {
                        new = new_rest;
                        pair(None, Some(other));
                    }
                    Ordering::Equal => {
                        (old, new) = (old_rest, new_rest);
                        if one != other {
                            pair(Some(one), Some(other));
                        }
                    }
                }
            }
        }
    }
}

/// Which side of a scope a comparison reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Inside,
    Outside,
}

/// Appends the files that differ between two trees, inside or outside of a scope; `None` stands for the empty tree.
pub(super) fn compare(
    objects: &mut Objects<'_>,
    old: Option<ObjectId>,
    new: Option<ObjectId>,
    scope: &Scope,
    side: Side,
    changes: &mut Vec<Change>,
) -> Result<(), RepoError> {
    descend(objects, old, new, Some(scope), side, &mut Vec::new(), changes)
}

fn descend(
    objects: &mut Objects<'_>,
    old: Option<ObjectId>,
    new: Option<ObjectId>,
    scope: Option<&Scope>,
    side: Side,
    path: &mut Vec<u8>,
    changes: &mut Vec<Change>,
) -> Result<(), RepoError> {
    if old == new || (scope == Some(&Scope::All) && side == Side::Outside) {
        return Ok(());
    }
    let old_tree = old.map(|id| objects.tree(id)).transpose()?;
    let new_tree = new.map(|id| objects.tree(id)).transpose()?;
    let mut pairs = Vec::new();
    let bytes = |tree| -> &[u8] { Option::map_or(tree, &[], Object::data) };
    let id = new.or(old).unwrap_or(ObjectId::NONE);
    differing(bytes(old_tree.as_deref()), bytes(new_tree.as_deref()), id.width(), |old, new| pairs.push((old, new)))
        .ok_or_else(|| RepoError::damaged(id, "it is no tree"))?;
    for (old, new) in pairs {
        let Some(name) = old.or(new).map(|entry| entry.name) else { continue };
        // `None` below: nothing of the scope lies further down.
        let below = match scope {
            Some(Scope::Below(names)) => names.get(name),
            all_or_none => all_or_none,
        };
        if side == Side::Inside && below.is_none() {
            continue;
        }
        let length = path.len();
        if !path.is_empty() {
            path.push(b'/');
        }
        path.extend_from_slice(name);
        let of = |entry: Option<Entry<'_>>, kind| entry.filter(|entry| entry.kind == kind).map(|entry| entry.id);
        let is_wanted = below == Some(&Scope::All) || side == Side::Outside && below != Some(&Scope::All);
        let (old_file, new_file) = (of(old, Kind::File), of(new, Kind::File));
        if old_file != new_file && is_wanted {
            changes.push(Change { path: path.clone(), old: old_file, new: new_file });
        }
        let (old_folder, new_folder) = (of(old, Kind::Folder), of(new, Kind::Folder));
        descend(objects, old_folder, new_folder, below, side, path, changes)?;
        path.truncate(length);
    }
    Ok(())
}

/// Finds the file at `path` in a tree.
pub(super) fn find(objects: &mut Objects<'_>, tree: ObjectId, path: &[u8]) -> Result<Option<ObjectId>, RepoError> {
    Ok(find_entry(objects, tree, path)?.filter(|(kind, _)| *kind == Kind::File).map(|(_, id)| id))
}

/// Finds the file or folder at `path` in a tree.
pub(super) fn find_entry(objects: &mut Objects<'_>, tree: ObjectId, path: &[u8]) -> Result<Option<(Kind, ObjectId)>, RepoError> {
    let mut found = (Kind::Folder, tree);
    for part in path.split(|byte| *byte == b'/').filter(|part| !part.is_empty()) {
        if found.0 != Kind::Folder {
            return Ok(None);
        }
        let raw = objects.tree(found.1)?;
        let mut bytes = raw.data();
        let mut next = None;
        while !bytes.is_empty() {
            let (entry, rest) = first_entry(bytes, found.1.width()).ok_or_else(|| RepoError::damaged(found.1, "it is no tree"))?;
            bytes = rest;
            if entry.name == part {
                next = Some((entry.kind, entry.id));
                break;
            }
        }
        match next {
            Some(entry) => found = entry,
            None => return Ok(None),
        }
    }
    Ok(Some(found))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(entries: &[(&str, &str, u8)]) -> Vec<u8> {
        entries.iter().flat_map(|(mode, name, id)| [format!("{mode} {name}\0").as_bytes(), &[*id; 20]].concat()).collect()
    }

    fn names(old: &[u8], new: &[u8]) -> Vec<(String, String)> {
        let name = |entry: Option<Entry<'_>>| entry.map_or(String::new(), |entry| String::from_utf8_lossy(entry.name).into_owned());
        let mut found = Vec::new();
        differing(old, new, 20, |old, new| found.push((name(old), name(new)))).expect("two trees");
        found
    }

    #[test]
    fn only_the_entries_that_differ_are_told() {
        let many: Vec<(String, u8)> = (0..200).map(|number| (format!("report-{number:03} 100644 x.md"), 32)).collect();
        let entries: Vec<(&str, &str, u8)> = many.iter().map(|(name, id)| ("100644", name.as_str(), *id)).collect();
        for place in 0..entries.len() {
            let mut changed = entries.clone();
            changed[place].2 = 49;
            let name = entries[place].1.to_owned();
            assert_eq!(names(&tree(&entries), &tree(&changed)), [(name.clone(), name.clone())]);
            changed.remove(place);
            assert_eq!(names(&tree(&entries), &tree(&changed)), [(name.clone(), String::new())]);
            assert_eq!(names(&tree(&changed), &tree(&entries)), [(String::new(), name)]);
        }
        assert!(names(&tree(&entries), &tree(&entries)).is_empty());
        assert_eq!(names(&[], &tree(&entries)).len(), 200);
    }

    #[test]
    fn a_folder_sorts_as_if_its_name_ended_in_a_slash() {
        let (old, new) = (tree(&[("100644", "a.md", 1), ("40000", "a", 2)]), tree(&[("100644", "a", 3), ("100644", "a.md", 1), ("100644", "a0", 4)]));
        let changed = [("", "a"), ("a", ""), ("", "a0")].map(|(old, new)| (old.to_owned(), new.to_owned()));
        assert_eq!(names(&old, &new), changed);
    }

    #[test]
    fn bytes_that_are_no_tree_are_refused() {
        assert_eq!(differing(b"100644 a\0short", b"", 20, |_, _| {}), None);
        assert_eq!(differing(b"", b"nonsense", 20, |_, _| {}), None);
    }
}
