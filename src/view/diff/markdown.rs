use super::{ChangedPage, SiteDifference, When, text::privileged};

/// Bytes of a comment. GitHub takes 65,536 characters, and a reader takes less.
const MOST: usize = 30_000;

/// Sentences that are told of one page, and the bytes after which none follows.
const OF_A_PAGE: usize = 60;
const BYTES_OF_A_PAGE: usize = 6000;

/// Characters of one sentence.
const OF_A_SENTENCE: usize = 600;

/// The difference as a comment on a pull request: bounded, and nothing in it mentions, links or formats what a document says.
#[must_use]
pub fn markdown(difference: &SiteDifference, audience: &str, range: &str) -> String {
    let audience = escaped(audience);
    let mut out = format!("### What **{audience}** sees change\n\n");
    let mut left_out = 0;
    for (when, heading) in [(When::Now, None), (When::Approved, Some("Once the newest text is approved"))] {
        let pages: Vec<&ChangedPage> = difference.pages.iter().filter(|page| page.when == when).collect();
        if let (Some(heading), false) = (heading, pages.is_empty()) {
            out.push_str(&format!("#### {heading}\n\n"));
        }
        for page in pages {
            let told = told(page);
            if out.len() + told.len() > MOST {
                left_out += 1;
            } else {
                out.push_str(&told);
            }
        }
    }
    if left_out > 0 {
        let pages = if left_out == 1 { "page differs" } else { "pages differ" };
        out.push_str(&format!("… {left_out} more {pages}: `lookback diff {range}` tells all of it.\n\n"));
    }
    if difference.privileged > 0 {
        out.push_str(&privileged(difference.privileged));
        out.push_str("\n\n");
    }
    if difference.pages.is_empty() && difference.privileged == 0 {
        out.push_str("Nothing.\n\n");
    }
    out
}

fn told(page: &ChangedPage) -> String {
    let mut out = format!("**{}** {}\n", page.change.name(), escaped(&page.title));
    match &page.previous_address {
        Some(previous) => out.push_str(&format!("<br>{} → {}\n", escaped(previous), escaped(&page.address))),
        None => out.push_str(&format!("<br>{}\n", escaped(&page.address))),
    }
    out.push('\n');
    let mut left = OF_A_PAGE;
    let mut left_out = 0;
    for part in &page.parts {
        if left > 0 {
            out.push_str(&format!("- {}\n", escaped(&part.name)));
        }
        for (is_new, sentence) in &part.sentences {
            if left == 0 {
                left_out += 1;
                continue;
            }
            left = if out.len() < BYTES_OF_A_PAGE { left - 1 } else { 0 };
            let mark = if *is_new { "➕" } else { "➖" };
            out.push_str(&format!("  - {mark} {}\n", escaped(&shortened(sentence))));
        }
    }
    if left_out > 0 {
        let sentences = if left_out == 1 { "sentence" } else { "sentences" };
        out.push_str(&format!("- … {left_out} more {sentences}\n"));
    }
    if !page.parts.is_empty() {
        out.push('\n');
    }
    out
}

fn shortened(sentence: &str) -> String {
    if sentence.chars().count() <= OF_A_SENTENCE {
        return sentence.to_owned();
    }
    format!("{}…", sentence.chars().take(OF_A_SENTENCE).collect::<String>())
}

/// Plain text for Markdown of any forge: no mark counts, and nobody is mentioned.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // A backslash does not keep a forge from notifying `@somebody`, or from linking `#12` and `!12`; an empty comment does.
            '@' | '#' | '!' => {
                out.push('\\');
                out.push(character);
                out.push_str("<!-- -->");
            }
            '\n' | '\r' => out.push(' '),
            _ if character.is_ascii_punctuation() && !matches!(character, '.' | ',' | ';' | ':' | '/' | '-' | '\'' | '"' | '%') => {
                out.push('\\');
                out.push(character);
            }
            _ => out.push(character),
        }
    }
    out.replace("://", ":<!-- -->//").replace("www.", "www<!-- -->.")
}

#[cfg(test)]
mod tests {
    use super::{super::*, MOST, escaped, markdown};

    #[test]
    fn nothing_that_a_document_says_is_markup_or_a_mention() {
        let hostile = "@ada #12 [x](https://evil.example) <script> *a* `b` | c ![i](j) &lt; www.evil.example";
        let escaped = escaped(hostile);
        for forbidden in ["<script", "@ada", "#12", "](", "https://", "![", "www.evil", " *a", " `b"] {
            assert!(!escaped.contains(forbidden), "{forbidden}: {escaped}");
        }
        let html = {
            let mut html = String::new();
            pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new(&escaped));
            html.replace("<!-- -->", "")
        };
        let text = "<p>@ada #12 [x](https://evil.example) &lt;script&gt; *a* `b` | c ![i](j) &amp;lt; www.evil.example</p>\n";
        assert_eq!(html, text);
    }

    #[test]
    fn a_comment_is_never_longer_than_a_forge_takes() {
        let page = |number: usize| ChangedPage {
            change: Change::Appears,
            when: When::Now,
            path: format!("postmortems/{number}.md"),
            address: format!("incidents/{number}/"),
            previous_address: None,
            title: "Title".to_owned(),
            parts: vec![ChangedPart { name: "Summary".to_owned(), sentences: vec![(true, "word ".repeat(300)); 100] }],
        };
        let difference = SiteDifference { pages: (0..20).map(page).collect(), privileged: 1 };
        let comment = markdown(&difference, "public", "main");
        assert!(comment.len() < MOST + 500, "{}", comment.len());
        assert!(comment.contains("more sentences"), "{comment}");
        assert!(
            comment.contains("more pages differ: `lookback diff main` tells all of it.\n\n1 page disappears: its document is privileged now"),
            "{comment}"
        );
    }
}
