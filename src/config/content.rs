use std::collections::BTreeSet;

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};

/// Templates are recognised by these words of their stem, between word boundaries.
const TEMPLATES: &[&str] = &["template", "postmortem-template", "incident-template", "템플릿"];

/// Which files below which folder are postmortems.
#[derive(Debug, Clone)]
pub struct Content {
    root: String,
    include: Option<GlobSet>,
    exclude: GlobSet,
}

impl Default for Content {
    fn default() -> Self {
        Self { root: "postmortems".to_owned(), include: None, exclude: GlobSet::empty() }
    }
}

impl Content {
    /// Builds the matcher. `root` is relative to the repository root (`.` for all of it); the globs are relative to `root`.
    ///
    /// # Errors
    /// The first pattern that is no glob, with its index and the reason; patterns of `include` come first.
    pub fn new(root: &str, include: &[String], exclude: &[String]) -> Result<Self, (usize, String)> {
        let root = root.trim_matches('/').trim_start_matches("./");
        let set = |patterns: &[String], offset: usize| {
            let mut builder = GlobSetBuilder::new();
            for (index, pattern) in patterns.iter().enumerate() {
                builder.add(glob(pattern).map_err(|error| (offset + index, error.kind().to_string()))?);
            }
            builder.build().map_err(|error| (offset, error.to_string()))
        };
        Ok(Self {
            root: if root == "." { String::new() } else { root.to_owned() },
            include: if include.is_empty() { None } else { Some(set(include, 0)?) },
            exclude: set(exclude, include.len())?,
        })
    }

    /// Folder of the content from the repository root, without a trailing slash; empty for all of the repository.
    #[must_use]
    pub fn root(&self) -> &str {
        &self.root
    }

    /// The part of `path` below the content root; `None` when it lies elsewhere.
    #[must_use]
    pub fn below_root<'a>(&self, path: &'a str) -> Option<&'a str> {
        if self.root.is_empty() { Some(path) } else { path.strip_prefix(&self.root)?.strip_prefix('/') }
    }

    /// Whether the file could be a postmortem, judged by its own path alone (see [`Self::documents`] for `index.md`).
    ///
    /// Hidden files and folders, names that begin with `_`, README and templates never are.
    #[must_use]
    pub fn may_be_document(&self, path: &str) -> bool {
        let Some(inside) = self.below_root(path) else { return false };
        if inside.split('/').any(|part| part.starts_with(['_', '.'])) || self.exclude.is_match(inside) {
            return false;
        }
        let name = inside.rsplit('/').next().unwrap_or(inside);
        if let Some(include) = &self.include {
            return include.is_match(inside) && !is_readme(name);
        }
        let Some(stem) = name.strip_suffix(".md").or_else(|| name.strip_suffix(".markdown")) else { return false };
        !is_readme(name) && !is_template(stem)
    }

    /// Of all paths of a tree, those that are postmortems, sorted.
    ///
    /// An `index.md` at the content root or beside other documents is an overview, not a postmortem; alone in its folder it is a bundle.
    #[must_use]
    pub fn documents<'a>(&self, paths: impl IntoIterator<Item = &'a str>) -> BTreeSet<&'a str> {
        let candidates: BTreeSet<&str> = paths.into_iter().filter(|path| self.may_be_document(path)).collect();
        let folders: BTreeSet<&str> = candidates.iter().filter(|path| !is_index(path)).map(|path| folder(path)).collect();
        candidates.iter().copied().filter(|path| !is_index(path) || (folder(path) != self.root && !folders.contains(folder(path)))).collect()
    }
}

fn glob(pattern: &str) -> Result<Glob, globset::Error> {
    GlobBuilder::new(pattern).literal_separator(true).build()
}

fn is_readme(name: &str) -> bool {
    name.split('.').next().is_some_and(|stem| stem.eq_ignore_ascii_case("readme"))
}

fn is_template(stem: &str) -> bool {
    let stem = stem.to_lowercase();
    TEMPLATES.iter().any(|word| stem == *word) || stem.starts_with("template-") || stem.ends_with("-template") || stem.ends_with("_template")
}

/// Whether the file is the text of a bundle: `index.md` in a folder of its own.
#[must_use]
pub fn is_index(path: &str) -> bool {
    matches!(path.rsplit('/').next(), Some("index.md" | "index.markdown"))
}

/// The folder of a path, without a trailing slash; empty at the top.
#[must_use]
pub fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn documents(content: &Content, paths: &[&str]) -> Vec<String> {
        content.documents(paths.iter().copied()).into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn overviews_templates_and_hidden_files_are_no_postmortems() {
        let paths = [
            "README.md",
            "postmortems/README.md",
            "postmortems/index.md",
            "postmortems/_index.md",
            "postmortems/template.md",
            "postmortems/template-incident-report.md",
            "postmortems/.drafts/a.md",
            "postmortems/2026/a.md",
            "postmortems/2026/b/index.md",
            "postmortems/2026/b/graph.png",
            "postmortems/2026/index.md",
        ];
        assert_eq!(documents(&Content::default(), &paths), ["postmortems/2026/a.md", "postmortems/2026/b/index.md"]);
    }

    #[test]
    fn globs_reach_files_with_other_names() {
        let content = Content::new(".", &["PM*".to_owned()], &["PM2019*".to_owned()]).unwrap_or_default();
        assert_eq!(documents(&content, &["PM2019-1 a.md", "PM2022-009 Bad AMI", "src/PM1.md", "LICENSE"]), ["PM2022-009 Bad AMI"]);
    }
}
