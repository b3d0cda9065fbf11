use std::path::Path;

use crate::{
    cli::New,
    model::Milestone,
    pipeline::settings,
    run::{Context, FINE, Failure},
    scaffold::{Draft, DraftError, Given, service, severity, time},
};

/// Times that a question is repeated after an answer that means nothing.
const ATTEMPTS: usize = 3;

pub(crate) fn run(context: &mut Context<'_>, options: &New) -> Result<u8, Failure> {
    let repository = context.repository()?;
    let settings = settings(&repository)?;
    let mut given = Given { title: options.title.clone(), name: options.name.clone(), owner: options.owner.clone(), ..Given::default() };
    given.severity = options.severity.as_deref().map(|written| severity(written, &settings)).transpose()?;
    given.services = options.services.iter().map(|written| service(written, &settings)).collect::<Result<_, _>>()?;
    let times = [(Milestone::Started, &options.started), (Milestone::Detected, &options.detected), (Milestone::Resolved, &options.resolved)];
    for (milestone, written) in times {
        if let Some(written) = written {
            given.times.push((milestone, time(milestone, written, &settings)?));
        }
    }
    // What can't be written is said before anybody is asked anything.
    Draft::new(&repository, &settings, &given, context.now)?;
    if given.severity.is_none() {
        let ids: Vec<&str> = settings.severities.iter().map(|severity| &*severity.id).collect();
        given.severity = ask(context, &format!("Severity ({})?", ids.join(", ")), |written| severity(written, &settings))?;
    }
    if given.services.is_empty() {
        let parse = |written: &str| written.split(',').map(|name| service(name, &settings)).collect::<Result<Vec<_>, _>>();
        given.services = ask(context, "Affected services (a, b)?", parse)?.unwrap_or_default();
    }
    if options.started.is_none() {
        let question = format!("Begin of the impact (2026-03-14 09:14 {})?", settings.site.timezone);
        let started = ask(context, &question, |written| time(Milestone::Started, written, &settings))?;
        given.times.splice(..0, started.map(|at| (Milestone::Started, at)));
    }
    let path = Draft::new(&repository, &settings, &given, context.now)?.write(&repository)?;
    let shown = shown(&path, &context.env.directory);
    context.print(&format!("{shown}\n"))?;
    Ok(FINE)
}

/// The answer to a question, once it means something; `None` where nobody answers.
fn ask<T>(context: &mut Context<'_>, question: &str, read: impl Fn(&str) -> Result<T, DraftError>) -> Result<Option<T>, Failure> {
    for _ in 0..ATTEMPTS {
        let Some(answer) = context.ask(question)? else { return Ok(None) };
        match read(&answer) {
            Ok(value) => return Ok(Some(value)),
            Err(error) => context.warn(&format!("{error}; {}", error.hint().unwrap_or_default())),
        }
    }
    Ok(None)
}

/// A path that works from where the user stands.
fn shown(path: &Path, directory: &Path) -> String {
    let real = directory.canonicalize().unwrap_or_else(|_| directory.to_owned());
    let inside = path.strip_prefix(directory).or_else(|_| path.strip_prefix(&real));
    inside.unwrap_or(path).display().to_string()
}
