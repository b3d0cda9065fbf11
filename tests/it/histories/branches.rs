//! Lines of history that leave each other and meet again.

use super::*;

#[test]
fn lines_that_meet() {
    check(SCENARIOS);
}

const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "an approval on one branch says nothing of what another one wrote",
        make: |r| {
            r.writes(BO, REPORT, "Write");
            r.approves(ADA);
            r.branch("a").at("2026-01-02T00:00:00Z").writes(GRACE, &orders(421), "Recount");
            r.switch("main").branch("b").at("2026-01-03T00:00:00Z");
            r.writes(KIM, &cause("Nobody had counted."), "Find the cause\n\nReviewed-by: Ada Meyer <ada@example.com>\n");
            r.switch("main").at("2026-01-04T00:00:00Z").merges(KIM, "a", "Merge branch 'a'");
            r.merge(&["b"]).writes(KIM, &orders_and_cause(421, "Nobody had counted."), "Merge branch 'b'");
            r.approves(GRACE);
            r.approves(KIM);
            r.approves(BO);
        },
        trail: "
            approved, needs 1
            • Bo Lind: Write
            ✓ trailer by Ada Meyer in `Ada reviews`
            • Grace Okafor: Recount
            • Kim Reyes: Find the cause
            ✓ trailer by Ada Meyer, recorded by Kim Reyes in `Find the cause`
            • Kim Reyes: Merge branch 'b' [does not matter]
            ✗ trailer by Grace Okafor in `Grace reviews`: wrote a change since the last approval
            ✓ trailer by Kim Reyes in `Kim reviews`
            ✓ trailer by Bo Lind in `Bo reviews`
            newest approved text: Kim reviews
        ",
    },
    Scenario {
        name: "the same, with the clocks of the branches exchanged",
        make: |r| {
            r.writes(BO, REPORT, "Write");
            r.approves(ADA);
            r.branch("a").at("2026-01-03T00:00:00Z").writes(GRACE, &orders(421), "Recount");
            r.switch("main").branch("b").at("2026-01-02T00:00:00Z");
            r.writes(KIM, &cause("Nobody had counted."), "Find the cause\n\nReviewed-by: Ada Meyer <ada@example.com>\n");
            r.switch("main").at("2026-01-04T00:00:00Z").merges(KIM, "a", "Merge branch 'a'");
            r.merge(&["b"]).writes(KIM, &orders_and_cause(421, "Nobody had counted."), "Merge branch 'b'");
            r.approves(GRACE);
            r.approves(KIM);
            r.approves(BO);
        },
        trail: "
            approved, needs 1
            • Bo Lind: Write
            ✓ trailer by Ada Meyer in `Ada reviews`
            • Kim Reyes: Find the cause
            ✓ trailer by Ada Meyer, recorded by Kim Reyes in `Find the cause`
            • Grace Okafor: Recount
            • Kim Reyes: Merge branch 'b' [does not matter]
            ✗ trailer by Grace Okafor in `Grace reviews`: wrote a change since the last approval
            ✓ trailer by Kim Reyes in `Kim reviews`
            ✓ trailer by Bo Lind in `Bo reviews`
            newest approved text: Kim reviews
        ",
    },
    Scenario {
        name: "each side approved by itself, merged by git alone",
        make: |r| {
            r.writes(BO, REPORT, "Write");
            r.branch("a").writes(GRACE, &orders(421), "Recount\n\nReviewed-by: Ada Meyer <ada@example.com>\n");
            r.switch("main").writes(KIM, &cause("Nobody had counted."), "Find the cause\n\nReviewed-by: Ada Meyer <ada@example.com>\n");
            r.merge(&["a"]).writes(BO, &orders_and_cause(421, "Nobody had counted."), "Merge branch 'a'");
        },
        trail: "
            stale, needs 1
            • Bo Lind: Write
            • Grace Okafor: Recount
            ✓ trailer by Ada Meyer, recorded by Grace Okafor in `Recount`
            • Kim Reyes: Find the cause [after approval]
            ✓ trailer by Ada Meyer, recorded by Kim Reyes in `Find the cause`
            • Bo Lind: Merge branch 'a' [does not matter]
            newest approved text: Recount
        ",
    },
    Scenario {
        name: "a pull request merged while the base changed the same text: git merged it, not the person",
        make: |r| {
            r.writes(BO, REPORT, "Write");
            r.branch("a").writes(ADA, &orders(421), "Recount");
            r.switch("main").writes(KIM, &cause("Nobody had counted."), "Find the cause");
            r.merge(&["a"]).writes(GRACE, &orders_and_cause(421, "Nobody had counted."), "Merge pull request #3 from shop/a");
        },
        trail: "
            approved, needs 1
            • Bo Lind: Write
            • Ada Meyer: Recount
            • Kim Reyes: Find the cause
            • Grace Okafor: Merge pull request #3 from shop/a [does not matter]
            ✓ merge by Grace Okafor in `Merge pull request #3 from shop/a`
            newest approved text: Merge pull request #3 from shop/a
        ",
    },
    Scenario {
        name: "evil merge: who merged changed the text",
        make: |r| {
            r.write("README.md", "Reports\n").commits(BO, "Begin");
            r.branch("a").writes(ADA, REPORT, "Write");
            r.switch("main").merge(&["a"]).writes(GRACE, &orders(421), "Merge pull request #3 from shop/a");
            r.approves(GRACE);
            r.approves(BO);
        },
        trail: "
            approved, needs 1
            • Ada Meyer: Write
            • Grace Okafor: Merge pull request #3 from shop/a
            ✗ merge by Grace Okafor in `Merge pull request #3 from shop/a`: wrote a change since the last approval
            ✗ trailer by Grace Okafor in `Grace reviews`: wrote a change since the last approval
            ✓ trailer by Bo Lind in `Bo reviews`
            newest approved text: Bo reviews
        ",
    },
    Scenario {
        name: "octopus",
        make: |r| {
            r.writes(BO, REPORT, "Write");
            r.branch("a").writes(ADA, &orders(421), "Recount");
            r.switch("main").branch("b").write("README.md", "Reports\n").commits(KIM, "Describe");
            r.switch("main").branch("c").write("postmortems/c.md", REPORT).commits(KIM, "Write another");
            r.switch("main").merge(&["a", "b", "c"]).commits(GRACE, "Merge pull request #4 from shop/abc");
        },
        trail: "
            approved, needs 1
            • Bo Lind: Write
            • Ada Meyer: Recount
            ✓ merge by Grace Okafor in `Merge pull request #4 from shop/abc`
            newest approved text: Merge pull request #4 from shop/abc
        ",
    },
    Scenario {
        name: "octopus over two lines that both changed the text, joined by git alone",
        make: |r| {
            r.writes(BO, REPORT, "Write");
            r.branch("a").writes(ADA, &orders(421), "Recount");
            r.switch("main").branch("b").writes(KIM, &cause("Nobody had counted."), "Find the cause");
            r.switch("main").branch("c").write("README.md", "Reports\n").commits(KIM, "Describe");
            r.switch("main").merge(&["a", "b", "c"]);
            r.writes(GRACE, &orders_and_cause(421, "Nobody had counted."), "Merge branches 'a', 'b' and 'c'");
            r.approves(GRACE);
        },
        trail: "
            approved, needs 1
            • Bo Lind: Write
            • Ada Meyer: Recount
            • Kim Reyes: Find the cause
            • Grace Okafor: Merge branches 'a', 'b' and 'c' [does not matter]
            ✓ trailer by Grace Okafor in `Grace reviews`
            newest approved text: Grace reviews
        ",
    },
    Scenario {
        name: "one line moved the file, the other changed it, git joined them",
        make: |r| {
            r.write("postmortems/old/a.md", REPORT).commits(BO, "Write");
            r.branch("a").write("postmortems/old/a.md", orders(421)).commits(ADA, "Recount");
            r.switch("main").rename("postmortems/old/a.md", PATH).write(PATH, cause("Nobody had counted.")).commits(KIM, "Move and find the cause");
            r.merge(&["a"]);
            r.writes(GRACE, &orders_and_cause(421, "Nobody had counted."), "Merge branch 'a'");
            r.approves(GRACE);
        },
        trail: "
            approved, needs 1
            • Bo Lind: Write
            • Ada Meyer: Recount
            • Kim Reyes: Move and find the cause [moved]
            • Grace Okafor: Merge branch 'a' [does not matter]
            ✓ trailer by Grace Okafor in `Grace reviews`
            newest approved text: Grace reviews
        ",
    },
    Scenario {
        name: "two lines with two common ancestors, joined by git alone",
        make: |r| {
            r.writes(BO, REPORT, "Write");
            r.branch("a").writes(ADA, &orders(421), "Recount");
            r.switch("main").branch("b").writes(KIM, &cause("Nobody had counted."), "Find the cause");
            r.switch("a").branch("a2").merge(&["b"]).writes(ADA, &orders_and_cause(421, "Nobody had counted."), "Merge b into a");
            r.writes(ADA, &orders_and_cause(422, "Nobody had counted."), "Recount again");
            r.switch("b").branch("b2").merge(&["a"]).writes(KIM, &orders_and_cause(421, "Nobody had counted."), "Merge a into b");
            r.writes(KIM, &orders_and_cause(421, "Nobody counts."), "Reword the cause");
            r.switch("main").merges(BO, "a2", "Merge branch 'a2'");
            r.merge(&["b2"]).writes(GRACE, &orders_and_cause(422, "Nobody counts."), "Merge branch 'b2'");
            r.approves(GRACE);
        },
        trail: "
            approved, needs 1
            • Bo Lind: Write
            • Ada Meyer: Recount
            • Kim Reyes: Find the cause
            • Ada Meyer: Merge b into a [does not matter]
            • Ada Meyer: Recount again
            • Kim Reyes: Merge a into b [does not matter]
            • Kim Reyes: Reword the cause
            • Grace Okafor: Merge branch 'b2' [does not matter]
            ✓ trailer by Grace Okafor in `Grace reviews`
            newest approved text: Grace reviews
        ",
    },
    Scenario {
        name: "criss-cross merge",
        make: |r| {
            r.writes(BO, REPORT, "Write");
            r.branch("a").writes(ADA, &orders(421), "Recount");
            r.switch("main").branch("b").writes(KIM, &cause("Nobody had counted."), "Find the cause");
            r.switch("a").branch("a2").merge(&["b"]).writes(ADA, &orders_and_cause(421, "Nobody had counted."), "Merge b into a");
            r.switch("b").branch("b2").merge(&["a"]).writes(KIM, &orders_and_cause(421, "Nobody had counted."), "Merge a into b");
            r.switch("main").merges(BO, "a2", "Merge branch 'a2'");
            r.merges(BO, "b2", "Merge branch 'b2'");
            r.approves(KIM);
            r.approves(GRACE);
        },
        trail: "
            approved, needs 1
            • Bo Lind: Write
            • Ada Meyer: Recount
            • Kim Reyes: Find the cause
            • Ada Meyer: Merge b into a [does not matter]
            • Kim Reyes: Merge a into b [does not matter]
            ✗ trailer by Kim Reyes in `Kim reviews`: wrote a change since the last approval
            ✓ trailer by Grace Okafor in `Grace reviews`
            newest approved text: Grace reviews
        ",
    },
    Scenario {
        name: "a branch that nobody merged",
        make: |r| {
            r.writes(ADA, REPORT, "Write");
            r.branch("a").writes(BO, &orders(421), "Recount");
            r.approves(GRACE);
            r.switch("main");
        },
        trail: "
            unreviewed, needs 1
            • Ada Meyer: Write
        ",
    },
    Scenario {
        name: "approved on the branch, merged as it is",
        make: |r| {
            r.write("README.md", "Reports\n").commits(BO, "Begin");
            r.branch("a").writes(ADA, REPORT, "Write");
            r.approves(GRACE);
            r.switch("main").merges(ADA, "a", "Merge branch 'a'");
        },
        trail: "
            approved, needs 1
            • Ada Meyer: Write
            ✓ trailer by Grace Okafor in `Grace reviews`
            newest approved text: Grace reviews
        ",
    },
    Scenario {
        name: "approved on a branch of its own, because main is protected",
        make: |r| {
            r.writes(ADA, REPORT, "Write");
            r.branch("review").approves(GRACE);
            r.switch("main").write("README.md", "Reports\n").commits(BO, "Describe");
            r.merges(ADA, "review", "Merge pull request #5 from shop/review");
            r.writes(BO, &orders(421), "Recount");
            r.approves(ADA);
        },
        trail: "
            approved, needs 1
            • Ada Meyer: Write
            ✓ trailer by Grace Okafor in `Grace reviews`
            • Bo Lind: Recount
            ✓ trailer by Ada Meyer in `Ada reviews`
            newest approved text: Ada reviews
        ",
    },
    Scenario {
        name: "two branches with one approval each of the same text add up",
        make: |r| {
            r.write("lookback.yml", "severities: [{id: SEV1}, {id: SEV2, approvals: 2}]\n").writes(ADA, REPORT, "Write");
            r.branch("one").approves(GRACE);
            r.switch("main").branch("two").approves(BO);
            r.switch("main").merges(ADA, "one", "Merge branch 'one'");
            r.merges(ADA, "two", "Merge branch 'two'");
        },
        trail: "
            approved, needs 2
            • Ada Meyer: Write
            ✓ trailer by Grace Okafor in `Grace reviews`
            ✓ trailer by Bo Lind in `Bo reviews`
            newest approved text: Bo reviews
        ",
    },
    Scenario {
        name: "a merge that keeps its own text throws the other one away",
        make: |r| {
            r.writes(ADA, REPORT, "Write");
            r.branch("a").writes(BO, &orders(421), "Recount\n\nReviewed-by: Grace Okafor <grace@example.com>\n");
            r.switch("main").writes(KIM, &cause("Nobody had counted."), "Find the cause");
            r.merge(&["a"]).commits(KIM, "Merge branch 'a', ours");
        },
        trail: "
            unreviewed, needs 1
            • Ada Meyer: Write
            • Bo Lind: Recount
            ✓ trailer by Grace Okafor, recorded by Bo Lind in `Recount`
            • Kim Reyes: Find the cause
        ",
    },
    Scenario {
        name: "what a merge threw away stays away when somebody writes on",
        make: |r| {
            r.writes(ADA, REPORT, "Write");
            r.branch("a").writes(BO, &orders(421), "Recount\n\nReviewed-by: Grace Okafor <grace@example.com>\n");
            r.switch("main").writes(KIM, &cause("Nobody had counted."), "Find the cause");
            r.merge(&["a"]).commits(KIM, "Merge branch 'a', ours");
            r.writes(KIM, &cause("Nobody counts."), "Reword the cause");
        },
        trail: "
            unreviewed, needs 1
            • Ada Meyer: Write
            • Bo Lind: Recount
            ✓ trailer by Grace Okafor, recorded by Bo Lind in `Recount`
            • Kim Reyes: Find the cause
            • Kim Reyes: Reword the cause
        ",
    },
    Scenario {
        name: "a topic throws the text of another branch away before it lands",
        make: |r| {
            r.writes(ADA, REPORT, "Write");
            r.branch("side").writes(BO, &orders(421), "Recount\n\nReviewed-by: Grace Okafor <grace@example.com>\n");
            r.switch("main").branch("topic").writes(KIM, &cause("Nobody had counted."), "Find the cause");
            r.merge(&["side"]).write(PATH, cause("Nobody had counted.")).commits(KIM, "Merge branch 'side', ours");
            r.switch("main").write("README.md", "Reports\n").commits(BO, "Describe");
            r.merges(KIM, "topic", "Merge branch 'topic'");
        },
        trail: "
            unreviewed, needs 1
            • Ada Meyer: Write
            • Bo Lind: Recount
            ✓ trailer by Grace Okafor, recorded by Bo Lind in `Recount`
            • Kim Reyes: Find the cause
        ",
    },
    Scenario {
        name: "what was thrown away and comes back is not approved by who wrote it",
        make: |r| {
            r.writes(ADA, REPORT, "Write");
            r.branch("a").writes(BO, &orders(421), "Recount");
            r.switch("main").merge(&["a"]).write(PATH, REPORT).commits(KIM, "Merge branch 'a', ours");
            r.approves(GRACE);
            r.switch("a").branch("again").write("README.md", "Reports\n").commits(KIM, "Describe");
            r.switch("main").merge(&["again"]).writes(KIM, &orders(421), "Merge branch 'again'");
            r.approves(BO);
        },
        trail: "
            stale, needs 1
            • Ada Meyer: Write
            • Bo Lind: Recount [after approval]
            ✓ trailer by Grace Okafor in `Grace reviews`
            ✗ trailer by Bo Lind in `Bo reviews`: wrote a change since the last approval
            newest approved text: Grace reviews
        ",
    },
    Scenario {
        name: "merge of the base into the topic",
        make: |r| {
            r.write("README.md", "Reports\n").commits(BO, "Begin");
            r.branch("a").writes(ADA, REPORT, "Write");
            r.switch("main").write("README.md", "Our reports\n").commits(BO, "Reword");
            r.switch("a").merges(GRACE, "main", "Merge branch 'main' into a");
            r.switch("main").merges(ADA, "a", "Merge pull request #6 from shop/a");
        },
        trail: "
            unreviewed, needs 1
            • Ada Meyer: Write
        ",
    },
    Scenario {
        name: "plain pull: the topic's history becomes the chain",
        make: |r| {
            r.write("README.md", "Reports\n").commits(BO, "Begin");
            r.branch("theirs").write("README.md", "Our reports\n").commits(BO, "Reword");
            r.switch("main").writes(ADA, REPORT, "Write");
            r.merges(GRACE, "theirs", "Merge branch 'main' of git.example.com:shop/reports");
        },
        trail: "
            unreviewed, needs 1
            • Ada Meyer: Write
        ",
    },
    Scenario {
        name: "fast-forward",
        make: |r| {
            r.write("README.md", "Reports\n").commits(BO, "Begin");
            r.branch("a").writes(ADA, REPORT, "Write");
            r.approves(GRACE);
        },
        trail: "
            approved, needs 1
            • Ada Meyer: Write
            ✓ trailer by Grace Okafor in `Grace reviews`
            newest approved text: Grace reviews
        ",
    },
    Scenario {
        name: "cherry-pick: its author stays its author",
        make: |r| {
            r.writes(ADA, REPORT, "Write");
            r.approves(GRACE);
            r.branch("a").writes(BO, &orders(421), "Recount");
            r.switch("main").author(BO).committer(KIM).writes(BO, &orders(421), "Recount");
            r.committer("").approves(BO);
            r.approves(KIM);
        },
        trail: "
            approved, needs 1
            • Ada Meyer: Write
            ✓ trailer by Grace Okafor in `Grace reviews`
            • Bo Lind: Recount
            ✗ trailer by Bo Lind in `Bo reviews`: wrote a change since the last approval
            ✓ trailer by Kim Reyes in `Kim reviews`
            newest approved text: Kim reviews
        ",
    },
    Scenario {
        name: "the same text committed anew by somebody else on another branch",
        make: |r| {
            r.writes(ADA, REPORT, "Write");
            r.approves(GRACE);
            r.branch("a").writes(BO, &orders(421), "Recount");
            r.switch("main").writes(KIM, &orders(421), "Recount as well");
            r.merges(ADA, "a", "Merge branch 'a'");
            r.approves(BO);
        },
        trail: "
            stale, needs 1
            • Ada Meyer: Write
            ✓ trailer by Grace Okafor in `Grace reviews`
            • Bo Lind: Recount [after approval]
            • Kim Reyes: Recount as well [after approval]
            ✗ trailer by Bo Lind in `Bo reviews`: wrote a change since the last approval
            newest approved text: Grace reviews
        ",
    },
    Scenario {
        name: "rebase: the approval stayed on the old commit",
        make: |r| {
            r.write("README.md", "Reports\n").commits(BO, "Begin");
            r.branch("a").writes(ADA, REPORT, "Write");
            r.approves(GRACE);
            r.switch("main").write("README.md", "Our reports\n").commits(BO, "Reword");
            r.committer(ADA).writes(ADA, REPORT, "Write");
        },
        trail: "
            unreviewed, needs 1
            • Ada Meyer: Write
        ",
    },
];
