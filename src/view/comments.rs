use pulldown_cmark::{Event, Parser, Tag};

use crate::{source::markdown_options, text::Span};

/// Places of the HTML comments of a Markdown text, in order: they reach no page, not even where the text is shown as it is written.
pub(super) fn comments(markdown: &str) -> Vec<Span> {
    let mut comments: Vec<Span> = Vec::new();
    for (event, range) in Parser::new_ext(markdown, markdown_options()).into_offset_iter() {
        if !matches!(event, Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_)) {
            continue;
        }
        let mut at = range.start;
        while let Some(rest) = markdown.get(at..range.end)
            && let Some(open) = rest.find("<!--")
        {
            let length = rest.get(open..).and_then(|comment| comment.find("-->")).map_or(rest.len() - open, |end| end + "-->".len());
            comments.push(Span::new(at + open, at + open + length));
            at += open + length;
        }
    }
    comments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_found_where_they_are_none_of_the_text() {
        let found = |markdown: &str| comments(markdown).into_iter().map(|span| span.of(markdown).to_owned()).collect::<Vec<_>>();
        assert_eq!(found("a <!-- b --> c\n\n<!-- d\n\n## e -->\nf\n\n`<!-- g -->`\n\n```\n<!-- h -->\n```\n"), ["<!-- b -->", "<!-- d\n\n## e -->"]);
        assert_eq!(found("<div><!-- a --><!-- b\n\nc"), ["<!-- a -->", "<!-- b\n"]);
        assert_eq!(found("no comment -->"), [""; 0]);
    }
}
