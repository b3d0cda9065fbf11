//! Histories, and what the review trail makes of them.

use lookback::testing::TestRepository;

use crate::harness::{APPROVED, Edit, PATH, REPORT, REVIEWER, Sites, lookback};

/// The state, every approval, and the commit whose text customers read, by its subject.
fn trail(repository: &mut TestRepository) -> String {
    let postmortem = Sites::build(repository).postmortem();
    let review = &postmortem["review"];
    let mut lines = vec![format!("{}, needs {}", review["state"].as_str().unwrap(), review["required"])];
    for approval in review["approvals"].as_array().unwrap() {
        let verdict = approval["reason"].as_str().map_or_else(|| "counts".to_owned(), |reason| format!("no: {reason}"));
        lines.push(format!("{} by {}: {verdict}", approval["kind"].as_str().unwrap(), approval["by"].as_str().unwrap()));
    }
    let public = &postmortem["public"];
    lines.push(match (public["published_commit"].as_str(), public["held_back"].as_str()) {
        (Some(commit), _) => format!("published: {}", subject(repository, commit)),
        (None, Some(reason)) => format!("held back: {reason}"),
        (None, None) => "not published".to_owned(),
    });
    lines.join("\n")
}

fn subject(repository: &TestRepository, commit: &str) -> String {
    let git = git2::Repository::open(repository.path()).unwrap();
    let commit = git.find_commit(git2::Oid::from_str(commit).unwrap()).unwrap();
    commit.summary().unwrap().unwrap().to_owned()
}

/// A repository with a configuration and the report, written by Ada Meyer.
fn written(configuration: &str) -> TestRepository {
    let mut repository = TestRepository::new();
    repository.write("lookback.yml", configuration).write(PATH, REPORT).commit("Write");
    repository
}

/// The report, approved by a trailer of a commit that changed nothing of it.
fn approved() -> TestRepository {
    let mut repository = written("");
    repository.author(REVIEWER).commit(&format!("{APPROVED}Postmortem: a\n"));
    repository.author("Ada Meyer <ada@example.com>");
    repository
}

/// A topic branch of Ada's, merged by somebody with a message.
fn merged_by(author: &str, message: &str) -> TestRepository {
    let mut repository = TestRepository::new();
    repository.write("README.md", "Reports\n").commit("Begin");
    repository.branch("topic").write(PATH, REPORT).commit("Write");
    repository.switch("main").merge(&["topic"]).author(author).commit(message);
    repository
}

#[test]
fn customers_read_it_since_its_first_approved_text() {
    let mut repository = written("");
    assert!(Sites::build(&mut repository).postmortem()["public"]["first_published"].is_null());
    let approval = format!("{APPROVED}Postmortem: a\n");
    repository.at("2026-03-05T10:00:00+09:00").author(REVIEWER).commit(&approval);
    repository.author("Ada Meyer <ada@example.com>").write(PATH, REPORT.replace("no order could", "no order at all could")).commit("Correct");
    repository.at("2026-03-09T10:00:00Z").author(REVIEWER).commit(&approval);
    assert_eq!(Sites::build(&mut repository).postmortem()["public"]["first_published"], "2026-03-05T01:00:00Z");
}

#[test]
fn nothing_is_approved_by_itself() {
    insta::assert_snapshot!(trail(&mut written("")), @r"
    unreviewed, needs 1
    held back: needs 1 approval
    ");
}

#[test]
fn a_trailer_that_names_another_person_approves() {
    let mut repository = TestRepository::new();
    repository.write(PATH, REPORT).commit(&APPROVED.edit("Review", "Write"));
    insta::assert_snapshot!(trail(&mut repository), @r"
    approved, needs 1
    trailer by Grace Okafor: counts
    published: Write
    ");
}

#[test]
fn authors_do_not_approve_their_own_text() {
    let mut repository = TestRepository::new();
    repository.write(PATH, REPORT).commit("Write\n\nReviewed-by: Ada Meyer <ada@example.com>\n");
    insta::assert_snapshot!(trail(&mut repository), @r"
    unreviewed, needs 1
    trailer by Ada Meyer: no: wrote a change since the last approval
    held back: needs 1 approval
    ");
}

#[test]
fn authors_are_known_by_another_of_their_addresses() {
    let mut repository = written("");
    repository.write(".mailmap", "Ada Meyer <ada@example.com> <ada@home.example>\n");
    repository.commit("Review\n\nReviewed-by: A. Meyer <ada@home.example>\nPostmortem: a\n");
    insta::assert_snapshot!(trail(&mut repository), @r"
    unreviewed, needs 1
    trailer by Ada Meyer: no: wrote a change since the last approval
    held back: needs 1 approval
    ");
}

#[test]
fn co_authors_do_not_approve_their_own_text() {
    let mut repository = TestRepository::new();
    let message = "Write\n\nCo-authored-by: Grace Okafor <grace@example.com>\nReviewed-by: Grace Okafor <grace@example.com>\n";
    repository.write(PATH, REPORT).commit(message);
    insta::assert_snapshot!(trail(&mut repository), @r"
    unreviewed, needs 1
    trailer by Grace Okafor: no: wrote a change since the last approval
    held back: needs 1 approval
    ");
}

#[test]
fn bots_do_not_approve() {
    let mut repository = TestRepository::new();
    repository.write(PATH, REPORT).commit("Write\n\nReviewed-by: merger[bot] <merger[bot]@users.noreply.github.com>\n");
    insta::assert_snapshot!(trail(&mut repository), @r"
    unreviewed, needs 1
    trailer by merger[bot]: no: a bot
    held back: needs 1 approval
    ");
}

#[test]
fn a_pull_request_merged_by_another_person_is_approved() {
    insta::assert_snapshot!(trail(&mut merged_by(REVIEWER, "Merge pull request #12 from shop/topic")), @r"
    approved, needs 1
    merge by Grace Okafor: counts
    published: Merge pull request #12 from shop/topic
    ");
}

#[test]
fn a_merge_request_merged_by_another_person_is_approved() {
    let message = "Merge branch 'topic' into 'main'\n\nReport\n\nSee merge request shop/reports!12\n";
    insta::assert_snapshot!(trail(&mut merged_by(REVIEWER, message)), @r"
    approved, needs 1
    merge by Grace Okafor: counts
    published: Merge branch 'topic' into 'main'
    ");
}

#[test]
fn a_pull_request_merged_by_its_author_is_not_approved() {
    insta::assert_snapshot!(trail(&mut merged_by("Ada Meyer <ada@example.com>", "Merge pull request #12 from shop/topic")), @r"
    unreviewed, needs 1
    held back: needs 1 approval
    ");
}

#[test]
fn a_pull_request_merged_by_a_co_author_is_not_approved() {
    let mut repository = TestRepository::new();
    repository.write("README.md", "Reports\n").commit("Begin");
    repository.branch("topic").write(PATH, REPORT).commit("Write\n\nCo-authored-by: Grace Okafor <grace@example.com>\n");
    repository.switch("main").merge(&["topic"]).author(REVIEWER).commit("Merge pull request #12 from shop/topic");
    assert!(trail(&mut repository).starts_with("unreviewed"));
}

#[test]
fn a_plain_merge_of_another_person_is_not_approved() {
    insta::assert_snapshot!(trail(&mut merged_by(REVIEWER, "Merge branch 'topic'")), @r"
    unreviewed, needs 1
    held back: needs 1 approval
    ");
}

#[test]
fn a_merge_of_the_base_into_a_topic_approves_nothing() {
    let mut repository = TestRepository::new();
    repository.write("README.md", "Reports\n").commit("Begin");
    repository.branch("topic").write(PATH, REPORT).commit("Write");
    repository.switch("main").write("README.md", "Our reports\n").commit("Reword");
    repository.switch("topic").merge(&["main"]).author(REVIEWER).commit("Merge pull request #11 from shop/main");
    // Fast-forwarded: the topic is the first-parent chain of the branch that is built.
    insta::assert_snapshot!(trail(&mut repository), @r"
    unreviewed, needs 1
    held back: needs 1 approval
    ");
}

#[test]
fn a_pull_of_the_base_approves_nothing() {
    let mut repository = written("");
    repository.branch("other").write("README.md", "Reports\n").author(REVIEWER).commit("Begin");
    repository.switch("main").write(PATH, REPORT.edit("420 orders", "421 orders")).author("Ada Meyer <ada@example.com>").commit("Count");
    repository.switch("other").merge(&["main"]).author(REVIEWER).commit("Merge branch 'main' of example.com:shop/reports");
    insta::assert_snapshot!(trail(&mut repository), @r"
    unreviewed, needs 1
    held back: needs 1 approval
    ");
}

#[test]
fn a_merge_that_changes_the_text_itself_is_not_approved_by_who_made_it() {
    let mut repository = TestRepository::new();
    repository.write("README.md", "Reports\n").commit("Begin");
    repository.branch("topic").write(PATH, REPORT).commit("Write");
    repository.switch("main").merge(&["topic"]).write(PATH, REPORT.edit("420 orders", "421 orders"));
    repository.author(REVIEWER).commit("Merge pull request #12 from shop/topic");
    insta::assert_snapshot!(trail(&mut repository), @r"
    unreviewed, needs 1
    merge by Grace Okafor: no: wrote a change since the last approval
    held back: needs 1 approval
    ");
}

#[test]
fn merges_count_only_where_the_configuration_accepts_them() {
    let mut repository = merged_by(REVIEWER, "Merge pull request #12 from shop/topic");
    repository.write("lookback.yml", "review: {accept: [trailer]}\n").commit("Configure");
    insta::assert_snapshot!(trail(&mut repository), @r"
    unreviewed, needs 1
    merge by Grace Okafor: no: this kind is not accepted by the configuration
    held back: needs 1 approval
    ");
}

#[test]
fn a_squash_by_the_forge_counts_only_where_the_configuration_accepts_it() {
    let squashed = |configuration: &str| {
        let mut repository = TestRepository::new();
        repository.write("lookback.yml", configuration).commit("Configure");
        repository.committer("GitHub <noreply@github.com>").write(PATH, REPORT).commit("Write (#12)");
        trail(&mut repository)
    };
    insta::assert_snapshot!(squashed(""), @r"
    unreviewed, needs 1
    held back: needs 1 approval
    ");
    insta::assert_snapshot!(squashed("review: {accept: [trailer, squash]}\n"), @r"
    approved, needs 1
    squash by branch protection: counts
    published: Write (#12)
    ");
}

#[test]
fn an_edit_that_matters_makes_an_approval_stale_and_customers_read_the_approved_text() {
    let mut repository = approved();
    repository.write(PATH, REPORT.edit("Nothing was charged", "Nobody was charged")).commit("Reword");
    insta::assert_snapshot!(trail(&mut repository), @r"
    stale, needs 1
    trailer by Grace Okafor: counts
    published: Review
    ");
}

#[test]
fn a_changed_number_matters() {
    let mut repository = approved();
    repository.write(PATH, REPORT.edit("customers_affected: 420", "customers_affected: 42")).commit("Recount");
    assert!(trail(&mut repository).starts_with("stale"));
}

#[test]
fn a_changed_image_of_a_bundle_matters() {
    let mut repository = TestRepository::new();
    let text = REPORT.edit("420 orders failed.", "![Failed orders](graph.png)");
    repository.write("postmortems/a/index.md", text).write("postmortems/a/graph.png", "one").commit(&APPROVED.edit("Review", "Write"));
    assert!(trail(&mut repository).starts_with("approved"));
    repository.write("postmortems/a/graph.png", "two").commit("Draw again");
    assert!(trail(&mut repository).starts_with("stale"));
}

#[test]
fn bookkeeping_does_not_matter() {
    let edits = [
        ("status", REPORT.edit("status: final", "status: in-review")),
        ("tags", REPORT.edit("tags: [database]", "tags: [database, capacity]")),
        ("reviewers", REPORT.edit("tags: [database]", "tags: [database]\nreviewers: [\"@grace\"]")),
        ("status of an action", REPORT.edit("status: open", "status: done")),
        ("ticket of an action", REPORT.edit("status: open", "status: open, ticket: ORD-7")),
        ("white space", REPORT.edit("420 orders failed.", "420 orders\nfailed.  \n\n")),
        ("order and quotes of front matter", REPORT.edit("severity: SEV2\nservices: [orders]", "services:\n  - 'orders'\nseverity: \"SEV2\"")),
    ];
    for (what, text) in edits {
        let mut repository = approved();
        repository.write(PATH, &text).commit(what);
        let trail = trail(&mut repository);
        assert!(trail.starts_with("approved"), "{what}: {trail}");
        assert!(trail.ends_with("published: Review"), "{what}: {trail}");
    }
}

#[test]
fn a_move_does_not_matter() {
    let mut repository = approved();
    repository.rename(PATH, "postmortems/2026/03/a.md").commit("Move");
    insta::assert_snapshot!(trail(&mut repository), @r"
    approved, needs 1
    trailer by Grace Okafor: counts
    published: Review
    ");
}

#[test]
fn a_copy_of_an_approved_text_is_not_approved() {
    let mut repository = approved();
    repository.write("postmortems/copy.md", REPORT).commit("Copy");
    let all = Sites::build(&mut repository).json("internal/api/postmortems.json");
    let state = |path: &str| all["postmortems"].as_array().unwrap().iter().find(|one| one["path"] == path).unwrap()["review"]["state"].clone();
    assert_eq!((state(PATH), state("postmortems/copy.md")), ("approved".into(), "unreviewed".into()));
}

#[test]
fn an_uncommitted_edit_makes_an_approval_stale() {
    let mut repository = approved();
    repository.checkout();
    repository.write_uncommitted(PATH, REPORT.edit("420 orders", "421 orders"));
    let history = lookback(repository.path(), &["history", "a"]);
    assert!(history.out.contains("review: stale"), "{history}");
}

#[test]
fn an_approval_on_a_side_branch_covers_the_text_of_that_branch() {
    let newer = REPORT.edit("Nothing was charged", "Nobody was charged");
    for configuration in ["", "audiences: {public: {publish: merged}}\n"] {
        let mut repository = written(configuration);
        repository.branch("review");
        repository.switch("main").at("2026-01-02T00:00:00Z").write(PATH, &newer).commit("Reword");
        repository.switch("review").at("2026-01-03T00:00:00Z").author(REVIEWER).commit(&format!("{APPROVED}Postmortem: a\n"));
        repository.switch("main").merge(&["review"]).commit("Merge branch 'review'");
        let trail = trail(&mut repository);
        assert!(trail.starts_with("stale"), "{trail}");
        let is_read = !Sites::build(&mut repository).holding("public", "Nobody was charged").is_empty();
        assert_eq!(is_read, !configuration.is_empty(), "{trail}");
    }
}

#[test]
fn a_text_that_a_merge_threw_away_is_not_read() {
    for configuration in ["", "audiences: {public: {publish: merged}}\n"] {
        for order in [["2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z"], ["2026-01-03T00:00:00Z", "2026-01-02T00:00:00Z"]] {
            let mut repository = written(configuration);
            repository.branch("topic").at(order[0]).write(PATH, REPORT.edit("Nothing was charged", "The discarded text")).commit(APPROVED);
            repository.switch("main").at(order[1]).write(PATH, REPORT.edit("Nothing was charged", "The kept text")).commit(APPROVED);
            repository.at("2026-01-04T00:00:00Z").merge(&["topic"]).commit("Merge branch 'topic'");
            let trail = trail(&mut repository);
            assert!(trail.starts_with("approved"), "{configuration} {order:?}: {trail}");
            let sites = Sites::build(&mut repository);
            assert!(!sites.holding("public", "The kept text").is_empty(), "{configuration} {order:?}: {trail}");
            assert_eq!(sites.holding("public", "The discarded text"), [""; 0], "{configuration} {order:?}");
        }
    }
}

#[test]
fn an_edit_taken_back_is_the_approved_text_again() {
    let mut repository = approved();
    repository.write(PATH, REPORT.edit("420 orders failed", "421 orders failed")).commit("Recount");
    repository.write(PATH, REPORT).commit("Revert \"Recount\"");
    insta::assert_snapshot!(trail(&mut repository), @r"
    approved, needs 1
    trailer by Grace Okafor: counts
    published: Review
    ");
}

#[test]
fn a_severity_may_need_two_people() {
    let configuration = "severities: [{id: SEV1, public_name: Major outage, approvals: 2}, {id: SEV2, public_name: Partial outage, approvals: 2}]\n";
    let mut repository = written(configuration);
    repository.author(REVIEWER).commit("Review\n\nReviewed-by: Grace Okafor <grace@example.com>\nPostmortem: a\n");
    insta::assert_snapshot!(trail(&mut repository), @r"
    unreviewed, needs 2
    trailer by Grace Okafor: counts
    held back: needs 2 approvals
    ");
    repository.commit("Review again\n\nReviewed-by: Grace Okafor <grace@example.com>\nPostmortem: a\n");
    insta::assert_snapshot!(trail(&mut repository), @r"
    unreviewed, needs 2
    trailer by Grace Okafor: counts
    trailer by Grace Okafor: counts
    held back: needs 2 approvals
    ");
    repository.author("Bo Lind <bo@example.com>").commit("Second review\n\nApproved-by: Bo Lind <bo@example.com>\nPostmortem: a\n");
    insta::assert_snapshot!(trail(&mut repository), @r"
    approved, needs 2
    trailer by Grace Okafor: counts
    trailer by Grace Okafor: counts
    trailer by Bo Lind: counts
    published: Second review
    ");
}

#[test]
fn approvals_of_different_texts_do_not_add_up() {
    let mut repository = written("review: {approvals: 2}\nseverities: [{id: SEV1}, {id: SEV2}]\n");
    repository.commit("Review\n\nReviewed-by: Grace Okafor <grace@example.com>\nPostmortem: a\n");
    repository.write(PATH, REPORT.edit("420 orders failed", "421 orders failed")).commit("Recount\n\nReviewed-by: Bo Lind <bo@example.com>\n");
    insta::assert_snapshot!(trail(&mut repository), @r"
    unreviewed, needs 2
    trailer by Grace Okafor: counts
    trailer by Bo Lind: counts
    held back: needs 2 approvals
    ");
}

#[test]
fn the_author_of_a_text_adds_nothing_to_the_number_of_its_approvals() {
    let mut repository = written("review: {approvals: 2}\nseverities: [{id: SEV1}, {id: SEV2}]\n");
    repository.commit("Review\n\nReviewed-by: Grace Okafor <grace@example.com>\nReviewed-by: Ada Meyer <ada@example.com>\nPostmortem: a\n");
    insta::assert_snapshot!(trail(&mut repository), @r"
    unreviewed, needs 2
    trailer by Grace Okafor: counts
    trailer by Ada Meyer: no: wrote a change since the last approval
    held back: needs 2 approvals
    ");
}

#[test]
fn who_reviewed_and_then_edited_needs_another_reviewer() {
    let mut repository = approved();
    repository.author(REVIEWER).write(PATH, REPORT.edit("Nothing was charged", "Nobody was charged"));
    repository.commit("Reword\n\nReviewed-by: Grace Okafor <grace@example.com>\n");
    insta::assert_snapshot!(trail(&mut repository), @r"
    stale, needs 1
    trailer by Grace Okafor: counts
    trailer by Grace Okafor: no: wrote a change since the last approval
    published: Review
    ");
}

#[test]
fn only_configured_approvers_count() {
    let mut repository = written("review: {approvers: [Bo Lind <bo@example.com>]}\n");
    repository.commit("Review\n\nReviewed-by: Grace Okafor <grace@example.com>\nPostmortem: a\n");
    insta::assert_snapshot!(trail(&mut repository), @r"
    unreviewed, needs 1
    trailer by Grace Okafor: no: not a configured approver
    held back: needs 1 approval
    ");
    repository.commit("Second review\n\nReviewed-by: Bo Lind <bo@example.com>\nPostmortem: a\n");
    insta::assert_snapshot!(trail(&mut repository), @r"
    approved, needs 1
    trailer by Grace Okafor: no: not a configured approver
    trailer by Bo Lind: counts
    published: Second review
    ");
}

#[test]
fn trailer_keys_are_configured() {
    let mut repository = written("review: {trailers: [Signed-off-by]}\n");
    repository.commit("Review\n\nReviewed-by: Bo Lind <bo@example.com>\nSigned-off-by: Grace Okafor <grace@example.com>\nPostmortem: a\n");
    insta::assert_snapshot!(trail(&mut repository), @r"
    approved, needs 1
    trailer by Grace Okafor: counts
    published: Review
    ");
}

#[test]
fn an_approved_draft_is_published_once_its_reviewer_calls_it_final() {
    let mut repository = TestRepository::new();
    repository.write(PATH, REPORT.edit("status: final", "status: draft")).commit(&APPROVED.edit("Review", "Write"));
    insta::assert_snapshot!(trail(&mut repository), @r"
    approved, needs 1
    trailer by Grace Okafor: counts
    held back: the approved text is a draft: it needs an approval of the final one
    ");
    repository.author(REVIEWER).write(PATH, REPORT).commit("Final\n\nReviewed-by: Grace Okafor <grace@example.com>\n");
    insta::assert_snapshot!(trail(&mut repository), @r"
    approved, needs 1
    trailer by Grace Okafor: counts
    trailer by Grace Okafor: counts
    published: Final
    ");
}

#[test]
fn an_approval_may_be_a_commit_of_its_own_that_names_id_or_path() {
    for name in ["a", "A", PATH] {
        let mut repository = written("");
        repository.author(REVIEWER).commit(&format!("{APPROVED}Postmortem: {name}\n"));
        let trail = trail(&mut repository);
        assert_eq!(trail, "approved, needs 1\ntrailer by Grace Okafor: counts\npublished: Review", "{name}");
    }
    let mut repository = written("");
    repository.author(REVIEWER).commit(&format!("{APPROVED}Postmortem: b\n"));
    assert!(trail(&mut repository).starts_with("unreviewed"));
}

#[test]
fn only_signed_approvals_count_where_signatures_are_required() {
    let mut repository = written("review: {require_signed: true}\n");
    repository.author(REVIEWER).commit(&format!("{APPROVED}Postmortem: a\n"));
    insta::assert_snapshot!(trail(&mut repository), @r"
    unreviewed, needs 1
    trailer by Grace Okafor: no: signature not verified
    held back: needs 1 approval
    ");
}

#[test]
fn an_approval_names_somebody_who_can_be_identified() {
    for nobody in ["TBD", "nobody <none>", "Grace", "@grace"] {
        let mut repository = written("");
        repository.commit(&format!("Review\n\nReviewed-by: {nobody}\nPostmortem: a\n"));
        let trail = trail(&mut repository);
        assert!(trail.starts_with("unreviewed"), "{nobody}: {trail}");
        assert!(trail.contains("no: names nobody that can be identified"), "{nobody}: {trail}");
    }
    let mut repository = written("");
    repository.commit("Review\n\nReviewed-by:\nPostmortem: a\n");
    assert!(trail(&mut repository).starts_with("unreviewed"));
    let known = "people: [{name: Grace Okafor, email: grace@example.com, handle: grace}]\n";
    for (configuration, somebody) in [(known, "@grace"), (known, "grace@example.com"), ("", "Grace Okafor")] {
        let mut repository = written(configuration);
        repository.author(REVIEWER).write("README.md", "Reports\n").commit("Describe");
        repository.commit(&format!("Review\n\nReviewed-by: {somebody}\nPostmortem: a\n"));
        assert_eq!(trail(&mut repository), "approved, needs 1\ntrailer by Grace Okafor: counts\npublished: Review", "{somebody}");
    }
}

#[test]
fn authors_are_known_by_every_name_that_the_configuration_gives_them() {
    let people = "people: [{name: Ada Meyer, email: ada@example.com, handle: ada, aliases: [Annie Zed, annie@home.example]}]\n";
    for alias in ["@ada", "Annie Zed <zed@home.example>", "A <annie@home.example>", "Annie Zed", "A <12+ada@users.noreply.github.com>"] {
        let mut repository = written(people);
        repository.commit(&format!("Review\n\nReviewed-by: {alias}\nPostmortem: a\n"));
        let trail = trail(&mut repository);
        assert!(trail.starts_with("unreviewed") && trail.contains("no: wrote a change"), "{alias}: {trail}");
    }
}

#[test]
fn an_equal_full_name_with_another_address_is_no_second_person() {
    let mut repository = written("review: {approvals: 2}\nseverities: [{id: SEV1}, {id: SEV2}]\n");
    repository.commit("Review\n\nReviewed-by: Ada Meyer <ada@home.example>\nPostmortem: a\n");
    repository.commit("Review\n\nReviewed-by: Grace Okafor <grace@example.com>\nPostmortem: a\n");
    repository.commit("Review\n\nReviewed-by: Grace Okafor <grace@home.example>\nPostmortem: a\n");
    insta::assert_snapshot!(trail(&mut repository), @r"
    unreviewed, needs 2
    trailer by Ada Meyer: no: wrote a change since the last approval
    trailer by Grace Okafor: counts
    trailer by Grace Okafor: counts
    held back: needs 2 approvals
    ");
}

#[test]
fn an_approval_stays_with_a_document_that_gets_another_id() {
    let mut moved = approved();
    moved.rename(PATH, "postmortems/b.md").commit("Move");
    let mut named = approved();
    named.write(PATH, REPORT.edit("---\n", "---\nid: other\n")).commit("Name");
    let mut renamed = TestRepository::new();
    renamed.write(PATH, REPORT.edit("---\n", "---\nid: one\n")).commit("Write");
    renamed.commit(&format!("{APPROVED}Postmortem: one\n"));
    renamed.write(PATH, REPORT.edit("---\n", "---\nid: two\n")).commit("Rename");
    for repository in [&mut moved, &mut named, &mut renamed] {
        let trail = trail(repository);
        assert!(trail.contains("trailer by Grace Okafor: counts\npublished: Review"), "{trail}");
    }
}

#[test]
fn a_recorded_approval_means_the_document_that_had_the_name_then() {
    let mut repository = approved();
    repository.rename(PATH, "postmortems/old.md").commit("Move");
    repository
        .write(PATH, REPORT.edit("420 orders failed", "7 orders failed").edit("title: Connections", "title: Other connections"))
        .commit("Again");
    let sites = Sites::build(&mut repository);
    let state = |id: &str| {
        let postmortems = sites.json("internal/api/postmortems.json");
        let all = postmortems["postmortems"].as_array().unwrap().clone();
        all.iter().find(|postmortem| postmortem["id"] == id).unwrap()["review"]["state"].clone()
    };
    assert_eq!((state("old"), state("a")), ("approved".into(), "unreviewed".into()));
}

#[test]
fn a_merge_by_the_account_of_a_forge_is_not_approved() {
    insta::assert_snapshot!(trail(&mut merged_by("GitHub <noreply@github.com>", "Merge pull request #12 from shop/topic")), @r"
    unreviewed, needs 1
    merge by GitHub: no: names nobody that can be identified
    held back: needs 1 approval
    ");
}

#[test]
fn a_merge_by_somebody_who_wrote_another_file_of_it_is_not_approved() {
    let mut repository = TestRepository::new();
    repository.write("README.md", "Reports\n").commit("Begin");
    repository.branch("topic").write(PATH, REPORT).commit("Write");
    repository.author(REVIEWER).write("README.md", "Our reports\n").commit("Reword");
    repository.switch("main").merge(&["topic"]).commit("Merge pull request #12 from shop/topic");
    insta::assert_snapshot!(trail(&mut repository), @r"
    unreviewed, needs 1
    held back: needs 1 approval
    ");
}

#[test]
fn white_space_that_customers_read_matters() {
    let end = "Nothing was charged.\n";
    for (before, after) in [("```\nif x:\n  a\nb\n```\n", "```\nif x:\n  a\n  b\n```\n"), ("> [!INTERNAL]\n> a\n", "> [!INTERNAL]\n\n> a\n")] {
        let mut repository = TestRepository::new();
        repository.write(PATH, REPORT.edit(end, &format!("{end}\n{before}"))).commit(&APPROVED.edit("Review", "Write"));
        assert!(trail(&mut repository).starts_with("approved"));
        repository.write(PATH, REPORT.edit(end, &format!("{end}\n{after}"))).commit("Lay out");
        assert!(trail(&mut repository).starts_with("stale"), "{after}");
    }
}
