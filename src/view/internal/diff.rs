use std::borrow::Cow;

use html_escape::encode_text;

use super::Pages;
use crate::{
    corpus::Entry,
    repo::ObjectId,
    review::{Difference, Part, ReviewState, ReviewedRevision, Share, TextInParts},
    rules::without_secrets,
};

/// Changed words of one revision that a page tells; the rest is counted.
const OF_A_REVISION: usize = 120;

/// Newest revisions that have a word diff, beside those since the newest approval: a page stays a page, whatever somebody's robot commits.
const NEWEST: usize = 50;

/// Changed words that are told of what an approval does not cover: all of them, unless somebody wrote another report.
const SINCE_APPROVAL: usize = 5000;

impl Pages<'_> {
    /// The word diff of each revision against the one before it, as safe HTML, none where a reader would see nothing; and whether older ones are left
    /// out.
    pub(super) fn word_diffs(&self, entry: &Entry) -> (Vec<Option<String>>, bool) {
        let reviewed = entry.checked.reviewed();
        let revisions = reviewed.revisions();
        let approved = reviewed.approved().first().map(|text| text.commit.position);
        let is_new = |index: usize, revision: &ReviewedRevision| {
            index + NEWEST >= revisions.len() || approved.is_some_and(|approved| revision.revision.commit.position > approved)
        };
        let left_out = revisions.iter().enumerate().any(|(index, revision)| index > 0 && may_differ(revision) && !is_new(index, revision));
        // A text is read only where it is compared with one of its neighbours.
        let differs: Vec<bool> =
            revisions.iter().enumerate().map(|(index, revision)| index > 0 && is_new(index, revision) && may_differ(revision)).collect();
        let is_needed = |index: usize| [index, index + 1].iter().any(|index| differs.get(*index).copied().unwrap_or_default());
        let texts =
            revisions.iter().enumerate().map(|(index, revision)| if is_needed(index) { self.text(entry, revision.revision.blob) } else { None });
        let texts: Vec<Option<Cow<'_, str>>> = texts.collect();
        let texts: Vec<Option<TextInParts<'_>>> = texts.iter().map(|text| text.as_deref().map(TextInParts::new)).collect();
        let diff = |index: usize| self.word_diff(texts.get(index.checked_sub(1)?)?.as_ref()?, texts.get(index)?.as_ref()?, OF_A_REVISION);
        (differs.iter().enumerate().map(|(index, differs)| if *differs { diff(index) } else { None }).collect(), left_out)
    }

    /// The text of a revision: from memory where the review kept it.
    fn text<'e>(&self, entry: &'e Entry, blob: ObjectId) -> Option<Cow<'e, str>> {
        let kept = entry.checked.reviewed().kept(blob);
        kept.map(|text| text.text().into()).or_else(|| (self.older)(blob).map(Cow::Owned))
    }

    /// What the newest approval does not cover.
    pub(super) fn since_approval(&self, entry: &Entry) -> Option<String> {
        let reviewed = entry.checked.reviewed();
        let approved = reviewed.approved().first().filter(|_| reviewed.state() == ReviewState::Stale)?;
        let text = reviewed.parsed().source().text();
        self.word_diff(&TextInParts::telling(approved.source.text()), &TextInParts::telling(text), SINCE_APPROVAL)
    }

    fn word_diff(&self, before: &TextInParts<'_>, after: &TextInParts<'_>, most: usize) -> Option<String> {
        if was_privileged(before) || was_privileged(after) {
            return None;
        }
        let difference = Difference::between(before, after, most, &without_secrets);
        (!difference.is_empty()).then(|| self.html(&difference))
    }

    fn html(&self, difference: &Difference) -> String {
        let mut html = String::new();
        for part in &difference.parts {
            let name = match &part.part {
                Part::FrontMatter => self.language.text("front-matter"),
                Part::Section(title) if title.is_empty() => self.language.text("sections-opening"),
                Part::Section(title) => title.clone(),
            };
            html.push_str("<p class=\"part\">");
            html.push_str(&encode_text(&name));
            html.push_str("</p>\n");
            for place in &part.places {
                html.push_str("<p class=\"place\">");
                for (index, piece) in place.iter().enumerate() {
                    // Somebody who sees no colours still reads two words.
                    if piece.share == Share::Added && html.ends_with("</del>") {
                        html.push(' ');
                    }
                    let (open, close) = match piece.share {
                        Share::Both => ("", ""),
                        Share::Removed => ("<del>", "</del>"),
                        Share::Added => ("<ins>", "</ins>"),
                        Share::Gap => {
                            html.push_str(if index == 0 { "… " } else { " …" });
                            continue;
                        }
                    };
                    html.push_str(open);
                    html.push_str(&encode_text(&piece.text));
                    html.push_str(close);
                }
                html.push_str("</p>\n");
            }
        }
        if difference.left_out > 0 {
            html.push_str("<p class=\"soft\">");
            html.push_str(&encode_text(&self.language.count("word-diff-more", difference.left_out)));
            html.push_str("</p>\n");
        }
        html
    }
}

/// Whether there is another text, and words of it that changed: not for the first one, a move, or pictures alone.
fn may_differ(revision: &ReviewedRevision) -> bool {
    use crate::review::Change;
    revision.changes.iter().any(|change| !matches!(change, Change::Created | Change::Moved(_) | Change::Images(_) | Change::LayoutOnly))
}

/// Whether a text may have been kept from everybody. In doubt it was.
fn was_privileged(text: &TextInParts<'_>) -> bool {
    let front_matter = text.front_matter();
    front_matter.contains("privileged") && !front_matter.contains("privileged: false")
}
