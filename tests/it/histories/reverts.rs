//! What was taken back.

use super::*;

#[test]
fn what_was_taken_back() {
    check(SCENARIOS);
}

const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "an approval is reverted",
        make: |r| {
            r.writes(ADA, REPORT, "Write");
            let review = r.approves(GRACE);
            r.commits(GRACE, &format!("Revert \"Grace reviews\"\n\nThis reverts commit {review}.\n"));
        },
        trail: "
            unreviewed, needs 1
            • Ada Meyer: Write
            ✗ trailer by Grace Okafor in `Grace reviews`: reverted
        ",
    },
    Scenario {
        name: "an approval is reverted by the short id, and given again",
        make: |r| {
            r.writes(ADA, REPORT, "Write");
            let review = r.approves(GRACE);
            r.commits(GRACE, &format!("Revert\n\nThis reverts commit {} (Grace reviews, 2026-01-01).\n", &review[..10]));
            r.approves(GRACE);
        },
        trail: "
            approved, needs 1
            • Ada Meyer: Write
            ✗ trailer by Grace Okafor in `Grace reviews`: reverted
            ✓ trailer by Grace Okafor in `Grace reviews`
            newest approved text: Grace reviews
        ",
    },
    Scenario {
        name: "reverting the revert does not bring an approval back",
        make: |r| {
            r.writes(ADA, REPORT, "Write");
            let review = r.approves(GRACE);
            let revert = r.commits(GRACE, &format!("Revert \"Grace reviews\"\n\nThis reverts commit {review}.\n"));
            r.commits(ADA, &format!("Reapply \"Grace reviews\"\n\nThis reverts commit {revert}.\n"));
        },
        trail: "
            unreviewed, needs 1
            • Ada Meyer: Write
            ✗ trailer by Grace Okafor in `Grace reviews`: reverted
        ",
    },
    Scenario {
        name: "a reverted approval settles nothing",
        make: |r| {
            r.writes(ADA, REPORT, "Write");
            let review = r.approves(GRACE);
            r.commits(GRACE, &format!("Revert \"Grace reviews\"\n\nThis reverts commit {review}.\n"));
            r.writes(BO, &orders(421), "Recount");
            r.approves(ADA);
        },
        trail: "
            unreviewed, needs 1
            • Ada Meyer: Write
            ✗ trailer by Grace Okafor in `Grace reviews`: reverted
            • Bo Lind: Recount
            ✗ trailer by Ada Meyer in `Ada reviews`: wrote a change since the last approval
        ",
    },
    Scenario {
        name: "an approved change is reverted to the text approved before",
        make: |r| {
            r.writes(ADA, REPORT, "Write");
            r.approves(GRACE);
            let change = r.writes(BO, &orders(421), "Recount");
            r.approves(GRACE);
            r.writes(KIM, REPORT, &format!("Revert \"Recount\"\n\nThis reverts commit {change}.\n"));
        },
        trail: "
            approved, needs 1
            • Ada Meyer: Write
            ✓ trailer by Grace Okafor in `Grace reviews`
            • Bo Lind: Recount
            ✗ trailer by Grace Okafor in `Grace reviews`: reverted
            • Kim Reyes: Revert \"Recount\"
            newest approved text: Grace reviews
        ",
    },
    Scenario {
        name: "an approved change is taken back by hand",
        make: |r| {
            r.writes(ADA, REPORT, "Write");
            r.approves(GRACE);
            r.writes(BO, &orders(421), "Recount");
            r.approves(GRACE);
            r.writes(KIM, REPORT, "Back to 420");
            r.approves(KIM);
            r.approves(BO);
        },
        trail: "
            approved, needs 1
            • Ada Meyer: Write
            ✓ trailer by Grace Okafor in `Grace reviews`
            • Bo Lind: Recount
            ✓ trailer by Grace Okafor in `Grace reviews`
            • Kim Reyes: Back to 420
            ✗ trailer by Kim Reyes in `Kim reviews`: wrote a change since the last approval
            ✓ trailer by Bo Lind in `Bo reviews`
            newest approved text: Bo reviews
        ",
    },
    Scenario {
        name: "a commit that changes and approves is reverted",
        make: |r| {
            r.writes(ADA, REPORT, "Write");
            r.approves(GRACE);
            let change = r.writes(BO, &orders(421), "Recount\n\nReviewed-by: Grace Okafor <grace@example.com>\n");
            r.writes(KIM, REPORT, &format!("Revert \"Recount\"\n\nThis reverts commit {change}.\n"));
        },
        trail: "
            approved, needs 1
            • Ada Meyer: Write
            ✓ trailer by Grace Okafor in `Grace reviews`
            • Bo Lind: Recount
            ✗ trailer by Grace Okafor, recorded by Bo Lind in `Recount`: reverted
            • Kim Reyes: Revert \"Recount\"
            newest approved text: Grace reviews
        ",
    },
    Scenario {
        name: "a merged request is reverted by the button of GitHub",
        make: |r| {
            r.writes(ADA, REPORT, "Write");
            r.approves(GRACE);
            r.branch("a").writes(BO, &orders(421), "Recount");
            r.switch("main").merges(GRACE, "a", "Merge pull request #12 from shop/a");
            r.committer("GitHub <noreply@github.com>").writes(KIM, REPORT, "Revert \"Recount\" (#13)\n\nReverts shop/reports#12\n");
            r.committer("");
        },
        trail: "
            approved, needs 1
            • Ada Meyer: Write
            ✓ trailer by Grace Okafor in `Grace reviews`
            • Bo Lind: Recount
            ✗ merge by Grace Okafor in `Merge pull request #12 from shop/a`: reverted
            • Kim Reyes: Revert \"Recount\" (#13)
            newest approved text: Grace reviews
        ",
    },
    Scenario {
        name: "a message that speaks of a commit that is not here reverts nothing",
        make: |r| {
            r.writes(ADA, REPORT, "Write");
            r.approves(GRACE);
            r.commits(ADA, "Talk\n\nThis reverts commit 0123456789abcdef0123456789abcdef01234567.\n");
        },
        trail: "
            approved, needs 1
            • Ada Meyer: Write
            ✓ trailer by Grace Okafor in `Grace reviews`
            newest approved text: Grace reviews
        ",
    },
    Scenario {
        name: "forced push: the approval is no longer part of the history",
        make: |r| {
            r.write("README.md", "Reports\n").commits(BO, "Begin");
            r.branch("old").writes(ADA, REPORT, "Write");
            r.approves(GRACE);
            r.switch("main").writes(ADA, &orders(421), "Write");
        },
        trail: "
            unreviewed, needs 1
            • Ada Meyer: Write
        ",
    },
];
