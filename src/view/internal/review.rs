use super::{
    Pages,
    agenda::{Agenda, AgendaItem, AgendaLesson},
    list,
    rows::ListRow,
};
use crate::view::{
    Page,
    html::{RawHtml, Renderer},
    site::pair,
    value::template_structs,
};

template_structs! {
    /// The next meeting.
    Meeting {
        /// Its day; none when the rhythm is not monthly.
        date: Option<String>,
    }
    /// A part of the agenda.
    PartView {
        /// `new`, `waiting`, `stale` or `unreviewed`.
        key: String,
        /// Its postmortems.
        rows: Vec<ListRow>,
    }
    /// One older postmortem whose lessons touch what happens now.
    Lesson {
        /// Title.
        title: String,
        /// Page.
        href: String,
        /// When it began.
        started: Option<String>,
        /// Language of the text, where it is not that of the interface.
        lang: Option<String>,
        /// Its lessons as safe HTML.
        html: String,
    }
}

/// Overdue actions on the agenda; the page of all actions has the rest.
const ACTIONS: usize = 50;

impl Pages<'_> {
    /// The page of the review meeting.
    pub(super) fn review(agenda: &Agenda) -> Page {
        let rows = |items: &[AgendaItem]| items.iter().map(|item| item.row.clone()).collect();
        let parts = agenda.parts.iter().map(|part| PartView { key: part.key.to_owned(), rows: rows(&part.items) });
        let overdue = agenda.overdue.get(..ACTIONS).unwrap_or(&agenda.overdue);
        Page {
            template: "review",
            kind: "review",
            path: "review/index.html".to_owned(),
            description: None,
            context: vec![
                pair("meeting", &Meeting { date: agenda.meeting.map(|day| day.to_string()) }),
                ("parts", list(&parts.collect::<Vec<_>>())),
                ("deadlines", list(&agenda.deadlines)),
                ("actions", list(overdue)),
                ("actions_count", agenda.overdue.len().into()),
                pair("lesson", &agenda.lesson.as_ref().map(lesson)),
            ],
        }
    }
}

fn lesson(lesson: &AgendaLesson) -> Lesson {
    let addresses = std::collections::BTreeMap::new();
    let mut renderer = Renderer::new(RawHtml::Sanitised, &addresses);
    renderer.keeps_ids = false;
    let html = renderer.render(&lesson.markdown);
    Lesson { title: lesson.title.clone(), href: lesson.href.clone(), started: lesson.started.clone(), lang: lesson.lang.clone(), html }
}
