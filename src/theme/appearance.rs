use std::fmt::Write;

use super::{Overrides, ThemeError};
use crate::config::Appearance;

/// Names of families that mean "whatever the system has", and are written without quotes.
const GENERIC: &[&str] =
    &["serif", "sans-serif", "monospace", "system-ui", "ui-serif", "ui-sans-serif", "ui-monospace", "ui-rounded", "-apple-system"];

/// Rules that follow the stylesheet of a site: they set its custom properties. Empty where nothing is configured.
pub(super) fn rules(appearance: &Appearance) -> String {
    let mut rules = String::new();
    let families =
        [("--sans", &appearance.text, "sans-serif"), ("--serif", &appearance.headings, "serif"), ("--mono", &appearance.code, "monospace")];
    let mut properties = String::new();
    for (property, families, last) in families.into_iter().filter(|(_, families, _)| !families.is_empty()) {
        let names: Vec<String> = families.iter().map(|family| quoted(family)).collect();
        let _ = write!(properties, "{property}:{},var(--hangul),{last};", names.join(","));
    }
    if !properties.is_empty() {
        // Headings in Korean are set in the face of the text, unless somebody chose one.
        let selector = if appearance.headings.is_empty() { ":root" } else { ":root,:lang(ko)" };
        let _ = write!(rules, "{selector}{{{}}}", properties.trim_end_matches(';'));
    }
    // On paper links are black.
    for (colour, media) in [(&appearance.accent_light, "screen"), (&appearance.accent_dark, "screen and (prefers-color-scheme:dark)")] {
        if let Some(colour) = colour {
            let _ = write!(rules, "@media {media}{{:root{{--accent:{colour}}}}}");
        }
    }
    if appearance.logo.is_some() {
        rules.push_str(".logo{height:1.5em;width:auto;margin-right:.5em;vertical-align:-.4em}");
    }
    rules
}

fn quoted(family: &str) -> String {
    if GENERIC.contains(&family) { family.to_owned() } else { format!("\"{family}\"") }
}

/// The configured logo, where there is no such file.
#[must_use]
pub fn missing_logo(overrides: &Overrides, appearance: &Appearance) -> Option<ThemeError> {
    let logo = appearance.logo.as_ref().filter(|logo| !overrides.contains_key(*logo))?;
    let message = "`theme.logo` in lookback.yml names this file, and it is not there".to_owned();
    Some(ThemeError { template: logo.clone(), line: None, message })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{config, theme::Files};

    #[test]
    fn only_what_is_configured_is_set() {
        assert_eq!(rules(&Appearance::default()), "");
        let appearance = Appearance {
            accent_light: Some("#7a1f5c".to_owned()),
            text: vec!["Pretendard".to_owned(), "system-ui".to_owned()],
            ..Appearance::default()
        };
        assert_eq!(rules(&appearance), ":root{--sans:\"Pretendard\",system-ui,var(--hangul),sans-serif}@media screen{:root{--accent:#7a1f5c}}");
    }

    #[test]
    fn the_grounds_that_contrast_is_measured_on_are_those_of_the_stylesheets() {
        for sheet in ["assets/internal.css", "assets/external.css"] {
            let text = String::from_utf8(Files::get(sheet).unwrap().into_owned()).unwrap();
            for [paper, tint] in [config::LIGHT, config::DARK] {
                assert!(text.contains(&format!("--paper:{paper}; --tint:{tint}")), "{sheet}: {paper}");
            }
        }
    }
}
