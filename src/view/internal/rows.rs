use super::{Pages, href, lists::folder_href};
use crate::{
    corpus::Entry,
    findings::Level,
    view::{site::rfc3339, value::template_structs},
};

template_structs! {
    /// A severity: what a badge shows.
    SeverityTag {
        /// Configured id, else the word as written.
        id: String,
        /// Configured name.
        name: Option<String>,
        /// 1 is the most severe; none when it is not configured.
        rank: Option<usize>,
    }
    /// A service with its page.
    ServiceLink {
        /// Id, or the name as written.
        id: String,
        /// Name.
        name: String,
        /// Its page from the site's root.
        href: Option<String>,
    }
    /// A postmortem in a list.
    ListRow {
        /// Id.
        id: String,
        /// Title.
        title: String,
        /// Language of the title, where it is not that of the interface.
        lang: Option<String>,
        /// Its page from the site's root.
        href: String,
        /// When impact began.
        started: Option<String>,
        /// How bad it was.
        severity: Option<SeverityTag>,
        /// What it hit.
        services: Vec<ServiceLink>,
        /// From start to resolution.
        duration_minutes: Option<f64>,
        /// What the author declares.
        status: Option<String>,
        /// State of its review.
        review: String,
        /// Nothing happened, but it could have.
        near_miss: bool,
        /// Number of errors found in it.
        errors: usize,
        /// Days for which it has waited, on agendas.
        waiting_days: Option<usize>,
    }
}

impl Pages<'_> {
    pub(super) fn severity_tag(&self, entry: &Entry) -> Option<SeverityTag> {
        let value = &entry.postmortem().severity.as_ref()?.value;
        let known = value.rank.and_then(|rank| self.settings.severities.get(rank));
        Some(SeverityTag {
            id: known.map_or_else(|| value.written.clone(), |severity| severity.id.clone()),
            name: known.map(|severity| severity.name.clone()),
            rank: value.rank.map(|rank| rank + 1),
        })
    }

    pub(super) fn service_link(&self, written: &str) -> ServiceLink {
        let known = self.settings.service(written);
        let id = known.map_or(written, |service| &service.id);
        ServiceLink { id: id.to_owned(), name: known.map_or_else(|| written.to_owned(), |service| service.name.clone()), href: service_href(id) }
    }

    /// The language of a document, where it is not that of the interface.
    pub(super) fn foreign_lang(&self, entry: &Entry) -> Option<String> {
        let written =
            entry.postmortem().lang.as_ref().map_or(&self.settings.site.languages.first().cloned().unwrap_or_default(), |lang| &lang.value).clone();
        (!written.is_empty() && written.split('-').next() != Some(self.language.code())).then_some(written)
    }

    pub(super) fn row(&self, entry: &Entry) -> ListRow {
        let postmortem = entry.postmortem();
        ListRow {
            id: postmortem.id.value.clone(),
            title: postmortem.title.value.clone(),
            lang: self.foreign_lang(entry),
            href: href(&entry.key),
            started: entry.started.map(rfc3339),
            severity: self.severity_tag(entry),
            services: postmortem.services.iter().map(|service| self.service_link(&service.value)).collect(),
            duration_minutes: entry.metrics.duration.filter(|minutes| *minutes >= 0.0),
            status: postmortem.status.as_ref().map(|status| status.value.name().to_owned()),
            review: entry.checked.reviewed().state().name().to_owned(),
            near_miss: postmortem.near_miss,
            errors: entry.checked.findings().iter().filter(|finding| finding.level == Level::Error).count(),
            waiting_days: None,
        }
    }
}

/// The page of a service; none for a name without a letter or digit.
pub(super) fn service_href(id: &str) -> Option<String> {
    folder_href("services", id)
}
