use super::build::refuse_incomplete;
use crate::{
    cli::{Agenda, AgendaFormat},
    output::{agenda_calendar, agenda_markdown},
    pipeline::{Loaded, Point, agenda, settings},
    run::{Context, FINE, Failure},
};

pub(crate) fn run(context: &mut Context<'_>, options: &Agenda) -> Result<u8, Failure> {
    let Point { repository, at, privileged } = context.repository_as_of(&options.as_of)?;
    refuse_incomplete(&repository, options.allow_shallow)?;
    let loaded = Loaded::new(&repository, settings(&repository)?, None, at)?.hiding(&privileged);
    let agenda = agenda(&loaded, options.month)?;
    let text = match options.format {
        AgendaFormat::Markdown => agenda_markdown(&agenda),
        AgendaFormat::Ics => agenda_calendar(&agenda, at),
    };
    context.print(&text)?;
    Ok(FINE)
}
