//! Word diffs on the pages of postmortems: one click away, as few words as tell the change, and nothing that was taken back for good.

use lookback::testing::TestRepository;

use crate::harness::{APPROVED, Edit, PATH, REPORT, REVIEWER, Sites};

const PAGE: &str = "internal/postmortems/a/index.html";

/// The texts in the order of their commits, the first of them approved by somebody else.
fn history(texts: &[&str]) -> TestRepository {
    let mut repository = TestRepository::new();
    for (index, text) in texts.iter().enumerate() {
        repository.write(PATH, text).commit(&format!("Text {index}"));
        if index == 0 {
            repository.author(REVIEWER).commit(&format!("{APPROVED}Postmortem: a\n"));
            repository.author("Ada Meyer <ada@example.com>");
        }
    }
    repository
}

/// What stands in the folded parts of the trail, one after the other.
fn folded(page: &str) -> Vec<String> {
    let parts = page.split("<details class=\"diff\">").skip(1);
    parts.map(|part| part.split("</details>").next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn each_revision_tells_what_it_changed_and_a_stale_approval_what_it_does_not_cover() {
    let second = REPORT.edit("420 orders failed.", "512 orders failed.");
    let third = second.edit("tags: [database]", "tags: [store]");
    let page = Sites::build(&mut history(&[REPORT, &second, &third])).text(PAGE);
    let folded = folded(&page);
    assert_eq!(folded.len(), 3, "the approval's gap and two revisions: {folded:#?}");
    assert!(folded[0].contains("<del>420</del> <ins>512</ins> orders failed."), "{}", folded[0]);
    assert!(!folded[0].contains("store"), "tags are bookkeeping, which an approval need not cover");
    assert!(folded[1].contains("<p class=\"part\">Impact</p>") && folded[1].contains("<del>420</del> <ins>512</ins>"), "{}", folded[1]);
    assert!(folded[2].contains("<p class=\"part\">Front matter</p>") && !folded[2].contains("512"), "{}", folded[2]);
    assert!(!page.contains("<script") && !page.contains(" style="), "pages run nothing and style nothing by themselves");
}

#[test]
fn older_revisions_are_left_to_git_and_the_page_says_so() {
    let texts: Vec<String> = (0..60).map(|number| REPORT.edit("420 orders failed.", &format!("{} orders failed.", 420 + number))).collect();
    let mut repository = TestRepository::new();
    for text in &texts {
        repository.write(PATH, text).commit("Write");
    }
    let page = Sites::build(&mut repository).text(PAGE);
    assert_eq!(folded(&page).len(), 50);
    assert!(page.contains("git show --word-diff"));
    let short = Sites::build(&mut history(&[REPORT, &texts[1]])).text(PAGE);
    assert!(!short.contains("git show --word-diff"));
}

#[test]
fn what_only_looks_different_has_no_diff() {
    let reflowed = REPORT.edit("The pool was as large as in the year before, and", "The pool was as large\nas in the year before, and");
    assert_eq!(folded(&Sites::build(&mut history(&[REPORT, &reflowed])).text(PAGE)), [] as [String; 0]);
}

#[test]
fn what_a_document_says_stays_text() {
    let hostile = REPORT.edit("420 orders failed.", "420 <script>alert(1)</script> orders failed.");
    let page = Sites::build(&mut history(&[REPORT, &hostile])).text(PAGE);
    assert!(folded(&page)[0].contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(!page.contains("<script>"));
}

#[test]
fn a_text_that_nobody_may_see_is_in_no_diff() {
    let privileged = REPORT.edit("tags: [database]", "privileged: true").edit("420 orders failed.", "Counsel asked to say nothing.");
    let mut repository = TestRepository::new();
    repository.write(PATH, &privileged).commit("Write");
    repository.write(PATH, REPORT).commit("Open");
    assert!(!Sites::build(&mut repository).text(PAGE).contains("Counsel asked"));
}

#[test]
fn a_credential_that_was_taken_out_does_not_come_back() {
    let key = ["AKIA", "Q3EGRZ7PL0WDVX5T"].concat();
    let secret = REPORT.edit("A larger pool.", &format!("A larger pool, set with {key} by hand."));
    let mut repository = TestRepository::new();
    repository.write(PATH, &secret).commit("Write");
    repository.write(PATH, REPORT).commit("Take it out");
    let page = Sites::build(&mut repository).text(PAGE);
    assert!(!page.contains(&key) && folded(&page)[0].contains("set with […]"), "{:?}", folded(&page));
}

#[test]
fn a_rewritten_report_is_counted_beyond_the_first_words() {
    let long = REPORT.edit("A larger pool.", &"Every word of this is new. ".repeat(60));
    let page = Sites::build(&mut history(&[REPORT, &long])).text(PAGE);
    let folded = folded(&page);
    assert!(folded[1].contains("more words changed") && folded[1].len() < 2000, "{}", folded[1]);
    assert!(!folded[0].contains("more words changed"), "what an approval does not cover is told whole");
}

#[test]
fn ticking_an_action_is_in_the_diff_of_its_revision_and_in_no_gap_of_an_approval() {
    let after = REPORT.edit("status: open}", "status: done}").edit("420 orders failed.", "512 orders failed.");
    let folded = folded(&Sites::build(&mut history(&[REPORT, &after])).text(PAGE));
    assert!(!folded[0].contains("Front matter") && folded[0].contains("<ins>512</ins>"), "{}", folded[0]);
    assert!(folded[1].contains("<ins>done"), "{}", folded[1]);
}
