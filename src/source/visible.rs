use super::outline::Spoken;
use crate::text::Span;

/// What a reader sees of one block, so that a mark is recognised however its author wrote it: entities are decoded, full-width characters are
/// plain ones, and characters without width, emphasis and comments are not there.
#[derive(Debug, Default)]
pub(super) struct Visible {
    text: String,
    /// Where pieces of it begin: offset in it, place in the file, whether the piece is written as it is seen.
    pieces: Vec<(usize, Span, bool)>,
}

impl Visible {
    pub(super) fn push(&mut self, text: &str, span: Span, is_literal: bool) {
        let at = self.text.len();
        if text.is_ascii() {
            self.text.push_str(text);
            self.pieces.push((at, span, is_literal));
        } else {
            self.text.push_str(&plain(text));
            self.pieces.push((at, span, false));
        }
    }

    /// Notes every `[!NAME]` and begins anew.
    pub(super) fn finish(&mut self, block: usize, spoken: &mut Vec<Spoken>) {
        for (at, _) in self.text.match_indices("[!") {
            let inside = self.text.get(at + 2..).unwrap_or_default().trim_start();
            let name: String = inside.chars().take_while(|part| part.is_alphanumeric() || matches!(part, '-' | '_')).take(64).collect();
            if name.is_empty() {
                continue;
            }
            let index = self.pieces.partition_point(|(start, ..)| *start <= at);
            let Some(&(start, span, is_literal)) = index.checked_sub(1).and_then(|index| self.pieces.get(index)) else { continue };
            let span = if is_literal { Span::new(span.start + (at - start), span.end) } else { span };
            spoken.push(Spoken { name, span, block });
        }
        self.text.clear();
        self.pieces.clear();
    }
}

/// Full-width characters as plain ones, and nothing that has no width.
pub(super) fn plain(text: &str) -> String {
    let seen = text.chars().filter(|part| !is_without_width(*part));
    seen.map(|part| if ('\u{ff01}'..='\u{ff5e}').contains(&part) { char::from_u32(u32::from(part) - 0xfee0).unwrap_or(part) } else { part }).collect()
}

const fn is_without_width(part: char) -> bool {
    matches!(
        part,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
    )
}
