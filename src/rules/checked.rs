use std::sync::Arc;

use super::{
    Check, CorpusFacts, Document, Group, RULES, Rule, Surroundings, find,
    judgement::{Standing, Unused, judge},
};
use crate::{
    config::Settings,
    findings::{Finding, Level, Problem},
    review::{ApprovedText, Reviewed},
};

/// A postmortem with everything that was found in it. The only input of [`crate::corpus::Corpus`].
#[derive(Debug, Clone)]
pub struct Checked {
    reviewed: Reviewed,
    findings: Vec<Finding>,
    suppressed: Vec<Finding>,
    candidates: Vec<Candidate>,
    landed: Vec<Candidate>,
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
        let document = Document::new(&parsed, Some(&reviewed), settings, surroundings, now);
        let mut problems = text_problems(&document, |_| true);
        for rule in RULES {
            match rule.check {
                // From half a history every deadline looks missed: one finding says so, and no others.
                Check::Trail(_) if rule.group == Group::Review && rule.name != "incomplete-history" && !surroundings.is_history_complete => {}
                Check::Trail(check) => problems.extend(check(&document)),
                Check::Corpus(check) => problems.extend(check(&document, facts)),
                Check::Parser | Check::Text(_) | Check::Suppression => {}
            }
        }
        let first_commit = reviewed.revisions().first().map(|first| first.revision.commit.authored.date_naive());
        let standing = |is_approved| Standing { is_approved, first_commit };
        let is_approved = reviewed.state() == crate::review::ReviewState::Approved;
        let (findings, suppressed) = judge(&document, problems, standing(is_approved), Unused::Report);
        let is_approved = |text: &ApprovedText| reviewed.approved().iter().any(|approved| approved.blob == text.blob);
        let newest = reviewed.committed().filter(|text| !is_approved(text)).map(|text| (text, false));
        let candidate = |(text, is_approved): (&ApprovedText, bool)| {
            let blocking = text.parsed.as_ref().map(|parsed| {
                let document = Document::alone(parsed, settings, surroundings, now);
                let problems = text_problems(&document, Rule::holds_back);
                let (findings, _) = judge(&document, problems, standing(is_approved), Unused::Ignore);
                findings.into_iter().filter(|finding| finding.level == Level::Error).collect()
            });
            Candidate { text: text.clone(), is_approved, blocking: blocking.unwrap_or_default() }
        };
        let approved = reviewed.approved().iter().map(|text| (text, true));
        let candidates = newest.into_iter().chain(approved).map(candidate).collect();
        let landed = reviewed.landed().iter().map(|text| candidate((text, is_approved(text)))).collect();
        Self { reviewed, findings, suppressed, candidates, landed }
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

    /// Texts that an audience could read which reads what is merged, newest first.
    #[must_use]
    pub fn landed(&self) -> &[Candidate] {
        &self.landed
    }
}

/// Checks one text on its own: no trail, no other documents.
#[must_use]
pub fn check_text(document: &Document<'_>) -> Vec<Finding> {
    judge(document, text_problems(document, |_| true), Standing::default(), Unused::ReportText).0
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
