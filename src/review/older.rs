use std::{collections::BTreeMap, sync::Arc};

use super::{Substance, substance::Substances};
use crate::{
    repo::ObjectId,
    source::{Parsed, Skim},
};

/// Reads older texts of documents; `None` where git can't give them.
pub trait OlderTexts {
    /// The front matter of a text.
    fn skim(&mut self, path: &str, blob: ObjectId) -> Option<Skim>;
    /// The whole text.
    fn parse(&mut self, path: &str, blob: ObjectId) -> Option<Parsed>;
}

/// Texts that are read whole anyway.
impl<F: FnMut(&str, ObjectId) -> Option<Parsed>> OlderTexts for F {
    fn skim(&mut self, path: &str, blob: ObjectId) -> Option<Skim> {
        self(path, blob).as_ref().map(Skim::from)
    }

    fn parse(&mut self, path: &str, blob: ObjectId) -> Option<Parsed> {
        self(path, blob)
    }
}

/// A text and what it says.
pub(super) type Text = (Arc<Skim>, Arc<Substance>);

/// Older texts, each read and compared once.
pub(super) struct Texts<O> {
    pub(super) older: O,
    substances: Substances,
    known: BTreeMap<ObjectId, Option<Text>>,
    pub(super) unreadable: Vec<ObjectId>,
}

impl<O: OlderTexts> Texts<O> {
    pub(super) fn new(older: O) -> Self {
        Self { older, substances: Substances::default(), known: BTreeMap::new(), unreadable: Vec::new() }
    }

    /// What a text says that is parsed already.
    pub(super) fn of_parsed(&mut self, parsed: &Parsed) -> Substance {
        self.substances.of_parsed(parsed)
    }

    /// An older text; `None` where it can't be read.
    pub(super) fn get(&mut self, path: &str, blob: ObjectId) -> Option<Text> {
        let Self { older, substances, known, unreadable } = self;
        let text = known.entry(blob).or_insert_with(|| {
            let skim = older.skim(path, blob);
            if skim.is_none() {
                unreadable.push(blob);
            }
            skim.map(|skim| {
                let substance = Arc::new(substances.of(&skim));
                (Arc::new(skim), substance)
            })
        });
        text.clone()
    }
}
