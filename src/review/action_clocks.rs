use chrono::{DateTime, FixedOffset};

use crate::model::{Action, Postmortem};

/// When an action item was first written down, and when it was settled, as git knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ActionClock {
    /// The first commit whose text has it; `None` while it is in no commit.
    pub opened: Option<DateTime<FixedOffset>>,
    /// The commit since which it is done or declined without a break; `None` while somebody still has to do something.
    pub settled: Option<DateTime<FixedOffset>>,
}

/// Measures the actions of `tip` over the texts of its history, the oldest first. An action is the same one while it keeps its id, or, without one,
/// its title.
pub(super) fn action_clocks<'a>(
    tip: &Postmortem,
    texts: &(impl Iterator<Item = (DateTime<FixedOffset>, &'a Postmortem)> + Clone),
) -> Vec<ActionClock> {
    let clock = |action: &Action| {
        let mut clock = ActionClock::default();
        for (at, text) in texts.clone() {
            let found = text.actions.iter().map(|field| &field.value).find(|other| is_same(action, other));
            clock = match found {
                Some(found) if found.status.is_pending() => ActionClock { opened: clock.opened.or(Some(at)), settled: None },
                Some(_) => ActionClock { opened: clock.opened.or(Some(at)), settled: clock.settled.or(Some(at)) },
                None => clock,
            };
        }
        // What the work tree says of it, and no commit yet, has no time.
        ActionClock { settled: clock.settled.filter(|_| !action.status.is_pending()), ..clock }
    };
    tip.actions.iter().map(|field| clock(&field.value)).collect()
}

fn is_same(one: &Action, other: &Action) -> bool {
    match (&one.id, &other.id) {
        (Some(one), Some(other)) => one == other,
        _ => one.title == other.title,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{config::Settings, source::parse, text::Source};

    #[test]
    fn actions_are_open_from_the_first_text_that_has_them_until_they_are_settled_for_good() {
        let read = |actions: &str| parse(Source::new("a.md", format!("---\nactions:\n{actions}\n---\n")), &Settings::default());
        let texts = [
            "  - {id: A1, title: Alert}",
            "  - {id: A1, title: Alert, status: done}\n  - Write it down",
            "  - {id: A1, title: Page, status: in-progress}\n  - {title: Write it down, status: declined, reason: known}",
            "  - {id: A1, title: Page, status: done}\n  - {title: Write it down, status: declined, reason: known}",
        ];
        let texts = texts.map(read);
        let at = |day: usize| DateTime::parse_from_rfc3339(&format!("2026-03-0{day}T10:00:00Z")).ok();
        let days = |tip: usize| {
            let told = texts.iter().enumerate().filter_map(|(index, text)| Some((at(index + 1)?, text.postmortem())));
            action_clocks(texts[tip].postmortem(), &told.take(tip + 1))
        };
        let clock = |opened, settled: Option<usize>| ActionClock { opened: at(opened), settled: settled.and_then(at) };
        assert_eq!(days(1), [clock(1, Some(2)), clock(2, None)]);
        assert_eq!(days(2), [clock(1, None), clock(2, Some(3))]);
        assert_eq!(days(3), [clock(1, Some(4)), clock(2, Some(3))]);
        // The work tree is ahead of every commit.
        let nothing = action_clocks(texts[3].postmortem(), &[].into_iter());
        assert_eq!(nothing, [ActionClock::default(), ActionClock::default()]);
    }
}
