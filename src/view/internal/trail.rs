use super::{Pages, words};
use crate::{
    corpus::Entry,
    review::{Approval, Clock, ReviewedRevision, Signature},
    view::{site::rfc3339, value::template_structs},
};

template_structs! {
    /// The review trail.
    TrailView {
        /// `unreviewed`, `approved` or `stale`.
        state: String,
        /// Approvals needed.
        required: usize,
        /// People whose approval of the newest approved text counts.
        counted: usize,
        /// Every commit that changed the text, oldest first, and commits that only approved it.
        revisions: Vec<TrailRevision>,
        /// Every approval.
        approvals: Vec<TrailApproval>,
        /// First commit.
        drafted: Option<String>,
        /// Final and approved.
        completed: Option<String>,
        /// Deadline of the draft.
        draft_sla: TrailClock,
        /// Deadline of the completion.
        completion_sla: TrailClock,
        /// What changed since the newest approval, where that matters, as safe HTML.
        since_approval: Option<String>,
        /// Whether older revisions changed words that are told nowhere here.
        older_diffs: bool,
    }
    /// A line of the ledger.
    TrailRevision {
        /// Short commit id.
        commit: String,
        /// Who wrote it.
        author: String,
        /// Who else.
        co_authors: Vec<String>,
        /// When.
        date: String,
        /// First line of the message.
        subject: String,
        /// What it changed, in words.
        changes: String,
        /// Path before it.
        renamed_from: Option<String>,
        /// Pull or merge request.
        pull_request: Option<String>,
        /// Whether it changed the text after the newest approval.
        after_approval: bool,
        /// Approvals that it gave.
        approvals: Vec<TrailApproval>,
        /// Word diff as safe HTML.
        diff: Option<String>,
    }
    /// An approval.
    TrailApproval {
        /// Who.
        by: String,
        /// `trailer`, `merge` or `squash`.
        kind: String,
        /// When.
        date: String,
        /// Short commit id.
        commit: String,
        /// Whether it counts.
        counts: bool,
        /// Why not.
        reason: Option<String>,
        /// `verified`, `unverified`, or `unsigned`.
        signature: Option<String>,
        /// Who made the commit that says so, where that is somebody else.
        recorded_by: Option<String>,
        /// Where it was given that the commit only records.
        via: Option<String>,
        /// Short id of the commit that took it back.
        reverted_by: Option<String>,
    }
    /// A deadline.
    TrailClock {
        /// `met`, `late`, `pending`, `overdue` or `unknown`.
        outcome: String,
        /// Last instant in time.
        due: Option<String>,
    }
}

impl Pages<'_> {
    pub(super) fn trail(&self, entry: &Entry) -> TrailView {
        let reviewed = entry.checked.reviewed();
        let approvals = reviewed.approvals();
        let (diffs, older_diffs) = self.word_diffs(entry);
        let told = reviewed.revisions().iter().zip(diffs);
        let mut revisions: Vec<(usize, TrailRevision)> =
            told.map(|(revision, diff)| (revision.revision.commit.position, self.revision(revision, approvals, diff))).collect();
        for approval in approvals {
            let is_known = |id: &str| revisions.iter().any(|(_, revision)| revision.commit == id);
            if !is_known(&approval.commit.id.short()) {
                revisions.push((approval.commit.position, self.approving_commit(approval, approvals)));
            }
        }
        revisions.sort_by_key(|(order, _)| *order);
        let newest = reviewed.approved().first();
        let counted = newest.map_or(0, |text| {
            let mut people: Vec<&crate::model::Person> = Vec::new();
            for approval in approvals.iter().filter(|approval| approval.rejected.is_none() && approval.blob == text.blob) {
                if !people.iter().any(|person| person.is_same(&approval.by)) {
                    people.push(&approval.by);
                }
            }
            people.len()
        });
        let clocks = reviewed.clocks();
        TrailView {
            state: reviewed.state().name().to_owned(),
            required: reviewed.required(),
            counted,
            revisions: revisions.into_iter().map(|(_, revision)| revision).collect(),
            approvals: approvals.iter().map(|approval| self.approval(approval)).collect(),
            drafted: clocks.draft.done.map(rfc3339),
            completed: clocks.completion.done.map(rfc3339),
            draft_sla: self.clock(&clocks.draft),
            completion_sla: self.clock(&clocks.completion),
            since_approval: self.since_approval(entry),
            older_diffs,
        }
    }

    fn revision(&self, revision: &ReviewedRevision, approvals: &[Approval], diff: Option<String>) -> TrailRevision {
        let commit = &revision.revision.commit;
        let here = approvals.iter().filter(|approval| approval.commit.id == commit.id);
        let here: Vec<TrailApproval> = here.map(|approval| self.approval(approval)).collect();
        TrailRevision {
            commit: commit.id.short(),
            author: commit.author.to_string(),
            co_authors: commit.co_authors.iter().map(ToString::to_string).collect(),
            date: rfc3339(commit.authored),
            subject: commit.subject.clone(),
            changes: words::changes(&self.language, &revision.changes, !here.is_empty()),
            renamed_from: revision.revision.renamed_from.clone(),
            pull_request: commit.pull_request.as_ref().map(|number| format!("#{number}")),
            after_approval: revision.is_after_approval,
            approvals: here,
            diff,
        }
    }

    /// A merge or an empty commit that approved without changing the text.
    fn approving_commit(&self, approval: &Approval, approvals: &[Approval]) -> TrailRevision {
        let commit = &approval.commit;
        TrailRevision {
            commit: commit.id.short(),
            author: commit.author.to_string(),
            co_authors: Vec::new(),
            date: rfc3339(commit.authored),
            subject: commit.subject.clone(),
            changes: self.language.text("change-approval"),
            renamed_from: None,
            pull_request: commit.pull_request.as_ref().map(|number| format!("#{number}")),
            after_approval: false,
            approvals: approvals.iter().filter(|other| other.commit.id == commit.id).map(|other| self.approval(other)).collect(),
            diff: None,
        }
    }

    fn approval(&self, approval: &Approval) -> TrailApproval {
        TrailApproval {
            by: approval.by.to_string(),
            kind: approval.kind.name().to_owned(),
            date: rfc3339(approval.commit.authored),
            commit: approval.commit.id.short(),
            counts: approval.rejected.is_none(),
            reason: approval.rejected.map(|rejection| words::rejection(&self.language, rejection)),
            signature: Some(
                match &approval.signature {
                    Signature::Verified(_) => "verified",
                    Signature::NotVerified => "unverified",
                    Signature::Unsigned => "unsigned",
                }
                .to_owned(),
            ),
            recorded_by: approval.recorded_by.as_ref().map(ToString::to_string),
            via: approval.via.clone(),
            reverted_by: approval.reverted_by.as_ref().map(|commit| commit.id.short()),
        }
    }

    fn clock(&self, clock: &Clock) -> TrailClock {
        let due = clock.due.map(|due| rfc3339(due.with_timezone(&self.settings.site.timezone).fixed_offset()));
        TrailClock { outcome: clock.outcome.name().to_owned(), due }
    }
}
