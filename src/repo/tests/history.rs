use super::{super::SnapshotOptions, *};

#[test]
fn every_commit_that_changed_a_document_is_a_revision_of_it() {
    let mut repository = TestRepository::new();
    let first = repository.write(A, "one\n").commit("Add a");
    repository.write(B, "other\n").commit("Add b");
    let last = repository.write(A, "two\n").commit("Correct a");
    let trail = trail(&mut repository, A);
    assert_eq!(commits(&trail), [first, last]);
    assert_eq!(trail.revisions[0].commit.subject, "Add a");
    assert!(trail.revisions[1].commit.on_first_parent && trail.revisions[1].landed_by.is_none());
    assert!(trail.landings.is_empty());
}

#[test]
fn texts_of_old_revisions_can_be_read() {
    let mut repository = TestRepository::new();
    let first = repository.write(A, "one\n").commit("Add a");
    repository.write(A, "two\n").commit("Correct a");
    let snapshot = snapshot(&mut repository);
    let trail = &snapshot.history().trails[A];
    assert_eq!(snapshot.blobs().blob(trail.revisions[0].blob).unwrap(), b"one\n");
    assert_eq!(snapshot.blobs().blob_at(first, A).unwrap(), Some(trail.revisions[0].blob));
    assert_eq!(snapshot.blobs().blob_at(first, B).unwrap(), None);
}

#[test]
fn clocks_that_run_backwards_do_not_turn_the_order() {
    let mut repository = TestRepository::new();
    let first = repository.at("2026-03-01T12:00:00+09:00").write(A, "one\n").commit("Add a");
    let second = repository.at("2020-01-01T00:00:00Z").write(A, "two\n").commit("From a wrong clock");
    let third = repository.at("2026-02-01T00:00:00Z").write(A, "three\n").commit("Correct a");
    let trail = trail(&mut repository, A);
    assert_eq!(commits(&trail), [first, second, third]);
    assert_eq!(trail.revisions[0].commit.authored.to_rfc3339(), "2026-03-01T12:00:00+09:00");
    assert_eq!(trail.revisions.iter().map(|revision| revision.commit.position).collect::<Vec<_>>(), [0, 1, 2]);
}

#[test]
fn a_document_that_comes_back_keeps_its_past_without_the_removal() {
    let mut repository = TestRepository::new();
    let first = repository.write(A, "one\n").commit("Add a");
    repository.write(B, "b\n").remove(A).commit("Remove a");
    let back = repository.write(A, "something else entirely\n").commit("Add a again");
    assert_eq!(commits(&trail(&mut repository, A)), [first, back]);
}

#[test]
fn a_revert_is_a_revision_with_the_old_text() {
    let mut repository = TestRepository::new();
    repository.write(A, "one\n").commit("Add a");
    repository.write(A, "two\n").commit("Correct a");
    repository.write(A, "one\n").commit("Revert \"Correct a\"");
    let trail = trail(&mut repository, A);
    assert_eq!(trail.revisions.len(), 3);
    assert_eq!(trail.revisions[0].blob, trail.revisions[2].blob);
}

#[test]
fn a_changed_image_of_a_bundle_is_a_revision_of_its_document() {
    let mut repository = TestRepository::new();
    let index = "postmortems/a/index.md";
    let first = repository.write(index, "# A\n").write("postmortems/a/graph.png", "old").commit("Add a");
    repository.write("postmortems/.DS_Store", "x").write("postmortems/a/.DS_Store", "x").commit("Noise");
    let second = repository.write("postmortems/a/images/second.png", "new").write("postmortems/a/graph.png", "new").commit("Better graphs");
    repository.write("postmortems/b/graph.png", "elsewhere").commit("Of no document");
    let trail = trail(&mut repository, index);
    assert_eq!(commits(&trail), [first, second]);
    assert_eq!(trail.revisions[0].assets, ["postmortems/a/graph.png"]);
    assert_eq!(trail.revisions[1].assets, ["postmortems/a/graph.png", "postmortems/a/images/second.png"]);
    assert_eq!(trail.revisions[0].blob, trail.revisions[1].blob);
}

#[test]
fn approvals_are_listed_with_the_text_that_the_document_had() {
    let mut repository = TestRepository::new();
    repository.write(A, text("one")).commit("Add a");
    repository.commit("Approve a\n\nReviewed-by: Bea Costa <bea@example.com>\nPostmortem: a\n");
    repository.rename(A, B).commit("Move a");
    repository.branch("topic").commit("Approve b\n\nReviewed-by: Bea Costa <bea@example.com>\nPostmortem: a\n");
    repository.switch("main").write(B, text("two")).commit("Correct b");
    repository.merge(&["topic"]).commit("Merge branch 'topic'");
    let path = repository.checkout();
    let mut snapshot = Repository::open(&path, None).unwrap().snapshot(&Content::default(), &SnapshotOptions::default()).unwrap();
    let blobs = snapshot.blobs();
    snapshot.history_mut().resolve_recorded(&blobs, |value| Vec::from_iter((value == "a").then(|| B.to_owned())), |_, _, _| true).unwrap();
    let trail = &snapshot.history().trails[B];
    let recorded: Vec<_> = trail.recorded.iter().map(|landing| (landing.path.as_str(), blobs.blob(landing.blob).unwrap())).collect();
    assert_eq!(recorded, [(A, text("one").into_bytes()), (B, text("one").into_bytes())]);
    assert_eq!(trail.revisions.len(), 3, "approvals change nothing");
}

#[test]
fn history_of_a_moved_collection_is_not_lost() {
    let mut repository = TestRepository::new();
    let first = repository.write("a.md", text("one")).commit("Begin at the top");
    let second = repository.rename("a.md", "docs/incidents/a.md").write("docs/other.md", "x").commit("Into the docs");
    let third = repository.write("docs/incidents/a.md", text("two")).commit("Correct");
    let fourth = repository.rename("docs/incidents/", "postmortems/2026/").commit("Into a folder of their own");
    let trail = trail(&mut repository, "postmortems/2026/a.md");
    assert_eq!(commits(&trail), [first, second, third, fourth]);
    assert_eq!(trail.revisions[3].renamed_from.as_deref(), Some("docs/incidents/a.md"));
}
