use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::slots::{Slots, period_name};
use crate::{
    corpus::{CalendarPeriod, Entry, Outages, Period, PeriodKind, Row},
    text::slug,
    view::internal::Pages,
};

/// A postmortem with what figures need of it.
pub(super) struct Incident<'e> {
    pub(super) entry: &'e Entry,
    pub(super) row: Row,
    /// Whether it counts; reviews and actions of the others are work, too.
    pub(super) counts: bool,
    /// Positions of the filters that it passes.
    filters: Vec<usize>,
}

impl Incident<'_> {
    pub(super) fn started(&self) -> Option<DateTime<Utc>> {
        self.entry.started.map(|started| started.with_timezone(&Utc))
    }
}

/// One value by which the incidents of a page are chosen.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Filter {
    pub(super) kind: FilterKind,
    /// Its part of the address.
    pub(super) slug: String,
    /// What it is called.
    pub(super) label: String,
    /// Services of which the availability is shown; none for a severity.
    pub(super) services: Vec<String>,
    /// The configuration knows it.
    is_known: bool,
}

/// What one can filter by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum FilterKind {
    Severity,
    Team,
    Service,
}

impl FilterKind {
    pub(super) const ALL: [Self; 3] = [Self::Severity, Self::Team, Self::Service];

    /// The word of addresses and messages.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Severity => "severity",
            Self::Team => "team",
            Self::Service => "service",
        }
    }
}

/// Incidents from which on a name that no configuration knows has a page of its own.
const ENOUGH: usize = 3;

/// Incidents from which on a filter that the configuration knows has a page for a single year.
const ENOUGH_IN_A_YEAR: usize = 5;

/// Everything that the pages of trends are made from, brought together once.
pub(super) struct Study<'e> {
    pub(super) incidents: Vec<Incident<'e>>,
    pub(super) filters: Vec<Filter>,
    pub(super) outages: Outages,
    /// Day of the first incident, and the later of today and the last one.
    pub(super) span: Option<(NaiveDate, NaiveDate)>,
    /// Every page: which period, which filter.
    pub(super) pages: BTreeSet<(Option<CalendarPeriod>, Option<usize>)>,
}

/// What one page is about.
pub(super) struct Scope<'s> {
    pub(super) period: Option<CalendarPeriod>,
    pub(super) filter: Option<usize>,
    /// Incidents that count and began in the period.
    pub(super) incidents: Vec<&'s Incident<'s>>,
    pub(super) figures: Period,
    pub(super) slots: Slots,
    pub(super) before: Option<Earlier<'s>>,
}

/// The period before, as far as it can be compared.
pub(super) struct Earlier<'s> {
    /// What it is called; of a period that runs only the same number of days.
    pub(super) label: String,
    pub(super) period: CalendarPeriod,
    pub(super) incidents: Vec<&'s Incident<'s>>,
    pub(super) figures: Period,
}

impl Scope<'_> {
    pub(super) fn entries(&self) -> Vec<&Entry> {
        self.incidents.iter().map(|incident| incident.entry).collect()
    }
}

impl<'e> Study<'e> {
    pub(super) fn new(pages: &Pages<'e>) -> Self {
        let (filters, passed) = filters(pages);
        let incidents = pages.corpus.entries().iter().zip(passed);
        let incidents: Vec<Incident<'e>> = incidents
            .map(|(entry, filters)| Incident { row: Row::read(entry, pages.settings), counts: entry.postmortem().is_counted(), entry, filters })
            .collect();
        let counted = || incidents.iter().filter(|incident| incident.counts);
        let days = || counted().filter_map(|incident| incident.row.day);
        let span = days().min().zip(days().max()).map(|(first, last)| (first, last.max(pages.today())));
        let mut sizes: BTreeMap<(Option<CalendarPeriod>, Option<usize>), usize> = BTreeMap::new();
        for incident in counted() {
            let periods: Vec<_> = incident.row.day.iter().flat_map(|day| PeriodKind::ALL.map(|kind| CalendarPeriod::of(kind, *day))).collect();
            for filter in std::iter::once(None).chain(incident.filters.iter().copied().map(Some)) {
                *sizes.entry((None, filter)).or_default() += 1;
                for period in periods.iter().filter(|period| filter.is_none() || period.kind == PeriodKind::Year) {
                    *sizes.entry((Some(*period), filter)).or_default() += 1;
                }
            }
        }
        sizes.insert((None, None), incidents.len());
        let is_page = |(period, filter): (Option<CalendarPeriod>, Option<usize>), count: usize| match (period, filter) {
            (_, None) => true,
            (Some(_), Some(filter)) => count >= ENOUGH_IN_A_YEAR && filters.get(filter).is_some_and(|filter| filter.is_known),
            (None, Some(filter)) => count >= ENOUGH || filters.get(filter).is_some_and(|filter| filter.is_known),
        };
        Self {
            pages: sizes.into_iter().filter(|(key, count)| is_page(*key, *count)).map(|(key, _)| key).collect(),
            outages: Outages::of(counted().map(|incident| (&incident.row, incident.started()))),
            span,
            incidents,
            filters,
        }
    }

    /// The incidents that pass a filter, counted or not.
    pub(super) fn passing(&self, filter: Option<usize>) -> impl Iterator<Item = &Incident<'e>> {
        self.incidents.iter().filter(move |incident| filter.is_none_or(|filter| incident.filters.contains(&filter)))
    }

    fn within(&self, filter: Option<usize>, is_here: impl Fn(Option<NaiveDate>) -> bool) -> Vec<&Incident<'e>> {
        self.passing(filter).filter(|incident| incident.counts && is_here(incident.row.day)).collect()
    }

    /// Address of a page from the site's root; `None` where there is none.
    pub(super) fn href(&self, period: Option<CalendarPeriod>, filter: Option<usize>) -> Option<String> {
        self.pages.contains(&(period, filter)).then(|| self.path(period, filter))
    }

    pub(super) fn path(&self, period: Option<CalendarPeriod>, filter: Option<usize>) -> String {
        let filter = filter.and_then(|filter| self.filters.get(filter)).map(|filter| format!("{}/{}/", filter.kind.name(), filter.slug));
        let period = period.map(|period| format!("{}/", period.key()));
        format!("trends/{}{}index.html", filter.unwrap_or_default(), period.unwrap_or_default())
    }
}

impl<'e> Pages<'e> {
    pub(super) fn scope<'s>(&self, study: &'s Study<'e>, period: Option<CalendarPeriod>, filter: Option<usize>) -> Scope<'s> {
        let incidents = study.within(filter, |day| period.is_none_or(|period| day.is_some_and(|day| period.contains(day))));
        let today = self.today();
        let (first, last) = study.span.unwrap_or((today, today));
        Scope {
            figures: figures(&incidents),
            before: period.and_then(|period| self.earlier(study, period, filter, first)),
            slots: Slots::of(period, first, last),
            incidents,
            period,
            filter,
        }
    }

    /// The period before, unless it ended before anything was recorded. While a period runs, it is compared with as many days of the one before.
    fn earlier<'s>(&self, study: &'s Study<'e>, period: CalendarPeriod, filter: Option<usize>, first: NaiveDate) -> Option<Earlier<'s>> {
        let before = period.before();
        if before.end() <= first {
            return None;
        }
        let name = period_name(before, &self.language);
        let passed = u64::try_from((self.today() - period.first).num_days()).unwrap_or_default();
        let cut = period.contains(self.today()).then(|| before.first.checked_add_days(Days::new(passed)).unwrap_or(before.first));
        let cut = cut.filter(|cut| cut.succ_opt().is_some_and(|next| next < before.end()));
        let label = match cut {
            Some(cut) => self.language.with("period-until", [("period", name.into()), ("date", self.language.day_tick(cut).into())]),
            None if CalendarPeriod::of(PeriodKind::Month, first).first > before.first => {
                self.language.with("period-recorded", [("period", name.into()), ("date", self.language.month(first).into())])
            }
            None => name,
        };
        let incidents = study.within(filter, |day| day.is_some_and(|day| before.contains(day) && cut.is_none_or(|cut| day <= cut)));
        Some(Earlier { label, period: before, figures: figures(&incidents), incidents })
    }
}

fn figures(incidents: &[&Incident<'_>]) -> Period {
    Period::of(&incidents.iter().map(|incident| &incident.row).collect::<Vec<_>>())
}

/// Everything that one can filter by, and for each postmortem which of it fits. Names whose addresses are the same are one.
fn filters(pages: &Pages<'_>) -> (Vec<Filter>, Vec<Vec<usize>>) {
    let mut found: BTreeMap<(FilterKind, String), Filter> = BTreeMap::new();
    let mut keys: Vec<Vec<(FilterKind, String)>> = Vec::new();
    for entry in pages.corpus.entries() {
        let postmortem = entry.postmortem();
        let mut mine: Vec<(FilterKind, String)> = Vec::new();
        let mut add = |kind: FilterKind, written: &str, label: &str, services: &[String], is_known: bool| {
            let slug = slug(written);
            if slug.is_empty() {
                return;
            }
            let key = (kind, slug);
            let filter = found.entry(key.clone()).or_insert_with(|| Filter {
                kind,
                slug: key.1.clone(),
                label: label.to_owned(),
                services: Vec::new(),
                is_known,
            });
            filter.services.extend(services.iter().filter(|service| !filter.services.contains(service)).cloned().collect::<Vec<_>>());
            if !mine.contains(&key) {
                mine.push(key);
            }
        };
        if let Some(severity) = postmortem.severity.as_ref().and_then(|severity| pages.settings.severities.get(severity.value.rank?)) {
            add(FilterKind::Severity, &severity.id, &severity.id, &[], true);
        }
        for service in &postmortem.services {
            let known = pages.settings.service(&service.value);
            let id = known.map_or(&service.value, |known| &known.id);
            let name = known.map_or(&service.value, |known| &known.name);
            add(FilterKind::Service, id, name, std::slice::from_ref(id), known.is_some());
            if let Some(team) = known.and_then(|known| known.team.as_ref()) {
                let of_team = pages.settings.services.iter().filter(|service| service.team.as_ref() == Some(team));
                add(FilterKind::Team, team, team, &of_team.map(|service| service.id.clone()).collect::<Vec<_>>(), true);
            }
        }
        keys.push(mine);
    }
    let order: BTreeMap<&(FilterKind, String), usize> = found.keys().enumerate().map(|(index, key)| (key, index)).collect();
    let passed = keys.iter().map(|mine| mine.iter().filter_map(|key| order.get(key).copied()).collect()).collect();
    (found.values().cloned().collect(), passed)
}
