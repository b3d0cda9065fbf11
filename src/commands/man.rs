use clap::CommandFactory as _;
use clap_mangen::Man;

use crate::{
    cli::{self, Cli},
    run::{Context, FINE, Failure},
};

pub(crate) fn run(context: &mut Context<'_>, options: &cli::Man) -> Result<u8, Failure> {
    let mut program = Cli::command();
    // Names of pages: `lookback-check`.
    program.build();
    let page = match &options.command {
        None => program,
        Some(name) => {
            let commands: Vec<String> = program.get_subcommands().map(|command| command.get_name().to_owned()).collect();
            let found = program.find_subcommand(name).cloned();
            found.ok_or_else(|| Failure::new(format!("there is no command `{name}`"), format!("commands: {}", commands.join(", "))))?
        }
    };
    let name = page.get_display_name().unwrap_or("lookback").to_owned();
    let mut roff = Vec::new();
    Man::new(page).title(name).render(&mut roff)?;
    context.print(&String::from_utf8_lossy(&roff))?;
    Ok(FINE)
}
