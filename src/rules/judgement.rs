use chrono::NaiveDate;

use super::{Check, Document, Rule, find, near::did_you_mean};
use crate::{
    findings::{Finding, Level, Problem},
    model::Milestone,
    text::Span,
};

/// Which `allow` entries that took nothing away are findings themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unused {
    /// All of them: every rule was run.
    Report,
    /// Those of rules that were run: no trail and no other documents were there.
    ReportText,
    /// None: only some rules were run.
    Ignore,
}

/// What is known of a text beside itself.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Standing {
    /// Whether this very text was approved.
    pub(super) is_approved: bool,
    /// The day of the first commit of its document.
    pub(super) first_commit: Option<NaiveDate>,
}

/// Gives every problem its level, applies the document's `allow` entries, and sorts. Returns findings and suppressed findings.
pub(super) fn judge(document: &Document<'_>, problems: Vec<Problem>, standing: Standing, unused: Unused) -> (Vec<Finding>, Vec<Finding>) {
    let allow = &document.postmortem().allow;
    let mut used = vec![false; allow.len()];
    let mut findings = Vec::new();
    let mut suppressed = Vec::new();
    for problem in problems {
        let Some(rule) = find(problem.rule) else { continue };
        let Some(mut finding) = finding(document, rule, problem, standing) else { continue };
        let entry = allow.iter().position(|(name, reason)| name.value == rule.name && !reason.trim().is_empty());
        if let Some(used) = entry.and_then(|index| used.get_mut(index)) {
            *used = true;
            // A guard is taken away only by a reason that was itself reviewed.
            if standing.is_approved || !rule.is_guard() {
                suppressed.push(finding);
                continue;
            }
            finding.problem.help = Some("the `allow` entry for it counts once this text is approved".to_owned());
        }
        findings.push(finding);
    }
    if unused != Unused::Ignore {
        let entries = allow.iter().zip(used).filter_map(|((name, reason), used)| suppression(&name.value, name.span, reason, used, unused));
        findings.extend(entries.filter_map(|problem| finding(document, find(problem.rule)?, problem, standing)));
    }
    for found in [&mut findings, &mut suppressed] {
        found.sort_by(|one, other| {
            (one.problem.span, one.problem.rule, &one.problem.message).cmp(&(other.problem.span, other.problem.rule, &other.problem.message))
        });
    }
    (findings, suppressed)
}

/// Joins a problem with its level and path; `None` when its rule is off. Of a privileged document nothing is quoted.
fn finding(document: &Document<'_>, rule: &Rule, mut problem: Problem, standing: Standing) -> Option<Finding> {
    let level = level(document, rule, standing)?;
    let level = problem.at_most.map_or(level, |most| level.min(most));
    if document.is_privileged() {
        problem = Problem::new(rule.name, problem.span, rule.summary());
    }
    Some(Finding { level, path: document.parsed.source().path().to_owned(), problem })
}

/// What is wrong with an `allow` entry.
fn suppression(name: &str, span: Span, reason: &str, used: bool, unused: Unused) -> Option<Problem> {
    if reason.trim().is_empty() {
        let message = format!("`allow` of `{name}` gives no reason");
        return Some(
            Problem::new("allow-without-reason", span, message).help("say why this document is an exception; without a reason nothing is suppressed"),
        );
    }
    let Some(rule) = find(name) else {
        let near = did_you_mean(name, &super::names()).map_or_else(|| ", which is no rule".to_owned(), |near| format!(", which is no rule; {near}"));
        let message = format!("`allow` names `{name}`{near}");
        return Some(Problem::new("unused-allow", span, message.trim_end_matches('?')).help("`lookback rules` lists every name"));
    };
    let was_run = unused == Unused::Report || matches!(rule.check, Check::Parser | Check::Text(_));
    (!used && was_run).then(|| Problem::new("unused-allow", span, format!("`allow` of `{name}` suppresses nothing here")).help("remove the entry"))
}

/// The level of a rule for this document; `None` when it is off.
fn level(document: &Document<'_>, rule: &Rule, standing: Standing) -> Option<Level> {
    if rule.is_guard() {
        return Some(rule.level);
    }
    let setting = document.settings.rules.get(rule.name).copied().unwrap_or_default();
    let level = setting.level.unwrap_or(Some(rule.level))?;
    // Old documents are those that often don't say when it was. When they were written says enough.
    let day = document.postmortem().times.at(Milestone::Started).map(|at| at.date_naive()).or(standing.first_commit);
    let is_older = setting.enforced_from.is_some_and(|from| day.is_some_and(|day| day < from));
    let is_softened = (rule.is_completeness && document.postmortem().is_draft()) || is_older;
    Some(if is_softened && level == Level::Error { Level::Warning } else { level })
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Surroundings, check_text, tests},
        *,
    };
    use crate::config::Settings;

    fn checked(text: &str, settings: &Settings) -> Vec<(&'static str, Level, String)> {
        let parsed = crate::source::parse(crate::text::Source::new("postmortems/a.md", text), settings);
        let surroundings = Surroundings::default();
        let findings = check_text(&Document::alone(&parsed, settings, &surroundings, tests::now()));
        findings.into_iter().map(|finding| (finding.problem.rule, finding.level, finding.problem.message)).collect()
    }

    fn of<'a>(rule: &str, findings: &'a [(&'static str, Level, String)]) -> Vec<&'a (&'static str, Level, String)> {
        findings.iter().filter(|(name, ..)| *name == rule).collect()
    }

    #[test]
    fn drafts_get_warnings_where_final_texts_get_errors() {
        let settings = Settings::default();
        let level = |status: &str| of("missing-actions", &checked(&format!("---\nowner: A\n{status}\n---\n"), &settings))[0].1;
        assert_eq!(level("status: final"), Level::Error);
        assert_eq!(level("status: draft"), Level::Warning);
        assert_eq!(level(""), Level::Warning);
    }

    #[test]
    fn guards_listen_neither_to_configuration_nor_to_an_unreviewed_allow() {
        let mut settings = Settings::default();
        for rule in ["missing-public-title", "no-evidence-link"] {
            settings.rules.insert(rule.to_owned(), crate::config::RuleSetting { level: Some(None), enforced_from: None });
        }
        let text = "---\nowner: A\npublic: {publish: true}\nallow: {missing-public-title: not now}\n---\n";
        let findings = checked(text, &settings);
        assert_eq!(of("missing-public-title", &findings)[0].1, Level::Error);
        assert!(of("unused-allow", &findings).is_empty(), "{findings:?}");
        assert!(of("no-evidence-link", &findings).is_empty());
    }

    #[test]
    fn a_misspelt_allow_says_which_rule_was_meant() {
        let settings = Settings::default();
        let findings = checked("---\nowner: A\nallow: {missing-action: none needed, never-reviewed: old}\n---\n", &settings);
        let unused = of("unused-allow", &findings);
        assert_eq!(unused.len(), 1, "rules that were not run are left alone: {unused:?}");
        assert_eq!(unused[0].2, "`allow` names `missing-action`, which is no rule; did you mean `missing-actions`");
    }

    #[test]
    fn messages_of_privileged_documents_quote_nothing() {
        let findings =
            checked("---\nowner: A\nprivileged: true\nactions: [{title: Sue Acme Ltd}]\n---\n## Impact\n![](a.png)\n", &Settings::default());
        assert!(!findings.is_empty());
        assert!(findings.iter().all(|(.., message)| !message.contains("Acme") && !message.contains("a.png")), "{findings:?}");
    }
}
