//! Words as they are compared: what stands between white space, without the marks at its ends; single words of scripts that write none.

use similar::DiffableStr;

/// Marks that stand beside a word and are not part of it.
const MARKS: &[char] = &['.', ',', ';', ':', '!', '?', '(', ')', '[', ']', '{', '}', '"', '\'', '`', '*', '_', '|', '“', '”', '…'];

/// The words, marks and white space of a text; together they are the text.
pub(super) fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if first == '\n' {
            tokens.push(take(&mut rest, 1));
        } else if first.is_whitespace() {
            let length = rest.find(|character: char| character == '\n' || !character.is_whitespace()).unwrap_or(rest.len());
            tokens.push(take(&mut rest, length));
        } else {
            let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
            word(take(&mut rest, length), &mut tokens);
        }
    }
    tokens
}

/// White space.
pub(super) fn is_space(token: &str) -> bool {
    token.starts_with(char::is_whitespace)
}

fn take<'a>(rest: &mut &'a str, length: usize) -> &'a str {
    let (taken, left) = rest.split_at(length);
    *rest = left;
    taken
}

fn word<'a>(word: &'a str, tokens: &mut Vec<&'a str>) {
    let inner = word.trim_start_matches(MARKS);
    let (marks, _) = word.split_at(word.len() - inner.len());
    let core = inner.trim_end_matches(MARKS);
    let (_, ends) = inner.split_at(core.len());
    if !marks.is_empty() {
        tokens.push(marks);
    }
    if core.chars().any(is_unspaced) {
        tokens.extend(core.tokenize_unicode_words());
    } else if !core.is_empty() {
        tokens.push(core);
    }
    if !ends.is_empty() {
        tokens.push(ends);
    }
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
        assert_eq!(tokens("(at 09:10, **503s**)\n| x"), ["(", "at", " ", "09:10", ",", " ", "**", "503s", "**)", "\n", "|", " ", "x"]);
        for text in ["", " a\n\n b ", "결제가 안 됩니다.", "決済が失敗した。", "**", "é…—x"] {
            assert_eq!(tokens(text).concat(), text);
        }
        assert!(tokens("決済が失敗した").len() > 1);
    }
}
