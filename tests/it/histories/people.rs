//! Who is who, and who may approve.

use super::*;

#[test]
fn people_who_approve() {
    check(SCENARIOS);
}

const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "two people with one address",
        make: |r| {
            r.writes("Ada Meyer <ops@example.com>", REPORT, "Write");
            r.commits(BO, "Review\n\nReviewed-by: Grace Okafor <ops@example.com>\nPostmortem: a\n");
        },
        trail: "
            unreviewed, needs 1
            • Ada Meyer: Write
            ✗ trailer by Grace Okafor, recorded by Bo Lind in `Review`: wrote a change since the last approval
        ",
    },
    Scenario {
        name: "one person with two addresses, by mailmap",
        make: |r| {
            r.write(".mailmap", "Ada Meyer <ada@example.com> <a.m@home.example>\n");
            r.writes("am <a.m@home.example>", REPORT, "Write");
            r.approves(ADA);
        },
        trail: "
            unreviewed, needs 1
            • Ada Meyer: Write
            ✗ trailer by Ada Meyer in `Ada reviews`: wrote a change since the last approval
        ",
    },
    Scenario {
        name: "a co-author approves",
        make: |r| {
            r.writes(ADA, REPORT, "Write\n\nCo-authored-by: Grace Okafor <grace@example.com>\n");
            r.approves(GRACE);
        },
        trail: "
            unreviewed, needs 1
            • Ada Meyer: Write
            ✗ trailer by Grace Okafor in `Grace reviews`: wrote a change since the last approval
        ",
    },
    Scenario {
        name: "an author approves",
        make: |r| {
            r.writes(ADA, REPORT, "Write");
            r.approves(ADA);
        },
        trail: "
            unreviewed, needs 1
            • Ada Meyer: Write
            ✗ trailer by Ada Meyer in `Ada reviews`: wrote a change since the last approval
        ",
    },
    Scenario {
        name: "who changed only bookkeeping may approve",
        make: |r| {
            r.writes(ADA, REPORT, "Write");
            r.writes(GRACE, &REPORT.replace("tags: [database]", "tags: [database, capacity]"), "Tag");
            r.approves(GRACE);
        },
        trail: "
            approved, needs 1
            • Ada Meyer: Write
            • Grace Okafor: Tag [does not matter]
            ✓ trailer by Grace Okafor in `Grace reviews`
            newest approved text: Grace reviews
        ",
    },
    Scenario {
        name: "a bot approves, and a bot writes",
        make: |r| {
            r.writes("fixer[bot] <fixer[bot]@users.noreply.github.com>", REPORT, "Write");
            r.approves("merger[bot] <merger[bot]@users.noreply.github.com>");
            r.approves(GRACE);
        },
        trail: "
            approved, needs 1
            • fixer[bot]: Write
            ✗ trailer by merger[bot] in `merger[bot] reviews`: a bot
            ✓ trailer by Grace Okafor in `Grace reviews`
            newest approved text: Grace reviews
        ",
    },
    Scenario {
        name: "only configured approvers",
        make: |r| {
            r.write("lookback.yml", "review: {approvers: [Bo Lind <bo@example.com>]}\n").writes(ADA, REPORT, "Write");
            r.approves(GRACE);
            r.approves(BO);
        },
        trail: "
            approved, needs 1
            • Ada Meyer: Write
            ✗ trailer by Grace Okafor in `Grace reviews`: not a configured approver
            ✓ trailer by Bo Lind in `Bo reviews`
            newest approved text: Bo reviews
        ",
    },
    Scenario {
        name: "continuous integration records what a forge was told",
        make: |r| {
            r.writes(ADA, REPORT, "Write");
            r.commits(
                "ci <ci@example.com>",
                "Record\n\nReviewed-by: Grace Okafor <grace@example.com>\nPostmortem: a\nReviewed-via: https://git.example.com/shop/reports/pull/7\n",
            );
        },
        trail: "
            approved, needs 1
            • Ada Meyer: Write
            ✓ trailer by Grace Okafor, recorded by ci, at https://git.example.com/shop/reports/pull/7 in `Record`
            newest approved text: Record
        ",
    },
];
