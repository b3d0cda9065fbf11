use super::reader::{Reader, Unread};
use crate::{
    model::{Field, Origin, Person, Postmortem},
    yaml::Node,
};

/// Reads `owner`, `roles`, `reviewers` and the authors of others.
pub(super) fn read(reader: &mut Reader<'_>, postmortem: &mut Postmortem) {
    postmortem.owner = reader.pick("owner", |node, _| match node.items() {
        Some([only]) => person(only),
        Some(_) => Err(Unread::new("is a list, and exactly one owner is needed").help("name one person or one team")),
        None => person(node),
    });
    if let Some(entry) = reader.entry("roles") {
        match entry.value.entries() {
            Some(roles) => {
                for role in roles {
                    let holders = role.value.items().unwrap_or(std::slice::from_ref(&role.value));
                    for holder in holders.iter().filter(|holder| !holder.is_null()) {
                        match person(holder) {
                            Ok(found) => postmortem.roles.push((role.key.value.clone(), Field::new(found, holder.span, Origin::FrontMatter))),
                            Err(unread) => reader.invalid(role, &unread),
                        }
                    }
                }
            }
            None if entry.value.is_null() => {}
            None => reader.invalid(entry, &Unread::new("is no map of roles").help("write `commander: Name <email>`")),
        }
    }
    let people = |fields: Vec<Field<String>>| fields.into_iter().map(|field| field.map(|written| Person::parse(&written))).collect();
    postmortem.reviewers = people(reader.list("reviewers"));
    postmortem.authors = people(reader.list("authors"));
}

/// `Name <email>`, `@handle`, a team, or a map `{name, email}`.
fn person(node: &Node) -> Result<Person, Unread> {
    if let Some(written) = node.text().map(str::trim) {
        return if written.is_empty() { Err(Unread::silent()) } else { Ok(Person::parse(written)) };
    }
    let part = |key: &str| node.get(key).and_then(Node::text).map(str::to_owned);
    match part("name") {
        Some(name) => Ok(Person { name, email: part("email"), handle: part("handle") }),
        None => Err(Unread::new(format!("is {}, not a person", node.described())).help("write `Name <email>`, `\"@handle\"` or the name of a team")),
    }
}
