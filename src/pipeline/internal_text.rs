use rayon::prelude::*;

use super::{
    Loaded,
    older_text::{OlderPassage, older_passages},
    telling::{addresses, branches, is_file_name, is_name, is_sentence, is_subject, without_keys},
};
use crate::{
    output::{Identifier, InternalText, Matching, Passage},
    repo::Commit,
    rules::{Checked, Term},
    text::Source,
    yaml::{self, Kind, Node},
};

/// Everything that readers outside must not find, of whatever audience.
pub(super) fn internal_text(loaded: &Loaded) -> InternalText {
    let settings = &loaded.settings;
    let shown = loaded.corpus.entries().iter().map(|entry| (&entry.checked, false));
    let all: Vec<(&Checked, bool)> = shown.chain(loaded.corpus.privileged().iter().map(|checked| (checked, true))).collect();
    let documents: Vec<InternalText> = all.par_iter().map(|(checked, is_privileged)| of_document(checked, *is_privileged, loaded)).collect();
    let mut internal = InternalText { forbidden: settings.privacy.forbid.clone(), ..InternalText::default() };
    let add = |internal: &mut InternalText, kind, text: &str, matching| {
        internal.identifiers.push(Identifier { kind, text: text.to_owned(), from: None, matching, is_privileged: false });
    };
    for (term, kind) in loaded.surroundings.people.terms() {
        match kind {
            Term::Name => add(&mut internal, "name of a person", term, Matching::Words),
            Term::Email => add(&mut internal, "e-mail address", term, Matching::Exact),
            Term::Handle => add(&mut internal, "handle of a person", term, Matching::Exact),
        }
    }
    for host in &settings.privacy.internal_hosts {
        // `*.corp` is every host below it; `corp` alone may be a word.
        add(&mut internal, "internal host", host.trim_start_matches('*'), Matching::Exact);
        add(
            &mut internal,
            "internal host",
            Some(host.trim_start_matches("*.")).filter(|host| host.contains('.')).unwrap_or_default(),
            Matching::Exact,
        );
    }
    let names = settings.services.iter().flat_map(|service| [Some(&service.id), Some(&service.name), service.team.as_ref()]).flatten();
    for name in names.chain(settings.severities.iter().map(|severity| &severity.name)).chain([&settings.site.title]) {
        if is_sentence(name) {
            add(&mut internal, "configuration value", name, Matching::Words);
        } else if is_name(name) {
            add(&mut internal, "configuration value", name, Matching::Exact);
        }
    }
    for document in documents {
        internal.passages.extend(document.passages);
        internal.identifiers.extend(document.identifiers);
        internal.ids.extend(document.ids);
    }
    internal
}

fn of_document(checked: &Checked, is_privileged: bool, loaded: &Loaded) -> InternalText {
    let reviewed = checked.reviewed();
    let parsed = reviewed.parsed();
    let source = parsed.source();
    let mut internal = InternalText::default();
    let (front_matter, body) = source.text().split_at_checked(parsed.body().start).unwrap_or(("", source.text()));
    let text = without_keys(front_matter) + body;
    internal.passages.push(Passage { from: source.path().to_owned(), line: Some(1), text, is_privileged });
    let mut document = Document { internal: &mut internal, is_privileged };
    document.values(parsed.front_matter(), source, source.path());
    for older in older_passages(reviewed, &loaded.blobs, is_privileged) {
        document.older_values(&older);
        let lines = older.passage.text.split_inclusive('\n').take(older.front_matter).map(str::len).sum();
        let (front_matter, body) = older.passage.text.split_at_checked(lines).unwrap_or(("", &older.passage.text));
        let text = without_keys(front_matter) + body;
        document.internal.passages.push(Passage { text, ..older.passage });
    }
    let mut paths = vec![source.path()];
    paths.extend(reviewed.revisions().iter().flat_map(|revision| revision.revision.paths()).map(String::as_str));
    paths.extend(parsed.images().iter().filter_map(|image| image.path.as_deref()).filter(|path| loaded.surroundings.files.contains(*path)));
    paths.sort_unstable();
    paths.dedup();
    for path in paths {
        document.identifier("path of a file", path, None, Matching::Exact);
        let name = path.rsplit('/').next().filter(|name| is_file_name(name));
        if let Some(name) = name {
            document.identifier("path of a file", name, Some(path.to_owned()), Matching::Exact);
        }
    }
    document.addresses();
    for revision in reviewed.revisions() {
        document.commit(&revision.revision.commit);
        document.internal.ids.push(("id of a stored text", revision.revision.blob.to_string()));
        revision.revision.landed_by.iter().for_each(|landing| document.commit(landing));
    }
    reviewed.approvals().iter().for_each(|approval| document.commit(&approval.commit));
    internal
}

struct Document<'a> {
    internal: &'a mut InternalText,
    is_privileged: bool,
}

impl Document<'_> {
    fn identifier(&mut self, kind: &'static str, text: &str, from: Option<String>, matching: Matching) {
        let text = text.to_owned();
        self.internal.identifiers.push(Identifier { kind, text, from, matching, is_privileged: self.is_privileged });
    }

    /// Whole values of front matter that are long enough to be recognised.
    fn values(&mut self, tree: Option<&Node>, source: &Source, from: &str) {
        let Some(tree) = tree else { return };
        let mut values = Vec::new();
        collect(tree, &mut values);
        for (value, node) in values {
            let matching = if is_sentence(value) { Matching::Words } else { Matching::Exact };
            if matching == Matching::Words || is_name(value) {
                let line = source.position(node.span.start).line;
                self.identifier("front matter value", value, Some(format!("{from}:{line}")), matching);
            }
        }
    }

    /// The same of a piece of an earlier text. Each line is read by itself: a title is one, and what stood around it is not there.
    fn older_values(&mut self, older: &OlderPassage) {
        for (number, line) in older.passage.text.lines().take(older.front_matter).enumerate() {
            let line = line.trim_start_matches([' ', '-']);
            let Ok(tree) = yaml::parse(line) else { continue };
            let mut values = Vec::new();
            collect(&tree, &mut values);
            for (value, _) in values.into_iter().filter(|(value, _)| is_sentence(value)) {
                let from = format!("{}:{}", older.passage.from, older.passage.line.unwrap_or(1) + number);
                self.identifier("front matter value", value, Some(from), Matching::Words);
            }
        }
    }

    /// Addresses that any of the texts names.
    fn addresses(&mut self) {
        let mut found = Vec::new();
        for passage in &self.internal.passages {
            found.extend(addresses(&passage.text).into_iter().map(|(kind, address)| (kind, address.to_owned(), passage.from.clone())));
        }
        found.sort();
        found.dedup_by(|one, other| one.1 == other.1);
        for (kind, address, from) in found {
            self.identifier(kind, &address, Some(from), Matching::Exact);
        }
    }

    fn commit(&mut self, commit: &Commit) {
        let id = commit.id.to_string();
        if self.internal.ids.iter().any(|(_, known)| *known == id) {
            return;
        }
        let from = format!("message of commit {}", commit.id.short());
        if is_subject(&commit.subject) {
            self.identifier("subject of a commit", &commit.subject, Some(from.clone()), Matching::Words);
        }
        for branch in branches(&commit.subject) {
            self.identifier("name of a branch", branch, Some(from.clone()), Matching::Exact);
        }
        self.internal.ids.push(("commit id", id));
        let text = format!("{}\n{}", commit.subject, commit.body);
        self.internal.passages.push(Passage { from, line: None, text, is_privileged: self.is_privileged });
    }
}

/// Every value with its place.
fn collect<'n>(node: &'n Node, values: &mut Vec<(&'n str, &'n Node)>) {
    match &node.kind {
        Kind::Map(entries) => entries.iter().for_each(|entry| collect(&entry.value, values)),
        Kind::List(items) => items.iter().for_each(|item| collect(item, values)),
        Kind::Scalar(_) => values.extend(node.text().map(|text| (text, node))),
    }
}
