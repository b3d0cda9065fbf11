use super::Pages;
use crate::{
    config::Settings,
    i18n::Catalogue,
    model::Milestone,
    source::{FrontMatterKind, Heading, Parsed, Region, Visibility},
    text::Span,
    view::{comments::comments, value::template_structs},
    yaml::{Entry, Kind},
};

template_structs! {
    /// A piece of a text as it is written, and who outside reads it.
    RedactedPiece {
        /// Titles of the sites that show it; nobody outside reads it where there are none.
        readers: Vec<String>,
        /// Why.
        reason: String,
        /// What is written.
        text: String,
    }
}

/// A piece, without comments: they are for nobody's eyes.
struct Piece {
    text: String,
    /// Names of audiences.
    readers: Vec<String>,
    reason: String,
}

impl Pages<'_> {
    /// The whole text with what stays inside, piece by piece; nothing where it is meant for nobody outside.
    pub(super) fn redaction(&self, parsed: &Parsed) -> Vec<RedactedPiece> {
        let postmortem = parsed.postmortem();
        let meant: Vec<&str> = self.settings.audiences.iter().map(|audience| &*audience.name).filter(|name| postmortem.is_marked_for(name)).collect();
        if meant.is_empty() || parsed.front_matter_kind() == FrontMatterKind::Broken {
            return Vec::new();
        }
        let reading = Redaction { parsed, settings: self.settings, language: &self.language, meant };
        let mut pieces = reading.front_matter();
        pieces.extend(reading.body());
        let mut joined: Vec<Piece> = Vec::new();
        for piece in pieces.into_iter().filter(|piece| !piece.text.trim().is_empty()) {
            match joined.last_mut() {
                Some(last) if last.readers == piece.readers && last.reason == piece.reason => last.text.push_str(&piece.text),
                _ => joined.push(piece),
            }
        }
        let title = |name: &String| self.settings.audience(name).map_or_else(|| name.clone(), |audience| audience.title.clone());
        let shown = |piece: Piece| RedactedPiece {
            readers: piece.readers.iter().map(title).collect(),
            reason: piece.reason,
            text: piece.text.trim_matches(['\r', '\n']).trim_end().to_owned(),
        };
        joined.into_iter().map(shown).collect()
    }
}

/// One text, and the audiences that it is meant for.
struct Redaction<'a> {
    parsed: &'a Parsed,
    settings: &'a Settings,
    language: &'a Catalogue,
    meant: Vec<&'a str>,
}

impl Redaction<'_> {
    /// A piece for each key.
    fn front_matter(&self) -> Vec<Piece> {
        let Some(Kind::Map(entries)) = self.parsed.front_matter().map(|node| &node.kind) else { return Vec::new() };
        let postmortem = self.parsed.postmortem();
        let everybody = || self.meant.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let text = self.parsed.source().text();
        let piece = |entry: &Entry| {
            let span = entry.key.span.cover(entry.value.span);
            let holds = |inner: Span| span.contains(inner);
            let (readers, reason) = if self.settings.audience(&entry.key.value).is_some() {
                let own = self.meant.iter().filter(|name| entry.key.value == "public" || **name == entry.key.value);
                (own.map(|name| (*name).to_owned()).collect(), self.language.text("redaction-written"))
            } else if let Some(severity) = postmortem.severity.as_ref().filter(|severity| holds(severity.span)) {
                let name = severity.value.rank.and_then(|rank| self.settings.severities.get(rank)?.public_name.as_deref());
                self.named(&name.into_iter().collect::<Vec<_>>(), everybody)
            } else if postmortem.services.iter().any(|service| holds(service.span)) {
                let names = postmortem.services.iter().filter_map(|service| self.settings.service(&service.value)?.public_name.as_deref());
                self.named(&names.collect::<Vec<_>>(), everybody)
            } else if [Milestone::Started, Milestone::Resolved]
                .into_iter()
                .any(|one| postmortem.times.get(one).is_some_and(|field| holds(field.span)))
            {
                (everybody(), self.language.text("redaction-times"))
            } else {
                (Vec::new(), self.language.text("redaction-front-matter"))
            };
            Piece { text: written(text, span, &entry.value.kind), readers, reason }
        };
        entries.iter().map(piece).collect()
    }

    /// What is shown by its public names.
    fn named(&self, names: &[&str], readers: impl Fn() -> Vec<String>) -> (Vec<String>, String) {
        if names.is_empty() {
            return (Vec::new(), self.language.text("redaction-nameless"));
        }
        (readers(), self.language.with("redaction-named", [("names", names.join(", ").into())]))
    }

    /// The regions, cut at headings and at marked rows of the timeline.
    fn body(&self) -> Vec<Piece> {
        let rows = self.parsed.timeline().map(|timeline| &timeline.rows[..]).unwrap_or_default();
        let marked: Vec<_> = rows.iter().filter(|row| !row.audiences.is_empty()).collect();
        let body = self.parsed.body();
        let comments: Vec<Span> = comments(self.parsed.source().slice(body)).into_iter().map(|comment| comment.shifted(body.start)).collect();
        let mut pieces = Vec::new();
        for region in self.parsed.regions() {
            let mut cuts: Vec<usize> = vec![region.span.start, region.span.end];
            cuts.extend(self.parsed.headings().iter().map(|heading| heading.span.start));
            cuts.extend(marked.iter().flat_map(|row| [row.span.start, row.span.end]));
            cuts.retain(|cut| (region.span.start..=region.span.end).contains(cut));
            cuts.sort_unstable();
            cuts.dedup();
            for pair in cuts.windows(2) {
                let &[start, end] = pair else { continue };
                let span = Span::new(start, end);
                let row = marked.iter().find(|row| row.span.contains(span));
                let (readers, reason) = match row {
                    Some(row) => {
                        let marks: Vec<&str> = row.audiences.iter().map(|(_, mark)| &*mark.audience).collect();
                        let mark = marks.iter().map(|mark| format!("[{mark}]")).collect::<Vec<_>>().join(" ");
                        let reads = |name: &str| marks.iter().any(|mark| *mark == "public" || *mark == name);
                        (self.who(reads), self.language.with("redaction-row", [("mark", mark.into())]))
                    }
                    None => (self.who(|name| region.visibility.includes(name)), self.reason(region, span)),
                };
                pieces.push(Piece { text: without(self.parsed.source().text(), span, &comments), readers, reason });
            }
        }
        pieces
    }

    fn who(&self, reads: impl Fn(&str) -> bool) -> Vec<String> {
        self.meant.iter().filter(|name| reads(name)).map(|name| (*name).to_owned()).collect()
    }

    /// What decides over a piece of a region: the mark of its block, that of a heading above it, or that there is none.
    fn reason(&self, region: &Region, span: Span) -> String {
        let source = self.parsed.source();
        let is_of = |audience: &str| match &region.visibility {
            Visibility::Internal => audience == "internal",
            Visibility::Public => audience == "public",
            Visibility::Only(name) => audience == name,
        };
        let marked = |id: &str, mark: String| self.language.with(id, [("mark", mark.into())]);
        let first = source.slice(span).trim_start();
        let quoted = first.trim_start_matches(['>', ' ']).strip_prefix("[!").and_then(|rest| rest.split_once(']'));
        if let Some((name, _)) = quoted.filter(|(name, _)| first.starts_with('>') && is_of(&name.to_lowercase())) {
            return marked("redaction-block", format!("[!{}]", name.to_uppercase()));
        }
        // The headings that are open at the piece, the nearest last.
        let mut open = Vec::new();
        for heading in self.parsed.headings().iter().take_while(|heading| heading.span.start <= span.start) {
            open.retain(|other: &&Heading| other.level < heading.level);
            open.push(heading);
        }
        match open.iter().rev().find_map(|heading| heading.mark.as_ref()) {
            Some(mark) if is_of(&mark.audience) => marked("redaction-heading", format!("{{.{}}}", mark.audience)),
            None if region.visibility == Visibility::Public => self.language.text("redaction-summary"),
            None if region.visibility == Visibility::Internal => self.language.text("redaction-unmarked"),
            _ => self.language.text("redaction-unclear"),
        }
    }
}

/// A piece of a text without what stands in the holes, which are sorted.
fn without(text: &str, span: Span, holes: &[Span]) -> String {
    let mut left = String::new();
    let mut from = span.start;
    for hole in holes.iter().filter(|hole| hole.end > span.start && hole.start < span.end) {
        left.push_str(text.get(from..hole.start).unwrap_or_default());
        from = from.max(hole.end);
    }
    left.push_str(text.get(from..span.end).unwrap_or_default());
    left
}

/// A key with its value as it is written, without comments, and with the brackets that close it.
fn written(text: &str, span: Span, kind: &Kind) -> String {
    let mut own = span.of(text).to_owned();
    if let Kind::Map(_) | Kind::List(_) = kind {
        let lines = own.lines().filter(|line| !line.trim_start().starts_with('#'));
        own = lines.map(without_comment).collect::<Vec<_>>().join("\n");
        let behind = text.get(span.end..).unwrap_or_default();
        own.extend(behind.chars().take_while(|next| matches!(next, ']' | '}' | ' ' | ',')));
    }
    own.trim_end().to_owned() + "\n"
}

/// A line of YAML up to ` #`, unless that stands in quotes.
fn without_comment(line: &str) -> &str {
    let mut quote = None;
    let mut is_behind_space = false;
    for (at, character) in line.char_indices() {
        match (quote, character) {
            (None, '#') if is_behind_space => return line.get(..at).unwrap_or_default().trim_end(),
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), character) if open == character => quote = None,
            _ => {}
        }
        is_behind_space = character == ' ' || character == '\t';
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_cut() {
        for (line, left) in [("a: 1 # x", "a: 1"), ("a: 'b # c' # x", "a: 'b # c'"), ("a: b#c", "a: b#c"), ("- \"#1\"", "- \"#1\"")] {
            assert_eq!(without_comment(line), left);
        }
        assert_eq!(without("abcdef", Span::new(1, 6), &[Span::new(0, 2), Span::new(3, 4)]), "cef");
    }
}
