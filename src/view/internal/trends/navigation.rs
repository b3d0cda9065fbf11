use chrono::Datelike;

use super::{
    scope::{FilterKind, Scope, Study},
    slots::period_name,
};
use crate::{
    corpus::{CalendarPeriod, PeriodKind},
    view::{internal::Pages, value::template_structs},
};

template_structs! {
    /// The period of a page.
    PeriodView {
        /// `all`, `2026`, `2026-Q1`, `2026-03`.
        key: String,
        /// What it is called.
        label: String,
        /// First start in it.
        from: Option<String>,
        /// Last start in it.
        to: Option<String>,
        /// It is not over.
        runs: bool,
    }
    /// A period that one can choose.
    PeriodLink {
        /// `all`, `2026`, `2026-Q1`, `2026-03`.
        key: String,
        /// What it is called.
        label: String,
        /// Page.
        href: String,
        /// Whether it is the one of the page, or holds it.
        is_current: bool,
    }
    /// The filter of a page.
    FilterView {
        /// `severity`, `team` or `service`.
        kind: String,
        /// What it is called.
        label: String,
        /// The page of the same period without a filter.
        clear: String,
    }
    /// What one can filter by.
    FilterGroup {
        /// `severity`, `team` or `service`.
        kind: String,
        /// Its values.
        links: Vec<FilterLink>,
    }
    /// A value that one can filter by.
    FilterLink {
        /// What it is called.
        label: String,
        /// Page, of the same period where there is one, else of all time.
        href: String,
        /// Whether it is the one of the page.
        is_current: bool,
    }
}

impl Pages<'_> {
    pub(super) fn period_label(&self, period: Option<CalendarPeriod>) -> String {
        period.map_or_else(|| self.language.text("period-all"), |period| period_name(period, &self.language))
    }

    /// All time and the years; then the quarters and months of the year in view, where they have pages.
    pub(super) fn period_links(&self, study: &Study<'_>, scope: &Scope<'_>) -> (Vec<PeriodLink>, Vec<PeriodLink>) {
        let link = |period: Option<CalendarPeriod>| {
            let is_current = match (period, scope.period) {
                (Some(period), Some(here)) => period == here || (period.kind == PeriodKind::Year && period.contains(here.first)),
                (period, here) => period == here,
            };
            Some(PeriodLink {
                key: period.map_or_else(|| "all".to_owned(), CalendarPeriod::key),
                label: match period {
                    Some(period) if period.kind == PeriodKind::Month => self.language.month_name(period.first),
                    Some(period) if period.kind == PeriodKind::Quarter => {
                        self.language.with("quarter-tick", [("quarter", (period.first.month0() / 3 + 1).into())])
                    }
                    Some(period) => period.key(),
                    None => self.language.text("period-all"),
                },
                href: study.href(period, scope.filter)?,
                is_current,
            })
        };
        let known = || study.pages.iter().filter(|(_, filter)| *filter == scope.filter).map(|(period, _)| *period);
        let is_year = |period: &Option<CalendarPeriod>| period.is_some_and(|period| period.kind == PeriodKind::Year);
        let mut years: Vec<_> = known().filter(is_year).collect();
        years.reverse();
        let parts = scope.period.into_iter().flat_map(|here| {
            let year = CalendarPeriod::of(PeriodKind::Year, here.first);
            [PeriodKind::Quarter, PeriodKind::Month].into_iter().flat_map(move |kind| {
                known().flatten().filter(move |period| period.kind == kind && year.contains(period.first)).map(Some).collect::<Vec<_>>()
            })
        });
        (std::iter::once(None).chain(years).filter_map(link).collect(), parts.filter_map(link).collect())
    }

    pub(super) fn filter_view(study: &Study<'_>, scope: &Scope<'_>) -> Option<FilterView> {
        let filter = study.filters.get(scope.filter?)?;
        let clear = study.path(scope.period, None);
        Some(FilterView { kind: filter.kind.name().to_owned(), label: filter.label.clone(), clear })
    }

    /// The filters of a page, those with most incidents first; severities as they are configured.
    pub(super) fn filter_groups(&self, study: &Study<'_>, scope: &Scope<'_>) -> Vec<FilterGroup> {
        let of = |kind: FilterKind| {
            let mut links: Vec<(usize, FilterLink)> = study
                .filters
                .iter()
                .enumerate()
                .filter(|(_, filter)| filter.kind == kind)
                .filter_map(|(index, filter)| {
                    let href = study.href(scope.period, Some(index)).or_else(|| study.href(None, Some(index)))?;
                    let link = FilterLink { label: filter.label.clone(), href, is_current: scope.filter == Some(index) };
                    let rank = self.settings.severities.iter().position(|severity| kind == FilterKind::Severity && severity.id == filter.label);
                    Some((rank.unwrap_or(0), link))
                })
                .collect();
            links.sort_by(|(one, link), (other, before)| (one, &link.label).cmp(&(other, &before.label)));
            FilterGroup { kind: kind.name().to_owned(), links: links.into_iter().map(|(_, link)| link).collect() }
        };
        FilterKind::ALL.into_iter().map(of).filter(|group| !group.links.is_empty()).collect()
    }
}
