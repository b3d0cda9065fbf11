use super::*;

#[test]
fn a_pure_rename_is_one_revision() {
    let mut repository = TestRepository::new();
    let first = repository.write(A, "short\n").commit("Add a");
    let moved = repository.rename(A, B).commit("Rename a");
    let trail = trail(&mut repository, B);
    assert_eq!(commits(&trail), [first, moved]);
    assert_eq!(paths(&trail), [A, B]);
    assert_eq!(trail.revisions[1].renamed_from.as_deref(), Some(A));
    assert_eq!(trail.revisions[0].blob, trail.revisions[1].blob);
}

#[test]
fn a_rename_with_an_edit_is_recognised_by_its_text() {
    let mut repository = TestRepository::new();
    let first = repository.write(A, text("one")).commit("Add a");
    let moved = repository.rename(A, B).write(B, text("two")).commit("Rename and edit a");
    let edited = repository.write(B, text("three")).commit("Edit b");
    assert_eq!(commits(&trail(&mut repository, B)), [first, moved, edited]);
}

#[test]
fn a_new_text_in_place_of_an_old_one_is_another_document() {
    let mut repository = TestRepository::new();
    repository.write(A, text("one")).commit("Add a");
    let new = repository.remove(A).write(B, "nothing\nof\nthat\n").commit("Replace a by b");
    assert_eq!(commits(&trail(&mut repository, B)), [new]);
}

#[test]
fn a_copy_is_a_new_document() {
    let mut repository = TestRepository::new();
    let first = repository.write(A, text("one")).commit("Add a");
    let copied = repository.write(B, text("one")).commit("Start b from a");
    assert_eq!(commits(&trail(&mut repository, A)), [first]);
    assert_eq!(commits(&trail(&mut repository, B)), [copied]);
}

#[test]
fn a_folder_that_moves_takes_the_history_of_all_along() {
    let mut repository = TestRepository::new();
    let same = "equal reports\n";
    repository.write("postmortems/old/a.md", same).write("postmortems/old/b.md", same).commit("Two reports of the same text");
    repository.write("postmortems/old/a.md", text("a")).write("postmortems/old/c.md", same).commit("Edit one");
    repository.rename("postmortems/old/", "postmortems/2026/01/").commit("Move all");
    assert_eq!(paths(&trail(&mut repository, "postmortems/2026/01/a.md")).len(), 3);
    assert_eq!(paths(&trail(&mut repository, "postmortems/2026/01/b.md")), ["postmortems/old/b.md", "postmortems/2026/01/b.md"]);
    assert_eq!(paths(&trail(&mut repository, "postmortems/2026/01/c.md")), ["postmortems/old/c.md", "postmortems/2026/01/c.md"]);
}

#[test]
fn a_chain_of_renames_is_followed_to_its_beginning() {
    let mut repository = TestRepository::new();
    repository.write(A, text("one")).commit("Add");
    for (number, (from, to)) in [(A, B), (B, "postmortems/c.md"), ("postmortems/c.md", "postmortems/d.md")].into_iter().enumerate() {
        repository.rename(from, to).commit("Move");
        repository.write(to, text(&number.to_string())).commit("Edit");
    }
    repository.write(A, "a new report under the old name\n").commit("Use the name again");
    assert_eq!(trail(&mut repository, "postmortems/d.md").revisions.len(), 7);
    assert_eq!(trail(&mut repository, A).revisions.len(), 1, "a name that was given away has no past");
}

#[test]
fn a_file_that_becomes_a_bundle_stays_the_same_document() {
    let mut repository = TestRepository::new();
    let first = repository.write(A, text("one")).commit("Add a");
    let bundled = repository.rename(A, "postmortems/a/index.md").write("postmortems/a/graph.png", "graph").commit("Add a graph");
    let trail = trail(&mut repository, "postmortems/a/index.md");
    assert_eq!(commits(&trail), [first, bundled]);
    assert_eq!(trail.revisions[1].assets, ["postmortems/a/graph.png"]);
}

#[test]
fn a_bundle_that_moves_does_not_change_its_images() {
    let mut repository = TestRepository::new();
    repository.write("postmortems/a/index.md", text("one")).write("postmortems/a/graph.png", "graph").commit("Add a");
    repository.rename("postmortems/a/", "postmortems/2026/a/").commit("Move a");
    let trail = trail(&mut repository, "postmortems/2026/a/index.md");
    assert_eq!(trail.revisions.len(), 2);
    assert!(trail.revisions[1].assets.is_empty());
}

#[test]
fn a_rename_on_a_branch_connects_through_the_merge() {
    let mut repository = TestRepository::new();
    let first = repository.write(A, text("one")).commit("Add a");
    let moved = repository.branch("topic").rename(A, B).commit("Rename a");
    let edited = repository.write(B, text("two")).commit("Edit b");
    repository.switch("main").write("postmortems/c.md", "c\n").commit("Add c");
    let merge = repository.merge(&["topic"]).commit("Merge pull request #3 from ada/topic");
    let trail = trail(&mut repository, B);
    assert_eq!(commits(&trail), [first, moved, edited]);
    assert_eq!(trail.landings[0].commit.id, merge);
}

#[test]
fn an_edit_under_the_old_name_on_a_branch_is_not_lost() {
    let mut repository = TestRepository::new();
    let first = repository.write(A, text("one")).commit("Add a");
    let edited = repository.branch("topic").write(A, text("two")).commit("Edit a");
    let moved = repository.switch("main").rename(A, B).commit("Rename a");
    // As git merges it: the new name from here, the new text from there. That makes nothing that neither side had.
    let merge = repository.merge(&["topic"]).write(B, text("two")).commit("Merge pull request #4 from bea/topic");
    let trail = trail(&mut repository, B);
    let mut found = commits(&trail);
    found.sort();
    let mut expected = vec![first, edited, moved];
    expected.sort();
    assert_eq!(found, expected);
    assert_eq!(trail.landings[0].commit.id, merge);
}
