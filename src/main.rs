//! The command line of lookback: everything is in the library, which neither prints nor exits by itself.

use std::{env, io::IsTerminal, process::ExitCode};

use lookback::{Env, Terminal};

/// A build makes and drops millions of small strings on every core.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let environment = Env {
        directory: env::current_dir().unwrap_or_default(),
        source_date_epoch: env::var("SOURCE_DATE_EPOCH").ok(),
        is_github_actions: env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true"),
        no_color: env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()),
        clock: chrono::Utc::now(),
        temporary: env::temp_dir(),
    };
    let mut terminal = Terminal {
        input: Box::new(std::io::stdin()),
        out: Box::new(anstream::AutoStream::new(std::io::stdout(), anstream::ColorChoice::AlwaysAnsi)),
        error: Box::new(anstream::AutoStream::new(std::io::stderr(), anstream::ColorChoice::AlwaysAnsi)),
        input_is_terminal: std::io::stdin().is_terminal(),
        out_is_terminal: std::io::stdout().is_terminal(),
        error_is_terminal: std::io::stderr().is_terminal(),
    };
    ExitCode::from(lookback::run(env::args_os(), &environment, &mut terminal))
}
