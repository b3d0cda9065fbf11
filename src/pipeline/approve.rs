//! What an approval would say, and why it can't be given.

use super::{Loaded, UnknownPostmortem};
use crate::{
    config::ApprovalKind,
    corpus::Entry,
    model::Person,
    repo::ObjectId,
    review::{Approval, Identities, Rejection, Reviewed, VIA},
    rules::Checked,
    text::fold,
};

/// The trailer that names a postmortem.
const POSTMORTEM: &str = "Postmortem";

/// Who approves, and where they did when somebody else records it.
#[derive(Debug, Clone)]
pub struct Approver {
    /// Who reviewed.
    pub person: Person,
    /// Address of the place where they approved, such as a pull request.
    pub via: Option<String>,
}

/// Why an approval can't be given.
#[derive(Debug, thiserror::Error)]
pub enum ApproveError {
    /// No postmortem has that id.
    #[error(transparent)]
    Unknown(#[from] UnknownPostmortem),
    /// The text is in no commit, or not as it stands in the work tree.
    #[error("`{0}` has changes that are not committed: nobody could tell which text was approved")]
    Uncommitted(String),
    /// It would not count.
    #[error("an approval of `{id}` by {by} would not count: {}", reason.reason())]
    Rejected {
        /// As given.
        id: String,
        /// Who.
        by: Person,
        /// Why.
        reason: Rejection,
    },
    /// A name or path that no trailer can hold.
    #[error("`{0}` can't stand in a trailer")]
    Unwritable(String),
}

impl ApproveError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::Unknown(unknown) => return unknown.hint(),
            Self::Uncommitted(_) => "commit the text, or take the changes back, and look at it again",
            Self::Rejected { reason: Rejection::Wrote, .. } => "ask somebody who wrote none of it",
            Self::Rejected { reason: Rejection::Unidentified, .. } => "write `Name <address>`, or name them under `people:` in lookback.yml",
            Self::Rejected { reason: Rejection::NotAnApprover, .. } => "`review.approvers` in lookback.yml lists those who count",
            Self::Rejected { reason: Rejection::KindNotAccepted, .. } => "add `trailer` to `review.accept` in lookback.yml",
            Self::Rejected { reason: Rejection::Bot, .. } => "record the approval of a person: `--as PERSON --via URL`",
            Self::Rejected { .. } => "`lookback history ID` tells the trail",
            Self::Unwritable(_) => "give the postmortem an `id` of letters, digits, `-`, `_` and `.`",
        }
        .to_owned()
    }
}

/// A postmortem whose text is to be approved.
#[derive(Debug)]
pub struct Proposed<'a> {
    /// What its trailer says: its id, or its path where somebody else has the same id.
    pub name: String,
    /// Its trail.
    pub reviewed: &'a Reviewed,
    /// How it is shown; `None` for a privileged document, which never is.
    pub entry: Option<&'a Entry>,
    /// The commit by which the same person approved the same text.
    pub already: Option<ObjectId>,
}

/// Finds the postmortems, each once, and makes sure that an approval of each would count.
///
/// # Errors
/// The first reason against it.
pub fn propose<'a>(loaded: &'a Loaded, ids: &[String], by: &Person) -> Result<Vec<Proposed<'a>>, ApproveError> {
    let identities = Identities::new(&loaded.settings, &loaded.people);
    let mut proposed: Vec<Proposed<'a>> = Vec::new();
    for id in ids {
        let (reviewed, entry) = match loaded.privileged(id) {
            Some(checked) => (checked.reviewed(), None),
            None => loaded.entry(id).map(|entry| (entry.checked.reviewed(), Some(entry)))?,
        };
        let path = reviewed.parsed().source().path();
        if proposed.iter().any(|other| other.reviewed.parsed().source().path() == path) {
            continue;
        }
        if reviewed.committed().is_none() || is_uncommitted(loaded, path) {
            return Err(ApproveError::Uncommitted(id.clone()));
        }
        if let Some(reason) = reviewed.objection(by, &loaded.settings.review, &identities) {
            return Err(ApproveError::Rejected { id: id.clone(), by: by.clone(), reason });
        }
        let theirs = |approval: &&Approval| approval.rejected.is_none() && identities.may_be_same(&approval.by, by);
        let has_approved = reviewed.approvers().iter().any(|known| identities.may_be_same(known, by));
        let already = reviewed.approvals().iter().rev().filter(|_| has_approved).find(theirs).map(|approval| approval.commit.id);
        let name = name(loaded, reviewed);
        if name.trim() != name || name.contains(char::is_control) {
            return Err(ApproveError::Unwritable(id.clone()));
        }
        proposed.push(Proposed { name, reviewed, entry, already });
    }
    Ok(proposed)
}

/// Subject and trailers of the commit that approves.
#[must_use]
pub fn message(loaded: &Loaded, proposed: &[Proposed<'_>], by: &Approver) -> (String, Vec<(String, String)>) {
    let subject = match proposed {
        [one] => format!("Review {}", one.name),
        several => format!("Review {} postmortems", several.len()),
    };
    // The key that the configuration names first is the one that it counts.
    let key = loaded.settings.review.trailers.first().map_or("Reviewed-by", String::as_str);
    let mut trailers = vec![(key.to_owned(), written(&by.person))];
    trailers.extend(proposed.iter().map(|one| (POSTMORTEM.to_owned(), one.name.clone())));
    trailers.extend(by.via.iter().map(|via| (VIA.to_owned(), via.clone())));
    (subject, trailers)
}

/// Who is meant by a name, an address or a handle, as far as the configuration and the history know.
#[must_use]
pub fn known_person(loaded: &Loaded, written: &Person) -> Person {
    Identities::new(&loaded.settings, &loaded.people).resolve(written)
}

/// Whether approvals count at all while signatures are asked for, which this version does not verify.
#[must_use]
pub fn counts_nothing(loaded: &Loaded) -> bool {
    loaded.settings.review.require_signed || !loaded.settings.review.accept.contains(&ApprovalKind::Trailer)
}

/// `Name <address>`, else what is known.
fn written(person: &Person) -> String {
    match (&person.email, &person.handle) {
        (Some(email), _) => format!("{} <{email}>", person.name).trim_start().to_owned(),
        (None, Some(handle)) if !person.name.is_empty() => format!("{} (@{handle})", person.name),
        _ => person.to_string(),
    }
}

/// The document, or what lies beside the text of a bundle.
fn is_uncommitted(loaded: &Loaded, path: &str) -> bool {
    let bundle = path.strip_suffix("index.md").or_else(|| path.strip_suffix("index.markdown"));
    let belongs = |other: &String| other == path || bundle.is_some_and(|folder| !folder.is_empty() && other.starts_with(folder));
    loaded.uncommitted.iter().any(belongs)
}

fn name(loaded: &Loaded, reviewed: &Reviewed) -> String {
    let parsed = reviewed.parsed();
    let id = &parsed.postmortem().id.value;
    let all = loaded.corpus.entries().iter().map(|entry| &entry.checked).chain(loaded.corpus.privileged());
    let has_it = |checked: &&Checked| fold(&checked.reviewed().parsed().postmortem().id.value) == fold(id);
    if all.filter(has_it).count() == 1 { id.clone() } else { parsed.source().path().to_owned() }
}
