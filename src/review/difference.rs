//! Where two texts of one document differ, word by word: as few words as a reader needs to see what changed.

use rustc_hash::FxHashMap;
use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices};

use super::{
    substance::{cut, title, words},
    tokens::{is_space, tokens},
};
use crate::source::front_matter_and_body;

/// Words of unchanged text that stand before and after a change.
const AROUND: usize = 5;

/// A comparison takes time in proportion to the product of both lengths in the worst case. Longer ones are told whole: a time limit would make
/// the result depend on the machine.
const STEPS: usize = 2_000_000;

/// Where two texts of one document differ.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// By front matter and section, in the order of the newer text; removed sections stand last.
    pub parts: Vec<PartDifference>,
    /// Words that changed beyond those that are told.
    pub left_out: usize,
}

/// Where one part differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartDifference {
    /// What it is a part of.
    pub part: Part,
    /// The places that changed, each with a few words around it.
    pub places: Vec<Vec<Piece>>,
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// The front matter, as it is written.
    FrontMatter,
    /// A section by its title; empty for the text before the first section.
    Section(String),
}

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

impl Difference {
    /// Compares two texts and tells at most so many changed words. `masked` hides what must not be repeated.
    ///
    /// White space and line breaks that no reader sees are no difference.
    #[must_use]
    pub fn between(before: &str, after: &str, most: usize, masked: &dyn Fn(&str) -> Option<String>) -> Self {
        let mut teller = Teller { masked, left: most, difference: Self::default() };
        let ((old_matter, old_body), (new_matter, new_body)) = (front_matter_and_body(before), front_matter_and_body(after));
        if old_matter != new_matter {
            let lines = |matter: &'_ str| matter.lines().map(str::trim_end).filter(|line| !line.is_empty()).map(str::to_owned).collect::<Vec<_>>();
            teller.part(Part::FrontMatter, &lines(old_matter), &lines(new_matter));
        }
        if old_body != new_body {
            let (old, new) = (sections(old_body), sections(new_body));
            // Of equal titles the first that is not taken is the one.
            let mut by_title: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
            for (index, (title, _)) in old.iter().enumerate().rev() {
                by_title.entry(title).or_default().push(index);
            }
            let mut is_taken = vec![false; old.len()];
            for (title, text) in &new {
                let known = by_title.get_mut(&**title).and_then(Vec::pop);
                if let Some(taken) = known.and_then(|index| is_taken.get_mut(index)) {
                    *taken = true;
                }
                let before = known.and_then(|index| old.get(index)).map_or("", |(_, text)| *text);
                if before != *text {
                    teller.section(title, before, text);
                }
            }
            for ((title, text), _) in old.iter().zip(&is_taken).filter(|(_, taken)| !**taken) {
                teller.section(title, text, "");
            }
        }
        teller.difference
    }

    /// Whether nothing differs that a reader would see.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.left_out == 0
    }
}

/// Titles and raw texts of sections; of white space before the first heading there is none.
fn sections(body: &str) -> Vec<(String, &str)> {
    let (mark, pieces) = cut(body);
    let pieces = pieces.into_iter().filter(|piece| piece.starts_with(mark) || !piece.trim().is_empty());
    pieces
        .map(|piece| {
            if !piece.starts_with(mark) {
                return (String::new(), piece);
            }
            let (line, inside) = piece.split_once('\n').unwrap_or((piece, ""));
            (title(line.trim_end_matches('\r'), mark), inside)
        })
        .collect()
}

/// Collects differences until enough words are told.
struct Teller<'a> {
    masked: &'a dyn Fn(&str) -> Option<String>,
    left: usize,
    difference: Difference,
}

impl Teller<'_> {
    fn section(&mut self, title: &str, before: &str, after: &str) {
        let lines = |text: &str| words(text).lines().filter(|line| !line.is_empty()).map(str::to_owned).collect::<Vec<_>>();
        self.part(Part::Section(title.to_owned()), &lines(before), &lines(after));
    }

    fn part(&mut self, part: Part, old: &[String], new: &[String]) {
        let mut places = Vec::new();
        for (before, after) in changed_lines(old, new) {
            let (before, after) = (self.masked(before.join("\n")), self.masked(after.join("\n")));
            if before != after {
                let place = self.limited(around(place(&before, &after)));
                if !place.is_empty() {
                    places.push(place);
                }
            }
        }
        if !places.is_empty() {
            self.difference.parts.push(PartDifference { part, places });
        }
    }

    fn masked(&self, text: String) -> String {
        (self.masked)(&text).unwrap_or(text)
    }

    /// Cuts a place where enough words are told, and counts the rest.
    fn limited(&mut self, pieces: Vec<Piece>) -> Vec<Piece> {
        let mut told = Vec::new();
        for mut piece in pieces {
            if matches!(piece.share, Share::Both | Share::Gap) {
                if self.left > 0 {
                    told.push(piece);
                }
                continue;
            }
            let count = piece.text.split_whitespace().count();
            if count <= self.left {
                self.left -= count;
                told.push(piece);
                continue;
            }
            self.difference.left_out += count - self.left;
            if self.left > 0 {
                let shown: Vec<&str> = tokens(&piece.text).into_iter().scan(self.left, |left, token| until_spent(left, token)).collect();
                piece.text = format!("{}…", shown.concat().trim_end());
                told.push(piece);
                self.left = 0;
            }
        }
        told
    }
}

/// The token, while there are words left; the white space after a word spends it.
fn until_spent<'a>(left: &mut usize, token: &'a str) -> Option<&'a str> {
    if *left == 0 {
        return None;
    }
    *left -= usize::from(is_space(token));
    Some(token)
}

/// Runs of lines that differ, from both sides.
fn changed_lines<'a>(old: &'a [String], new: &'a [String]) -> Vec<(&'a [String], &'a [String])> {
    let start = old.iter().zip(new).take_while(|(one, other)| one == other).count();
    let (old, new) = (old.get(start..).unwrap_or_default(), new.get(start..).unwrap_or_default());
    let end = old.iter().rev().zip(new.iter().rev()).take_while(|(one, other)| one == other).count();
    let (old, new) = (old.get(..old.len() - end).unwrap_or_default(), new.get(..new.len() - end).unwrap_or_default());
    if old.is_empty() || new.is_empty() || (old.len() == 1 && new.len() == 1) || old.len().saturating_mul(new.len()) > STEPS {
        return if old.is_empty() && new.is_empty() { Vec::new() } else { vec![(old, new)] };
    }
    let ops = capture_diff_slices(Algorithm::Myers, old, new);
    let changed = ops.into_iter().filter(|op| op.tag() != DiffTag::Equal);
    changed.map(|op| (old.get(op.old_range()).unwrap_or_default(), new.get(op.new_range()).unwrap_or_default())).collect()
}

/// One place word by word; as a whole where the two have too little in common to read them together.
fn place(before: &str, after: &str) -> Vec<Piece> {
    let whole = || {
        let sides = [(Share::Removed, before), (Share::Added, after)];
        sides.into_iter().filter(|(_, text)| !text.is_empty()).map(|(share, text)| Piece { share, text: text.to_owned() }).collect()
    };
    if before.is_empty() || after.is_empty() {
        return whole();
    }
    let (old, new) = (tokens(before), tokens(after));
    if old.len().saturating_mul(new.len()) > STEPS {
        return whole();
    }
    let ops = capture_diff_slices(Algorithm::Myers, &old, &new);
    let is_word = |token: &&&str| !is_space(token) && token.chars().any(char::is_alphanumeric);
    let word_count = |tokens: &[&str]| tokens.iter().filter(is_word).count();
    let kept: usize = ops.iter().filter(|op| op.tag() == DiffTag::Equal).map(|op| word_count(old.get(op.old_range()).unwrap_or_default())).sum();
    if kept * 4 < word_count(&old).min(word_count(&new)) {
        return whole();
    }
    pieces(&ops, &old, &new)
}

/// Changes that only white space or a mark separates are read as one.
fn pieces(ops: &[DiffOp], old: &[&str], new: &[&str]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut removed, mut added, mut between) = (String::new(), String::new(), String::new());
    let flush = |pieces: &mut Vec<Piece>, removed: &mut String, added: &mut String| {
        for (share, text) in [(Share::Removed, removed), (Share::Added, added)] {
            if !text.is_empty() {
                pieces.push(Piece { share, text: std::mem::take(text) });
            }
        }
    };
    for op in ops {
        let (before, after) = (old.get(op.old_range()).unwrap_or_default().concat(), new.get(op.new_range()).unwrap_or_default().concat());
        if op.tag() == DiffTag::Equal {
            if (removed.is_empty() && added.is_empty()) || before.contains('\n') || before.chars().any(char::is_alphanumeric) {
                flush(&mut pieces, &mut removed, &mut added);
                pieces.push(Piece { share: Share::Both, text: before });
            } else {
                between = before;
            }
            continue;
        }
        let joined = std::mem::take(&mut between);
        if !removed.is_empty() && !added.is_empty() && !before.is_empty() && !after.is_empty() {
            removed.push_str(&joined);
            added.push_str(&joined);
        } else if !joined.is_empty() {
            flush(&mut pieces, &mut removed, &mut added);
            pieces.push(Piece { share: Share::Both, text: joined });
        }
        removed.push_str(&before);
        added.push_str(&after);
    }
    flush(&mut pieces, &mut removed, &mut added);
    if !between.is_empty() {
        pieces.push(Piece { share: Share::Both, text: between });
    }
    pieces
}

/// Cuts what both texts say down to a few words beside each change.
fn around(pieces: Vec<Piece>) -> Vec<Piece> {
    let last = pieces.len().saturating_sub(1);
    let mut shown = Vec::with_capacity(pieces.len());
    let gap = || Piece { share: Share::Gap, text: String::new() };
    for (index, piece) in pieces.into_iter().enumerate() {
        if piece.share != Share::Both {
            shown.push(piece);
            continue;
        }
        let tokens = tokens(&piece.text);
        let words: Vec<usize> = tokens.iter().enumerate().filter(|(_, token)| !is_space(token)).map(|(at, _)| at).collect();
        let head = if index == 0 { 0 } else { AROUND };
        let tail = if index == last { 0 } else { AROUND };
        if words.len() <= head + tail + 2 {
            shown.push(piece);
            continue;
        }
        let side = |tokens: Option<&[&str]>| Piece { share: Share::Both, text: tokens.unwrap_or_default().concat() };
        if head > 0 {
            shown.push(side(words.get(head).and_then(|end| tokens.get(..*end))));
        }
        shown.push(gap());
        if tail > 0 {
            let start = words.len().checked_sub(tail + 1).and_then(|at| words.get(at)).map(|at| at + 1);
            shown.push(side(start.and_then(|start| tokens.get(start..))));
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Removed words in `[- -]`, added ones in `{+ +}`, as git writes them.
    fn told(difference: &Difference) -> Vec<String> {
        let place = |place: &Vec<Piece>| {
            let piece = |piece: &Piece| match piece.share {
                Share::Both => piece.text.clone(),
                Share::Removed => format!("[-{}-]", piece.text),
                Share::Added => format!("{{+{}+}}", piece.text),
                Share::Gap => "…".to_owned(),
            };
            place.iter().map(piece).collect::<String>()
        };
        let part = |part: &PartDifference| {
            let name = match &part.part {
                Part::FrontMatter => "---",
                Part::Section(title) => title,
            };
            part.places.iter().map(move |pieces| format!("{name}: {}", place(pieces))).collect::<Vec<_>>()
        };
        difference.parts.iter().flat_map(part).collect()
    }

    fn between(before: &str, after: &str) -> Vec<String> {
        told(&Difference::between(before, after, 100, &|_| None))
    }

    #[test]
    fn only_changed_words_are_told_with_a_few_around_them() {
        let text = |number: &str| {
            format!(
                "---\nseverity: SEV2\n---\n## Impact\nOne two three four five six seven eight {number} customers saw an error and three wrote to us.\n\nSame.\n"
            )
        };
        assert_eq!(
            between(&text("7,900"), &text("8,412").replace("SEV2", "SEV1")),
            ["---: severity: [-SEV2-]{+SEV1+}", "Impact: …four five six seven eight [-7,900-]{+8,412+} customers saw an error and…"]
        );
    }

    #[test]
    fn what_no_reader_sees_is_no_difference() {
        assert!(between("## A\none two\nthree\n", "\n## A\none\ntwo three  \n\n").is_empty());
        assert!(between("---\na: 1\n---\nx", "---\r\na: 1\r\n---\r\nx").is_empty());
    }

    #[test]
    fn rows_and_sections_that_come_or_go_are_told_whole() {
        let before = "## Timeline\n| 09:00 | first |\n| 09:10 | second |\n## Old\ngone\n";
        let after = "## Timeline\n| 09:00 | first |\n| 09:05 | between |\n| 09:10 | second |\n## New\nhere\n";
        assert_eq!(between(before, after), ["Timeline: {+| 09:05 | between |+}", "New: {+here+}", "Old: [-gone-]"]);
    }

    #[test]
    fn a_sentence_that_was_rewritten_is_not_cut_to_pieces() {
        assert_eq!(
            between("The pool ran out of connections.", "Nobody had raised the limit since last year, the dashboard says."),
            [": [-The pool ran out of connections.-]{+Nobody had raised the limit since last year, the dashboard says.+}"]
        );
        assert_eq!(between("결제가 오류로 실패했습니다.", "결제가 시간 초과로 실패했습니다."), [": 결제가 [-오류로-]{+시간 초과로+} 실패했습니다."]);
    }

    #[test]
    fn what_is_beyond_the_limit_is_counted() {
        let difference = Difference::between("", "one two three four five\n\n## B\nsix seven", 3, &|_| None);
        assert_eq!((told(&difference), difference.left_out), (vec![": {+one two three…+}".to_owned()], 4));
    }

    #[test]
    fn what_is_masked_is_never_told() {
        let masked = |text: &str| text.contains("hunter3").then(|| text.replace("hunter3", "[…]"));
        let difference = Difference::between("key hunter3 end", "key other end", 100, &masked);
        assert_eq!(told(&difference), [": key [-[…]-]{+other+} end"]);
    }
}
