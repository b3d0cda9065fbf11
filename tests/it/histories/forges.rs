//! What the forges write when they land a request.

use super::*;

#[test]
fn requests_that_forges_land() {
    check(SCENARIOS);
}

/// Ada's report on a topic, landed by Grace with a message.
fn landed(r: &mut TestRepository, message: &str) {
    r.write("README.md", "Reports\n").commits(BO, "Begin");
    r.branch("a").writes(ADA, REPORT, "Write");
    r.switch("main").merges(GRACE, "a", message);
}

const SQUASHES: &str = "review: {accept: [trailer, merge, squash]}\n";

const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "GitHub",
        make: |r| landed(r, "Merge pull request #12 from shop/a\n\nWrite\n"),
        trail: "
            approved, needs 1
            • Ada Meyer: Write
            ✓ merge by Grace Okafor in `Merge pull request #12 from shop/a`
            newest approved text: Merge pull request #12 from shop/a
        ",
    },
    Scenario {
        name: "GitLab",
        make: |r| landed(r, "Merge branch 'a' into 'main'\n\nWrite\n\nSee merge request shop/reports!12\n"),
        trail: "
            approved, needs 1
            • Ada Meyer: Write
            ✓ merge by Grace Okafor in `Merge branch 'a' into 'main'`
            newest approved text: Merge branch 'a' into 'main'
        ",
    },
    Scenario {
        name: "Gitea",
        make: |r| landed(r, "Merge pull request 'Write' (#12) from a into main\n\nReviewed-on: https://git.example.com/12\n"),
        trail: "
            approved, needs 1
            • Ada Meyer: Write
            ✓ merge by Grace Okafor in `Merge pull request 'Write' (#12) from a into main`
            newest approved text: Merge pull request 'Write' (#12) from a into main
        ",
    },
    Scenario {
        name: "Azure DevOps",
        make: |r| landed(r, "Merged PR 12: Write\n\nRelated work items: #3\n"),
        trail: "
            approved, needs 1
            • Ada Meyer: Write
            ✓ merge by Grace Okafor in `Merged PR 12: Write`
            newest approved text: Merged PR 12: Write
        ",
    },
    Scenario {
        name: "Bitbucket",
        make: |r| landed(r, "Merged in a (pull request #12)\n\nWrite\n"),
        trail: "
            approved, needs 1
            • Ada Meyer: Write
            ✓ merge by Grace Okafor in `Merged in a (pull request #12)`
            newest approved text: Merged in a (pull request #12)
        ",
    },
    Scenario {
        name: "Bitbucket Server",
        make: |r| landed(r, "Pull request #12: Write\n\nMerge in SHOP/reports from a to main\n"),
        trail: "
            approved, needs 1
            • Ada Meyer: Write
            ✓ merge by Grace Okafor in `Pull request #12: Write`
            newest approved text: Pull request #12: Write
        ",
    },
    Scenario {
        name: "a merge without a request",
        make: |r| landed(r, "Merge branch 'a'"),
        trail: "
            unreviewed, needs 1
            • Ada Meyer: Write
        ",
    },
    Scenario {
        name: "Gitea's trailer on the merge",
        make: |r| landed(r, "Merge branch 'a'\n\nReviewed-by: Kim Reyes <kim@example.com>\n"),
        trail: "
            approved, needs 1
            • Ada Meyer: Write
            ✓ trailer by Kim Reyes, recorded by Grace Okafor in `Merge branch 'a'`
            newest approved text: Merge branch 'a'
        ",
    },
    Scenario {
        name: "the merge by somebody, with the trailer of somebody else",
        make: |r| landed(r, "Merge pull request #12 from shop/a\n\nReviewed-by: Kim Reyes <kim@example.com>\n"),
        trail: "
            approved, needs 1
            • Ada Meyer: Write
            ✓ trailer by Kim Reyes, recorded by Grace Okafor in `Merge pull request #12 from shop/a`
            ✓ merge by Grace Okafor in `Merge pull request #12 from shop/a`
            newest approved text: Merge pull request #12 from shop/a
        ",
    },
    Scenario {
        name: "squash by the forge, not accepted",
        make: |r| {
            r.committer("GitHub <noreply@github.com>").writes(ADA, REPORT, "Write (#12)");
        },
        trail: "
            unreviewed, needs 1
            • Ada Meyer: Write (#12)
        ",
    },
    Scenario {
        name: "squash by the forge, accepted",
        make: |r| {
            r.write("lookback.yml", SQUASHES).commits(BO, "Configure");
            r.committer("GitHub <noreply@github.com>").writes(ADA, REPORT, "Write (#12)");
        },
        trail: "
            approved, needs 1
            • Ada Meyer: Write (#12)
            ✓ squash by branch protection in `Write (#12)`
            newest approved text: Write (#12)
        ",
    },
    Scenario {
        name: "a commit that only looks like a squash",
        make: |r| {
            r.write("lookback.yml", SQUASHES).commits(BO, "Configure");
            r.writes(ADA, REPORT, "Write (#12)");
        },
        trail: "
            unreviewed, needs 1
            • Ada Meyer: Write (#12)
        ",
    },
    Scenario {
        name: "squash of several people's commits",
        make: |r| {
            r.writes(BO, REPORT, "Write");
            r.approves(KIM);
            r.committer("GitHub <noreply@github.com>").writes(
                ADA,
                &orders(421),
                "Recount (#13)\n\nCo-authored-by: Grace Okafor <grace@example.com>\n",
            );
            r.committer("").approves(GRACE);
            r.approves(KIM);
        },
        trail: "
            approved, needs 1
            • Bo Lind: Write
            ✓ trailer by Kim Reyes in `Kim reviews`
            • Ada Meyer: Recount (#13)
            ✗ trailer by Grace Okafor in `Grace reviews`: wrote a change since the last approval
            ✓ trailer by Kim Reyes in `Kim reviews`
            newest approved text: Kim reviews
        ",
    },
];
