//! Lists of postmortems, and what leads from one postmortem to others.

use lookback::testing::TestRepository;

use crate::harness::{Edit, PATH, REPORT, Sites};

#[test]
fn a_long_list_is_cut_into_years_that_all_lead_to_each_other() {
    let mut repository = TestRepository::new();
    for number in 0..420 {
        let year = if number % 2 == 0 { 2025 } else { 2026 };
        let text = format!("---\ntitle: Report {number}\nseverity: SEV3\ntimes: {{started: {year}-01-02T09:00:00Z}}\n---\n");
        repository.write(format!("postmortems/r{number}.md"), text);
    }
    repository.write("postmortems/undated.md", "---\ntitle: Some day\nseverity: SEV1\n---\n").commit("Write");
    let sites = Sites::build(&mut repository);
    let (all, older) = (sites.text("internal/postmortems/index.html"), sites.text("internal/years/2025/index.html"));
    assert!(all.contains(">Report 419<") && !all.contains(">Report 418<"), "only the newest year has room");
    assert!(older.contains(">Report 418<") && !older.contains(">Report 419<"));
    assert!(all.contains("href=\"../years/2025/index.html\"") && all.contains("href=\"../years/undated/index.html\""));
    assert!(older.contains("href=\"../../postmortems/index.html#y2026\""));
    assert!(sites.text("internal/years/undated/index.html").contains(">Some day<"));
    let minor = sites.text("internal/severities/sev3/index.html");
    assert!(minor.contains("href=\"../../severities/sev3/2025/index.html\"") && !minor.contains(">Report 418<"), "{minor}");
    assert!(sites.text("internal/severities/sev3/2025/index.html").contains(">Report 418<"));
    assert!(sites.text("internal/severities/sev1/index.html").contains(">Some day<"));
}

#[test]
fn a_postmortem_leads_to_its_owner_and_to_what_is_like_it() {
    let mut repository = TestRepository::new();
    let first = REPORT.edit("tags:", "causes: [Disk full]\ntags:");
    let second =
        first.edit("2026-03-02T09:00", "2026-04-02T09:00").edit("title: ", "title: Again, ").edit("owner: Orders team", "owner: Grace Okafor");
    let third = second.edit("Again, ", "Third, ").edit("tags:", "recurrence_of: a\ntags:");
    repository.write(PATH, first).write("postmortems/b.md", second).write("postmortems/c.md", third).commit("Write");
    let sites = Sites::build(&mut repository);
    let page = sites.text("internal/postmortems/a/index.html");
    let related = page.split("id=\"margin-related\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(related.contains("happened again") && related.contains("Third, "), "{related}");
    assert!(related.contains("Disk full · orders") && related.contains("Again, "), "{related}");
    assert!(page.contains("href=\"../../people/orders-team/index.html\"") && page.contains("href=\"../../causes/disk-full/index.html\""));
    let team = sites.text("internal/people/orders-team/index.html");
    assert!(team.contains("Page at 80% of the connections") && team.contains("href=\"../../postmortems/a/index.html\""), "{team}");
    assert!(!sites.text("internal/people/grace-okafor/index.html").contains("Page at 80%"));
    assert!(sites.text("internal/causes/index.html").contains("orders <span class=\"soft\">×3</span>"));
    assert!(sites.text("internal/tags/database/index.html").contains("Again, "));
}
