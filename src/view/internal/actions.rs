use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Pages, href, list, rows::SeverityTag};
use crate::{
    corpus::Entry,
    model::{Action, ActionStatus},
    view::{Page, value::template_structs},
};

template_structs! {
    /// An action item.
    ActionRow {
        /// Id as written.
        id: Option<String>,
        /// What will be different.
        title: String,
        /// What it is for.
        r#type: Option<String>,
        /// Who sees to it.
        owner: Option<String>,
        /// Their page.
        owner_href: Option<String>,
        /// Last day in time.
        due: Option<String>,
        /// How far it is.
        status: String,
        /// Its ticket.
        ticket: Option<TicketView>,
        /// Whether it is overdue.
        late: bool,
        /// Days since the due date.
        days_late: usize,
        /// Why it was declined.
        reason: Option<String>,
        /// Where it comes from, on pages that collect actions.
        postmortem: Option<ActionOrigin>,
    }
    /// A ticket.
    TicketView {
        /// Number or host.
        label: String,
        /// Address, when it is one.
        url: Option<String>,
    }
    /// The postmortem of an action.
    ActionOrigin {
        /// Title.
        title: String,
        /// Page.
        href: String,
        /// How bad it was.
        severity: Option<SeverityTag>,
    }
    /// What one person holds.
    ActionPerson {
        /// Who.
        name: String,
        /// Their page.
        href: Option<String>,
        /// Overdue ones.
        overdue: usize,
        /// Other open ones.
        open: usize,
        /// Finished ones.
        done: usize,
    }
    /// Actions of one state.
    ActionGroup {
        /// `overdue`, `open`, `in-progress`, `done` or `declined`.
        state: String,
        /// How many there are.
        count: usize,
        /// Its actions; of those that are finished or declined the newest.
        actions: Vec<ActionRow>,
    }
}

/// Finished and declined actions on the page of all actions. The JSON has them all.
const SETTLED: usize = 100;

/// Groups in the order in which people need them.
const GROUPS: [&str; 5] = ["overdue", "in-progress", "open", "done", "declined"];

impl Pages<'_> {
    /// The actions of one postmortem, late ones first. `origin` names the postmortem in each.
    pub(super) fn actions_of(&self, entry: &Entry, origin: Option<&ActionOrigin>) -> Vec<ActionRow> {
        let today = self.today();
        let with_page = |mut row: ActionRow| {
            row.owner_href = row.owner.as_ref().and_then(|name| self.people.get(name).cloned());
            row
        };
        let mut rows: Vec<ActionRow> = entry.postmortem().actions.iter().map(|action| with_page(row(&action.value, today, origin))).collect();
        rows.sort_by_key(order);
        rows
    }

    /// The actions of several postmortems, each with its origin, late ones first.
    pub(super) fn actions_with_origin<'e>(&self, entries: impl Iterator<Item = &'e Entry>) -> Vec<ActionRow> {
        let mut rows: Vec<ActionRow> = entries
            .filter(|entry| !entry.postmortem().is_withdrawn())
            .flat_map(|entry| {
                let origin =
                    ActionOrigin { title: entry.postmortem().title.value.clone(), href: href(&entry.key), severity: self.severity_tag(entry) };
                self.actions_of(entry, Some(&origin))
            })
            .collect();
        rows.sort_by_key(order);
        rows
    }

    /// The page of all actions.
    pub(super) fn actions(&self) -> Page {
        let rows = self.actions_with_origin(self.corpus.entries().iter());
        let mut by_person: BTreeMap<&str, Vec<&ActionRow>> = BTreeMap::new();
        for action in &rows {
            if let Some(name) = &action.owner {
                by_person.entry(name).or_default().push(action);
            }
        }
        let mut people: Vec<ActionPerson> =
            by_person.into_iter().map(|(name, actions)| ActionPerson::of(name, self.people.get(name), actions.iter().copied())).collect();
        people.sort_by(|one, other| (other.overdue, other.open, &one.name).cmp(&(one.overdue, one.open, &other.name)));
        let open = rows.iter().filter(|action| ["overdue", "open", "in-progress"].contains(&state(action))).count();
        let overdue = rows.iter().filter(|action| action.late).count();
        let count = rows.len();
        let groups = ActionGroup::of(rows);
        Page {
            template: "actions",
            kind: "actions",
            path: "actions/index.html".to_owned(),
            description: None,
            context: vec![
                ("count", count.into()),
                ("open", open.into()),
                ("overdue", overdue.into()),
                ("people", list(&people)),
                ("groups", list(&groups)),
            ],
        }
    }
}

impl ActionPerson {
    /// Counts the actions of one person.
    pub(super) fn of<'r>(name: &str, href: Option<&String>, actions: impl IntoIterator<Item = &'r ActionRow>) -> Self {
        let mut person = Self { name: name.to_owned(), href: href.cloned(), overdue: 0, open: 0, done: 0 };
        for action in actions {
            match state(action) {
                "overdue" => person.overdue += 1,
                "open" | "in-progress" => person.open += 1,
                "done" => person.done += 1,
                _ => {}
            }
        }
        person
    }
}

impl ActionGroup {
    /// Actions by state, in the order in which people need them; states without actions are left out.
    pub(super) fn of(actions: Vec<ActionRow>) -> Vec<Self> {
        let mut groups: Vec<Self> = GROUPS.map(|name| Self { state: name.to_owned(), count: 0, actions: Vec::new() }).into();
        for action in actions {
            if let Some(group) = groups.iter_mut().find(|group| group.state == state(&action)) {
                group.count += 1;
                group.actions.push(action);
            }
        }
        groups.retain(|group| group.count > 0);
        for group in groups.iter_mut().filter(|group| ["done", "declined"].contains(&&*group.state)) {
            group.actions.sort_by(|one, other| other.due.cmp(&one.due));
            group.actions.truncate(SETTLED);
        }
        groups
    }
}

/// Overdue counts as a state of its own.
fn state(action: &ActionRow) -> &str {
    if action.late { "overdue" } else { &action.status }
}

/// Late first, the latest of them first; then by state, then by due date.
fn order(action: &ActionRow) -> (usize, std::cmp::Reverse<usize>, Option<String>) {
    let rank = GROUPS.iter().position(|group| *group == state(action)).unwrap_or(GROUPS.len());
    (rank, std::cmp::Reverse(action.days_late), action.due.clone())
}

fn row(action: &Action, today: NaiveDate, origin: Option<&ActionOrigin>) -> ActionRow {
    let late = action.is_overdue(today);
    let days = action.due.as_ref().filter(|_| late).map_or(0, |due| (today - due.value).num_days());
    ActionRow {
        id: action.id.clone(),
        title: action.title.clone(),
        r#type: action.kind.map(|kind| kind.name().to_owned()),
        owner: action.owner.as_ref().map(ToString::to_string),
        owner_href: None,
        due: action.due.as_ref().map(|due| due.value.to_string()),
        status: action.status.name().to_owned(),
        ticket: action.ticket.as_deref().map(ticket),
        late,
        days_late: usize::try_from(days).unwrap_or_default(),
        reason: action.reason.clone().filter(|_| action.status == ActionStatus::Declined),
        postmortem: origin.cloned(),
    }
}

/// A ticket as written: an address is shown by its last part.
fn ticket(written: &str) -> TicketView {
    let is_web = written.starts_with("https://") || written.starts_with("http://");
    let label = if is_web { written.trim_end_matches('/').rsplit('/').next().unwrap_or(written) } else { written };
    TicketView { label: label.to_owned(), url: is_web.then(|| written.to_owned()) }
}
