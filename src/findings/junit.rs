//! JUnit XML as Jenkins reads it. There is no standard; `tests/formats` holds this against the schema of Jenkins, which the crates for it go beyond.

use std::{collections::BTreeMap, io, path::Path};

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

use super::{
    Failing, Finding, Report,
    concise::{line, on_one_line},
};

/// One suite per document, one test case per finding. What fails the run is a failure; other findings are cases that passed, with their text as output, since
/// the format knows nothing between failed and passed. A document without findings is one case that passed.
#[must_use]
pub fn junit(report: &Report, failing: Failing) -> String {
    let mut suites: BTreeMap<&str, Vec<&Finding>> = report.documents().iter().map(|path| (path.as_str(), Vec::new())).collect();
    for finding in report.findings() {
        suites.entry(&finding.path).or_default().push(finding);
    }
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    // Writing to memory can't fail.
    let _ = write(&mut writer, report, &suites, failing);
    let mut printed = writer.into_inner();
    printed.push(b'\n');
    String::from_utf8(printed).unwrap_or_default()
}

type Xml = Writer<Vec<u8>>;

fn write(xml: &mut Xml, report: &Report, suites: &BTreeMap<&str, Vec<&Finding>>, failing: Failing) -> io::Result<()> {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let all = [("name", "lookback check".to_owned())].into_iter().chain(totals(suites.values(), failing));
    element(xml, "testsuites", all, |xml| suites.iter().try_for_each(|(path, findings)| suite(xml, report, path, findings, failing)))
}

/// Numbers of cases; nothing here is an error, which is what a test that could not run would be.
fn totals<'a>(suites: impl Iterator<Item = &'a Vec<&'a Finding>> + Clone, failing: Failing) -> [(&'static str, String); 3] {
    let cases: usize = suites.clone().map(|findings| findings.len().max(1)).sum();
    let failures = suites.flatten().filter(|finding| failing.includes(finding.level)).count();
    [("tests", cases.to_string()), ("failures", failures.to_string()), ("errors", "0".to_owned())]
}

fn suite(xml: &mut Xml, report: &Report, path: &str, findings: &Vec<&Finding>, failing: Failing) -> io::Result<()> {
    let attributes = [("name", path.to_owned())].into_iter().chain(totals(std::iter::once(findings), failing));
    // Jenkins would take an extension for a class, and the path before it for its package.
    let class = Path::new(path).with_extension("").to_string_lossy().into_owned();
    let case = |name: String| [("name", name), ("classname", class.clone())];
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    element(xml, "testsuite", attributes, |xml| {
        if findings.is_empty() {
            return element(xml, "testcase", case("nothing found".to_owned()), |_| Ok(()));
        }
        findings.iter().try_for_each(|finding| {
            let name = format!("{}: {}", finding.problem.rule, finding.problem.message);
            let count = names.entry(name.clone()).or_default();
            *count += 1;
            // Servers take two cases of one name for one case.
            let name = if *count == 1 { name } else { format!("{name} ({count})") };
            element(xml, "testcase", case(name), |xml| outcome(xml, report, finding, failing))
        })
    })
}

fn outcome(xml: &mut Xml, report: &Report, finding: &Finding, failing: Failing) -> io::Result<()> {
    let help = finding.problem.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    let text = held(&(line(report, finding) + &help));
    let content = |xml: &mut Xml| xml.write_event(Event::Text(BytesText::new(&text)));
    if failing.includes(finding.level) {
        let attributes = [("message", finding.problem.message.clone()), ("type", finding.problem.rule.to_owned())];
        element(xml, "failure", attributes, content)
    } else {
        element(xml, "system-out", [], content)
    }
}

/// An element with attributes on one line each, since a parser would turn their line ends into blanks.
fn element(
    xml: &mut Xml,
    name: &str,
    attributes: impl IntoIterator<Item = (&'static str, String)>,
    content: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<()> {
    let attributes: Vec<(&str, String)> = attributes.into_iter().map(|(name, value)| (name, held(&on_one_line(&value)))).collect();
    let attributes = attributes.iter().map(|(name, value)| (*name, value.as_str()));
    xml.create_element(name).with_attributes(attributes).write_inner_content(content)?;
    Ok(())
}

/// What XML 1.0 can hold of a text: its production `Char`. For everything else no escape is a way out.
fn held(text: &str) -> String {
    let is_held = |character: &char| matches!(character, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(is_held).collect()
}

#[cfg(test)]
mod tests {
    use quick_xml::{Reader, XmlVersion};

    use super::{
        super::{
            Level, Problem,
            report::tests::{clean, document, finding, report},
        },
        *,
    };
    use crate::text::Span;

    /// Every value of an attribute that a parser reads.
    fn read(printed: &str, element: &str, attribute: &str) -> Vec<String> {
        let mut reader = Reader::from_str(printed);
        let mut values = Vec::new();
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) | Event::Empty(start) if start.name().as_ref() == element.as_bytes() => {
                    let value = start.attributes().map(Result::unwrap).find(|found| found.key.as_ref() == attribute.as_bytes());
                    values.extend(
                        value.map(|value| value.decoded_and_normalized_value(XmlVersion::Implicit1_0, reader.decoder()).unwrap().into_owned()),
                    );
                }
                Event::Eof => return values,
                _ => {}
            }
        }
    }

    #[test]
    fn errors_fail_and_other_findings_are_output() {
        insta::assert_snapshot!(junit(&report(), Failing::Errors), @r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="lookback check" tests="5" failures="1" errors="0">
          <testsuite name="postmortems/b.md" tests="1" failures="0" errors="0">
            <testcase name="nothing found" classname="postmortems/b">
            </testcase>
          </testsuite>
          <testsuite name="postmortems/결제 장애.md" tests="4" failures="1" errors="0">
            <testcase name="no-evidence-link: nothing here links to any evidence" classname="postmortems/결제 장애">
              <system-out>postmortems/결제 장애.md:2:8: info[no-evidence-link] nothing here links to any evidence</system-out>
            </testcase>
            <testcase name="unknown-field: unknown key `severty`" classname="postmortems/결제 장애">
              <system-out>postmortems/결제 장애.md:3:1: warning[unknown-field] unknown key `severty`
        help: did you mean `severity`?</system-out>
            </testcase>
            <testcase name="inert-emphasis: `**` stays literal: 100%, before 가" classname="postmortems/결제 장애">
              <system-out>postmortems/결제 장애.md:6:13: warning[inert-emphasis] `**` stays literal: 100%, before 가
        help: move the particle</system-out>
            </testcase>
            <testcase name="missing-section: required section `Impact` is missing" classname="postmortems/결제 장애">
              <failure message="required section `Impact` is missing" type="missing-section">postmortems/결제 장애.md:7:1: error[missing-section] required section `Impact` is missing</failure>
            </testcase>
          </testsuite>
        </testsuites>
        "#);
    }

    #[test]
    fn denied_warnings_fail_too() {
        let failures = |failing| read(&junit(&report(), failing), "failure", "type");
        assert_eq!(failures(Failing::Errors), ["missing-section"]);
        assert_eq!(failures(Failing::Warnings), ["unknown-field", "inert-emphasis", "missing-section"]);
        assert_eq!(read(&junit(&report(), Failing::Warnings), "testsuites", "failures"), ["3"]);
    }

    #[test]
    fn markup_is_escaped_and_what_xml_cannot_hold_is_dropped() {
        let problem = Problem::new("vague-time", Span::at(0), "`<a & \"b\">]]> \u{0}\u{8}\u{1b}[31m\u{fffe}결제 🔥`").help("a\nb");
        let report = Report::new([document("a & <b>.md", "x")], [finding(Level::Error, "a & <b>.md", problem)], []);
        let printed = junit(&report, Failing::Errors);
        assert_eq!(read(&printed, "testcase", "name"), ["vague-time: `<a & \"b\">]]>    [31m결제 🔥`"]);
        assert_eq!(read(&printed, "testsuite", "name"), ["a & <b>.md"]);
        assert!(!printed.contains("]]>"), "{printed}");
        assert_eq!(held(&printed), printed);
    }

    #[test]
    fn findings_that_read_alike_stay_two_cases() {
        let problem = |at| Problem::new("vague-time", Span::at(at), "`around noon` is no exact time");
        let findings = [finding(Level::Error, "a.md", problem(0)), finding(Level::Error, "a.md", problem(1))];
        let printed = junit(&Report::new([document("a.md", "xy")], findings, []), Failing::Errors);
        let name = "vague-time: `around noon` is no exact time";
        assert_eq!(read(&printed, "testcase", "name"), [name.to_owned(), format!("{name} (2)")]);
    }

    #[test]
    fn nothing_found() {
        insta::assert_snapshot!(junit(&clean(), Failing::Errors), @r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="lookback check" tests="2" failures="0" errors="0">
          <testsuite name="postmortems/a.md" tests="1" failures="0" errors="0">
            <testcase name="nothing found" classname="postmortems/a">
            </testcase>
          </testsuite>
          <testsuite name="postmortems/b.md" tests="1" failures="0" errors="0">
            <testcase name="nothing found" classname="postmortems/b">
            </testcase>
          </testsuite>
        </testsuites>
        "#);
    }
}
