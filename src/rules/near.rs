use crate::text::fold;

/// "did you mean `x`?" for the nearest of the known words; `None` when none is near.
pub(super) fn did_you_mean(written: &str, known: &[&str]) -> Option<String> {
    let near = known.iter().map(|candidate| (strsim::jaro_winkler(&fold(written), &fold(candidate)), candidate)).max_by(|a, b| a.0.total_cmp(&b.0));
    near.filter(|(score, _)| *score > 0.8).map(|(_, candidate)| format!("did you mean `{candidate}`?"))
}
