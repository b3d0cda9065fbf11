//! Commits read from their raw bytes, once.

use std::borrow::Cow;

use chrono::{DateTime, FixedOffset, TimeZone, Utc};

use super::{Commit, ObjectId, pull_request, trailers::Names};
use crate::model::Person;

/// The parts of a raw commit, borrowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RawCommit<'a> {
    pub(super) tree: ObjectId,
    pub(super) parents: Vec<ObjectId>,
    pub(super) author: &'a [u8],
    pub(super) committer: &'a [u8],
    encoding: Option<&'a [u8]>,
    is_signed: bool,
    message: &'a [u8],
}

impl<'a> RawCommit<'a> {
    /// Reads the headers; `None` where the bytes are no commit.
    pub(super) fn parse(bytes: &'a [u8]) -> Option<Self> {
        let mut commit =
            Self { tree: ObjectId::NONE, parents: Vec::new(), author: b"", committer: b"", encoding: None, is_signed: false, message: b"" };
        let mut has_tree = false;
        let mut rest = bytes;
        while !rest.is_empty() {
            let end = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
            let (line, following) = rest.split_at(end);
            rest = following.get(1..).unwrap_or_default();
            if line.is_empty() {
                commit.message = rest;
                break;
            }
            if let Some(id) = line.strip_prefix(b"tree ") {
                (commit.tree, has_tree) = (ObjectId::from_hex(id)?, true);
            } else if let Some(id) = line.strip_prefix(b"parent ") {
                commit.parents.push(ObjectId::from_hex(id)?);
            } else if let Some(author) = line.strip_prefix(b"author ") {
                commit.author = author;
            } else if let Some(committer) = line.strip_prefix(b"committer ") {
                commit.committer = committer;
            } else if let Some(encoding) = line.strip_prefix(b"encoding ") {
                commit.encoding = Some(encoding);
            } else if line.starts_with(b"gpgsig") {
                commit.is_signed = true;
            }
        }
        has_tree.then_some(commit)
    }

    /// When it was committed, by the committer's clock.
    pub(super) fn committed(&self) -> DateTime<FixedOffset> {
        split_identity(self.committer).1
    }

    /// The message as text.
    pub(super) fn message(&self) -> Cow<'a, str> {
        decode(self.message, self.encoding)
    }

    /// The whole commit, names after the mailmap.
    pub(super) fn decode(&self, id: ObjectId, position: usize, on_first_parent: bool, names: &mut Names) -> Commit {
        let message = self.message();
        let message = message.trim_start_matches('\n');
        let (subject, body) = split_message(message);
        let (author, authored) = split_identity(self.author);
        let (by, committed) = split_identity(self.committer);
        let trailers = names.trailers(message);
        Commit {
            id,
            parents: self.parents.clone(),
            author: names.resolve(&decode(author, self.encoding)),
            authored,
            committer: names.resolve(&decode(by, self.encoding)),
            committed,
            pull_request: pull_request::number(&subject, body),
            subject,
            body: body.to_owned(),
            co_authors: trailers
                .iter()
                .filter(|(key, _)| key.eq_ignore_ascii_case("co-authored-by"))
                .map(|(_, value)| names.resolve(value))
                .collect(),
            trailers,
            on_first_parent,
            is_signed: self.is_signed,
            position,
        }
    }

    /// Author and co-authors.
    pub(super) fn writers(&self, names: &mut Names) -> Vec<Person> {
        let mut writers = vec![names.resolve(&decode(split_identity(self.author).0, self.encoding))];
        let trailers = names.trailers(&self.message());
        let co_authors = trailers.iter().filter(|(key, _)| key.eq_ignore_ascii_case("co-authored-by"));
        writers.extend(co_authors.map(|(_, value)| names.resolve(value)));
        writers
    }

    /// Author, committer and the people of the trailers, for the list of everybody. Gives the trailers back.
    pub(super) fn mention_people(&self, names: &mut Names) -> Vec<(String, String)> {
        for identity in [self.author, self.committer] {
            names.resolve(&decode(split_identity(identity).0, self.encoding));
        }
        names.trailers(&self.message())
    }
}

/// The subject is the first paragraph on one line, as git has it; the body is what follows.
fn split_message(message: &str) -> (String, &str) {
    let (first, body) = message.split_once("\n\n").unwrap_or((message, ""));
    let subject = first.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    (subject, body.trim_start_matches('\n'))
}

/// Splits `Name <email> SECONDS OFFSET`. Clocks that no calendar has are read as 1970, as git does.
fn split_identity(identity: &[u8]) -> (&[u8], DateTime<FixedOffset>) {
    let epoch = DateTime::<Utc>::UNIX_EPOCH.fixed_offset();
    let Some(end) = identity.iter().rposition(|byte| *byte == b'>') else { return (identity, epoch) };
    let (person, clock) = identity.split_at(end + 1);
    let Ok(clock) = std::str::from_utf8(clock) else { return (person, epoch) };
    let mut words = clock.split_whitespace();
    let seconds = words.next().and_then(|word| word.parse().ok()).unwrap_or(0);
    let offset = words.next().and_then(offset).and_then(FixedOffset::east_opt);
    let offset = offset.unwrap_or_else(|| epoch.timezone());
    (person, offset.timestamp_opt(seconds, 0).single().unwrap_or(epoch))
}

/// Seconds east of Greenwich of `+0900`.
fn offset(word: &str) -> Option<i32> {
    let number: i32 = word.parse().ok()?;
    let minutes = number / 100 * 60 + number % 100;
    (number % 100).abs().lt(&60).then_some(minutes * 60)
}

/// Commits of old tools may be written in another encoding, which a header names; Latin 1 is the only one that still occurs.
fn decode<'a>(bytes: &'a [u8], encoding: Option<&[u8]>) -> Cow<'a, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) if encoding.is_some_and(|name| name.to_ascii_lowercase().starts_with(b"iso-8859-1") || name.eq_ignore_ascii_case(b"latin1")) => {
            Cow::Owned(bytes.iter().map(|byte| char::from(*byte)).collect())
        }
        Err(_) => String::from_utf8_lossy(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_keep_the_offset_of_their_author() {
        let (person, clock) = split_identity(b"Ada <ada@x.example> 1700000000 -0330");
        assert_eq!(person, b"Ada <ada@x.example>");
        assert_eq!(clock.to_rfc3339(), "2023-11-14T18:43:20-03:30");
        assert_eq!(split_identity(b"Ada <ada@x.example> 99999999999999999999 +0000").1.timestamp(), 0);
        assert_eq!(split_identity(b"Ada").1.timestamp(), 0);
    }

    #[test]
    fn a_subject_over_two_lines_is_one_line() {
        assert_eq!(split_message("One\ntwo\n\nBody\n"), ("One two".to_owned(), "Body\n"));
        assert_eq!(split_message(""), (String::new(), ""));
    }
}
