use std::{collections::BTreeMap, sync::Arc};

use aho_corasick::{AhoCorasick, MatchKind};

use crate::{config::Settings, model::Person, source::Parsed, text::fold};

/// Everybody by what can identify them in a text, ready to be searched for. Single names never identify anybody.
#[derive(Debug, Clone, Default)]
pub struct People {
    terms: Arc<[(String, Term)]>,
    automaton: Option<Arc<AhoCorasick>>,
}

/// What kind of thing identifies somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term {
    /// A full name: at least two words, or three Hangul syllables.
    Name,
    /// An e-mail address.
    Email,
    /// A handle, searched as `@handle` or as the last part of a profile's address.
    Handle,
}

/// Words by which a name is that of a team or a machine.
const NO_PERSON: &[&str] = &[
    "team",
    "teams",
    "squad",
    "tribe",
    "guild",
    "group",
    "bot",
    "actions",
    "action",
    "service",
    "services",
    "support",
    "engineering",
    "engineers",
    "operations",
    "ops",
    "platform",
    "infrastructure",
    "infra",
    "sre",
    "admin",
    "admins",
    "administrator",
    "ci",
    "cd",
    "release",
    "on-call",
    "oncall",
    "security",
    "account",
    "system",
    "robot",
    "automation",
    "unknown",
    "github",
    "gitlab",
    "payments",
    "department",
    "office",
    "staff",
];

/// Handles that name a group on every forge.
const NO_HANDLE: &[&str] = &["here", "channel", "all", "everyone", "oncall", "on-call", "team", "sre", "ops", "github", "gitlab"];

/// Particles and honorifics that may follow a Korean name without a space.
const PARTICLES: &[&str] = &[
    "님",
    "씨",
    "이",
    "가",
    "은",
    "는",
    "을",
    "를",
    "의",
    "과",
    "와",
    "도",
    "만",
    "로",
    "으로",
    "에",
    "께",
    "한테",
    "랑",
    "팀장",
    "매니저",
    "개발자",
];

impl People {
    /// Everybody that a commit, the configuration or the front matter of any document names.
    #[must_use]
    pub fn gather<'a>(committed: &[Person], settings: &Settings, documents: impl IntoIterator<Item = &'a Parsed>) -> Self {
        let mut people: Vec<Person> = committed.to_vec();
        for known in &settings.people {
            people.push(known.person.clone());
            people.extend(known.aliases.iter().map(|alias| Person::parse(alias)));
        }
        people.extend(settings.review.approvers.iter().cloned());
        for parsed in documents {
            let postmortem = parsed.postmortem();
            let roles = postmortem.roles.iter().map(|(_, person)| person);
            let named = postmortem.owner.iter().chain(roles).chain(&postmortem.reviewers).chain(&postmortem.authors);
            people.extend(named.map(|field| field.value.clone()));
            people.extend(postmortem.actions.iter().filter_map(|action| action.value.owner.clone()));
        }
        people.retain(|person| !settings.review.bots.iter().any(|mark| person.name.contains(mark)));
        Self::new(&people)
    }

    /// Builds the search for these people.
    #[must_use]
    pub fn new(people: &[Person]) -> Self {
        let mut terms = BTreeMap::new();
        for person in people {
            if is_full_name(&person.name) {
                terms.insert(squeeze(&fold(&person.name)), Term::Name);
            }
            if let Some(email) = person.email.as_deref().filter(|email| email.contains('@')) {
                terms.insert(fold(email.trim()), Term::Email);
            }
            if let Some(handle) = person.handle.as_deref().map(|handle| fold(handle.trim()))
                && handle.chars().count() > 1
                && !NO_HANDLE.contains(&&*handle)
            {
                terms.insert(format!("@{handle}"), Term::Handle);
                terms.insert(format!("github.com/{handle}"), Term::Handle);
                terms.insert(format!("gitlab.com/{handle}"), Term::Handle);
            }
        }
        let terms: Arc<[(String, Term)]> = terms.into_iter().collect();
        let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(terms.iter().map(|(term, _)| term)).ok();
        Self { automaton: automaton.filter(|_| !terms.is_empty()).map(Arc::new), terms }
    }

    /// Everything that identifies somebody, folded, with what it is.
    pub fn terms(&self) -> impl Iterator<Item = (&str, Term)> {
        self.terms.iter().map(|(term, kind)| (term.as_str(), *kind))
    }

    /// True when nobody is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Everything in `text` that identifies somebody, as byte ranges. `text` is folded, with single spaces for white space.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<(std::ops::Range<usize>, Term)> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let matches = automaton.find_iter(text).filter_map(|found| {
            let term = self.terms.get(found.pattern().as_usize())?.1;
            let before = text.get(..found.start())?.chars().next_back();
            let after = text.get(found.end()..)?;
            (!before.is_some_and(|before| joins(before, term)) && ends_word(after, term, text.get(found.range())?)).then_some((found.range(), term))
        });
        matches.collect()
    }
}

fn joins(character: char, term: Term) -> bool {
    character.is_alphanumeric() || (term == Term::Email && matches!(character, '.' | '_' | '-' | '+')) || (term == Term::Handle && character == '.')
}

/// Whether the term ends where it was found: a longer word, address or handle is somebody else's.
fn ends_word(after: &str, term: Term, found: &str) -> bool {
    let Some(next) = after.chars().next() else { return true };
    match term {
        Term::Email => !(next.is_ascii_alphanumeric() || matches!(next, '-' | '_') || is_inner_dot(after)),
        Term::Handle => !(next.is_ascii_alphanumeric() || matches!(next, '-' | '_' | '/')),
        Term::Name if found.chars().next_back().is_some_and(is_hangul) => {
            !next.is_alphanumeric() || PARTICLES.iter().any(|particle| after.starts_with(particle))
        }
        Term::Name => !next.is_alphanumeric() || is_hangul(next),
    }
}

fn is_inner_dot(after: &str) -> bool {
    let mut characters = after.chars();
    characters.next() == Some('.') && characters.next().is_some_and(|next| next.is_ascii_alphanumeric())
}

pub(super) fn is_hangul(character: char) -> bool {
    matches!(character, '가'..='힣')
}

fn is_full_name(name: &str) -> bool {
    let words: Vec<String> = name.split_whitespace().map(fold).collect();
    let is_korean =
        words.len() == 1 && (3..=4).contains(&name.trim().chars().count()) && name.trim().chars().all(is_hangul) && !name.trim().ends_with('팀');
    let has_letters = words.iter().filter(|word| word.chars().any(char::is_alphabetic)).count() > 1;
    let is_team = words.iter().any(|word| NO_PERSON.contains(&&**word) || word.ends_with('팀'));
    is_korean || (has_letters && !is_team && !name.contains('@'))
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(people: &[&str], text: &str) -> Vec<String> {
        let people: Vec<Person> = people.iter().map(|person| Person::parse(person)).collect();
        People::new(&people).find(text).into_iter().map(|(range, _)| text.get(range).unwrap().to_owned()).collect()
    }

    #[test]
    fn names_stand_on_word_boundaries() {
        assert_eq!(found(&["Ada Meyer"], "thanks to ada meyer, who"), ["ada meyer"]);
        assert_eq!(found(&["Ada Meyer"], "canada meyers"), [""; 0]);
        assert_eq!(found(&["김철수"], "담당자 김철수가 확인"), ["김철수"]);
        assert_eq!(found(&["김철수"], "김철수산시장"), [""; 0]);
    }

    #[test]
    fn single_names_and_teams_identify_nobody() {
        assert_eq!(
            found(&["Ada", "Payments team", "결제팀", "Platform Engineering"], "ada of the payments team and platform engineering 결제팀"),
            [""; 0]
        );
    }

    #[test]
    fn handles_and_addresses_are_whole() {
        assert_eq!(found(&["@ada", "ada@x.example"], "ask @ada, @adam or ada@x.example."), ["@ada", "ada@x.example"]);
        assert_eq!(found(&["ada@x.example"], "ada@x.example.org canada@x.example"), [""; 0]);
    }
}
