//! Texts that ask for as much work as their size allows: what a careless reader would be slow at, or fall over. The benchmark `growth` takes them
//! too, in sizes of its own.

#![allow(clippy::format_collect, reason = "short texts, written so that they can be read")]

/// A kind of text, made as large as is wanted.
pub(crate) struct Family {
    pub(crate) name: &'static str,
    /// A text of about `n` pieces.
    pub(crate) text: fn(usize) -> String,
}

const fn family(name: &'static str, text: fn(usize) -> String) -> Family {
    Family { name, text }
}

/// Front matter that makes every rule run, and lets customers read.
const FRONT: &str = "---\ntitle: Orders failed\nstatus: final\nseverity: SEV2\nservices: [orders]\nowner: Orders team\n\
    times: {started: 2026-03-02T09:00:00Z, detected: 2026-03-02T09:10:00Z, resolved: 2026-03-02T10:00:00Z}\n\
    public: {publish: true, title: Orders failed, summary: For an hour no order could be placed.}\n---\n\n\
    ## Customer summary\n\nFor an hour no order could be placed.\n\n";

fn body(text: &str) -> String {
    format!("{FRONT}{text}")
}

fn repeated(piece: &str, n: usize) -> String {
    body(&piece.repeat(n))
}

fn numbered(n: usize, piece: impl Fn(usize) -> String) -> String {
    body(&(0..n).map(piece).collect::<String>())
}

/// Front matter with more lines, and nothing else.
fn front(lines: &str) -> String {
    format!("---\ntitle: a\n{lines}\n---\n")
}

/// Documents.
pub(crate) const DOCUMENTS: &[Family] = &[
    family("quote signs on one line", |n| repeated(">", n)),
    family("quote signs with spaces on one line", |n| repeated("> ", n)),
    family("marked quotes", |n| repeated("> [!INTERNAL]\n> text\n\n", n)),
    family("marked quotes in a public section", |n| body(&format!("## A {{.public}}\n{}", "> [!INTERNAL]\n> text\n\nshown\n\n".repeat(n)))),
    family("quotes with an unknown mark", |n| repeated("> [!X]\n> text\n\n", n)),
    family("one quote of many lines", |n| repeated("> a line of a quote\n", n)),
    family("stray marks", |n| repeated("a [!INTERNAL] b\n\n", n)),
    family("stray marks in a public section", |n| body(&format!("## A {{.public}}\n{}", "a [!INTERNAL] b\n\n".repeat(n)))),
    family("opening brackets", |n| repeated("[", n)),
    family("opening brackets of images", |n| repeated("![", n)),
    family("brackets around brackets", |n| body(&format!("{}a{}", "[".repeat(n), "]".repeat(n)))),
    family("links in links", |n| body(&format!("{}a{}", "[".repeat(n), "](b)".repeat(n)))),
    family("stars", |n| repeated("*", n)),
    family("stars and letters", |n| repeated("*a **b ", n)),
    family("stars and underscores", |n| repeated("*a_ ", n)),
    family("tildes", |n| repeated("~a ", n)),
    family("backticks", |n| repeated("`", n)),
    family("runs of backticks", |n| numbered(n.isqrt() * 2, |i| format!("{}a ", "`".repeat(i % 300 + 1)))),
    family("braces", |n| repeated("{", n)),
    family("braces with dots", |n| repeated("{.a ", n)),
    family("headings with attributes", |n| repeated("## A {.public}\ntext\n\n", n)),
    family("headings with unknown marks", |n| repeated("## A {.publc}\ntext\n\n", n)),
    family("headings alike", |n| repeated("## A\n\ntext\n\n", n)),
    family("headings of known sections", |n| repeated("## Impact\n\ntext\n\n", n)),
    family("empty headings", |n| repeated("##\n", n)),
    family("empty headings of known sections", |n| repeated("## Impact\n", n)),
    family("headings of rising level", |n| numbered(n, |i| format!("{} Heading {i}\n", "#".repeat(i % 6 + 1)))),
    family("headings below one section", |n| body(&format!("## Timeline\n\n{}", "### 10:00 Something\n\ntext\n\n".repeat(n)))),
    family("headings that are nearly sections", |n| numbered(n, |i| format!("## Imapct {i}\n\ntext\n\n"))),
    family("customer summaries", |n| repeated("## Customer summary (draft)\n\ntext\n\n", n)),
    family("headings with ids", |n| numbered(n, |i| format!("## A {{#id-{i}}}\n\n[a](#id-{i}) [b](#missing-{i})\n\n"))),
    family("inner headings", |n| repeated("> ## A {.public}\n\n", n)),
    family("bold labels", |n| repeated("**Impact**\n\ntext\n\n", n)),
    family("bold list labels", |n| repeated("- **Impact**: text\n- **Resolution**: text\n", n)),
    family("columns of a table", |n| body(&format!("|{}\n|{}\n|{}\n", "a|".repeat(n), "-|".repeat(n), "b|".repeat(n)))),
    family("columns and rows", |n| {
        let n = n.isqrt();
        body(&format!("|{}\n|{}\n{}", "a|".repeat(n), "-|".repeat(n), format!("|{}\n", "b|".repeat(n)).repeat(n)))
    }),
    family("columns and empty rows", |n| body(&format!("|{}\n|{}\n{}", "a|".repeat(n), "-|".repeat(n), "|\n".repeat(n)))),
    family("columns of a timeline", |n| body(&format!("## Timeline\n\n|{}\n|{}\n|{}\n", "Time|".repeat(n), "-|".repeat(n), "10:00|".repeat(n)))),
    family("tables", |n| repeated("|Time|b|\n|-|-|\n|10:00|x|\n\n", n)),
    family("tables in a timeline", |n| body(&format!("## Timeline\n\n{}", "|Time|b|\n|-|-|\n|10:00|x|\n\n".repeat(n)))),
    family("rows of a timeline", |n| {
        body(&format!("## Timeline\n\n|Time (UTC)|Event|\n|-|-|\n{}", "|10:00|The alert fires [detected] [public]|\n".repeat(n)))
    }),
    family("list items of a timeline", |n| body(&format!("## Timeline\n\n{}", "- 10:00 UTC The alert fires [detected] [public]\n".repeat(n)))),
    family("vague times of a timeline", |n| body(&format!("## Timeline\n\n{}", "- around 10:00 something\n- ~09:00 IST less\n".repeat(n)))),
    family("nested items of a timeline", |n| body(&format!("## Timeline\n\n- 10:00 UTC The alert fires\n{}", "  - 10:01 more\n".repeat(n)))),
    family("untimed items inside a timed one", |n| body(&format!("## Timeline\n\n- 10:00 UTC The alert fires\n{}", "  - more\n".repeat(n)))),
    family("paragraphs of a timeline", |n| body(&format!("## Timeline\n\n{}", "10:00 UTC The alert fires\n\nSomebody looks.\n\n".repeat(n)))),
    family("lines of a timeline", |n| body(&format!("## Timeline\n\n{}", "10:00 UTC The alert fires\n".repeat(n)))),
    family("one time and many paragraphs", |n| body(&format!("## Timeline\n\n10:00 UTC The alert fires\n\n{}", "Somebody looks.\n\n".repeat(n)))),
    family("list items", |n| repeated("- a\n", n)),
    family("lists in lists", |n| (0..n.isqrt()).fold(body(""), |text, i| text + &"  ".repeat(i) + "- a\n")),
    family("list marks on one line", |n| repeated("- ", n)),
    family("numbers on one line", |n| repeated("1. ", n)),
    family("action items", |n| body(&format!("## Action items\n\n{}", "- [ ] Improve the monitoring\n".repeat(n)))),
    family("open fences", |n| repeated("```\n## A\n````x\n", n)),
    family("fences in a public section", |n| body(&format!("## A {{.public}}\n{}", "```\n# a\n```\n\n".repeat(n)))),
    family("open comments", |n| repeated("<!--", n)),
    family("comments", |n| repeated("<!-- a -->\n\n", n)),
    family("comments in text", |n| repeated("a <!-- b --> ", n)),
    family("open tags", |n| repeated("<b>", n)),
    family("tags in tags", |n| body(&format!("<div>{}</div>\n", "<b>a".repeat(n)))),
    family("open declarations", |n| repeated("<!A ", n)),
    family("open instructions", |n| repeated("<?a ", n)),
    family("open character data", |n| repeated("<![CDATA[", n)),
    family("angle brackets", |n| repeated("<", n)),
    family("angle brackets and letters", |n| repeated("<a ", n)),
    family("entities", |n| repeated("&amp;", n)),
    family("ampersands", |n| repeated("&", n)),
    family("backslashes", |n| repeated("\\", n)),
    family("footnotes", |n| numbered(n, |i| format!("a[^{i}]\n\n[^{i}]: text\n\n"))),
    family("references to footnotes that are not there", |n| repeated("[^a]", n)),
    family("nested footnotes", |n| repeated("[^a]: ", n)),
    family("link definitions", |n| numbered(n, |i| format!("[a{i}]: b\n"))),
    family("references to one long definition", |n| body(&format!("[a]: {}\n\n{}", "b".repeat(n), "[a] ".repeat(n.isqrt())))),
    family("bare addresses", |n| repeated("https://x.example/a ", n)),
    family("one long address", |n| body(&format!("https://x.example/{}", "a".repeat(n)))),
    family("schemes", |n| repeated("a://", n)),
    family("at signs", |n| repeated("a@b", n)),
    family("dots and at signs", |n| repeated("a.b@c.d ", n)),
    family("images", |n| repeated("![](a.png)\n", n)),
    family("broken links", |n| numbered(n, |i| format!("[a](missing-{i}.md)\n"))),
    family("wiki links", |n| repeated("[[a]] ", n)),
    family("one long word", |n| repeated("a", n)),
    family("one long word of Hangul", |n| repeated("장", n)),
    family("one long number", |n| body(&format!("{}\n\n## Timeline\n\n- {}:{} a\n", "1".repeat(n), "1".repeat(n), "2".repeat(n)))),
    family("one long line of words", |n| repeated("word ", n)),
    family("one long sentence that blames", |n| repeated("because we forgot to test it, some customers waited for a while and ", n)),
    family("sentences that blame", |n| repeated("We forgot to test it. It was human error. We should have known. Some customers waited.\n", n)),
    family("paragraphs that blame", |n| repeated("We forgot to test it. It was human error.\n\nWe should have known.\n\n", n)),
    family("sections that blame", |n| repeated("## Impact\n\nWe forgot to test it, and some customers waited.\n\n", n)),
    family("whys", |n| body(&format!("## Five whys\n\n{}", "1. Why? Because of it.\n".repeat(n)))),
    family("secrets", |n| repeated("password: hunter2hunter2 AKIAIOSFODNN7EXAMPLE ghp_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n", n)),
    family("hexadecimal digits", |n| repeated("0123456789abcdef", n)),
    family("keys that are never closed", |n| repeated("-----BEGIN RSA PRIVATE KEY-----\n", n)),
    family("tokens", |n| repeated("eyJhbGciOiJIUzI1NiJ9.", n)),
    family("private details outside", |n| {
        body(&format!("## Customer summary\n\n{}", "ask ada@x.example at 10.0.0.1 or https://x.slack.com/a\n".repeat(n)))
    }),
    family("raw HTML outside", |n| body(&format!("## Customer summary\n\n{}", "a <b>c</b>\n\n".repeat(n)))),
    family("placeholders", |n| repeated("TODO {placeholder} HH:mm ?? TBD\n\n", n)),
    family("emphasis beside Hangul", |n| repeated("**장애(결제)**가 났다 ", n)),
    family("key lines", |n| repeated("**Severity**: SEV1\n**Started**: 2026-03-02 09:00\n", n)),
    family("line breaks", |n| repeated("\n", n)),
    family("carriage returns", |n| repeated("\r", n)),
    family("spaces", |n| repeated(" ", n)),
    family("lines of spaces", |n| repeated("    \n", n)),
    family("tabs", |n| repeated("\t", n)),
    family("zero bytes", |n| repeated("\0", n)),
    family("byte order marks", |n| "\u{feff}".repeat(n)),
    family("rules", |n| repeated("---\n", n)),
    family("underlines", |n| repeated("a\n===\n", n)),
    family("private characters", |n| repeated("\u{f8ff}\u{f8fe}<b>", n)),
    family("colons", |n| repeated(":", n)),
    family("quotation marks", |n| repeated("\"a 'b ", n)),
    family("dashes", |n| repeated("-", n)),
    family("pipes", |n| repeated("|", n)),
    family("pipes and dashes", |n| repeated("|-", n)),
    family("times", |n| repeated("10:00 ", n)),
    family("dates", |n| repeated("2026-03-14 ", n)),
    family("dates in the title", |n| format!("# {}\n", "14 Mar ".repeat(n))),
    family("delimiters", |n| "---\n".repeat(n)),
    family("keys", |n| front(&(0..n).map(|i| format!("k{i}: 1\n")).collect::<String>())),
    family("foreign keys", |n| front(&(0..n).map(|i| format!("start time {i}: 1\n")).collect::<String>())),
    family("services", |n| front(&format!("services: [{}]", "a, ".repeat(n)))),
    family("services on one line", |n| front(&format!("services: {}", "a, ".repeat(n)))),
    family("tags that differ", |n| front(&format!("tags: [{}]", (0..n).map(|i| format!("t{i}, ")).collect::<String>()))),
    family("actions", |n| front(&format!("actions:\n{}", (0..n).map(|i| format!("- {{id: A{i}, title: Improve it {i}}}\n")).collect::<String>()))),
    family("actions with wrong keys", |n| front(&format!("actions:\n{}", "- {titel: a, dur: b}\n".repeat(n)))),
    family("impacts", |n| {
        front(&format!("impacts:\n{}", "- {service: a, level: down, start: 2026-03-02T09:00:00Z, end: 2026-03-02T10:00:00Z}\n".repeat(n)))
    }),
    family("links of the front matter", |n| front(&format!("links:\n{}", "- {title: a, url: https://x.example}\n".repeat(n)))),
    family("allow", |n| front(&format!("allow:\n{}", (0..n).map(|i| format!("  rule-{i}: why\n")).collect::<String>()))),
    family("people", |n| front(&format!("reviewers: [{}]", (0..n).map(|i| format!("Ada B{i} <a{i}@x.example>, ")).collect::<String>()))),
    family("lists in lists of YAML", |n| front(&format!("extra: {}{}", "[".repeat(n), "]".repeat(n)))),
    family("maps in maps of YAML", |n| front(&format!("extra: {}{}", "{a: ".repeat(n), "}".repeat(n)))),
    family("open lists of YAML", |n| front(&format!("extra: {}", "[".repeat(n)))),
    family("indented maps of YAML", |n| front(&(0..n.isqrt()).map(|i| format!("{}a:\n", " ".repeat(i))).collect::<String>())),
    family("sequence marks of YAML", |n| front(&format!("extra:\n{}", "- ".repeat(n)))),
    family("key marks of YAML", |n| front(&"? ".repeat(n))),
    family("anchors", |n| front(&(0..n).map(|i| format!("a{i}: &x{i} 1\n")).collect::<String>())),
    family("aliases", |n| front(&format!("x: &x [a, a, a]\n{}", (0..n).map(|i| format!("a{i}: *x\n")).collect::<String>()))),
    family("aliases of aliases", |n| {
        let n = n.min(200);
        front(&(1..n).fold("x0: &x0 [a, a]\n".to_owned(), |text, i| format!("{text}x{i}: &x{i} [*x{p}, *x{p}, *x{p}]\n", p = i - 1)))
    }),
    family("a block of text", |n| front(&format!("title: |\n{}", "  a line: of text\n".repeat(n)))),
    family("an open quotation", |n| front(&format!("owner: \"{}", "a line: of text\n".repeat(n)))),
    family("escapes", |n| front(&format!("owner: \"{}\"", "\\n".repeat(n)))),
    family("a long value", |n| front(&format!("owner: {}", "a".repeat(n)))),
    family("a long key", |n| front(&format!("{}: a", "a".repeat(n)))),
    family("a long number", |n| front(&format!("customers_affected: {}", "9".repeat(n)))),
    family("a long status", |n| front(&format!("status: {}\nseverity: {}", "a".repeat(n), "b ".repeat(n)))),
    family("colons of YAML", |n| front(&"a: ".repeat(n))),
    family("tags of YAML", |n| front(&format!("a: {}", "!a ".repeat(n)))),
    family("comments of YAML", |n| front(&"# a\n".repeat(n))),
    family("documents of YAML", |n| front(&"...\n".repeat(n))),
    family("directives of YAML", |n| front(&"%a b\n".repeat(n))),
];

/// Configurations.
pub(crate) const CONFIGURATIONS: &[Family] = &[
    family("unknown keys", |n| (0..n).map(|i| format!("key{i}: 1\n")).collect()),
    family("severities", |n| format!("severities:\n{}", (0..n).map(|i| format!("- {{id: S{i}, name: a, approvals: 1}}\n")).collect::<String>())),
    family("services", |n| format!("services:\n{}", (0..n).map(|i| format!("- {{id: s{i}, name: a}}\n")).collect::<String>())),
    family("people", |n| format!("people:\n{}", (0..n).map(|i| format!("- {{name: Ada B{i}, email: a{i}@x.example}}\n")).collect::<String>())),
    family("sections", |n| format!("sections:\n{}", (0..n).map(|i| format!("- {{id: s{i}, titles: [T{i}]}}\n")).collect::<String>())),
    family("audiences", |n| format!("audiences:\n{}", (0..n).map(|i| format!("  a{i}: {{title: b}}\n")).collect::<String>())),
    family("expressions", |n| format!("privacy: {{forbid: ['{}']}}", "(a".repeat(n))),
    family("large expressions", |n| format!("privacy: {{forbid: ['(a{{{n}}}){{{n}}}']}}")),
    family("globs", |n| format!("content: {{root: ., include: ['{}']}}", "{a,".repeat(n))),
    family("stars in globs", |n| format!("content: {{root: ., include: ['{}']}}", "**/".repeat(n))),
    family("holidays", |n| format!("review: {{holidays: [{}]}}", "2026-01-01, ".repeat(n))),
    family("fields", |n| format!("fields: {{started: [{}]}}", (0..n).map(|i| format!("k{i}, ")).collect::<String>())),
    family("a long duration", |n| format!("review: {{draft_within: {}h}}", "9".repeat(n))),
    family("many business days", |n| format!("review: {{complete_within: {n}{n} business days}}")),
    family("lists in lists", |n| format!("causes: {}{}", "[".repeat(n), "]".repeat(n))),
    family("open maps", |n| format!("site: {}", "{a: ".repeat(n))),
];
