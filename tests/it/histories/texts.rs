//! What happens to one text on one line.

use super::*;
use crate::harness::{Edit, PIXEL};

#[test]
fn texts_on_one_line() {
    check(SCENARIOS);
}

const TWO_LEVELS: &str = "severities: [{id: SEV1, approvals: 2}, {id: SEV2, approvals: 1}]\n";

const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "approval after the last edit",
        make: |r| {
            r.writes(ADA, REPORT, "Write");
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
        name: "approval before the last edit",
        make: |r| {
            r.writes(ADA, REPORT, "Write");
            r.approves(GRACE);
            r.writes(ADA, &orders(421), "Recount");
        },
        trail: "
            stale, needs 1
            • Ada Meyer: Write
            ✓ trailer by Grace Okafor in `Grace reviews`
            • Ada Meyer: Recount [after approval]
            newest approved text: Grace reviews
        ",
    },
    Scenario {
        name: "who reviewed may approve what others wrote since",
        make: |r| {
            r.writes(ADA, REPORT, "Write");
            r.approves(GRACE);
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
        name: "rename and edit in one commit",
        make: |r| {
            r.write("postmortems/draft.md", REPORT).commits(ADA, "Write");
            r.approves(GRACE);
            r.rename("postmortems/draft.md", PATH).writes(BO, &orders(421), "Move and recount");
            r.approves(GRACE);
        },
        trail: "
            approved, needs 1
            • Ada Meyer: Write
            ✓ trailer by Grace Okafor in `Grace reviews`
            • Bo Lind: Move and recount [moved]
            ✓ trailer by Grace Okafor in `Grace reviews`
            newest approved text: Grace reviews
        ",
    },
    Scenario {
        name: "rename chain",
        make: |r| {
            r.write("postmortems/one.md", REPORT).commits(ADA, "Write");
            r.commits(GRACE, "Review\n\nReviewed-by: Grace Okafor <grace@example.com>\nPostmortem: one\n");
            r.rename("postmortems/one.md", "postmortems/two.md").commits(BO, "Move");
            r.rename("postmortems/two.md", "postmortems/2026/three.md").commits(BO, "Move again");
            r.rename("postmortems/2026/three.md", PATH).commits(BO, "Move back");
        },
        trail: "
            approved, needs 1
            • Ada Meyer: Write
            ✓ trailer by Grace Okafor in `Review`
            • Bo Lind: Move [moved] [does not matter]
            • Bo Lind: Move again [moved] [does not matter]
            • Bo Lind: Move back [moved] [does not matter]
            newest approved text: Review
        ",
    },
    Scenario {
        name: "copy: the new document begins anew",
        make: |r| {
            r.write("postmortems/first.md", REPORT).commits(ADA, "Write");
            r.commits(GRACE, "Review\n\nReviewed-by: Grace Okafor <grace@example.com>\nPostmortem: first\n");
            r.writes(BO, REPORT, "Copy");
        },
        trail: "
            unreviewed, needs 1
            • Bo Lind: Copy
        ",
    },
    Scenario {
        name: "deleted and added again as it was",
        make: |r| {
            r.writes(ADA, REPORT, "Write");
            r.approves(GRACE);
            r.remove(PATH).commits(BO, "Delete");
            r.writes(BO, REPORT, "Add again");
        },
        trail: "
            approved, needs 1
            • Ada Meyer: Write
            ✓ trailer by Grace Okafor in `Grace reviews`
            • Bo Lind: Add again
            newest approved text: Grace reviews
        ",
    },
    Scenario {
        name: "deleted and added again with another text",
        make: |r| {
            r.writes(ADA, REPORT, "Write");
            r.approves(GRACE);
            r.remove(PATH).commits(BO, "Delete");
            r.writes(BO, &orders(421), "Add again");
            r.approves(BO);
        },
        trail: "
            stale, needs 1
            • Ada Meyer: Write
            ✓ trailer by Grace Okafor in `Grace reviews`
            • Bo Lind: Add again [after approval]
            ✗ trailer by Bo Lind in `Bo reviews`: wrote a change since the last approval
            newest approved text: Grace reviews
        ",
    },
    Scenario {
        name: "a moved folder",
        make: |r| {
            r.write("postmortems/old/a.md", REPORT).commits(ADA, "Write");
            r.approves(GRACE);
            r.rename("postmortems/old/", "postmortems/2026/03/").commits(BO, "Sort by month");
        },
        trail: "
            approved, needs 1
            • Ada Meyer: Write
            ✓ trailer by Grace Okafor in `Grace reviews`
            • Bo Lind: Sort by month [moved] [does not matter]
            newest approved text: Grace reviews
        ",
    },
    Scenario {
        name: "the whole collection moved in from outside of it",
        make: |r| {
            r.write("incidents/a.md", REPORT).commits(ADA, "Write");
            r.rename("incidents/", "postmortems/").commits(BO, "Collect");
            r.approves(GRACE);
        },
        trail: "
            approved, needs 1
            • Ada Meyer: Write
            • Bo Lind: Collect [moved] [does not matter]
            ✓ trailer by Grace Okafor in `Grace reviews`
            newest approved text: Grace reviews
        ",
    },
    Scenario {
        name: "a name in another case",
        make: |r| {
            r.write("postmortems/A.md", REPORT).commits(ADA, "Write");
            r.approves(GRACE);
            r.rename("postmortems/A.md", PATH).commits(BO, "Lower case");
        },
        trail: "
            approved, needs 1
            • Ada Meyer: Write
            ✓ trailer by Grace Okafor in `Grace reviews`
            • Bo Lind: Lower case [moved] [does not matter]
            newest approved text: Grace reviews
        ",
    },
    Scenario {
        name: "a file that becomes a bundle",
        make: |r| {
            r.writes(ADA, REPORT, "Write");
            r.approves(GRACE);
            r.rename(PATH, "postmortems/a/index.md").commits(BO, "Bundle");
        },
        trail: "
            approved, needs 1
            • Ada Meyer: Write
            ✓ trailer by Grace Okafor in `Grace reviews`
            • Bo Lind: Bundle [moved] [does not matter]
            newest approved text: Grace reviews
        ",
    },
    Scenario {
        name: "the image of a bundle changes",
        make: |r| {
            r.write("postmortems/a/graph.png", PIXEL).write("postmortems/a/index.md", REPORT).commits(ADA, "Write");
            r.approves(GRACE);
            r.write("postmortems/a/graph.png", "other").commits(BO, "Draw again");
        },
        trail: "
            stale, needs 1
            • Ada Meyer: Write [images]
            ✓ trailer by Grace Okafor in `Grace reviews`
            • Bo Lind: Draw again [images] [after approval]
            newest approved text: Grace reviews
        ",
    },
    Scenario {
        name: "a new image is approved, by somebody who did not draw it",
        make: |r| {
            r.write("postmortems/a/graph.png", PIXEL).write("postmortems/a/index.md", REPORT).commits(ADA, "Write");
            r.approves(GRACE);
            r.write("postmortems/a/graph.png", "other").commits(BO, "Draw again");
            r.approves(BO);
            r.approves(GRACE);
        },
        trail: "
            approved, needs 1
            • Ada Meyer: Write [images]
            ✓ trailer by Grace Okafor in `Grace reviews`
            • Bo Lind: Draw again [images]
            ✗ trailer by Bo Lind in `Bo reviews`: wrote a change since the last approval
            ✓ trailer by Grace Okafor in `Grace reviews`
            newest approved text: Grace reviews
        ",
    },
    Scenario {
        name: "approvals of the old image do not add up with those of the new one",
        make: |r| {
            r.write("lookback.yml", "severities: [{id: SEV1}, {id: SEV2, approvals: 2}]\n");
            r.write("postmortems/a/graph.png", PIXEL).write("postmortems/a/index.md", REPORT).commits(ADA, "Write");
            r.approves(GRACE);
            r.write("postmortems/a/graph.png", "other").commits(BO, "Draw again");
            r.approves(KIM);
        },
        trail: "
            unreviewed, needs 2
            • Ada Meyer: Write [images]
            ✓ trailer by Grace Okafor in `Grace reviews`
            • Bo Lind: Draw again [images]
            ✓ trailer by Kim Reyes in `Kim reviews`
        ",
    },
    Scenario {
        name: "a bundle is split: each half has the history of its text",
        make: |r| {
            let both = format!("{REPORT}\n## Supporting material\nThe other incident began an hour later.\n");
            r.write("postmortems/a/graph.png", PIXEL).write("postmortems/a/index.md", both).commits(ADA, "Write both");
            r.approves(GRACE);
            r.write("postmortems/a/index.md", REPORT).rename("postmortems/a/graph.png", "postmortems/b/graph.png");
            r.write("postmortems/b/index.md", "---\ntitle: The other\n---\n## Impact\nNone.\n").commits(BO, "Split");
        },
        trail: "
            stale, needs 1
            • Ada Meyer: Write both [images]
            ✓ trailer by Grace Okafor in `Grace reviews`
            • Bo Lind: Split [images] [after approval]
            newest approved text: Grace reviews
        ",
    },
    Scenario {
        name: "a paragraph is broken anew",
        make: |r| {
            r.writes(ADA, REPORT, "Write");
            r.approves(GRACE);
            r.writes(BO, &REPORT.edit("the year before, and", "the year before,\nand"), "Reflow");
        },
        trail: "
            approved, needs 1
            • Ada Meyer: Write
            ✓ trailer by Grace Okafor in `Grace reviews`
            • Bo Lind: Reflow [does not matter]
            newest approved text: Grace reviews
        ",
    },
    Scenario {
        name: "an action is done",
        make: |r| {
            r.writes(ADA, REPORT, "Write");
            r.approves(GRACE);
            r.writes(BO, &REPORT.edit("status: open", "status: done"), "Tick");
        },
        trail: "
            approved, needs 1
            • Ada Meyer: Write
            ✓ trailer by Grace Okafor in `Grace reviews`
            • Bo Lind: Tick [does not matter]
            newest approved text: Grace reviews
        ",
    },
    Scenario {
        name: "a number changes",
        make: |r| {
            r.writes(ADA, REPORT, "Write");
            r.approves(GRACE);
            r.writes(BO, &REPORT.edit("customers_affected: 420", "customers_affected: 42"), "Recount");
        },
        trail: "
            stale, needs 1
            • Ada Meyer: Write
            ✓ trailer by Grace Okafor in `Grace reviews`
            • Bo Lind: Recount [after approval]
            newest approved text: Grace reviews
        ",
    },
    Scenario {
        name: "an empty commit says nothing",
        make: |r| {
            r.writes(ADA, REPORT, "Write");
            r.commits(BO, "Run the checks again");
        },
        trail: "
            unreviewed, needs 1
            • Ada Meyer: Write
        ",
    },
    Scenario {
        name: "an empty commit with a reviewer but without the postmortem that was reviewed",
        make: |r| {
            r.writes(ADA, REPORT, "Write");
            r.commits(GRACE, "Review\n\nReviewed-by: Grace Okafor <grace@example.com>\n");
        },
        trail: "
            unreviewed, needs 1
            • Ada Meyer: Write
        ",
    },
    Scenario {
        name: "two approvals that the severity asks for",
        make: |r| {
            r.write("lookback.yml", TWO_LEVELS).writes(ADA, &REPORT.edit("SEV2", "SEV1"), "Write");
            r.approves(GRACE);
            r.approves(BO);
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
        name: "a lower severity needs fewer, but is another text",
        make: |r| {
            r.write("lookback.yml", TWO_LEVELS).writes(ADA, &REPORT.edit("SEV2", "SEV1"), "Write");
            r.approves(GRACE);
            r.writes(ADA, REPORT, "Lower the severity");
            r.approves(ADA);
            r.approves(GRACE);
        },
        trail: "
            approved, needs 1
            • Ada Meyer: Write
            ✓ trailer by Grace Okafor in `Grace reviews`
            • Ada Meyer: Lower the severity
            ✗ trailer by Ada Meyer in `Ada reviews`: wrote a change since the last approval
            ✓ trailer by Grace Okafor in `Grace reviews`
            newest approved text: Grace reviews
        ",
    },
    Scenario {
        name: "clocks that run backwards",
        make: |r| {
            r.at("2026-03-05T00:00:00Z").writes(ADA, REPORT, "Write");
            r.at("2026-03-01T00:00:00Z").approves(GRACE);
            r.at("2020-01-01T00:00:00Z").writes(BO, &orders(421), "Recount");
        },
        trail: "
            stale, needs 1
            • Ada Meyer: Write
            ✓ trailer by Grace Okafor in `Grace reviews`
            • Bo Lind: Recount [after approval]
            newest approved text: Grace reviews
        ",
    },
];
