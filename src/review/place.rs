//! One place of a text that changed, word by word.

use rustc_hash::FxHashMap;
use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices};

use super::tokens::{Token, tokens};

/// Words of unchanged text that stand before and after a change.
const AROUND: usize = 5;

/// Some words of a place that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Which of the texts has them.
    pub share: Share,
    /// The words, with the line breaks between them.
    pub text: String,
}

/// Which of two texts has something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// Both.
    Both,
    /// The older one.
    Removed,
    /// The newer one.
    Added,
    /// Both, and it is not told: there is no text.
    Gap,
}

/// Compares a place word by word, and as a whole where the two have too little in common to read them together. Tells at most so many changed
/// words; how many it told, and how many more there are.
pub(super) fn place(before: &str, after: &str, most: usize) -> (Vec<Piece>, usize, usize) {
    let (old, new) = (tokens(before), tokens(after));
    let (before, after) = numbered(&old, &new);
    let pieces = if is_rewritten(&before, &after) {
        let sides = [(Share::Removed, &old), (Share::Added, &new)];
        sides.into_iter().filter(|(_, tokens)| !tokens.is_empty()).map(|(share, tokens)| Piece { share, text: text(tokens) }).collect()
    } else {
        around(pieces(&capture_diff_slices(Algorithm::Myers, &before, &after), &old, &new))
    };
    limited(pieces, most)
}

/// How many words differ, in whatever order they stand.
pub(super) fn changed_words(before: &str, after: &str) -> usize {
    let mut counts: FxHashMap<&str, i64> = FxHashMap::default();
    for word in before.split_whitespace() {
        *counts.entry(word).or_default() += 1;
    }
    for word in after.split_whitespace() {
        *counts.entry(word).or_default() -= 1;
    }
    counts.into_values().map(|count| usize::try_from(count.abs()).unwrap_or_default()).sum()
}

/// A number for each word, equal for equal words: comparing those takes no time.
fn numbered<'a>(old: &[Token<'a>], new: &[Token<'a>]) -> (Vec<usize>, Vec<usize>) {
    let mut known: FxHashMap<&'a str, usize> = FxHashMap::default();
    let mut number = |token: &Token<'a>| {
        let next = known.len();
        *known.entry(token.word).or_insert(next)
    };
    (old.iter().map(&mut number).collect(), new.iter().map(&mut number).collect())
}

/// Whether too little is left to read both together: of a sentence a third of the words, of more two fifths of the neighbours. Two long texts about
/// one thing share most of their words, and say something else.
fn is_rewritten(old: &[usize], new: &[usize]) -> bool {
    const SENTENCE: usize = 30;
    let least = old.len().min(new.len());
    if least < SENTENCE { least == 0 || shared(old, new, 1) * 3 < least } else { shared(old, new, 2) * 5 < least * 2 }
}

/// How many runs of so many words both have.
fn shared(old: &[usize], new: &[usize], length: usize) -> usize {
    let mut counts: FxHashMap<&[usize], usize> = FxHashMap::default();
    for run in old.windows(length) {
        *counts.entry(run).or_default() += 1;
    }
    let is_shared = |run: &&[usize]| counts.get_mut(*run).is_some_and(|count| std::mem::replace(count, count.saturating_sub(1)) > 0);
    new.windows(length).filter(is_shared).count()
}

fn text(tokens: &[Token<'_>]) -> String {
    let mut text = String::new();
    for token in tokens {
        text.push_str(token.word);
        text.push_str(token.space);
    }
    text
}

/// What both texts have and what only one of them has. Changes that only a mark separates are read as one, and white space after a change is
/// none of it.
fn pieces(ops: &[DiffOp], old: &[Token<'_>], new: &[Token<'_>]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut removed, mut added) = (String::new(), String::new());
    let mut ops = ops.iter().peekable();
    while let Some(op) = ops.next() {
        let kept = new.get(op.new_range()).unwrap_or_default();
        if op.tag() == DiffTag::Equal {
            let is_mark = |token: &Token<'_>| !token.word.contains('\n') && !token.word.chars().any(char::is_alphanumeric);
            let joins = !removed.is_empty() && !added.is_empty() && ops.peek().is_some_and(|next| next.tag() == DiffTag::Replace);
            if joins && kept.iter().all(is_mark) {
                removed.push_str(&text(old.get(op.old_range()).unwrap_or_default()));
                added.push_str(&text(kept));
                continue;
            }
            flush(&mut pieces, &mut removed, &mut added);
            push(&mut pieces, &text(kept));
            continue;
        }
        removed.push_str(&text(old.get(op.old_range()).unwrap_or_default()));
        added.push_str(&text(kept));
    }
    flush(&mut pieces, &mut removed, &mut added);
    pieces
}

/// Ends a change.
fn flush(pieces: &mut Vec<Piece>, removed: &mut String, added: &mut String) {
    let (before, after) = (std::mem::take(removed), std::mem::take(added));
    let space = if after.is_empty() { &before } else { &after };
    let has_space = space.ends_with(' ');
    for (share, text) in [(Share::Removed, &before), (Share::Added, &after)] {
        let text = text.trim_end_matches(' ');
        if !text.is_empty() {
            pieces.push(Piece { share, text: text.to_owned() });
        }
    }
    if has_space {
        push(pieces, " ");
    }
}

/// Adds what both texts have.
fn push(pieces: &mut Vec<Piece>, text: &str) {
    match pieces.last_mut() {
        Some(last) if last.share == Share::Both => last.text.push_str(text),
        _ => pieces.push(Piece { share: Share::Both, text: text.to_owned() }),
    }
}

/// Cuts what both texts say down to a few words beside each change.
fn around(pieces: Vec<Piece>) -> Vec<Piece> {
    let last = pieces.len().saturating_sub(1);
    let mut shown = Vec::with_capacity(pieces.len());
    for (index, piece) in pieces.into_iter().enumerate() {
        if piece.share != Share::Both {
            shown.push(piece);
            continue;
        }
        let head = if index == 0 { 0 } else { AROUND };
        let tail = if index == last { 0 } else { AROUND };
        let words: Vec<(usize, &str)> = words(&piece.text);
        // White space before the first word belongs to the change before it.
        if words.len() <= head + tail + 2 {
            shown.push(piece);
            continue;
        }
        let side = |text: Option<&str>| Piece { share: Share::Both, text: text.unwrap_or_default().to_owned() };
        if let Some((at, word)) = head.checked_sub(1).and_then(|at| words.get(at)) {
            shown.push(side(piece.text.get(..at + word.len())));
        }
        shown.push(Piece { share: Share::Gap, text: String::new() });
        if let Some((at, _)) = words.len().checked_sub(tail).and_then(|at| words.get(at)) {
            shown.push(side(piece.text.get(*at..)));
        }
    }
    shown
}

/// Words between white space, with their places.
fn words(text: &str) -> Vec<(usize, &str)> {
    let start = text.as_ptr() as usize;
    text.split_whitespace().map(|word| (word.as_ptr() as usize - start, word)).collect()
}

/// Cuts a place where enough words are told, and counts the rest.
fn limited(pieces: Vec<Piece>, most: usize) -> (Vec<Piece>, usize, usize) {
    let (mut told, mut left, mut left_out) = (Vec::with_capacity(pieces.len()), most, 0);
    for mut piece in pieces {
        if matches!(piece.share, Share::Both | Share::Gap) {
            if left > 0 {
                told.push(piece);
            }
            continue;
        }
        let words = words(&piece.text);
        if words.len() <= left {
            left -= words.len();
            told.push(piece);
            continue;
        }
        left_out += words.len() - left;
        if let Some((at, word)) = left.checked_sub(1).and_then(|last| words.get(last)) {
            let shown = piece.text.get(..at + word.len()).unwrap_or_default();
            piece.text = format!("{shown}…");
            told.push(piece);
            left = 0;
        }
    }
    (told, most - left, left_out)
}
