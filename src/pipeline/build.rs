use std::{collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;

use super::{Loaded, internal_text::internal_text, permitted::permitted};
use crate::{
    config::{Appearance, ExternalAudience},
    i18n::{Catalogue, UnknownLanguage},
    output::{Audited, LeakAudit, LeakReport, OutputError, OutputFolder, Searched, Tree, WriteError},
    repo::{Blobs, ObjectId, Repository},
    source::decode,
    theme::{Overrides, Theme, misplaced, missing_logo},
    view::{Agenda, Asset, AssetOrigin, Audience, Edition, EvidenceOf, ExternalPages, InternalPages, View, WorkTree},
};

/// Name and version that pages give as their generator.
pub(crate) const GENERATOR: &str = concat!("lookback ", env!("CARGO_PKG_VERSION"));

/// Why sites could not be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// A language that has no words.
    #[error(transparent)]
    Language(#[from] UnknownLanguage),
    /// A template or an image.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// The operating system.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// One site that was made.
#[derive(Debug)]
pub struct Site {
    /// Name of the audience.
    pub audience: String,
    /// Number of files.
    pub files: usize,
    /// Size in bytes.
    pub bytes: usize,
    /// The audit of an external site.
    pub audit: Option<LeakReport>,
}

/// What a build made.
#[derive(Debug, Default)]
pub struct Built {
    /// Sites that were written.
    pub written: Vec<Site>,
    /// External sites in which something internal was found. Nothing of them was written.
    pub refused: Vec<LeakAudit>,
}

/// Finished sites in memory.
#[derive(Debug)]
pub struct Sites {
    finished: Vec<Finished>,
    refused: Vec<LeakAudit>,
}

/// A finished site, ready to be swapped in.
#[derive(Debug)]
enum Finished {
    Internal(Tree<crate::view::Internal>),
    External(Audited),
}

/// Sites that show what is written and not what is read, to whoever writes it. They can't be written anywhere.
#[derive(Debug)]
pub struct Preview(Sites);

impl Preview {
    /// Makes every site; external ones show the text of the work tree, each page marked as long as its audience does not read it.
    ///
    /// # Errors
    /// A template or an image. Leaks are no error of this function: see [`Self::refused`].
    pub fn make(loaded: &Loaded, repository: &Repository, overrides: &Arc<Overrides>) -> Result<Self, BuildError> {
        Ok(Self(Sites::showing(Shown::WorkTree, loaded, repository, overrides, &[])?))
    }

    /// External sites in which something internal was found.
    #[must_use]
    pub fn refused(&self) -> &[LeakAudit] {
        self.0.refused()
    }

    /// Files by path, by audience; nothing of a refused site.
    #[must_use]
    pub fn into_files(self) -> BTreeMap<String, BTreeMap<String, Vec<u8>>> {
        self.0.into_files()
    }
}

/// Which text of a postmortem external sites show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// The one that the gate lets through.
    Published,
    /// The one that is being written.
    WorkTree,
}

impl Sites {
    /// Makes the sites of the wanted audiences; all of them when `audiences` is empty.
    ///
    /// # Errors
    /// A template or an image. Leaks are no error of this function: see [`Self::refused`].
    pub fn make(loaded: &Loaded, repository: &Repository, overrides: &Arc<Overrides>, audiences: &[String]) -> Result<Self, BuildError> {
        Self::showing(Shown::Published, loaded, repository, overrides, audiences)
    }

    fn showing(shown: Shown, loaded: &Loaded, repository: &Repository, overrides: &Arc<Overrides>, audiences: &[String]) -> Result<Self, BuildError> {
        let names: Vec<&str> = loaded.settings.audiences.iter().map(|audience| &*audience.name).collect();
        if let Some(error) = misplaced(overrides, &names).or_else(|| missing_logo(overrides, &loaded.settings.appearance)) {
            return Err(OutputError::from(error).into());
        }
        let is_wanted = |name: &str| audiences.is_empty() || audiences.iter().any(|wanted| wanted == name);
        let images = Images { repository_files: repository, blobs: &loaded.blobs };
        let mut sites = Self { finished: Vec::new(), refused: Vec::new() };
        if is_wanted("internal") {
            sites.finished.push(Finished::Internal(internal(loaded, overrides, &images)?));
        }
        let audiences: Vec<&ExternalAudience> = loaded.settings.audiences.iter().filter(|audience| is_wanted(&audience.name)).collect();
        if audiences.is_empty() {
            return Ok(sites);
        }
        // What must not go outside is the same for all of them.
        let searched = Searched::new(internal_text(loaded));
        for audience in audiences {
            let languages = languages(&audience.languages)?;
            let tree = external(shown, loaded, overrides, &images, audience, &languages)?;
            match Audited::new(tree, &searched, &permitted(shown, loaded, audience, &languages)) {
                Ok(audited) => sites.finished.push(Finished::External(audited)),
                Err(leaks) => sites.refused.push(leaks),
            }
        }
        Ok(sites)
    }

    /// Makes the sites of all audiences and throws them away, external ones without an audit: to measure what that costs. How many files there were.
    ///
    /// # Errors
    /// A template or an image.
    pub fn unaudited(loaded: &Loaded, repository: &Repository, overrides: &Arc<Overrides>) -> Result<usize, BuildError> {
        let images = Images { repository_files: repository, blobs: &loaded.blobs };
        let mut files = internal(loaded, overrides, &images)?.files().len();
        for audience in &loaded.settings.audiences {
            files += external(Shown::Published, loaded, overrides, &images, audience, &languages(&audience.languages)?)?.files().len();
        }
        Ok(files)
    }

    /// External sites in which something internal was found.
    #[must_use]
    pub fn refused(&self) -> &[LeakAudit] {
        &self.refused
    }

    fn into_files(self) -> BTreeMap<String, BTreeMap<String, Vec<u8>>> {
        let files = |site| match site {
            Finished::Internal(tree) => (tree.audience().to_owned(), tree.into_files()),
            Finished::External(audited) => (audited.tree().audience().to_owned(), audited.into_tree().into_files()),
        };
        self.finished.into_iter().map(files).collect()
    }

    /// Writes all of them, and the report of each audit.
    ///
    /// # Errors
    /// The operating system.
    pub fn write(self, output: &OutputFolder) -> Result<Built, WriteError> {
        let mut built = Built { written: Vec::new(), refused: self.refused };
        for refused in &built.refused {
            output.write_report(&refused.0)?;
        }
        for site in self.finished {
            match site {
                Finished::Internal(tree) => {
                    output.write_internal(&tree)?;
                    built.written.push(Site { audience: tree.audience().to_owned(), files: tree.files().len(), bytes: tree.size(), audit: None });
                }
                Finished::External(audited) => {
                    output.write_external(&audited)?;
                    let tree = audited.tree();
                    let audit = Some(audited.report().clone());
                    built.written.push(Site { audience: tree.audience().to_owned(), files: tree.files().len(), bytes: tree.size(), audit });
                }
            }
        }
        Ok(built)
    }
}

/// Makes and writes the sites of the wanted audiences (all of them when `audiences` is empty). Everything is rendered and audited before
/// anything is written.
///
/// # Errors
/// A template, an image, or the operating system. Leaks are no error of this function: they are in the result.
pub fn build(
    loaded: &Loaded,
    repository: &Repository,
    overrides: &Arc<Overrides>,
    audiences: &[String],
    output: &OutputFolder,
) -> Result<Built, BuildError> {
    Ok(Sites::make(loaded, repository, overrides, audiences)?.write(output)?)
}

fn internal(loaded: &Loaded, overrides: &Arc<Overrides>, images: &Images<'_>) -> Result<Tree<crate::view::Internal>, BuildError> {
    let languages = languages(&loaded.settings.site.languages)?;
    let older = |blob: ObjectId| older_text(loaded, blob);
    let view = |(edition, language): &(Edition, Arc<Catalogue>)| internal_pages(loaded, edition, language, &older).view();
    tree("internal", &languages, view, (overrides, &loaded.settings.appearance), images)
}

/// The agenda of the review meeting of a month (any day of it), or of the next one.
///
/// # Errors
/// A language that has no words.
pub fn agenda(loaded: &Loaded, month: Option<NaiveDate>) -> Result<Agenda, UnknownLanguage> {
    let language = default_language(&loaded.settings.site.languages)?;
    Ok(internal_pages(loaded, &Edition::only(&language), &language, &|blob| older_text(loaded, blob)).agenda(month))
}

pub(super) fn older_text(loaded: &Loaded, blob: ObjectId) -> Option<String> {
    Some(decode("", &loaded.blobs.blob(blob).ok()?).0.text().to_owned())
}

fn internal_pages<'a>(
    loaded: &'a Loaded,
    edition: &Edition,
    language: &Arc<Catalogue>,
    older: &'a (dyn Fn(ObjectId) -> Option<String> + Sync),
) -> InternalPages<'a> {
    InternalPages {
        corpus: &loaded.corpus,
        settings: &loaded.settings,
        language: Arc::clone(language),
        edition: edition.clone(),
        now: loaded.now,
        files: &loaded.surroundings.files,
        skipped: &loaded.skipped,
        is_history_complete: loaded.surroundings.is_history_complete,
        generator: GENERATOR.to_owned(),
        older,
    }
}

fn external(
    shown: Shown,
    loaded: &Loaded,
    overrides: &Arc<Overrides>,
    images: &Images<'_>,
    audience: &ExternalAudience,
    languages: &[(Edition, Arc<Catalogue>)],
) -> Result<Tree<crate::view::External>, BuildError> {
    let image = |commit: ObjectId, path: &str| loaded.blobs.blob_at(commit, path).ok().flatten();
    let view = |(edition, language): &(Edition, Arc<Catalogue>)| {
        let pages = ExternalPages {
            corpus: &loaded.corpus,
            settings: &loaded.settings,
            audience,
            language: Arc::clone(language),
            edition: edition.clone(),
            mount: match shown {
                Shown::Published => audience.base_path(),
                Shown::WorkTree => Some(format!("/{}/", audience.name)),
            },
            now: loaded.now,
            generator: GENERATOR.to_owned(),
            image: &image,
            work_tree: (shown == Shown::WorkTree).then_some(WorkTree { uncommitted: &loaded.uncommitted, files: &loaded.surroundings.files }),
        };
        pages.view()
    };
    tree(&audience.name, languages, view, (overrides, &loaded.settings.appearance), images)
}

/// The files of a site in all of its languages.
fn tree<A: Audience>(
    audience: &str,
    languages: &[(Edition, Arc<Catalogue>)],
    view: impl Fn(&(Edition, Arc<Catalogue>)) -> View<A>,
    (overrides, appearance): (&Arc<Overrides>, &Appearance),
    images: &Images<'_>,
) -> Result<Tree<A>, BuildError> {
    let theme = |(_, language): &(Edition, Arc<Catalogue>)| Theme::for_audience(audience, overrides, language, appearance);
    let (first, further) = languages.split_first().ok_or_else(|| UnknownLanguage { code: String::new() })?;
    let tree = Tree::new(view(first), &theme(first), &|asset| images.read(asset))?;
    further.iter().try_fold(tree, |tree, language| Ok(tree.with_edition(view(language), &theme(language))?))
}

/// The configured languages, the default one first.
fn languages(codes: &[String]) -> Result<Vec<(Edition, Arc<Catalogue>)>, UnknownLanguage> {
    let catalogues: Result<Vec<Arc<Catalogue>>, UnknownLanguage> = codes.iter().map(|code| Ok(Arc::new(Catalogue::load(code)?))).collect();
    Ok(Edition::each(&catalogues?))
}

fn default_language(codes: &[String]) -> Result<Arc<Catalogue>, UnknownLanguage> {
    Ok(Arc::new(Catalogue::load(codes.first().map_or("en", String::as_str))?))
}

/// Bytes of images, from the files as they are or from the history.
struct Images<'a> {
    repository_files: &'a Repository,
    blobs: &'a Blobs,
}

impl Images<'_> {
    fn read(&self, asset: &Asset) -> Result<Vec<u8>, String> {
        match &asset.origin {
            AssetOrigin::Blob(id) => self.blobs.blob(*id).map_err(|error| error.to_string()),
            AssetOrigin::File(path) => match self.repository_files.read(path) {
                Ok(Some(bytes)) => Ok(bytes),
                Ok(None) => Err("it is gone".to_owned()),
                Err(error) => Err(error.to_string()),
            },
        }
    }
}

/// The evidence of the review of everything that was loaded from a commit; empty where there is no commit.
#[must_use]
pub fn evidence(repository: &Repository, loaded: &Loaded) -> String {
    let (Some(commit), Some(committed)) = (repository.tip(), repository.tip_date()) else { return String::new() };
    crate::view::evidence(&EvidenceOf {
        corpus: &loaded.corpus,
        settings: &loaded.settings,
        blobs: &loaded.blobs,
        commit,
        committed,
        as_of: loaded.now,
        is_history_complete: loaded.surroundings.is_history_complete,
        skipped: &loaded.skipped,
        tool: GENERATOR,
    })
}
