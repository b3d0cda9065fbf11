use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::{Pages, actions::ActionRow, href, rows::service_href, words};
use crate::{
    config::Deadline,
    corpus::{Distribution, Entry, Period},
    model::Metrics,
    review::Outcome,
    view::{
        Page,
        chart::{Band, Chart, Columns, KeyEntry, Share, Unit, log_position, month_of, months_between, shares},
        site::{pair, rfc3339},
        value::template_structs,
    },
};

template_structs! {
    /// A distribution of minutes, with its n.
    MeasureView {
        /// Key of the clock.
        key: String,
        /// Incidents with a value.
        n: usize,
        /// Incidents without one.
        left_out: usize,
        /// The middle.
        median: Option<f64>,
        /// Nine in ten do not exceed it.
        p90: Option<f64>,
        /// The largest.
        max: Option<f64>,
        /// Arithmetic mean.
        mean: Option<f64>,
        /// Median of the period before.
        before: Option<f64>,
    }
    /// The period of a page.
    PeriodView {
        /// `all` or a year.
        key: String,
        /// First start in it.
        from: Option<String>,
        /// Last start in it.
        to: Option<String>,
    }
    /// A period that one can choose.
    PeriodLink {
        /// `all` or a year.
        key: String,
        /// Page.
        href: String,
    }
    /// Figures of the period before.
    Before {
        /// Incidents.
        incidents: usize,
        /// Minutes of downtime.
        downtime_minutes: Option<f64>,
    }
    /// How often and how bad.
    Frequency {
        /// By month and severity.
        chart: Chart,
        /// Columns of the table.
        severities: Vec<SeverityColumn>,
        /// Rows of the table, newest first.
        months: Vec<MonthCounts>,
    }
    /// A column of a table.
    SeverityColumn {
        /// Id.
        id: String,
        /// Heading.
        label: String,
    }
    /// A month of a table.
    MonthCounts {
        /// `2026-03`.
        month: String,
        /// Incidents by severity.
        counts: Vec<usize>,
        /// All of them.
        total: usize,
    }
    /// How long for customers.
    DowntimeView {
        /// Sum in minutes; none when no length is known.
        minutes: Option<f64>,
        /// Incidents with a known length.
        n: usize,
        /// Incidents without.
        left_out: usize,
        /// By month.
        chart: Chart,
        /// Rows of the table, newest first.
        months: Vec<MonthDowntime>,
    }
    /// A month of the downtime table.
    MonthDowntime {
        /// `2026-03`.
        month: String,
        /// Sum in minutes.
        minutes: f64,
        /// Incidents with a known length.
        n: usize,
        /// Incidents without.
        left_out: usize,
    }
    /// How fast.
    Speed {
        /// Lines of the logarithmic scale.
        ticks: Vec<SpeedTick>,
        /// One strip per clock.
        measures: Vec<Strip>,
        /// What the colours mean.
        key: Vec<KeyEntry>,
    }
    /// A line of the logarithmic scale.
    SpeedTick {
        /// Per cent from the left.
        x: f64,
        /// What it stands for.
        minutes: f64,
    }
    /// The dots of one clock.
    Strip {
        /// Key of the clock.
        key: String,
        /// Incidents with a value.
        n: usize,
        /// Incidents without one.
        left_out: usize,
        /// The middle.
        median: Option<f64>,
        /// Nine in ten do not exceed it.
        p90: Option<f64>,
        /// The largest.
        max: Option<f64>,
        /// Arithmetic mean.
        mean: Option<f64>,
        /// Median of the period before.
        before: Option<f64>,
        /// Per cent from the left.
        median_x: Option<f64>,
        /// Per cent from the left.
        p90_x: Option<f64>,
        /// One per incident.
        dots: Vec<Dot>,
        /// Rows that the dots need.
        rows: usize,
    }
    /// One incident on a strip.
    Dot {
        /// Per cent from the left.
        x: f64,
        /// Row from the bottom.
        row: usize,
        /// Class of its colour.
        class: String,
        /// Title.
        title: String,
        /// Page.
        href: String,
        /// Value.
        minutes: f64,
    }
    /// What keeps coming back.
    Recurrence {
        /// Pairs of service and cause that appeared more than once.
        repeated: usize,
        /// By service.
        services: Vec<Group>,
        /// By cause.
        causes: Vec<Group>,
        /// What the colours mean.
        key: Vec<KeyEntry>,
    }
    /// Incidents of one service or cause.
    Group {
        /// Id.
        id: String,
        /// Name.
        name: String,
        /// Page.
        href: Option<String>,
        /// Incidents.
        incidents: usize,
        /// By severity; the widest bar is that of the largest group.
        segments: Vec<Share>,
        /// Sum of known downtimes; none when none is known.
        downtime_minutes: Option<f64>,
    }
    /// Do we finish what we promise.
    Promises {
        /// Actions.
        total: usize,
        /// Finished ones.
        done: usize,
        /// Overdue ones.
        overdue: usize,
        /// By state.
        outcomes: Vec<OutcomeShare>,
    }
    /// A state and its share.
    OutcomeShare {
        /// State.
        key: String,
        /// How many.
        count: usize,
        /// Per cent from the left.
        x: f64,
        /// Per cent.
        width: f64,
    }
    /// Do we review in time.
    DeadlineView {
        /// `draft` or `completion`.
        key: String,
        /// The limit in words.
        limit: String,
        /// Met ones.
        met: usize,
        /// Met or late ones.
        decided: usize,
        /// By outcome.
        outcomes: Vec<OutcomeShare>,
    }
}

/// The value of one clock in minutes.
type Measure = fn(&Metrics) -> Option<f64>;

/// The five clocks with their keys, in the order in which they run.
pub(super) const MEASURES: [(&str, Measure); 5] = [
    ("detect", |metrics| metrics.detect),
    ("acknowledge", |metrics| metrics.acknowledge),
    ("first_comms", |metrics| metrics.first_comms),
    ("mitigate", |metrics| metrics.mitigate),
    ("resolve", |metrics| metrics.resolve),
];

impl MeasureView {
    pub(super) fn new(key: &str, distribution: &Distribution) -> Self {
        let Distribution { n, left_out, median, p90, max, mean } = *distribution;
        Self { key: key.to_owned(), n, left_out, median, p90, max, mean, before: None }
    }
}

impl Pages<'_> {
    /// Postmortems that count in figures, with the day of their start in the site's zone.
    pub(super) fn counted(&self) -> impl Iterator<Item = (Option<NaiveDate>, &Entry)> {
        let zone = self.settings.site.timezone;
        let counted = self.corpus.entries().iter().filter(|entry| entry.postmortem().is_counted());
        counted.map(move |entry| (entry.started.map(|started| started.with_timezone(&zone).date_naive()), entry))
    }

    /// A page for all time and one per year.
    pub(super) fn trends(&self) -> Vec<Page> {
        let trends = self.corpus.trends();
        let mut periods = vec![PeriodLink { key: "all".to_owned(), href: "trends/index.html".to_owned() }];
        periods.extend(trends.years.keys().rev().map(|year| PeriodLink { key: year.clone(), href: format!("trends/{year}/index.html") }));
        let all: Vec<_> = self.counted().collect();
        let mut pages = vec![self.trends_page("all", &trends.all, None, &all, &periods)];
        for (year, period) in &trends.years {
            let before = year.parse::<i32>().ok().and_then(|year| trends.years.get(&(year - 1).to_string()));
            let entries: Vec<_> = all.iter().filter(|(day, _)| day.is_some_and(|day| day.year().to_string() == *year)).copied().collect();
            pages.push(self.trends_page(year, period, before, &entries, &periods));
        }
        pages
    }

    fn trends_page(
        &self,
        key: &str,
        period: &Period,
        before: Option<&Period>,
        counted: &[(Option<NaiveDate>, &Entry)],
        periods: &[PeriodLink],
    ) -> Page {
        let entries: Vec<&Entry> = counted.iter().map(|(_, entry)| *entry).collect();
        let days: Vec<NaiveDate> = counted.iter().filter_map(|(day, _)| *day).collect();
        let starts = || entries.iter().filter_map(|entry| entry.started);
        let months = match (days.iter().min(), days.iter().max()) {
            (Some(first), Some(last)) if key == "all" => months_between(*first, *last),
            (Some(first), Some(last)) => {
                let whole_year = first.with_ordinal(1).unwrap_or(*first);
                let end = if last.year() == self.today().year() { self.today().max(*last) } else { last.with_month(12).unwrap_or(*last) };
                months_between(whole_year, end)
            }
            _ => Vec::new(),
        };
        let view = PeriodView { key: key.to_owned(), from: starts().min().map(rfc3339), to: starts().max().map(rfc3339) };
        let comparison =
            before.map(|before| Before { incidents: before.incidents, downtime_minutes: (before.downtime.n > 0).then_some(before.downtime_minutes) });
        Page {
            template: "trends",
            kind: "trends",
            path: if key == "all" { "trends/index.html".to_owned() } else { format!("trends/{key}/index.html") },
            description: None,
            context: vec![
                pair("period", &view),
                pair("periods", &periods.to_vec()),
                ("incidents", period.incidents.into()),
                pair("before", &comparison),
                pair("frequency", &self.frequency(&entries, &months)),
                pair("downtime", &self.downtime(period, &entries, &months)),
                pair("speed", &self.speed(&entries, before)),
                pair("recurrence", &self.recurrence(&entries)),
                pair("promises", &self.promises(&entries)),
                pair("deadlines", &self.deadlines(period)),
            ],
        }
    }

    /// The bands of severity charts: configured ones in order, then unknown.
    pub(super) fn bands(&self) -> Vec<Band> {
        let configured = self.settings.severities.iter().enumerate().map(|(rank, severity)| Band {
            key: severity.id.clone(),
            class: format!("severity-{}", (rank + 1).min(4)),
            label: if severity.name == severity.id { severity.id.clone() } else { format!("{} {}", severity.id, severity.name) },
        });
        let unknown = Band { key: "unknown".to_owned(), class: "severity-unknown".to_owned(), label: self.language.text("severity-unknown") };
        configured.chain([unknown]).collect()
    }

    fn band_of(&self, entry: &Entry) -> usize {
        entry.postmortem().severity.as_ref().and_then(|severity| severity.value.rank).unwrap_or(self.settings.severities.len())
    }

    fn month(&self, entry: &Entry) -> Option<NaiveDate> {
        entry.started.map(|started| month_of(started.with_timezone(&self.settings.site.timezone).date_naive()))
    }

    /// Incidents by month, stacked by severity.
    pub(super) fn incidents_chart(&self, entries: &[&Entry], months: &[NaiveDate], height: usize) -> Chart {
        let mut values: BTreeMap<(NaiveDate, usize), f64> = BTreeMap::new();
        for entry in entries {
            if let Some(month) = self.month(entry) {
                *values.entry((month, self.band_of(entry))).or_default() += 1.0;
            }
        }
        let href = |month: NaiveDate| Some(format!("postmortems/index.html#m{}", month.format("%Y-%m")));
        Columns { language: &self.language, height, months, bands: &self.bands(), values: &values, href, unit: Unit::Incidents }.chart()
    }

    fn frequency(&self, entries: &[&Entry], months: &[NaiveDate]) -> Frequency {
        let bands = self.bands();
        let used: Vec<usize> = (0..bands.len())
            .filter(|band| *band < self.settings.severities.len() || entries.iter().any(|entry| self.band_of(entry) == *band))
            .collect();
        let rows = months.iter().rev().map(|month| {
            let here: Vec<usize> = entries.iter().filter(|entry| self.month(entry) == Some(*month)).map(|entry| self.band_of(entry)).collect();
            let counts: Vec<usize> = used.iter().map(|band| here.iter().filter(|other| *other == band).count()).collect();
            MonthCounts { month: month.format("%Y-%m").to_string(), total: here.len(), counts }
        });
        Frequency {
            chart: self.incidents_chart(entries, months, 160),
            severities: used
                .iter()
                .filter_map(|band| bands.get(*band))
                .map(|band| SeverityColumn { id: band.key.clone(), label: if band.key == "unknown" { band.label.clone() } else { band.key.clone() } })
                .collect(),
            months: rows.collect(),
        }
    }

    fn downtime(&self, period: &Period, entries: &[&Entry], months: &[NaiveDate]) -> DowntimeView {
        let mut values: BTreeMap<(NaiveDate, usize), f64> = BTreeMap::new();
        for entry in entries {
            if let (Some(month), Some(minutes)) = (self.month(entry), entry.metrics.downtime.filter(|minutes| *minutes >= 0.0)) {
                *values.entry((month, 0)).or_default() += minutes;
            }
        }
        let bands = [Band { key: "downtime".to_owned(), class: "plain-bar".to_owned(), label: self.language.text("downtime") }];
        let rows = months.iter().rev().map(|month| {
            let of = Distribution::of(entries.iter().filter(|entry| self.month(entry) == Some(*month)).map(|entry| entry.metrics.downtime));
            let minutes = values.get(&(*month, 0)).copied().unwrap_or_default();
            MonthDowntime { month: month.format("%Y-%m").to_string(), minutes, n: of.n, left_out: of.left_out }
        });
        DowntimeView {
            minutes: (period.downtime.n > 0).then_some(period.downtime_minutes),
            n: period.downtime.n,
            left_out: period.downtime.left_out,
            chart: Columns { language: &self.language, height: 120, months, bands: &bands, values: &values, href: |_| None, unit: Unit::Minutes }
                .chart(),
            months: rows.collect(),
        }
    }

    fn speed(&self, entries: &[&Entry], before: Option<&Period>) -> Speed {
        const TICKS: [f64; 9] = [1.0, 5.0, 15.0, 60.0, 240.0, 1440.0, 10080.0, 43200.0, 525_600.0];
        let known = |value: Option<f64>| value.filter(|minutes| *minutes >= 0.0);
        let largest =
            MEASURES.iter().flat_map(|(_, value)| entries.iter().filter_map(move |entry| known(value(&entry.metrics)))).fold(10.0, f64::max);
        let bands = self.bands();
        let measures = MEASURES.map(|(key, value)| {
            let distribution = Distribution::of(entries.iter().map(|entry| value(&entry.metrics)));
            let mut ends: Vec<f64> = Vec::new();
            let mut points: Vec<(f64, &Entry)> = entries.iter().filter_map(|entry| Some((known(value(&entry.metrics))?, *entry))).collect();
            points.sort_by(|one, other| one.0.total_cmp(&other.0).then_with(|| one.1.key.cmp(&other.1.key)));
            let dots = points.iter().map(|(minutes, entry)| {
                let x = log_position(*minutes, largest);
                // A dot needs about a hundredth of the strip; what would overlap goes up a row.
                let row = ends.iter().position(|end| *end <= x).unwrap_or(ends.len()).min(11);
                match ends.get_mut(row) {
                    Some(end) => *end = x + 1.1,
                    None => ends.push(x + 1.1),
                }
                let class = bands.get(self.band_of(entry)).map(|band| band.class.clone()).unwrap_or_default();
                Dot { x, row, class, title: entry.postmortem().title.value.clone(), href: href(&entry.key), minutes: *minutes }
            });
            let dots: Vec<Dot> = dots.collect();
            let previous = before.map(|before| match key {
                "detect" => before.detect.median,
                "acknowledge" => before.acknowledge.median,
                "first_comms" => before.first_comms.median,
                "mitigate" => before.mitigate.median,
                _ => before.resolve.median,
            });
            let Distribution { n, left_out, median, p90, max, mean } = distribution;
            Strip {
                key: key.to_owned(),
                n,
                left_out,
                median,
                p90,
                max,
                mean,
                before: previous.flatten(),
                median_x: median.map(|minutes| log_position(minutes, largest)),
                p90_x: p90.map(|minutes| log_position(minutes, largest)),
                dots,
                rows: ends.len().max(1),
            }
        });
        let ticks = TICKS.into_iter().filter(|minutes| *minutes <= largest).map(|minutes| SpeedTick { x: log_position(minutes, largest), minutes });
        Speed { ticks: ticks.collect(), measures: measures.into(), key: self.severity_key(entries) }
    }

    pub(super) fn severity_key(&self, entries: &[&Entry]) -> Vec<KeyEntry> {
        let bands = self.bands().into_iter().enumerate();
        let counts = bands.map(|(band, style)| KeyEntry {
            class: style.class,
            label: style.label,
            value: entries.iter().filter(|entry| self.band_of(entry) == band).count(),
        });
        counts.filter(|entry| entry.value > 0).collect()
    }

    /// Incidents by severity as one bar, as wide as `whole` incidents are 100 per cent.
    pub(super) fn severity_shares(&self, entries: &[&Entry], whole: usize) -> Vec<Share> {
        let parts = self.bands().into_iter().enumerate().map(|(band, style)| {
            let count = entries.iter().filter(|entry| self.band_of(entry) == band).count();
            (style.class, count, format!("{}: {count}", style.label))
        });
        shares(parts, whole)
    }

    fn recurrence(&self, entries: &[&Entry]) -> Recurrence {
        let mut by_service: BTreeMap<String, Vec<&Entry>> = BTreeMap::new();
        let mut by_cause: BTreeMap<String, Vec<&Entry>> = BTreeMap::new();
        let mut pairs: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for entry in entries {
            let postmortem = entry.postmortem();
            for service in &postmortem.services {
                by_service.entry(service.value.clone()).or_default().push(entry);
                for cause in &postmortem.causes {
                    *pairs.entry((&service.value, &cause.value)).or_default() += 1;
                }
            }
            for cause in &postmortem.causes {
                by_cause.entry(cause.value.clone()).or_default().push(entry);
            }
        }
        let groups = |map: BTreeMap<String, Vec<&Entry>>, is_service: bool| {
            let whole = map.values().map(Vec::len).max().unwrap_or(1);
            let mut groups: Vec<Group> = map
                .into_iter()
                .map(|(id, entries)| {
                    let known: Vec<f64> = entries.iter().filter_map(|entry| entry.metrics.downtime.filter(|minutes| *minutes >= 0.0)).collect();
                    let service = self.service_link(&id);
                    Group {
                        name: if is_service { service.name } else { id.clone() },
                        href: if is_service { service_href(&id) } else { None },
                        incidents: entries.len(),
                        segments: self.severity_shares(&entries, whole),
                        downtime_minutes: (!known.is_empty()).then(|| known.iter().sum()),
                        id,
                    }
                })
                .collect();
            groups.sort_by(|one, other| (other.incidents, &one.name).cmp(&(one.incidents, &other.name)));
            groups
        };
        Recurrence {
            repeated: pairs.values().filter(|count| **count > 1).count(),
            services: groups(by_service, true),
            causes: groups(by_cause, false),
            key: self.severity_key(entries),
        }
    }

    fn promises(&self, entries: &[&Entry]) -> Promises {
        let actions = self.actions_with_origin(entries.iter().copied());
        let state = |action: &ActionRow| if action.late { "overdue".to_owned() } else { action.status.clone() };
        let count = |key: &str| actions.iter().filter(|action| state(action) == key).count();
        let keys = ["done", "in-progress", "open", "overdue", "declined"];
        Promises { total: actions.len(), done: count("done"), overdue: count("overdue"), outcomes: outcome_shares(keys.map(|key| (key, count(key)))) }
    }

    fn deadlines(&self, period: &Period) -> Vec<DeadlineView> {
        let policy = &self.settings.review;
        let view = |key: &str, limit: Deadline, counts: &BTreeMap<Outcome, usize>| {
            let count = |outcome: Outcome| counts.get(&outcome).copied().unwrap_or_default();
            DeadlineView {
                key: key.to_owned(),
                limit: words::limit(&self.language, limit),
                met: count(Outcome::Met),
                decided: count(Outcome::Met) + count(Outcome::Late) + count(Outcome::Overdue),
                outcomes: outcome_shares(Outcome::ALL.map(|outcome| (outcome.name(), count(outcome)))),
            }
        };
        vec![view("draft", policy.draft_within, &period.draft), view("completion", policy.complete_within, &period.completion)]
    }
}

fn outcome_shares<const N: usize>(counts: [(&str, usize); N]) -> Vec<OutcomeShare> {
    let whole = counts.iter().map(|(_, count)| count).sum();
    let shares = shares(counts.map(|(key, count)| (key.to_owned(), count, String::new())), whole);
    shares.into_iter().map(|share| OutcomeShare { key: share.class, count: share.value, x: share.x, width: share.width }).collect()
}
