use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::source::markdown_options;

/// The sentences of a piece of Markdown as a reader sees them, without marks; rows of tables and lines of code stay whole, pictures are named.
pub(in crate::view) fn sentences(markdown: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut line = String::new();
    let mut in_code = false;
    for event in Parser::new_ext(markdown, markdown_options()) {
        match event {
            Event::Text(piece) if in_code => {
                sentences.extend(piece.lines().map(str::trim_end).filter(|line| !line.trim().is_empty()).map(str::to_owned));
            }
            Event::Text(piece) | Event::Code(piece) => line.push_str(&piece),
            Event::SoftBreak | Event::HardBreak => line.push(' '),
            Event::Start(Tag::Image { .. }) => line.push_str("[image] "),
            Event::Start(Tag::CodeBlock(_)) => {
                end(&mut line, &mut sentences, true);
                in_code = true;
            }
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::End(TagEnd::TableCell) => line.push_str(" | "),
            Event::End(TagEnd::TableRow | TagEnd::TableHead) => {
                let row = line.trim_end_matches([' ', '|']).to_owned();
                line.clear();
                line.push_str(&row);
                end(&mut line, &mut sentences, false);
            }
            Event::Start(Tag::Paragraph | Tag::Item | Tag::Heading { .. }) | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_)) => {
                end(&mut line, &mut sentences, true);
            }
            Event::TaskListMarker(is_done) => line.push_str(if is_done { "[x] " } else { "[ ] " }),
            _ => {}
        }
    }
    end(&mut line, &mut sentences, true);
    sentences
}

/// Takes a finished line, cut into sentences where it is prose.
fn end(line: &mut String, sentences: &mut Vec<String>, is_prose: bool) {
    let text = std::mem::take(line).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut start = 0;
    let mut previous = None;
    for (at, character) in text.char_indices() {
        let after_stop = matches!(previous, Some('.' | '!' | '?')) && character == ' ';
        let begins = |rest: &str| rest.trim_start().chars().next().is_some_and(|next| next.is_uppercase() || !next.is_ascii());
        if is_prose && (after_stop && text.get(at..).is_some_and(begins) || previous == Some('。')) {
            sentences.extend(text.get(start..at).map(str::to_owned));
            start = if after_stop { at + 1 } else { at };
        }
        previous = Some(character);
    }
    sentences.extend(text.get(start..).filter(|rest| !rest.is_empty()).map(str::to_owned));
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[test]
    fn paragraphs_are_cut_into_sentences_and_rows_stay_whole() {
        let markdown = "One `a.b` ran. Two **did**\nnot! 3.5 more e.g. this.\n\n- [ ] item. Second\n\n| A | B |\n|---|---|\n| x. Y | z |\n\n```\na. B\n```\n![graph](g.png)";
        assert_eq!(
            sentences(markdown),
            ["One a.b ran.", "Two did not! 3.5 more e.g. this.", "[ ] item.", "Second", "A | B", "x. Y | z", "a. B", "[image] graph"]
        );
        assert_eq!(sentences("결제가 실패했습니다. 다시 시도했습니다."), ["결제가 실패했습니다.", "다시 시도했습니다."]);
    }
}
