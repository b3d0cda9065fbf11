use std::path::Path;

use super::build::refuse_incomplete;
use crate::{
    cli::{Export, ExportFormat, ExportTable},
    output::{csv, json, ndjson},
    pipeline::{Loaded, Point, Signatures, evidence, settings},
    repo::Repository,
    run::{Context, FINE, Failure},
    view::Table,
};

pub(crate) fn run(context: &mut Context<'_>, options: &Export) -> Result<u8, Failure> {
    let Point { mut repository, at, privileged } = context.repository_as_of(&options.as_of)?;
    if options.evidence && repository.reads_work_tree() {
        // What is in no commit proves nothing.
        repository = Repository::open(&context.path(&context.global.repo), Some("HEAD"))?;
    }
    refuse_incomplete(&repository, options.allow_shallow)?;
    let signatures = if options.evidence { Signatures::All } else { Signatures::AsConfigured };
    let loaded = Loaded::verifying(&repository, settings(&repository)?, at, signatures)?.hiding(&privileged);
    let text = |table: Table| {
        let rows = table.rows(&loaded.corpus, &loaded.settings, at);
        match options.format {
            ExportFormat::Csv => csv(table.columns(), &rows),
            ExportFormat::Json => json(table.columns(), &rows),
            ExportFormat::Ndjson => ndjson(table.columns(), &rows),
        }
    };
    let out = options.out.as_ref().map(|out| context.path(out));
    match (table(options.table), out) {
        (None, Some(folder)) => {
            std::fs::create_dir_all(&folder).map_err(|error| failed(&folder, &error))?;
            for table in Table::ALL {
                write(&folder.join(format!("{}.{}", table.name(), extension(options.format))), &text(table))?;
            }
        }
        (wanted, out) => {
            let text = if options.evidence { evidence(&repository, &loaded) } else { text(wanted.unwrap_or(Table::Postmortems)) };
            match out {
                None => context.print(&text)?,
                Some(path) => write(&path, &text)?,
            }
        }
    }
    Ok(FINE)
}

/// The one table that is wanted; `None` for all of them.
const fn table(wanted: ExportTable) -> Option<Table> {
    match wanted {
        ExportTable::Postmortems => Some(Table::Postmortems),
        ExportTable::Times => Some(Table::Times),
        ExportTable::Impacts => Some(Table::Impacts),
        ExportTable::Actions => Some(Table::Actions),
        ExportTable::Approvals => Some(Table::Approvals),
        ExportTable::Revisions => Some(Table::Revisions),
        ExportTable::All => None,
    }
}

const fn extension(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Csv => "csv",
        ExportFormat::Json => "json",
        ExportFormat::Ndjson => "ndjson",
    }
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text).map_err(|error| failed(path, &error))
}

fn failed(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("{} can't be written: {error}", path.display()), "does its folder exist?")
}
