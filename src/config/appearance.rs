//! How sites look, as far as it is set by configuration alone: colour, type and logo.

use super::compile::Compiler;
use super::raw::{RawAccent, RawAppearance};

/// Colour, type and logo of every site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Appearance {
    /// Colour of links and of what is chosen, in the light theme: `#rrggbb`.
    pub accent_light: Option<String>,
    /// The same in the dark theme.
    pub accent_dark: Option<String>,
    /// Families of text, the preferred one first.
    pub text: Vec<String>,
    /// Families of headings.
    pub headings: Vec<String>,
    /// Families of code.
    pub code: Vec<String>,
    /// A picture below `theme/`, shown before the title.
    pub logo: Option<String>,
}

/// Grounds of the built-in theme on which the accent is read: paper and tint. A test of the theme holds them to its stylesheets.
pub(crate) const LIGHT: [&str; 2] = ["#fdfcf9", "#f4f1ea"];
/// The same in the dark theme.
pub(crate) const DARK: [&str; 2] = ["#16171a", "#1f2125"];

/// What WCAG 2.2 asks of text (success criterion 1.4.3).
const CONTRAST: f64 = 4.5;

impl Compiler<'_> {
    pub(super) fn appearance(&mut self, raw: RawAppearance) -> Appearance {
        let (light, dark) = match raw.accent {
            None => (None, None),
            Some(RawAccent::Both(colour)) => (Some(("theme.accent", colour.clone())), Some(("theme.accent", colour))),
            Some(RawAccent::Each(each)) => {
                (each.light.map(|colour| ("theme.accent.light", colour)), each.dark.map(|colour| ("theme.accent.dark", colour)))
            }
        };
        let accent_light = light.and_then(|(path, colour)| self.accent(path, &colour, "light", LIGHT));
        let accent_dark = dark.and_then(|(path, colour)| self.accent(path, &colour, "dark", DARK));
        let families = |compiler: &mut Self, key: &str, families: Option<super::raw::OneOrMany>| {
            let families = families.map(super::raw::OneOrMany::into_vec).unwrap_or_default();
            families.into_iter().enumerate().filter_map(|(index, family)| compiler.family(&format!("theme.{key}[{index}]"), &family)).collect()
        };
        Appearance {
            accent_light,
            accent_dark,
            text: families(self, "text", raw.text),
            headings: families(self, "headings", raw.headings),
            code: families(self, "code", raw.code),
            logo: raw.logo.and_then(|logo| self.logo(logo)),
        }
    }

    /// A colour that can be read on each ground.
    fn accent(&mut self, path: &str, colour: &str, theme: &str, grounds: [&str; 2]) -> Option<String> {
        let Some(luminance) = luminance(colour) else {
            self.problem(path, format!("`{colour}` is no colour"), "write it as `#rrggbb`, in quotes: `#` begins a comment");
            return None;
        };
        let lowest = grounds.into_iter().filter_map(|ground| Some((contrast(luminance, self::luminance(ground)?), ground)));
        let (lowest, ground) = lowest.min_by(|(one, _), (other, _)| one.total_cmp(other))?;
        if lowest < CONTRAST {
            let other = if theme == "light" { "darker" } else { "lighter" };
            self.problem(
                path,
                format!("`{colour}` has a contrast of {lowest:.1} on the {theme} ground `{ground}`; text needs {CONTRAST}"),
                format!("take a {other} one; `accent: {{light: …, dark: …}}` sets one for each theme"),
            );
            return None;
        }
        Some(colour.to_lowercase())
    }

    fn family(&mut self, path: &str, family: &str) -> Option<String> {
        let is_name = !family.trim().is_empty() && family.chars().all(|letter| letter.is_alphanumeric() || " -_.".contains(letter));
        if !is_name {
            self.problem(path, format!("`{family}` is no name of a font family"), "one name, such as `Pretendard` or `system-ui`; several as a list");
        }
        is_name.then(|| family.trim().to_owned())
    }

    fn logo(&mut self, logo: String) -> Option<String> {
        let extension = logo.rsplit('.').next().unwrap_or_default().to_lowercase();
        let is_picture = ["svg", "png", "webp", "jpg", "jpeg"].contains(&&*extension);
        let is_below = !logo.starts_with('/') && !logo.split('/').any(|part| part == ".." || part.is_empty());
        if !is_picture || !is_below {
            self.problem(
                "theme.logo",
                format!("`{logo}` is no picture below `theme/`"),
                "an SVG, PNG, WebP or JPEG file, such as `logo.svg` for `theme/logo.svg`",
            );
        }
        (is_picture && is_below).then_some(logo)
    }
}

/// Relative luminance of `#rgb` or `#rrggbb`, by WCAG 2.2.
fn luminance(colour: &str) -> Option<f64> {
    let digits = colour.strip_prefix('#')?;
    let digits: Vec<f64> = digits.chars().map(|digit| digit.to_digit(16).map(f64::from)).collect::<Option<_>>()?;
    let channels: Vec<f64> = match digits.len() {
        3 => digits.iter().map(|digit| digit * 17.0).collect(),
        6 => digits.chunks(2).map(|pair| pair.iter().fold(0.0, |sum, digit| sum * 16.0 + digit)).collect(),
        _ => return None,
    };
    let linear = |channel: f64| {
        let share = channel / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    Some(channels.into_iter().zip([0.2126, 0.7152, 0.0722]).map(|(channel, weight)| linear(channel) * weight).sum())
}

fn contrast(one: f64, other: f64) -> f64 {
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        let of = |one, other| contrast(luminance(one).unwrap(), luminance(other).unwrap());
        assert!((of("#000", "#ffffff") - 21.0).abs() < 0.001);
        assert!((of("#777777", "#fff") - 4.478).abs() < 0.001);
        assert_eq!(luminance("#12345"), None);
        assert_eq!(luminance("blue"), None);
    }
}
