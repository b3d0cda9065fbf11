use super::Loaded;
use crate::{corpus::Entry, rules::Checked, text::fold};

/// Nobody has this id or path.
#[derive(Debug, thiserror::Error)]
#[error("there is no postmortem `{wanted}`")]
pub struct UnknownPostmortem {
    wanted: String,
    near: Option<String>,
}

impl UnknownPostmortem {
    /// What may have been meant.
    #[must_use]
    pub fn hint(&self) -> String {
        self.near.as_ref().map_or_else(|| "this repository has no postmortems".to_owned(), |near| format!("the nearest id is `{near}`"))
    }
}

impl Loaded {
    /// The postmortem of an id or path, privileged ones aside.
    ///
    /// # Errors
    /// There is none.
    pub fn entry(&self, wanted: &str) -> Result<&Entry, UnknownPostmortem> {
        let entries = self.corpus.entries();
        let wanted = wanted.trim_start_matches("./");
        let found = self.corpus.find(wanted).or_else(|| entries.iter().find(|entry| entry.path() == wanted || entry.key == wanted));
        let likeness = |id: &str| strsim::jaro_winkler(&fold(id), &fold(wanted));
        let ids = entries.iter().map(|entry| &*entry.postmortem().id.value);
        let near = ids.max_by(|one, other| likeness(one).total_cmp(&likeness(other)));
        found.ok_or_else(|| UnknownPostmortem { wanted: wanted.to_owned(), near: near.map(str::to_owned) })
    }

    /// The privileged document of an id or path, in full.
    #[must_use]
    pub fn privileged(&self, wanted: &str) -> Option<&Checked> {
        let wanted = wanted.trim_start_matches("./");
        self.corpus.privileged().iter().find(|checked| {
            let parsed = checked.reviewed().parsed();
            parsed.source().path() == wanted || fold(&parsed.postmortem().id.value) == fold(wanted.trim())
        })
    }
}
