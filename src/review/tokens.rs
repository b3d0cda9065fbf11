//! Words as they are compared: what stands between white space, without the marks at its ends; single words of scripts that write none.

use similar::DiffableStr;

/// Marks that stand beside a word and are not part of it.
const MARKS: &[char] = &['.', ',', ';', ':', '!', '?', '(', ')', '[', ']', '{', '}', '"', '\'', '`', '*', '_', '|', '“', '”', '…'];

/// A word, a run of marks, or a line break, with the white space behind it, which is not compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) word: &'a str,
    pub(super) space: &'a str,
}

/// The tokens of a text; together they are the text, but for white space at the beginning of a line.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::with_capacity(text.len() / 5);
    for line in text.split_inclusive('\n') {
        let mut rest = line;
        while let Some(first) = rest.chars().next() {
            if first == '\n' {
                tokens.push(Token { word: rest, space: "" });
                break;
            }
            let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let (word, after) = rest.split_at(length);
            let behind = after.find(|character: char| character == '\n' || !character.is_whitespace()).unwrap_or(after.len());
            let (space, after) = after.split_at(behind);
            cut(word, &mut tokens);
            if word.is_empty() {
                // Indentation is compared like a word: in code it is read.
                tokens.push(Token { word: space, space: "" });
            } else if let Some(last) = tokens.last_mut() {
                last.space = space;
            }
            rest = after;
        }
    }
    tokens
}

/// Cuts what stands between white space.
fn cut<'a>(word: &'a str, tokens: &mut Vec<Token<'a>>) {
    let inner = word.trim_start_matches(MARKS);
    let (marks, _) = word.split_at(word.len() - inner.len());
    let core = inner.trim_end_matches(MARKS);
    let (_, ends) = inner.split_at(core.len());
    let mut push = |word: &'a str| {
        if !word.is_empty() {
            tokens.push(Token { word, space: "" });
        }
    };
    push(marks);
    if core.chars().any(is_unspaced) {
        core.tokenize_unicode_words().into_iter().for_each(&mut push);
    } else {
        push(core);
    }
    push(ends);
}

/// Scripts without spaces between words: kana and Han.
fn is_unspaced(character: char) -> bool {
    matches!(character, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}')
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn marks_are_no_part_of_a_word_and_nothing_is_lost() {
        let words = |text| tokens(text).into_iter().map(|token| token.word).collect::<Vec<_>>();
        assert_eq!(words("(at 09:10, **503s**)\n| x"), ["(", "at", "09:10", ",", "**", "503s", "**)", "\n", "|", "x"]);
        for text in ["", " a\n\n b ", "결제가 안 됩니다.", "決済が失敗した。", "**", "é…—x"] {
            let whole: String = tokens(text).into_iter().flat_map(|token| [token.word, token.space]).collect();
            assert_eq!(whole, text);
        }
        assert!(words("決済が失敗した").len() > 1);
    }
}
