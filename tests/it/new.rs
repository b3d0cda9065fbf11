//! `new`: what it writes, where, and what is left for the author.

use std::{collections::BTreeSet, path::Path};

use lookback::testing::TestRepository;

use crate::harness::{Edit, REPORT, git, lookback};

/// A repository in which git knows who you are.
fn repository() -> TestRepository {
    let mut repository = TestRepository::new();
    repository.write("README.md", "# Ours\n").commit("Start");
    repository.checkout();
    git(repository.path(), &["config", "user.name", "Mina Park"]);
    git(repository.path(), &["config", "user.email", "mina@example.com"]);
    repository
}

fn read(repository: &TestRepository, path: &str) -> String {
    std::fs::read_to_string(repository.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Rule and level of every finding.
fn findings(folder: &Path) -> BTreeSet<(String, String)> {
    let run = lookback(folder, &["check", "--format", "json"]);
    assert_eq!(run.code, 0, "{run}");
    let printed: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    printed["findings"].as_array().unwrap().iter().map(|one| (text(&one["rule"]), text(&one["level"]))).collect()
}

const PATH: &str = "postmortems/2026/03/2026-03-14-checkout-503s-timeouts.md";

#[test]
fn what_is_known_is_filled_in() {
    let repository = repository();
    let run = lookback(
        repository.path(),
        &["new", "Checkout: 503s & timeouts", "--severity", "sev2", "--service", "checkout", "--service", "cart", "--started", "2026-03-14 09:14"],
    );
    insta::assert_snapshot!(run, @r"
    exit 0
    --- stdout
    postmortems/2026/03/2026-03-14-checkout-503s-timeouts.md
    ");
    let text = read(&repository, PATH);
    insta::assert_snapshot!(text.split_once("\n---\n").unwrap().0, @r#"
    ---
    title: "Checkout: 503s & timeouts"
    status: draft
    severity: SEV2  # one of SEV1, SEV2, SEV3, SEV4
    services: [checkout, cart]  # any names, such as checkout, payments
    owner: Mina Park <mina@example.com>
    times:
      started: 2026-03-14 09:14 UTC  # with a zone: 2026-03-14 09:14 UTC
      detected:
      resolved:
    actions: []  # {title: A verb, an object, and how we will know, type: prevent, owner: …, due: 2026-03-31, status: open}
    public:
      publish: false  # true: customers may read what is marked for them, once it is reviewed
    "#);
    assert!(text.contains("\n## Impact\n<!-- Who could not do what"), "{text}");
}

#[test]
fn only_what_its_author_knows_is_left() {
    for language in ["en", "ko"] {
        let repository = repository();
        std::fs::write(repository.path().join("lookback.yml"), format!("site: {{languages: [{language}]}}\n")).unwrap();
        let given = ["new", "Checkout answered 503", "--severity", "SEV1", "--service", "checkout", "--started", "2026-05-31T22:00Z"];
        assert_eq!(lookback(repository.path(), &given).code, 0);
        let warning = |rule: &str| (rule.to_owned(), "warning".to_owned());
        // Times that nobody gave, empty sections, and what will be done about it; an evidence link is a note.
        let left =
            [warning("empty-section"), warning("missing-actions"), warning("missing-field"), ("no-evidence-link".to_owned(), "info".to_owned())];
        assert_eq!(findings(repository.path()), left.into(), "{language}");
    }
}

#[test]
fn without_anything_but_a_title_it_is_todays() {
    let repository = repository();
    let run = lookback(repository.path(), &["new", "결제 장애 (2차)"]);
    assert_eq!((run.code, run.out.trim_end()), (0, "postmortems/2026/06/2026-06-01-결제-장애-2차.md"), "{run}");
    let rules: BTreeSet<String> = findings(repository.path()).into_iter().map(|(rule, _)| rule).collect();
    assert_eq!(rules, ["empty-section", "missing-actions", "missing-field", "no-evidence-link"].map(str::to_owned).into());
}

#[test]
fn the_template_of_the_repository_is_used() {
    let repository = repository();
    let folder = repository.path().join("docs/incidents");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(repository.path().join("lookback.yml"), "content: docs/incidents\nservices: [{id: checkout}]\n").unwrap();
    let template = "---\r\ntitle: What stopped  # in a line\r\nstatus: draft\r\nowner: Payments team\r\ntimes: {detected: unknown}\r\n---\r\n\r\n## Our own section\r\n";
    std::fs::write(folder.join("_template.md"), template).unwrap();
    let run = lookback(&folder, &["new", "It stopped", "--service", "Checkout", "--started", "2026-03-14T09:14+09:00", "--owner", "@mina"]);
    assert_eq!((run.code, run.out.trim_end()), (0, "2026/03/2026-03-14-it-stopped.md"), "{run}");
    let expected = template
        .edit("What stopped ", "It stopped ")
        .edit("Payments team", "\"@mina\"")
        .edit("{detected", "{started: 2026-03-14T09:14+09:00, detected")
        .edit("}\r\n---", "}\r\nservices: [checkout]\r\n---");
    assert_eq!(read(&repository, "docs/incidents/2026/03/2026-03-14-it-stopped.md"), expected);
}

#[test]
fn nothing_is_overwritten() {
    let mut repository = repository();
    repository.write("postmortems/old/2026-06-01-checkout.md", REPORT).commit("Add");
    repository.checkout();
    insta::assert_snapshot!(lookback(repository.path(), &["new", "Checkout"]), @r"
    exit 2
    --- stderr
    error: postmortems/old/2026-06-01-checkout.md is there already
    hint: write on in that one, or give this one another name: `--name 2026-06-01-checkout-2`
    ");
    let run = lookback(repository.path(), &["new", "Checkout", "--name", "2026-06-01-checkout-2"]);
    assert_eq!(run.out.trim_end(), "postmortems/2026/06/2026-06-01-checkout-2.md", "{run}");
}

#[test]
fn what_means_nothing_is_refused_before_anything_is_written() {
    let repository = repository();
    let run = |arguments: &[&str]| lookback(repository.path(), &[&["new", "A"], arguments].concat()).to_string();
    insta::assert_snapshot!(run(&["--severity", "terrible"]), @r"
    exit 2
    --- stderr
    error: `terrible` is no severity here
    hint: use one of SEV1, SEV2, SEV3, SEV4
    ");
    insta::assert_snapshot!(run(&["--started", "yesterday"]), @r"
    exit 2
    --- stderr
    error: `started`: `yesterday` is no time
    hint: write it as `2026-03-14T10:00:00+09:00`, as `2026-03-14 10:00 UTC`, or `unknown`
    ");
    insta::assert_snapshot!(run(&["--name", "a/b"]), @r"
    exit 2
    --- stderr
    error: `a/b` can't be the name of a postmortem
    hint: use letters, digits, `-`, `_` and `.`, at most 120 bytes, without `.md`
    ");
    insta::assert_snapshot!(run(&["--rev", "HEAD"]), @r"
    exit 2
    --- stderr
    error: a new postmortem needs a work tree
    hint: leave out `--rev`; a bare repository has none: clone it
    ");
    insta::assert_snapshot!(lookback(repository.path(), &["new", "  "]), @r#"
    exit 2
    --- stderr
    error: a postmortem needs a title
    hint: say in a line what was seen: `lookback new "Checkout answered 503"`
    "#);
    std::fs::write(repository.path().join("lookback.yml"), "services: [{id: checkout}, {id: cart}]\n").unwrap();
    insta::assert_snapshot!(run(&["--service", "chekout"]), @r"
    exit 2
    --- stderr
    error: `chekout` is none of the configured services
    hint: use one of checkout, cart
    ");
    assert!(!repository.path().join("postmortems").exists());
}

#[test]
fn a_person_is_asked_for_what_was_not_given() {
    let repository = repository();
    let answers = "terrible\nSEV3\ncheckout, cart\n\n";
    let run = crate::harness::at_a_terminal(repository.path(), &["new", "Checkout"], answers);
    assert_eq!((run.code, run.out.trim_end()), (0, "postmortems/2026/06/2026-06-01-checkout.md"), "{run}");
    assert!(run.error.contains("Severity (SEV1, SEV2, SEV3, SEV4)? ") && run.error.contains("`terrible` is no severity here"), "{run}");
    let text = read(&repository, "postmortems/2026/06/2026-06-01-checkout.md");
    assert!(text.contains("severity: SEV3 ") && text.contains("services: [checkout, cart] "), "{text}");
    // What was given is not asked.
    let all = ["new", "Cart", "--severity", "SEV1", "--service", "cart", "--started", "unknown"];
    assert_eq!(crate::harness::at_a_terminal(repository.path(), &all, "").error, "");
}
