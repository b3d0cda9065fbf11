use std::sync::Arc;

use crate::i18n::Catalogue;

/// One of the languages in which a site is written. The first one stands at the root of the site, each further one in a folder named after its
/// code; feeds, data, images and stylesheets are there once, for all of them.
#[derive(Debug, Clone)]
pub struct Edition {
    languages: Arc<[Language]>,
    index: usize,
}

/// A language as a reader chooses it.
#[derive(Debug, Clone)]
pub(crate) struct Language {
    /// BCP 47 tag.
    pub(crate) code: String,
    /// Its name in itself.
    pub(crate) name: String,
    /// Folder below the site's root: empty, or `ko/`.
    pub(crate) folder: String,
}

impl Edition {
    /// A site in one language.
    #[must_use]
    pub fn only(language: &Catalogue) -> Self {
        Self { languages: Arc::new([named(language, true)]), index: 0 }
    }

    /// The editions of a site, the default one first. Of a language that is named twice there is one.
    #[must_use]
    pub fn each(catalogues: &[Arc<Catalogue>]) -> Vec<(Self, Arc<Catalogue>)> {
        let is_new = |(index, language): &(usize, &Arc<Catalogue>)| !catalogues.iter().take(*index).any(|other| other.code() == language.code());
        let unique: Vec<&Arc<Catalogue>> = catalogues.iter().enumerate().filter(is_new).map(|(_, language)| language).collect();
        let languages: Arc<[Language]> = unique.iter().enumerate().map(|(index, language)| named(language, index == 0)).collect();
        let edition = |(index, language): (usize, &Arc<Catalogue>)| (Self { languages: Arc::clone(&languages), index }, Arc::clone(language));
        unique.into_iter().enumerate().map(edition).collect()
    }

    /// Whether it is the one at the root of the site.
    #[must_use]
    pub const fn is_first(&self) -> bool {
        self.index == 0
    }

    /// Folder below the site's root: empty, or `ko/`.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.languages.get(self.index).map_or("", |language| &language.folder)
    }

    /// The way from that folder to the site's root.
    #[must_use]
    pub const fn up(&self) -> &'static str {
        if self.is_first() { "" } else { "../" }
    }

    /// Every language with its folder, the default one first, and whether it is this one.
    pub(crate) fn languages(&self) -> impl Iterator<Item = (&Language, bool)> {
        self.languages.iter().enumerate().map(|(index, language)| (language, index == self.index))
    }

    /// Whether there are others.
    pub(crate) fn has_others(&self) -> bool {
        self.languages.len() > 1
    }
}

fn named(language: &Catalogue, is_first: bool) -> Language {
    let code = language.code().to_owned();
    Language { name: language.text("language-name"), folder: if is_first { String::new() } else { format!("{code}/") }, code }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_stands_at_the_root_and_each_other_one_once_below_it() {
        let load = |code: &str| Arc::new(Catalogue::load(code).unwrap());
        let editions = Edition::each(&[load("ko"), load("en"), load("ko-KR")]);
        let folders: Vec<&str> = editions.iter().map(|(edition, _)| edition.folder()).collect();
        assert_eq!(folders, ["", "en/"]);
        let names: Vec<(&str, bool)> = editions[1].0.languages().map(|(language, is_this)| (&*language.name, is_this)).collect();
        assert_eq!(names, [("한국어", false), ("English", true)]);
        assert!(!Edition::only(&load("en")).has_others());
    }
}
