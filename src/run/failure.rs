use std::fmt;

use super::Terminal;
use crate::{
    findings::{Style, configuration_text},
    output::WriteError,
    pipeline::{ApproveError, AsOfError, BuildError, CheckError, LoadError, MendError, UnknownPostmortem},
    repo::{ReplayError, RepoError},
    scaffold::{DraftError, InitError},
};

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

    /// Prints it: the message, and what to do.
    pub(super) fn report(&self, style: Style, terminal: &mut Terminal) {
        let (red, cyan, end) = if style == Style::Coloured { ("\u{1b}[1;31m", "\u{1b}[1;36m", "\u{1b}[0m") } else { ("", "", "") };
        let mut text = if self.is_rendered {
            if style == Style::Coloured { self.message.clone() } else { anstream::adapter::strip_str(&self.message).to_string() }
        } else {
            format!("{red}error{end}: {}", self.message)
        };
        if let Some(hint) = &self.hint {
            text.push_str(&format!("\n{cyan}hint{end}: {hint}"));
        }
        // A message that can't be printed has nobody to tell.
        let _ = writeln!(terminal.error, "{text}");
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
