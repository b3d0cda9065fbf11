//! `lookback diff`: what an audience would see change between two commits.

use lookback::testing::TestRepository;

use crate::harness::{APPROVED, Edit, PATH, REPORT, REVIEWER, lookback};

/// The report, written and approved.
fn approved() -> TestRepository {
    let mut repository = TestRepository::new();
    repository.write(PATH, REPORT).commit("Write");
    approve(&mut repository);
    repository
}

fn approve(repository: &mut TestRepository) {
    repository.author(REVIEWER).commit(&format!("{APPROVED}Postmortem: a\n"));
    repository.author("Ada Meyer <ada@example.com>");
}

fn diff(repository: &mut TestRepository, arguments: &[&str]) -> String {
    let folder = repository.checkout();
    let arguments: Vec<&str> = ["diff"].iter().chain(arguments).copied().collect();
    let run = lookback(&folder, &arguments);
    assert_eq!((run.code, &*run.error), (0, ""), "{run}");
    run.out
}

#[test]
fn customers_see_sentences_that_they_may_read_and_nothing_else() {
    let mut repository = approved();
    let next = REPORT.edit("Nothing was charged.", "Nobody was charged twice.").edit("A larger pool.", "A secret larger pool.");
    repository.write(PATH, &next).commit("Correct");
    insta::assert_snapshot!(diff(&mut repository, &["HEAD~1"]), @"
    public would see this change once the newest text is approved:

    changes  Orders could not be placed
      incidents/2026-03-02-orders-could-not-be-placed/
      postmortems/a.md
      Customer summary
        - Nothing was charged.
        + Nobody was charged twice.
    ");
    approve(&mut repository);
    insta::assert_snapshot!(diff(&mut repository, &["HEAD~2", "HEAD"]), @"
    public sees this change:

    changes  Orders could not be placed
      incidents/2026-03-02-orders-could-not-be-placed/
      postmortems/a.md
      Customer summary
        - Nothing was charged.
        + Nobody was charged twice.
    ");
    assert_eq!(diff(&mut repository, &["HEAD", "HEAD"]), "public sees no change\n");
}

#[test]
fn readers_inside_see_the_whole_text() {
    let mut repository = approved();
    repository.write(PATH, REPORT.edit("A larger pool.", "A much larger pool.")).commit("Correct");
    insta::assert_snapshot!(diff(&mut repository, &["HEAD~1", "--audience", "internal"]), @"
    internal sees this change:

    changes  Connections of the order store ran out
      postmortems/a/index.html
      postmortems/a.md
      Resolution
        - A larger pool.
        + A much larger pool.
    ");
}

#[test]
fn a_page_appears_with_its_approval_and_disappears_at_once() {
    let mut repository = TestRepository::new();
    repository.write("README.md", "Reports\n").commit("Begin");
    repository.write(PATH, REPORT).commit("Write");
    assert!(
        diff(&mut repository, &["HEAD~1"])
            .starts_with("public would see this change once the newest text is approved:\n\nappears  Orders could not be placed")
    );
    approve(&mut repository);
    assert!(diff(&mut repository, &["HEAD~1"]).starts_with("public sees this change:\n\nappears  Orders could not be placed"));
    repository.write(PATH, REPORT.edit("publish: true", "publish: false")).commit("Take back");
    let gone = diff(&mut repository, &["HEAD~1"]);
    assert!(gone.starts_with("public sees this change:\n\ndisappears  Orders could not be placed") && !gone.contains("charged"), "{gone}");
}

#[test]
fn a_moved_document_is_the_same_page() {
    let mut repository = approved();
    repository.rename(PATH, "postmortems/2026/a.md").commit("Move");
    assert_eq!(diff(&mut repository, &["HEAD~1"]), "public sees no change\n");
}

#[test]
fn a_document_that_became_privileged_is_counted_and_not_named() {
    let mut repository = approved();
    repository.write(PATH, REPORT.edit("tags: [database]", "privileged: true")).commit("Close");
    for audience in ["public", "internal"] {
        assert_eq!(diff(&mut repository, &["HEAD~1", "--audience", audience]), "1 page disappears: its document is privileged now\n");
    }
}

#[test]
fn a_comment_says_the_same_in_markdown() {
    let mut repository = approved();
    repository.write(PATH, REPORT.edit("Nothing was charged.", "Ask @ada, not <b>us</b>.")).commit("Correct");
    insta::assert_snapshot!(diff(&mut repository, &["HEAD~1", "--format", "markdown"]), @r"
    ### What **public** sees change

    #### Once the newest text is approved

    **changes** Orders could not be placed
    <br>incidents/2026-03-02-orders-could-not-be-placed/

    - Customer summary
      - ➖ Nothing was charged.
      - ➕ Ask \@<!-- -->ada, not us.
    ");
}

#[test]
fn programs_get_both_commits_and_every_sentence() {
    let mut repository = approved();
    repository.write(PATH, REPORT.edit("Nothing was charged.", "Nobody was charged twice.")).commit("Correct");
    let json: serde_json::Value = serde_json::from_str(&diff(&mut repository, &["HEAD~1", "--format", "json"])).unwrap();
    assert_eq!(json["base"].as_str().unwrap().len(), 40);
    let page = &json["pages"][0];
    assert_eq!((page["change"].as_str(), page["when"].as_str()), (Some("changes"), Some("approved")));
    assert_eq!(page["parts"][0]["sentences"][1], serde_json::json!({"change": "added", "text": "Nobody was charged twice."}));
}

#[test]
fn an_unknown_audience_or_revision_is_named() {
    let mut repository = approved();
    let folder = repository.checkout();
    insta::assert_snapshot!(lookback(&folder, &["diff", "HEAD", "--audience", "press"]), @"
    exit 2
    --- stderr
    error: there is no audience `press`
    hint: configured: internal, public
    ");
    assert_eq!(lookback(&folder, &["diff", "nowhere"]).code, 2);
}
