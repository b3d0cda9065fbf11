use std::{collections::BTreeSet, sync::Arc};

use chrono::{DateTime, FixedOffset, Utc};

use super::{
    Approval, ApprovedText, Change, Clock, Clocks, Identities, OlderTexts, Substance,
    approvals::{Tally, given_by},
    older::Texts,
};
use crate::{
    config::Settings,
    model::{Milestone, Postmortem, Status},
    repo::{Commit, ObjectId, Revision, Trail},
    source::Parsed,
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
}

/// A postmortem with its review trail, and the texts of it that were approved.
#[derive(Debug, Clone)]
pub struct Reviewed {
    parsed: Arc<Parsed>,
    revisions: Vec<ReviewedRevision>,
    approvals: Vec<Approval>,
    approved: Vec<ApprovedText>,
    committed: Option<ApprovedText>,
    state: ReviewState,
    required: usize,
    clocks: Clocks,
    unreadable: Vec<ObjectId>,
}

/// A text that has its approvals, with its place among the others and what it says.
struct Accepted {
    order: (usize, bool, usize),
    text: ApprovedText,
    substance: Arc<Substance>,
}

/// One commit that says something about the document, in topological order.
struct Event<'a> {
    commit: &'a Arc<Commit>,
    path: &'a str,
    blob: ObjectId,
    revision: Option<usize>,
    /// Since which place of the first-parent chain the text was there; `None` for a text that a merge threw away.
    effective: Option<usize>,
}

impl Reviewed {
    /// Joins a text with its history, knowing nobody but the people of the configuration. `older` reads the texts of older revisions.
    #[must_use]
    pub fn new(parsed: Arc<Parsed>, trail: &Trail, settings: &Settings, now: DateTime<Utc>, older: impl OlderTexts) -> Self {
        Self::among(parsed, trail, &Identities::new(settings, &[]), settings, now, older)
    }

    /// The same, with everybody whom the repository knows.
    #[must_use]
    pub fn among(
        parsed: Arc<Parsed>,
        trail: &Trail,
        identities: &Identities,
        settings: &Settings,
        now: DateTime<Utc>,
        older: impl OlderTexts,
    ) -> Self {
        let mut texts = Texts::new(older);
        let mut tally = Tally::new(&settings.review, identities);
        let mut approved: Vec<Accepted> = Vec::new();
        let mut completed = None;
        let mut committed = None;
        let mut before: Option<Arc<Substance>> = None;
        let mut reviewed: Vec<ReviewedRevision> = Vec::with_capacity(trail.revisions.len());
        for event in events(trail) {
            let text = texts.get(event.path, event.blob);
            let substance = text.as_ref().map(|(_, substance)| Arc::clone(substance));
            if let Some(revision) = event.revision.and_then(|index| trail.revisions.get(index)) {
                let (changes, matters) = changes(revision, before.as_deref(), substance.as_deref());
                if matters && let Some(substance) = &substance {
                    tally.wrote(event.commit, substance);
                }
                let postmortem = text.as_ref().map(|(skim, _)| &*skim.postmortem);
                reviewed.push(ReviewedRevision {
                    revision: revision.clone(),
                    changes,
                    matters,
                    is_after_approval: false,
                    status: postmortem.and_then(|postmortem| postmortem.status.as_ref()).map(|status| status.value),
                    marked_for: postmortem.map(|postmortem| marked_for(postmortem, settings)).unwrap_or_default(),
                    allowed: postmortem.into_iter().flat_map(|postmortem| &postmortem.allow).map(|(rule, _)| rule.value.clone()).collect(),
                });
                before = substance.clone().or(before);
            }
            let (Some((skim, _)), Some(substance)) = (&text, &substance) else { continue };
            tally.text(substance);
            let severity = skim.postmortem.severity.as_ref().and_then(|severity| severity.value.rank);
            let needed = settings.approvals_needed(severity);
            let mut is_approved_here = needed == 0;
            for (by, kind) in given_by(event.commit, &settings.review, landed_by_others(trail, event.commit, identities)) {
                is_approved_here |= tally.approve(&by, kind, event.commit, event.blob);
            }
            let here = ApprovedText {
                commit: Arc::clone(event.commit),
                path: event.path.to_owned(),
                blob: event.blob,
                source: skim.source.clone(),
                declared: Arc::clone(&skim.postmortem),
                parsed: None,
            };
            let is_new = approved.last().is_none_or(|last| last.text.blob != event.blob);
            if is_approved_here && is_new && tally.counted() >= needed {
                let accepted = |order| Accepted { order, text: here.clone(), substance: Arc::clone(substance) };
                approved.extend(event.order(trail).map(accepted));
            }
            if event.commit.on_first_parent {
                committed = Some(here);
            }
            let is_final = skim.postmortem.status.as_ref().is_some_and(|status| status.value == Status::Final);
            if completed.is_none() && is_final && approved.last().is_some_and(|last| last.substance.matters_like(substance)) {
                completed = Some(event.commit.authored);
            }
        }
        approved.sort_by_key(|accepted| accepted.order);
        approved.dedup_by_key(|accepted| accepted.text.blob);
        let tip = texts.of_parsed(&parsed);
        let state = state(&tip, approved.last(), trail, &mut reviewed);
        let mut approved: Vec<ApprovedText> = approved.into_iter().rev().map(|accepted| accepted.text).collect();
        // Only what somebody outside may read is needed whole.
        for text in approved.iter_mut().chain(&mut committed) {
            if !marked_for(&text.declared, settings).is_empty() {
                let is_tip = text.path == parsed.source().path() && text.source.text() == parsed.source().text();
                text.parsed = if is_tip { Some(Arc::clone(&parsed)) } else { texts.older.parse(&text.path, text.blob).map(Arc::new) };
            }
        }
        let severity = parsed.postmortem().severity.as_ref().and_then(|severity| severity.value.rank);
        let drafted = trail.revisions.first().map(|revision| revision.commit.authored);
        Self {
            clocks: clocks(&parsed, settings, now, drafted, completed),
            required: settings.approvals_needed(severity),
            approvals: tally.approvals,
            revisions: reviewed,
            unreadable: texts.unreadable,
            parsed,
            approved,
            committed,
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

impl Event<'_> {
    /// How texts follow each other for a reader: by the merge that brought them; of one merge, the text that it left behind comes last.
    fn order(&self, trail: &Trail) -> Option<(usize, bool, usize)> {
        let effective = self.effective?;
        let landing = trail.landings.iter().find(|landing| landing.commit.position == effective);
        Some((effective, landing.is_none_or(|landing| landing.blob == self.blob), self.commit.position))
    }
}

/// Revisions, landings and recorded approvals as one sequence, parents before children, one event per commit.
fn events(trail: &Trail) -> Vec<Event<'_>> {
    let revisions = trail.revisions.iter().enumerate();
    let mut events: Vec<Event<'_>> = revisions
        .map(|(index, revision)| Event {
            commit: &revision.commit,
            path: &revision.path,
            blob: revision.blob,
            revision: Some(index),
            effective: landed_at(trail, revision),
        })
        .collect();
    for landing in trail.landings.iter().chain(&trail.recorded) {
        if !events.iter().any(|event| event.commit.id == landing.commit.id) {
            let effective = landing.commit.on_first_parent.then_some(landing.commit.position);
            events.push(Event { commit: &landing.commit, path: &landing.path, blob: landing.blob, revision: None, effective });
        }
    }
    // Beside the chain, a commit speaks of a text that came to it in another way, or not at all.
    let known: Vec<(ObjectId, usize)> = events.iter().filter_map(|event| Some((event.blob, event.effective?))).collect();
    for event in events.iter_mut().filter(|event| event.effective.is_none()) {
        event.effective = known.iter().filter(|(blob, _)| *blob == event.blob).map(|(_, effective)| *effective).max();
    }
    events.sort_by_key(|event| event.commit.position);
    events
}

/// The place of the first-parent chain at which a revision arrived; `None` where the merge kept what was there before.
fn landed_at(trail: &Trail, revision: &Revision) -> Option<usize> {
    if revision.commit.on_first_parent {
        return Some(revision.commit.position);
    }
    let landed_by = revision.landed_by.as_ref()?;
    trail.landings.iter().any(|landing| landing.commit.id == landed_by.id).then_some(landed_by.position)
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

/// Compares the text at the tip with the newest approved one, and marks the revisions between them that matter.
fn state(tip: &Substance, newest: Option<&Accepted>, trail: &Trail, revisions: &mut [ReviewedRevision]) -> ReviewState {
    let Some(newest) = newest else { return ReviewState::Unreviewed };
    let is_later = |revision: &ReviewedRevision| {
        revision.matters && revision.revision.commit.position > newest.text.commit.position && landed_at(trail, &revision.revision).is_some()
    };
    let images_changed = revisions.iter().any(|revision| is_later(revision) && !revision.revision.assets.is_empty());
    if !images_changed && newest.substance.matters_like(tip) {
        return ReviewState::Approved;
    }
    for revision in revisions.iter_mut() {
        revision.is_after_approval = is_later(revision);
    }
    ReviewState::Stale
}

/// What a revision changed, and whether that matters for a review.
fn changes(revision: &Revision, before: Option<&Substance>, after: Option<&Substance>) -> (Vec<Change>, bool) {
    let mut changes: Vec<Change> = revision.renamed_from.iter().cloned().map(Change::Moved).collect();
    let matters = match (before, after) {
        (Some(before), Some(after)) => {
            changes.extend(Change::between(before, after));
            !before.matters_like(after) || !revision.assets.is_empty()
        }
        (None, _) => {
            changes.push(Change::Created);
            true
        }
        (Some(_), None) => true,
    };
    if !revision.assets.is_empty() {
        changes.push(Change::Images(revision.assets.len()));
    }
    if changes.is_empty() {
        changes.push(Change::LayoutOnly);
    }
    (changes, matters)
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
