//! One run of the command line: exit codes, streams, the clock, and how a failure is told.

mod context;
mod failure;

use std::{
    ffi::OsString,
    fmt,
    io::{Read, Write},
    path::PathBuf,
};

use chrono::{DateTime, Utc};
use clap::Parser;

pub(crate) use self::{context::Context, failure::Failure};
use crate::{
    cli::{Cli, Command, Global, When},
    commands,
    findings::Style,
};

/// What a run may know of the world around it.
#[derive(Debug, Clone)]
pub struct Env {
    /// The current directory.
    pub directory: PathBuf,
    /// The variable of that name.
    pub source_date_epoch: Option<String>,
    /// Whether the user wants no colours.
    pub no_color: bool,
    /// Whether a step of GitHub Actions reads what is printed.
    pub is_github_actions: bool,
    /// What time it is.
    pub clock: DateTime<Utc>,
    /// Where temporary folders are made.
    pub temporary: PathBuf,
}

/// Where a run reads and prints.
pub struct Terminal {
    /// What is typed, or comes through a pipe. Only read when an option says so.
    pub input: Box<dyn Read>,
    /// Results.
    pub out: Box<dyn Write>,
    /// Messages.
    pub error: Box<dyn Write>,
    /// Whether a person types.
    pub input_is_terminal: bool,
    /// Whether a person reads the results.
    pub out_is_terminal: bool,
    /// Whether a person reads the messages.
    pub error_is_terminal: bool,
}

impl fmt::Debug for Terminal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Terminal").finish_non_exhaustive()
    }
}

/// Fine.
pub(crate) const FINE: u8 = 0;
/// Findings.
pub(crate) const FINDINGS: u8 = 1;
/// lookback could not do its job.
pub(crate) const FAILED: u8 = 2;

/// Runs the command line and returns the exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>, env: &Env, terminal: &mut Terminal) -> u8 {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return usage(&error, env, terminal),
    };
    let style = |is_terminal: bool| match cli.global.color {
        When::Always => Style::Coloured,
        When::Auto if is_terminal && !env.no_color => Style::Coloured,
        When::Auto | When::Never => Style::Plain,
    };
    let (out_style, error_style) = (style(terminal.out_is_terminal), style(terminal.error_is_terminal));
    let result = now(&cli.global, env).and_then(|now| {
        let mut context = Context { global: cli.global, env, now, terminal, out_style, error_style };
        match &cli.command {
            Command::Demo(options) => commands::demo::run(&mut context, options),
            Command::Init(options) => commands::init::run(&mut context, options),
            Command::New(options) => commands::new::run(&mut context, options),
            Command::Check(options) => commands::check::run(&mut context, options),
            Command::Build(options) => commands::build::run(&mut context, options),
            #[cfg(feature = "serve")]
            Command::Serve(options) => commands::serve::run(&mut context, options),
            Command::History(options) => commands::history::run(&mut context, options),
            Command::Approve(options) => commands::approve::run(&mut context, options),
            Command::Diff(options) => commands::diff::run(&mut context, options),
            Command::Agenda(options) => commands::agenda::run(&mut context, options),
            Command::Export(options) => commands::export::run(&mut context, options),
            Command::Rules => commands::rules::run(&mut context),
            Command::Explain(options) => commands::explain::run(&mut context, options),
            Command::Schema(options) => commands::schema::run(&mut context, options),
            Command::Completions(options) => commands::completions::run(&mut context, options),
            Command::Man(options) => commands::man::run(&mut context, options),
        }
    });
    result.unwrap_or_else(|failure| {
        failure.report(error_style, terminal);
        FAILED
    })
}

/// The clock: `--now`, else `SOURCE_DATE_EPOCH`, else what time it is.
fn now(global: &Global, env: &Env) -> Result<DateTime<Utc>, Failure> {
    if let Some(now) = global.now {
        return Ok(now);
    }
    let Some(written) = &env.source_date_epoch else { return Ok(env.clock) };
    let seconds = written.trim().parse().ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    seconds.ok_or_else(|| {
        Failure::new(format!("SOURCE_DATE_EPOCH is `{written}`, which is no number of seconds"), "set it to seconds since 1970-01-01, or unset it")
    })
}

/// Help goes to stdout; a usage error to stderr, with exit code 2.
fn usage(error: &clap::Error, env: &Env, terminal: &mut Terminal) -> u8 {
    let is_error = error.use_stderr();
    let (stream, is_terminal) =
        if is_error { (&mut terminal.error, terminal.error_is_terminal) } else { (&mut terminal.out, terminal.out_is_terminal) };
    let text = if is_terminal && !env.no_color { error.render().ansi().to_string() } else { error.render().to_string() };
    // A message that can't be printed has nobody to tell.
    let _ = stream.write_all(text.as_bytes());
    if is_error { FAILED } else { FINE }
}
