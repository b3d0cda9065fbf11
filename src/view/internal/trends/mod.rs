//! The pages of trends: every period, and every filter for all time and for each year, at addresses that stay.

mod availability;
mod bands;
mod detection;
mod downtime;
mod frequency;
mod measures;
mod navigation;
mod progress;
mod promises;
mod recurrence;
mod reviews;
mod scope;
mod slots;
mod speed;
mod work;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::{Pages, list};
use crate::{
    corpus::{CalendarPeriod, Entry},
    view::{
        Page,
        site::{pair, rfc3339},
        value::template_structs,
    },
};
use navigation::PeriodView;
use scope::{Scope, Study};

pub(super) use measures::{MEASURES, MeasureView};

template_structs! {
    /// The period before.
    Before {
        /// What it is called.
        name: String,
        /// The same, with the part of it that can be compared: of a period that runs, the same number of its days.
        label: String,
        /// Page of it.
        href: Option<String>,
        /// Incidents.
        incidents: usize,
    }
}

impl Pages<'_> {
    /// Postmortems that count in figures, with the day of their start in the site's zone.
    pub(super) fn counted(&self) -> impl Iterator<Item = (Option<NaiveDate>, &Entry)> {
        let zone = self.settings.site.timezone;
        let counted = self.corpus.entries().iter().filter(|entry| entry.postmortem().is_counted());
        counted.map(move |entry| (entry.started.map(|started| started.with_timezone(&zone).date_naive()), entry))
    }

    pub(super) fn trends(&self) -> Vec<Page> {
        let study = Study::new(self);
        let pages: Vec<_> = study.pages.iter().copied().collect();
        pages.into_par_iter().map(|(period, filter)| self.trends_page(&study, period, filter)).collect()
    }

    fn trends_page(&self, study: &Study<'_>, period: Option<CalendarPeriod>, filter: Option<usize>) -> Page {
        let scope = self.scope(study, period, filter);
        let starts = || scope.incidents.iter().filter_map(|incident| incident.entry.started);
        let view = PeriodView {
            key: period.map_or_else(|| "all".to_owned(), CalendarPeriod::key),
            label: self.period_label(period),
            from: starts().min().map(rfc3339),
            to: starts().max().map(rfc3339),
            runs: period.is_some_and(|period| period.contains(self.today())),
        };
        let (years, parts) = self.period_links(study, &scope);
        let work = self.work(study, &scope);
        Page {
            template: "trends",
            kind: "trends",
            path: study.path(period, filter),
            description: None,
            context: vec![
                pair("period", &view),
                ("periods", list(&years)),
                ("parts", list(&parts)),
                pair("filter", &Self::filter_view(study, &scope)),
                ("filters", list(&self.filter_groups(study, &scope))),
                ("incidents", scope.incidents.len().into()),
                pair("before", &scope.before.as_ref().map(|before| self.before(study, &scope, before))),
                pair("frequency", &self.frequency(study, &scope)),
                pair("downtime", &self.downtime(&scope)),
                pair("availability", &self.availability(study, &scope)),
                pair("speed", &self.speed(study, &scope)),
                pair("detection", &Self::detection(&scope)),
                pair("recurrence", &self.recurrence(&scope)),
                pair("promises", &self.promises(&scope, &work)),
                pair("deadlines", &self.deadlines(&scope)),
                pair("load", &self.review_load(&scope, &work)),
            ],
        }
    }

    fn before(&self, study: &Study<'_>, scope: &Scope<'_>, before: &scope::Earlier<'_>) -> Before {
        let name = self.period_label(Some(before.period));
        Before { name, label: before.label.clone(), href: study.href(Some(before.period), scope.filter), incidents: before.incidents.len() }
    }
}
