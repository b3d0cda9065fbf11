use std::{collections::BTreeMap, sync::Arc};

use super::{Commit, ObjectId, graph::Graph};

/// Fewer digits than this name nothing.
const DIGITS: usize = 7;

/// What a message says that its commit takes back.
#[derive(Debug, PartialEq, Eq)]
enum Named {
    /// A commit, by the beginning of its id.
    Commit(String),
    /// The pull or merge request of this number.
    Request(String),
}

/// Whether a raw message may say that its commit takes another one back.
pub(super) fn may_revert(message: &str) -> bool {
    message.contains("everts ")
}

/// What a message takes back, in the words of git (`This reverts commit …`, also with `--reference`), of GitHub (`Reverts shop/reports#12`) and of
/// GitLab (`This reverts merge request !12`).
fn named(body: &str) -> Vec<Named> {
    let digits = |text: &str, is_digit: fn(&char) -> bool| text.chars().take_while(is_digit).collect::<String>();
    let line = |line: &str| {
        if let Some(rest) = line.strip_prefix("This reverts commit ") {
            let id = digits(rest, char::is_ascii_hexdigit).to_ascii_lowercase();
            return (id.len() >= DIGITS).then_some(Named::Commit(id));
        }
        let request = line.strip_prefix("This reverts merge request ").and_then(|rest| rest.split_once('!'));
        let (_, number) = request
            .or_else(|| line.strip_prefix("Reverts ").and_then(|rest| rest.split_once('#')).filter(|(repository, _)| !repository.contains(' ')))?;
        let number = digits(number, char::is_ascii_digit);
        (!number.is_empty()).then_some(Named::Request(number))
    };
    body.lines().map(str::trim).filter_map(line).collect()
}

/// For every commit that a later one takes back, the first that does. `commits`, by place, holds those that say so and
/// those that landed requests.
pub(super) fn resolve(graph: &Graph, commits: &BTreeMap<usize, Arc<Commit>>) -> BTreeMap<ObjectId, Arc<Commit>> {
    let mut reverts = BTreeMap::new();
    let mut ids: Vec<(ObjectId, usize)> = Vec::new();
    let place = |position: usize| graph.nodes.len() - 1 - position;
    // The oldest first: what was taken back once stays so.
    for commit in commits.values().rev().filter(|commit| may_revert(&commit.body)) {
        for named in named(&commit.body) {
            let target = match named {
                Named::Commit(digits) => {
                    if ids.is_empty() {
                        ids = graph.nodes.iter().enumerate().map(|(place, node)| (node.id, place)).collect();
                        ids.sort_unstable();
                    }
                    let start = ids.partition_point(|(id, _)| id.to_string() < digits);
                    let mut like = ids.get(start..).unwrap_or_default().iter().take_while(|(id, _)| id.to_string().starts_with(&digits));
                    // An abbreviation that means several commits means none.
                    like.next().filter(|(_, target)| like.next().is_none() && *target > place(commit.position)).map(|(id, _)| *id)
                }
                Named::Request(number) => {
                    let landed = |other: &&Arc<Commit>| {
                        other.on_first_parent && other.position < commit.position && other.pull_request.as_ref() == Some(&number)
                    };
                    commits.values().find(landed).map(|commit| commit.id)
                }
            };
            if let Some(target) = target {
                reverts.entry(target).or_insert_with(|| Arc::clone(commit));
            }
        }
    }
    reverts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn git_and_the_forges_say_what_they_take_back() {
        let id = "0123456789abcdef0123456789abcdef01234567";
        let commit = |digits: &str| vec![Named::Commit(digits.to_owned())];
        let request = |number: &str| vec![Named::Request(number.to_owned())];
        assert_eq!(named(&format!("This reverts commit {id}.\n")), commit(id));
        assert_eq!(named(&format!("This reverts commit {id}, reversing\nchanges made to {id}.\n")), commit(id));
        assert_eq!(named("This reverts commit 0123456789 (Review, 2026-03-04).\n"), commit("0123456789"));
        assert_eq!(named("Reverts shop/reports#12\n"), request("12"));
        assert_eq!(named("This reverts merge request !13\n"), request("13"));
        assert_eq!(named(&format!("We wondered whether this reverts commit {id}.\n")), []);
        assert_eq!(named("This reverts commit 0123.\nReverts the limit to that of #1.\n"), []);
    }
}
