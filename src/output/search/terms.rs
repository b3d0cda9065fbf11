//! Words of a text as the search knows them. `themes/default/assets/search.js` cuts queries alike.

use crate::text::fold;

/// Characters after which a term is cut: longer ones are hashes and keys, and nobody types them whole.
const LONGEST: usize = 32;

/// Calls `each` with every term of a text, as often as it stands there.
///
/// Letters and digits make words, in lower case. Where words are written without spaces, or with endings that change with the sentence (Hangul, Han,
/// kana), every two neighbouring characters are a term, and so is the last one alone: then each part of a word of two characters or more is found,
/// whatever particle follows it, and each single character begins a term.
pub(super) fn terms(text: &str, mut each: impl FnMut(&str)) {
    let normal = fold(text);
    for word in normal.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if word.is_ascii() {
            each(cut(word));
            continue;
        }
        let mut rest = word;
        while let Some(first) = rest.chars().next() {
            let end = rest.find(|letter| is_joined(letter) != is_joined(first)).unwrap_or(rest.len());
            let (run, after) = rest.split_at(end);
            if is_joined(first) {
                pairs(run, &mut each);
            } else {
                each(cut(run));
            }
            rest = after;
        }
    }
}

fn pairs(run: &str, each: &mut impl FnMut(&str)) {
    let places = || run.char_indices().map(|(at, _)| at);
    for (start, end) in places().zip(places().skip(2).chain([run.len()])) {
        each(run.get(start..end).unwrap_or_default());
    }
    // A run of one character was its own pair.
    if let Some(last) = places().next_back().filter(|last| *last > 0) {
        each(run.get(last..).unwrap_or_default());
    }
}

fn cut(word: &str) -> &str {
    word.char_indices().nth(LONGEST).and_then(|(end, _)| word.get(..end)).unwrap_or(word)
}

/// Hangul syllables, kana and Han.
const fn is_joined(letter: char) -> bool {
    matches!(letter, '\u{ac00}'..='\u{d7a3}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        terms(text, |term| found.push(term.to_owned()));
        found
    }

    #[test]
    fn words_are_cut_at_what_is_no_letter_and_no_digit() {
        assert_eq!(all("2026-03-14-checkout-503s: Größe p99_latency!"), ["2026", "03", "14", "checkout", "503s", "größe", "p99", "latency"]);
        assert_eq!(all(&"x".repeat(40)), ["x".repeat(32)]);
        assert_eq!(all("—"), Vec::<String>::new());
    }

    #[test]
    fn parts_of_korean_words_are_found_whatever_particle_follows() {
        assert_eq!(all("결제가"), ["결제", "제가", "가"]);
        assert_eq!(all("API가 풀"), ["api", "가", "풀"]);
        // As macOS writes it: decomposed.
        assert_eq!(all("\u{1100}\u{1167}\u{11af}\u{110c}\u{1166}"), ["결제", "제"]);
        assert_eq!(all("接続プール"), ["接続", "続プ", "プー", "ール", "ル"]);
    }
}
