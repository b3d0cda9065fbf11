use std::fmt::Write as _;

use super::history;
use crate::{
    cli::Approve,
    i18n::Catalogue,
    model::Person,
    pipeline::{Approver, Loaded, Proposed, is_signed_enough, known_person, message, propose, settings},
    repo::RepoError,
    review::{ApprovedText, ReviewState, ReviewedRevision},
    run::{Context, FINE, Failure},
    view,
};

pub(crate) fn run(context: &mut Context<'_>, options: &Approve) -> Result<u8, Failure> {
    let repository = context.repository()?;
    if !repository.reads_work_tree() || repository.tip().is_none() {
        return Err(RepoError::NoBranch.into());
    }
    if repository.is_shallow() || repository.is_partial() {
        return Err(Failure::new(
            "this is a shallow or partial clone: who wrote what since the last approval can't be told from it",
            "fetch the whole history (`fetch-depth: 0` in CI, `git fetch --unshallow`, `git fetch --refetch --no-filter`)",
        ));
    }
    if !options.yes && !context.can_ask() {
        return Err(Failure::new("nobody is here to answer whether this is what you approve", "look at `lookback history ID`, then pass --yes"));
    }
    let loaded = Loaded::new(&repository, settings(&repository)?, None, context.now)?;
    let recorder = repository.identity()?;
    let person = match &options.on_behalf_of {
        Some(written) => known_person(&loaded, &repository.mapped(written)?),
        None => recorder.clone(),
    };
    let by = Approver { person, via: options.via.clone() };
    let (proposed, known): (Vec<_>, Vec<_>) = propose(&loaded, &options.ids, &by.person)?.into_iter().partition(|one| one.already.is_none());
    for (one, commit) in known.iter().filter_map(|one| Some((one, one.already?))) {
        context.say(&format!("{}: {} has approved this text already, in {}", one.name, by.person, commit.short()))?;
    }
    if proposed.is_empty() {
        return Ok(FINE);
    }
    let language = Catalogue::load("en")?;
    for one in &proposed {
        let text = shown(one, &language, context);
        context.print(&text)?;
    }
    let recorded = if options.on_behalf_of.is_some() { format!(", recorded by {recorder}") } else { String::new() };
    if !options.yes && !context.confirm(&format!("Approve {} as {}{recorded}?", these(&proposed), full(&by.person)))? {
        context.say("nothing was recorded")?;
        return Ok(FINE);
    }
    let (subject, trailers) = message(&loaded, &proposed, &by);
    let id = repository.record(&subject, &trailers)?;
    context.say(&format!("{}: {} approved by {}{recorded}", id.short(), these(&proposed), full(&by.person)))?;
    if !is_signed_enough(&loaded, &repository, id, &by.person)? {
        context
            .warn("the configuration asks for a verified signature of the approver, which this commit lacks: it is on the trail, and does not count");
    }
    if repository.is_detached()? {
        context.warn("this commit is on no branch: push it by its name, or it is lost");
    }
    Ok(FINE)
}

/// What is approved: the changes since the newest approved text, or all of them.
fn shown(one: &Proposed<'_>, language: &Catalogue, context: &Context<'_>) -> String {
    let Some(entry) = one.entry else { return format!("{}: privileged, so nothing of it is shown\n\n", one.name) };
    let (dim, end) = context.dim();
    let reviewed = one.reviewed;
    let mut out = format!("{}\n{} · {}\n", entry.postmortem().title.value, one.name, entry.path());
    let since = |newest: &ApprovedText| format!("{} of {}", newest.commit.id.short(), newest.commit.authored.format("%Y-%m-%d"));
    let newest = reviewed.approved().first().map(since);
    let revisions: Vec<&ReviewedRevision> = match (reviewed.state(), &newest) {
        (ReviewState::Stale, Some(newest)) => {
            let _ = writeln!(out, "changed since the approved text in {newest}:");
            reviewed.revisions().iter().filter(|revision| revision.is_after_approval).collect()
        }
        (ReviewState::Approved, Some(newest)) => {
            let _ = writeln!(out, "approved already, in {newest}; nothing that matters has changed since");
            Vec::new()
        }
        _ => {
            out.push_str("never approved before:\n");
            reviewed.revisions().iter().collect()
        }
    };
    for revision in revisions {
        let words = view::change_words(language, &revision.changes);
        let _ = writeln!(out, "  {}\n      {words}", history::line(&revision.revision.commit, dim, end));
    }
    let (given, needed) = (reviewed.approvers().len(), reviewed.required());
    let _ = writeln!(out, "this text has {given} of {}\n", history::approvals(needed));
    out
}

fn these(proposed: &[Proposed<'_>]) -> String {
    proposed.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn full(person: &Person) -> String {
    person.email.as_ref().map_or_else(|| person.to_string(), |email| format!("{person} <{email}>"))
}
