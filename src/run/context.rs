use std::{
    collections::BTreeSet,
    io::{Read, Write},
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};

use super::{Env, Failure, Terminal};
use crate::{
    cli::{AsOf, Global},
    findings::Style,
    pipeline::{self, Point},
    repo::{ObjectId, Repository},
};

/// What every command gets.
pub(crate) struct Context<'a> {
    pub(crate) global: Global,
    pub(crate) env: &'a Env,
    pub(crate) now: DateTime<Utc>,
    pub(crate) terminal: &'a mut Terminal,
    pub(super) out_style: Style,
    pub(super) error_style: Style,
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
        failure.report(self.error_style, self.terminal);
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
