use std::collections::{BTreeMap, BTreeSet};

use super::{
    Pages,
    actions::{ActionGroup, ActionPerson},
    list,
    lists::folder_href,
};
use crate::{
    corpus::Entry,
    view::{Page, site::pair},
};

/// The page of everybody who owns a postmortem or an action, by the name that is shown. Names whose address would be the same get a number.
pub(super) fn people_pages(entries: &[Entry]) -> BTreeMap<String, String> {
    let names: BTreeSet<String> = entries
        .iter()
        .map(Entry::postmortem)
        .flat_map(|postmortem| {
            let actions = postmortem.actions.iter().filter_map(|action| action.value.owner.as_ref());
            postmortem.owner.iter().map(|owner| &owner.value).chain(actions).map(ToString::to_string)
        })
        .collect();
    let mut taken = BTreeSet::new();
    let mut pages = BTreeMap::new();
    for name in names {
        let mut number = 1;
        let href = loop {
            let word = if number == 1 { name.clone() } else { format!("{name} {number}") };
            match folder_href("people", &word) {
                Some(href) if !taken.insert(href.clone()) => number += 1,
                href => break href,
            }
        };
        pages.extend(href.map(|href| (name, href)));
    }
    pages
}

impl Pages<'_> {
    /// A page for everybody who owns something: what is late, what is open, what is done, and which postmortems are theirs.
    pub(super) fn people(&self) -> Vec<Page> {
        let mut actions = BTreeMap::new();
        for action in self.actions_with_origin(self.corpus.entries().iter()) {
            if let Some(name) = action.owner.clone() {
                actions.entry(name).or_insert_with(Vec::new).push(action);
            }
        }
        let mut postmortems: BTreeMap<String, Vec<&Entry>> = BTreeMap::new();
        for entry in self.corpus.entries() {
            if let Some(owner) = &entry.postmortem().owner {
                postmortems.entry(owner.value.to_string()).or_default().push(entry);
            }
        }
        let mut pages = Vec::new();
        for (name, href) in &self.people {
            let actions = actions.remove(name).unwrap_or_default();
            let owned = postmortems.get(name).map(Vec::as_slice).unwrap_or_default();
            let folder = href.trim_end_matches("/index.html");
            let facet = || Some(super::lists::FacetView { key: "owner".to_owned(), name: name.clone(), href: href.clone() });
            let (years, more) = self.years(owned, folder, folder, &facet);
            pages.extend(more);
            pages.push(Page {
                template: "person",
                kind: "person",
                path: href.clone(),
                description: None,
                context: vec![
                    pair("person", &ActionPerson::of(name, Some(href), &actions)),
                    ("count", owned.len().into()),
                    ("groups", list(&ActionGroup::of(actions))),
                    ("years", list(&years)),
                ],
            });
        }
        pages
    }
}
