//! Where the postmortems of a repository lie that says nothing about it.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    config::{Content, Settings, folder},
    repo::{RepoError, Repository},
    source::{Parser, decode},
    text::fold,
};

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Survey {
    /// The folder of the postmortems and how many lie there; `None` where nothing is certain.
    pub(super) content: Option<(String, usize)>,
    /// Most of them are written in Korean.
    pub(super) is_korean: bool,
}

/// Names that a folder of postmortems has.
const WORDS: &[&str] = &["postmortem", "post-mortem", "post_mortem", "incident", "outage", "장애", "사후"];
/// Sections that a report of an incident has, and few other texts.
const TELLING: &[&str] = &["impact", "timeline", "root-cause", "five-whys", "resolution", "detection", "lessons", "action-items"];
/// Longest text that is looked at, in bytes.
const LONGEST: usize = 1 << 20;

/// A text that reads like the report of an incident.
struct Report {
    path: String,
    is_korean: bool,
}

/// Reads the Markdown of the work tree. A folder counts when its name speaks of incidents, or when most of its texts read like reports.
pub(super) fn survey(repository: &Repository) -> Result<Survey, RepoError> {
    let everything = Content::new(".", &[], &[]).unwrap_or_default();
    let settings = Settings::default();
    let parser = Parser::new(&settings);
    let paths: Vec<String> = repository.survey(&["md", "markdown"])?.into_iter().filter(|path| everything.may_be_document(path)).collect();
    let mut reports = Vec::new();
    for path in &paths {
        let Some(bytes) = repository.read(path)?.filter(|bytes| bytes.len() <= LONGEST) else { continue };
        let parsed = parser.parse(decode(path, &bytes).0);
        let known = parsed.sections().iter().filter(|section| section.kind.as_deref().is_some_and(|kind| TELLING.contains(&kind)));
        let kinds: BTreeSet<&str> = known.clone().filter_map(|section| section.kind.as_deref()).collect();
        if kinds.len() >= if named_folder(path).is_some() { 2 } else { 3 } {
            let is_korean = known.filter(|section| section.title.chars().any(|part| ('가'..='힣').contains(&part))).count() * 2 > kinds.len();
            reports.push(Report { path: path.clone(), is_korean });
        }
    }
    let is_korean = reports.iter().filter(|report| report.is_korean).count() * 2 > reports.len();
    Ok(Survey { content: content(&paths, &reports), is_korean })
}

/// The folder with the most reports, if most of what lies there is one.
fn content(paths: &[String], reports: &[Report]) -> Option<(String, usize)> {
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    for folder in reports.iter().filter_map(|report| named_folder(&report.path)) {
        *folders.entry(folder).or_default() += 1;
    }
    let named = folders.into_iter().rev().max_by_key(|(_, count)| *count).map(|(folder, _)| folder);
    let shared = || reports.iter().map(|report| folder(&report.path)).reduce(common).filter(|_| reports.len() > 1);
    let chosen = named.or_else(shared).filter(|folder| !folder.is_empty())?;
    let below = |path: &str| path.strip_prefix(chosen).is_some_and(|rest| rest.starts_with('/'));
    let count = reports.iter().filter(|report| below(&report.path)).count();
    (count * 2 >= paths.iter().filter(|path| below(path)).count()).then(|| (chosen.to_owned(), count))
}

/// The outermost folder of a path whose name speaks of incidents.
fn named_folder(path: &str) -> Option<&str> {
    let mut start = 0;
    for (at, _) in path.match_indices('/') {
        let name = fold(path.get(start..at)?);
        let speaks = name == "rca" || name == "rcas" || WORDS.iter().any(|word| name.contains(word));
        if speaks {
            return path.get(..at);
        }
        start = at + 1;
    }
    None
}

/// The deepest folder that both lie in.
fn common<'a>(one: &'a str, other: &'a str) -> &'a str {
    let mut length = 0;
    for (part, twin) in one.split('/').zip(other.split('/')) {
        if part != twin {
            break;
        }
        length += part.len() + 1;
    }
    one.get(..length.saturating_sub(1).min(one.len())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::testing::TestRepository;

    const REPORT: &str = "# Down\n## Impact\na\n## Timeline\nb\n## Root cause\nc\n";

    fn found(files: &[(&str, &str)]) -> Survey {
        let mut repository = TestRepository::new();
        for (path, text) in files {
            repository.write(path, *text);
        }
        repository.commit("Start");
        survey(&Repository::open(&repository.checkout(), None).unwrap()).unwrap()
    }

    #[test]
    fn a_folder_is_found_by_its_name_and_by_what_lies_there() {
        let named =
            found(&[("docs/incidents/2026/a.md", REPORT), ("docs/incidents/b.md", REPORT), ("docs/guide.md", "# Guide\n"), ("README.md", REPORT)]);
        assert_eq!(named.content, Some(("docs/incidents".to_owned(), 2)));
        let shared = found(&[("ops/2025/a.md", REPORT), ("ops/2026/b.md", REPORT), ("docs/guide.md", "# Guide\n")]);
        assert_eq!(shared.content, Some(("ops".to_owned(), 2)));
    }

    #[test]
    fn what_is_not_certain_is_not_said() {
        assert_eq!(found(&[("docs/a.md", "# A\n"), ("src/lib.rs", "")]).content, None);
        // One text among many, a folder of runbooks, and the root.
        assert_eq!(found(&[("docs/a.md", REPORT), ("docs/b.md", "# B\n"), ("docs/c.md", "# C\n")]).content, None);
        assert_eq!(found(&[("incident-response/a.md", "# How to\n## Impact\n"), ("incident-response/b.md", "# B\n")]).content, None);
        assert_eq!(found(&[("a.md", REPORT), ("b.md", REPORT)]).content, None);
        assert_eq!(found(&[("node_modules/incidents/a.md", REPORT)]).content, None);
    }

    #[test]
    fn the_language_is_that_of_most_reports() {
        let korean = "# 장애\n## 영향\n가\n## 타임라인\n나\n## 원인\n다\n";
        assert!(found(&[("장애/a.md", korean), ("장애/b.md", korean), ("장애/c.md", REPORT)]).is_korean);
        assert!(!found(&[("장애/a.md", korean), ("장애/b.md", REPORT)]).is_korean);
    }

    #[test]
    fn folders_in_common_end_between_names() {
        assert_eq!(common("docs/a", "docs/ab"), "docs");
        assert_eq!(common("docs/a", "docs/a"), "docs/a");
        assert_eq!(common("a", "b"), "");
    }
}
