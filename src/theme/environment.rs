use std::{collections::BTreeMap, marker::PhantomData, sync::Arc};

use minijinja::{AutoEscape, Environment, ErrorKind, TemplateSource, UndefinedBehavior, Value};

use super::{
    appearance::rules,
    assets::{Files, hashed_name},
    filters,
    missing::explained,
};
use crate::{config::Appearance, i18n::Catalogue, view::Audience};

/// A user's own theme files by path below `theme/`.
pub type Overrides = BTreeMap<String, Vec<u8>>;

/// Scripts of both kinds of site, of the search page alone.
const SCRIPTS: &[&str] = &["minisearch.js", "search.js"];

/// What the configured logo is called among the assets.
const LOGO: &str = "logo";

/// Compiled templates for one kind of audience, in one language.
#[derive(Debug)]
pub struct Theme<A> {
    pub(super) environment: Environment<'static>,
    /// Assets by published name.
    pub(super) assets: BTreeMap<String, Vec<u8>>,
    kind: PhantomData<A>,
}

/// A template that can't be used.
#[derive(Debug, thiserror::Error)]
#[error("theme: {template}{}: {message}", .line.map(|line| format!(":{line}")).unwrap_or_default())]
pub struct ThemeError {
    /// Name of the template.
    pub template: String,
    /// Line in it, where known.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
}

impl ThemeError {
    pub(super) fn new(fallback: &str, error: &minijinja::Error) -> Self {
        let mut message = error.to_string();
        let mut cause = std::error::Error::source(error);
        while let Some(inner) = cause {
            message = format!("{message}: {inner}");
            cause = inner.source();
        }
        Self { template: error.name().unwrap_or(fallback).to_owned(), line: error.line(), message }
    }
}

impl<A: Audience> Theme<A> {
    /// Prepares the templates of a site for everybody. A name is looked for among the overrides, then in the built-in theme; `builtin/NAME` is
    /// always the built-in one.
    #[must_use]
    pub fn new(overrides: &Arc<Overrides>, language: &Arc<Catalogue>) -> Self {
        Self::for_audience("", overrides, language, &Appearance::default())
    }

    /// Prepares the templates of the site of one audience. A name is looked for below `audiences/AUDIENCE/`, then among the overrides for all
    /// audiences, then in the built-in theme; `theme/NAME` leaves out the first, `builtin/NAME` the first two.
    #[must_use]
    pub fn for_audience(audience: &str, overrides: &Arc<Overrides>, language: &Arc<Catalogue>, appearance: &Appearance) -> Self {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|name| match name.rsplit('.').next() {
            Some("html" | "xml" | "svg") => AutoEscape::Html,
            _ => AutoEscape::None,
        });
        environment.set_formatter(filters::format);
        environment.set_debug(true);
        let theirs = Arc::clone(overrides);
        let own = own_folder(audience);
        environment.set_loader(move |name| Ok(load::<A>(&theirs, &own, name)));
        filters::register(&mut environment, language);
        let assets = assets::<A>(overrides, &own_folder(audience), appearance);
        let names: BTreeMap<String, String> = assets.iter().map(|(name, (published, _))| (name.clone(), published.clone())).collect();
        environment.add_global("logo", names.get(LOGO).map_or(Value::from(()), |name| Value::from(name.as_str())));
        environment.add_function("asset", move |name: &str| {
            let published = names.get(name).cloned();
            published.ok_or_else(|| minijinja::Error::new(ErrorKind::InvalidOperation, format!("there is no asset `{name}`")))
        });
        Self { environment, assets: assets.into_values().collect(), kind: PhantomData }
    }

    /// Renders one template to text.
    ///
    /// # Errors
    /// A template that does not exist, does not parse, or reads a key that is not there.
    pub(super) fn render_template(&self, template: &str, context: &Value) -> Result<String, ThemeError> {
        let name = format!("{}/{template}.html", A::TEMPLATES);
        let error = |error: minijinja::Error| ThemeError::new(&name, &error);
        let template = self.environment.get_template(&name).map_err(error)?;
        template.render(context).map_err(|undefined| {
            let explained = explained(&undefined, context);
            let plain = ThemeError::new(&name, &undefined);
            ThemeError { message: explained.unwrap_or(plain.message), ..plain }
        })
    }
}

/// Where the files of one audience alone lie.
fn own_folder(audience: &str) -> String {
    format!("{OF_AUDIENCES}{audience}/")
}

const OF_AUDIENCES: &str = "audiences/";

/// A file of the theme that no site uses: it is meant for an audience that there is not.
#[must_use]
pub fn misplaced(overrides: &Overrides, audiences: &[&str]) -> Option<ThemeError> {
    let path = overrides.keys().find(|path| {
        let name = path.strip_prefix(OF_AUDIENCES).and_then(|rest| rest.split_once('/'));
        name.is_some_and(|(name, _)| !audiences.contains(&name))
    })?;
    let known = audiences.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    Some(ThemeError { template: path.clone(), line: None, message: format!("there is no such external audience; there are {known}") })
}

/// Loads a template of this kind; `None` for the other kind's and for another audience's, whoever asks.
fn load<A: Audience>(overrides: &Overrides, own: &str, name: &str) -> Option<TemplateSource> {
    let prefixed = ["builtin/", "theme/"].into_iter().find_map(|prefix| Some((name.strip_prefix(prefix)?, prefix)));
    let (plain, prefix) = prefixed.unwrap_or((name, ""));
    let folder = plain.split('/').next()?;
    if folder != A::TEMPLATES && folder != "shared" {
        return None;
    }
    let own = overrides.get(&format!("{own}{plain}")).filter(|_| prefix.is_empty());
    let theirs = own.or_else(|| overrides.get(plain).filter(|_| prefix != "builtin/"));
    let text = theirs.map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    text.or_else(|| Files::get(plain).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())).map(TemplateSource::from)
}

/// Name → published name and bytes: the stylesheet of this kind, the scripts, and every file that the user's theme adds below `assets/`.
fn assets<A: Audience>(overrides: &Overrides, own: &str, appearance: &Appearance) -> BTreeMap<String, (String, Vec<u8>)> {
    let stylesheet = format!("{}.css", A::TEMPLATES);
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    if let Some(bytes) = Files::get(&format!("assets/{stylesheet}")) {
        files.insert(stylesheet.clone(), super::squeeze::squeezed(&String::from_utf8_lossy(&bytes)).into_bytes());
    }
    for script in SCRIPTS {
        if let Some(bytes) = Files::get(&format!("assets/{script}")) {
            files.insert((*script).to_owned(), bytes.into_owned());
        }
    }
    for folder in ["", own] {
        for (path, bytes) in overrides {
            // What is not named for one kind of audience goes to none but its own folder: `assets/external/logo.svg` is external.
            let name = path.strip_prefix(folder).and_then(|path| path.strip_prefix("assets/"));
            if let Some(name) = name.filter(|name| *name == stylesheet || name.starts_with(&format!("{}/", A::TEMPLATES))) {
                files.insert(name.to_owned(), bytes.clone());
            }
        }
    }
    if let Some(sheet) = files.get_mut(&stylesheet) {
        sheet.extend(rules(appearance).into_bytes());
    }
    let mut published: BTreeMap<String, (String, Vec<u8>)> =
        files.into_iter().map(|(name, bytes)| (name.clone(), (hashed_name(&name, &bytes), bytes))).collect();
    if let Some((logo, bytes)) = appearance.logo.as_ref().and_then(|logo| Some((logo, overrides.get(logo)?))) {
        let file = logo.rsplit('/').next().unwrap_or(logo);
        published.insert(LOGO.to_owned(), (hashed_name(file, bytes), bytes.clone()));
    }
    published
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{External, Internal};

    fn theme<A: Audience>(overrides: &[(&str, &str)]) -> Theme<A> {
        let overrides = overrides.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
        Theme::new(&Arc::new(overrides), &Arc::new(Catalogue::load("en").unwrap()))
    }

    #[test]
    fn an_external_template_cannot_include_an_internal_one() {
        let theme = theme::<External>(&[("external/404.html", "{% include \"internal/facts.html\" %}")]);
        let error = theme.render_template("404", &Value::default()).unwrap_err();
        assert!(error.to_string().contains("internal/facts.html"), "{error}");
    }

    #[test]
    fn an_override_can_extend_the_built_in_template() {
        let theme = theme::<Internal>(&[("internal/x.html", "{% extends \"builtin/internal/x.html\" %}"), ("internal/y.html", "{{ missing }}")]);
        assert!(theme.render_template("x", &Value::default()).unwrap_err().to_string().contains("builtin/internal/x.html"));
        let error = theme.render_template("y", &Value::default()).unwrap_err();
        assert_eq!((error.template.as_str(), error.line), ("internal/y.html", Some(1)));
    }

    #[test]
    fn a_key_that_is_not_there_is_named_with_what_is() {
        let theme = theme::<Internal>(&[("internal/x.html", "\n{{ facts.tittle|upper }}"), ("internal/y.html", "{{ fact }}")]);
        let context = || crate::view::map([("facts", crate::view::map([("title", "a".into()), ("id", "b".into())]))]);
        let message = |template| theme.render_template(template, &context()).unwrap_err().to_string();
        assert_eq!(message("x"), "theme: internal/x.html:2: `facts.tittle` is not there; `facts` has id, title; did you mean `title`?");
        assert_eq!(message("y"), "theme: internal/y.html:1: `fact` is not there; this page has facts; did you mean `facts`?");
    }

    #[test]
    fn an_audience_has_files_of_its_own_and_none_of_another_one() {
        let files = [
            ("external/a.html", "for all"),
            ("audiences/partners/external/a.html", "{% extends \"theme/external/b.html\" %}{% block x %}partners{% endblock %}"),
            ("external/b.html", "{% block x %}all{% endblock %}"),
            ("audiences/partners/external/b.html", "theirs"),
            ("external/c.html", "{% include \"audiences/partners/external/b.html\" %}"),
            ("audiences/partners/assets/external.css", "own{}"),
            ("audiences/partners/assets/external/logo.svg", "<svg/>"),
        ];
        let overrides: Overrides = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
        let theme = |audience: &str| {
            Theme::<External>::for_audience(audience, &Arc::new(overrides.clone()), &Arc::new(Catalogue::load("en").unwrap()), &Appearance::default())
        };
        let shown = |audience: &str, template: &str| theme(audience).render_template(template, &Value::default()).unwrap();
        assert_eq!((shown("partners", "a"), shown("public", "a")), ("partners".to_owned(), "for all".to_owned()));
        assert_eq!((shown("partners", "b"), shown("public", "b")), ("theirs".to_owned(), "all".to_owned()));
        for audience in ["partners", "public"] {
            assert!(theme(audience).render_template("c", &Value::default()).is_err());
        }
        let own = |audience: &str| theme(audience).assets.values().any(|bytes| bytes.starts_with(b"own") || bytes.starts_with(b"<svg"));
        assert!(own("partners") && !own("public"));
        assert_eq!(misplaced(&overrides, &["public", "partners"]).map(|error| error.template), None);
        let error = misplaced(&overrides, &["public"]).unwrap().to_string();
        assert_eq!(error, "theme: audiences/partners/assets/external.css: there is no such external audience; there are `public`");
    }
}
