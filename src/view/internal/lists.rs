use std::collections::BTreeMap;

use chrono::Datelike;

use super::{
    Pages, list,
    rows::{ListRow, service_href},
};
use crate::{
    corpus::Entry,
    model::Status,
    review::ReviewState,
    text::slug,
    view::{Page, site::pair, value::template_structs},
};

template_structs! {
    /// Postmortems below one heading.
    ListGroup {
        /// `2026-03`, in lists by month; none for unknown starts.
        month: Option<String>,
        /// `2026`; none for unknown starts.
        year: Option<String>,
        /// Its postmortems, newest first.
        rows: Vec<ListRow>,
    }
    /// A year of a list.
    ListYear {
        /// The year; none for unknown starts.
        year: Option<String>,
        /// How many.
        count: usize,
        /// Where they are listed, with an anchor where other years are listed there too.
        href: String,
        /// Its months, or one group for all of it; empty where another page lists them.
        groups: Vec<ListGroup>,
    }
    /// What all postmortems of a list have in common.
    FacetView {
        /// `severity`, `service`, `status`, `review`, `cause` or `tag`.
        key: String,
        /// Value in words.
        name: String,
        /// Its list, or the page that says more about it.
        href: String,
    }
    /// A way to divide all postmortems.
    FacetGroup {
        /// As in `facet`.
        key: String,
        /// Its values.
        values: Vec<FacetValue>,
    }
    /// Postmortems that have one thing in common.
    FacetValue {
        /// Value in words.
        name: String,
        /// Its list.
        href: String,
        /// How many.
        count: usize,
        /// Whether this is the list.
        current: bool,
    }
}

/// Postmortems in one list. A longer one is cut into years, since nobody reads thousands of rows and few browsers lay them out at once.
const AT_ONCE: usize = 400;

/// Postmortems with something in common.
pub(super) struct Facet<'e> {
    key: &'static str,
    name: String,
    /// Folder of its pages, without a slash behind.
    folder: String,
    entries: Vec<&'e Entry>,
}

impl Facet<'_> {
    fn href(&self) -> String {
        format!("{}/index.html", self.folder)
    }
}

impl<'e> Facet<'e> {
    pub(super) const fn new(key: &'static str, name: String, folder: String, entries: Vec<&'e Entry>) -> Self {
        Self { key, name, folder, entries }
    }
}

impl Pages<'_> {
    /// All postmortems, and a list for each severity, state and tag. Services and causes have pages of their own, which list them too.
    pub(super) fn lists(&self) -> Vec<Page> {
        let all: Vec<&Entry> = self.corpus.entries().iter().collect();
        let groups = self.facets();
        let facets: Vec<FacetGroup> = groups.iter().filter(|facets| facets.len() > 1).map(|facets| facet_group(facets, None)).collect();
        let (years, mut pages) = self.years(&all, "postmortems", "years", &|| None);
        pages.push(list_page("postmortems/index.html", None, None, all.len(), &years, &facets));
        for facet in groups.iter().flatten().filter(|facet| !["service", "cause"].contains(&facet.key)) {
            let (years, more) = self.years(&facet.entries, &facet.folder, &facet.folder, &|| Some(view(facet)));
            pages.extend(more);
            let siblings = groups.iter().filter(|facets| facets.iter().any(|other| other.folder == facet.folder));
            let siblings: Vec<FacetGroup> = siblings.map(|facets| facet_group(facets, Some(facet))).collect();
            pages.push(list_page(&facet.href(), Some(&view(facet)), None, facet.entries.len(), &years, &siblings));
        }
        pages
    }

    /// The years of a list as its first page shows them, and the pages of those years for which it has no room. `folder` is that of the first
    /// page, `below` that in which the years have theirs.
    pub(super) fn years(&self, entries: &[&Entry], folder: &str, below: &str, facet: &dyn Fn() -> Option<FacetView>) -> (Vec<ListYear>, Vec<Page>) {
        let is_long = entries.len() > AT_ONCE;
        let mut by_year: Vec<(Option<i32>, Vec<&Entry>)> = Vec::new();
        for entry in entries {
            let year = self.in_zone(entry).map(|(year, _)| year);
            match by_year.last_mut() {
                Some((last, entries)) if *last == year => entries.push(entry),
                _ => by_year.push((year, vec![entry])),
            }
        }
        let mut room = AT_ONCE;
        let is_shown: Vec<bool> = by_year
            .iter()
            .enumerate()
            .map(|(index, (_, entries))| {
                let is_shown = index == 0 || (entries.len() <= room && room > 0);
                room = if is_shown { room.saturating_sub(entries.len()) } else { 0 };
                is_shown
            })
            .collect();
        let by_month = is_long || folder == "postmortems";
        let links: Vec<ListYear> = by_year
            .iter()
            .zip(&is_shown)
            .map(|((year, entries), is_shown)| {
                let name = year.map_or_else(|| "undated".to_owned(), |year| year.to_string());
                let href = match (is_shown, year) {
                    (true, Some(_)) => format!("{folder}/index.html#y{name}"),
                    (true, None) => format!("{folder}/index.html#{name}"),
                    (false, _) => format!("{below}/{name}/index.html"),
                };
                ListYear { year: year.map(|year| year.to_string()), count: entries.len(), href, groups: Vec::new() }
            })
            .collect();
        let with = |index: usize| {
            let mut years = links.clone();
            if let (Some(year), Some((_, entries))) = (years.get_mut(index), by_year.get(index)) {
                year.groups = self.list_groups(entries, by_month);
            }
            years
        };
        let hidden = is_shown.iter().enumerate().filter(|(_, is_shown)| !**is_shown).map(|(index, _)| index);
        let pages = hidden.filter_map(|index| {
            let link = links.get(index)?;
            Some(list_page(&link.href, facet().as_ref(), Some(link), link.count, &with(index), &[]))
        });
        let pages = pages.collect();
        let mut first = links.clone();
        for ((year, (_, entries)), _) in first.iter_mut().zip(&by_year).zip(&is_shown).filter(|(_, is_shown)| **is_shown) {
            year.groups = self.list_groups(entries, by_month);
        }
        (first, pages)
    }

    fn list_groups(&self, entries: &[&Entry], by_month: bool) -> Vec<ListGroup> {
        let mut groups: Vec<ListGroup> = Vec::new();
        for entry in entries {
            let at = self.in_zone(entry);
            let month = at.filter(|_| by_month).map(|(year, month)| format!("{year}-{month:02}"));
            match groups.last_mut() {
                Some(last) if last.month == month => last.rows.push(self.row(entry)),
                _ => groups.push(ListGroup { month, year: at.map(|(year, _)| year.to_string()), rows: vec![self.row(entry)] }),
            }
        }
        groups
    }

    /// Year and month of the start in the site's zone.
    fn in_zone(&self, entry: &Entry) -> Option<(i32, u32)> {
        entry.started.map(|started| started.with_timezone(&self.settings.site.timezone)).map(|day| (day.year(), day.month()))
    }

    /// Every way to divide the postmortems, each with its values in the order in which people look for them.
    fn facets(&self) -> Vec<Vec<Facet<'_>>> {
        let entries = self.corpus.entries();
        let mut severities: BTreeMap<(usize, String), Facet<'_>> = BTreeMap::new();
        let (mut services, mut causes, mut tags) = (Named::default(), Named::default(), Named::default());
        for entry in entries {
            let severity = self.severity_tag(entry);
            let (rank, id) = severity.map_or((usize::MAX, String::new()), |tag| (tag.rank.unwrap_or(usize::MAX - 1), tag.id));
            let part = if id.is_empty() { "unknown".to_owned() } else { slug(&id) };
            let name = || if id.is_empty() { self.language.text("severity-unknown") } else { id.clone() };
            let facet =
                severities.entry((rank, part.clone())).or_insert_with(|| Facet::new("severity", name(), format!("severities/{part}"), Vec::new()));
            facet.entries.push(entry);
            for service in &entry.postmortem().services {
                let link = self.service_link(&service.value);
                services.add(&link.name, service_href(&link.id).as_deref(), entry);
            }
            entry.postmortem().causes.iter().for_each(|cause| causes.add(&cause.value, folder_href("causes", &cause.value).as_deref(), entry));
            entry.postmortem().tags.iter().for_each(|tag| tags.add(&tag.value, folder_href("tags", &tag.value).as_deref(), entry));
        }
        let states = [ReviewState::Unreviewed, ReviewState::Stale, ReviewState::Approved].map(|state| {
            let name = self.language.text(&format!("review-{}", state.name()));
            Facet::new(
                "review",
                name,
                format!("reviews/{}", state.name()),
                entries.iter().filter(|entry| entry.checked.reviewed().state() == state).collect(),
            )
        });
        let status = Status::ALL.map(Some).into_iter().chain([None]).map(|status| {
            let key = status.map_or("unknown", Status::name);
            let of = |entry: &&Entry| entry.postmortem().status.as_ref().map(|field| field.value) == status;
            Facet::new("status", self.language.text(&format!("status-{key}")), format!("states/{key}"), entries.iter().filter(of).collect())
        });
        let groups = vec![
            severities.into_values().filter(|facet| !facet.folder.ends_with('/')).collect(),
            services.facets("service"),
            status.filter(|facet| !facet.entries.is_empty()).collect(),
            states.into_iter().filter(|facet| !facet.entries.is_empty()).collect(),
            causes.facets("cause"),
            tags.facets("tag"),
        ];
        groups.into_iter().filter(|facets: &Vec<_>| !facets.is_empty()).collect()
    }
}

/// Postmortems by a word that each of them may hold several of. Words with the same address are one.
#[derive(Default)]
struct Named<'e>(BTreeMap<String, (String, Vec<&'e Entry>)>);

impl<'e> Named<'e> {
    fn add(&mut self, name: &str, href: Option<&str>, entry: &'e Entry) {
        let Some(folder) = href.and_then(|href| href.strip_suffix("/index.html")) else { return };
        let (_, entries) = self.0.entry(folder.to_owned()).or_insert_with(|| (name.to_owned(), Vec::new()));
        if entries.last().is_none_or(|last| !std::ptr::eq(*last, entry)) {
            entries.push(entry);
        }
    }

    /// The most frequent first.
    fn facets(self, key: &'static str) -> Vec<Facet<'e>> {
        let facets = self.0.into_iter().map(|(folder, (name, entries))| Facet::new(key, name, folder, entries));
        let mut facets: Vec<Facet<'e>> = facets.collect();
        facets.sort_by(|one, other| (other.entries.len(), &one.name).cmp(&(one.entries.len(), &other.name)));
        facets
    }
}

/// The page of a word in a folder; none for a word without a letter or digit.
pub(super) fn folder_href(folder: &str, word: &str) -> Option<String> {
    let slug = slug(word);
    (!slug.is_empty()).then(|| format!("{folder}/{slug}/index.html"))
}

fn view(facet: &Facet<'_>) -> FacetView {
    FacetView { key: facet.key.to_owned(), name: facet.name.clone(), href: facet.href() }
}

fn facet_group(facets: &[Facet<'_>], current: Option<&Facet<'_>>) -> FacetGroup {
    let value = |facet: &Facet<'_>| FacetValue {
        name: facet.name.clone(),
        href: facet.href(),
        count: facet.entries.len(),
        current: current.is_some_and(|current| current.folder == facet.folder),
    };
    FacetGroup { key: facets.first().map(|facet| facet.key.to_owned()).unwrap_or_default(), values: facets.iter().map(value).collect() }
}

/// A page with a list: of all years, or of one.
fn list_page(path: &str, facet: Option<&FacetView>, year: Option<&ListYear>, count: usize, years: &[ListYear], facets: &[FacetGroup]) -> Page {
    Page {
        template: "postmortems",
        kind: "postmortems",
        path: path.to_owned(),
        description: None,
        context: vec![
            pair("facet", &facet.cloned()),
            ("is_year", year.is_some().into()),
            pair("year", &year.and_then(|year| year.year.clone())),
            ("count", count.into()),
            ("years", list(years)),
            ("facets", list(facets)),
        ],
    }
}
