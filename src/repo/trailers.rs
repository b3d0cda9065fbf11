use std::collections::{BTreeSet, HashMap};

use git2::{Mailmap, Signature, Time};

use crate::model::Person;

/// People as the mailmap has them, with everybody who was ever asked for. One per thread.
pub(super) struct Names {
    mailmap: Option<Mailmap>,
    known: HashMap<String, Person>,
}

impl Names {
    /// `mailmap` is the text of a mailmap; lines that are none are passed over, as git does.
    pub(super) fn new(mailmap: Option<&str>) -> Self {
        Self { mailmap: mailmap.and_then(|text| Mailmap::from_buffer(text).ok()), known: HashMap::new() }
    }

    /// The person behind `Name <email>`. Handles and bare names stay as written: a mailmap knows addresses only.
    pub(super) fn resolve(&mut self, written: &str) -> Person {
        if let Some(person) = self.known.get(written) {
            return person.clone();
        }
        let mut person = Person::parse(written);
        if let (Some(mailmap), Some(email)) = (&self.mailmap, &person.email)
            && let Some(mapped) = mapped(mailmap, &person.name, email)
        {
            person = mapped;
        }
        self.known.insert(written.to_owned(), person.clone());
        person
    }

    /// The trailers of a message: key as written, value with the name after the mailmap where it is a person.
    pub(super) fn trailers(&mut self, message: &str) -> Vec<(String, String)> {
        // Most commits have none, and asking libgit2 costs a copy of the message.
        if !message.trim_end().contains("\n\n") {
            return Vec::new();
        }
        let Ok(trailers) = git2::message_trailers_strs(message) else { return Vec::new() };
        trailers.iter().map(|(key, value)| (key.to_owned(), self.value(key, value))).collect()
    }

    fn value(&mut self, key: &str, value: &str) -> String {
        let value = value.trim();
        let names_someone = key.to_ascii_lowercase().ends_with("-by") && !value.is_empty();
        match names_someone.then(|| self.resolve(value)) {
            Some(Person { name, email: Some(email), .. }) => format!("{name} <{email}>").trim_start().to_owned(),
            _ => value.to_owned(),
        }
    }

    /// Everybody who was asked for.
    pub(super) fn people(&self) -> BTreeSet<Person> {
        self.known.values().filter(|person| **person != Person::default()).cloned().collect()
    }
}

/// Asks libgit2. A signature can't be without a name, so an absent one is stood in for and taken out again.
fn mapped(mailmap: &Mailmap, name: &str, email: &str) -> Option<Person> {
    const NOBODY: &str = "?";
    let asked = Signature::new(if name.is_empty() { NOBODY } else { name }, email, &Time::new(0, 0)).ok()?;
    let found = mailmap.resolve_signature(&asked).ok()?;
    let name = String::from_utf8_lossy(found.name_bytes()).into_owned();
    let email = String::from_utf8_lossy(found.email_bytes()).into_owned();
    Some(Person { name: if name == NOBODY { String::new() } else { name }, email: Some(email), handle: None })
}
