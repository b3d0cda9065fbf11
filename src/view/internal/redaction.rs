use super::Pages;
use crate::{
    config::Settings,
    i18n::Catalogue,
    model::Milestone,
    source::{FrontMatterKind, Parsed, Region, Visibility},
    text::Span,
    view::{html::comments, value::template_structs},
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

/// A piece and its place.
struct Piece {
    span: Span,
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
        for piece in pieces.into_iter().filter(|piece| !parsed.source().slice(piece.span).trim().is_empty()) {
            match joined.last_mut() {
                Some(last) if last.readers == piece.readers && last.reason == piece.reason => last.span = last.span.cover(piece.span),
                _ => joined.push(piece),
            }
        }
        let title = |name: &String| self.settings.audience(name).map_or_else(|| name.clone(), |audience| audience.title.clone());
        let body = parsed.body();
        let comments: Vec<Span> = comments(parsed.source().slice(body)).into_iter().map(|comment| comment.shifted(body.start)).collect();
        let shown = |piece: Piece| RedactedPiece {
            readers: piece.readers.iter().map(title).collect(),
            reason: piece.reason,
            text: written(parsed.source().text(), piece.span, &comments).trim_matches(['\r', '\n']).trim_end().to_owned(),
        };
        joined.into_iter().map(shown).filter(|piece| !piece.text.is_empty()).collect()
    }
}

/// What is written in a piece, without comments.
fn written(text: &str, piece: Span, comments: &[Span]) -> String {
    let mut written = String::new();
    let mut at = piece.start;
    for comment in comments.iter().filter(|comment| comment.start < piece.end && comment.end > piece.start) {
        written.push_str(text.get(at..comment.start).unwrap_or_default());
        at = comment.end;
    }
    written.push_str(text.get(at..piece.end).unwrap_or_default());
    written
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
        let Some(crate::yaml::Kind::Map(entries)) = self.parsed.front_matter().map(|node| &node.kind) else { return Vec::new() };
        let postmortem = self.parsed.postmortem();
        let everybody = || self.meant.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let text = self.parsed.source().text();
        // A value in brackets ends with its last item; what closes it stands before the next key.
        let line_end = |at: usize| at + text.get(at..).and_then(|rest| rest.find('\n')).unwrap_or_default();
        let piece = |(index, entry): (usize, &crate::yaml::Entry)| {
            let end = entries.get(index + 1).map_or_else(|| line_end(entry.value.span.end), |next| next.key.span.start);
            let span = Span::new(entry.key.span.start, end);
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
            Piece { span, readers, reason }
        };
        entries.iter().enumerate().map(piece).collect()
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
                pieces.push(Piece { span, readers, reason });
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
            open.retain(|other: &&crate::source::Heading| other.level < heading.level);
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
