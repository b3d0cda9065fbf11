use git2::{MergeFileInput, ObjectType, merge_file};

use super::{ObjectId, RepoError, graph::Graph, lineage::Touch, objects::Objects, tree};

/// Whether a merge made of a text what git makes of it by itself, so that who merged wrote nothing.
///
/// In doubt they did: where the two lines have several merge bases, where one of them moved or lacks the text, and where more than two lines meet.
pub(super) fn is_clean(repository: &git2::Repository, graph: &Graph, touch: &Touch) -> Result<bool, RepoError> {
    let node = graph.nodes.get(touch.commit);
    let (Some([ours, theirs]), Some(merged), None) = (node.map(|node| &*node.parents), touch.blob, &touch.renamed_from) else { return Ok(false) };
    let (Some(ours), Some(theirs)) = (graph.nodes.get(*ours), graph.nodes.get(*theirs)) else { return Ok(false) };
    let Ok(bases) = repository.merge_bases(ours.id.to_git(), theirs.id.to_git()) else { return Ok(false) };
    let [base] = &*bases else { return Ok(false) };
    let base = ObjectId::of_git(repository.find_commit(*base)?.tree_id());
    let odb = repository.odb()?;
    let mut objects = Objects::new(&odb);
    let mut texts = Vec::with_capacity(3);
    for tree in [base, ours.tree, theirs.tree] {
        let Some(blob) = tree::find(&mut objects, tree, &touch.path)? else { return Ok(false) };
        texts.push(objects.read(blob, ObjectType::Blob)?);
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
    Ok(result.is_automergeable() && result.content() == objects.read(merged, ObjectType::Blob)?.data())
}
