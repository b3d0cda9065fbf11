use super::build::refuse_incomplete;
use crate::{
    cli::{Export, ExportFormat},
    output::{csv, json, ndjson},
    pipeline::{Loaded, Point, Signatures, evidence, settings},
    repo::Repository,
    run::{Context, FINE, Failure},
    view::rows,
};

pub(crate) fn run(context: &mut Context<'_>, options: &Export) -> Result<u8, Failure> {
    let Point { mut repository, at, privileged } = context.repository_as_of(&options.as_of)?;
    if options.evidence && repository.reads_work_tree() {
        // What is in no commit proves nothing.
        repository = Repository::open(&context.path(&context.global.repo), Some("HEAD"))?;
    }
    refuse_incomplete(&repository, options.allow_shallow)?;
    let loaded =
        Loaded::verifying(&repository, settings(&repository)?, at, if options.evidence { Signatures::All } else { Signatures::AsConfigured })?
            .hiding(&privileged);
    let text = if options.evidence {
        evidence(&repository, &loaded)
    } else {
        let rows = rows(&loaded.corpus, &loaded.settings);
        match options.format {
            ExportFormat::Csv => csv(&rows),
            ExportFormat::Json => json(&rows),
            ExportFormat::Ndjson => ndjson(&rows),
        }
    };
    match &options.out {
        None => context.print(&text)?,
        Some(out) => {
            let path = context.path(out);
            let failed = |error: std::io::Error| Failure::new(format!("{} can't be written: {error}", path.display()), "does its folder exist?");
            std::fs::write(&path, text).map_err(failed)?;
        }
    }
    Ok(FINE)
}
