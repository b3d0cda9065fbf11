use std::ops::RangeInclusive;

/// Hex digits by which git and forges name a commit.
const DIGITS: RangeInclusive<usize> = 7..=64;

/// Ids of commits and stored texts. A piece of hex digits with which one begins is that one: nobody has to know how short it was cut.
#[derive(Debug)]
pub(super) struct Ids {
    /// Id and what it is, sorted.
    sorted: Vec<(String, &'static str)>,
}

impl Ids {
    pub(super) fn new(ids: Vec<(&'static str, String)>) -> Self {
        let mut sorted: Vec<(String, &'static str)> = ids.into_iter().map(|(kind, id)| (id, kind)).collect();
        sorted.sort();
        sorted.dedup_by(|one, other| one.0 == other.0);
        Self { sorted }
    }

    /// Every id that stands in a text in lower case and is not permitted: what it is, the whole id, and where it stands.
    pub(super) fn find(&self, text: &str, permitted: &[bool]) -> Vec<(&'static str, &str, usize)> {
        let found = digits(text).filter_map(|(digits, at)| Some((self.named(digits)?, at)));
        let found = found.filter(|(index, _)| permitted.get(*index) == Some(&false));
        found.filter_map(|(index, at)| self.sorted.get(index).map(|(id, kind)| (*kind, id.as_str(), at))).collect()
    }

    pub(super) fn standing_in(&self, text: &str) -> Vec<bool> {
        let mut stands = vec![false; self.sorted.len()];
        for index in digits(text).filter_map(|(digits, _)| self.named(digits)) {
            if let Some(stands) = stands.get_mut(index) {
                *stands = true;
            }
        }
        stands
    }

    /// The first id that begins like this.
    fn named(&self, digits: &str) -> Option<usize> {
        let index = self.sorted.partition_point(|(id, _)| id.as_str() < digits);
        self.sorted.get(index).filter(|(id, _)| id.starts_with(digits)).map(|_| index)
    }
}

/// Words of a text that can be an abbreviated id, and where they begin. Digits alone are a number, letters alone may be a word, and the parts of a
/// UUID, which feeds are full of, are none.
fn digits(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let bytes = text.as_bytes();
    let is_word = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let start = at;
            while is_word(at) {
                at += 1;
            }
            let word = text.get(start..at).unwrap_or_default();
            at = at.max(start + 1);
            let is_hex = DIGITS.contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
            let is_mixed = || word.bytes().any(|byte| byte.is_ascii_digit()) && word.bytes().any(|byte| byte.is_ascii_lowercase());
            if is_hex && is_mixed() && !is_part_of_uuid(bytes, start, start + word.len()) {
                return Some((word, start));
            }
        }
        None
    })
}

/// Whether eight digits are followed, or twelve preceded, by four digits between hyphens.
fn is_part_of_uuid(bytes: &[u8], start: usize, end: usize) -> bool {
    let is_four = |from: Option<usize>| {
        let part = from.and_then(|from| bytes.get(from..from + 6));
        part.is_some_and(|part| {
            part.first() == Some(&b'-') && part.last() == Some(&b'-') && part.get(1..5).is_some_and(|four| four.iter().all(u8::is_ascii_hexdigit))
        })
    };
    match end - start {
        8 => is_four(Some(end)),
        12 => is_four(start.checked_sub(6)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_known_however_short_it_was_cut() {
        let ids = Ids::new(vec![("commit id", "3f2a9c4b5d6e7f8091a2b3c4d5e6f708192a3b4c".to_owned()), ("commit id", "aa".repeat(20))]);
        let found = |text: &str| ids.find(text, &[false, false]).len();
        for text in ["3f2a9c4", "(3f2a9c4b)", "at 3f2a9c4b5d6e7f80.", "3f2a9c4b5d6e7f8091a2b3c4d5e6f708192a3b4c"] {
            assert_eq!(found(text), 1, "{text}");
        }
        let uuid = "urn:uuid:3f2a9c4b-1111-4222-8333-3f2a9c4b5d6e";
        for text in ["3f2a9c", "x3f2a9c4", "3f2a9c5", "1234567", "aaaaaaaa", uuid] {
            assert_eq!(found(text), 0, "{text}");
        }
        assert_eq!(ids.find("3f2a9c4b", &ids.standing_in("see 3f2a9c4")).len(), 0);
    }
}
