//! The walk against git itself: random histories, and for each the differences that `git diff-tree -M` finds, followed commit by commit in the plainest way.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use super::{open::git, *};

/// A linear congruential generator: the same histories on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

type Files = BTreeMap<String, Vec<usize>>;

fn written(lines: &[usize]) -> String {
    lines.iter().fold(String::new(), |mut text, line| {
        writeln!(text, "Line {line} with {} words", line * 7919).unwrap();
        text
    })
}

/// Adds, edits, moves (some with an edit, some of a whole folder) and removals on four branches that merge one another.
pub(super) fn random(seed: u64) -> TestRepository {
    let mut chance = Chance(seed);
    let mut repository = TestRepository::new();
    let mut next = 0;
    let mut fresh = |count: usize| {
        next += count;
        (next - count..next).collect::<Vec<_>>()
    };
    let mut branches: BTreeMap<String, Files> = BTreeMap::new();
    repository.write("postmortems/first.md", "first\n").commit("First");
    for name in ["main", "one", "two", "three"] {
        branches.insert(name.to_owned(), Files::new());
        if name != "main" {
            repository.switch("main").branch(name);
        }
    }
    let path = |chance: &mut Chance, number: usize| format!("postmortems/{}/report-{number}.md", ["2024", "2025", "2026/01"][chance.below(3)]);
    for number in 0..160 {
        let names: Vec<String> = branches.keys().cloned().collect();
        let name = names[chance.below(4)].clone();
        let other = names[chance.below(4)].clone();
        let mut files = branches[&name].clone();
        let known: Vec<String> = files.keys().cloned().collect();
        repository.switch(&name);
        let what = chance.below(12);
        if what < 2 && name != other {
            // Merges are made here, file by file, because branches that cross have no base to ask git for: what is newer in any line wins.
            repository.merge(&[&other]);
            let theirs = branches[&other].clone();
            for (path, lines) in theirs {
                let mine = files.entry(path).or_default();
                if lines.iter().max() > mine.iter().max() {
                    *mine = lines;
                }
            }
            for (path, lines) in &files {
                repository.write(path, written(lines));
            }
            repository.commit(&format!("Merge branch '{other}' into {name}"));
            branches.insert(name, files);
            continue;
        }
        if known.is_empty() || what < 4 {
            let path = path(&mut chance, number);
            let lines = fresh(12);
            repository.write(&path, written(&lines));
            files.insert(path, lines);
        } else if what < 8 {
            let path = &known[chance.below(known.len())];
            let lines = files.get_mut(path).unwrap();
            let place = chance.below(lines.len());
            lines[place] = fresh(1)[0];
            repository.write(path, written(lines));
        } else if what < 11 {
            let from = &known[chance.below(known.len())];
            let to = path(&mut chance, number + 1000);
            let mut lines = files.remove(from).unwrap();
            repository.remove(from);
            if what == 9 {
                let place = chance.below(lines.len());
                lines[place] = fresh(1)[0];
            }
            repository.write(&to, written(&lines));
            files.insert(to, lines);
        } else {
            let path = &known[chance.below(known.len())];
            files.remove(path);
            repository.remove(path);
        }
        repository.commit(&format!("Change {number}"));
        branches.insert(name, files);
    }
    repository.switch("main");
    repository
}

/// What git says that a commit changed against one parent: path, and where it came from, with whether its text stayed.
type Changes = BTreeMap<String, (char, Option<(String, bool)>)>;

fn changes(path: &Path, commits: &[(String, Vec<String>)]) -> Vec<Vec<Changes>> {
    let mut child = Command::new("git")
        .arg("-C")
        .arg(path)
        .args(["-c", "diff.renameLimit=0", "diff-tree", "--stdin", "--root", "--always", "-r", "-M", "--name-status"])
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let pairs = |(commit, parents): &(String, Vec<String>)| {
        if parents.is_empty() { vec![commit.clone()] } else { parents.iter().map(|parent| format!("{commit} {parent}")).collect::<Vec<_>>() }
    };
    let asked: Vec<String> = commits.iter().flat_map(pairs).collect();
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || input.write_all((asked.join("\n") + "\n").as_bytes()).unwrap());
    let output = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    writer.join().unwrap();
    let mut found: Vec<Changes> = Vec::new();
    for line in output.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        match (fields.as_slice(), found.last_mut()) {
            ([_], _) => found.push(Changes::new()),
            ([status, path], Some(changes)) => {
                changes.insert((*path).to_owned(), (status.chars().next().unwrap(), None));
            }
            ([status, from, to], Some(changes)) => {
                changes.insert((*to).to_owned(), ('R', Some(((*from).to_owned(), *status == "R100"))));
            }
            _ => panic!("{line}"),
        }
    }
    let mut found = found.into_iter();
    commits.iter().map(|(_, parents)| found.by_ref().take(parents.len().max(1)).collect()).collect()
}

/// Commits per document, by the same rules as the walk but with a whole map per commit.
fn expected(path: &Path, documents: &BTreeSet<String>) -> BTreeMap<String, BTreeSet<String>> {
    let commits: Vec<(String, Vec<String>)> = git(path, &["log", "--topo-order", "--format=%H %P"])
        .lines()
        .map(|line| {
            let mut ids = line.split_whitespace().map(str::to_owned);
            (ids.next().unwrap(), ids.collect())
        })
        .collect();
    let mut maps: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    maps.insert(commits[0].0.clone(), documents.iter().map(|path| (path.clone(), BTreeSet::from([path.clone()]))).collect());
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for ((commit, parents), differences) in commits.iter().zip(changes(path, &commits)) {
        let map = maps.remove(commit).unwrap();
        for (path, documents) in &map {
            let changed: Option<Vec<_>> = differences.iter().map(|changes| changes.get(path).filter(|(status, _)| *status != 'D')).collect();
            let Some(changed) = changed else { continue };
            let has_new_text = changed.iter().all(|(_, from)| from.as_ref().is_none_or(|(_, is_same)| !is_same));
            let has_new_place = changed.iter().all(|(status, _)| *status != 'M');
            if has_new_text || has_new_place {
                for document in documents {
                    found.entry(document.clone()).or_default().insert(commit.clone());
                }
            }
        }
        for (parent, changes) in parents.iter().zip(&differences) {
            let mut before = map.clone();
            let renames = || changes.iter().filter_map(|(to, (_, from))| Some((to, &from.as_ref()?.0)));
            before.retain(|path, _| renames().all(|(to, _)| to != path));
            for (to, from) in renames() {
                if let Some(documents) = map.get(to).filter(|documents| !documents.is_empty()) {
                    before.insert(from.clone(), documents.clone());
                }
            }
            let known = maps.entry(parent.clone()).or_default();
            for (path, documents) in before {
                known.entry(path).or_default().extend(documents);
            }
        }
    }
    found
}

#[test]
fn random_histories_are_told_as_git_tells_them() {
    for seed in 0..2 {
        let mut repository = random(seed);
        let snapshot = snapshot(&mut repository);
        let documents: BTreeSet<String> = snapshot.documents().map(|(path, _)| path.to_owned()).collect();
        let expected = expected(repository.path(), &documents);
        assert!(documents.len() > 10, "{} documents", documents.len());
        for path in &documents {
            let found: BTreeSet<String> = commits(&snapshot.history().trails[path]).iter().map(ToString::to_string).collect();
            assert_eq!(Some(&found), expected.get(path), "seed {seed}, {path}");
        }
    }
}
