//! The boundary broken on purpose: each break is found, stops the build with exit code 1, says where the text comes from, and leaves the site that stood
//! there as it was.

use std::{collections::BTreeSet, path::Path};

use base64::{Engine, engine::general_purpose::STANDARD};
use lookback::testing::TestRepository;
use rayon::prelude::*;

use crate::harness::{APPROVED, Edit, PATH, PIXEL, REPORT, Sites, files, lookback};

const CONFIGURATION: &str = "\
services: [{id: orders, name: Order intake of the shop, public_name: Orders, team: The intake crew at sea}, {id: label-printer-7}]
severities: [{id: SEV1, name: All hands are on deck, public_name: Major outage}, {id: SEV2, name: Major, public_name: Partial outage}]
privacy: {forbid: ['PROJ-[0-9]+', '(?i)operation sunrise'], internal_hosts: [shop.test, '*.corp']}
people: [{name: Robin Marlow, email: robin@shop.example, handle: rmarlow, aliases: [Bobbin Marlow]}]
";

/// The text that was approved and is read, with something internal of every kind in it.
fn report() -> String {
    REPORT
        .edit(
            "owner: Orders team",
            "owner: Ada Meyer <ada@shop.example>\nroles: {commander: '@kestrel', scribe: 김서연}\nlinks: [{title: Load, url: 'https://graphs.example/d/4711'}]",
        )
        .edit("tags:", "recurrence_of: intake-2025-11-pool\nextra: {bridge: zoom-93517}\ntags:")
        .edit("A larger pool.", "A larger pool on db-1.intake.internal at 10.1.2.3; vendor-desk@supplier.example sold it to us.\n\n원인은 연결 풀의 크기를 아무도 다시 계산하지 않은 것이다.")
        .edit("420 orders failed.", "420 orders failed. ![Free connections](free-connections-graph.png)")
}

/// A history in which something is read outside, and much is not.
fn repository() -> TestRepository {
    let mut repository = TestRepository::new();
    let report = report();
    repository.author("Linus Example <linus@shop.example>").committer("Wim Example <wim@forge.example>");
    repository.write("lookback.yml", CONFIGURATION).write(".mailmap", "Mapped Person <mapped@shop.example> <old@shop.example>\n");
    repository.write("postmortems/free-connections-graph.png", PIXEL);
    // An earlier path, title and text, which nobody approved.
    let first = report.edit("Connections of the order store ran out", "Somebody forgot the pool").edit(
        "The pool was as large as in the year before, and the traffic was not.",
        "The vendor shipped us a pool that leaks.\nNobody at their office picked up the phone all morning.",
    );
    repository
        .write("postmortems/pool-of-shame.md", first)
        .commit("Blame the vendor in so many words\n\nThey never told anybody about the leak of theirs.");
    repository.branch("ada/pool-resize-plan").rename("postmortems/pool-of-shame.md", PATH).write(PATH, &report).commit("Say it without blame");
    repository.switch("main").merge(&["ada/pool-resize-plan"]).commit("Merge pull request #31 from ada/pool-resize-plan");
    repository.write("notes.txt", "x").commit(&format!("{APPROVED}Postmortem: a\n"));
    repository.write(PATH, &report).write("notes.txt", "y").commit(&format!("{APPROVED}Postmortem: a\n"));
    // The next text waits for its approval.
    let next = report.edit("Nothing was charged.", "Nothing was charged, and eleven customers will have their vouchers soon.");
    repository.write(PATH, next).commit("Promise vouchers");
    repository.write(
        "postmortems/draft.md",
        REPORT.edit("status: final", "status: draft").edit("A larger pool.", "We restarted the broker twice before anybody looked at it."),
    );
    let privileged = REPORT
        .edit("status: final", "status: final\nprivileged: true")
        .edit("A larger pool.", "Counsel asked us to keep the contract of the carrier aside.");
    repository.write("postmortems/privileged.md", privileged).commit("More");
    repository
}

/// One way to break the boundary.
struct Plant {
    file: &'static str,
    bytes: Vec<u8>,
    kind: &'static str,
}

/// A template of incidents that adds something above the summary.
fn page(text: &str, kind: &'static str) -> Plant {
    let text = format!("{{% extends \"builtin/external/incident.html\" %}}\n{{% block summary %}}{text}{{{{ super() }}}}{{% endblock %}}\n");
    Plant { file: "theme/external/incident.html", bytes: text.into_bytes(), kind }
}

fn file(file: &'static str, bytes: impl Into<Vec<u8>>, kind: &'static str) -> Plant {
    Plant { file, bytes: bytes.into(), kind }
}

const CAUSE: &str = "The pool was as large as in the year before";

/// The same sentence, written in every way in which a browser or somebody who looks into the source would read it.
fn ways_of_writing() -> Vec<Plant> {
    let base64 = "VGhlIHBvb2wgd2FzIGFzIGxhcmdlIGFzIGluIHRoZSB5ZWFyIGJlZm9yZQ==";
    let twice = "VkdobElIQnZiMndnZDJGeklHRnpJR3hoY21kbElHRnpJR2x1SUhSb1pTQjVaV0Z5SUdKbFptOXlaUT09";
    let spelled = |letter: fn(u8) -> String| CAUSE.bytes().map(letter).collect::<Vec<_>>().concat();
    let hex: String = spelled(|letter| format!("{letter:02x}"));
    let percent: String = spelled(|letter| format!("%{letter:02X}"));
    let entities: String = spelled(|letter| format!("&#{letter};"));
    let json: String = spelled(|letter| format!("\\u{letter:04x}"));
    let wide: String =
        CAUSE.chars().map(|character| char::from_u32(u32::from(character) + 0xfee0).filter(|_| character != ' ').unwrap_or('\u{3000}')).collect();
    let hyphens: String =
        CAUSE.split(' ').map(|word| word.chars().map(String::from).collect::<Vec<_>>().join("\u{ad}")).collect::<Vec<_>>().join(" ");
    let zero = CAUSE.replace("large", "lar\u{200b}ge").replace("pool", "po\u{2060}ol").replace("year", "ye\u{200d}ar");
    let written = [
        format!("<p>{CAUSE}</p>"),
        "<p>THE POOL: was — as large, as in (the) year before!</p>".to_owned(),
        "<p>The <b>pool</b> was as lar<i>ge</i> as in <a href=\"x\">the year</a> before</p>".to_owned(),
        "<p>The pool wa<x-y>s as lar</x-y>ge as<!-- x --> in the ye<wbr>ar before</p>".to_owned(),
        "<p>The pool was</p><p>as large as in</p><ul><li>the year before</li></ul>".to_owned(),
        "<table><tr><td>The pool<td>was as<td>large as<td>in the year before</table>".to_owned(),
        "<p>The pool was\n   as large&nbsp;as in &#116;he year before</p>".to_owned(),
        format!("<p>{entities}</p>"),
        format!("<p>{}</p>", entities.replace(';', "").replace("&#", ";&#").replace(";;", ";").replacen(';', "", 1)),
        format!("<p>{}</p>", entities.replace('&', "&amp;")),
        format!("<p title=\"{CAUSE}\">"),
        format!("<p title='{CAUSE}'>"),
        format!("<p title={}>", CAUSE.replace(' ', "&#32;")),
        format!("<p {}>", CAUSE.to_lowercase().replace(' ', "-")),
        format!("<p class=\"{}\">", CAUSE.replace(' ', "_")),
        format!("<!-- {CAUSE} -->"),
        format!("<!-- x\n-- > {CAUSE}"),
        format!("<![CDATA[{CAUSE}]]>"),
        format!("<?note {CAUSE}?>"),
        format!("<script>const cause = \"{CAUSE}\";</script>"),
        "<script>const cause = \"The pool was \" + 'as lar' + \"ge as in \" +\n \"the year before\";</script>".to_owned(),
        format!("<script type=\"application/ld+json\">{{\"cause\": \"{json}\"}}</script>"),
        "<script>const cause = '\\x54he po\\u{6f}l was as large\\tas in the year before'</script>".to_owned(),
        "<style>p::after { content: \"\\54 he pool was as \\00006carge as in the year before\" }</style>".to_owned(),
        format!("<svg><title>{CAUSE}</title></svg>"),
        "<svg><text>The pool was as <tspan>lar</tspan><tspan>ge as in</tspan> the year before</text></svg>".to_owned(),
        format!("<template><p>{CAUSE}</p></template>"),
        format!("<noscript>{CAUSE}</noscript>"),
        format!("<a href=\"mailto:?subject={}\">", CAUSE.replace(' ', "%20")),
        format!("<a href=\"?cause={percent}\">"),
        format!("<a href=\"?cause={}\">", percent.replace('%', "%25")),
        format!("<a href=\"?cause={}\">", CAUSE.replace(' ', "+")),
        format!("<img src=\"data:text/plain;base64,{base64}\" alt=\"\">"),
        format!("<p data-x=\"{twice}\">"),
        format!("<p data-x=\"{hex}\">"),
        "<iframe srcdoc=\"&lt;p&gt;The &lt;b&gt;pool&lt;/b&gt; was as lar&lt;i&gt;ge as in the year before\"></iframe>".to_owned(),
        format!("<p>{wide}</p>"),
        format!("<p>{hyphens}</p>"),
        format!("<p>{zero}</p>"),
    ];
    let mut plants: Vec<Plant> = written.iter().map(|text| page(text, "phrase")).collect();
    let korean = "원인은 연결 풀의 크기를 아무도 다시 계산하지 않은 것이다.";
    let apart: String = decomposed(korean);
    plants.extend([korean, &apart].map(|text| page(&format!("<p>{text}</p>"), "phrase")));
    plants
}

/// Hangul syllables taken apart, as file names and texts from macOS have them.
fn decomposed(text: &str) -> String {
    let parts = |syllable: char| {
        let index = u32::from(syllable) - 0xac00;
        let last = (index % 28 > 0).then(|| 0x11a7 + index % 28);
        [Some(0x1100 + index / 588), Some(0x1161 + index % 588 / 28), last].into_iter().flatten().filter_map(char::from_u32).collect::<String>()
    };
    text.chars().map(|character| if ('가'..='힣').contains(&character) { parts(character) } else { character.to_string() }).collect()
}

/// Everything else that must not go outside, printed once.
fn kinds_of_text() -> Vec<Plant> {
    [
        // Text that was never approved, is not any more, or is of a document that nobody reads outside.
        ("Nobody at their office picked up the phone all morning", "phrase"),
        ("eleven customers will have their vouchers soon", "phrase"),
        ("We restarted the broker twice before anybody looked", "phrase"),
        ("Counsel asked us to keep the contract of the carrier aside", "phrase"),
        ("Somebody forgot the pool", "front matter value"),
        ("somebody-forgot-the-pool", "front matter value"),
        // Front matter.
        ("Connections of the order store ran out", "front matter value"),
        ("Connections of the\n  order <b>store</b> ran&#32;out", "front matter value"),
        ("Page at 80% of the connections", "front matter value"),
        ("intake-2025-11-pool", "front matter value"),
        ("zoom-93517", "front matter value"),
        // Configuration.
        ("Order intake of the shop", "configuration value"),
        ("The intake crew at sea", "configuration value"),
        ("All hands are on deck", "configuration value"),
        ("label-printer-7", "configuration value"),
        ("PROJ-12", "forbidden pattern"),
        ("PRO<b>J-1</b>2", "forbidden pattern"),
        ("<i data-ticket=\"&#80;ROJ-12\">x</i>", "forbidden pattern"),
        ("<i data-ticket=\"UFJPSi00NzExIGlzIGl0\">x</i>", "forbidden pattern"),
        ("Operation&nbsp;Sun\u{ad}rise", "forbidden pattern"),
        // People.
        ("ada@shop.example", "e-mail address"),
        ("&#97;da&commat;shop.example", "e-mail address"),
        ("ADA@sh<wbr>op.example", "e-mail address"),
        ("<a href=\"mailto:ada%40shop.example\">write</a>", "e-mail address"),
        ("<a href=mailto:ada&#64;shop.example>write</a>", "e-mail address"),
        ("<script type=\"application/json\">{\"mail\": \"\\u0061da@shop.example\"}</script>", "e-mail address"),
        ("<i data-x=\"YWRhQHNob3AuZXhhbXBsZQ\">x</i>", "e-mail address"),
        ("ａｄａ＠ｓｈｏｐ．ｅｘａｍｐｌｅ", "e-mail address"),
        ("linus@shop.example", "e-mail address"),
        ("wim@forge.example", "e-mail address"),
        ("grace@example.com", "e-mail address"),
        ("vendor-desk@supplier.example", "e-mail address"),
        ("Grace Okafor", "name of a person"),
        ("Grace\n  Okafor", "name of a person"),
        ("<td>Grace</td><td>Okafor</td>", "name of a person"),
        ("<i id=\"grace-okafor\">x</i>", "name of a person"),
        ("Linus Example", "name of a person"),
        ("Bobbin Marlow", "name of a person"),
        ("김서연", "name of a person"),
        ("@kestrel", "handle of a person"),
        ("<a href=\"https://github.com/rmarlow\">x</a>", "handle of a person"),
        // Places.
        ("postmortems/a.md", "path of a file"),
        ("postmortems/pool-of-shame.md", "path of a file"),
        ("free-connections-graph.png", "path of a file"),
        ("<a href=\"https://graphs.shop.test/d/1\">graph</a>", "internal host"),
        ("wiki.corp", "internal host"),
        ("db-1.intake.internal", "internal host"),
        ("10.1.2.3", "internal host"),
        ("<a href=\"https://graphs.example/d/4711\">graph</a>", "address of a page"),
        // History.
        ("Blame the vendor in so many words", "subject of a commit"),
        ("They never told anybody about the leak of theirs", "phrase"),
        ("ada/pool-resize-plan", "name of a branch"),
        ("pool-resize-plan", "name of a branch"),
    ]
    .map(|(text, kind)| page(&format!("<p>{text}</p>"), kind))
    .into()
}

/// A PNG with one more chunk.
fn png(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
    let mut picture = img_parts::png::Png::from_bytes(PIXEL.to_vec().into()).unwrap();
    picture.chunks_mut().insert(1, img_parts::png::PngChunk::new(kind, data.to_vec().into()));
    let mut bytes = Vec::new();
    picture.encoder().write_to(&mut bytes).unwrap();
    bytes
}

/// Files that a theme adds, and other templates.
fn kinds_of_file() -> Vec<Plant> {
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(b"drawn by Ada Meyer", 6);
    let gzip = [&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3][..], &miniz_oxide::deflate::compress_to_vec(CAUSE.as_bytes(), 6), &[0; 8]].concat();
    let utf_16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    vec![
        file("theme/external/404.html", format!("<p>{CAUSE}</p>"), "phrase"),
        file(
            "theme/external/base.html",
            format!("{{% extends \"builtin/external/base.html\" %}}{{% block head_extra %}}<meta name=\"x\" content=\"{CAUSE}\">{{% endblock %}}"),
            "phrase",
        ),
        file("theme/assets/external/data.json", "{\"cause\": \"The pool was as large as in the ye\\u0061r before\"}", "phrase"),
        file("theme/assets/external/keys.json", "{\"The pool was as large\": {\"as in the year before\": 1}}", "phrase"),
        file("theme/assets/external/list.json", "[\"The pool was as\", \"large as in\", \"the year before\"]", "phrase"),
        file(
            "theme/assets/external/feed.xml",
            "<feed><entry><content type=\"html\">&lt;p&gt;The pool was as lar&lt;b&gt;ge&lt;/b&gt; as in the year before</content></entry></feed>",
            "phrase",
        ),
        file("theme/assets/external/a.ics", "BEGIN:VEVENT\r\nSUMMARY:The pool was as lar\r\n ge as in the year before\r\n", "phrase"),
        file("theme/assets/external/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>&#97;da@shop.example</text></svg>", "e-mail address"),
        file(
            "theme/assets/external/logo.css",
            "p { background: url(\"data:image/svg+xml,%3Csvg%3E%3Ctext%3Eada@shop.example%3C/text%3E%3C/svg%3E\") }",
            "e-mail address",
        ),
        file("theme/assets/external.css", "/* Connections of the order store ran out */", "front matter value"),
        file("theme/assets/external/a.js", "export const owner = 'Ad' + 'a Mey' + 'er'; //# sourceMappingURL=a", "name of a person"),
        file("theme/assets/external/a.txt.gz", gzip, "phrase"),
        file("theme/assets/external/grace okafor.txt", "x", "name of a person"),
        file("theme/assets/external/grace%20okafor.txt", "x", "name of a person"),
        file("theme/assets/external/connections-of-the-order-store-ran-out.txt", "x", "front matter value"),
        file("theme/assets/external/wide.txt", [&[0xff, 0xfe][..], &utf_16(CAUSE)].concat(), "phrase"),
        file("theme/assets/external/a.png", png(*b"tEXt", b"Author\0Ada Meyer"), "name of a person"),
        file("theme/assets/external/b.png", png(*b"zTXt", &[b"Author\0\0", &packed[..]].concat()), "name of a person"),
        file("theme/assets/external/c.png", png(*b"iTXt", "Author\0\0\0ko\0\0김서연이 그렸다".as_bytes()), "name of a person"),
        file("theme/assets/external/d.png", png(*b"eXIf", &[b"II*\0", &utf_16("C:\\graphs of 김서연\\a.png")[..]].concat()), "name of a person"),
        file("theme/assets/external/e.jpg", b"\xff\xd8\xff\xfe\0\x16drawn by Ada Meyer\xff\xd9".to_vec(), "name of a person"),
        file(
            "theme/assets/external/f.webp",
            [b"RIFF\x30\0\0\0WEBPXMP \x20\0\0\0<dc:creator>Ada Meyer</dc:creator>".as_slice(), &[0x80, 0]].concat(),
            "name of a person",
        ),
        file("theme/assets/external/g.gif", b"GIF89a\x01\0\x01\0\0\0\0!\xfe\x12drawn by Ada Meyer\0;\x80".to_vec(), "name of a person"),
        file("theme/assets/external/h.pdf", b"%PDF-1.7\n\x80\0/Author (Ada Meyer)\n".to_vec(), "name of a person"),
        file(
            "theme/assets/external/logo.html",
            format!("<img src=\"data:image/png;base64,{}\">", STANDARD.encode(png(*b"tEXt", b"Author\0Ada Meyer"))),
            "name of a person",
        ),
    ]
}

/// What is wrong with how a plant was met; `None` when it was found.
fn complaint(folder: &Path, clean: &[(String, Vec<u8>)], plant: &Plant) -> Option<String> {
    let path = folder.join(plant.file);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, &plant.bytes).unwrap();
    let run = lookback(folder, &["build", "--audience", "public"]);
    std::fs::remove_file(&path).unwrap();
    let named = format!("{}: {}\n{run}", plant.file, String::from_utf8_lossy(&plant.bytes));
    let report: serde_json::Value = serde_json::from_slice(&std::fs::read(folder.join("site/audit-public.json")).unwrap()).unwrap();
    let leaks = report["leaks"].as_array().unwrap();
    let is_found = leaks.iter().any(|leak| leak["kind"] == plant.kind && leak["file"] != "" && leak["text"] != "");
    if run.code == 0 {
        // The next one has to meet a clean site again.
        lookback(folder, &["build", "--audience", "public"]);
    }
    if run.code != 1 || !run.error.contains("nothing of that site was written") {
        return Some(format!("not stopped: {named}"));
    }
    if !files(&folder.join("site/public")).into_iter().eq(clean.iter().cloned()) {
        return Some(format!("the site that stood there was touched: {named}"));
    }
    (!is_found).then(|| format!("not found as {}: {leaks:?}\n{named}", plant.kind))
}

#[test]
fn every_planted_leak_is_found_and_stops_the_build() {
    let plants: Vec<Plant> = [ways_of_writing(), kinds_of_text(), kinds_of_file()].into_iter().flatten().collect();
    let distinct: BTreeSet<(&str, &[u8])> = plants.iter().map(|plant| (plant.file, &*plant.bytes)).collect();
    assert!(distinct.len() == plants.len() && plants.len() >= 100, "{}", plants.len());
    let complaints: Vec<String> = plants
        .par_chunks(plants.len().div_ceil(rayon::current_num_threads()))
        .flat_map_iter(|plants| {
            let mut repository = repository();
            let sites = Sites::build(&mut repository);
            let clean: Vec<(String, Vec<u8>)> = sites.files("public").into_iter().collect();
            assert_eq!(sites.slugs("public").len(), 1, "{}", sites.run);
            plants.iter().filter_map(|plant| complaint(repository.path(), &clean, plant)).collect::<Vec<_>>()
        })
        .collect();
    assert!(complaints.is_empty(), "{} of {}:\n{}", complaints.len(), plants.len(), complaints.join("\n\n"));
}
