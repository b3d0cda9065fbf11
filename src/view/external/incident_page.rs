use std::collections::BTreeSet;

use super::{ExternalPages, Reading, ReadingSection, incident::Incident, metadata, timeline::timeline};
use crate::{
    text::slug,
    view::{
        Page,
        html::{RawHtml, Renderer, plain_text},
        internal::zone,
        search::shortened,
        site::{pair, rfc3339},
        value::template_structs,
    },
};

template_structs! {
    /// A public section.
    PublicSection {
        /// Anchor.
        id: String,
        /// Title.
        title: String,
        /// Whether the title is a word of the interface and not of the text.
        is_named_here: bool,
        /// Safe HTML.
        html: String,
    }
}

impl ExternalPages<'_> {
    /// The page of an incident, and what happened in a few sentences, as HTML.
    pub(super) fn incident_page(&self, incident: &Incident) -> (Page, String) {
        let reading = &incident.reading;
        let addresses = incident.images.iter().map(|(url, asset)| (url.clone(), format!("{}../../{}", self.edition.up(), asset.path))).collect();
        let mut renderer = Renderer::new(RawHtml::Dropped, &addresses);
        renderer.ids = BTreeSet::from(["main", "what-happened", "timeline", "corrections"].map(str::to_owned));
        // Without a summary of its own, the section that is written for customers opens the page.
        let (opening, rest): (Vec<&ReadingSection>, Vec<&ReadingSection>) = match reading.summary {
            Some(_) => (Vec::new(), reading.sections.iter().collect()),
            None => reading.sections.iter().partition(|section| section.is_customer_summary()),
        };
        let mut summary = reading.summary.as_deref().map(|text| renderer.render(text)).unwrap_or_default();
        for section in opening {
            summary.push_str(&renderer.render(&section.markdown));
        }
        // Who was affected is asked before what happened when.
        let (affected, further): (Vec<&ReadingSection>, Vec<&ReadingSection>) =
            rest.into_iter().partition(|section| section.kind.as_deref() == Some("impact"));
        let affected = self.sections(&affected, &mut renderer);
        let timeline = timeline(reading, &mut renderer);
        let sections = self.sections(&further, &mut renderer);
        let description = description(reading);
        let context = vec![
            pair("title", &reading.title),
            pair("lang", &self.foreign_lang(reading)),
            pair("summary", &summary),
            pair("severity", &incident.severity()),
            pair("services", &self.services(reading)),
            pair("state", &incident.state()),
            pair("date", &reading.began.map(|day| day.to_string())),
            pair("started", &reading.started.map(rfc3339)),
            pair("resolved", &reading.resolved.map(rfc3339)),
            pair("resolved_date", &reading.ended.map(|day| day.to_string())),
            pair("duration_minutes", &reading.duration_minutes()),
            pair("zone", &reading.started.or(reading.resolved).map(zone)),
            pair("affected", &affected),
            pair("timeline", &timeline),
            pair("sections", &sections),
            pair("corrections", &incident.corrections),
            pair("published", &rfc3339(incident.published)),
            pair("updated", &rfc3339(incident.updated)),
            pair("preview", &incident.preview),
            pair("structured", &metadata::report(self, incident, description.as_deref())),
        ];
        (Page { template: "incident", kind: "incident", path: incident.page(), description, context }, summary)
    }

    fn sections(&self, sections: &[&ReadingSection], renderer: &mut Renderer<'_>) -> Vec<PublicSection> {
        let section = |section: &&ReadingSection| {
            let is_named_here = section.is_customer_summary() || section.title.is_empty();
            let title = if is_named_here { self.language.text("public-details") } else { section.title.clone() };
            PublicSection { id: renderer.unique_id(&slug(&title)), html: renderer.render(&section.markdown), is_named_here, title }
        };
        sections.iter().map(section).collect()
    }
}

/// Characters of a description: search engines and cards show no more.
const DESCRIPTION: usize = 200;

/// What happened, in short.
fn description(reading: &Reading) -> Option<String> {
    let summary = reading.sections.iter().find(|section| section.is_customer_summary()).or_else(|| reading.sections.first());
    let text = reading.summary.as_deref().or_else(|| summary.map(|section| &*section.markdown)).map(plain_text)?;
    Some(shortened(&text, DESCRIPTION)).filter(|text| !text.is_empty())
}
