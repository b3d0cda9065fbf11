use crate::text::Span;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Worth knowing.
    Info,
    /// Should be mended.
    Warning,
    /// Fails `check`; of some groups, holds a public page back.
    Error,
}

impl Level {
    /// The word used in configuration and JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A second place that explains a finding: the other row, the configuration line that asked for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Path from the repository root; `None` means the file of the finding itself.
    pub path: Option<String>,
    /// Where in that file.
    pub span: Span,
    /// What is seen there, in a few words.
    pub text: String,
}

/// A change of the text that mends what was found and touches nothing else. Only changes that can't be wrong are offered: what a text means to say, and who
/// may read it, is for its author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty where something is added.
    pub span: Span,
    /// What stands there afterwards.
    pub replacement: String,
}

/// What a parser or a rule saw, before configuration has given it a level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Name of the rule in kebab case; always one that the registry knows.
    pub rule: &'static str,
    /// Where; empty at the place where something is missing.
    pub span: Span,
    /// One short sentence without a full stop that names the thing.
    pub message: String,
    /// What to do about it, where that is not obvious.
    pub help: Option<String>,
    /// Other places that explain it.
    pub labels: Vec<Label>,
    /// The most that it can matter, where that is less than its rule says.
    pub at_most: Option<Level>,
    /// What `check --fix` does about it, where that is mechanical.
    pub edit: Option<Box<Edit>>,
}

impl Problem {
    /// A problem with a place and a message.
    pub fn new(rule: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { rule, span, message: message.into(), help: None, labels: Vec::new(), at_most: None, edit: None }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the change that mends it.
    #[must_use]
    pub fn edit(mut self, edit: impl Into<Option<Edit>>) -> Self {
        self.edit = edit.into().map(Box::new);
        self
    }

    /// Lowers its level.
    #[must_use]
    pub const fn at_most(mut self, level: Level) -> Self {
        self.at_most = Some(level);
        self
    }

    /// Adds a second place in the same file.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { path: None, span, text: text.into() });
        self
    }
}

/// A problem with the level that configuration, age and status of the document give it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How much it matters here.
    pub level: Level,
    /// Path from the repository root.
    pub path: String,
    /// What was seen.
    pub problem: Problem,
}
