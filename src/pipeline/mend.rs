//! What `check --fix` does: the edits that findings carry, made in the files of the work tree.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, Utc};
use rayon::prelude::*;

use super::{CheckError, CheckUp, Scope, check::look};
use crate::{
    config::Settings,
    findings::{Edit, Finding, Level},
    output::{WriteError, replace_document},
    repo::Repository,
    rules::{Document, Surroundings, check_text},
    source::Parser,
    text::Source,
};

/// Rounds after which a document is left as it is. Each makes edits that don't touch each other, so that few documents need more than two.
const ROUNDS: usize = 64;

/// A document with its repairs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// Path from the root.
    pub path: String,
    /// The text afterwards.
    pub text: String,
    /// How many findings were mended.
    pub count: usize,
}

/// What was mended, and what is left to do.
#[derive(Debug)]
pub struct Mending {
    /// The documents that changed, by path.
    pub mended: Vec<Mended>,
    /// What is found afterwards.
    pub check: CheckUp,
}

/// Why nothing was mended.
#[derive(Debug, thiserror::Error)]
pub enum MendError {
    /// The collection can't be checked.
    #[error(transparent)]
    Check(#[from] CheckError),
    /// A file can't be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A commit is read, not the work tree.
    #[error("a commit can't be mended: `--fix` changes files of the work tree")]
    NoWorkTree,
}

/// Checks what was asked for, makes the edits that its findings carry, and checks again. The text of an editor is not written anywhere: the editor gets it back.
///
/// # Errors
/// Whatever [`check`](super::check()) refuses; a repository that is read from a commit, unless it is about the text of an editor; a file that can't be written.
pub fn mend(repository: &Repository, scope: &Scope<'_>, now: DateTime<Utc>) -> Result<Mending, MendError> {
    if scope.unsaved.is_none() && !repository.reads_work_tree() {
        return Err(MendError::NoWorkTree);
    }
    let (check, loaded) = look(repository, scope, now)?;
    let bench = Bench { parser: Parser::new(&loaded.settings), settings: &loaded.settings, surroundings: &loaded.surroundings, now };
    let sources = loaded.sources();
    let wanted: Vec<&Source> = check.report.documents().iter().filter_map(|path| sources.get(path.as_str()).copied()).collect();
    let mended: Vec<Mended> = wanted.par_iter().filter_map(|source| bench.mend(source)).collect();
    // What was decoded with loss is not written back.
    let is_stored = |path: &str| match scope.unsaved {
        Some((_, bytes)) => sources.get(path).is_some_and(|source| source.text().as_bytes() == bytes),
        None => repository.read(path).ok().flatten().is_some_and(|bytes| sources.get(path).is_some_and(|source| source.text().as_bytes() == bytes)),
    };
    let mended: Vec<Mended> = mended.into_iter().filter(|mended| is_stored(&mended.path)).collect();
    let Some(first) = mended.first() else { return Ok(Mending { mended, check }) };
    let check = if let Some((path, _)) = scope.unsaved {
        look(repository, &Scope { unsaved: Some((path, first.text.as_bytes())), ..*scope }, now)?.0
    } else {
        for document in &mended {
            let before = sources.get(document.path.as_str()).map(|source| source.text()).unwrap_or_default();
            replace_document(repository.root(), &document.path, before.as_bytes(), document.text.as_bytes())?;
        }
        look(repository, scope, now)?.0
    };
    Ok(Mending { mended, check })
}

/// What a text is checked with while it is mended.
struct Bench<'a> {
    parser: Parser<'a>,
    settings: &'a Settings,
    surroundings: &'a Surroundings,
    now: DateTime<Utc>,
}

impl Bench<'_> {
    fn findings(&self, source: &Source) -> Vec<Finding> {
        let parsed = self.parser.parse(source.clone());
        check_text(&Document::alone(&parsed, self.settings, self.surroundings, self.now))
    }

    /// Makes the edits of a text until none is left. One that does not take its finding away, or brings an error, is taken back.
    fn mend(&self, source: &Source) -> Option<Mended> {
        let path: Arc<str> = source.path().into();
        let mut text = source.clone();
        let mut findings = self.findings(&text);
        let mut refused: Vec<Edit> = Vec::new();
        let mut count = 0;
        for _ in 0..ROUNDS {
            let chosen = apart(findings.iter().filter(|finding| finding.problem.edit.as_deref().is_some_and(|edit| !refused.contains(edit))));
            let Some(first) = chosen.first().copied() else { break };
            let attempt = |chosen: &[&Finding]| {
                let next = Source::new(Arc::clone(&path), applied(text.text(), chosen));
                let found = self.findings(&next);
                is_better(&findings, &found, chosen).then_some((next, found, chosen.len()))
            };
            match attempt(&chosen).or_else(|| attempt(&[first])) {
                Some((next, found, made)) => {
                    count += made;
                    // Places of what was refused before are no longer those of this text.
                    refused.clear();
                    (text, findings) = (next, found);
                }
                None => refused.extend(first.problem.edit.as_deref().cloned()),
            }
        }
        (count > 0).then(|| Mended { path: path.to_string(), text: text.text().to_owned(), count })
    }
}

/// The findings whose edits don't touch each other: of two that do, the first in the text.
fn apart<'a>(findings: impl Iterator<Item = &'a Finding>) -> Vec<&'a Finding> {
    let mut with_edit: Vec<(&Edit, &Finding)> = findings.filter_map(|finding| Some((finding.problem.edit.as_deref()?, finding))).collect();
    // The sort is stable: of two insertions at one place, the rule that speaks first wins.
    with_edit.sort_by_key(|(edit, _)| edit.span);
    let mut end = None;
    let kept = with_edit.into_iter().filter(|(edit, _)| {
        let is_apart = end.is_none_or(|end| edit.span.start > end);
        if is_apart {
            end = Some(edit.span.end);
        }
        is_apart
    });
    kept.map(|(_, finding)| finding).collect()
}

/// The text with the edits of some findings, which are sorted and apart.
fn applied(text: &str, findings: &[&Finding]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in findings.iter().filter_map(|finding| finding.problem.edit.as_deref()) {
        out.push_str(text.get(done..edit.span.start).unwrap_or_default());
        out.push_str(&edit.replacement);
        done = edit.span.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// Whether the findings that were mended are gone, and no error came.
fn is_better(before: &[Finding], after: &[Finding], mended: &[&Finding]) -> bool {
    let key = |finding: &Finding| (finding.problem.rule, finding.problem.message.clone());
    let count = |findings: &mut dyn Iterator<Item = &Finding>| {
        let mut counts: BTreeMap<(&str, String), usize> = BTreeMap::new();
        findings.for_each(|finding| *counts.entry(key(finding)).or_default() += 1);
        counts
    };
    let errors = |findings: &[Finding]| count(&mut findings.iter().filter(|finding| finding.level == Level::Error));
    let (old, new, left) = (errors(before), errors(after), count(&mut after.iter()));
    let gone = count(&mut mended.iter().copied());
    let had = count(&mut before.iter());
    let of = |counts: &BTreeMap<(&str, String), usize>, key: &(&str, String)| {
        counts.iter().find(|((rule, message), _)| *rule == key.0 && *message == key.1).map_or(0, |(_, number)| *number)
    };
    new.iter().all(|(key, number)| *number <= of(&old, key)) && gone.iter().all(|(key, number)| of(&left, key) + number <= of(&had, key))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mended_with(text: &str, settings: &Settings) -> Option<Mended> {
        let surroundings = Surroundings::default();
        let now = "2026-06-01T00:00:00Z".parse().unwrap();
        let bench = Bench { parser: Parser::new(settings), settings, surroundings: &surroundings, now };
        bench.mend(&Source::new("postmortems/a.md", text))
    }

    fn mended(text: &str) -> String {
        mended_with(text, &Settings::default()).map_or_else(|| text.to_owned(), |mended| mended.text)
    }

    const HEAD: &str = "---\nstatus: draft\nowner: Orders team\n---\n";

    #[test]
    fn headings_are_added_in_their_order_and_nothing_else_is_touched() {
        let text = format!("{HEAD}<!-- kept -->  \n# Title\n\n## Summary\nDown.  \n## Root cause\nA full disk.\n\n\n## Notes\n- x");
        let expected = format!(
            "{HEAD}<!-- kept -->  \n# Title\n\n## Summary\nDown.  \n\n## Impact\n\n## Timeline\n\n## Root cause\nA full disk.\n\n\n## Resolution\n\n## Notes\n- x"
        );
        let found = mended_with(&text, &Settings::default()).unwrap();
        assert_eq!(found.text, expected);
        assert_eq!(found.count, 3);
    }

    #[test]
    fn line_ends_byte_order_mark_and_a_missing_last_line_end_stay() {
        let head = HEAD.replace('\n', "\r\n");
        let text = format!("\u{feff}{head}## Summary\r\na\r\n## Impact\r\nb\r\n## Timeline\r\nc\r\n## Root cause\r\nd");
        assert_eq!(mended(&text), format!("{text}\r\n\r\n## Resolution"));
        assert_eq!(mended(&format!("{text}\r\n")), format!("{text}\r\n\r\n## Resolution\r\n"));
    }

    #[test]
    fn a_document_without_text_gets_every_section() {
        let expected = "## Summary\n\n## Impact\n\n## Timeline\n\n## Root cause\n\n## Resolution\n";
        assert_eq!(mended(HEAD), format!("{HEAD}{expected}"));
        assert_eq!(mended(&format!("{HEAD}# Checkout\n")), format!("{HEAD}# Checkout\n\n{expected}"));
        // Text without headings may say all of it: where what stands is for its author.
        let text = format!("{HEAD}The disk was full, and nobody could pay.\n");
        assert_eq!(mended(&text), text);
    }

    #[test]
    fn headings_are_those_of_the_document() {
        let text = format!("{HEAD}# 요약\n가\n# 영향\n나\n# 타임라인\n다\n# 해결\n라\n");
        assert_eq!(mended(&text), format!("{HEAD}# 요약\n가\n# 영향\n나\n# 타임라인\n다\n\n# 원인\n\n# 해결\n라\n"));
        // What follows in the section around it stays there.
        let nested = format!("{HEAD}## Summary\na\n## Impact\nb\n## Timeline\nc\n## Analysis\n### Root cause\nx\n### Why now\ny\n## Notes\nz\n");
        assert_eq!(mended(&nested), nested.replace("## Notes", "\n## Resolution\n\n## Notes"));
        let bold = format!("{HEAD}**Summary**\n\na\n\n**Impact**\n\nb\n");
        assert_eq!(mended(&bold), bold);
    }

    #[test]
    fn a_misspelt_section_is_renamed_and_not_added() {
        let text = format!("{HEAD}## Summary\na\n## Imapct {{#i}}\nb\n## Timeline\nc\n## Root cause\nd\n## Resolution\ne\n");
        assert_eq!(mended(&text), text.replace("Imapct", "Impact"));
        // Customers would read it.
        let text = text.replace("Imapct", "Impact").replace("## Timeline", "## Custmer summary\nsecret\n## Timeline");
        assert_eq!(mended(&text), text);
    }

    #[test]
    fn keys_are_renamed_where_nothing_else_means_them() {
        let body = "## Summary\na\n## Impact\nb\n## Timeline\nc\n## Root cause\nd\n## Resolution\ne\n";
        let fix = |head: &str| {
            mended(&format!("---\nstatus: draft\nowner: A\n{head}\n---\n{body}"))
                .lines()
                .skip(3)
                .take_while(|line| *line != "---")
                .map(str::to_owned)
                .collect::<Vec<_>>()
                .join("\n")
        };
        assert_eq!(fix("keywords:   [a]  # ours\nservce: b\nservices: [c]"), "tags:   [a]  # ours\nservce: b\nservices: [c]");
        assert_eq!(fix("severty: SEV1"), "severity: SEV1");
        assert_eq!(fix("\"keywords\": [a]"), "\"keywords\": [a]");
        assert_eq!(fix("keywords: [a]\ncategories: [b]"), "keywords: [a]\ncategories: [b]");
        // Who reads a document is not guessed.
        assert_eq!(fix("publc: {publish: true}"), "publc: {publish: true}");
        assert_eq!(fix("privilegd: true"), "privilegd: true");
        // Read as a person, it would be an error.
        let status = "---\nowner: A\nstaus: final\n---\n";
        assert!(mended(&format!("{status}{body}")).starts_with(status), "completeness would become an error");
    }

    #[test]
    fn front_matter_of_another_program_keeps_its_keys() {
        let text =
            "---\nlayout: post\ntitle: A\ncategories: [x]\ndate: 2026-03-01\n---\n## Summary\n## Impact\n## Timeline\n## Root cause\n## Resolution\n";
        assert_eq!(mended(text), text);
        let mut settings = Settings::default();
        settings.fields.insert("tags".to_owned(), vec!["keywords".to_owned()]);
        let text = text.replace("layout: post", "owner: A").replace("categories", "keywords");
        assert_eq!(mended_with(&text, &settings), None);
    }

    #[test]
    fn what_is_off_or_allowed_is_not_mended() {
        let text = format!("{HEAD}## Summary\na\n").replace("owner", "allow: {missing-section: one line says all, missing-timeline: short}\nowner");
        assert_eq!(mended(&text), text);
    }

    #[test]
    fn what_is_privileged_stays() {
        let text = HEAD.replace("owner", "privileged: true\nowner");
        assert_eq!(mended(&text), text);
    }

    const PIECES: &[&str] = &[
        "---\n",
        "---\r\n",
        "owner: A\n",
        "owner: A # c\n",
        "servces: [x]\n",
        "keywords: y\r\n",
        "state: closed\n",
        "staus: final\n",
        "Severity: P1\n",
        "\u{feff}",
        "\n",
        "\r\n",
        "## Summary\n",
        "## Imapct\n",
        "## Impact\r\n",
        "  ## Timelin  \n",
        "# 요약\n",
        "### Root cause\n",
        "## Other {.public}\n",
        "Resolution\n---\n",
        "text  \n",
        "text",
        "- 09:00 x\n",
        "> ## Impact\n",
        "```\n",
        "<!-- ",
        " -->\n",
        "**Impact**\n",
        "<div>\n",
        "    code\n",
        "public: {publish: true}\n",
        "lang: ko\n",
        "[a]: b\n",
    ];

    fn subsequence(part: &str, whole: &str) -> bool {
        let mut rest = whole.chars();
        part.chars().all(|wanted| rest.any(|found| found == wanted))
    }

    /// The lines of a text. What stands behind byte order marks is a line like any other, also where a heading came between two of them.
    fn lines(text: &str) -> impl Iterator<Item = &str> {
        text.lines().map(|line| line.trim_end_matches('\r').trim_start_matches('\u{feff}'))
    }

    /// Lines of one text that the other has not, or has less often.
    fn surplus<'a>(one: &'a str, other: &str) -> Vec<&'a str> {
        let mut others: Vec<&str> = lines(other).collect();
        let mut is_surplus = |line: &&str| others.iter().position(|other| other == line).map(|at| others.swap_remove(at)).is_none();
        lines(one).filter(|line| is_surplus(line)).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn edits_change_nothing_around_them(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24), is_ours in any::<bool>()) {
            let text = if is_ours { format!("{HEAD}{}", pieces.concat()) } else { pieces.concat() };
            let (settings, surroundings) = (Settings::default(), Surroundings::default());
            let now = "2026-06-01T00:00:00Z".parse().unwrap();
            let bench = Bench { parser: Parser::new(&settings), settings: &settings, surroundings: &surroundings, now };
            let source = Source::new("postmortems/a.md", text.as_str());
            let before = bench.findings(&source);
            let Some(mended) = bench.mend(&source) else { return Ok(()) };
            // Only whole names were replaced: what else stood there stands there still, in its order.
            let mut kept = text.clone();
            for name in ["servces", "keywords", "state", "staus", "Severity", "Imapct", "Timelin"] {
                kept = kept.replace(name, "");
            }
            prop_assert!(subsequence(&kept, &mended.text), "{text:?} became {:?}", mended.text);
            // Line by line: only lines with such a name are gone, and what is new is a heading, a blank line, or a line with the usual name.
            let renamed = ["servces", "keywords", "state", "staus", "Severity", "Imapct", "Timelin"];
            let usual = ["services", "tags", "status", "severity", "Impact", "Timeline"];
            for line in surplus(&text, &mended.text) {
                prop_assert!(renamed.iter().any(|name| line.contains(name)), "{line:?} of {text:?} is gone from {:?}", mended.text);
            }
            for line in surplus(&mended.text, &text) {
                let is_expected = line.is_empty() || line.starts_with('#') || usual.iter().any(|name| line.contains(name));
                prop_assert!(is_expected, "{line:?} is new in {:?}, which was {text:?}", mended.text);
            }
            let after = bench.findings(&Source::new("postmortems/a.md", mended.text.as_str()));
            let errors = |findings: &[Finding]| findings.iter().filter(|finding| finding.level == Level::Error).count();
            prop_assert!(errors(&after) <= errors(&before), "{text:?} became {:?}", mended.text);
            for error in after.iter().filter(|finding| finding.level == Level::Error) {
                let is_old = |finding: &Finding| (finding.problem.rule, &finding.problem.message) == (error.problem.rule, &error.problem.message);
                prop_assert!(before.iter().any(is_old), "{text:?} got {error:?}");
            }
            prop_assert_eq!(bench.mend(&Source::new("postmortems/a.md", mended.text.as_str())), None, "again, {:?} became something else", text);
        }
    }
}
