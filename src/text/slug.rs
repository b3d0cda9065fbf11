use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Composes to NFC: file names from macOS arrive decomposed, so Hangul would not compare equal.
#[must_use]
pub fn nfc(text: &str) -> String {
    // Nearly all text is composed already, and composing costs ten times the copy.
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes { text.to_owned() } else { text.nfc().collect() }
}

/// The form in which ids, titles and keys are compared: NFC, lower case.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { nfc(text).to_lowercase() }
}

/// A readable piece of a URL: NFC, lower case, letters and digits of any script kept, every other run one `-`.
///
/// Empty when the text has neither a letter nor a digit.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in fold(text).chars() {
        if character.is_alphanumeric() {
            out.push(character);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_keep_hangul_and_join_the_rest() {
        assert_eq!(slug("  Checkout: 503s & timeouts! "), "checkout-503s-timeouts");
        assert_eq!(slug("결제 장애 (2차)"), "결제-장애-2차");
        assert_eq!(slug("—"), "");
    }

    #[test]
    fn decomposed_hangul_is_composed() {
        assert_eq!(slug("\u{1100}\u{1161}"), "가");
    }
}
