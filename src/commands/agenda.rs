use super::build::refuse_incomplete;
use crate::{
    cli::{Agenda, AgendaFormat},
    output::{agenda_calendar, agenda_markdown},
    pipeline::{Loaded, agenda, settings},
    run::{Context, FINE, Failure},
};

pub(crate) fn run(context: &mut Context<'_>, options: &Agenda) -> Result<u8, Failure> {
    let (repository, now) = context.repository_as_of(&options.as_of)?;
    refuse_incomplete(&repository, options.allow_shallow)?;
    let loaded = Loaded::new(&repository, settings(&repository)?, None, now)?;
    let agenda = agenda(&loaded, options.month)?;
    let text = match options.format {
        AgendaFormat::Markdown => agenda_markdown(&agenda),
        AgendaFormat::Ics => agenda_calendar(&agenda, now),
    };
    context.print(&text)?;
    Ok(FINE)
}
