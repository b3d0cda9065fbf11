use std::path::{Path, PathBuf};

use crate::{
    cli::{Check, Format},
    findings::{Finding, Level, Summary, json, text},
    pipeline::{Loaded, settings},
    run::{Context, FINDINGS, FINE, Failure},
};

/// Findings that are printed in full before the rest is only counted.
const MOST: usize = 500;

pub(crate) fn run(context: &mut Context<'_>, options: &Check) -> Result<u8, Failure> {
    let repository = context.repository()?;
    let loaded = Loaded::new(&repository, settings(&repository)?, None, context.now)?;
    if !loaded.surroundings.is_history_complete {
        context.warn("this clone is shallow or partial: dates and approvals may be wrong (fetch-depth: 0, or `git fetch --unshallow`)");
    }
    for (path, reason) in &loaded.skipped {
        context.warn(&format!("{path} was not read: {reason}"));
    }
    let scope = scope(context, repository.root(), &options.paths)?;
    let is_wanted = |path: &str| scope.is_empty() || scope.iter().any(|wanted| Path::new(path).starts_with(wanted));
    let sources = loaded.sources();
    let documents = sources.keys().filter(|path| is_wanted(path)).count();
    if documents == 0 && !scope.is_empty() {
        return Err(Failure::new("no postmortem lies at or below these paths", "which files are postmortems is set by `content:` in lookback.yml"));
    }
    let hidden: Vec<Finding> = loaded.corpus.privileged().iter().flat_map(|checked| checked.findings().iter().map(without_text)).collect();
    let shown = loaded.corpus.entries().iter().flat_map(|entry| entry.checked.findings());
    let mut findings: Vec<&Finding> = shown.chain(&hidden).filter(|finding| is_wanted(&finding.path)).collect();
    findings.sort_by(|one, other| (&one.path, one.problem.span).cmp(&(&other.path, other.problem.span)));
    let summary = Summary::of(documents, &findings);
    let source = |path: &str| sources.get(path).copied();
    match options.format {
        Format::Json => context.print(&json(&findings, source, summary))?,
        Format::Text => {
            let is_shown = |finding: &&&Finding| !context.global.quiet || finding.level == Level::Error;
            let shown: Vec<&Finding> = findings.iter().filter(is_shown).copied().collect();
            for finding in shown.iter().take(MOST) {
                let Some(source) = source(&finding.path) else { continue };
                let is_privileged = hidden.iter().any(|hidden| std::ptr::eq(hidden, *finding));
                let rendered = if is_privileged {
                    place_only(finding, source)
                } else {
                    text(finding, source, |path| sources.get(path).copied(), context.style())
                };
                context.print(&format!("{rendered}\n\n"))?;
            }
            if shown.len() > MOST {
                context.print(&format!("… and {} more; `--format json` lists all of them\n\n", shown.len() - MOST))?;
            }
            context.say(&conclusion(summary, &findings))?;
        }
    }
    let fails = summary.errors > 0 || (options.deny_warnings && summary.warnings > 0);
    Ok(if fails { FINDINGS } else { FINE })
}

/// Of a privileged document only rule, path and line are named, never its text.
fn without_text(finding: &Finding) -> Finding {
    let mut hidden = finding.clone();
    finding.problem.rule.clone_into(&mut hidden.problem.message);
    hidden.problem.help = None;
    hidden.problem.labels.clear();
    hidden
}

fn place_only(finding: &Finding, source: &crate::text::Source) -> String {
    let position = source.position(finding.problem.span.start);
    format!("{}[{}]: in a privileged document\n --> {}:{}", finding.level.name(), finding.problem.rule, finding.path, position.line)
}

/// Paths relative to the repository root.
fn scope(context: &Context<'_>, root: &Path, paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    paths
        .iter()
        .map(|path| {
            let absolute = context.env.directory.join(path);
            let in_repository = root.join(path);
            let found = [&absolute, &in_repository].into_iter().find_map(|path| path.canonicalize().ok());
            // With `--rev` a path need not exist in the work tree.
            match found {
                Some(found) => found.strip_prefix(&root).map(Path::to_owned).map_err(|_| {
                    Failure::new(
                        format!("{} lies outside the repository {}", path.display(), root.display()),
                        "name a path inside it, or another repository with --repo",
                    )
                }),
                None if context.global.rev.is_some() => Ok(path.clone()),
                None => Err(Failure::new(
                    format!("{} does not exist", path.display()),
                    "paths are relative to the current directory or to the repository",
                )),
            }
        })
        .collect()
}

fn conclusion(summary: Summary, findings: &[&Finding]) -> String {
    let count = |number: usize, one: &str| if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") };
    let documents = count(summary.documents, "document");
    let notes = findings.iter().filter(|finding| finding.level == Level::Info).count();
    if findings.is_empty() {
        return if summary.documents == 0 {
            "no postmortems yet: nothing to check".to_owned()
        } else {
            format!("{documents} checked, nothing found")
        };
    }
    let mut rules: Vec<&str> = findings.iter().map(|finding| finding.problem.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    let example = rules.first().copied().unwrap_or_default();
    format!(
        "{documents} checked: {}, {}, {}\n`lookback explain RULE` says more, for example `lookback explain {example}`",
        count(summary.errors, "error"),
        count(summary.warnings, "warning"),
        count(notes, "note")
    )
}
