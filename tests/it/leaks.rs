//! Nothing internal goes outside, and what a theme prints in spite of that is found before anything is written.

use img_parts::png::{Png, PngChunk};
use lookback::testing::TestRepository;

use crate::harness::{APPROVED, Edit, PATH, PIXEL, REPORT, Sites, files, holding, lookback};

/// Every word that begins with `canary` stands where no customer may read it.
const CONFIGURATION: &str = "\
site: {title: canarysitetitle}
severities:
  - {id: canaryseverity, name: canaryseverityname, public_name: Partial outage}
  - {id: canaryother, name: canaryothername}
services:
  - {id: canaryservice, name: canaryservicename, team: canaryteam, public_name: Ordering}
  - {id: canaryhidden, name: canaryhiddenname}
causes: [canarycause]
audiences: {partners: {title: Partner reports}}
privacy: {forbid: [canarypattern], internal_hosts: [canaryhost.example]}
people: [{name: Robin Canaryperson, email: canaryperson@example.com, handle: canaryhandle, aliases: [Canaryalias Robin]}]
";

const CANARIES: &str = "\
---
id: canaryid
title: canarytitle of the incident
status: final
severity: canaryseverity
services: [canaryservice, canaryhidden]
owner: Robin Canaryowner <canaryowner@example.com>
roles: {commander: Robin Canarycommander, canaryrole: '@canaryroleholder'}
reviewers: ['@canaryreviewer']
timezone: Asia/Seoul
times: {started: 2026-03-02T09:00:00Z, detected: 2026-03-02T09:10:00Z, resolved: 2026-03-02T10:00:00Z}
impacts: [{service: canaryservice, level: down, start: 2026-03-02T09:00:00Z, end: 2026-03-02T10:00:00Z, scope: canaryscope}]
customers_affected: 420
detection: alert
causes: [canarycause]
actions: [{id: canaryaction, title: canaryactiontitle, owner: Robin Canaryactor, due: 2026-12-01, ticket: canaryticket, status: declined, reason: canaryreason}]
links: [{title: canarylink, url: 'https://canaryhost.example/canarydashboard'}]
related: [canaryrelated]
tags: [canarytag]
allow: {no-evidence-link: canaryallowed}
extra: {canarykey: canaryvalue}
canaryunknown: canaryunknownvalue
# canarycomment
public: {publish: true, title: Orders could not be placed, summary: For an hour no order could be placed.}
---

canaryopening

<!-- canaryhtmlcomment -->

## Summary
canarysummary

## Impact
canaryimpact ![canaryalt](canaryimage.png)

## Timeline
| Time (UTC) | Event | For customers |
|---|---|---|
| 2026-03-02 09:00 | canaryevent | Orders fail [public] |
| 09:10 | canaryalert [detected] | |
| 10:00 | canaryend [resolved] | |

## Root cause
canaryroot

## Resolution
canaryresolution

## canaryheading
canaryownsection

## Customer summary
Nothing was charged. ![A rising line](public-canaryname.png)

<!-- canaryhtmlcomment -->
<div data-x=\"canaryattribute\">

> [!INTERNAL]
> canaryblock[^canarynote]
>
> [^canarynote]: canaryfootnote

### Figures {.internal}
canaryfigures
";

fn picture() -> Vec<u8> {
    let mut picture = Png::from_bytes(PIXEL.to_vec().into()).unwrap();
    picture.chunks_mut().insert(1, PngChunk::new(*b"tEXt", b"Author\0canarymetadata".to_vec().into()));
    let mut bytes = Vec::new();
    picture.encoder().write_to(&mut bytes).unwrap();
    bytes
}

/// A history in which everything internal says so, and one incident is published.
fn canaries() -> TestRepository {
    let mut repository = TestRepository::new();
    let path = "postmortems/canaryfolder/index.md";
    let approval = "canarysubject\n\ncanarybody\n\nReviewed-by: Robin Canaryreviewed <canaryreviewed@example.com>\nCo-authored-by: Robin Canaryco <canaryco@example.com>\n";
    repository.author("Robin Canaryauthor <canaryauthor@example.com>").committer("Robin Canarycommitter <canarycommitter@example.com>");
    repository.write("lookback.yml", CONFIGURATION).write(".mailmap", "Robin Canarymapped <canarymapped@example.com>\n").commit("canaryfirst");
    repository.branch("canarybranch").write("postmortems/canaryfolder/canaryimage.png", picture());
    repository.write("postmortems/canaryfolder/public-canaryname.png", picture());
    repository.write(path, CANARIES.edit("canarysummary", "canaryoldrevision")).commit("canarydraft");
    repository.switch("main").merge(&["canarybranch"]).commit("Merge pull request #12 from canaryuser/canarybranch\n\ncanarymerge\n");
    repository.write(path, CANARIES).commit(approval);
    repository.write(path, CANARIES.edit("Nothing was charged", "canarynewer was charged")).commit("canaryunreviewed");
    // Beside it: a draft, a privileged report, and one that was taken back.
    repository.write("postmortems/canarydraft.md", CANARIES.edit("canaryid", "canarydraft").edit("status: final", "status: draft")).commit(approval);
    let privileged = CANARIES.edit("canaryid", "canaryprivileged").edit("status: final", "status: final\nprivileged: true");
    repository.write("postmortems/canaryprivileged.md", privileged).commit(approval);
    let withdrawn = CANARIES.edit("canaryid", "canarywithdrawn").edit("Nothing was charged", "canarywasread");
    repository.write("postmortems/canarywithdrawn.md", &withdrawn).commit(&approval.replace("Nothing", "canarynothing"));
    repository.write("postmortems/canarywithdrawn.md", withdrawn.edit("status: final", "status: withdrawn\nwithdrawn_reason: canarywithdrawal"));
    repository.commit("canarywithdrawal");
    repository
}

#[test]
fn no_internal_word_stands_in_any_external_byte() {
    let mut repository = canaries();
    let sites = Sites::build(&mut repository);
    for audience in ["public", "partners"] {
        let slugs = sites.slugs(audience);
        assert_eq!(slugs.len(), 2, "one is read, one was taken back: {slugs:?}\n{}", sites.run);
        assert_eq!(sites.holding(audience, "canary"), [""; 0]);
        assert!(!sites.holding(audience, "Nothing was charged").is_empty());
        assert!(!sites.holding(audience, "Orders fail").is_empty());
        assert_eq!(sites.files(audience).keys().filter(|path| path.ends_with(".png")).count(), 1);
    }
    assert_eq!(holding(&files(&repository.path().join("site")), "canaryprivileged"), [""; 0]);
    // The words are there to be found: the internal site has them.
    for word in ["canarytitle", "canaryowner", "canaryroot", "canaryblock", "canarysubject", "canarydraft", "canaryticket", "canaryteam"] {
        assert!(!sites.holding("internal", word).is_empty(), "{word}");
    }
}

#[test]
fn commit_ids_are_found_whole_and_short() {
    let mut repository = TestRepository::new();
    let id = repository.write(PATH, REPORT).commit(APPROVED).to_string();
    Sites::build(&mut repository);
    for text in [&id, &id[..7], &id[..8], &id[..10], &id[..12], &id[..33]] {
        repository.write_uncommitted("theme/external/404.html", format!("<p>{text}</p>"));
        let run = lookback(repository.path(), &["build"]);
        assert_eq!(run.code, 1, "{text}: {run}");
        assert!(run.error.contains(&format!("404.html:1: commit id `{id}`")), "{run}");
    }
}

#[test]
fn a_leak_in_one_audience_does_not_keep_the_others_back() {
    let mut repository = TestRepository::new();
    repository.write("lookback.yml", "audiences: {public: {languages: [ko]}, partners: {title: Partner reports}}\n");
    repository.write("theme/external/404.html", "{% if site.lang == \"ko\" %}ada@example.com{% endif %}");
    repository.write(PATH, REPORT).commit(APPROVED);
    let sites = Sites::try_build(&mut repository);
    assert_eq!(sites.run.code, 1, "{}", sites.run);
    assert_eq!(sites.files("public").len(), 0);
    assert!(!sites.files("partners").is_empty() && !sites.files("internal").is_empty());
}

#[test]
fn a_template_that_fails_writes_nothing() {
    let mut repository = TestRepository::new();
    repository.write(PATH, REPORT).write("theme/external/incident.html", "{{ title }}\n{{ owner }}").commit(APPROVED);
    let sites = Sites::try_build(&mut repository);
    insta::assert_snapshot!(sites.run, @r"
    exit 2
    --- stderr
    error: theme: external/incident.html:2: undefined value: `owner` is undefined (in external/incident.html:2)
    hint: nothing was written
    ");
    assert_eq!(sites.files("internal").len() + sites.files("public").len(), 0);
}

#[test]
fn what_an_author_wrote_for_customers_is_no_leak_though_it_stands_inside_too() {
    let mut repository = TestRepository::new();
    repository.write("lookback.yml", "services: [{id: orders, name: The order service of the shop, public_name: The order service of the shop}]\n");
    let text = REPORT
        .edit("title: Connections of the order store ran out", "title: Orders could not be placed")
        .edit("The order store had no free connection for an hour.", "Between nine and ten no order could be placed, for **every** customer.")
        .edit(
            "no order could be placed. Nothing was charged.",
            "no order could be placed, for every\n[customer](https://example.com). Ada Meyer says sorry.",
        )
        .edit("tags:", "extra: {note: no order could be placed}\nallow: {person-in-public: She agreed to it}\ntags:");
    repository.write(PATH, text).commit(APPROVED);
    let sites = Sites::build(&mut repository);
    assert!(!sites.holding("public", "Ada Meyer says sorry").is_empty(), "{}", sites.run);
}
