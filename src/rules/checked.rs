use std::sync::Arc;

use super::{Check, CorpusFacts, Document, RULES, Rule, document::Surroundings, find};
use crate::{
    config::Settings,
    findings::{Finding, Level, Problem},
    model::Milestone,
    review::{ApprovedText, Reviewed},
    source::Parsed,
    text::Span,
};

/// A postmortem with everything that was found in it. The only input of [`crate::corpus::Corpus`].
#[derive(Debug, Clone)]
pub struct Checked {
    reviewed: Reviewed,
    findings: Vec<Finding>,
    suppressed: Vec<Finding>,
    candidates: Vec<Candidate>,
}

/// A text that an external audience could read, and what keeps it from them.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The approved text.
    pub text: ApprovedText,
    /// Whether it had the approvals it needs.
    pub is_approved: bool,
    /// Errors in it that hold it back.
    pub blocking: Vec<Finding>,
}

impl Checked {
    /// Runs every rule over the text at the tip, and those that guard publication over each approved text.
    #[must_use]
    pub fn new(
        reviewed: Reviewed,
        settings: &Settings,
        surroundings: &Surroundings,
        facts: &CorpusFacts,
        now: chrono::DateTime<chrono::Utc>,
    ) -> Self {
        let parsed = Arc::clone(reviewed.parsed());
        let document = Document { parsed: &parsed, reviewed: Some(&reviewed), settings, surroundings, now };
        let mut problems = text_problems(&document, |_| true);
        for rule in RULES {
            match rule.check {
                Check::Trail(check) => problems.extend(check(&document)),
                Check::Corpus(check) => problems.extend(check(&document, facts)),
                Check::Parser | Check::Text(_) | Check::Suppression => {}
            }
        }
        let is_allowed_by_review = reviewed.state() == crate::review::ReviewState::Approved;
        let (findings, suppressed) = judge(&document, problems, is_allowed_by_review, Unused::Report);
        let is_approved = |text: &ApprovedText| reviewed.approved().iter().any(|approved| approved.blob == text.blob);
        let newest = reviewed.committed().filter(|text| !is_approved(text)).map(|text| (text, false));
        let candidates = newest
            .into_iter()
            .chain(reviewed.approved().iter().map(|text| (text, true)))
            .map(|(text, is_approved)| {
                let document = Document { parsed: &text.parsed, reviewed: None, settings, surroundings, now };
                let problems = text_problems(&document, Rule::holds_back);
                let (mut blocking, _) = judge(&document, problems, true, Unused::Ignore);
                blocking.retain(|finding| finding.level == Level::Error);
                Candidate { text: text.clone(), is_approved, blocking }
            })
            .collect();
        Self { reviewed, findings, suppressed, candidates }
    }

    /// The postmortem and its trail.
    #[must_use]
    pub const fn reviewed(&self) -> &Reviewed {
        &self.reviewed
    }

    /// Findings of the text at the tip, in the order of the text.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Findings that an `allow` entry with a reason took away.
    #[must_use]
    pub fn suppressed(&self) -> &[Finding] {
        &self.suppressed
    }

    /// Texts that could be published, newest first: the newest committed one and every approved one.
    #[must_use]
    pub fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }
}

/// Checks one text on its own: no trail, no other documents.
#[must_use]
pub fn check_text(document: &Document<'_>) -> Vec<Finding> {
    judge(document, text_problems(document, |_| true), false, Unused::Report).0
}

/// What the parser and the text rules say.
fn text_problems(document: &Document<'_>, wanted: impl Fn(&Rule) -> bool) -> Vec<Problem> {
    let mut problems: Vec<Problem> = document.parsed.problems().iter().filter(|problem| find(problem.rule).is_some_and(&wanted)).cloned().collect();
    for rule in RULES.iter().filter(|rule| wanted(rule)) {
        if let Check::Text(check) = rule.check {
            problems.extend(check(document));
        }
    }
    problems
}

/// Whether `allow` entries that took nothing away are findings themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unused {
    Report,
    Ignore,
}

/// Gives every problem its level, applies the document's `allow` entries, and sorts. Returns findings and suppressed findings.
fn judge(document: &Document<'_>, problems: Vec<Problem>, is_reviewed: bool, unused: Unused) -> (Vec<Finding>, Vec<Finding>) {
    let allow = &document.postmortem().allow;
    let mut used = vec![false; allow.len()];
    let mut findings = Vec::new();
    let mut suppressed = Vec::new();
    let path = document.parsed.source().path();
    for problem in problems {
        let Some(rule) = find(problem.rule) else { continue };
        let Some(level) = level(document, rule) else { continue };
        let finding = Finding { level, path: path.to_owned(), problem };
        let entry = allow.iter().position(|(name, reason)| name.value == rule.name && !reason.trim().is_empty());
        match entry {
            // A guard is taken away only by a reason that was itself reviewed.
            Some(index) if is_reviewed || !rule.is_guard() => {
                if let Some(used) = used.get_mut(index) {
                    *used = true;
                }
                suppressed.push(finding);
            }
            _ => findings.push(finding),
        }
    }
    if unused == Unused::Report {
        let suppression = |name: &'static str, span: Span, message: String, help: &str| {
            let rule = find(name)?;
            Some(Finding { level: level(document, rule)?, path: path.to_owned(), problem: Problem::new(name, span, message).help(help) })
        };
        for ((name, reason), used) in allow.iter().zip(used) {
            findings.extend(if reason.trim().is_empty() {
                suppression(
                    "allow-without-reason",
                    name.span,
                    format!("`allow` of `{}` gives no reason", name.value),
                    "say why this document is an exception; without a reason nothing is suppressed",
                )
            } else if !used {
                suppression(
                    "unused-allow",
                    name.span,
                    format!("`allow` of `{}` suppresses nothing here", name.value),
                    "remove the entry, or check the name with `lookback rules`",
                )
            } else {
                None
            });
        }
    }
    findings.sort_by(|one, other| {
        (one.problem.span, one.problem.rule, &one.problem.message).cmp(&(other.problem.span, other.problem.rule, &other.problem.message))
    });
    suppressed.sort_by(|one, other| (one.problem.span, one.problem.rule).cmp(&(other.problem.span, other.problem.rule)));
    (findings, suppressed)
}

/// The level of a rule for this document; `None` when it is off.
fn level(document: &Document<'_>, rule: &Rule) -> Option<Level> {
    if rule.is_guard() {
        return Some(rule.level);
    }
    let setting = document.settings.rules.get(rule.name).copied().unwrap_or_default();
    let level = setting.level.unwrap_or(Some(rule.level))?;
    let started = document.postmortem().times.at(Milestone::Started).map(|at| at.date_naive());
    let is_older = setting.enforced_from.is_some_and(|from| started.is_some_and(|started| started < from));
    let is_softened = (rule.is_completeness && document.postmortem().is_draft()) || is_older;
    Some(if is_softened && level == Level::Error { Level::Warning } else { level })
}

impl Document<'_> {
    /// A document that is checked on its own.
    #[must_use]
    pub const fn alone<'a>(
        parsed: &'a Parsed,
        settings: &'a Settings,
        surroundings: &'a Surroundings,
        now: chrono::DateTime<chrono::Utc>,
    ) -> Document<'a> {
        Document { parsed, reviewed: None, settings, surroundings, now }
    }
}
