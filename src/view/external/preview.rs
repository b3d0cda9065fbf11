use std::collections::BTreeSet;

use super::{
    ExternalPages, Reading,
    address::{Address, unused},
};
use crate::{
    corpus::{Entry, Publication},
    source::FrontMatterKind,
    view::{internal::held_back, site::AssetOrigin, value::template_structs},
};

template_structs! {
    /// Says of a text that customers don't read it.
    Preview {
        /// Whether it is in a commit.
        committed: bool,
        /// Whether customers read an earlier text.
        published: bool,
        /// What keeps it from them.
        reason: Option<String>,
    }
}

/// What is written now, of which `serve` shows what customers would read. A build never has it.
#[derive(Debug, Clone, Copy)]
pub struct WorkTree<'a> {
    /// Paths that are not as the tip has them.
    pub uncommitted: &'a BTreeSet<String>,
    /// Paths of the files beside the documents.
    pub files: &'a BTreeSet<String>,
}

/// What would be read, and where.
pub(super) struct Previewed {
    pub(super) reading: Reading,
    pub(super) preview: Preview,
    pub(super) address: Address,
}

impl ExternalPages<'_> {
    /// What the text of the work tree would show, where that is not what customers read.
    pub(super) fn previewed(
        &self,
        entry: &Entry,
        read: Option<&Reading>,
        address: Option<&Address>,
        taken: &mut BTreeSet<String>,
    ) -> Option<Previewed> {
        let work_tree = self.work_tree?;
        let parsed = entry.checked.reviewed().parsed();
        let postmortem = parsed.postmortem();
        let is_meant = parsed.front_matter_kind() != FrontMatterKind::Broken && postmortem.is_marked_for(&self.audience.name);
        if !is_meant || postmortem.is_withdrawn() || postmortem.privileged {
            return None;
        }
        let reading = Reading::of(parsed, self.audience, self.settings);
        let committed = !work_tree.uncommitted.contains(entry.path());
        if read == Some(&reading) {
            return None;
        }
        let reason = match entry.publications.get(&self.audience.name) {
            Some(Publication::HeldBack(reason)) if committed => Some(held_back(&self.language, reason)),
            _ => None,
        };
        // A page that is there keeps its address for as long as the text is not read.
        let address = address.cloned().unwrap_or_else(|| {
            let slug = unused(&reading.slug(postmortem.slug_for(&self.audience.name)), taken);
            Address { first: slug.clone(), slug, former: Vec::new() }
        });
        Some(Previewed { reading, preview: Preview { committed, published: read.is_some(), reason }, address })
    }

    /// A file beside a document, as it is now.
    pub(super) fn file_of_work_tree(&self, path: &str) -> Option<(String, AssetOrigin)> {
        let is_there = self.work_tree.is_some_and(|work_tree| work_tree.files.contains(path));
        is_there.then(|| (path.to_owned(), AssetOrigin::File(path.to_owned())))
    }
}
