use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    config::Settings,
    model::{Metrics, Postmortem},
    review::Reviewed,
    source::Parsed,
};

/// What a rule may look at.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    /// The text that is checked: the tip, or an older revision that would be published.
    pub parsed: &'a Parsed,
    /// The trail; `None` where a text is checked on its own.
    pub reviewed: Option<&'a Reviewed>,
    /// The configuration.
    pub settings: &'a Settings,
    /// What is known of the repository around it.
    pub surroundings: &'a Surroundings,
    /// The clock of the run.
    pub now: DateTime<Utc>,
}

/// What rules may know of the repository beside the text.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// Paths of all files of the content, for links and images.
    pub files: BTreeSet<String>,
    /// Everybody that git, configuration or any front matter names.
    pub people: People,
    /// Whether the history could be read whole.
    pub is_history_complete: bool,
}

/// Everybody by what can identify them in a text. Single names never do.
#[derive(Debug, Clone, Default)]
pub struct People {
    /// Full names (at least two words, or at least three Hangul syllables).
    pub names: BTreeSet<String>,
    /// E-mail addresses, lower case.
    pub emails: BTreeSet<String>,
    /// Handles without `@`, lower case.
    pub handles: BTreeSet<String>,
}

impl<'a> Document<'a> {
    /// The typed postmortem.
    #[must_use]
    pub fn postmortem(&self) -> &'a Postmortem {
        self.parsed.postmortem()
    }

    /// Index of its severity into the configured ones.
    #[must_use]
    pub fn severity(&self) -> Option<usize> {
        self.postmortem().severity.as_ref().and_then(|severity| severity.value.rank)
    }

    /// Today in the site's zone.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.settings.site.timezone).date_naive()
    }

    /// Whether external audience `name` is meant to read it.
    #[must_use]
    pub fn is_meant_for(&self, name: &str) -> bool {
        self.postmortem().is_marked_for(name)
    }
}

/// What all documents say together, for rules that compare them.
#[derive(Debug, Clone, Default)]
pub struct CorpusFacts {
    /// Paths by id, folded.
    pub ids: BTreeMap<String, Vec<String>>,
    /// One line per counted document, by time of start.
    pub incidents: Vec<IncidentFacts>,
    /// Paths by folded action title.
    pub actions: BTreeMap<String, BTreeSet<String>>,
}

/// What one document contributes to comparisons.
#[derive(Debug, Clone)]
pub struct IncidentFacts {
    /// Path.
    pub path: String,
    /// Id.
    pub id: String,
    /// Start, where known.
    pub started: Option<DateTime<Utc>>,
    /// End, where known.
    pub resolved: Option<DateTime<Utc>>,
    /// Services.
    pub services: BTreeSet<String>,
    /// Causes.
    pub causes: BTreeSet<String>,
    /// Its clocks.
    pub metrics: Metrics,
}

impl CorpusFacts {
    /// Collects from every document; privileged ones contribute their id only.
    #[must_use]
    pub fn of<'a>(documents: impl IntoIterator<Item = &'a Parsed>) -> Self {
        let mut facts = Self::default();
        for parsed in documents {
            let postmortem = parsed.postmortem();
            let path = parsed.source().path().to_owned();
            facts.ids.entry(crate::text::fold(&postmortem.id.value)).or_default().push(path.clone());
            if postmortem.privileged {
                continue;
            }
            for action in &postmortem.actions {
                facts.actions.entry(crate::text::fold(action.value.title.trim())).or_default().insert(path.clone());
            }
            if postmortem.is_counted() {
                let at = |milestone| postmortem.times.at(milestone).map(|at| at.with_timezone(&Utc));
                facts.incidents.push(IncidentFacts {
                    path,
                    id: postmortem.id.value.clone(),
                    started: at(crate::model::Milestone::Started),
                    resolved: at(crate::model::Milestone::Resolved),
                    services: postmortem.services.iter().map(|service| service.value.clone()).collect(),
                    causes: postmortem.causes.iter().map(|cause| cause.value.clone()).collect(),
                    metrics: Metrics::of(postmortem),
                });
            }
        }
        facts.incidents.sort_by(|one, other| (one.started, &one.path).cmp(&(other.started, &other.path)));
        facts
    }
}
