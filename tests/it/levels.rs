//! How much a finding matters: the configuration, the age and status of the document, and exceptions with their reasons.

use lookback::testing::TestRepository;

use crate::harness::{APPROVED, Edit, PATH, REPORT, Sites, lookback};

/// A report that has no `Impact`, no times of its own and no evidence.
fn repository(configuration: &str, text: &str) -> TestRepository {
    let mut repository = TestRepository::new();
    repository.at("2026-03-03T09:00:00Z").write("lookback.yml", configuration).write(PATH, text).commit(APPROVED);
    repository.checkout();
    repository
}

/// Level and rule of every finding, as `check` prints them.
fn levels(repository: &TestRepository) -> Vec<String> {
    let run = lookback(repository.path(), &["check", "--format", "concise"]);
    let found = run.out.lines().filter_map(|line| Some(line.split_once(": ")?.1.split_once("] ")?.0.to_owned() + "]"));
    found.collect()
}

#[test]
fn the_configuration_sets_the_level_of_a_rule() {
    assert_eq!(levels(&repository("", REPORT)), ["info[no-evidence-link]", "warning[missing-milestone]", "warning[missing-section]"]);
    let configured = "rules: {no-evidence-link: error, missing-milestone: off, missing-section: {level: info}}\n";
    let repository = repository(configured, REPORT);
    assert_eq!(levels(&repository), ["error[no-evidence-link]", "info[missing-section]"]);
    assert_eq!(lookback(repository.path(), &["check"]).code, 1);
}

#[test]
fn a_level_that_is_none_is_refused() {
    insta::assert_snapshot!(lookback(repository("rules:\n  vague-time: fatal\n", REPORT).path(), &["check"]), @r"
    exit 2
    --- stderr
    error: `fatal` is no level
     --> lookback.yml:2:15
      |
    2 |   vague-time: fatal
      |               ^^^^^
      |
      = help: write error, warning, info or off
    ");
    let detailed = lookback(repository("rules:\n  vague-time: {level: fatal, enforced_from: 2026-01-01}\n", REPORT).path(), &["check"]);
    assert!(detailed.error.contains("error: `fatal` is no level") && detailed.error.contains("lookback.yml:2:23"), "{detailed}");
    insta::assert_snapshot!(lookback(repository("rules:\n  secret: {level: warning}\n", REPORT).path(), &["check"]), @r"
    exit 2
    --- stderr
    error: rule `secret` can't be turned off or softened
     --> lookback.yml:2:11
      |
    2 |   secret: {level: warning}
      |           ^^^^^^^^^^^^^^^
      |
      = help: it guards what goes outside: suppress it where needed with `allow` and a reason in a text that is reviewed
    ");
    insta::assert_snapshot!(lookback(repository("rules:\n  vague-time: {enforced_from: soon}\n", REPORT).path(), &["check"]), @r"
    exit 2
    --- stderr
    error: `soon` is no date
     --> lookback.yml:2:31
      |
    2 |   vague-time: {enforced_from: soon}
      |                               ^^^^
      |
      = help: write YYYY-MM-DD
    ");
}

#[test]
fn older_documents_get_warnings_where_newer_ones_get_errors() {
    let level = |from: &str, text: &str| {
        let repository = repository(&format!("rules: {{missing-milestone: {{level: error, enforced_from: {from}}}}}\n"), text);
        levels(&repository).into_iter().find(|found| found.contains("missing-milestone")).unwrap()
    };
    assert_eq!(level("2026-03-02", REPORT), "error[missing-milestone]");
    assert_eq!(level("2026-03-03", REPORT), "warning[missing-milestone]");
}

#[test]
fn a_document_without_times_is_as_old_as_its_first_commit() {
    let text = REPORT.edit("started: 2026-03-02T09:00:00Z, ", "started: unknown, ");
    let level = |from: &str| {
        let mut repository = repository(&format!("rules: {{missing-milestone: {{level: error, enforced_from: {from}}}}}\n"), &text);
        repository.at("2026-05-01T09:00:00Z").write(PATH, text.edit("A larger pool.", "A much larger pool.")).commit(APPROVED);
        repository.checkout();
        levels(&repository).into_iter().find(|found| found.contains("missing-milestone")).unwrap()
    };
    assert_eq!(level("2026-03-03"), "error[missing-milestone]");
    assert_eq!(level("2026-03-04"), "warning[missing-milestone]");
}

#[test]
fn a_draft_may_be_incomplete_but_not_wrong() {
    let text = REPORT.edit("## Impact\n420 orders failed.\n\n", "").edit("detected: 2026-03-02T09:10:00Z", "detected: 2026-03-02T08:00:00Z");
    let errors = |text: &str| levels(&repository("", text)).into_iter().filter(|found| found.starts_with("error")).collect::<Vec<_>>();
    assert_eq!(errors(&text), ["error[times-out-of-order]", "error[missing-section]"]);
    assert_eq!(errors(&text.edit("status: final", "status: draft")), ["error[times-out-of-order]"]);
}

#[test]
fn an_exception_needs_a_reason_and_something_to_except() {
    let allow = |entries: &str| levels(&repository("", &REPORT.edit("tags:", &format!("allow: {{{entries}}}\ntags:"))));
    assert_eq!(
        allow("missing-milestone: nobody was told, no-evidence-link: the dashboards are gone, missing-section: it repeats another"),
        [""; 0],
        "every finding has its reason"
    );
    let found = allow("missing-milestone: \"\", vague-time: it was vague, missing-milestones: a typo");
    assert_eq!(
        found,
        [
            "info[no-evidence-link]",
            "warning[allow-without-reason]",
            "warning[unused-allow]",
            "warning[unused-allow]",
            "warning[missing-milestone]",
            "warning[missing-section]"
        ]
    );
}

#[test]
fn an_exception_from_a_guard_counts_once_it_is_approved() {
    let secret = REPORT.edit("A larger pool.", "A larger pool:\n\n    curl https://deploy:Zx81kqPw@ci.shop.example/restart");
    let excepted = secret.edit("tags:", "allow: {secret: the password was changed on the same day}\ntags:");
    let mut repository = repository("rules: {missing-section: off}\n", &secret);
    assert!(levels(&repository).contains(&"error[secret]".to_owned()));
    repository.write(PATH, &excepted).commit("Allow it");
    repository.checkout();
    let run = lookback(repository.path(), &["check"]);
    assert!(run.out.contains("the `allow` entry for it counts once this text is approved"), "{run}");
    repository
        .author("Grace Okafor <grace@example.com>")
        .write("notes.md", "")
        .commit("Review\n\nReviewed-by: Ola Berg <ola@example.com>\nPostmortem: a\n");
    repository.checkout();
    assert!(!levels(&repository).contains(&"error[secret]".to_owned()), "{:?}", levels(&repository));
}

#[test]
fn the_health_page_lists_every_exception_with_its_reason_and_age() {
    let mut repository = repository("", &REPORT.edit("tags:", "allow: {missing-milestone: nobody was told}\ntags:"));
    let text = REPORT.edit("tags:", "allow: {missing-milestone: nobody had to be told, vague-time: \"\"}\ntags:");
    repository.at("2026-05-20T09:00:00Z").write(PATH, &text).commit("Except more");
    let sites = Sites::build(&mut repository);
    let page = sites.text("internal/health/index.html");
    let rows: Vec<&str> = page.split_once("Suppressed on purpose").unwrap().1.split("<tr><th scope=\"row\">").skip(1).collect();
    assert_eq!(rows.len(), 2, "{page}");
    assert!(
        rows[0].contains("missing-milestone") && rows[0].contains("nobody had to be told") && rows[0].contains("2026-03-03T09:00:00Z"),
        "{}",
        rows[0]
    );
    assert!(rows[1].contains("vague-time") && rows[1].contains("2026-05-20T09:00:00Z"), "{}", rows[1]);

    repository.write_uncommitted(PATH, text.edit("vague-time: \"\"", "vague-time: \"\", hindsight: a quotation"));
    assert_eq!(lookback(repository.path(), &["build"]).code, 0);
    let page = std::fs::read_to_string(repository.path().join("site/internal/health/index.html")).unwrap();
    assert!(page.contains("hindsight") && page.contains("not committed yet"), "{page}");
}
