use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use serde_json::json;

use super::build::{overrides, refuse_incomplete};
use crate::{
    cli,
    config::Settings,
    pipeline::{Loaded, Preview, settings, uncommitted_sections},
    repo::Repository,
    run::{Context, Failure},
    serve::{Server, Shown, Watcher},
};

pub(crate) fn run(context: &mut Context<'_>, options: &cli::Serve) -> Result<u8, Failure> {
    let directory = context.path(&context.global.repo);
    serve(context, &directory, options.port, options.allow_shallow)
}

/// Serves the sites of a repository, and builds them again whenever it changes, until the process is interrupted.
///
/// # Errors
/// When they can't be built at first, when the port is taken, or when nothing can be watched.
pub(crate) fn serve(context: &mut Context<'_>, directory: &Path, port: u16, is_shallow_allowed: bool) -> Result<u8, Failure> {
    let work = Work { directory: directory.to_owned(), revision: context.global.rev.clone(), is_shallow_allowed, started: Instant::now() };
    // Watched before anything is read: what changes while it is built is built next.
    let (mut watcher, sources) = work.begin()?;
    let mut shown = work.build(context, sources, 1)?;
    let server = Server::start(port, shown.clone())?;
    let address = server.address();
    let lines = shown.sites.keys().map(|audience| format!("{audience:<9} http://{address}/{audience}/index.html"));
    context.say(&format!("\n{}\n\nrebuilt whenever something changes; Ctrl-C stops the server", lines.collect::<Vec<_>>().join("\n")))?;
    loop {
        watcher.wait()?;
        let built = work.begin().and_then(|(again, sources)| {
            // The configuration may name another folder now.
            watcher = again;
            work.build(context, sources, shown.build + 1)
        });
        match built {
            Ok(again) => shown = again,
            Err(failure) => {
                context.fail(&failure);
                let problem =
                    json!({"build": shown.build + 1, "problem": failure.to_string(), "findings": {}, "paths": {}, "uncommitted": [], "sections": {}});
                shown = Shown { build: shown.build + 1, state: problem.to_string(), sites: Arc::clone(&shown.sites) };
            }
        }
        server.show(shown.clone());
    }
}

/// What is built again and again.
struct Work {
    directory: PathBuf,
    revision: Option<String>,
    is_shallow_allowed: bool,
    started: Instant,
}

/// What one build is made from.
struct Sources {
    repository: Repository,
    settings: Settings,
}

impl Work {
    /// Opens the repository and watches what its configuration says.
    fn begin(&self) -> Result<(Watcher, Sources), Failure> {
        let repository = Repository::open(&self.directory, self.revision.as_deref())?;
        refuse_incomplete(&repository, self.is_shallow_allowed)?;
        let settings = settings(&repository)?;
        let watcher = Watcher::new(repository.watched(&settings.content), repository.root().join("site"))?;
        Ok((watcher, Sources { repository, settings }))
    }

    fn build(&self, context: &mut Context<'_>, sources: Sources, build: u64) -> Result<Shown, Failure> {
        let begun = Instant::now();
        let Sources { repository, settings } = sources;
        let now = context.now_after(self.started.elapsed());
        let loaded = Loaded::new(&repository, settings, Some(repository.root().join("site")), now)?;
        let sites = Preview::make(&loaded, &repository, &Arc::new(overrides(&repository)?))?;
        for refused in sites.refused() {
            context.warn(&format!("{refused}; that site is not shown"));
        }
        context.say(&format!("built {} postmortems in {:.2} s", loaded.corpus.entries().len(), begun.elapsed().as_secs_f64()))?;
        Ok(Shown { build, state: state(&loaded, build), sites: Arc::new(sites.into_files()) })
    }
}

/// What pages say about themselves.
fn state(loaded: &Loaded, build: u64) -> String {
    let mut findings = BTreeMap::new();
    let mut paths = BTreeMap::new();
    for entry in loaded.corpus.entries() {
        let source = entry.checked.reviewed().parsed().source();
        let listed = entry.checked.findings().iter().map(|finding| {
            let position = source.position(finding.problem.span.start);
            json!({
                "level": finding.level.name(), "rule": finding.problem.rule, "message": finding.problem.message,
                "path": finding.path, "line": position.line, "column": position.column,
            })
        });
        findings.insert(entry.key.clone(), listed.collect::<Vec<_>>());
        paths.insert(entry.key.clone(), entry.path().to_owned());
    }
    json!({"build": build, "problem": null, "findings": findings, "paths": paths, "uncommitted": loaded.uncommitted, "sections": uncommitted_sections(loaded)}).to_string()
}
