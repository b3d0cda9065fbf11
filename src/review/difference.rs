//! Where two texts of one document differ, word by word: as few words as a reader needs to see what changed.

use rustc_hash::FxHashMap;
use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::{
    place::{Piece, Share, changed_words, place},
    substance::{Facts, cut, title, words},
};
use crate::{source::front_matter_and_body, yaml::parse};

/// Lines are paired in time that grows with the product of both sides. More of them are told as one place: a time limit would make the result
/// depend on the machine.
const LINES: usize = 1_000_000;

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

/// A text cut into the parts that are compared. Each text has two neighbours, and is cut once.
#[derive(Debug, Clone)]
pub struct TextInParts<'a> {
    front_matter: &'a str,
    /// What the front matter says that matters for a review, where only that is compared.
    telling: Option<Vec<String>>,
    /// Titles and raw texts; of white space before the first heading there is none.
    sections: Vec<(String, &'a str)>,
}

impl<'a> TextInParts<'a> {
    /// Cuts a text.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let (front_matter, body) = front_matter_and_body(text);
        let (mark, pieces) = cut(body);
        let pieces = pieces.into_iter().filter(|piece| piece.starts_with(mark) || !piece.trim().is_empty());
        let sections = pieces.map(|piece| {
            if !piece.starts_with(mark) {
                return (String::new(), piece);
            }
            let (line, inside) = piece.split_once('\n').unwrap_or((piece, ""));
            (title(line.trim_end_matches('\r'), mark), inside)
        });
        Self { front_matter, telling: None, sections: sections.collect() }
    }

    /// The same, with nothing of the front matter but what matters for a review: ticking an action is no difference. Front matter that can't be read is
    /// compared as it is written.
    #[must_use]
    pub fn telling(text: &'a str) -> Self {
        let parts = Self::new(text);
        let telling = parse(parts.front_matter).ok().map(|tree| Facts::of(&tree).telling);
        let telling = telling.map(|facts| facts.iter().map(|(key, value)| format!("{}: {value}", key.replace('.', " "))).collect());
        Self { telling, ..parts }
    }

    /// The front matter as it is written.
    #[must_use]
    pub const fn front_matter(&self) -> &'a str {
        self.front_matter
    }
}

impl Difference {
    /// Compares two texts and tells at most so many changed words. `masked` hides what must not be repeated.
    ///
    /// White space and line breaks that no reader sees are no difference.
    #[must_use]
    pub fn between(before: &TextInParts<'_>, after: &TextInParts<'_>, most: usize, masked: &dyn Fn(&str) -> Option<String>) -> Self {
        let mut teller = Teller { masked, left: most, difference: Self::default() };
        if before.front_matter != after.front_matter {
            let (old, new) = match (&before.telling, &after.telling) {
                (Some(old), Some(new)) => (old, new),
                _ => (&facts(before.front_matter), &facts(after.front_matter)),
            };
            teller.part(Part::FrontMatter, old, new);
        }
        let (old, new) = (&before.sections, &after.sections);
        // Of equal titles the first that is not taken is the one.
        let mut by_title: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (index, (title, _)) in old.iter().enumerate().rev() {
            by_title.entry(title).or_default().push(index);
        }
        let mut is_taken = vec![false; old.len()];
        for (title, text) in new {
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
        teller.difference
    }

    /// Whether nothing differs that a reader would see.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.left_out == 0
    }
}

/// The lines of front matter, each with what it is a part of: `times: started: …`, `actions A-3: status: done`.
fn facts(front_matter: &str) -> Vec<String> {
    let (mut key, mut item, mut count, mut depth) = ("", String::new(), 0, None);
    let mut facts = Vec::new();
    for line in front_matter.lines().map(str::trim_end).filter(|line| !line.is_empty()) {
        let inner = line.trim_start();
        let indent = line.len() - inner.len();
        let entry = inner.strip_prefix("- ").filter(|_| depth.is_none_or(|depth| depth == indent));
        if let Some(entry) = entry {
            (depth, count) = (Some(indent), count + 1);
            item = format!(" {}", id(entry).map_or_else(|| count.to_string(), str::to_owned));
        } else if indent == 0 {
            (key, item, count, depth) = (line.split(':').next().unwrap_or_default(), String::new(), 0, None);
            facts.push(line.to_owned());
            continue;
        } else if let Some(id) = id(inner).filter(|_| inner.starts_with("id:")) {
            item = format!(" {id}");
        }
        facts.push(format!("{key}{item}: {}", entry.unwrap_or(inner).trim_start()));
    }
    facts
}

/// The id that an entry of a list begins with.
fn id(entry: &str) -> Option<&str> {
    let value = entry.trim_start_matches(['{', ' ']).strip_prefix("id:")?.trim_start();
    value.split([',', '}', ' ']).next().map(|id| id.trim_matches(['"', '\''])).filter(|id| !id.is_empty())
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
            let (before, after) = (before.join("\n"), after.join("\n"));
            if self.left == 0 {
                self.difference.left_out += changed_words(&before, &after);
                continue;
            }
            let (before, after) = (self.masked(before), self.masked(after));
            if before != after {
                let (place, told, left_out) = place(&before, &after, self.left);
                self.left -= told;
                self.difference.left_out += left_out;
                // Spaces between words are no difference.
                if place.iter().any(|piece| matches!(piece.share, Share::Removed | Share::Added)) {
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
}

/// Runs of lines that differ, from both sides; lines that were changed one by one stand alone.
fn changed_lines<'a>(old: &'a [String], new: &'a [String]) -> Vec<(&'a [String], &'a [String])> {
    let start = old.iter().zip(new).take_while(|(one, other)| one == other).count();
    let (old, new) = (old.get(start..).unwrap_or_default(), new.get(start..).unwrap_or_default());
    let end = old.iter().rev().zip(new.iter().rev()).take_while(|(one, other)| one == other).count();
    let (old, new) = (old.get(..old.len() - end).unwrap_or_default(), new.get(..new.len() - end).unwrap_or_default());
    if old.is_empty() && new.is_empty() {
        return Vec::new();
    }
    if old.is_empty() || new.is_empty() || old.len().saturating_mul(new.len()) > LINES {
        return vec![(old, new)];
    }
    let mut changed = Vec::new();
    let ops = if old.len().min(new.len()) == 1 && old.len() == new.len() { Vec::new() } else { capture_diff_slices(Algorithm::Myers, old, new) };
    if ops.is_empty() {
        return vec![(old, new)];
    }
    for op in ops.into_iter().filter(|op| op.tag() != DiffTag::Equal) {
        let (before, after) = (old.get(op.old_range()).unwrap_or_default(), new.get(op.new_range()).unwrap_or_default());
        if before.len() == after.len() {
            changed.extend(before.chunks(1).zip(after.chunks(1)));
        } else {
            changed.push((before, after));
        }
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compared(before: &str, after: &str, most: usize, masked: &dyn Fn(&str) -> Option<String>) -> Difference {
        Difference::between(&TextInParts::new(before), &TextInParts::new(after), most, masked)
    }

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
        told(&compared(before, after, 100, &|_| None))
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
    fn a_fact_says_what_it_is_a_part_of() {
        let text = |status: &str, done: &str| {
            format!(
                "---\nactions:\n  - id: A-1\n    status: open\n  - {{id: A-2, status: {done}}}\n  - title: third\n    status: {status}\ntimes:\n  started: {status}\n---\n"
            )
        };
        assert_eq!(
            between(&text("open", "open"), &text("done", "done")),
            [
                "---: actions A-2: {id: A-2, status: [-open-]{+done+}}",
                "---: actions 3: status: [-open-]{+done+}",
                "---: times: started: [-open-]{+done+}"
            ]
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
        let difference = compared("", "one two three four five\n\n## B\nsix seven", 3, &|_| None);
        assert_eq!((told(&difference), difference.left_out), (vec![": {+one two three…+}".to_owned()], 4));
    }

    #[test]
    fn what_is_masked_is_never_told() {
        let masked = |text: &str| text.contains("hunter3").then(|| text.replace("hunter3", "[…]"));
        let difference = compared("key hunter3 end", "key other end", 100, &masked);
        assert_eq!(told(&difference), [": key [-[…]-]{+other+} end"]);
    }
}
