use std::{borrow::Cow, fmt};

use chrono::Locale;
use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "themes/default/locales"]
struct Files;

/// The messages of one language.
pub struct Catalogue {
    code: String,
    locale: Locale,
    bundle: FluentBundle<FluentResource>,
}

/// A configured language that has no messages.
#[derive(Debug, thiserror::Error)]
#[error("there is no interface language `{code}`")]
pub struct UnknownLanguage {
    /// The configured tag.
    pub code: String,
}

impl fmt::Debug for Catalogue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Catalogue").field("code", &self.code).finish_non_exhaustive()
    }
}

/// Every language that ships.
#[must_use]
pub fn languages() -> Vec<String> {
    Files::iter().filter_map(|name| name.strip_suffix(".ftl").map(str::to_owned)).collect()
}

impl Catalogue {
    /// Loads the messages of a language; of `ko-KR` those of `ko`.
    ///
    /// # Errors
    /// When no such language ships.
    pub fn load(code: &str) -> Result<Self, UnknownLanguage> {
        let unknown = || UnknownLanguage { code: code.to_owned() };
        let primary = code.split(['-', '_']).next().unwrap_or(code).to_lowercase();
        let file = Files::get(&format!("{primary}.ftl")).ok_or_else(unknown)?;
        let text = String::from_utf8_lossy(&file.data).into_owned();
        // A message with a syntax error is left out by the parser; the test below holds the shipped files to be whole.
        let resource = FluentResource::try_new(text).unwrap_or_else(|(resource, _)| resource);
        let mut bundle = FluentBundle::new_concurrent(vec![primary.parse().map_err(|_| unknown())?]);
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(resource);
        let mut catalogue = Self { code: primary, locale: Locale::POSIX, bundle };
        catalogue.locale = catalogue.text("format-locale").parse().unwrap_or(Locale::POSIX);
        Ok(catalogue)
    }

    /// BCP 47 tag.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    pub(super) const fn locale(&self) -> Locale {
        self.locale
    }

    /// The words of all messages, without their variables: what the interface says by itself.
    #[must_use]
    pub fn all_texts(&self) -> String {
        Files::get(&format!("{}.ftl", self.code)).map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default()
    }

    /// Whether there is a message of this id.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.bundle.has_message(id)
    }

    /// A message without arguments; the id itself where there is none.
    #[must_use]
    pub fn text(&self, id: &str) -> String {
        self.message(id, &FluentArgs::new())
    }

    /// A message with arguments; the id itself where there is none. Templates ask [`Self::has`] first, so that a misspelt id is an error there.
    #[must_use]
    pub fn message(&self, id: &str, args: &FluentArgs<'_>) -> String {
        let mut errors = Vec::new();
        let pattern = self.bundle.get_message(id).and_then(|message| message.value());
        pattern.map_or(Cow::Borrowed(id), |pattern| self.bundle.format_pattern(pattern, Some(args), &mut errors)).into_owned()
    }

    /// A message whose arguments are given as pairs.
    #[must_use]
    pub fn with<'a, const N: usize>(&self, id: &str, args: [(&'a str, fluent_bundle::FluentValue<'a>); N]) -> String {
        self.message(id, &args.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Ids with the variables that each message uses.
    fn ids(code: &str) -> BTreeSet<(String, BTreeSet<String>)> {
        let text = String::from_utf8(Files::get(&format!("{code}.ftl")).unwrap().data.into_owned()).unwrap();
        FluentResource::try_new(text.clone()).unwrap_or_else(|(_, errors)| panic!("{code}.ftl: {errors:?}"));
        let mut ids: Vec<(String, BTreeSet<String>)> = Vec::new();
        for line in text.lines() {
            if let Some((id, _)) = line.split_once(" =").filter(|(id, _)| id.starts_with(|first: char| first.is_ascii_lowercase())) {
                ids.push((id.to_owned(), BTreeSet::new()));
            }
            for variable in line.split('$').skip(1).filter(|_| !line.starts_with('#')) {
                let name = variable.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_').collect();
                if let Some((_, variables)) = ids.last_mut() {
                    variables.insert(name);
                }
            }
        }
        let unique: BTreeSet<_> = ids.iter().cloned().collect();
        assert_eq!(unique.len(), ids.len(), "{code}.ftl defines a message twice");
        unique
    }

    #[test]
    fn every_language_has_the_same_messages_with_the_same_variables() {
        let english = ids("en");
        for code in languages() {
            let other = ids(&code);
            let difference: Vec<_> = english.symmetric_difference(&other).collect();
            assert!(difference.is_empty(), "{code}: {difference:?}");
        }
    }

    #[test]
    fn regions_fall_back_to_their_language() {
        assert_eq!(Catalogue::load("ko-KR").unwrap().code(), "ko");
        assert!(Catalogue::load("xx").is_err());
    }
}
