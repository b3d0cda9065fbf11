use annotate_snippets::{AnnotationKind, Group, Level as Severity, Renderer, Snippet};

use super::{Finding, Level, Problem};
use crate::text::Source;

/// Whether messages are coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// With ANSI colours.
    Coloured,
    /// Without.
    Plain,
}

/// One finding as rustc would print it: the place, the text, and what to do.
///
/// `labelled` finds the other files that a finding points at.
#[must_use]
pub fn text<'a>(finding: &'a Finding, source: &'a Source, labelled: impl Fn(&str) -> Option<&'a Source>, style: Style) -> String {
    render(&finding.problem, Some(finding.level), Some(finding.problem.rule), source, labelled, style)
}

/// A problem of a configuration: always an error, of no rule.
#[must_use]
pub fn configuration_text(problem: &Problem, source: &Source, style: Style) -> String {
    render(problem, None, None, source, |_| None, style)
}

fn render<'a>(
    problem: &'a Problem,
    level: Option<Level>,
    rule: Option<&'a str>,
    source: &'a Source,
    labelled: impl Fn(&str) -> Option<&'a Source>,
    style: Style,
) -> String {
    let severity = match level {
        Some(Level::Error) | None => Severity::ERROR,
        Some(Level::Warning) => Severity::WARNING,
        Some(Level::Info) => Severity::INFO,
    };
    let title = severity.primary_title(problem.message.as_str());
    let title = if let Some(rule) = rule { title.id(rule) } else { title };
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
    use super::*;
    use crate::text::Span;

    #[test]
    fn a_finding_names_place_text_and_way_out() {
        let source = Source::new("a.md", "---\ntitle: 결제 장애\nseverty: SEV1\n---\n");
        let start = source.text().find("severty").unwrap();
        let problem = Problem::new("unknown-field", Span::new(start, start + 7), "unknown key `severty`").help("did you mean `severity`?");
        let finding = Finding { level: Level::Warning, path: "a.md".to_owned(), problem };
        insta::assert_snapshot!(text(&finding, &source, |_| None, Style::Plain), @r"
        warning[unknown-field]: unknown key `severty`
         --> a.md:3:1
          |
        3 | severty: SEV1
          | ^^^^^^^
          |
          = help: did you mean `severity`?
        ");
    }

    #[test]
    fn a_place_past_the_end_of_the_file_is_shown_at_its_last_line() {
        let source = Source::new("a.md", "one\ntwo\n\n");
        let problem = Problem::new("missing-section", Span::at(9), "required section `Impact` is missing");
        let finding = Finding { level: Level::Error, path: "a.md".to_owned(), problem };
        assert!(text(&finding, &source, |_| None, Style::Plain).contains("a.md:2:4"));
    }
}
