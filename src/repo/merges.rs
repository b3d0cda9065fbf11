use std::collections::BTreeSet;

use git2::{MergeFileInput, merge_file};

use super::{
    ObjectId, RepoError,
    backend::Git,
    blobs::tree_of,
    graph::Graph,
    lineage::Touch,
    objects::{Kind, Objects},
    tree,
};

/// Whether a merge made of a text what git makes of it by itself, so that who merged wrote nothing.
///
/// `paths` are all that the document ever had: one line may have moved it, and the others not. In doubt they wrote: where a line or a common ancestor
/// lacks the text, and where common ancestors can't be merged without a conflict themselves.
pub(super) fn is_clean(repository: &Git, graph: &Graph, touch: &Touch, paths: &BTreeSet<Vec<u8>>) -> Result<bool, RepoError> {
    let (Some(node), Some(merged)) = (graph.nodes.get(touch.commit), touch.blob) else { return Ok(false) };
    let lines: Option<Vec<ObjectId>> = node.parents.iter().map(|parent| Some(graph.nodes.get(*parent)?.id)).collect();
    let Some((first, others)) = lines.as_ref().and_then(|lines| lines.split_first()) else { return Ok(false) };
    let odb = repository.odb()?;
    let mut texts = Texts { repository, objects: Objects::new(&odb), touch, paths };
    let Some(mut text) = texts.at(*first)? else { return Ok(false) };
    let mut joined = vec![*first];
    for line in others {
        let mut bases = BTreeSet::new();
        for earlier in &joined {
            bases.extend(repository.merge_bases(*earlier, *line)?);
        }
        // Of more than two lines git takes one ancestor that all of them have.
        if bases.is_empty() || joined.len() > 1 && bases.len() > 1 {
            return Ok(false);
        }
        let (Some(base), Some(theirs)) = (texts.base(&bases)?, texts.at(*line)?) else { return Ok(false) };
        let Some(both) = merge(&base, &text, &theirs)? else { return Ok(false) };
        text = both;
        joined.push(*line);
    }
    Ok(text == texts.objects.read(merged, Kind::Blob)?.data())
}

/// The texts of one document in the commits that a merge joins.
struct Texts<'a> {
    repository: &'a Git,
    objects: Objects<'a>,
    touch: &'a Touch,
    paths: &'a BTreeSet<Vec<u8>>,
}

impl Texts<'_> {
    /// The text in a commit: at the path that the merge gave it, or at the only other one that it had there.
    fn at(&mut self, commit: ObjectId) -> Result<Option<Vec<u8>>, RepoError> {
        let root = tree_of(&self.objects, commit)?;
        let mut found = tree::find(&mut self.objects, root, &self.touch.path)?;
        if found.is_none() {
            let mut elsewhere = Vec::new();
            for path in self.paths {
                elsewhere.extend(tree::find(&mut self.objects, root, path)?);
            }
            found = elsewhere.first().copied().filter(|_| elsewhere.len() == 1);
        }
        found.map(|blob| Ok(self.objects.read(blob, Kind::Blob)?.data().to_vec())).transpose()
    }

    /// The text that both lines began with. Several common ancestors are merged first, as git does.
    fn base(&mut self, ancestors: &BTreeSet<ObjectId>) -> Result<Option<Vec<u8>>, RepoError> {
        let mut ancestors = ancestors.iter();
        let Some(first) = ancestors.next() else { return Ok(None) };
        let Some(mut text) = self.at(*first)? else { return Ok(None) };
        for other in ancestors {
            let [below] = *self.repository.merge_bases(*first, *other)? else { return Ok(None) };
            let (Some(below), Some(theirs)) = (self.at(below)?, self.at(*other)?) else { return Ok(None) };
            let Some(both) = merge(&below, &text, &theirs)? else { return Ok(None) };
            text = both;
        }
        Ok(Some(text))
    }
}

/// Two texts joined line by line; `None` for a conflict.
fn merge(base: &[u8], ours: &[u8], theirs: &[u8]) -> Result<Option<Vec<u8>>, RepoError> {
    let input = |text| {
        let mut input = MergeFileInput::new();
        input.content(text);
        input
    };
    let result = merge_file(&input(base), &input(ours), &input(theirs), None)?;
    Ok(result.is_automergeable().then(|| result.content().to_vec()))
}
