//! Who is who: one place that decides whether two ways of writing somebody mean one person.

use std::collections::BTreeMap;

use crate::{config::Settings, model::Person, text::fold};

/// Everybody whom the configuration or the history knows.
///
/// Two questions are asked of it, and each fails closed. Who may approve is decided strictly: by address, by handle, or by a name that stands
/// alone. Who may be the same person as a writer, or as somebody who approved already, is decided broadly: an equal full name is enough, even
/// with another address, because nobody can be told from their private address by git alone.
#[derive(Debug, Clone, Default)]
pub struct Identities {
    /// The people of the configuration.
    configured: Vec<Person>,
    /// Places in `configured`, by folded address.
    emails: BTreeMap<String, usize>,
    /// Places in `configured`, by folded handle.
    handles: BTreeMap<String, usize>,
    /// Places in `configured`, by folded name or alias; `None` where two people share it.
    names: BTreeMap<String, Option<usize>>,
    /// People of the history by their folded full name.
    committed_names: BTreeMap<String, Person>,
    /// People of the history by their folded address.
    committed_emails: BTreeMap<String, Person>,
}

impl Identities {
    /// Everybody of the configuration (`people`, and the approvers) and of the history.
    #[must_use]
    pub fn new(settings: &Settings, committed: &[Person]) -> Self {
        let mut known = Self::default();
        for person in &settings.people {
            let place = known.add(&person.person);
            for alias in &person.aliases {
                known.note(place, &Person::parse(alias));
            }
        }
        for approver in &settings.review.approvers {
            if known.configured(approver).is_none() {
                known.add(approver);
            }
        }
        // A trailer is no proof of its own people: only those with an address that looks like one are known by what commits say.
        for person in committed.iter().filter(|person| has_address(person) && !person.name.trim().is_empty() && !is_forge(person)) {
            if is_full_name(&person.name) {
                known.committed_names.entry(folded(&person.name)).or_insert_with(|| person.clone());
            }
            if let Some(email) = &person.email {
                known.committed_emails.entry(folded(email)).or_insert_with(|| person.clone());
            }
        }
        known
    }

    fn add(&mut self, person: &Person) -> usize {
        let place = self.configured.len();
        self.configured.push(person.clone());
        self.note(place, person);
        place
    }

    fn note(&mut self, place: usize, person: &Person) {
        if let Some(email) = &person.email {
            self.emails.entry(folded(email)).or_insert(place);
        }
        if let Some(handle) = &person.handle {
            self.handles.entry(folded(handle)).or_insert(place);
        }
        if !person.name.trim().is_empty() {
            let known = self.names.entry(folded(&person.name)).or_insert(Some(place));
            if *known != Some(place) {
                *known = None;
            }
        }
    }

    /// The configured person of an address or handle; of a name only where it stands alone.
    fn configured(&self, person: &Person) -> Option<usize> {
        let by_email = person.email.as_deref().and_then(|email| self.emails.get(&folded(email)).copied());
        let by_handle = || handle(person).and_then(|handle| self.handle(&handle));
        let by_name = || if person.email.is_none() && person.handle.is_none() { self.named(&person.name) } else { None };
        by_email.or_else(by_handle).or_else(by_name)
    }

    fn handle(&self, handle: &str) -> Option<usize> {
        let handle = folded(handle);
        self.handles.get(&handle).copied().or_else(|| self.names.get(&handle).copied().flatten())
    }

    fn named(&self, name: &str) -> Option<usize> {
        let name = folded(name);
        self.names.get(&name).copied().flatten().or_else(|| self.handles.get(&name).copied())
    }

    /// The person behind what was written, as far as they are known; else what was written.
    #[must_use]
    pub fn resolve(&self, written: &Person) -> Person {
        if let Some(known) = self.configured(written).and_then(|place| self.configured.get(place)) {
            let mut person = known.clone();
            if person.name.is_empty() {
                person.name.clone_from(&written.name);
            }
            person.email = person.email.or_else(|| written.email.clone());
            return person;
        }
        let by_name = || written.email.is_none().then(|| self.committed_names.get(&folded(&written.name))).flatten();
        let by_email = || written.email.as_ref().filter(|_| written.name.is_empty()).and_then(|email| self.committed_emails.get(&folded(email)));
        by_name().or_else(by_email).unwrap_or(written).clone()
    }

    /// Whether it is clear who that is: a name with an address that looks like one, or somebody who is known. The account of a forge is nobody.
    #[must_use]
    pub fn is_identifiable(&self, written: &Person) -> bool {
        if is_forge(written) {
            return false;
        }
        if self.configured(written).is_some() {
            return true;
        }
        let person = self.resolve(written);
        !person.name.trim().is_empty() && has_address(&person)
    }

    /// Whether both may be one person, in doubt yes: the same by address, handle or lone name, the same configured person by any of their names,
    /// or an equal full name whatever the addresses are.
    #[must_use]
    pub fn may_be_same(&self, one: &Person, other: &Person) -> bool {
        let (resolved, theirs) = (self.resolve(one), self.resolve(other));
        if resolved.is_same(&theirs) || one.is_same(other) {
            return true;
        }
        let place = |person: &Person| self.configured(person).or_else(|| self.named(&person.name));
        if place(one).is_some_and(|place_of_one| place(other) == Some(place_of_one)) {
            return true;
        }
        is_full_name(&resolved.name) && folded(&resolved.name) == folded(&theirs.name)
    }
}

/// Whether somebody is a forge's own account rather than a person.
pub(super) fn is_forge(person: &Person) -> bool {
    const ADDRESSES: &[&str] = &["noreply@github.com", "noreply@gitlab.com", "noreply@codeberg.org"];
    const NAMES: &[&str] = &["GitHub", "GitLab", "Gitea", "Forgejo"];
    person.email.as_deref().is_some_and(|email| ADDRESSES.iter().any(|address| email.eq_ignore_ascii_case(address)))
        || NAMES.iter().any(|name| person.name.trim().eq_ignore_ascii_case(name))
}

/// Whether there is an address with something on both sides of its `@`.
fn has_address(person: &Person) -> bool {
    let parts = person.email.as_deref().and_then(|email| email.trim().rsplit_once('@'));
    parts.is_some_and(|(user, host)| !user.is_empty() && !host.is_empty())
}

/// The handle as written, or the one in the private address that GitHub gives: `123+ada@users.noreply.github.com`.
fn handle(person: &Person) -> Option<String> {
    let private = || {
        let user = person.email.as_deref()?.strip_suffix("@users.noreply.github.com")?;
        Some(user.rsplit_once('+').map_or(user, |(_, handle)| handle).to_owned())
    };
    person.handle.clone().or_else(private)
}

/// At least two words, or at least three Hangul syllables: a single name may be anybody's.
fn is_full_name(name: &str) -> bool {
    let syllables = name.chars().filter(|character| matches!(character, '가'..='힣')).count();
    syllables >= 3 || name.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count() > 1
}

fn folded(text: &str) -> String {
    fold(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_equal_full_name_is_the_same_person_whatever_the_address() {
        let known = Identities::default();
        let same = |one: &str, other: &str| known.may_be_same(&Person::parse(one), &Person::parse(other));
        assert!(same("Ada Meyer <ada@x.example>", "ada  meyer <ada@home.example>"));
        assert!(same("김철수 <kim@x.example>", "김철수 <kim@home.example>"));
        assert!(!same("Ada <ada@x.example>", "Ada <other@x.example>"));
        assert!(same("Ada <ops@x.example>", "Bea Costa <ops@x.example>"));
    }

    #[test]
    fn only_those_who_can_be_found_are_identifiable() {
        let known = Identities::new(&Settings::default(), &[Person::parse("Bo Lind <bo@x.example>"), Person::parse("TBD")]);
        let is_known = |written: &str| known.is_identifiable(&Person::parse(written));
        for somebody in ["Ada <ada@x.example>", "Bo Lind", "bo@x.example"] {
            assert!(is_known(somebody), "{somebody}");
        }
        for nobody in ["", "TBD", "nobody <none>", "nobody <@>", "Bo", "@bo", "GitHub <noreply@github.com>", "<new@x.example>"] {
            assert!(!is_known(nobody), "{nobody}");
        }
    }
}
