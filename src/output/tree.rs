use std::{collections::BTreeMap, marker::PhantomData};

use rayon::prelude::*;

use super::{calendar, feed, images, search, site_files};
use crate::{
    theme::{Theme, ThemeError},
    view::{Asset, Audience, View},
};

/// Every file of one site: path → bytes, ordered. Comparable and testable without a disk.
#[derive(Debug, Clone)]
pub struct Tree<A> {
    audience: String,
    files: BTreeMap<String, Vec<u8>>,
    kind: PhantomData<A>,
}

/// Path and bytes of a file that was copied.
type CopiedFile = (String, Vec<u8>);

/// Reads the bytes of an asset.
pub type AssetReader<'a> = &'a (dyn Fn(&Asset) -> Result<Vec<u8>, String> + Sync);

/// A site that can't be made.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// A template that can't be used.
    #[error(transparent)]
    Theme(#[from] ThemeError),
    /// An image that can't be read.
    #[error("can't read {path}: {reason}")]
    Asset {
        /// Path of the file in the site.
        path: String,
        /// Why.
        reason: String,
    },
}

impl<A: Audience> Tree<A> {
    /// Makes every file of a site from its view in the default language.
    ///
    /// # Errors
    /// A template that can't be used, or an image that can't be read.
    pub fn new(mut view: View<A>, theme: &Theme<A>, read: AssetReader<'_>) -> Result<Self, OutputError> {
        let mut files = theme.render(&mut view)?;
        let assets: Result<Vec<Option<CopiedFile>>, OutputError> = view
            .assets()
            .par_iter()
            .map(|asset| {
                let bytes = read(asset).map_err(|reason| OutputError::Asset { path: asset.path.clone(), reason })?;
                // An image whose metadata can't be cut out does not go outside; its text does.
                let bytes = if asset.is_stripped { images::stripped(&asset.path, bytes) } else { images::harmless(&asset.path, bytes) };
                Ok(bytes.map(|bytes| (asset.path.clone(), bytes)))
            })
            .collect();
        files.extend(assets?.into_iter().flatten());
        files.extend(view.data().iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())));
        files.extend(feed::files(&view));
        files.extend(calendar::files(&view));
        files.extend(search::files(&view));
        files.extend(site_files::files(&view));
        Ok(Self { audience: view.audience().to_owned(), files, kind: PhantomData })
    }

    /// Adds the pages in a further language and their search; everything else is there once.
    ///
    /// # Errors
    /// A template that can't be used.
    pub fn with_edition(mut self, mut view: View<A>, theme: &Theme<A>) -> Result<Self, OutputError> {
        self.files.extend(theme.render(&mut view)?);
        self.files.extend(search::files(&view));
        Ok(self)
    }
}

impl<A> Tree<A> {
    /// Name of the audience.
    #[must_use]
    pub fn audience(&self) -> &str {
        &self.audience
    }

    /// The files by path.
    #[must_use]
    pub const fn files(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.files
    }

    /// The files alone.
    #[must_use]
    pub fn into_files(self) -> BTreeMap<String, Vec<u8>> {
        self.files
    }

    /// Size of all files in bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        self.files.values().map(Vec::len).sum()
    }
}
