use super::*;

#[test]
fn the_mailmap_names_everybody() {
    let mut repository = TestRepository::new();
    repository.author("ada <ada@laptop.local>").write(".mailmap", "Ada Meyer <ada@example.com> <ada@laptop.local>\nBea Costa <bea@example.com>\n");
    repository.write(A, "one\n").commit("Add a\n\nCo-authored-by: b <bea@example.com>\nReviewed-by: ada <ada@laptop.local>\nApproved-by: @carl\n");
    let snapshot = snapshot(&mut repository);
    let commit = &snapshot.history().trails[A].revisions[0].commit;
    assert_eq!((commit.author.name.as_str(), commit.author.email.as_deref()), ("Ada Meyer", Some("ada@example.com")));
    assert_eq!(commit.co_authors[0].name, "Bea Costa");
    let trailers: Vec<_> = commit.trailers.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    let expected = [("Co-authored-by", "Bea Costa <bea@example.com>"), ("Reviewed-by", "Ada Meyer <ada@example.com>"), ("Approved-by", "@carl")];
    assert_eq!(trailers, expected);
    let people: Vec<_> = snapshot.history().people.iter().map(ToString::to_string).collect();
    assert_eq!(people, ["@carl", "Ada Meyer", "Bea Costa"]);
}

#[test]
fn bots_are_named_as_they_are() {
    let mut repository = TestRepository::new();
    repository.author("dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>").write(A, "one\n").commit("Bump (#5)");
    let trail = trail(&mut repository, A);
    assert_eq!(trail.revisions[0].commit.author.name, "dependabot[bot]");
    assert_eq!(trail.revisions[0].commit.pull_request.as_deref(), Some("5"));
}

#[test]
fn people_of_commits_that_touch_no_document_are_known() {
    let mut repository = TestRepository::new();
    repository.write(A, "one\n").commit("Add a");
    repository.author("Carl Novak <carl@example.com>").write("src/main.rs", "").commit("Code\n\nReviewed-by: Dina <dina@example.com>\n");
    let people: Vec<_> = snapshot(&mut repository).history().people.iter().map(ToString::to_string).collect();
    assert_eq!(people, ["Ada Meyer", "Carl Novak", "Dina"]);
}

#[test]
fn a_paragraph_with_colons_is_no_block_of_trailers() {
    let mut repository = TestRepository::new();
    repository.write(A, "one\n").commit("Add a\n\nReviewed-by: Bea <bea@example.com>\n\nNothing else.\n");
    let trail = trail(&mut repository, A);
    assert!(trail.revisions[0].commit.trailers.is_empty());
    assert!(!trail.revisions[0].commit.is_signed);
}
