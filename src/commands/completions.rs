use clap::CommandFactory as _;

use crate::{
    cli::{Cli, Completions},
    run::{Context, FINE, Failure},
};

pub(crate) fn run(context: &mut Context<'_>, options: &Completions) -> Result<u8, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut Cli::command(), "lookback", &mut script);
    context.print(&String::from_utf8_lossy(&script))?;
    Ok(FINE)
}
