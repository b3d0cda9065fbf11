use std::collections::{BTreeMap, BTreeSet};

use super::{
    Pages, href, list,
    postmortem::{FindingView, count_level, findings},
};
use crate::{
    findings::Level,
    source::FrontMatterKind,
    view::{
        Page,
        site::{pair, rfc3339},
        value::template_structs,
    },
};

template_structs! {
    /// How the collection is.
    HealthSummary {
        /// Documents.
        documents: usize,
        /// Without findings.
        clean: usize,
        /// Errors.
        errors: usize,
        /// Warnings.
        warnings: usize,
        /// Notes.
        infos: usize,
    }
    /// A file that could not be read.
    Unreadable {
        /// Path.
        path: String,
        /// Why.
        message: String,
        /// What to do.
        help: Option<String>,
    }
    /// A rule and how often it found something.
    RuleCount {
        /// Name.
        rule: String,
        /// Level.
        level: String,
        /// Findings.
        count: usize,
        /// Documents.
        documents: usize,
    }
    /// A document with findings.
    HealthDocument {
        /// Title.
        title: String,
        /// Page.
        href: String,
        /// Path.
        path: String,
        /// Errors.
        errors: usize,
        /// Warnings.
        warnings: usize,
        /// Notes.
        infos: usize,
        /// Its findings.
        findings: Vec<FindingView>,
    }
    /// A rule that a document allows itself to break.
    Suppression {
        /// Name.
        rule: String,
        /// Title of the document.
        title: String,
        /// Page.
        href: String,
        /// Why; none when nothing was said.
        reason: Option<String>,
        /// Since when, RFC 3339; none before it is committed.
        since: Option<String>,
        /// Days since then.
        days: Option<usize>,
    }
}

/// Documents whose findings are listed one by one; the rest is counted.
const LISTED: usize = 200;

impl Pages<'_> {
    /// What the checks found.
    pub(super) fn health(&self) -> Page {
        let entries = self.corpus.entries();
        let mut rules: BTreeMap<(Level, &str), (usize, BTreeSet<&str>)> = BTreeMap::new();
        for (entry, finding) in entries.iter().flat_map(|entry| entry.checked.findings().iter().map(move |finding| (entry, finding))) {
            let (count, documents) = rules.entry((finding.level, finding.problem.rule)).or_default();
            *count += 1;
            documents.insert(&entry.key);
        }
        let all = |level| entries.iter().map(|entry| count_level(entry.checked.findings(), level)).sum();
        let summary = HealthSummary {
            documents: entries.len(),
            clean: entries.iter().filter(|entry| entry.checked.findings().is_empty()).count(),
            errors: all(Level::Error),
            warnings: all(Level::Warning),
            infos: all(Level::Info),
        };
        let mut rules: Vec<RuleCount> = rules
            .into_iter()
            .map(|((level, rule), (count, documents))| RuleCount {
                rule: rule.to_owned(),
                level: level.name().to_owned(),
                count,
                documents: documents.len(),
            })
            .collect();
        rules.sort_by(|one, other| (level_order(&one.level), other.count, &one.rule).cmp(&(level_order(&other.level), one.count, &other.rule)));
        Page {
            template: "health",
            kind: "health",
            path: "health/index.html".to_owned(),
            description: None,
            context: vec![
                pair("summary", &summary),
                ("unreadable", list(&self.unreadable())),
                ("rules", list(&rules)),
                ("documents", list(&self.documents_with_findings())),
                ("suppressions", list(&self.suppressions())),
            ],
        }
    }

    fn unreadable(&self) -> Vec<Unreadable> {
        let broken = self.corpus.entries().iter().filter(|entry| entry.checked.reviewed().parsed().front_matter_kind() == FrontMatterKind::Broken);
        let broken = broken.map(|entry| {
            let parsed = entry.checked.reviewed().parsed();
            let problem = parsed.problems().iter().find(|problem| problem.rule == "invalid-front-matter");
            Unreadable {
                path: entry.path().to_owned(),
                message: problem.map_or_else(String::new, |problem| problem.message.clone()),
                help: problem.and_then(|problem| problem.help.clone()),
            }
        });
        let skipped = self.skipped.iter().map(|(path, reason)| Unreadable { path: path.clone(), message: reason.clone(), help: None });
        skipped.chain(broken).collect()
    }

    fn documents_with_findings(&self) -> Vec<HealthDocument> {
        let mut documents: Vec<HealthDocument> = self
            .corpus
            .entries()
            .iter()
            .filter(|entry| !entry.checked.findings().is_empty())
            .map(|entry| {
                let found = entry.checked.findings();
                HealthDocument {
                    title: entry.postmortem().title.value.clone(),
                    href: href(&entry.key),
                    path: entry.path().to_owned(),
                    errors: count_level(found, Level::Error),
                    warnings: count_level(found, Level::Warning),
                    infos: count_level(found, Level::Info),
                    findings: findings(entry.checked.reviewed().parsed().source(), found),
                }
            })
            .collect();
        documents.sort_by(|one, other| (other.errors, other.warnings, &one.path).cmp(&(one.errors, one.warnings, &other.path)));
        documents.truncate(LISTED);
        documents
    }

    fn suppressions(&self) -> Vec<Suppression> {
        let allowed = self.corpus.entries().iter().flat_map(|entry| entry.postmortem().allow.iter().map(move |allow| (entry, allow)));
        allowed
            .map(|(entry, (rule, reason))| {
                let since = entry.checked.reviewed().allowed_since(&rule.value);
                Suppression {
                    rule: rule.value.clone(),
                    title: entry.postmortem().title.value.clone(),
                    href: href(&entry.key),
                    reason: Some(reason.trim().to_owned()).filter(|reason| !reason.is_empty()),
                    since: since.map(rfc3339),
                    days: since.map(|since| self.days_since(since)),
                }
            })
            .collect()
    }
}

fn level_order(level: &str) -> usize {
    ["error", "warning", "info"].iter().position(|name| *name == level).unwrap_or(3)
}
