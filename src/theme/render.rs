use std::collections::{BTreeMap, BTreeSet};

use minijinja::Value;
use rayon::prelude::*;

use super::{Theme, ThemeError};
use crate::view::{Audience, Page, TemplateValue, View, encoded, map};

impl<A: Audience> Theme<A> {
    /// Renders the pages of a view, below the folder of its edition, and adds the assets. Path → bytes, ordered. The pages are taken out of the view: what they were made from is
    /// large, and each is let go as soon as it is rendered.
    ///
    /// # Errors
    /// The first template that can't be used.
    pub fn render(&self, view: &mut View<A>) -> Result<BTreeMap<String, Vec<u8>>, ThemeError> {
        let site = view.site().template_value();
        // Pages differ in size by three orders of magnitude: none waits behind another one.
        let pages = view.take_pages();
        let view = &*view;
        let listed: BTreeSet<&str> = view.listed().iter().map(|listed| &*listed.path).collect();
        let folder = view.edition().folder();
        let pages: Result<Vec<(String, Vec<u8>)>, ThemeError> = pages
            .into_par_iter()
            .with_max_len(1)
            .map(|page| {
                let context = context(view, &page, listed.contains(&*page.path), &site);
                Ok((format!("{folder}{}", page.path), self.render_template(page.template, &context)?.into_bytes()))
            })
            .collect();
        let mut files: BTreeMap<String, Vec<u8>> = pages?.into_iter().collect();
        files.extend(self.assets.iter().map(|(name, bytes)| (name.clone(), bytes.clone())));
        Ok(files)
    }
}

/// What a template sees: `site`, `root`, `top`, `page`, and the keys of the page.
fn context<A: Audience>(view: &View<A>, page: &Page, is_listed: bool, site: &Value) -> Value {
    let edition = view.edition();
    let below = page.path.matches('/').count();
    let depth = below + edition.folder().matches('/').count();
    // Where nothing is found, the page for it is shown at any depth.
    let mount = view.mount().filter(|_| page.kind == "404");
    let top = mount.map_or_else(|| "../".repeat(depth), str::to_owned);
    let root = mount.map_or_else(|| "../".repeat(below), |mount| format!("{mount}{}", edition.folder()));
    let base_url = view.base_url().filter(|_| is_listed);
    let url = |folder: &str| base_url.map_or(Value::from(()), |base| Value::from(address(base, folder, &page.path)));
    let alternates = edition.languages().filter(|_| edition.has_others()).map(|(language, is_current)| {
        let fields = [
            ("lang", Value::from(language.code.as_str())),
            ("name", Value::from(language.name.as_str())),
            ("href", Value::from(encoded(&format!("{}{}", language.folder, page.path)))),
            ("url", url(&language.folder)),
            ("current", Value::from(is_current)),
        ];
        map(fields)
    });
    let about = [
        ("kind", Value::from(page.kind)),
        ("path", Value::from(format!("{}{}", edition.folder(), page.path))),
        ("canonical", url(edition.folder())),
        ("alternates", Value::from(alternates.collect::<Vec<_>>())),
        ("description", page.description.as_deref().map_or(Value::from(()), Value::from)),
    ];
    let common = [("site", site.clone()), ("root", Value::from(root)), ("top", Value::from(top)), ("page", map(about))];
    map(common.into_iter().chain(page.context.iter().map(|(key, value)| (*key, value.clone()))))
}

/// The complete address of a page.
fn address(base: &str, folder: &str, path: &str) -> String {
    format!("{base}/{}", encoded(&format!("{folder}{}", path.trim_end_matches("index.html"))))
}
