//! What stays the same about a finding when lines move, so that a forge can tell an old one from a new one.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::{Finding, Report};

/// The name space of fingerprints; made up once and never to be changed.
const FINGERPRINTS: Uuid = Uuid::from_u128(0x8a1f_3f6e_54c2_4d0b_9d53_6b1e_0c7a_2f94);

/// One fingerprint per finding of the report, in their order; no two are equal.
///
/// Made of the path, the rule, the line without its white space, and what the message names between backticks. Line numbers are not in it, nor is the rest of
/// the message, which may say how many days late something is.
pub(super) fn fingerprints(report: &Report) -> Vec<String> {
    let mut seen: BTreeMap<Uuid, usize> = BTreeMap::new();
    let print = |finding: &Finding| {
        let line: String = if report.is_privileged(finding) { String::new() } else { line_of(report, finding) };
        let named = finding.problem.message.split('`').skip(1).step_by(2);
        let parts: Vec<&str> = [&*finding.path, finding.problem.rule, &line].into_iter().chain(named).collect();
        let print = Uuid::new_v5(&FINGERPRINTS, parts.join("\0").as_bytes());
        let count = seen.entry(print).or_default();
        *count += 1;
        // The second of two that are alike is told apart by being the second.
        let print = if *count == 1 { print } else { Uuid::new_v5(&print, count.to_string().as_bytes()) };
        print.simple().to_string()
    };
    report.findings().iter().map(print).collect()
}

/// Bytes of a line that tell it from others; there may be thousands of findings in one that is much longer.
const LONGEST_LINE: usize = 4_096;

/// The line at which a finding begins, without white space.
fn line_of(report: &Report, finding: &Finding) -> String {
    let Some(source) = report.text_of(&finding.path) else { return String::new() };
    let start = source.line_start(source.position(finding.problem.span.start).line);
    let rest = source.text().get(start..).unwrap_or_default();
    let line = rest.get(..rest.floor_char_boundary(LONGEST_LINE)).unwrap_or_default().lines().next().unwrap_or_default();
    line.split_whitespace().collect()
}

/// Characters that the hash of a line looks at.
const WINDOW: usize = 100;
/// Base of the rolling hash.
const BASE: u64 = 37;

/// For each line the value that GitHub calls `primaryLocationLineHash`.
///
/// The upload action of code scanning computes it from the files it finds, and warns about results that come with another value; who uploads through the API
/// has to bring it along. It is a rolling hash over the next hundred UTF-16 code units that are neither blank nor tab, with line ends as line feeds, a mark at
/// the end of the file and zeros after it; then a colon, and the how-manieth line with that hash it is. `src/fingerprints.ts` of `github/codeql-action` is
/// what it has to agree with.
pub(super) fn line_hashes(text: &str) -> Vec<String> {
    const END: u16 = u16::MAX;
    let (blank, tab, feed, carriage) = (u16::from(b' '), u16::from(b'\t'), u16::from(b'\n'), u16::from(b'\r'));
    let mut units: Vec<u16> = Vec::with_capacity(text.len() + 1 + WINDOW);
    let mut starts = Vec::new();
    let (mut is_start, mut after_carriage) = (true, false);
    for unit in text.encode_utf16().chain([END]) {
        let is_skipped = unit == blank || unit == tab || (after_carriage && unit == feed);
        after_carriage = unit == carriage;
        if is_skipped {
            continue;
        }
        if is_start {
            starts.push(units.len());
        }
        let unit = if unit == carriage { feed } else { unit };
        is_start = unit == feed;
        units.push(unit);
    }
    units.resize(units.len() + WINDOW, 0);
    let highest = (0..WINDOW).fold(1_u64, |power, _| power.wrapping_mul(BASE));
    let mut hash = 0_u64;
    let mut rolled = Vec::with_capacity(units.len());
    for (place, unit) in units.iter().enumerate() {
        let left = place.checked_sub(WINDOW).and_then(|left| units.get(left)).copied().unwrap_or_default();
        hash = hash.wrapping_mul(BASE).wrapping_add(u64::from(*unit)).wrapping_sub(highest.wrapping_mul(u64::from(left)));
        rolled.push(hash);
    }
    let mut seen: BTreeMap<u64, usize> = BTreeMap::new();
    let hash_of = |start: usize| {
        let hash = rolled.get(start + WINDOW - 1).copied().unwrap_or_default();
        let count = seen.entry(hash).or_default();
        *count += 1;
        format!("{hash:x}:{count}")
    };
    starts.into_iter().map(hash_of).collect()
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            Level, Problem,
            report::tests::{at, document, finding},
        },
        *,
    };
    use crate::text::Span;

    fn of(text: &str, problems: &[(&'static str, Span, &str)]) -> Vec<String> {
        let findings = problems.iter().map(|(rule, span, message)| finding(Level::Warning, "a.md", Problem::new(rule, *span, *message)));
        fingerprints(&Report::new([document("a.md", text)], findings, []))
    }

    #[test]
    fn lines_that_move_keep_their_fingerprints() {
        let before = "# A\n결제 was slow 🔥 around noon\n";
        let after = "# A\nA new line.\n\n  결제  was slow 🔥 around noon\n";
        let print = |text: &str| of(text, &[("vague-time", at(text, "around noon"), "`around noon` is no exact time")]);
        assert_eq!(print(before), print(after));
        assert_ne!(print(before), print("# A\n결제 was slow around noon\n"), "another line is another finding");
    }

    #[test]
    fn the_clock_in_a_message_changes_nothing() {
        let print = |message| of("# A\n", &[("overdue-action", Span::at(0), message)]);
        assert_eq!(print("action `Add an alert` is 1 day late"), print("action `Add an alert` is 12 days late"));
        assert_ne!(print("action `Add an alert` is 1 day late"), print("action `Add a test` is 1 day late"));
    }

    #[test]
    fn no_two_findings_share_one() {
        let here = Span::at(0);
        let prints = of(
            "# A\n",
            &[
                ("missing-section", here, "`Impact`"),
                ("missing-section", here, "`Impact`"),
                ("missing-section", here, "`Lessons`"),
                ("secret", here, ""),
            ],
        );
        let unique: std::collections::BTreeSet<_> = prints.iter().collect();
        assert_eq!(unique.len(), 4, "{prints:?}");
        assert!(prints.iter().all(|print| print.len() == 32));
    }

    /// What the upload action of GitHub itself computes for these files.
    #[test]
    fn lines_are_hashed_as_github_does() {
        assert_eq!(line_hashes(""), ["c129715d7a2bc9a3:1"]);
        let plain =
            ["f492a629f802e627:1", "abe3f15ad4cc3243:1", "67eddee1ff15d9fb:1", "d4110a3df07eedd:1", "f24741a93d04f387:1", "c129715d7a2bc9a3:1"];
        assert_eq!(line_hashes("one\ntwo\n\n\none\n"), plain);
        let korean = "---\ntitle: 결제 장애\n---\n## 요약\n🔥  결제\t100%\r\nline\r\n";
        let expected =
            ["dc986640b8788a51:1", "c0077f2408464848:1", "7beb4e4cf3026f55:1", "58319c7e1081410c:1", "74569ad0b33453:1", "e178b07ad2457761:1"];
        assert_eq!(line_hashes(korean)[..6], expected);
        let long = format!("{}\n{}\nend", "x y ".repeat(60), "b".repeat(250));
        assert_eq!(line_hashes(&long), ["4865974e7663c46a:1", "ff47544e6eb21c78:1", "43b6461eda086fe2:1"]);
        assert_eq!(line_hashes("\u{feff}# a\n\nsame\nsame\n")[0], "83f590b552feda5e:1");
        assert_eq!(line_hashes(&"same\n".repeat(30))[..2], ["6468d5768bad9560:1", "6468d5768bad9560:2"]);
    }
}
