use super::build::refuse_incomplete;
use crate::{
    cli::{Diff, DiffFormat},
    findings::Style,
    pipeline::{DiffError, diff},
    run::{Context, FINE, Failure},
    view::diff::{json, markdown, text},
};

impl From<DiffError> for Failure {
    fn from(error: DiffError) -> Self {
        let message = error.to_string();
        match error {
            DiffError::Load(error) => error.into(),
            DiffError::NoAudience(_, names) => Self::new(message, format!("configured: {}", names.join(", "))),
            DiffError::NoCommit => Self::new(message, "commit first"),
        }
    }
}

pub(crate) fn run(context: &mut Context<'_>, options: &Diff) -> Result<u8, Failure> {
    refuse_incomplete(&context.repository()?, options.allow_shallow)?;
    let head = options.head.as_deref().or(context.global.rev.as_deref()).unwrap_or("HEAD");
    let audience = &*options.audience;
    let found = diff(&context.path(&context.global.repo), (&options.base, head), audience, context.now)?;
    let printed = match options.format {
        DiffFormat::Text => {
            let colours = (context.style() == Style::Coloured).then_some(["\u{1b}[31m", "\u{1b}[32m", "\u{1b}[0m"]);
            text(&found.difference, audience, colours)
        }
        DiffFormat::Markdown => markdown(&found.difference, audience, &format!("{} {}", found.base.short(), found.head.short())),
        DiffFormat::Json => json(&found.difference, audience, found.base.to_string(), found.head.to_string()),
    };
    context.print(&printed)?;
    Ok(FINE)
}
