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
    pipeline::{Loaded, Sites, settings},
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
    let mut watcher = work.watcher()?;
    let mut shown = work.build(context, 1)?;
    let server = Server::start(port, shown.clone())?;
    let address = server.address();
    let lines = shown.sites.keys().map(|audience| format!("{audience:<9} http://{address}/{audience}/index.html"));
    context.say(&format!("\n{}\n\nrebuilt whenever something changes; Ctrl-C stops the server", lines.collect::<Vec<_>>().join("\n")))?;
    loop {
        watcher.wait()?;
        // The configuration may name another folder now. One that can't be read fails the build, which says so.
        if let Ok(again) = work.watcher() {
            watcher = again;
        }
        match work.build(context, shown.build + 1) {
            Ok(again) => shown = again,
            Err(failure) => {
                context.fail(&failure);
                let problem = json!({"build": shown.build + 1, "problem": failure.to_string(), "findings": {}, "paths": {}, "uncommitted": []});
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

impl Work {
    fn watcher(&self) -> Result<Watcher, Failure> {
        let repository = self.repository()?;
        Watcher::new(repository.watched(&settings(&repository)?.content), repository.root().join("site"))
    }

    fn repository(&self) -> Result<Repository, Failure> {
        Ok(Repository::open(&self.directory, self.revision.as_deref())?)
    }

    fn build(&self, context: &mut Context<'_>, build: u64) -> Result<Shown, Failure> {
        let begun = Instant::now();
        let repository = self.repository()?;
        refuse_incomplete(&repository, self.is_shallow_allowed)?;
        let now = context.now_after(self.started.elapsed());
        let loaded = Loaded::new(&repository, settings(&repository)?, Some(repository.root().join("site")), now)?;
        let sites = Sites::make(&loaded, &repository, &Arc::new(overrides(&repository)?), &[])?;
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
    json!({"build": build, "problem": null, "findings": findings, "paths": paths, "uncommitted": loaded.uncommitted}).to_string()
}
