use std::{fmt, sync::Arc};

use chrono::{DateTime, FixedOffset, Utc};

use crate::{
    config::{ExternalAudience, PublishPolicy, Settings},
    model::{Milestone, Postmortem, Status},
    repo::Commit,
    review::{ApprovedText, ReviewedRevision},
    rules::{Candidate, Checked},
    source::{FrontMatterKind, Parsed},
};

/// What one external audience reads of one postmortem.
#[derive(Debug, Clone)]
pub enum Publication {
    /// It was never meant for them.
    NotMeant,
    /// It is meant for them, and something keeps it back.
    HeldBack(HeldBack),
    /// They read it.
    Published(Box<Published>),
    /// They once read it, and it was taken back.
    Retracted(Box<Retracted>),
}

/// A text that is read outside.
#[derive(Debug, Clone)]
pub struct Published {
    /// Every text that was ever fit to be read there, oldest first; the last one is what is read now.
    texts: Vec<PublishedText>,
}

/// One text that was fit to be read outside.
#[derive(Debug, Clone)]
pub struct PublishedText {
    /// The commit that approved it; where approvals are not asked for, the one that brought it.
    pub commit: Arc<Commit>,
    /// Path of the document in that commit.
    pub path: String,
    /// The text.
    pub parsed: Arc<Parsed>,
}

/// A page that was taken back.
#[derive(Debug, Clone)]
pub struct Retracted {
    /// What was read there until then; only its address may ever be used.
    pub published: Published,
    /// When it was taken back.
    pub since: Option<DateTime<FixedOffset>>,
}

/// Why a postmortem that is meant for an audience is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeldBack {
    /// Approvals needed.
    Unreviewed(usize),
    /// No approved text was marked for publication yet.
    NotMarkedWhenApproved,
    /// The approved text says `draft`.
    Draft,
    /// The tip says `withdrawn`.
    Withdrawn,
    /// Less severe than the audience wants to read of, or of unknown severity.
    Severity,
    /// Not before this instant.
    Delay(DateTime<Utc>),
    /// Nobody knows yet when it was resolved, and the audience reads nothing before.
    DelayUnknown,
    /// Names of the rules that found errors in the approved text.
    Findings(Vec<&'static str>),
    /// The front matter at the tip can't be read.
    Unreadable,
    /// It is in no commit yet.
    NotCommitted,
}

impl fmt::Display for HeldBack {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreviewed(1) => formatter.write_str("needs 1 approval"),
            Self::Unreviewed(needed) => write!(formatter, "needs {needed} approvals"),
            Self::NotMarkedWhenApproved => formatter.write_str("was not marked for publication when it was approved"),
            Self::Draft => formatter.write_str("the approved text is a draft: it needs an approval of the final one"),
            Self::Withdrawn => formatter.write_str("withdrawn"),
            Self::Severity => formatter.write_str("below the severity that is published"),
            Self::Delay(until) => write!(formatter, "waits until {}", until.format("%Y-%m-%d %H:%M UTC")),
            Self::DelayUnknown => formatter.write_str("waits for a time of resolution"),
            Self::Findings(rules) => write!(formatter, "errors in the approved text: {}", rules.join(", ")),
            Self::Unreadable => formatter.write_str("the front matter at the tip can't be read"),
            Self::NotCommitted => formatter.write_str("is in no commit yet"),
        }
    }
}

impl Published {
    /// What is read now.
    ///
    /// # Panics
    /// Never: a publication is made of at least one text.
    #[must_use]
    #[expect(clippy::expect_used, reason = "the only constructor refuses an empty list")]
    pub fn text(&self) -> &PublishedText {
        self.texts.last().expect("a published text")
    }

    /// Every text that was fit to be read, oldest first; the last one is [`Self::text`].
    #[must_use]
    pub fn texts(&self) -> &[PublishedText] {
        &self.texts
    }
}

impl Publication {
    /// Decides by the gate of an audience. Taking away (unmarking, withdrawal) looks at the tip and acts at once; everything that is read comes
    /// from a commit that was approved.
    #[must_use]
    pub fn decide(checked: &Checked, audience: &ExternalAudience, settings: &Settings, now: DateTime<Utc>) -> Self {
        let tip = checked.reviewed().parsed();
        let texts = candidates(checked, audience);
        let fit = texts.iter().rev().filter(|candidate| obstacle(candidate, audience, now).is_none());
        let fit: Vec<PublishedText> = fit.filter_map(|candidate| published_text(&candidate.text)).collect();
        if tip.front_matter_kind() == FrontMatterKind::Broken {
            return if texts.iter().any(|candidate| candidate.text.declared.is_marked_for(&audience.name)) {
                Self::HeldBack(HeldBack::Unreadable)
            } else {
                Self::NotMeant
            };
        }
        let taken_back = |reason, texts: Vec<PublishedText>| {
            if texts.is_empty() {
                return reason;
            }
            Self::Retracted(Box::new(Retracted { published: Published { texts }, since: taken_back_at(checked, audience) }))
        };
        if !tip.postmortem().is_marked_for(&audience.name) {
            return taken_back(Self::NotMeant, fit);
        }
        if tip.postmortem().is_withdrawn() {
            return taken_back(Self::HeldBack(HeldBack::Withdrawn), fit);
        }
        if !fit.is_empty() {
            return Self::Published(Box::new(Published { texts: fit }));
        }
        let reason = match texts.first() {
            Some(newest) => obstacle(newest, audience, now).unwrap_or(HeldBack::NotMarkedWhenApproved),
            None if checked.reviewed().revisions().is_empty() => HeldBack::NotCommitted,
            None => HeldBack::Unreviewed(settings.approvals_needed(rank(tip.postmortem()))),
        };
        Self::HeldBack(reason)
    }

    /// What the audience would read if the newest committed text were approved; `None` where something else keeps it back.
    #[must_use]
    pub fn once_approved(checked: &Checked, audience: &ExternalAudience, now: DateTime<Utc>) -> Option<PublishedText> {
        let tip = checked.reviewed().parsed();
        let is_meant =
            tip.front_matter_kind() != FrontMatterKind::Broken && tip.postmortem().is_marked_for(&audience.name) && !tip.postmortem().is_withdrawn();
        let newest = checked.candidates().first().filter(|candidate| is_meant && obstacle(candidate, audience, now).is_none())?;
        published_text(&newest.text)
    }

    /// Every text that was ever read, oldest first; empty where none was.
    #[must_use]
    pub fn texts(&self) -> &[PublishedText] {
        match self {
            Self::Published(published) => published.texts(),
            Self::Retracted(retracted) => retracted.published.texts(),
            Self::NotMeant | Self::HeldBack(_) => &[],
        }
    }

    /// The reason in words, when it is held back.
    #[must_use]
    pub fn held_back(&self) -> Option<String> {
        if let Self::HeldBack(reason) = self { Some(reason.to_string()) } else { None }
    }

    /// What is read now, when something is.
    #[must_use]
    pub const fn published(&self) -> Option<&Published> {
        if let Self::Published(published) = self { Some(published) } else { None }
    }
}

/// The texts that an audience could read, newest first.
fn candidates<'a>(checked: &'a Checked, audience: &ExternalAudience) -> Vec<&'a Candidate> {
    match audience.publish {
        PublishPolicy::Approved => checked.candidates().iter().filter(|candidate| candidate.is_approved).collect(),
        PublishPolicy::Merged => checked.landed().iter().collect(),
    }
}

/// What keeps one text from an audience.
fn obstacle(candidate: &Candidate, audience: &ExternalAudience, now: DateTime<Utc>) -> Option<HeldBack> {
    let postmortem = candidate.text.postmortem();
    if !postmortem.is_marked_for(&audience.name) {
        return Some(HeldBack::NotMarkedWhenApproved);
    }
    if postmortem.is_withdrawn() || postmortem.privileged {
        return Some(HeldBack::Withdrawn);
    }
    if postmortem.status.as_ref().is_none_or(|status| status.value == Status::Draft) {
        return Some(HeldBack::Draft);
    }
    if audience.min_severity.is_some_and(|least| rank(postmortem).is_none_or(|rank| rank > least)) {
        return Some(HeldBack::Severity);
    }
    if !audience.delay.is_zero() {
        let Some(resolved) = postmortem.times.at(Milestone::Resolved) else { return Some(HeldBack::DelayUnknown) };
        let until = resolved.with_timezone(&Utc) + audience.delay;
        if now < until {
            return Some(HeldBack::Delay(until));
        }
    }
    let mut rules: Vec<&'static str> = candidate.blocking.iter().map(|finding| finding.problem.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    (!rules.is_empty()).then_some(HeldBack::Findings(rules))
}

fn published_text(text: &ApprovedText) -> Option<PublishedText> {
    Some(PublishedText { commit: Arc::clone(&text.commit), path: text.path.clone(), parsed: Arc::clone(text.parsed.as_ref()?) })
}

fn rank(postmortem: &Postmortem) -> Option<usize> {
    postmortem.severity.as_ref().and_then(|severity| severity.value.rank)
}

/// When the document stopped being meant for an audience: the date of the oldest of the newest revisions that all take it back.
fn taken_back_at(checked: &Checked, audience: &ExternalAudience) -> Option<DateTime<FixedOffset>> {
    let takes_back = |revision: &&ReviewedRevision| revision.status == Some(Status::Withdrawn) || !revision.marked_for.contains(&audience.name);
    checked.reviewed().revisions().iter().rev().take_while(takes_back).last().map(|revision| revision.revision.commit.authored)
}
