//! Somebody is named in text for an external audience.
//!
//! ## What it does
//! Searches what an external audience would read (its block of the front matter, the sections and rows marked for it) for
//! everybody whom git, `.mailmap`, the configuration or any front matter names: full names, e-mail addresses and handles, as
//! whole words. A single first name is never searched for.
//!
//! ## Why
//! A postmortem is about what happened, not about who was on duty. Inside, names help to ask further; outside, they put a
//! person in front of customers.
//!
//! ## Configuration
//! `people` in `lookback.yml` adds people that no commit names. This rule can neither be turned off nor softened; an `allow`
//! entry with a reason counts once the text is approved.
//!
//! ## Example
//! ```postmortem fails
//! ---
//! title: Checkout returned 503
//! owner: Ada Meyer <ada@shop.example>
//! public: {publish: true, title: Orders could not be placed}
//! ---
//! ## Customer summary
//! Ada Meyer enlarged the disk.
//! ```
//! ```postmortem passes
//! ---
//! title: Checkout returned 503
//! owner: Ada Meyer <ada@shop.example>
//! public: {publish: true, title: Orders could not be placed}
//! ---
//! ## Customer summary
//! Our engineers enlarged the disk.
//! ## Response
//! Ada Meyer enlarged the disk.
//! ```

use super::{Check, Document, Group, Rule};
use super::{Term, audience_text::Reading};
use crate::findings::{Level, Problem};

pub(super) const RULE: Rule = Rule {
    name: "person-in-public",
    group: Group::Publication,
    level: Level::Error,
    is_completeness: false,
    source: include_str!("person_in_public.rs"),
    check: Check::Text(check),
};

fn check(document: &Document<'_>) -> Vec<Problem> {
    let people = &document.surroundings.people;
    if people.is_empty() {
        return Vec::new();
    }
    let mut problems = Vec::new();
    for span in document.read_outside() {
        let reading = Reading::of(document.parsed.source().text(), *span);
        for (range, term) in people.find(&reading.text) {
            let place = reading.locate(range);
            let what = match term {
                Term::Name => "names",
                Term::Email => "holds the address of",
                Term::Handle => "holds the handle of",
            };
            let message =
                format!("text for an external audience {what} `{}`", document.slice(place).split_whitespace().collect::<Vec<_>>().join(" "));
            problems.push(Problem::new(RULE.name, place, message).help("say what was done, or name the role or the team"));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::messages_of;

    #[test]
    fn a_name_is_found_over_a_line_break_and_in_marked_rows_only() {
        let head =
            "---\ntitle: A\nowner: Ada Meyer <ada@shop.example>\npublic: {publish: true, title: T, summary: By @bob}\nreviewers: ['@bob']\n---\n";
        let text = format!("{head}## Impact {{.public}}\nSeen by *Ada*\nMeyer.\n<!-- Ada Meyer -->\n## Response\nAda Meyer, ada@shop.example\n");
        let found: Vec<String> = messages_of(RULE.name, &text).into_iter().map(|(_, at)| at).collect();
        assert_eq!(found, ["@bob", "Ada*\nMeyer"]);
    }
}
