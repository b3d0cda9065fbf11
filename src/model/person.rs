use std::fmt;

/// A person or a team as written: `Name <email>`, `@handle`, an e-mail address or a bare name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Person {
    /// Full name or team name; empty when only a handle or an address was given.
    pub name: String,
    /// E-mail address as written.
    pub email: Option<String>,
    /// Handle without its `@`.
    pub handle: Option<String>,
}

impl Person {
    /// Reads `Name <email>`, `<email>`, `email`, `@handle`, `Name (@handle)` or a bare name. Never fails.
    #[must_use]
    pub fn parse(written: &str) -> Self {
        let written = written.trim();
        if let Some((name, rest)) = written.split_once('<')
            && let Some((email, _)) = rest.split_once('>')
        {
            return Self { name: name.trim().to_owned(), email: Some(email.trim().to_owned()), handle: None };
        }
        if let Some((name, rest)) = written.split_once("(@")
            && let Some((handle, _)) = rest.split_once(')')
        {
            return Self { name: name.trim().to_owned(), email: None, handle: Some(handle.trim().to_owned()) };
        }
        if let Some(handle) = written.strip_prefix('@')
            && !handle.contains(char::is_whitespace)
        {
            return Self { name: String::new(), email: None, handle: Some(handle.to_owned()) };
        }
        if written.contains('@') && !written.contains(char::is_whitespace) {
            return Self { name: String::new(), email: Some(written.to_owned()), handle: None };
        }
        Self { name: written.to_owned(), email: None, handle: None }
    }

    /// True when both are the same person: equal addresses (case-blind) decide; without two addresses, equal handles, then equal names.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        if let (Some(mine), Some(theirs)) = (&self.email, &other.email) {
            return mine.eq_ignore_ascii_case(theirs);
        }
        if let (Some(mine), Some(theirs)) = (&self.handle, &other.handle) {
            return mine.eq_ignore_ascii_case(theirs);
        }
        !self.name.is_empty() && self.name.to_lowercase() == other.name.to_lowercase()
    }
}

impl fmt::Display for Person {
    /// What a page shows: the name, else `@handle`, else the address.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&*self.name, &self.handle, &self.email) {
            ("", Some(handle), _) => write!(formatter, "@{handle}"),
            ("", None, Some(email)) => formatter.write_str(email),
            (name, _, _) => formatter.write_str(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_writing_a_person_is_read() {
        assert_eq!(Person::parse("Ada Meyer <ada@x.example>").email.as_deref(), Some("ada@x.example"));
        assert_eq!(Person::parse("@ada").to_string(), "@ada");
        assert_eq!(Person::parse("ada@x.example").to_string(), "ada@x.example");
        assert_eq!(Person::parse("결제팀").to_string(), "결제팀");
    }

    #[test]
    fn an_address_decides_before_a_name() {
        let one = Person::parse("Ada <ada@x.example>");
        assert!(one.is_same(&Person::parse("A. Meyer <ADA@x.example>")));
        assert!(!one.is_same(&Person::parse("Ada <other@x.example>")));
        assert!(one.is_same(&Person::parse("ada")));
    }
}
