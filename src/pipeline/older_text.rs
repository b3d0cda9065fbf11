use std::hash::{BuildHasher, BuildHasherDefault};

use rustc_hash::{FxHashSet, FxHasher};

use crate::{
    output::Passage,
    repo::{Blobs, ObjectId},
    review::Reviewed,
    source::decode,
};

/// A piece of an earlier text.
pub(super) struct OlderPassage {
    pub(super) passage: Passage,
    /// How many of its lines lie in the front matter.
    pub(super) front_matter: usize,
}

/// What only earlier texts of a document say, newest first: lines that no later text has, each with the line before and behind it. Texts of one
/// document are much alike, and what stands in several of them is looked for once.
pub(super) fn older_passages(reviewed: &Reviewed, blobs: &Blobs, is_privileged: bool) -> Vec<OlderPassage> {
    let parsed = reviewed.parsed();
    let mut seen: FxHashSet<u64> = parsed.source().text().lines().map(hash).collect();
    let mut read: Vec<ObjectId> = Vec::new();
    let mut passages = Vec::new();
    let approved = reviewed.approved().iter().chain(reviewed.committed()).map(|text| (&*text.path, text.blob, text.commit.id));
    let revisions = reviewed.revisions().iter().rev().map(|reviewed| &reviewed.revision);
    for (path, blob, commit) in approved.chain(revisions.map(|revision| (&*revision.path, revision.blob, revision.commit.id))) {
        if read.contains(&blob) {
            continue;
        }
        read.push(blob);
        let kept = reviewed.kept(blob).cloned();
        let Some(source) = kept.or_else(|| Some(decode(path, &blobs.blob(blob).ok()?).0)) else { continue };
        let from = format!("{path} at {}", commit.short());
        let mut lines = source.text().lines();
        let begins = lines.next().is_some_and(|line| line.trim_end() == "---");
        let ends = if begins { lines.position(|line| line.trim_end() == "---").map_or(0, |at| at + 2) } else { 0 };
        for (line, text) in new_lines(source.text(), &mut seen) {
            let front_matter = ends.saturating_sub(line);
            passages.push(OlderPassage { passage: Passage { from: from.clone(), line: Some(line), text, is_privileged }, front_matter });
        }
    }
    passages
}

/// Runs of lines that were not seen yet, each with its first line's number.
fn new_lines(text: &str, seen: &mut FxHashSet<u64>) -> Vec<(usize, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let is_new: Vec<bool> = lines.iter().map(|line| seen.insert(hash(line))).collect();
    let is_near = |at: usize| is_new.iter().skip(at.saturating_sub(1)).take(if at == 0 { 2 } else { 3 }).any(|is_new| *is_new);
    let mut hunks: Vec<(usize, String)> = Vec::new();
    let mut was_near = false;
    for (at, line) in lines.iter().enumerate() {
        let is_near = is_near(at);
        match hunks.last_mut() {
            Some((_, hunk)) if is_near && was_near => {
                hunk.push('\n');
                hunk.push_str(line);
            }
            _ if is_near => hunks.push((at + 1, (*line).to_owned())),
            _ => {}
        }
        was_near = is_near;
    }
    hunks
}

fn hash(line: &str) -> u64 {
    BuildHasherDefault::<FxHasher>::default().hash_one(line.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_new_is_kept_with_its_neighbours() {
        let mut seen: FxHashSet<u64> = "a\nb\nc\nd\ne\nf".lines().map(hash).collect();
        assert_eq!(new_lines("a\nb\nX\nd\ne\n f\n", &mut seen), [(2, "b\nX\nd".to_owned())]);
        assert_eq!(new_lines("X\nY\na\nb\nZ", &mut seen), [(1, "X\nY\na\nb\nZ".to_owned())]);
        assert_eq!(new_lines("a\nX", &mut seen), []);
    }
}
