use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset, Utc};

use super::{Publication, Trends};
use crate::{
    config::Settings,
    model::{Metrics, Milestone, Postmortem},
    rules::Checked,
    text::{fold, nfc},
};

/// Every postmortem that may be shown to anybody, in a fixed order: newest start first, unknown starts last.
#[derive(Debug)]
pub struct Corpus {
    entries: Vec<Entry>,
    privileged: Vec<Checked>,
    trends: Trends,
    /// Position by folded id; of duplicate ids the newest.
    ids: BTreeMap<String, usize>,
}

/// One postmortem of the corpus.
#[derive(Debug)]
pub struct Entry {
    /// Text, trail and findings.
    pub checked: Checked,
    /// Last part of its internal address; unique without regard to case.
    pub key: String,
    /// When impact began.
    pub started: Option<DateTime<FixedOffset>>,
    /// Its clocks.
    pub metrics: Metrics,
    /// What each external audience reads, by the audience's name.
    pub publications: BTreeMap<String, Publication>,
}

impl Entry {
    /// The typed postmortem at the tip.
    #[must_use]
    pub fn postmortem(&self) -> &Postmortem {
        self.checked.reviewed().parsed().postmortem()
    }

    /// Path of the document from the repository root.
    #[must_use]
    pub fn path(&self) -> &str {
        self.checked.reviewed().parsed().source().path()
    }
}

impl Corpus {
    /// Brings checked postmortems together. Privileged ones are set apart: only their findings can be asked for.
    #[must_use]
    pub fn new(checked: Vec<Checked>, settings: &Settings, now: DateTime<Utc>) -> Self {
        Self::keeping(checked, |_| false, settings, now)
    }

    /// The same without what became privileged since.
    #[must_use]
    pub fn hiding(self, paths: &BTreeSet<String>, settings: &Settings, now: DateTime<Utc>) -> Self {
        let checked = self.entries.into_iter().map(|entry| entry.checked).chain(self.privileged).collect();
        Self::keeping(checked, |path| paths.contains(path), settings, now)
    }

    fn keeping(checked: Vec<Checked>, is_hidden: impl Fn(&str) -> bool, settings: &Settings, now: DateTime<Utc>) -> Self {
        let (privileged, shown): (Vec<_>, Vec<_>) = checked.into_iter().partition(|one| {
            let parsed = one.reviewed().parsed();
            parsed.postmortem().privileged || is_hidden(parsed.source().path())
        });
        let mut entries: Vec<Entry> = shown
            .into_iter()
            .map(|checked| {
                let postmortem = checked.reviewed().parsed().postmortem();
                Entry {
                    key: postmortem.id.value.clone(),
                    started: postmortem.times.at(Milestone::Started),
                    metrics: Metrics::of(postmortem),
                    publications: settings
                        .audiences
                        .iter()
                        .map(|audience| (audience.name.clone(), Publication::decide(&checked, audience, settings, now)))
                        .collect(),
                    checked,
                }
            })
            .collect();
        give_unique_keys(&mut entries);
        entries.sort_by(|one, other| (other.started.is_some(), other.started, &one.key).cmp(&(one.started.is_some(), one.started, &other.key)));
        let ids = entries.iter().enumerate().rev().map(|(index, entry)| (fold(&entry.postmortem().id.value), index)).collect();
        Self { trends: Trends::new(&entries, settings, now), ids, entries, privileged }
    }

    /// The postmortems, newest first.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Privileged documents: `check` names rule, path and line of their findings, and nothing else ever shows them.
    #[must_use]
    pub fn privileged(&self) -> &[Checked] {
        &self.privileged
    }

    /// Figures over everything that counts.
    #[must_use]
    pub const fn trends(&self) -> &Trends {
        &self.trends
    }

    /// The postmortem that a reference such as `related` means: an id without regard to case.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Entry> {
        self.entries.get(*self.ids.get(&fold(id.trim()))?)
    }
}

/// Duplicate ids get `-2`, `-3` … in the order of their paths, so that every document keeps a page of its own.
fn give_unique_keys(entries: &mut [Entry]) {
    entries.sort_by(|one, other| one.path().cmp(other.path()));
    // The list of all postmortems stands beside their folders.
    let mut taken = BTreeSet::from(["index.html".to_owned()]);
    for entry in entries {
        let base = nfc(&entry.key);
        let mut key = base.clone();
        let mut number = 2;
        while !taken.insert(fold(&key)) {
            key = format!("{base}-{number}");
            number += 1;
        }
        entry.key = key;
    }
}
