use chrono::NaiveDate;

use super::{Field, Person};

/// What an action item is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActionKind {
    /// Keeps it from happening.
    Prevent,
    /// Shows it sooner.
    Detect,
    /// Makes it hurt less.
    Mitigate,
    /// Changes how people work.
    Process,
}

impl ActionKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Prevent, Self::Detect, Self::Mitigate, Self::Process];

    /// The word of the front matter.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Prevent => "prevent",
            Self::Detect => "detect",
            Self::Mitigate => "mitigate",
            Self::Process => "process",
        }
    }
}

/// How far an action item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActionStatus {
    /// Not begun.
    Open,
    /// Begun.
    InProgress,
    /// Finished.
    Done,
    /// Decided against, with a reason.
    Declined,
}

impl ActionStatus {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Open, Self::InProgress, Self::Done, Self::Declined];

    /// The word of the front matter.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::InProgress => "in-progress",
            Self::Done => "done",
            Self::Declined => "declined",
        }
    }

    /// True while somebody still has to do something.
    #[must_use]
    pub const fn is_pending(self) -> bool {
        matches!(self, Self::Open | Self::InProgress)
    }
}

/// One action item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Id as written.
    pub id: Option<String>,
    /// What will be different once it is done.
    pub title: String,
    /// What it is for.
    pub kind: Option<ActionKind>,
    /// Who sees to it.
    pub owner: Option<Person>,
    /// Last day on which it is not late.
    pub due: Option<Field<NaiveDate>>,
    /// Ticket number or address.
    pub ticket: Option<String>,
    /// As written.
    pub priority: Option<String>,
    /// How far it is; open when nothing is said.
    pub status: ActionStatus,
    /// Why it was declined.
    pub reason: Option<String>,
}

impl Action {
    /// True when it is not finished and its last day is before `today`.
    #[must_use]
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.status.is_pending() && self.due.as_ref().is_some_and(|due| due.value < today)
    }
}
