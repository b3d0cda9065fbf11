use std::collections::BTreeMap;

use minijinja::Value;
use rayon::prelude::*;

use super::{Theme, ThemeError};
use crate::view::{Audience, Page, TemplateValue, View, map};

impl<A: Audience> Theme<A> {
    /// Renders the pages of a view, and adds the assets. Path → bytes, ordered. The pages are taken out of the view: what they were made from is
    /// large, and each is let go as soon as it is rendered.
    ///
    /// # Errors
    /// The first template that can't be used.
    pub fn render(&self, view: &mut View<A>) -> Result<BTreeMap<String, Vec<u8>>, ThemeError> {
        let site = view.site().template_value();
        // Pages differ in size by three orders of magnitude: none waits behind another one.
        let pages = view.take_pages();
        let view = &*view;
        let pages: Result<Vec<(String, Vec<u8>)>, ThemeError> = pages
            .into_par_iter()
            .with_max_len(1)
            .map(|page| {
                let context = context(view, &page, &site);
                Ok((page.path, self.render_template(page.template, context)?.into_bytes()))
            })
            .collect();
        let mut files: BTreeMap<String, Vec<u8>> = pages?.into_iter().collect();
        files.extend(self.assets.iter().map(|(name, bytes)| (name.clone(), bytes.clone())));
        Ok(files)
    }
}

/// What a template sees: `site`, `root`, `page`, and the keys of the page.
fn context<A: Audience>(view: &View<A>, page: &Page, site: &Value) -> Value {
    let depth = page.path.matches('/').count();
    let canonical = view.base_url().map(|base| format!("{base}/{}", page.path.trim_end_matches("index.html")));
    let about = [
        ("kind", Value::from(page.kind)),
        ("path", Value::from(page.path.as_str())),
        ("canonical", canonical.map_or(Value::from(()), Value::from)),
        ("alternates", Value::from(Vec::<Value>::new())),
        ("description", page.description.as_deref().map_or(Value::from(()), Value::from)),
    ];
    let root = "../".repeat(depth);
    let common = [("site", site.clone()), ("root", Value::from(root)), ("page", map(about))];
    map(common.into_iter().chain(page.context.iter().map(|(key, value)| (*key, value.clone()))))
}
