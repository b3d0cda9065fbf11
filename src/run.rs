use std::{
    collections::BTreeSet,
    ffi::OsString,
    fmt,
    io::{Read, Write},
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};
use clap::Parser;

use crate::{
    cli::{AsOf, Cli, Command, Global, When},
    commands,
    findings::{Style, configuration_text},
    output::WriteError,
    pipeline::{self, ApproveError, AsOfError, BuildError, CheckError, LoadError, MendError, Point, UnknownPostmortem},
    repo::{ObjectId, ReplayError, RepoError, Repository},
    scaffold::{DraftError, InitError},
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

/// Why lookback could not do its job: one message, and what to do.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    hint: Option<String>,
    /// Already rendered, with places.
    is_rendered: bool,
}

impl Failure {
    pub(crate) fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: Some(hint.into()), is_rendered: false }
    }
}

impl fmt::Display for Failure {
    /// The message and the hint, without colours.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", anstream::adapter::strip_str(&self.message))?;
        self.hint.iter().try_for_each(|hint| write!(formatter, "\n{hint}"))
    }
}

impl From<RepoError> for Failure {
    fn from(error: RepoError) -> Self {
        Self { message: error.to_string(), hint: error.hint(), is_rendered: false }
    }
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::Repository(error) => error.into(),
            LoadError::Configuration(error) => {
                let rendered = error.problems.iter().map(|problem| configuration_text(problem, &error.source_text, Style::Coloured));
                Self { message: rendered.collect::<Vec<_>>().join("\n\n"), hint: None, is_rendered: true }
            }
            LoadError::Language(error) => error.into(),
        }
    }
}

impl From<CheckError> for Failure {
    fn from(error: CheckError) -> Self {
        let hint = error.hint();
        match error {
            CheckError::Load(error) => error.into(),
            error => Self { message: error.to_string(), hint: hint.map(str::to_owned), is_rendered: false },
        }
    }
}

impl From<UnknownPostmortem> for Failure {
    fn from(error: UnknownPostmortem) -> Self {
        Self::new(error.to_string(), error.hint())
    }
}

impl From<ApproveError> for Failure {
    fn from(error: ApproveError) -> Self {
        Self::new(error.to_string(), error.hint())
    }
}

impl From<MendError> for Failure {
    fn from(error: MendError) -> Self {
        match error {
            MendError::Check(error) => error.into(),
            MendError::Write(error) => Self::new(error.to_string(), error.document_hint()),
            MendError::NoWorkTree => Self::new(error.to_string(), "leave out `--rev`; a bare repository has none: clone it"),
        }
    }
}

impl From<AsOfError> for Failure {
    fn from(error: AsOfError) -> Self {
        match error {
            AsOfError::Load(error) => error.into(),
            AsOfError::Earlier(_) => Self::new(error.to_string(), "name a later day, or another branch with --rev"),
        }
    }
}

impl From<InitError> for Failure {
    fn from(error: InitError) -> Self {
        match error {
            InitError::Load(error) => error.into(),
            InitError::Write(error) => Self::new(error.to_string(), error.document_hint()),
            InitError::NoWorkTree => Self::new(error.to_string(), "run it in a clone"),
        }
    }
}

impl From<DraftError> for Failure {
    fn from(error: DraftError) -> Self {
        Self { hint: error.hint(), message: error.to_string(), is_rendered: false }
    }
}

impl From<crate::i18n::UnknownLanguage> for Failure {
    fn from(error: crate::i18n::UnknownLanguage) -> Self {
        Self::new(error.to_string(), format!("languages that ship: {}", crate::i18n::languages().join(", ")))
    }
}

impl From<BuildError> for Failure {
    fn from(error: BuildError) -> Self {
        match error {
            BuildError::Language(error) => error.into(),
            BuildError::Output(error) => Self::new(error.to_string(), "nothing was written"),
            BuildError::Write(error) => error.into(),
        }
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        Self::new(error.to_string(), error.hint())
    }
}

impl From<ReplayError> for Failure {
    fn from(error: ReplayError) -> Self {
        Self::new(error.to_string(), "is the folder writable, and the disk not full?")
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self { message: error.to_string(), hint: None, is_rendered: false }
    }
}

/// What every command gets.
pub(crate) struct Context<'a> {
    pub(crate) global: Global,
    pub(crate) env: &'a Env,
    pub(crate) now: DateTime<Utc>,
    pub(crate) terminal: &'a mut Terminal,
    out_style: Style,
    error_style: Style,
}

impl Context<'_> {
    /// Opens the repository that the global options name.
    pub(crate) fn repository(&mut self) -> Result<Repository, Failure> {
        let repository = Repository::open(&self.path(&self.global.repo), self.global.rev.as_deref())?;
        if let Some(reason) = repository.command_line_reason() {
            self.detail(&format!("read through the git command line: {reason}"));
        }
        if repository.has_replacements() {
            self.warn("this clone replaces or grafts commits, which lookback does not follow: it reads every commit as it was written");
        }
        Ok(repository)
    }

    /// The same at a point in the history, with the clock of that point, unless `--now` fixes another one.
    pub(crate) fn repository_as_of(&mut self, as_of: &AsOf) -> Result<Point, Failure> {
        let repository = self.repository()?;
        let Some(written) = as_of.as_of.as_deref() else { return Ok(Point { repository, at: self.now, privileged: BTreeSet::new() }) };
        let point = pipeline::as_of(&repository, &self.path(&self.global.repo), written)?;
        Ok(Point { at: self.global.now.unwrap_or(point.at), ..point })
    }

    /// A path as the user wrote it, from the current directory, without the `.` that messages would show.
    pub(crate) fn path(&self, written: &Path) -> PathBuf {
        self.env.directory.join(written).components().collect()
    }

    /// Everything that comes through standard input.
    pub(crate) fn input(&mut self) -> Result<Vec<u8>, Failure> {
        let mut bytes = Vec::new();
        self.terminal.input.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Asks a person for a line, where one is there to answer; `None` for an empty line or the end of the input.
    pub(crate) fn ask(&mut self, question: &str) -> Result<Option<String>, Failure> {
        if !(self.can_ask() && self.terminal.out_is_terminal) {
            return Ok(None);
        }
        let line = self.answer(question)?;
        Ok((!line.is_empty()).then_some(line))
    }

    /// Whether there is somebody who can be asked.
    pub(crate) const fn can_ask(&self) -> bool {
        self.terminal.input_is_terminal
    }

    /// Asks for a decision; everything but `y` and `yes` means no.
    pub(crate) fn confirm(&mut self, question: &str) -> Result<bool, Failure> {
        let answer = self.answer(&format!("{question} [y/N]"))?;
        Ok(matches!(answer.to_lowercase().as_str(), "y" | "yes"))
    }

    fn answer(&mut self, question: &str) -> Result<String, Failure> {
        write!(self.terminal.error, "{question} ")?;
        self.terminal.error.flush()?;
        let mut line = Vec::new();
        let mut byte = [0];
        // Byte by byte: what follows the line is for the next question.
        while self.terminal.input.read(&mut byte)? == 1 && byte != *b"\n" {
            line.extend(byte);
        }
        Ok(String::from_utf8_lossy(&line).trim().to_owned())
    }

    /// What begins and ends words of less weight.
    pub(crate) fn dim(&self) -> (&'static str, &'static str) {
        if self.out_style == Style::Coloured { ("\u{1b}[2m", "\u{1b}[0m") } else { ("", "") }
    }

    /// A result, or the text of a format.
    pub(crate) fn print(&mut self, text: &str) -> Result<(), Failure> {
        self.write_out(text.as_bytes())
    }

    /// A result that need not be text.
    pub(crate) fn print_bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.write_out(bytes)
    }

    /// Prints a line for people, unless they want silence.
    pub(crate) fn say(&mut self, line: &str) -> Result<(), Failure> {
        if self.global.quiet { Ok(()) } else { self.write_out(format!("{line}\n").as_bytes()) }
    }

    /// Prints a line about the work, when the user wants to know more.
    pub(crate) fn detail(&mut self, line: &str) {
        if self.global.verbose {
            // A message that can't be printed has nobody to tell.
            let _ = writeln!(self.terminal.error, "{line}");
        }
    }

    /// Prints a line about what was done on stderr, beside results that programs read; unless people want silence.
    pub(crate) fn note(&mut self, line: &str) {
        if !self.global.quiet {
            // A message that can't be printed has nobody to tell.
            let _ = writeln!(self.terminal.error, "{line}");
        }
    }

    /// Prints a warning on stderr.
    pub(crate) fn warn(&mut self, message: &str) {
        let (start, end) = if self.error_style == Style::Coloured { ("\u{1b}[1;33m", "\u{1b}[0m") } else { ("", "") };
        // A message that can't be printed has nobody to tell.
        let _ = writeln!(self.terminal.error, "{start}warning{end}: {message}");
    }

    /// What time it is after a while, unless the clock is fixed.
    #[cfg(feature = "serve")]
    pub(crate) fn now_after(&self, elapsed: std::time::Duration) -> DateTime<Utc> {
        let is_fixed = self.global.now.is_some() || self.env.source_date_epoch.is_some();
        if is_fixed { self.now } else { self.now + elapsed }
    }

    /// Prints why something failed, where the run goes on.
    #[cfg(feature = "serve")]
    pub(crate) fn fail(&mut self, failure: &Failure) {
        report(failure, self.error_style, self.terminal);
    }

    /// Says that a branch has lost a commit that an earlier run saw at its tip.
    pub(crate) fn warn_of_lost(&mut self, tip: Option<ObjectId>) {
        if let Some(tip) = tip {
            let tip = tip.short();
            self.warn(&format!(
                "the history of this branch was rewritten: it has lost {tip}, its tip at an earlier run, and every approval in lost commits (`git log HEAD..{tip}`)"
            ));
        }
    }

    pub(crate) const fn style(&self) -> Style {
        self.out_style
    }

    /// A reader that closes the pipe early (`| head`) is no failure.
    fn write_out(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        match self.terminal.out.write_all(bytes).and_then(|()| self.terminal.out.flush()) {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
            _ => Ok(()),
        }
    }
}

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
        report(&failure, error_style, terminal);
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

fn report(failure: &Failure, style: Style, terminal: &mut Terminal) {
    let (red, cyan, end) = if style == Style::Coloured { ("\u{1b}[1;31m", "\u{1b}[1;36m", "\u{1b}[0m") } else { ("", "", "") };
    let mut text = if failure.is_rendered {
        if style == Style::Coloured { failure.message.clone() } else { anstream::adapter::strip_str(&failure.message).to_string() }
    } else {
        format!("{red}error{end}: {}", failure.message)
    };
    if let Some(hint) = &failure.hint {
        text.push_str(&format!("\n{cyan}hint{end}: {hint}"));
    }
    // A message that can't be printed has nobody to tell.
    let _ = writeln!(terminal.error, "{text}");
}
