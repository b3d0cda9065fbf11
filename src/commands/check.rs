use crate::{
    cli::{Check, CheckFormat},
    findings::{Failing, Shown, concise, github, gitlab, json, junit, sarif, text},
    pipeline::{Mending, Scope, check, mend},
    run::{Context, FINDINGS, FINE, Failure},
};

pub(crate) fn run(context: &mut Context<'_>, options: &Check) -> Result<u8, Failure> {
    let repository = context.repository()?;
    let typed = if options.stdin_path.is_some() { context.input()? } else { Vec::new() };
    let scope = Scope {
        directory: &context.env.directory,
        paths: &options.paths,
        since: options.since.as_deref(),
        unsaved: options.stdin_path.as_deref().map(|path| (path, &*typed)),
    };
    let (checked, mended) = if options.fix {
        let Mending { check, mended } = mend(&repository, &scope, context.now)?;
        (check, mended)
    } else {
        (check(&repository, &scope, context.now)?, Vec::new())
    };
    for document in &mended {
        context.note(&format!("fixed {} in {}", document.count, document.path));
    }
    if !checked.is_history_complete {
        context.warn("this clone is shallow or partial: dates and approvals may be wrong (fetch-depth: 0, or `git fetch --unshallow`)");
    }
    context.warn_of_lost(checked.lost_tip);
    for (path, reason) in &checked.skipped {
        context.warn(&format!("{path} was not read: {reason}"));
    }
    let report = &checked.report;
    let failing = if options.deny_warnings { Failing::Warnings } else { Failing::Errors };
    let shown = if context.global.quiet { Shown::Failing(failing) } else { Shown::All };
    let printed = match options.format(context.env.is_github_actions) {
        CheckFormat::Text => text(report, shown, context.style()),
        CheckFormat::Concise => concise(report, shown),
        CheckFormat::Json => json(report),
        CheckFormat::Sarif => sarif(report),
        CheckFormat::Github => github(report, shown),
        CheckFormat::Gitlab => gitlab(report),
        CheckFormat::Junit => junit(report, failing),
    };
    if options.fix && options.stdin_path.is_some() {
        let text = mended.first().map_or(&*typed, |document| document.text.as_bytes());
        context.print_bytes(text)?;
        context.note(printed.trim_end());
    } else {
        context.print(&printed)?;
    }
    Ok(if report.fails(failing) { FINDINGS } else { FINE })
}
