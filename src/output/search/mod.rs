//! The index of the search page, cut into pieces of which a browser loads the few that a query needs.
//!
//! Pieces are scripts that call one function, since a page that was opened from disk may load scripts but read no files.
//! `search/contents.js` says how many documents there are, how long their fields are, and with which term each piece begins;
//! `search/terms-N.js` holds terms with the documents in which they stand, `search/documents-N.js` what is shown of each.

mod terms;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde_json::{Value, json};

use crate::view::{Audience, SearchEntry, View};
use terms::terms;

/// Size of a piece with terms, in bytes, beyond which the next one begins.
const PIECE: usize = 48 * 1024;

/// Documents in a piece.
const DOCUMENTS: usize = 64;

/// Title, facts and text: what is found in the earlier ones counts more.
const FIELDS: usize = 3;

/// What is called with a piece.
const CALL: &str = "lookbackSearch(";

/// How often a term stands in each field of one document.
type Counts = [u32; FIELDS];

/// The files of a site's search, newest document first.
pub(super) fn files<A: Audience>(view: &View<A>) -> Vec<(String, Vec<u8>)> {
    let entries = view.search();
    let file = |name: &str, value: &Value| file(view.edition().folder(), name, value);
    let counted: Vec<FxHashMap<String, Counts>> = entries.par_iter().map(counts).collect();
    let mut lengths: [Vec<usize>; FIELDS] = std::array::from_fn(|_| Vec::with_capacity(entries.len()));
    let mut postings: FxHashMap<String, Vec<(usize, Counts)>> = FxHashMap::default();
    for (document, counts) in counted.into_iter().enumerate() {
        for (field, lengths) in lengths.iter_mut().enumerate() {
            lengths.push(counts.values().filter(|counts| counts.get(field).is_some_and(|count| *count > 0)).count());
        }
        for (term, counts) in counts {
            postings.entry(term).or_default().push((document, counts));
        }
    }
    let mut sorted: Vec<(String, Vec<(usize, Counts)>)> = postings.into_iter().collect();
    // As JavaScript compares strings, so that both know alike in which piece a term is.
    sorted.par_sort_unstable_by(|(one, _), (other, _)| one.encode_utf16().cmp(other.encode_utf16()));
    let written: Vec<String> = sorted.par_iter().map(|(_, postings)| written(postings)).collect();
    let mut firsts: Vec<&str> = Vec::new();
    let mut pieces: Vec<Vec<&str>> = Vec::new();
    let mut size = PIECE;
    for ((term, _), postings) in sorted.iter().zip(&written) {
        if size >= PIECE {
            size = 0;
            firsts.push(term);
            pieces.push(Vec::new());
        }
        size += term.len() + postings.len();
        if let Some(piece) = pieces.last_mut() {
            piece.extend([term.as_str(), postings.as_str()]);
        }
    }
    let mut files: Vec<(String, Vec<u8>)> =
        pieces.iter().enumerate().map(|(number, piece)| file(&format!("terms-{number}"), &json!(piece))).collect();
    let chunks = entries.chunks(DOCUMENTS).enumerate();
    files.extend(chunks.map(|(number, chunk)| file(&format!("documents-{number}"), &chunk.iter().map(|entry| shown(view, entry)).collect())));
    // A browser that kept an old piece would find other documents than those meant.
    let bytes: Vec<u8> = files.iter().flat_map(|(_, bytes)| bytes).copied().collect();
    let version = uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_OID, &bytes).simple().to_string();
    let contents = json!({
        "version": version.get(..8), "documents": entries.len(), "chunk": DOCUMENTS, "lengths": lengths, "terms": firsts,
    });
    files.push(file("contents", &contents));
    files
}

fn file(folder: &str, name: &str, value: &Value) -> (String, Vec<u8>) {
    (format!("{folder}search/{name}.js"), format!("{CALL}{})\n", json!([name, value])).into_bytes())
}

/// Terms of a document by field. Two digits alone are the clocks of a timeline: in the text nobody looks for them.
fn counts(entry: &SearchEntry) -> FxHashMap<String, Counts> {
    let mut counts: FxHashMap<String, Counts> = FxHashMap::default();
    let is_clock = |term: &str| term.len() <= 2 && term.bytes().all(|byte| byte.is_ascii_digit());
    let facts = entry.facts.join("\n");
    for (field, text) in [&entry.title, &facts, &entry.text].into_iter().enumerate() {
        terms(text, |term| {
            if field + 1 == FIELDS && is_clock(term) {
                return;
            }
            let counts = match counts.get_mut(term) {
                Some(counts) => counts,
                None => counts.entry(term.to_owned()).or_default(),
            };
            if let Some(count) = counts.get_mut(field) {
                *count += 1;
            }
        });
    }
    counts
}

/// Where a term stands: `/` between fields, the text first since most terms stand nowhere else; of each document the distance from the one before,
/// and after `*` how often, where that is more than once; figures with the base 36.
fn written(postings: &[(usize, Counts)]) -> String {
    let mut out = String::new();
    for field in (0..FIELDS).rev() {
        let mut next = 0;
        for (document, counts) in postings {
            let count = counts.get(field).copied().unwrap_or_default();
            if count == 0 {
                continue;
            }
            if next > 0 {
                out.push(',');
            }
            base36(document - next, &mut out);
            if count > 1 {
                out.push('*');
                base36(count as usize, &mut out);
            }
            next = document + 1;
        }
        out.push('/');
    }
    out.truncate(out.trim_end_matches('/').len());
    out
}

fn base36(number: usize, out: &mut String) {
    if number >= 36 {
        base36(number / 36, out);
    }
    let digit = u32::try_from(number % 36).ok().and_then(|digit| char::from_digit(digit, 36));
    out.extend(digit);
}

/// What is shown of a document: in order the address, the title, its language, the day, the severity with its rank, services,
/// the length, and the first sentences.
fn shown<A: Audience>(view: &View<A>, entry: &SearchEntry) -> Value {
    let language = view.language();
    let severity = entry.severity.as_ref();
    json!([
        entry.href,
        entry.title,
        entry.lang,
        entry.started.map_or_else(|| language.text("date-unknown"), |started| language.date(started.date_naive())),
        severity.map(|(word, _)| word),
        severity.and_then(|(_, rank)| *rank).map(|rank| rank.min(4)),
        entry.services.join(", "),
        entry.duration_minutes.map(|minutes| language.duration(minutes)),
        entry.summary,
    ])
}
