use super::{ChangedPage, SiteDifference, When};

/// The difference for a terminal. `removed`, `added` and `end` are what begins and ends a line of that kind, empty without colours.
#[must_use]
pub fn text(difference: &SiteDifference, audience: &str, colours: Option<[&str; 3]>) -> String {
    let [removed, added, end] = colours.unwrap_or_default();
    let mut out = String::new();
    for (when, heading) in [(When::Now, "sees this change"), (When::Approved, "would see this change once the newest text is approved")] {
        let pages: Vec<&ChangedPage> = difference.pages.iter().filter(|page| page.when == when).collect();
        if pages.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&format!("{audience} {heading}:\n"));
        for page in pages {
            out.push_str(&format!("\n{}  {}\n", page.change.name(), page.title));
            if let Some(previous) = &page.previous_address {
                out.push_str(&format!("  {previous} → {}\n", page.address));
            } else {
                out.push_str(&format!("  {}\n", page.address));
            }
            out.push_str(&format!("  {}\n", page.path));
            for part in &page.parts {
                out.push_str(&format!("  {}\n", part.name));
                for (is_new, sentence) in &part.sentences {
                    let (colour, mark) = if *is_new { (added, '+') } else { (removed, '-') };
                    out.push_str(&format!("    {colour}{mark} {sentence}{end}\n"));
                }
            }
        }
    }
    if difference.privileged > 0 {
        out.push_str(&privileged(difference.privileged));
        out.push('\n');
    }
    if out.is_empty() {
        out.push_str(&format!("{audience} sees no change\n"));
    }
    out
}

/// Pages that are taken away and not named.
pub(super) fn privileged(count: usize) -> String {
    if count == 1 {
        "1 page disappears: its document is privileged now".to_owned()
    } else {
        format!("{count} pages disappear: their documents are privileged now")
    }
}
