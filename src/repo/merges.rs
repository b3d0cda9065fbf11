use git2::{MergeFileInput, merge_file};

use super::{
    RepoError,
    backend::Git,
    blobs::tree_of,
    graph::Graph,
    lineage::Touch,
    objects::{Kind, Objects},
    tree,
};

/// Whether a merge made of a text what git makes of it by itself, so that who merged wrote nothing.
///
/// In doubt they did: where the two lines have several merge bases, where one of them moved or lacks the text, and where more than two lines meet.
pub(super) fn is_clean(repository: &Git, graph: &Graph, touch: &Touch) -> Result<bool, RepoError> {
    let node = graph.nodes.get(touch.commit);
    let (Some([ours, theirs]), Some(merged), None) = (node.map(|node| &*node.parents), touch.blob, &touch.renamed_from) else { return Ok(false) };
    let (Some(ours), Some(theirs)) = (graph.nodes.get(*ours), graph.nodes.get(*theirs)) else { return Ok(false) };
    let [base] = *repository.merge_bases(ours.id, theirs.id)? else { return Ok(false) };
    let odb = repository.odb()?;
    let mut objects = Objects::new(&odb);
    let base = tree_of(&objects, base)?;
    let mut texts = Vec::with_capacity(3);
    for tree in [base, ours.tree, theirs.tree] {
        let Some(blob) = tree::find(&mut objects, tree, &touch.path)? else { return Ok(false) };
        texts.push(objects.read(blob, Kind::Blob)?);
    }
    let inputs: Vec<MergeFileInput<'_>> = texts
        .iter()
        .map(|text| {
            let mut input = MergeFileInput::new();
            input.content(text.data());
            input
        })
        .collect();
    let [base, ours, theirs] = &*inputs else { return Ok(false) };
    let result = merge_file(base, ours, theirs, None)?;
    Ok(result.is_automergeable() && result.content() == objects.read(merged, Kind::Blob)?.data())
}
