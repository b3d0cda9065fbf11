use super::*;

#[test]
fn a_merge_lands_what_its_branch_changed() {
    let mut repository = TestRepository::new();
    repository.write(A, "one\n").commit("Add a");
    let edited = repository.branch("topic").author("Bea Costa <bea@example.com>").write(A, "two\n").commit("Correct a");
    repository.switch("main").author("Ada Meyer <ada@example.com>").write(B, "b\n").commit("Add b");
    let merge = repository.merge(&["topic"]).committer("GitHub <noreply@github.com>").commit("Merge pull request #12 from bea/topic\n\nCorrect a");
    let trail = trail(&mut repository, A);
    assert_eq!(trail.revisions.len(), 2, "the merge itself changes nothing");
    let revision = &trail.revisions[1];
    assert_eq!(revision.commit.id, edited);
    assert!(!revision.commit.on_first_parent);
    let landed_by = revision.landed_by.as_deref().unwrap();
    assert_eq!((landed_by.id, landed_by.pull_request.as_deref()), (merge, Some("12")));
    assert_eq!(landed_by.committer.email.as_deref(), Some("noreply@github.com"));
    assert_eq!(trail.landings.len(), 1);
    assert_eq!(trail.landings[0].blob, revision.blob);
}

#[test]
fn a_merge_of_the_base_into_a_branch_lands_nothing() {
    let mut repository = TestRepository::new();
    repository.write(A, "one\n").commit("Add a");
    repository.branch("topic").write(B, "b\n").commit("Add b");
    repository.switch("main").write(A, "two\n").commit("Correct a");
    repository.switch("topic").merge(&["main"]).commit("Merge branch 'main' into topic");
    let merge = repository.switch("main").merge(&["topic"]).commit("Merge pull request #2 from ada/topic");
    let snapshot = snapshot(&mut repository);
    assert!(snapshot.history().trails[A].landings.is_empty());
    assert_eq!(snapshot.history().trails[B].landings.iter().map(|landing| landing.commit.id).collect::<Vec<_>>(), [merge]);
}

#[test]
fn a_merge_that_writes_something_of_its_own_is_a_revision() {
    let mut repository = TestRepository::new();
    repository.write(A, "one\n").commit("Add a");
    repository.branch("topic").write(A, "two\n").commit("Correct a");
    repository.switch("main").write(A, "three\n").commit("Correct a too");
    let merge = repository.merge(&["topic"]).write(A, "four\n").commit("Merge branch 'topic'");
    let trail = trail(&mut repository, A);
    assert_eq!(trail.revisions.len(), 4);
    assert_eq!(trail.revisions[3].commit.id, merge);
    assert_eq!(trail.landings.len(), 1);
}

#[test]
fn a_branch_whose_change_was_refused_still_wrote_a_revision_but_landed_nothing() {
    let mut repository = TestRepository::new();
    repository.write(A, "one\n").commit("Add a");
    repository.branch("topic").write(A, "two\n").commit("Correct a");
    repository.switch("main").merge(&["topic"]).write(A, "one\n").commit("Merge branch 'topic', ours");
    let trail = trail(&mut repository, A);
    assert_eq!(trail.revisions.len(), 2);
    assert!(trail.landings.is_empty());
}

#[test]
fn branches_that_merge_each_other_repeat_no_revision() {
    let mut repository = TestRepository::new();
    repository.write(A, "a\n").write(B, "b\n").commit("Add both");
    repository.branch("topic").write(A, "a2\n").commit("Edit a");
    repository.switch("main").write(B, "b2\n").commit("Edit b");
    repository.branch("cross").merge(&["topic"]).commit("Merge branch 'topic' into cross");
    repository.switch("topic").merge(&["main"]).commit("Merge branch 'main' into topic");
    repository.write(A, "a3\n").commit("Edit a again");
    let merge = repository.switch("main").merge(&["cross"]).commit("Merge branch 'cross'");
    let last = repository.merge(&["topic"]).write(A, "a3\n").commit("Merge branch 'topic'");
    let trail = trail(&mut repository, A);
    assert_eq!(trail.revisions.iter().map(|revision| revision.commit.subject.as_str()).collect::<Vec<_>>(), ["Add both", "Edit a", "Edit a again"]);
    assert_eq!(trail.landings.iter().map(|landing| landing.commit.id).collect::<Vec<_>>(), [merge, last]);
    assert_eq!(trail.revisions[1].landed_by.as_ref().map(|commit| commit.id), Some(merge), "the first merge that brought it");
    assert_eq!(trail.revisions[2].landed_by.as_ref().map(|commit| commit.id), Some(last));
}

#[test]
fn an_octopus_lands_all_of_its_branches() {
    let mut repository = TestRepository::new();
    repository.write(A, "a\n").commit("Add a");
    repository.branch("one").write(A, "a2\n").commit("Edit a");
    repository.switch("main").branch("two").write(B, "b\n").commit("Add b");
    let merge = repository.switch("main").write("README.md", "x").merge(&["one", "two"]).commit("Merge branches 'one' and 'two'");
    let snapshot = snapshot(&mut repository);
    for path in [A, B] {
        let trail = &snapshot.history().trails[path];
        assert_eq!(trail.landings.iter().map(|landing| landing.commit.id).collect::<Vec<_>>(), [merge]);
        assert_eq!(trail.revisions.last().and_then(|revision| revision.landed_by.as_ref()).map(|commit| commit.id), Some(merge));
    }
}

#[test]
fn images_that_a_merge_brings_are_landed_with_their_document() {
    let mut repository = TestRepository::new();
    repository.write("postmortems/a/index.md", "# A\n").commit("Add a");
    repository.branch("topic").write("postmortems/a/graph.png", "graph").commit("Add a graph");
    let merge = repository.switch("main").merge(&["topic"]).commit("Merge pull request #7 from ada/topic");
    let trail = trail(&mut repository, "postmortems/a/index.md");
    assert_eq!(trail.revisions.len(), 2);
    assert_eq!(trail.landings.iter().map(|landing| landing.commit.id).collect::<Vec<_>>(), [merge]);
    assert_eq!(trail.landings[0].blob, trail.revisions[0].blob);
}
