//! The pages of trends: which there are, and what their sentences say.

use lookback::testing::TestRepository;

use crate::harness::{Edit, REPORT, lookback};

/// Incidents of 2025 and 2026 on a service with a target of 99.9 %: in 2025 one a month that took `before` minutes, from January to May 2026 two a month
/// that took `after` minutes.
fn site(before: u32, after: u32) -> TestRepository {
    let mut repository = TestRepository::new();
    let configuration =
        "site: {timezone: Asia/Seoul}\nservices: [{id: orders, name: Orders, team: shop, target: 99.9}, {id: mail, name: Mail, target: 99.9}]\n";
    repository.write("lookback.yml", configuration);
    let months = (1..=12).map(|month| (2025, month, 3, before)).chain((1..=5).flat_map(|month| [(2026, month, 3, after), (2026, month, 9, after)]));
    for (year, month, day, minutes) in months {
        let clock = |minutes: u32| format!("{year}-{month:02}-{day:02}T{:02}:{:02}:00Z", minutes / 60, minutes % 60);
        let times = format!("times: {{started: {0}, detected: {0}, resolved: {1}}}", clock(0), clock(minutes));
        let written = REPORT.edit("times: {started: 2026-03-02T09:00:00Z, detected: 2026-03-02T09:10:00Z, resolved: 2026-03-02T10:00:00Z}", &times);
        repository.write(format!("postmortems/{year}-{month:02}-{day:02}.md"), written.edit("tags:", "detection: customer\ncauses: [pool]\ntags:"));
    }
    let withdrawn = REPORT.edit("status: final", "status: withdrawn\nwithdrawn_reason: Nothing was wrong").edit("Connections of", "Withdrawn");
    let privileged = REPORT.edit("status: final", "status: final\nprivileged: true").edit("Connections of", "Privileged");
    repository.write("postmortems/withdrawn.md", withdrawn).write("postmortems/privileged.md", privileged).commit("Write");
    repository.checkout();
    repository
}

fn build(repository: &TestRepository) -> impl Fn(&str) -> String {
    let run = lookback(repository.path(), &["build", "--audience", "internal"]);
    assert_eq!(run.code, 0, "{run}");
    let folder = repository.path().join("site/internal/trends");
    move |page: &str| std::fs::read_to_string(folder.join(page).join("index.html")).unwrap_or_else(|error| panic!("{page}: {error}"))
}

/// The texts of the paragraphs that say what the pictures show.
fn sentences(page: &str) -> Vec<String> {
    let paragraphs = page.split("<p class=\"sentence").skip(1).filter_map(|rest| rest.split_once('>')?.1.split("</p>").next());
    paragraphs.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn every_period_and_every_filter_has_its_page() {
    let repository = site(60, 50);
    let page = build(&repository);
    for path in
        ["", "2025", "2026", "2026-Q2", "2026-05", "severity/sev2", "severity/sev2/2026", "team/shop", "service/orders/2025", "service/orders"]
    {
        let text = page(path);
        assert!(text.contains("aria-current=\"page\"") && !text.contains("Withdrawn") && !text.contains("Privileged"), "{path}");
    }
    assert!(page("2026-05").contains("<h1>Trends, May 2026</h1>"));
    assert!(page("2026-Q2").contains("href=\"../../trends/2026-05/index.html\""));
    assert!(page("service/orders").contains("Only service Orders."));
    let folder = repository.path().join("site/internal/trends");
    assert!(!folder.join("2026-06").exists() && !folder.join("service/mail").exists());
}

#[test]
fn a_period_that_runs_is_compared_with_as_many_days_of_the_one_before() {
    let repository = site(60, 50);
    let page = build(&repository);
    // It is 1 June 2026, 21:00 in Seoul; the fifth incident of 2025 began on 3 May.
    assert_eq!(sentences(&page("2026"))[0], "10 incidents, none of them SEV1. 2025 until 1 Jun had 5.");
    assert_eq!(sentences(&page("2025"))[0], "12 incidents, none of them SEV1.");
    assert_eq!(sentences(&page("2026-05"))[0], "2 incidents, none of them SEV1. April 2026 had 2.");
}

#[test]
fn a_change_is_claimed_only_where_the_samples_allow_it() {
    let said = |page: String| sentences(&page).into_iter().find(|text| text.starts_with("Median")).unwrap();
    let repository = site(60, 50);
    let page = build(&repository);
    assert_eq!(
        said(page("2026")),
        "Median time to resolve is 50 min; n = 10, 0 unknown. 2025 until 1 Jun had 1 h (n = 5): too few to speak of a change."
    );
    assert_eq!(
        said(page("2026-05")),
        "Median time to resolve is 50 min; n = 2, 0 unknown. April 2026 had 50 min (n = 2): too few to speak of a change. A small sample: one incident can move these figures."
    );
    // A small sample is drawn as it is, and not summed up.
    assert!(page("2026-Q1").contains("<circle class=\"one\"") && !page("2026-Q1").contains("class=\"reach\""));
}

#[test]
fn budgets_say_how_much_of_the_period_a_target_leaves() {
    let repository = site(60, 50);
    let page = build(&repository);
    let text = page("2025");
    // Twelve hours of 525,600 minutes, of which the target leaves 525.6.
    assert!(text.contains("525,600 min") && text.contains("99.863 %") && text.contains("137 %") && text.contains("8 h 46 min"), "{text}");
    assert!(sentences(&text).contains(&"1 of 2 services with a target was below it: Orders.".to_owned()), "{:?}", sentences(&text));
    assert!(page("severity/sev2").contains("id=\"downtime\"") && !page("severity/sev2").contains("id=\"availability\""));
}

#[test]
fn actions_and_reviews_count_when_they_happened() {
    let mut repository = site(60, 50);
    let path = "postmortems/2026-05-09.md";
    let text = std::fs::read_to_string(repository.path().join(path)).unwrap();
    repository.at("2026-05-20T10:00:00Z").write(path, text.edit("status: open", "status: done")).commit("Alert is there");
    repository.author("Lin Oh <lin@example.com>").commit("Look\n\nReviewed-by: Lin Oh <lin@example.com>\nPostmortem: 2026-05-09");
    repository.checkout();
    let page = build(&repository);
    let said = sentences(&page("2026-05"));
    assert!(said.contains(&"0 actions were written down in this period and 1 settled, whichever incident they are from.".to_owned()), "{said:#?}");
    assert!(said.contains(&"One approval was given in this period.".to_owned()), "{said:#?}");
    // What was written down in January by one commit, and done in May.
    assert!(
        said.iter().any(|text| text.starts_with("1 of 2 actions are done.") && text.contains("Done ones took 139 d at the median (n = 1).")),
        "{said:#?}"
    );
}
