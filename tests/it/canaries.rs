//! A repository in which every internal place holds a word of its own that begins with `canary`: none of them stands in any byte or name of an external
//! site, however it might be encoded. The schemas of front matter and configuration say which places there are, so that a new key without its word fails.

use std::collections::{BTreeMap, BTreeSet};

use img_parts::png::{Png, PngChunk};
use lookback::{
    config::{Settings, configuration_schema, front_matter_schema},
    testing::TestRepository,
};
use serde_json::Value;

use crate::harness::{Edit, PIXEL, Sites, files, git, holding, lookback};

const CONFIGURATION: &str = "\
# canaryconfigcomment
site: {title: canarysitetitle}
content: {root: postmortems, include: ['**/*.md', 'canaryinclude/*'], exclude: ['canaryexclude/**', '**/_*']}
fields: {owner: [canaryspelling], title: [canaryspelling2]}
severities:
  - {id: canaryseverity, name: canaryseverityname, public_name: Partial outage}
  - {id: canaryother, name: canaryothername}
services:
  - {id: canaryservice, name: canaryservicename, team: canaryteam, public_name: Ordering}
  - {id: canaryhidden, name: canaryhiddenname}
causes: [canarycause]
sections: [{id: canarysectionid, titles: [Canarysectiontitle], required_from: canaryother}]
audiences: {public: {min_severity: canaryother}, partners: {title: Partner reports, base_url: 'https://partners.example'}}
review:
  trailers: [Reviewed-by, Canarytrailer]
  approvers: [Robin Canaryreviewed <canaryreviewed@example.com>]
  allowed_signers: canarysigners
  bots: [canarybot]
privacy: {forbid: [canarypattern], internal_hosts: [canaryhost.example]}
people: [{name: Robin Canaryperson, email: canaryperson@example.com, handle: canaryhandle, aliases: [Canaryalias Robin]}]
";

/// Places of the configuration that hold no word: what is written for customers, how their site looks, and what must be one of a few
/// words, a time, a number or a zone.
const NO_WORD_IN_CONFIGURATION: &[&str] = &[
    "audiences.*.base_url",
    "audiences.*.delay",
    "audiences.*.languages[]",
    "audiences.*.title.*",
    "review.complete_within",
    "review.draft_within",
    "review.holidays[]",
    "review.meeting",
    "rules.*.enforced_from",
    "rules.*.level",
    "services[].public_name.*",
    "severities[].public_name.*",
    "site.languages[]",
    "site.timezone",
    "theme.accent.dark",
    "theme.accent.light",
    "theme.code[]",
    "theme.headings[]",
    "theme.logo",
    "theme.text[]",
];

const FRONT_MATTER: &str = "\
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
actions: [{id: canaryaction, title: canaryactiontitle, owner: Robin Canaryactor, due: 2026-12-01, ticket: canaryticket, priority: canarypriority, status: declined, reason: canaryreason}]
links: [{title: canarylink, url: 'https://canaryhost.example/canarydashboard'}]
related: [canaryrelated]
recurrence_of: canaryrecurrence
tags: [canarytag]
allow: {no-evidence-link: canaryallowed}
extra: {canarykey: canaryvalue}
withdrawn_reason: canarynotwithdrawn
canaryunknown: canaryunknownvalue
# canarycomment
public: {publish: true, title: Orders could not be placed, summary: For an hour no order could be placed.}
";

/// Places of front matter that hold no word, for the same reasons.
const NO_WORD_IN_FRONT_MATTER: &[&str] = &[
    "actions[].due",
    "customers_affected",
    "impacts[].end.at",
    "impacts[].start.at",
    "lang",
    "partners.slug",
    "partners.summary",
    "partners.title",
    "public.slug",
    "public.summary",
    "public.title",
    "support_tickets",
    "timezone",
];

/// Everything that Markdown can be made of, around a word.
const MARKDOWN: &[(&str, &str)] = &[
    ("paragraph", "A WORD b\nc"),
    ("hard", "a  \nWORD\\\nb"),
    ("strong", "**WORD** _a_ ~~b~~"),
    ("code", "`WORD` ``a ` b``"),
    ("fence", "```sh WORD\nls WORD\n```"),
    ("indented", "a\n\n    WORD\n\nb"),
    ("list", "* a\n  * WORD\n\n    1. WORD"),
    ("tasks", "- [ ] WORD\n- [x] a"),
    ("quote", "> a\n> > WORD"),
    ("alert", "> [!NOTE]\n> WORD"),
    ("table", "| a | WORD |\n|---|:-:|\n| WORD | b |"),
    ("link", "[a WORD](https://example.com/WORD?x=WORD#WORD \"WORD\")"),
    ("reference", "[a][WORD]\n\n[WORD]: https://example.com/WORD 'WORD'"),
    ("collapsed", "[WORD][] [WORD]\n\n[WORD]: <https://example.com/WORD> (WORD)"),
    ("autolink", "<https://example.com/WORD> https://example.com/WORD <WORD@example.com>"),
    ("wikilink", "[[WORD]] [[WORD|a]]"),
    ("image", "![a WORD](WORD.png \"WORD\")"),
    ("imagereference", "![a][WORD]\n\n[WORD]: WORD.png \"WORD\""),
    ("footnote", "a[^WORD]\n\n[^WORD]: b WORD\n    c WORD"),
    ("inlinehtml", "a <b class=\"WORD\" onclick=\"WORD\">WORD</b>"),
    ("html", "<details title=\"WORD\"><summary>WORD</summary>\n\nWORD\n\n</details>"),
    ("comment", "<!-- WORD -->"),
    ("inlinecomment", "a <!-- WORD\n WORD --> b"),
    ("declaration", "<!DOCTYPE WORD>\n\n<?WORD WORD?>\n\n<![CDATA[WORD]]>"),
    ("script", "<script>\nWORD\n</script>"),
    ("heading", "#### WORD {#WORD .WORD WORD=WORD}"),
    ("setext", "WORD\n---"),
    ("math", "$WORD$\n\n$$WORD$$"),
    ("entity", "&WORD; &amp;WORD;"),
    ("escape", "\\*WORD\\*"),
    ("definition", "WORD\n: WORD"),
    ("superscript", "a^WORD^ b~WORD~"),
    ("metadata", "---\nWORD: WORD\n---"),
];

/// Where internal text stands in a document: what is around it.
const PLACES: [&str; 4] = ["section", "block", "heading", "opening"];

fn written(place: &str) -> String {
    let pieces = MARKDOWN.iter().filter(|(name, _)| place != "block" || *name != "setext");
    pieces.map(|(name, markdown)| markdown.replace("WORD", &format!("canary{name}in{place}"))).collect::<Vec<_>>().join("\n\n")
}

/// Alerts and blocks of every audience, in an internal section and, of those who are not meant, in one for customers.
fn blocks(names: &[&str], place: &str) -> String {
    let blocks: Vec<String> = names.iter().map(|name| format!("> [!{name}]\n> canaryblock{}in{place}\n\n", name.to_lowercase())).collect();
    blocks.concat()
}

fn document() -> String {
    let sections = Settings::default().sections;
    let body = sections.iter().filter(|section| !["timeline", "customer-summary"].contains(&&*section.id)).map(|section| {
        let title = &section.titles[0];
        format!("## {title}\ncanarykind{}\n\n### canarysub{0}\ncanarydeep{0}\n\n", section.id)
    });
    let quoted = written("block").lines().map(|line| format!("> {line}\n")).collect::<Vec<_>>().concat();
    format!(
        "---\n{FRONT_MATTER}---\n\n{}\n\n{}\n\n\
        ## Timeline\nAll times are canarytimelinetext.\n\n\
        | Time (UTC) | Event | canarycolumn |\n|---|---|---|\n\
        | 2026-03-02 09:00 | canaryevent ![canaryrowalt](canaryrow.png) | Orders fail [public] |\n\
        | 09:10 | canaryalert [detected] | |\n| 10:00 | canaryend [resolved] | |\n\n\
        ## Canarysectiontitle\ncanaryconfiguredsection\n\n## canaryheading\ncanaryownsection\n\n{}\n\n{}\n\n\
        [^shared]: canarysharednote\n[shared]: https://example.com/canarysharedlink \"canarysharedtitle\"\n\n\
        ## Customer summary {{.canaryclass canaryattribute=canaryattributevalue}}\n\
        Nothing was charged[^shared]. See [the graph][shared] and [another report](canarydraft.md). ![A rising line](public-canaryname.png) ![A falling line](photo-canaryname.jpg) \
        ![A level line](still-canaryname.webp) ![A drawn line](drawing-canaryname.svg) ![A moving line](moving-canaryname.gif)\n\n\
        <!-- canaryhtmlcomment -->\n<div data-x=\"canaryhtmlattribute\">\n\n<?canaryinstruction?>\n\nText <span title=\"canaryinline\">goes</span> on. <!-- canaryinlinecomment -->\n\n\
        > [!INTERNAL]\n{quoted}\n{}\
        ### Figures {{.internal}}\n{}\n\n### More {{.internal .canarymark #canaryanchor}}\ncanarymore\n",
        written("opening"),
        body.collect::<String>(),
        written("section"),
        blocks(&["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION", "INTERNAL"], "section"),
        blocks(&["INTERNAL"], "summary"),
        written("heading"),
    )
}

fn picture() -> Vec<u8> {
    let mut picture = Png::from_bytes(PIXEL.to_vec().into()).unwrap();
    for (kind, text) in
        [(b"tEXt", "Author\0canarytext"), (b"iTXt", "Author\0\0\0\0\0canaryitxt"), (b"eXIf", "II*\0canaryexif"), (b"prVt", "canaryprivatechunk")]
    {
        picture.chunks_mut().insert(1, PngChunk::new(*kind, text.as_bytes().to_vec().into()));
    }
    let packed = [&b"Author\0\0"[..], &miniz_oxide::deflate::compress_to_vec_zlib(b"canaryztxt", 6)].concat();
    picture.chunks_mut().insert(1, PngChunk::new(*b"zTXt", packed.into()));
    let mut bytes = Vec::new();
    picture.encoder().write_to(&mut bytes).unwrap();
    bytes.extend(b"canarybehindtheend");
    bytes
}

fn photo() -> Vec<u8> {
    let segment = |marker: u8, contents: &[u8]| [&[0xff, marker], &u16::try_from(contents.len() + 2).unwrap().to_be_bytes()[..], contents].concat();
    let mut bytes = vec![0xff, 0xd8];
    bytes.extend(segment(0xe0, b"JFIF\0\x01\x02\0\0\x48\0\x48\x01\x01canarythumbnail"));
    for (marker, text) in [
        (0xe1, "Exif\0\0canaryexifofjpeg"),
        (0xe1, "http://ns.adobe.com/xap/1.0/\0canaryxmp"),
        (0xe2, "ICC_PROFILE\0\x01\x01canaryprofile"),
        (0xed, "Photoshop 3.0\0canaryiptc"),
        (0xfe, "canaryjpegcomment"),
    ] {
        bytes.extend(segment(marker, text.as_bytes()));
    }
    bytes.extend(segment(0xda, &[1, 1, 0, 0, 63, 0]));
    bytes.extend([0x12, 0x34]);
    bytes.extend(segment(0xfe, b"canarybetweenscans"));
    bytes.extend(b"\xff\xd9canaryafterjpeg");
    bytes
}

fn still() -> Vec<u8> {
    let chunk = |name: &[u8; 4], data: &[u8]| [&name[..], &u32::try_from(data.len()).unwrap().to_le_bytes(), data, &vec![0; data.len() % 2]].concat();
    let chunks = [
        chunk(b"VP8X", &[0x2c, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        chunk(b"ICCP", b"canaryiccp"),
        chunk(b"VP8L", &[0x2f, 0, 0, 0, 0, 0x07, 0x10, 0xfd, 0x8f, 0xfe, 0x07, 0x22, 0xa2, 0xff, 0x01, 0]),
        chunk(b"EXIF", b"II*\0canarywebpexif"),
        chunk(b"XMP ", b"<canarywebpxmp/>"),
    ];
    chunk(b"RIFF", &[&b"WEBP"[..], &chunks.concat()].concat())
}

const DRAWING: &str = "<?xml version=\"1.0\"?><?canarysvgpi canarysvgpi2?><!DOCTYPE svg [<!ENTITY canaryentity \"canaryentityvalue\">]><!-- canarysvgcomment -->\
<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:i=\"http://canarynamespace.example/\" data-x=\"canarysvgdata\" i:docname=\"canarydocname\">\
<title>canarysvgtitle</title><desc>canarysvgdesc</desc><metadata>canarysvgmetadata</metadata><script>canarysvgscript</script>\
<rect width=\"3\" height=\"3\" aria-label=\"canaryarialabel\"/></svg>";

/// A history in which everything internal says so, and one incident is published.
fn repository() -> TestRepository {
    let mut repository = TestRepository::new();
    let text = document();
    let path = "postmortems/canaryfolder/index.md";
    let approval = "canarysubject\n\ncanarybody\n\nReviewed-by: Robin Canaryreviewed <canaryreviewed@example.com>\nCo-authored-by: Robin Canaryco <canaryco@example.com>\nCanarytrailerkey: canarytrailervalue\n";
    repository.author("Robin Canaryauthor <canaryauthor@example.com>").committer("Robin Canarycommitter <canarycommitter@example.com>");
    repository.write("lookback.yml", CONFIGURATION).write(".mailmap", "Robin Canarymapped <canarymapped@example.com> <canaryunmapped@example.com>\n");
    repository.write("README.md", "canaryreadme").write("canarysigners", "canarysigner").write("postmortems/_template.md", "canarytemplate");
    repository.write(
        "theme/internal/review.html",
        "{% extends \"builtin/internal/review.html\" %}{% block head_extra %}<meta name=\"x\" content=\"canarytheme\">{% endblock %}",
    );
    repository
        .write("theme/assets/internal/canaryasset.txt", "canaryassettext")
        .write("theme/canarystray.txt", "canarystraytext")
        .commit("canaryfirst");
    repository.branch("canarybranch");
    for name in ["canaryimage.png", "canaryrow.png", "public-canaryname.png"] {
        repository.write(format!("postmortems/canaryfolder/{name}"), picture());
    }
    repository.write("postmortems/canaryfolder/photo-canaryname.jpg", photo()).write("postmortems/canaryfolder/still-canaryname.webp", still());
    repository
        .write("postmortems/canaryfolder/drawing-canaryname.svg", DRAWING)
        .write("postmortems/canaryfolder/moving-canaryname.gif", b"GIF89a\x01\0\x01\0\0\0\0!\xfe\x09canarygif\0;");
    repository
        .write("postmortems/canaryoldpath/index.md", text.edit("canarykindsummary", "canaryoldrevision").edit("canarytitle of", "canaryoldtitle of"))
        .commit("canarydraft");
    repository.rename("postmortems/canaryoldpath/index.md", path).commit("canarymove");
    repository.switch("main").merge(&["canarybranch"]).commit("Merge pull request #12 from canaryuser/canarybranch\n\ncanarymerge\n");
    repository.write(path, &text).commit(approval);
    repository.write(path, text.edit("Nothing was charged", "canarynewer was charged")).commit("canaryunreviewed");
    // Beside it: a draft, a privileged report, one that was taken back, and one that is gone.
    repository.write("postmortems/canarydraft.md", text.edit("canaryid", "canarydraft").edit("status: final", "status: draft")).commit(approval);
    let privileged = text.edit("canaryid", "canaryprivileged").edit("status: final", "status: final\nprivileged: true");
    repository.write("postmortems/canaryprivileged.md", privileged).commit(approval);
    let withdrawn = text.edit("canaryid", "canarywithdrawn").edit("Nothing was charged", "canarywasread");
    repository.write("postmortems/canarywithdrawn.md", &withdrawn).commit(approval);
    repository.write("postmortems/canarywithdrawn.md", withdrawn.edit("status: final", "status: withdrawn"));
    repository.commit("canarywithdrawal");
    repository.write("postmortems/canarygone.md", text.edit("canaryid", "canarygone").edit("status: final", "status: draft")).commit("canaryadded");
    repository.remove("postmortems/canarygone.md").commit("canaryremoved");
    let folder = repository.checkout();
    git(&folder, &["tag", "canarytag"]);
    git(&folder, &["remote", "add", "canaryremote", "https://canaryforge.example/canaryrepository.git"]);
    git(&folder, &["-c", "user.name=Robin Canarynoted", "-c", "user.email=canarynoted@example.com", "notes", "add", "-m", "canarynote"]);
    repository
        .write_uncommitted("postmortems/canaryfolder/canaryuntracked.md", "canaryuntrackedtext")
        .write_uncommitted("postmortems/canaryuncommitted.md", text.edit("canaryid", "canaryuncommitted"));
    repository
}

/// Every way in which the beginning of the words might be written: as it is, in entities, escapes, percent-encoding, hex digits, base64 wherever in three bytes
/// it begins, UTF-16, and backwards.
fn spellings() -> Vec<Vec<u8>> {
    let spelled = |letter: fn(u8) -> String| b"canary".iter().map(|byte| letter(*byte)).collect::<Vec<_>>().concat();
    let texts = [
        "canary".to_owned(),
        "yranac".to_owned(),
        spelled(|byte| format!("&#{byte};")),
        spelled(|byte| format!("&#x{byte:x};")),
        spelled(|byte| format!("%{byte:x}")),
        spelled(|byte| format!("\\u{byte:04x}")),
        spelled(|byte| format!("\\x{byte:x}")),
        spelled(|byte| format!("{byte:02x}")),
        "y2fuyxj5".to_owned(),
        "nhbmfye".to_owned(),
        "jyw5hcn".to_owned(),
    ];
    let wide = |bytes: fn(u16) -> [u8; 2]| "canary".encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    texts.into_iter().map(String::into_bytes).chain([wide(u16::to_le_bytes), wide(u16::to_be_bytes)]).collect()
}

/// Words that the internal site has to show, and does not.
fn unseen(sites: &Sites) -> Vec<String> {
    let inside: String = sites.files("internal").into_iter().map(|(path, bytes)| path + &String::from_utf8_lossy(&bytes).to_lowercase()).collect();
    let mut expected: Vec<String> = [
        "title of",
        "owner",
        "commander",
        "roleholder",
        "cause",
        "actiontitle",
        "ticket",
        "reason",
        "link",
        "dashboard",
        "tag",
        "subject",
        "draft",
        "team",
        "servicename",
        "severityname",
        "event",
        "ownsection",
        "sharednote",
        "oldtitle",
        "row",
        "assettext",
        "theme",
    ]
    .map(|name| format!("canary{name}"))
    .into();
    for (name, _) in
        MARKDOWN.iter().filter(|(name, _)| !["comment", "inlinecomment", "declaration", "script", "imagereference", "reference"].contains(name))
    {
        expected.extend(PLACES.iter().filter(|place| **place != "block" || *name != "setext").map(|place| format!("canary{name}in{place}")));
    }
    expected.retain(|word| !inside.contains(word.as_str()));
    expected
}

/// Files in whose name or bytes a spelling stands, without regard to case.
fn leaks(files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let spellings = spellings();
    let texts = |path: &str, bytes: &[u8]| [path.as_bytes().to_ascii_lowercase(), bytes.to_ascii_lowercase()];
    let holds = |text: &[u8], spelling: &[u8]| text.windows(spelling.len()).position(|window| window == spelling);
    let excerpt = |text: &[u8], at: usize| String::from_utf8_lossy(&text[at.saturating_sub(40)..text.len().min(at + 40)]).into_owned();
    let mut found = Vec::new();
    for (path, bytes) in files {
        for text in texts(path, bytes) {
            let hits = spellings.iter().filter_map(|spelling| holds(&text, spelling));
            found.extend(hits.map(|at| format!("{path}: {}", excerpt(&text, at))));
        }
    }
    found
}

#[test]
fn no_internal_word_stands_in_any_external_byte() {
    let mut repository = repository();
    let sites = Sites::try_build(&mut repository);
    assert_eq!(sites.run.code, 0, "{}", sites.run);
    assert_eq!(unseen(&sites), [""; 0], "they have to be there to be found");
    for audience in ["public", "partners"] {
        let slugs = sites.slugs(audience);
        assert_eq!(
            slugs.len(),
            2,
            "one is read, one was taken back: {slugs:?}\n{}\n{}",
            sites.run,
            lookback(repository.path(), &["check", "--format", "concise"])
        );
        assert_eq!(leaks(&sites.files(audience)), [""; 0]);
        for text in ["Nothing was charged", "Orders fail", "Text goes on.", "A rising line", "A moving line"] {
            assert!(!sites.holding(audience, text).is_empty(), "{text}");
        }
        let pictures: BTreeSet<String> =
            sites.files(audience).into_keys().filter_map(|path| Some(path.strip_prefix("images/")?.rsplit('.').next()?.to_owned())).collect();
        assert_eq!(pictures.into_iter().collect::<Vec<_>>(), ["jpg", "png", "svg", "webp"]);
    }
    let all = files(&repository.path().join("site"));
    for nowhere in ["canaryprivileged", "canaryhtmlcomment", "canaryinlinecomment", "canarygone", "canarynoted", "canaryremote", "canarystray"] {
        assert_eq!(holding(&all, nowhere), [""; 0], "{nowhere}");
    }
}

/// Places of a schema that may hold any text and hold none of the words.
fn without_word(schema: &Value, root: &Value, value: &Value, path: &str, missing: &mut BTreeSet<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        let definition = name.trim_start_matches("#/").split('/').fold(root, |at, key| &at[key]);
        return without_word(definition, root, value, path, missing);
    }
    let inner = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    let joined = ["anyOf", "oneOf", "allOf"].iter().filter_map(|key| schema[*key].as_array()).flatten();
    let mut alternatives: Vec<BTreeSet<String>> = joined
        .map(|schema| {
            let mut missing = BTreeSet::new();
            without_word(schema, root, value, path, &mut missing);
            missing
        })
        .collect();
    // What one way of writing holds is held.
    alternatives.sort_by_key(BTreeSet::len);
    if let Some(fewest) = alternatives.iter().find(|missing| missing.is_empty() && holds_word(value)).or(alternatives.last()) {
        missing.extend(fewest.iter().cloned());
    }
    for (key, schema) in schema["properties"].as_object().into_iter().flatten() {
        without_word(schema, root, &value[key], &inner(key), missing);
    }
    if schema["additionalProperties"].is_object() {
        every(&schema["additionalProperties"], root, value.as_object().into_iter().flat_map(serde_json::Map::values), &inner("*"), missing);
    }
    if schema["items"].is_object() {
        every(&schema["items"], root, value.as_array().into_iter().flatten(), &format!("{path}[]"), missing);
    }
    let takes_text = schema["type"] == "string" || schema["type"].as_array().is_some_and(|types| types.contains(&"string".into()));
    if takes_text && schema["enum"].is_null() && !value.as_str().is_some_and(|text| text.to_lowercase().contains("canary")) {
        missing.insert(path.to_owned());
    }
}

fn holds_word(value: &Value) -> bool {
    value.to_string().to_lowercase().contains("canary")
}

/// What is missing in each of the values.
fn every<'v>(schema: &Value, root: &Value, values: impl Iterator<Item = &'v Value>, path: &str, missing: &mut BTreeSet<String>) {
    let mut in_all: Option<BTreeSet<String>> = None;
    for value in values.chain([&Value::Null]) {
        let mut here = BTreeSet::new();
        without_word(schema, root, value, path, &mut here);
        in_all = Some(in_all.map_or_else(|| here.clone(), |all| all.intersection(&here).cloned().collect()));
    }
    missing.extend(in_all.unwrap_or_default());
}

fn places_without_word(schema: &Value, yaml: &str) -> Vec<String> {
    let value: Value = serde_yaml::from_str(yaml).unwrap();
    let mut missing = BTreeSet::new();
    without_word(schema, schema, &value, "", &mut missing);
    missing.into_iter().collect()
}

#[test]
fn every_place_of_the_configuration_has_a_word() {
    assert_eq!(places_without_word(&configuration_schema(), CONFIGURATION), NO_WORD_IN_CONFIGURATION);
}

#[test]
fn every_place_of_front_matter_has_a_word() {
    let mut settings = Settings::default();
    settings.audiences.push(lookback::config::ExternalAudience::named("partners"));
    let times = |path: &String| !path.starts_with("times.");
    let places: Vec<String> = places_without_word(&front_matter_schema(&settings), FRONT_MATTER).into_iter().filter(times).collect();
    assert_eq!(places, NO_WORD_IN_FRONT_MATTER);
}
