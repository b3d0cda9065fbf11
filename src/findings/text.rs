use std::collections::BTreeSet;

use annotate_snippets::{AnnotationKind, Group, Level as Severity, Renderer, Snippet};

use super::{Finding, Level, Problem, Report, Shown};
use crate::text::Source;

/// Findings that are printed in full before the rest is only counted.
const MOST: usize = 500;

/// Whether messages are coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// With ANSI colours.
    Coloured,
    /// Without.
    Plain,
}

/// Findings as rustc would print them: the place, the text, and what to do; with the first one of each rule, where to read more. Then how many there are.
#[must_use]
pub fn text(report: &Report, shown: Shown, style: Style) -> String {
    let mut printed = String::new();
    let mut explained = BTreeSet::new();
    for finding in report.shown(shown).take(MOST) {
        let Some(source) = report.text_of(&finding.path) else { continue };
        let rule = finding.problem.rule;
        let rendered = if report.is_privileged(finding) {
            place_only(finding, source)
        } else {
            let note = explained.insert(rule).then(|| format!("`lookback explain {rule}` says why, and how it is configured"));
            render(&finding.problem, Some((finding.level, rule)), note.as_deref(), source, |path| report.text_of(path), style)
        };
        printed.push_str(&format!("{rendered}\n\n"));
    }
    let rest = report.shown(shown).count().saturating_sub(MOST);
    if rest > 0 {
        printed.push_str(&format!("… and {rest} more; `--format concise` lists all of them\n\n"));
    }
    if shown == Shown::All {
        printed.push_str(&format!("{}\n", report.summary()));
        let mechanical = report.findings().iter().filter(|finding| finding.problem.edit.is_some()).count();
        if mechanical > 0 {
            printed.push_str(&format!("`lookback check --fix` mends {mechanical} of them\n"));
        }
    }
    printed
}

fn place_only(finding: &Finding, source: &Source) -> String {
    let position = source.position(finding.problem.span.start);
    format!("{}[{}]: in a privileged document\n --> {}:{}", finding.level.name(), finding.problem.rule, finding.path, position.line)
}

/// A problem of a configuration: always an error, of no rule.
#[must_use]
pub fn configuration_text(problem: &Problem, source: &Source, style: Style) -> String {
    render(problem, None, None, source, |_| None, style)
}

fn render<'a>(
    problem: &'a Problem,
    judged: Option<(Level, &'a str)>,
    note: Option<&'a str>,
    source: &'a Source,
    labelled: impl Fn(&str) -> Option<&'a Source>,
    style: Style,
) -> String {
    let severity = match judged {
        Some((Level::Error, _)) | None => Severity::ERROR,
        Some((Level::Warning, _)) => Severity::WARNING,
        Some((Level::Info, _)) => Severity::INFO,
    };
    let title = severity.primary_title(problem.message.as_str());
    let title = if let Some((_, rule)) = judged { title.id(rule) } else { title };
    let mut snippet =
        Snippet::source(source.text()).path(source.path()).annotation(AnnotationKind::Primary.span(clamped(problem.span.range(), source)));
    for label in problem.labels.iter().filter(|label| label.path.as_deref().is_none_or(|path| path == source.path())) {
        snippet = snippet.annotation(AnnotationKind::Context.span(clamped(label.span.range(), source)).label(label.text.as_str()));
    }
    let mut group = Group::with_title(title).element(snippet);
    for label in &problem.labels {
        let Some(other) = label.path.as_deref().filter(|path| *path != source.path()).and_then(&labelled) else { continue };
        let annotation = AnnotationKind::Context.span(clamped(label.span.range(), other)).label(label.text.as_str());
        group = group.element(Snippet::source(other.text()).path(other.path()).annotation(annotation));
    }
    if let Some(help) = &problem.help {
        group = group.element(Severity::HELP.message(help.as_str()));
    }
    if let Some(note) = note {
        group = group.element(Severity::NOTE.message(note));
    }
    let renderer = if style == Style::Coloured { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}

/// A range inside the text: a place at the end of a file is shown at its last line.
fn clamped(range: std::ops::Range<usize>, source: &Source) -> std::ops::Range<usize> {
    let text = source.text();
    let last = text.trim_end_matches(['\n', '\r']).len();
    let start = range.start.min(last);
    let mut end = range.end.clamp(start, text.len());
    // A range over many lines is shown at its first one.
    if let Some(line) = text.get(start..end).and_then(|piece| piece.find('\n')) {
        end = start + line;
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            Failing,
            report::tests::{at, clean, document, finding},
        },
        *,
    };
    use crate::text::Span;

    #[test]
    fn a_finding_names_place_text_and_way_out() {
        let source = "---\ntitle: 결제 장애\nseverty: SEV1\n---\n";
        let problem = Problem::new("unknown-field", at(source, "severty"), "unknown key `severty`").help("did you mean `severity`?");
        let report = Report::new([document("a.md", source)], [finding(Level::Warning, "a.md", problem)], []);
        insta::assert_snapshot!(text(&report, Shown::All, Style::Plain), @r"
        warning[unknown-field]: unknown key `severty`
         --> a.md:3:1
          |
        3 | severty: SEV1
          | ^^^^^^^
          |
          = help: did you mean `severity`?
          = note: `lookback explain unknown-field` says why, and how it is configured

        1 document checked: 0 errors, 1 warning, 0 notes
        ");
    }

    #[test]
    fn the_explanation_is_named_once_per_rule() {
        let problem = |rule, at| Problem::new(rule, Span::at(at), "m");
        let problems = [problem("vague-time", 0), problem("vague-time", 1), problem("hindsight", 2)];
        let findings = problems.map(|problem| finding(Level::Info, "a.md", problem));
        let printed = text(&Report::new([document("a.md", "abc\n")], findings, []), Shown::All, Style::Plain);
        assert_eq!(printed.matches("`lookback explain vague-time`").count(), 1, "{printed}");
        assert_eq!(printed.matches("`lookback explain hindsight`").count(), 1, "{printed}");
        assert_eq!(printed.matches("\n1 document checked: 0 errors, 0 warnings, 3 notes\n").count(), 1, "{printed}");
        assert!(printed.ends_with(", 3 notes\n"), "{printed}");
    }

    #[test]
    fn a_label_in_another_file_shows_that_file() {
        let label = super::super::Label { path: Some("b.md".to_owned()), span: Span::new(0, 3), text: "here first".to_owned() };
        let mut problem = Problem::new("same-action", Span::new(0, 1), "the same action");
        problem.labels.push(label);
        let report = Report::new([document("a.md", "abc\n"), document("b.md", "가나\n")], [finding(Level::Warning, "a.md", problem)], []);
        let printed = text(&report, Shown::All, Style::Plain);
        assert!(printed.contains("a.md:1:1") && printed.contains("b.md:1:1") && printed.contains("here first"), "{printed}");
    }

    #[test]
    fn a_place_past_the_end_of_the_file_is_shown_at_its_last_line() {
        let problem = Problem::new("missing-section", Span::at(9), "required section `Impact` is missing");
        let report = Report::new([document("a.md", "one\ntwo\n\n")], [finding(Level::Error, "a.md", problem)], []);
        assert!(text(&report, Shown::Failing(Failing::Errors), Style::Plain).contains("a.md:2:4"));
    }

    #[test]
    fn a_long_list_ends_in_a_number() {
        let findings = (0..MOST + 2).map(|place| finding(Level::Info, "a.md", Problem::new("vague-time", Span::at(place), "m")));
        let printed = text(&Report::new([document("a.md", &"a".repeat(MOST + 3))], findings, []), Shown::All, Style::Plain);
        assert_eq!(printed.matches("info[vague-time]").count(), MOST);
        assert!(printed.contains("… and 2 more; `--format concise` lists all of them"), "{printed}");
    }

    #[test]
    fn nothing_found() {
        assert_eq!(text(&clean(), Shown::All, Style::Plain), "2 documents checked, nothing found\n");
        assert_eq!(text(&clean(), Shown::Failing(Failing::Errors), Style::Plain), "");
    }
}
