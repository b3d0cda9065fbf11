use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    cli,
    corpus::Publication,
    findings::Level,
    output::OutputFolder,
    pipeline::{Built, Loaded, Point, Site, build, settings},
    repo::Repository,
    run::{Context, FINDINGS, FINE, Failure},
    theme::Overrides,
};

/// Postmortems that are held back and named one by one.
const NAMED: usize = 10;

/// Leaks that are printed; the report holds all of them.
const LEAKS: usize = 20;

pub(crate) fn run(context: &mut Context<'_>, options: &cli::Build) -> Result<u8, Failure> {
    let point = context.repository_as_of(&options.as_of)?;
    context.now = point.at;
    let out = match (&options.out, point.repository.work_tree()) {
        (Some(out), _) => context.path(out),
        (None, Some(root)) => root.join("site"),
        (None, None) => context.env.directory.join("site"),
    };
    let (built, loaded) = build_sites(context, &point, &out, options)?;
    let errors = loaded.corpus.entries().iter().flat_map(|entry| entry.checked.findings()).any(|finding| finding.level == Level::Error);
    let is_refused = !built.refused.is_empty();
    // The process ends here. To give back every string of every revision by itself would take longer than the walk through the history.
    std::mem::forget(loaded);
    Ok(if is_refused || (options.strict && errors) { FINDINGS } else { FINE })
}

/// Builds into `out` and says what was published and what was held back.
pub(crate) fn build_sites(context: &mut Context<'_>, point: &Point, out: &Path, options: &cli::Build) -> Result<(Built, Loaded), Failure> {
    let repository = &point.repository;
    refuse_incomplete(repository, options.allow_shallow)?;
    let settings = settings(repository)?;
    let names: Vec<String> = ["internal".to_owned()].into_iter().chain(settings.audiences.iter().map(|audience| audience.name.clone())).collect();
    if let Some(unknown) = options.audiences.iter().find(|name| !names.contains(name)) {
        return Err(Failure::new(format!("there is no audience `{unknown}`"), format!("configured: {}", names.join(", "))));
    }
    let wanted: Vec<&str> = names
        .iter()
        .map(String::as_str)
        .filter(|name| options.audiences.is_empty() || options.audiences.iter().any(|wanted| wanted == name))
        .collect();
    let content = repository.work_tree().map(|root| root.join(settings.content.root()));
    // A repository of postmortems alone has its content at the root: the output then lies inside it, and is not read.
    let content = content.filter(|_| !settings.content.root().is_empty());
    let folder = OutputFolder::new(out, content.as_deref(), &wanted, |path| repository.is_tracked_below(path).unwrap_or(false))?;
    let started = std::time::Instant::now();
    let loaded = Loaded::new(repository, settings, Some(out.to_owned()), context.now)?.hiding(&point.privileged);
    context.detail(&format!(
        "read {} postmortems and {} people in {:.2} s",
        loaded.corpus.entries().len(),
        loaded.people.len(),
        started.elapsed().as_secs_f64()
    ));
    context.warn_of_lost(loaded.lost_tip);
    let overrides = Arc::new(overrides(repository)?);
    let built = build(&loaded, repository, &overrides, &options.audiences, &folder)?;
    context.detail(&format!("built in {:.2} s", started.elapsed().as_secs_f64()));
    for site in &built.written {
        context.say(&line(site, &loaded, out))?;
    }
    for refused in &built.refused {
        context.warn(&format!("{refused}; nothing of that site was written"));
        for leak in refused.0.leaks.iter().take(LEAKS) {
            context.warn(&format!("  {leak}"));
        }
        let report = out.join(format!("audit-{}.json", refused.0.audience));
        context.warn(&format!("  all of it: {}", report.display()));
    }
    if built.written.iter().any(|site| site.audit.is_none()) {
        context.say(&format!("{} as a whole is not for deployment: publish the folder of one audience", shown(context, out)))?;
    }
    if options.as_of.as_of.is_some() {
        context.say("this is how it stood; what was withdrawn or corrected since is not taken back in it")?;
    }
    Ok((built, loaded))
}

/// Wrong dates are worse than no site.
pub(crate) fn refuse_incomplete(repository: &Repository, is_allowed: bool) -> Result<(), Failure> {
    if is_allowed || !(repository.is_shallow() || repository.is_partial()) {
        return Ok(());
    }
    let kind = if repository.is_shallow() { "shallow" } else { "partial" };
    Err(Failure::new(
        format!("this is a {kind} clone: who wrote and approved which text when can't be told from it"),
        "fetch the whole history (`fetch-depth: 0` in CI, `git fetch --unshallow`), or pass --allow-shallow to build with a notice on every internal page",
    ))
}

/// Files of the user's own theme.
pub(crate) fn overrides(repository: &Repository) -> Result<Overrides, Failure> {
    let mut overrides = Overrides::new();
    for path in repository.files_below("theme")? {
        if let (Some(name), Some(bytes)) = (path.strip_prefix("theme/"), repository.read(&path)?) {
            overrides.insert(name.to_owned(), bytes);
        }
    }
    Ok(overrides)
}

fn line(site: &Site, loaded: &Loaded, out: &Path) -> String {
    let Some(audit) = &site.audit else {
        let count = loaded.corpus.entries().len();
        let noun = if count == 1 { "postmortem" } else { "postmortems" };
        return format!("internal: {count} {noun}, {} files in {}", site.files, out.join("internal").display());
    };
    let states = || loaded.corpus.entries().iter().filter_map(|entry| Some((entry, entry.publications.get(&site.audience)?)));
    let published = states().filter(|(_, publication)| publication.published().is_some()).count();
    let retracted = states().filter(|(_, publication)| matches!(publication, Publication::Retracted(_))).count();
    let held: Vec<String> =
        states().filter_map(|(entry, publication)| Some(format!("{} {}", entry.postmortem().id.value, publication.held_back()?))).collect();
    let mut text = format!("{}: {published} published", site.audience);
    if retracted > 0 {
        text.push_str(&format!(", {retracted} retracted"));
    }
    text.push_str(&format!(", {} held back", held.len()));
    for reason in held.iter().take(NAMED) {
        text.push_str(&format!("\n  {reason}"));
    }
    if held.len() > NAMED {
        text.push_str(&format!("\n  … and {} more; their pages say why", held.len() - NAMED));
    }
    text.push_str(&format!("\n  audit: {audit}"));
    text
}

/// A path as the user would type it.
fn shown(context: &Context<'_>, path: &Path) -> String {
    let path = path.strip_prefix(&context.env.directory).map_or_else(|_| path.to_owned(), PathBuf::from);
    path.display().to_string()
}
