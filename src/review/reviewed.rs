use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::{DateTime, FixedOffset, Utc};

use super::{
    ActionClock, Approval, ApprovedText, Change, Clock, Clocks, Identities, OlderTexts, Rejection, Signature, Substance,
    action_clocks::action_clocks,
    approvals::{given_by, rejection},
    events::{Event, Events},
    older::Texts,
    tally::Tally,
};
use crate::{
    config::{ApprovalKind, PublishPolicy, ReviewPolicy, Settings},
    model::{Milestone, Person, Postmortem, Status},
    repo::{Commit, History, ObjectId, Revision, Trail},
    source::Parsed,
    text::Source,
};

/// Whether the text at the tip was reviewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReviewState {
    /// No text of it ever had the approvals it needed.
    Unreviewed,
    /// The text at the tip says what was approved.
    Approved,
    /// It was approved once and changed since in a way that matters.
    Stale,
}

impl ReviewState {
    /// The word of the JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unreviewed => "unreviewed",
            Self::Approved => "approved",
            Self::Stale => "stale",
        }
    }
}

/// A revision and what it means for the review.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewedRevision {
    /// The change as git knows it.
    pub revision: Revision,
    /// What it changed, by fact and section.
    pub changes: Vec<Change>,
    /// False for bookkeeping, layout and moves.
    pub matters: bool,
    /// It changed the text after the newest approval.
    pub is_after_approval: bool,
    /// What its author declared.
    pub status: Option<Status>,
    /// External audiences for which it was marked.
    pub marked_for: BTreeSet<String>,
    /// Rules that it allowed itself to break.
    pub allowed: BTreeSet<String>,
    /// Whether the commit is signed.
    pub signature: Signature,
}

/// A postmortem with its review trail, and the texts of it that were approved.
#[derive(Debug, Clone)]
pub struct Reviewed {
    parsed: Arc<Parsed>,
    revisions: Vec<ReviewedRevision>,
    approvals: Vec<Approval>,
    approved: Vec<ApprovedText>,
    committed: Option<ApprovedText>,
    landed: Vec<ApprovedText>,
    state: ReviewState,
    required: usize,
    clocks: Clocks,
    /// One per action of the text, in its order.
    action_clocks: Vec<ActionClock>,
    /// Who may not approve the committed text now, because they wrote it.
    writers: Vec<Person>,
    /// Whose approvals of the committed text count.
    approvers: Vec<Person>,
    unreadable: Vec<ObjectId>,
}

/// A text that has its approvals, with its place among the others and what it says.
struct Accepted {
    order: (usize, bool, usize),
    /// Its place among the events.
    place: usize,
    text: ApprovedText,
    substance: Arc<Substance>,
}

impl ReviewedRevision {
    fn new(revision: &Revision, changes: Vec<Change>, event: &Event<'_>, settings: &Settings, signers: &BTreeMap<ObjectId, Person>) -> Self {
        let postmortem = event.text.as_ref().map(|(skim, _)| &*skim.postmortem);
        Self {
            revision: revision.clone(),
            changes,
            matters: event.matters,
            is_after_approval: false,
            status: postmortem.and_then(|postmortem| postmortem.status.as_ref()).map(|status| status.value),
            marked_for: postmortem.map(|postmortem| marked_for(postmortem, settings)).unwrap_or_default(),
            allowed: postmortem.into_iter().flat_map(|postmortem| &postmortem.allow).map(|(rule, _)| rule.value.clone()).collect(),
            signature: Signature::of(&revision.commit, signers),
        }
    }
}

impl Reviewed {
    /// Joins a text with its history, knowing nobody but the people of the configuration. `older` reads the texts of older revisions.
    #[must_use]
    pub fn new(parsed: Arc<Parsed>, history: &History, settings: &Settings, now: DateTime<Utc>, older: impl OlderTexts) -> Self {
        Self::among(parsed, history, &Identities::new(settings, &[]), settings, now, older)
    }

    /// The same, with everybody whom the repository knows.
    #[must_use]
    pub fn among(
        parsed: Arc<Parsed>,
        history: &History,
        identities: &Identities,
        settings: &Settings,
        now: DateTime<Utc>,
        older: impl OlderTexts,
    ) -> Self {
        let nothing = Trail::default();
        let trail = history.trails.get(parsed.source().path()).unwrap_or(&nothing);
        let mut texts = Texts::new(older);
        let mut events = Events::new(trail, &history.ancestry, &mut texts);
        let mut reviewed: Vec<ReviewedRevision> = Vec::with_capacity(trail.revisions.len());
        for event in &mut events.list {
            let changes = std::mem::take(&mut event.changes);
            reviewed.extend(event.revision.map(|revision| ReviewedRevision::new(revision, changes, event, settings, &history.signers)));
        }
        let reverted = events.reverted(&history.reverts);
        let mut tally = Tally::new(&settings.review, identities, &events, &history.signers);
        let mut approved: Vec<Accepted> = Vec::new();
        let mut completed = None;
        let mut committed = None;
        let is_read_unapproved = settings.audiences.iter().any(|audience| audience.publish == PublishPolicy::Merged);
        let mut landed: Vec<ApprovedText> = Vec::new();
        for (place, (event, reverted_by)) in events.list.iter().zip(&reverted).enumerate() {
            let Some((skim, substance)) = &event.text else { continue };
            let severity = skim.postmortem.severity.as_ref().and_then(|severity| severity.value.rank);
            let needed = settings.approvals_needed(severity);
            let mut is_approved_here = needed == 0;
            for (by, kind) in given_by(event.commit, &settings.review, landed_by_others(trail, event.commit, identities)) {
                is_approved_here |= tally.approve(place, &by, kind, reverted_by.as_ref());
            }
            let here = ApprovedText {
                commit: Arc::clone(event.commit),
                path: event.path.to_owned(),
                blob: event.blob,
                source: skim.source.clone(),
                declared: Arc::clone(&skim.postmortem),
                parsed: None,
            };
            let is_new = approved.last().is_none_or(|last| last.text.blob != event.blob || !events.is_same_text(last.place, place));
            if is_approved_here && is_new && tally.counted(place).len() >= needed {
                let accepted = |order| Accepted { order, place, text: here.clone(), substance: Arc::clone(substance) };
                approved.extend(order(event, trail).map(accepted));
            }
            if event.commit.on_first_parent {
                if is_read_unapproved && landed.last().is_none_or(|last| last.blob != here.blob) {
                    landed.push(here.clone());
                }
                committed = Some(here);
            }
            let is_final = skim.postmortem.status.as_ref().is_some_and(|status| status.value == Status::Final);
            if completed.is_none() && is_final && approved.last().is_some_and(|last| events.is_same_text(last.place, place)) {
                completed = Some(event.commit.authored);
            }
        }
        let newest = events.list.iter().rposition(|event| event.commit.on_first_parent);
        let writers = newest.map(|place| tally.writers(place, events.list.len())).unwrap_or_default();
        let writers: Vec<Person> = writers.into_iter().cloned().collect();
        let approvers: Vec<Person> = newest.map(|place| tally.counted(place)).unwrap_or_default().into_iter().cloned().collect();
        approved.sort_by_key(|accepted| accepted.order);
        approved.dedup_by(|one, other| one.text.blob == other.text.blob && events.is_same_text(one.place, other.place));
        let tip = texts.of_parsed(&parsed);
        let state = state(&tip, approved.last(), &events, &mut reviewed);
        let mut approved: Vec<ApprovedText> = approved.into_iter().rev().map(|accepted| accepted.text).collect();
        // Only what somebody outside may read is needed whole.
        landed.reverse();
        for text in approved.iter_mut().chain(&mut committed).chain(&mut landed) {
            if !marked_for(&text.declared, settings).is_empty() {
                let is_tip = text.path == parsed.source().path() && text.source.text() == parsed.source().text();
                text.parsed = if is_tip { Some(Arc::clone(&parsed)) } else { texts.older.parse(&text.path, text.blob).map(Arc::new) };
            }
        }
        let severity = parsed.postmortem().severity.as_ref().and_then(|severity| severity.value.rank);
        let drafted = trail.revisions.first().map(|revision| revision.commit.authored);
        let told = events.list.iter().filter_map(|event| Some((event.commit.authored, &*event.text.as_ref()?.0.postmortem)));
        let action_clocks = action_clocks(parsed.postmortem(), &told);
        Self {
            action_clocks,
            clocks: clocks(&parsed, settings, now, drafted, completed),
            required: settings.approvals_needed(severity),
            approvals: tally.approvals,
            writers,
            approvers,
            revisions: reviewed,
            unreadable: texts.unreadable,
            parsed,
            approved,
            committed,
            landed,
            state,
        }
    }

    /// The text at the tip.
    #[must_use]
    pub const fn parsed(&self) -> &Arc<Parsed> {
        &self.parsed
    }

    /// Every commit that changed it, oldest first.
    #[must_use]
    pub fn revisions(&self) -> &[ReviewedRevision] {
        &self.revisions
    }

    /// Since when the committed text allows itself to break a rule, without interruption.
    #[must_use]
    pub fn allowed_since(&self, rule: &str) -> Option<DateTime<FixedOffset>> {
        let unbroken = self.revisions.iter().rev().take_while(|revision| revision.allowed.contains(rule));
        unbroken.last().map(|first| first.revision.commit.authored)
    }

    /// Every approval that was ever given, oldest first, counted or not.
    #[must_use]
    pub fn approvals(&self) -> &[Approval] {
        &self.approvals
    }

    /// Every text that had the approvals it needed, newest first.
    #[must_use]
    pub fn approved(&self) -> &[ApprovedText] {
        &self.approved
    }

    /// The newest committed text, approved or not; `None` for a file that was never committed.
    #[must_use]
    pub const fn committed(&self) -> Option<&ApprovedText> {
        self.committed.as_ref()
    }

    /// Every text that the first-parent chain ever had, newest first; only where some audience reads what nobody approved.
    #[must_use]
    pub fn landed(&self) -> &[ApprovedText] {
        &self.landed
    }

    /// A text as stored, by its blob, where the review kept it: git need not be asked again for one that was approved, or committed last.
    #[must_use]
    pub fn kept(&self, blob: ObjectId) -> Option<&Source> {
        self.approved.iter().chain(&self.committed).find(|text| text.blob == blob).map(|text| &text.source)
    }

    /// Whether the text at the tip was reviewed.
    #[must_use]
    pub const fn state(&self) -> ReviewState {
        self.state
    }

    /// Approvals that the severity at the tip needs.
    #[must_use]
    pub const fn required(&self) -> usize {
        self.required
    }

    /// People whose approvals of the newest committed text count.
    #[must_use]
    pub fn approvers(&self) -> &[Person] {
        &self.approvers
    }

    /// Why an approval of the newest committed text by a trailer would not count, if somebody gave it now. Signatures aside.
    #[must_use]
    pub fn objection(&self, by: &Person, policy: &ReviewPolicy, identities: &Identities) -> Option<Rejection> {
        rejection(by, ApprovalKind::Trailer, &self.writers.iter().collect::<Vec<_>>(), policy, identities)
    }

    /// When the actions of the text at the tip were opened and settled, one for each in their order.
    #[must_use]
    pub fn action_clocks(&self) -> &[ActionClock] {
        &self.action_clocks
    }

    /// Deadlines and when they were kept.
    #[must_use]
    pub const fn clocks(&self) -> &Clocks {
        &self.clocks
    }

    /// Texts of older revisions that could not be read.
    #[must_use]
    pub fn unreadable(&self) -> &[ObjectId] {
        &self.unreadable
    }
}

/// External audiences that a text is meant for.
fn marked_for(postmortem: &Postmortem, settings: &Settings) -> BTreeSet<String> {
    settings.audiences.iter().filter(|audience| postmortem.is_marked_for(&audience.name)).map(|audience| audience.name.clone()).collect()
}

/// How texts follow each other for a reader: by the merge that brought them; of one merge, the text that it left behind comes last.
fn order(event: &Event<'_>, trail: &Trail) -> Option<(usize, bool, usize)> {
    let effective = event.effective?;
    let landing = trail.landings.iter().find(|landing| landing.commit.position == effective);
    Some((effective, landing.is_none_or(|landing| landing.blob == event.blob), event.commit.position))
}

/// Whether the author of a merge wrote nothing of what it landed, other files than the document included.
fn landed_by_others(trail: &Trail, merge: &Commit, identities: &Identities) -> bool {
    let landings = trail.landings.iter().filter(|landing| landing.commit.id == merge.id).flat_map(|landing| landing.writers.iter());
    let is_landed = |revision: &&Revision| revision.landed_by.as_ref().is_some_and(|landed_by| landed_by.id == merge.id);
    let writers =
        |revision: &'_ Revision| std::iter::once(revision.commit.author.clone()).chain(revision.commit.co_authors.clone()).collect::<Vec<_>>();
    let mut revisions = trail.revisions.iter().filter(is_landed).flat_map(writers);
    !revisions.any(|writer| identities.may_be_same(&writer, &merge.author))
        && !landings.into_iter().any(|writer| identities.may_be_same(writer, &merge.author))
}

/// Compares the text at the tip with the newest approved one, and marks the revisions that matter and that it does not contain.
fn state(tip: &Substance, newest: Option<&Accepted>, events: &Events<'_>, revisions: &mut [ReviewedRevision]) -> ReviewState {
    let Some(newest) = newest else { return ReviewState::Unreviewed };
    let is_later = |place: &usize| {
        let event = events.list.get(*place).filter(|event| event.matters && event.revision.is_some() && event.effective.is_some());
        event.is_some() && !events.contents.contains(newest.place, *place)
    };
    let later: Vec<&Event<'_>> = (0..events.list.len()).filter(is_later).filter_map(|place| events.list.get(place)).collect();
    let images_changed = later.iter().any(|event| event.revision.is_some_and(|revision| !revision.assets.is_empty()));
    if !images_changed && newest.substance.matters_like(tip) {
        return ReviewState::Approved;
    }
    for revision in revisions.iter_mut() {
        revision.is_after_approval = later.iter().any(|event| event.commit.id == revision.revision.commit.id);
    }
    ReviewState::Stale
}

fn clocks(
    parsed: &Parsed,
    settings: &Settings,
    now: DateTime<Utc>,
    drafted: Option<DateTime<FixedOffset>>,
    completed: Option<DateTime<FixedOffset>>,
) -> Clocks {
    let resolved = parsed.postmortem().times.at(Milestone::Resolved);
    let policy = &settings.review;
    let clock = |deadline, done| Clock::new(resolved, deadline, done, now, settings.site.timezone, &policy.holidays);
    Clocks { draft: clock(policy.draft_within, drafted), completion: clock(policy.complete_within, completed) }
}
