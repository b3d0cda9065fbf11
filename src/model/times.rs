use super::{Field, Moment};

/// The milestones of an incident, in their usual order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Milestone {
    /// Impact began.
    Started,
    /// First alert, report or ticket.
    Detected,
    /// Somebody took it.
    Acknowledged,
    /// First communication, inside or outside.
    FirstComms,
    /// First update of the status page.
    StatusPage,
    /// An attempt to fix it (timeline rows only).
    FixAttempt,
    /// Impact ended or became bearable.
    Mitigated,
    /// Over.
    Resolved,
}

impl Milestone {
    /// Every milestone that `times` may hold, in order.
    pub const TIMES: [Self; 7] =
        [Self::Started, Self::Detected, Self::Acknowledged, Self::FirstComms, Self::StatusPage, Self::Mitigated, Self::Resolved];

    /// The key of `times` and of the JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Detected => "detected",
            Self::Acknowledged => "acknowledged",
            Self::FirstComms => "first_comms",
            Self::StatusPage => "status_page",
            Self::FixAttempt => "fix_attempt",
            Self::Mitigated => "mitigated",
            Self::Resolved => "resolved",
        }
    }

    /// Reads a key of `times` or a timeline mark (`first-comms`), case-blind.
    #[must_use]
    pub fn parse(written: &str) -> Option<Self> {
        let key = written.trim().to_lowercase().replace('-', "_");
        [Self::FixAttempt].into_iter().chain(Self::TIMES).find(|milestone| milestone.key() == key)
    }
}

/// When what happened. Each may be absent, unknown, unreadable or estimated.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Times {
    /// Impact began.
    pub started: Option<Field<Moment>>,
    /// First alert, report or ticket.
    pub detected: Option<Field<Moment>>,
    /// Somebody took it.
    pub acknowledged: Option<Field<Moment>>,
    /// First communication, inside or outside.
    pub first_comms: Option<Field<Moment>>,
    /// First update of the status page.
    pub status_page: Option<Field<Moment>>,
    /// Impact ended or became bearable.
    pub mitigated: Option<Field<Moment>>,
    /// Over.
    pub resolved: Option<Field<Moment>>,
}

impl Times {
    /// The field of a milestone; `None` for the milestones that only timeline rows have.
    #[must_use]
    pub const fn get(&self, milestone: Milestone) -> Option<&Field<Moment>> {
        match milestone {
            Milestone::Started => self.started.as_ref(),
            Milestone::Detected => self.detected.as_ref(),
            Milestone::Acknowledged => self.acknowledged.as_ref(),
            Milestone::FirstComms => self.first_comms.as_ref(),
            Milestone::StatusPage => self.status_page.as_ref(),
            Milestone::FixAttempt => None,
            Milestone::Mitigated => self.mitigated.as_ref(),
            Milestone::Resolved => self.resolved.as_ref(),
        }
    }

    /// The place of a milestone, to be filled.
    pub const fn slot(&mut self, milestone: Milestone) -> Option<&mut Option<Field<Moment>>> {
        Some(match milestone {
            Milestone::Started => &mut self.started,
            Milestone::Detected => &mut self.detected,
            Milestone::Acknowledged => &mut self.acknowledged,
            Milestone::FirstComms => &mut self.first_comms,
            Milestone::StatusPage => &mut self.status_page,
            Milestone::FixAttempt => return None,
            Milestone::Mitigated => &mut self.mitigated,
            Milestone::Resolved => &mut self.resolved,
        })
    }

    /// The instant of a milestone, where it is known.
    #[must_use]
    pub fn at(&self, milestone: Milestone) -> Option<chrono::DateTime<chrono::FixedOffset>> {
        self.get(milestone).and_then(|field| field.value.at)
    }
}
